"""A visitor of the page: a random session in a cookie, whose hash is all that is kept; and what a visitor sends.

Must not know how an answer looks.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from dataclasses import dataclass

from fastapi import Request, Response

from api import edge
from api.access.limits import Limit, spend
from api.errors import Unreadable
from api.intake import inbox, outbox, unstored
from api.surroundings import Surroundings
from bot.channels import web
from bot.replies import Reply

_SESSION = re.compile(r"[A-Za-z0-9_-]{43}")
_MESSAGE_ID = re.compile(r"[0-9a-fA-F-]{8,40}")
_POLL = 0.25
PICTURES, PICTURES_PER_ADDRESS = Limit("picture", 10, 60), Limit("picture address", 40, 60)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor; ``is_new`` when the cookie has still to be set."""

    session: str
    is_new: bool

    def update_id(self, message_id: str) -> str:
        """What names a message of this visitor in the inbox; another visitor cannot take the name."""
        return f"{hashlib.sha256(self.session.encode()).hexdigest()[:24]}-{message_id}"


def find(request: Request) -> Visit:
    """The visitor of a request."""
    given = request.cookies.get(_cookie(edge.around(request)), "")
    if _SESSION.fullmatch(given):
        return Visit(given, is_new=False)
    return Visit(secrets.token_urlsafe(32), is_new=True)


def remember(response: Response, request: Request, visit: Visit) -> None:
    """Set the cookie; it ends with the browser."""
    if visit.is_new:
        around = edge.around(request)
        secure = around.settings.is_production
        response.set_cookie(_cookie(around), visit.session, httponly=True, secure=secure, samesite="strict", path="/")


def _cookie(around: Surroundings) -> str:
    return "__Host-visit" if around.settings.is_production else "visit"


def message_id(given: object) -> str:
    """The id that a page gave its message, or a fresh one. Raises Unreadable."""
    if given is None or given == "":
        return secrets.token_hex(16)
    if not isinstance(given, str) or not _MESSAGE_ID.fullmatch(given):
        raise Unreadable
    return given


async def put(
    request: Request, visit: Visit, name: str, *, text: str = "", tap: str = "", picture: bytes = b""
) -> None:
    """Store a message, a tap or a picture, within the limits. Raises TooMany."""
    around = edge.around(request)
    settings = around.settings
    await spend(around, Limit("message", settings.messages_per_minute, 60), visit.session)
    per_address = Limit("message address", settings.messages_per_minute_per_address, 60)
    await spend(around, per_address, edge.address(request))
    if picture:
        await spend(around, PICTURES, visit.session)
        await spend(around, PICTURES_PER_ADDRESS, edge.address(request))
    payload = web.payload(visit.update_id(name), visit.session, text=text, tap=tap, picture=picture)
    await inbox.record(around, around.channels["web"], payload)


async def unstored_answer(around: Surroundings, text: str, tap: str) -> list[Reply]:
    """What is said to a message or a tap while nothing can be stored."""
    said = web.payload("unstored", "nobody", text=text, tap=tap)
    return await unstored.answer(around, around.channels["web"].parse(said).event)


async def replies(around: Surroundings, visit: Visit, name: str, seconds: float) -> list[Reply] | None:
    """What is said to a message, waiting for it at most so long; None while it is still being looked at."""
    sender = around.vault.pseudonym("web", visit.session)
    update_id = visit.update_id(name)
    until = time.monotonic() + seconds
    while not (settled := await inbox.is_settled(around, "web", sender, update_id)):
        left = until - time.monotonic()
        if settled is None or left <= 0:
            return None
        await around.answered.wait(min(_POLL, left))
    return [web.restore(message) for message in await outbox.fetch(around, "web", sender, update_id)]
