"""The way of messages: how each channel fares, and the dead letters, which staff read, replay or give up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api import edge, masking, templates
from api.access import audit, permissions
from api.access.sessions import Signed
from api.console import guard, revealing, troubles
from api.console.cases import CHANNELS, must
from api.errors import NotFound, Refusal
from api.intake import backlog, health, letters
from api.intake.health import Fault
from api.intake.letters import Letter, Wanted
from api.surroundings import Surroundings

PATH = "/can-bo/duong-tin"
DEAD = f"{PATH}/nhan-loi"
router = APIRouter(prefix=PATH)
Keeper = Annotated[Signed, guard.may("letters.replay")]
MOST_NAMED = 50
"""Of a replay's letters so many are named in the log; the replay's page has them all."""
DONE = {"bo": "Đã bỏ {} tin. Cần thì xem ở mục Đã bỏ và chạy lại."}
KINDS = {
    "text": "Chữ", "image": "Ảnh", "audio": "Ghi âm", "video": "Phim", "file": "Tệp", "sticker": "Nhãn dán",
    "location": "Vị trí", "contact": "Danh thiếp", "tap": "Bấm nút", "follow": "Bắt đầu theo dõi",
    "unfollow": "Bỏ theo dõi", "unread": "Dạng tin chưa từng có", "sealed": "Không mở được",
}  # fmt: skip


@router.get("")
async def show_channels(request: Request, signed: Keeper) -> Response:
    """Every channel, and what waits on it."""
    around = edge.around(request)
    async with around.database.reading() as session:
        values = await frame(session, around, signed)
    found = await health.of_all(around)
    alarms = await health.alarms(around)
    values |= {"found": [(one, _fault(one.fault)) for one in found], "now": around.clock(), "alarmed": alarms}
    return templates.page(request, "letters/channels.html", values)


def _fault(fault: Fault | None) -> str:
    if fault is None:
        return ""
    return troubles.of_failure(fault.error).what if fault.receiving else troubles.of_error(fault.error)


@router.get("/nhan-loi")
async def show_list(request: Request, signed: Keeper) -> Response:
    """Dead letters, masked. Looking at what citizens wrote is an act."""
    around, wanted = edge.around(request), _wanted(request)
    async with around.database.writing() as session:
        page = await letters.search(session, wanted)
        values = await frame(session, around, signed)
        asked = {key: value for key, value in request.query_params.items() if key in {"kenh", "bo"} and value}
        await audit.record(session, signed, "update.list", details=audit.asked(asked))
    shown = [_shown(around, letter) for letter in page.letters]
    values |= {"wanted": wanted, "letters": shown, "next": page.next, "query": urlencode(asked)}
    values["done"] = told(request.query_params, DONE)
    return templates.page(request, "letters/dead.html", values)


def _wanted(request: Request) -> Wanted:
    asked = request.query_params
    return Wanted(
        channel=channel_of(edge.around(request), asked),
        dropped=asked.get("bo") == "1",
        before=number(asked.get("truoc", "")),
    )


@router.post("/nhan-loi/viec")
async def act(request: Request, signed: Keeper) -> Response:
    """Replay the chosen letters, or all of a channel; or give the chosen ones up."""
    around, form = edge.around(request), await edge.read_form(request)
    match form.get("viec", ""):
        case "chay-lai":
            return await _replay(around, signed, ids=chosen(form))
        case "bo":
            return await _drop(around, signed, form)
        case "chay-lai-het" if channel := channel_of(around, form):
            return await _replay(around, signed, channel=channel)
        case _:
            raise Refusal


async def _replay(around: Surroundings, signed: Signed, *, ids: list[int] | None = None, channel: str = "") -> Response:
    async with around.database.writing() as session:
        replay_id, done = await letters.replay(session, around, ids=ids or (), channel=channel)
        if not done:
            raise Refusal(
                "Không có tin nào để chạy lại: có thể đồng nghiệp vừa chạy, người gửi đang được trả lời, hoặc kênh "
                "đang tắt. Đồng chí tải lại trang rồi xem."
            )
        details = {"rows": len(done), "channel": channel or None, "updates": done[:MOST_NAMED]}
        await audit.record(session, signed, "update.replay", f"replay/{replay_id}", details=details)
    around.arrived.ring()
    around.pictured.ring()
    return RedirectResponse(f"{PATH}/chay-lai/{replay_id}", 303)


async def _drop(around: Surroundings, signed: Signed, form: Mapping[str, str]) -> Response:
    why, ids = reason(form), chosen(form)
    async with around.database.writing() as session:
        done = await letters.drop(session, around.clock(), ids)
        if not done:
            raise Refusal("Các tin này vừa được chạy lại hoặc đã bỏ rồi. Đồng chí tải lại trang rồi xem.")
        for letter_id in done:
            await audit.record(session, signed, "update.drop", f"update/{letter_id}", why)
    return RedirectResponse(f"{DEAD}?{urlencode({'xong': 'bo', 'so': len(done)})}", 303)


@router.get("/nhan-loi/{letter_id}")
async def show(request: Request, letter_id: str, signed: Keeper) -> Response:
    """One dead letter, masked."""
    around = edge.around(request)
    async with around.database.writing() as session:
        letter = await letters.get(session, number(letter_id))
        values = await frame(session, around, signed)
        await audit.record(session, signed, "update.view", f"update/{letter.row.id}")
    return templates.page(request, "letters/one.html", values | {"one": _shown(around, letter), "plain": None})


@router.post("/nhan-loi/{letter_id}/xem")
async def uncover(request: Request, letter_id: str, signed: Keeper) -> Response:
    """All that the messenger delivered, for a reason that is written down."""
    must(signed, permissions.IDENTITY_REVEAL)
    around, why = edge.around(request), reason(await edge.read_form(request))
    many = await revealing.is_alarming(request, signed)
    async with around.database.writing() as session:
        letter = await letters.get(session, number(letter_id))
        values = await frame(session, around, signed)
        await revealing.record(session, signed, "update.reveal", f"update/{letter.row.id}", why, alarming=many)
    plain = letters.content(around, letter.row)
    return templates.page(request, "letters/one.html", values | {"one": _shown(around, letter), "plain": plain})


@router.get("/chay-lai/{replay_id}")
async def show_progress(request: Request, replay_id: str, signed: Keeper) -> Response:
    """How far a replay is; the page comes again by itself until it is over."""
    around = edge.around(request)
    async with around.database.reading() as session:
        found = await letters.progress(session, replay_id[:32].replace("\0", ""))
        values = await frame(session, around, signed)
    response = templates.page(request, "letters/replay.html", values | {"progress": found})
    if found.waiting:
        response.headers["Refresh"] = "2"
    return response


def told(asked: Mapping[str, str], done: Mapping[str, str]) -> str:
    """What was done and to how many, where a page comes after an act."""
    count = asked.get("so", "")[:6]
    return done[asked["xong"]].format(count) if asked.get("xong") in done and count.isdecimal() else ""


def _shown(around: Surroundings, letter: Letter) -> dict[str, Any]:
    row, said = letter.row, letters.content(around, letter.row)
    trouble = troubles.of_letter(row, is_on=row.channel in around.channels)
    return {
        "row": row, "wrote_again": letter.wrote_again, "trouble": trouble, "kind": KINDS.get(said.kind, said.kind),
        "words": masking.mask(said.words), "outline": said.outline, "sealed": said.kind == "sealed",
    }  # fmt: skip


async def frame(session: AsyncSession, around: Surroundings, signed: Signed) -> dict[str, Any]:
    """What every page of this family shows: the counts in its tabs."""
    dead, waiting = await letters.by_channel(session), await backlog.tallies(session, around)
    return {
        "signed": signed, "channels": CHANNELS, "on": set(around.channels), "dead": dead, "tallies": waiting,
        "dead_count": sum(count for count, _ in dead.values()),
        "unsent_count": sum(one.messages for one in waiting if one.state is not backlog.State.STOPPED),
    }  # fmt: skip


def channel_of(around: Surroundings, asked: Mapping[str, str]) -> str:
    """The channel that a form or an address names, "" for none that we know."""
    name = asked.get("kenh", "")
    return name if name in CHANNELS or name in around.channels else ""


def chosen(form: Mapping[str, str]) -> list[int]:
    """The ticked rows of a list. Raises Refusal where there are none."""
    found = [number(key.removeprefix("tin-")) for key in form if key.startswith("tin-")]
    if not found:
        raise Refusal("Đồng chí chưa chọn tin nào.")
    return found


def reason(form: Mapping[str, str]) -> str:
    """The reason that an act needs. Raises Refusal."""
    given = form.get("ly-do", "").strip()[:300]
    if len(given) < revealing.SHORTEST_REASON:
        raise Refusal("Đồng chí ghi rõ lý do (từ 10 ký tự trở lên).")
    return given


def number(typed: str) -> int:
    """A number of an address or form, 0 for nothing. Raises NotFound."""
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise NotFound("Không có tin này.")
    return int(typed)
