"""Who is signed in, whether a form is really theirs, and whether they may. Must not know any page.

A route says what it takes in its signature: ``signed: Annotated[Signed, guard.may("cases.read")]``. Several names mean
that any of them is enough.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from starlette.exceptions import HTTPException

from api import edge
from api.access import journal, permissions, second_factor, sessions
from api.access.sessions import Signed
from api.casework import campaigns
from api.errors import (
    ForeignOrigin,
    MustChangePassword,
    MustSetSecondFactor,
    NotConfirmed,
    NotPermitted,
    NotSignedIn,
    Refusal,
    Unreadable,
)
from api.intake import health
from api.surroundings import Surroundings


def cookie(around: Surroundings) -> str:
    """The name of the session cookie."""
    return "__Host-staff" if around.settings.is_production else "staff"


def remember(response: Response, around: Surroundings, session_id: str) -> None:
    """Set the session cookie."""
    secure = around.settings.is_production
    response.set_cookie(cookie(around), session_id, httponly=True, secure=secure, samesite="strict", path="/")


async def signed_in(request: Request) -> Signed:
    """Whoever is signed in, first password or not. Raises NotSignedIn; ForeignOrigin for a form not ours."""
    around = edge.around(request)
    attended = BY_ITSELF not in request.headers
    signed = await sessions.find(around, request.cookies.get(cookie(around), ""), attended=attended)
    if signed is None:
        raise NotSignedIn
    if request.method not in {"GET", "HEAD"}:
        edge.check_origin(request, strict=True)
        token = (await edge.read_form(request)).get("csrf", "")
        if not hmac.compare_digest(token.encode("utf-8", "surrogatepass"), signed.csrf.encode()):
            raise ForeignOrigin
    request.state.signed = signed  # a refusal is then shown inside the console
    return signed


async def own(signed: Annotated[Signed, Depends(signed_in)]) -> Signed:
    """Whoever is signed in with a password of their own. Raises MustChangePassword."""
    if signed.must_change:
        raise MustChangePassword
    return signed


async def at_work(request: Request, signed: Annotated[Signed, Depends(own)]) -> Signed:
    """Whoever has all that the unit demands. Raises MustSetSecondFactor."""
    around = edge.around(request)
    if around.settings.demands_second_factor and not signed.second_factor:
        raise MustSetSecondFactor
    request.state.alarms = await _alarms(around, signed)
    return signed


async def _alarms(around: Surroundings, signed: Signed) -> dict[str, int]:
    """What waits for this person, beside the links of the navigation."""
    found = {}
    if signed.may(permissions.LETTERS_REPLAY):
        found["letters"] = (await health.alarms(around)).total
    if signed.may(permissions.AUDIT_READ):
        found["identity"] = await journal.alarms(around)
    if signed.may(permissions.CATALOGUE_DRAFT):
        found["campaigns"] = await campaigns.raised(around)
    return found


AnySigned = Annotated[Signed, Depends(signed_in)]
Own = Annotated[Signed, Depends(own)]
AtWork = Annotated[Signed, Depends(at_work)]
GUARDS = frozenset({signed_in, own, at_work})
BY_ITSELF = "x-shown"
"""The header of a page that looks for news by itself: it does not keep the session of somebody who left alive."""
CODE = "ma_xac_thuc"
"""The form field of the second factor's code, at every act that needs it fresh."""
NEEDED: dict[Callable[..., object], frozenset[str]] = {}
"""Each dependency that ``may`` made, with the permissions of which one is enough; tests walk the routes with it."""
_made: dict[frozenset[str], Callable[..., Awaitable[Signed]]] = {}


def may(*names: str) -> Any:
    """A dependency that lets through whoever has one of these permissions. It raises NotPermitted."""
    needed = frozenset(names)
    if not needed or not needed <= permissions.PERMISSIONS.keys():
        raise ValueError(names)
    if needed not in _made:

        async def permitted(signed: AtWork) -> Signed:
            if not any(signed.may(name) for name in needed):
                raise NotPermitted
            return signed

        _made[needed] = permitted
        NEEDED[permitted] = needed
    return Depends(_made[needed])


def fresh(*names: str) -> Any:
    """As ``may``, and the second factor was given within the last five minutes, where the person has one.

    For acts that approve, publish, export or give away rights. The code may come with the form itself; without it a
    page asks for it and sends the same form again. With no names any signed-in person will do.
    """
    before = may(*names) if names else Depends(at_work)

    async def confirmed(request: Request, signed: Signed = before) -> Signed:
        around = edge.around(request)
        if not signed.second_factor or sessions.is_fresh(around, signed):
            return signed
        fields = await _fields(request)
        code = next((value for name, value in fields or () if name == CODE), "")
        if not code:
            raise NotConfirmed(fields=fields)
        try:
            await second_factor.check(around, signed.account_id, code)
        except Refusal as refused:
            raise NotConfirmed(refused.sentence, fields) from None
        await sessions.confirm(around, signed)
        return signed

    return Depends(confirmed)


async def _fields(request: Request) -> list[tuple[str, str]] | None:
    """What a form holds, all of it; None where there is no form, or files that cannot be sent again."""
    if request.method in {"GET", "HEAD"}:
        return None
    try:
        async with request.form(max_fields=edge.MOST_FIELDS, max_part_size=edge.MOST_PART) as form:
            items = form.multi_items()
    except HTTPException:
        raise Unreadable from None
    texts = [(name, value) for name, value in items if isinstance(value, str)]
    return texts if len(texts) == len(items) else None


Confirmed = Annotated[Signed, fresh()]
