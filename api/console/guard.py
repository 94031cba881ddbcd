"""Who is signed in, and whether a form is really theirs. Must not know any page."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, Request, Response

from api import edge
from api.access import sessions
from api.access.sessions import Signed
from api.errors import ForeignOrigin, MustChangePassword, NotSignedIn
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
    return signed


async def at_work(signed: Annotated[Signed, Depends(signed_in)]) -> Signed:
    """Whoever is signed in with a password of their own. Raises MustChangePassword."""
    if signed.must_change:
        raise MustChangePassword
    return signed


AnySigned = Annotated[Signed, Depends(signed_in)]
AtWork = Annotated[Signed, Depends(at_work)]
GUARDS = frozenset({signed_in, at_work})
