"""The page where a citizen asks. Works without JavaScript: a form, an answer on the next page.

Must not know how a turn is taken.
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge, templates
from api.errors import TooMany
from api.intake import unstored
from api.public import bubbles, visits
from bot import wording
from bot.replies import Reply

router = APIRouter()
EMERGENCY = "//emergency"
"""The fixed red button: a tap of no session, which the conversation takes at any time."""


@cache
def examples() -> list[dict[str, str]]:
    """Sample messages to try."""
    found: list[dict[str, str]] = tomllib.loads((Path(__file__).parent / "examples.toml").read_text("utf-8"))[
        "examples"
    ]
    return found


@router.get("/")
async def show(request: Request, hoi: str = "") -> Response:
    """The chat; ``hoi`` names the message that was just sent by the plain form."""
    visit = visits.find(request)
    around = edge.around(request)
    said = None
    if hoi:
        with suppress(*unstored.AWAY):  # it is stored, and will be answered: the page loads again
            said = await visits.replies(around, visit, visits.message_id(hoi), around.settings.web_wait_seconds)
    return _page(request, said or [], waiting=bool(hoi) and said is None)


@router.post("/")
async def ask(request: Request) -> Response:
    """The plain form: store, then show the answer on a page that can be reloaded."""
    edge.check_origin(request, strict=False)
    form = await edge.read_form(request)
    sample = next((e["text"] for e in examples() if e["slug"] == form.get("example")), "")
    name = visits.message_id("")
    visit = visits.find(request)
    text, tap = sample or form.get("text", ""), form.get("tap", "")
    try:
        await visits.put(request, visit, name, text=text, tap=tap)
    except TooMany as many:
        return _page(request, [Reply(many.sentence)], waiting=False, status=many.status)
    except unstored.AWAY:
        return _page(request, await visits.unstored_answer(edge.around(request), text, tap), waiting=False)
    response = RedirectResponse(f"/?hoi={name}#tra-loi", 303)
    visits.remember(response, request, visit)
    return response


@router.get("/quyen-rieng-tu")
async def privacy(request: Request) -> Response:
    """What is kept, how long, and whom to ask."""
    return templates.page(request, "privacy.html", {})


def _page(request: Request, said: list[Reply], *, waiting: bool, status: int = 200) -> Response:
    unit = edge.around(request).knowledge.handbook.unit
    values = {
        "welcome": wording.VI.welcome.format(unit=unit.name).split("\n"),
        "examples": examples(),
        "emergency": EMERGENCY,
        "bubbles": bubbles.views(said),
        "waiting": waiting,
    }
    response = templates.page(request, "chat.html", values, status=status)
    if waiting:
        response.headers["Refresh"] = "2"
    return response
