"""Phones, accounts, pages, wallets and handles: what is known of each, and what people decide about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api import edge, templates
from api.access import audit
from api.access.sessions import Signed
from api.casework import indicators, lookup, named, opening
from api.casework.cases import Acting
from api.casework.indicators import Status, WrongState
from api.casework.lookup import Wanted
from api.console import guard, revealing
from api.console.casefile import back
from api.console.cases import names, staff
from api.errors import Refusal
from api.models import Indicator

PATH = "/can-bo/dau-hieu"
router = APIRouter(prefix=PATH)
Reader = Annotated[Signed, guard.may("cases.read", "indicators.approve")]
Proposer = Annotated[Signed, guard.may("indicators.propose")]
Approver = Annotated[Signed, guard.may("indicators.approve")]
Revealer = Annotated[Signed, guard.may("identity.reveal", "indicators.approve")]
Change = Callable[[AsyncSession, Acting, Indicator, str], Awaitable[Status]]
STATES = {s.value: t for s, t in indicators.TITLES.items()} | {"waiting": "Chờ duyệt"}
KINDS = {k.value: t for k, t in named.TITLES.items()}
HEARD = {"suspected": "đã có phản ánh, đang xác minh", "confirmed": "đã xác nhận dùng để lừa đảo"}
EVENTS = {
    "status": "Đổi tình trạng", "proposed": "Đề nghị", "refused": "Không duyệt", "withdrawn": "Rút đề nghị",
    "restoring": "Đề nghị đưa lại", "ended": "Đề nghị hết hiệu lực vì đã đổi tình trạng",
}  # fmt: skip
DONE = {
    "suspected": "Đã đánh dấu nghi vấn. Câu trả lời cho người dân đổi ngay ở mọi kênh.",
    "cleared": "Đã gỡ khỏi danh sách. Câu trả lời cho người dân đổi ngay ở mọi kênh. Nhầm thì bấm Đề nghị đưa lại.",
    "confirmed": "Đã duyệt xác nhận. Câu trả lời cho người dân đổi ngay ở mọi kênh.",
    "official": "Đã duyệt là số, trang chính thức. Nhầm thì bấm Thôi là chính thức.",
    "de-nghi": "Đã gửi đề nghị, chờ người thứ hai duyệt. Đổi ý thì bấm Rút đề nghị.",
    "dua-lai": "Đã đề nghị đưa lại vào danh sách, chờ người thứ hai duyệt. Đổi ý thì bấm Rút đề nghị.",
    "khong": "Đã ghi không duyệt. Tình trạng giữ nguyên.",
    "rut": "Đã rút đề nghị. Tình trạng giữ nguyên.",
    "thoi": "Đã thôi coi là chính thức.",
}


@router.get("")
async def show_list(request: Request, signed: Reader) -> Response:
    """The list, last seen first."""
    around, wanted = edge.around(request), read_wanted(request)
    async with around.database.reading() as session:
        page = await lookup.search(session, around, wanted)
        waiting = await lookup.waiting(session)
    asked = {k: v for k, v in request.query_params.items() if k in {"loai", "tinh-trang", "tim"} and v}
    values = _names(request) | {"signed": signed, "wanted": wanted, "page": page, "waiting": waiting}
    return templates.page(request, "indicators/list.html", values | {"query": urlencode(asked)})


def read_wanted(request: Request) -> Wanted:
    """The filters of an address; what is not known is left out."""
    asked = request.query_params
    return Wanted(
        kind=asked.get("loai", "") if asked.get("loai") in KINDS else "",
        state=asked.get("tinh-trang", "") if asked.get("tinh-trang") in STATES else "",
        words=asked.get("tim", "")[:200],
        after=asked.get("sau", "")[:80],
    )


@router.get("/{row_id}")
async def show(request: Request, row_id: str, signed: Reader) -> Response:
    """One indicator, its value masked."""
    database = edge.around(request).database
    async with database.writing() as session:
        await audit.record(session, signed, "indicator.view", f"indicator/{(await indicators.get(session, row_id)).id}")
    async with database.reading() as session:  # all that a page shows is gathered while others may write
        values = await _values(session, request, signed, await indicators.get(session, row_id))
    return templates.page(request, "indicators/one.html", values)


@router.post("/{row_id}/xem")
async def uncover(request: Request, row_id: str, signed: Revealer) -> Response:
    """The value itself, for a reason that is written down."""
    around, reason = edge.around(request), revealing.reason(await edge.read_form(request))
    many = await revealing.is_alarming(request, signed)
    async with around.database.writing() as session:
        row = await indicators.get(session, row_id)
        await revealing.record(session, signed, "indicator.reveal", f"indicator/{row.id}", reason, alarming=many)
    async with around.database.reading() as session:
        row = await indicators.get(session, row_id)
        values = await _values(session, request, signed, row)
    return templates.page(request, "indicators/one.html", values | {"plain": indicators.value_of(around, row).value})


@router.post("/{row_id}/de-nghi")
async def propose(request: Request, row_id: str, signed: Proposer) -> Response:
    """Ask for another status; what needs a second person waits."""
    around, form = edge.around(request), await edge.read_form(request)
    if form.get("thanh") not in set(Status):
        raise Refusal
    async with around.database.writing() as session:
        row = await indicators.get(session, row_id, locked=True)
        acting = Acting(around, signed.account_id, around.clock())
        reason = form.get("can-cu", "")[:2000]
        holds = await indicators.propose(session, acting, row, Status(form["thanh"]), reason)
        act = "indicator.status" if holds else "indicator.propose"
        await audit.record(session, signed, act, f"indicator/{row.id}", details={"to": form["thanh"]})
    return _back(row, form["thanh"] if holds else "de-nghi")


def _back(row: Indicator, done: str) -> Response:
    return RedirectResponse(f"{PATH}/{row.id}?{urlencode({'xong': done})}", 303)


@router.post("/{row_id}/rut")
async def withdraw(request: Request, row_id: str, signed: Proposer) -> Response:
    """One's own proposal, before anybody has approved it."""
    around = edge.around(request)
    async with around.database.writing() as session:
        row = await indicators.get(session, row_id, locked=True)
        asked = row.proposed or ""
        await indicators.withdraw(session, Acting(around, signed.account_id, around.clock()), row)
        await audit.record(session, signed, "indicator.withdraw", f"indicator/{row.id}", details={"to": asked})
    return _back(row, "rut")


