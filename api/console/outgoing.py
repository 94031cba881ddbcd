"""The outbox: who waits for an answer of ours and why, what was stopped, and moving it by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api import edge, templates
from api.access import audit
from api.console import troubles
from api.console.letters import PATH, Keeper, channel_of, chosen, frame, number, reason, told
from api.errors import Refusal
from api.intake import backlog
from api.intake.backlog import Held, State
from api.surroundings import Surroundings

HERE = f"{PATH}/chua-gui"
router = APIRouter(prefix=HERE)
STATES = {
    State.FAILING: "Đang lỗi", State.AWAITING: "Chờ người dân nhắn", State.DUE: "Sắp gửi", State.STOPPED: "Đã dừng",
}  # fmt: skip

DONE = {
    "reply.send_now": "Đã cho gửi ngay {} tin.", "reply.stop": "Đã dừng {} tin. Cần thì gửi lại ở mục Đã dừng.",
    "reply.send_again": "Đã xếp gửi lại {} tin.", "reply.set_aside": "Đã cho qua {} tin, thôi báo động.",
}  # fmt: skip


@router.get("")
async def show(request: Request, signed: Keeper) -> Response:
    """One state of the outbox, by citizen."""
    around, asked = edge.around(request), request.query_params
    state = State(asked["loai"]) if asked.get("loai") in set(State) else State.FAILING
    channel = channel_of(around, asked)
    async with around.database.reading() as session:
        page = await backlog.search(session, around, state, channel, number(asked.get("sau", "")))
        values = await frame(session, around, signed)
    counts = dict.fromkeys(State, 0)
    for one in values["tallies"]:
        counts[one.state] += one.messages
    values |= {
        "state": state, "states": STATES, "counts": counts, "channel": channel, "next": page.next,
        "held": [_shown(around, one) for one in page.held], "now": around.clock(), "now_old": backlog.OLD,
        "done": told(asked, DONE),
    }  # fmt: skip
    return templates.page(request, "letters/unsent.html", values)


def _shown(around: Surroundings, held: Held) -> dict[str, Any]:
    row = held.row
    trouble = troubles.of_reply(row, is_on=row.channel in around.channels)
    return {"row": row, "behind": held.behind, "trouble": trouble, "for_good": row.stopped_why in backlog.FOR_GOOD}


@router.post("/viec")
async def act(request: Request, signed: Keeper) -> Response:
    """Send now, stop, send again, or set aside."""
    around, form = edge.around(request), await edge.read_form(request)
    async with around.database.writing() as session:
        called, done, why = await _act(session, around, form)
        if not done:
            raise Refusal("Không tin nào đổi: có thể vừa gửi xong, đang gửi, hoặc không được gửi nữa.")
        details = {"rows": len(done), "channel": channel_of(around, form) or None}
        await audit.record(session, signed, called, f"reply/{done[0]}", why, details)
    around.answered.ring()
    state = form.get("loai", "")
    here = {"loai": state} if state in set(State) else {}
    return RedirectResponse(f"{HERE}?{urlencode(here | {'xong': called, 'so': str(len(done))})}", 303)


async def _act(session: AsyncSession, around: Surroundings, form: Mapping[str, str]) -> tuple[str, list[int], str]:
    now = around.clock()
    match form.get("viec", ""):
        case "gui-ngay":
            return "reply.send_now", await backlog.send_now(session, around, ids=chosen(form)), ""
        case "gui-ngay-het" if channel := channel_of(around, form):
            return "reply.send_now", await backlog.send_now(session, around, channel=channel), ""
        case "gui-lai":
            return "reply.send_again", await backlog.send_again(session, now, chosen(form)), ""
        case "dung":
            return "reply.stop", await backlog.stop(session, now, chosen(form)), reason(form)
        case "bo-qua":
            return "reply.set_aside", await backlog.set_aside(session, chosen(form)), reason(form)
        case _:
            raise Refusal
