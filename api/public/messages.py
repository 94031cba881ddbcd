"""What the page's script talks to: a message in, the replies of that turn out, or a promise to ask again.

Must not know how a turn is taken.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api import edge
from api.errors import Unreadable
from api.intake import unstored
from api.public import bubbles, visits
from api.surroundings import Surroundings
from bot.channels.web import tap_value
from bot.events import Media
from bot.replies import Reply

router = APIRouter(prefix="/api/web")
NOT_A_PICTURE = "Tôi chưa nhận được ảnh. Bạn chọn lại ảnh, hoặc chép câu đáng ngờ nhất vào ô giúp nhé."


@router.post("/messages")
async def post(request: Request) -> Response:
    """``{"text": …}`` or ``{"tap": …}``, and ``id`` so that a message sent again is answered once."""
    edge.check_origin(request, strict=False)
    body = await edge.read_json(request)
    text, tap = body.get("text", ""), body.get("tap", "")
    if not isinstance(text, str) or not isinstance(tap, str):
        raise Unreadable
    name = visits.message_id(body.get("id"))
    visit = visits.find(request)
    around = edge.around(request)
    said: list[Reply] | None
    try:
        await visits.put(request, visit, name, text=text, tap=tap)
    except unstored.AWAY:
        said = await visits.unstored_answer(around, text, tap)
    else:
        said = await _said(around, visit, name)
    response = _answer(name, said)
    visits.remember(response, request, visit)
    return response


@router.post("/pictures")
async def post_picture(request: Request, id: str = "") -> Response:  # noqa: A002 - the name of the query's parameter
    """A picture as it is, in the body; answered like a message."""
    edge.check_origin(request, strict=False)
    if not request.headers.get("content-type", "").startswith("image/"):
        raise Unreadable(NOT_A_PICTURE)
    picture = await request.body()
    if not picture:
        raise Unreadable(NOT_A_PICTURE)
    name, visit, around = visits.message_id(id), visits.find(request), edge.around(request)
    said: list[Reply] | None
    try:
        await visits.put(request, visit, name, picture=picture)
    except unstored.AWAY:
        said = await unstored.answer(around, Media("image", ""))
    else:
        said = await _said(around, visit, name)
    response = _answer(name, said)
    visits.remember(response, request, visit)
    return response


async def _said(around: Surroundings, visit: visits.Visit, name: str) -> list[Reply] | None:
    """What is said to a message that is stored; None while that cannot be told, for the page asks again."""
    try:
        return await visits.replies(around, visit, name, around.settings.web_wait_seconds)
    except unstored.AWAY:
        return None


@router.get("/replies")
async def get(request: Request, id: str = "") -> Response:  # noqa: A002 - the name of the query's parameter
    """The replies to message ``id``, when it took longer."""
    visit = visits.find(request)
    around = edge.around(request)
    try:
        said = await visits.replies(around, visit, visits.message_id(id), around.settings.web_wait_seconds)
    except unstored.AWAY:  # it is stored, and will be answered: the page asks again
        said = None
    return _answer(id, said)


def _answer(name: str, said: list[Reply] | None) -> Response:
    found = said or []
    plain = [_plain(reply) for reply in found]
    return JSONResponse({"id": name, "pending": said is None, "replies": plain, "html": bubbles.render(found)})


def _plain(reply: Reply) -> dict[str, Any]:
    buttons = [{"label": b.label, "tap": tap_value(b), "style": b.style.value} for b in reply.buttons]
    marks = [asdict(mark) for mark in reply.marks]
    return {
        "text": reply.text,
        "level": reply.level.value if reply.level else None,
        "buttons": buttons,
        "quoted": reply.quoted,
        "marks": marks,
        "card": reply.card,
        "language": reply.language,
        "large": reply.large,
    }