@router.post("/{row_id}/thoi-chinh-thuc")
async def take_back(request: Request, row_id: str, signed: Proposer) -> Response:
    """It was not official after all."""
    return await _put_right(request, row_id, signed, indicators.take_back_official, ("indicator.status", "thoi"))


@router.post("/{row_id}/dua-lai")
async def restore(request: Request, row_id: str, signed: Proposer) -> Response:
    """It was cleared by mistake."""
    return await _put_right(request, row_id, signed, indicators.restore, ("indicator.restore", "dua-lai"))


async def _put_right(request: Request, row_id: str, signed: Signed, change: Change, told: tuple[str, str]) -> Response:
    """Do it with its grounds, and tell the log and the page."""
    around, form = edge.around(request), await edge.read_form(request)
    act, done = told
    async with around.database.writing() as session:
        row = await indicators.get(session, row_id, locked=True)
        acting = Acting(around, signed.account_id, around.clock())
        to = await change(session, acting, row, form.get("can-cu", "")[:2000])
        await audit.record(session, signed, act, f"indicator/{row.id}", details={"to": to.value})
    return _back(row, done)


@router.post("/{row_id}/duyet")
async def approve(request: Request, row_id: str, signed: Approver) -> Response:
    """A second person agrees, or does not."""
    around, form = edge.around(request), await edge.read_form(request)
    agreed = form.get("y-kien") == "duyet"
    async with around.database.writing() as session:
        row = await indicators.get(session, row_id, locked=True)
        acting, reason = Acting(around, signed.account_id, around.clock()), form.get("can-cu", "")[:2000]
        asked = row.proposed or ""
        if form.get("thanh", asked) != asked:
            raise WrongState  # what was asked for is no longer what this page showed
        restoring = await indicators.is_restoring(session, row)
        if agreed:
            await indicators.approve(session, acting, row, reason)
        else:
            await indicators.refuse(session, acting, row, reason)
        act, details = "indicator.approve" if agreed else "indicator.refuse", {"to": asked}
        if restoring:
            details["how"] = indicators.RESTORING
        await audit.record(session, signed, act, f"indicator/{row.id}", details=details)
    return _back(row, asked if agreed else "khong")


@router.post("/{row_id}/khieu-nai")
async def appeal(request: Request, row_id: str, signed: Proposer) -> Response:
    """An owner says that this was wrongly reported: a case, due the same day."""
    around, form = edge.around(request), await edge.read_form(request)
    words = form.get("noi-dung", "").strip()[:4000]
    if len(words) < indicators.SHORTEST_REASON:
        raise Refusal("Đồng chí ghi nội dung khiếu nại (từ 10 ký tự trở lên).")
    async with around.database.writing() as session:
        row = await indicators.get(session, row_id, locked=True)  # two owners at once: the second joins the first
        acting = Acting(around, signed.account_id, around.clock())
        case, is_new = await opening.from_appeal(session, acting, row, words)
        await audit.record(session, signed, "indicator.appeal", f"indicator/{row.id}", details={"case": case.id})
    return back(case, "khieu-nai" if is_new else "khieu-nai-them")


async def _values(session: AsyncSession, request: Request, signed: Signed, row: Indicator) -> dict[str, Any]:
    around = edge.around(request)
    found = await lookup.known(session, around, row, around.clock())
    return _names(request) | {
        "signed": signed, "row": row, "known": found, "plain": "", "people": await staff(session),
        "reasons": {event.id: indicators.reason_of(around, event) for event in found.events},
        "heard": HEARD.get(row.status, ""), "enough": indicators.ENOUGH_REPORTERS, "event_titles": EVENTS,
        "done": DONE.get(request.query_params.get("xong", ""), ""), "own": row.proposed_by == signed.account_id,
        "restorable": await indicators.cleared_from(session, row),
        "restoring": await indicators.is_restoring(session, row),
    }  # fmt: skip


def _names(request: Request) -> dict[str, Any]:
    return names(request) | {"indicator_kinds": KINDS, "indicator_statuses": STATES}
