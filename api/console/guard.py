"""Who is signed in, whether a form is really theirs, and whether they may. Must not know any page.

A route says what it takes in its signature: ``signed: Annotated[Signed, guard.may("cases.read")]``. Several names mean
that any of them is enough.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from api import edge
from api.access import permissions, sessions
from api.access.sessions import Signed
from api.errors import ForeignOrigin, MustChangePassword, NotPermitted, NotSignedIn
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
    signed = await sessions.find(around, request.cookies.get(cookie(around), ""))
    if signed is None:
        raise NotSignedIn
    if request.method not in {"GET", "HEAD"}:
        edge.check_origin(request, strict=True)
        token = (await edge.read_form(request)).get("csrf", "")
        if not hmac.compare_digest(token.encode("utf-8", "surrogatepass"), signed.csrf.encode()):
            raise ForeignOrigin
    request.state.signed = signed  # a refusal is then shown inside the console
    return signed


async def at_work(signed: Annotated[Signed, Depends(signed_in)]) -> Signed:
    """Whoever is signed in with a password of their own. Raises MustChangePassword."""
    if signed.must_change:
        raise MustChangePassword
    return signed


AnySigned = Annotated[Signed, Depends(signed_in)]
AtWork = Annotated[Signed, Depends(at_work)]
GUARDS = frozenset({signed_in, at_work})
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
