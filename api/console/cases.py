"""The queue: cases in the order in which they should be looked at, filters, saved views, bulk acts, live updates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api import edge, templates
from api.access import audit
from api.access.permissions import CASES_WORK, granted
from api.access.sessions import Signed
from api.casework import cases, concluded, exports, queue, views
from api.casework.cases import Acting, Merged, Status, WrongStep
from api.casework.queue import Wanted
from api.console import guard, lists
from api.errors import NotPermitted, Refusal
from api.models import Case, StaffAccount
from bot import wording

router = APIRouter(prefix="/can-bo/vu-viec")
Reader = Annotated[Signed, guard.may("cases.read")]
Worker = Annotated[Signed, guard.may("cases.work")]
Lead = Annotated[Signed, guard.may("cases.lead")]
HOME = "/can-bo/vu-viec"
KINDS = {"report": "Phản ánh", "help": "Cần giúp gấp", "feedback": "Báo trả lời sai", "appeal": "Khiếu nại"}
TRIAGES = {1: "T1 · ngay", 2: "T2 · trong ngày", 3: "T3 · 3 ngày làm việc", 4: "T4 · còn lại"}
BULK_DONE = {
    "giao": "Đã giao {} vụ.", "uu-tien": "Đã đánh dấu ưu tiên {} vụ.", "dong": "Đã đóng {} vụ.",
    "mo-lai": "Đã mở lại {} vụ.",
}  # fmt: skip
VIEWS_DONE = {"bo-loc-luu": "Đã lưu bộ lọc.", "bo-loc-xoa": "Đã xóa bộ lọc."}
STATES = {"open": "Đang mở", "done": "Đã xong", "all": "Tất cả"} | {s.value: t for s, t in cases.TITLES.items()}
CHANNELS = lists.CHANNELS | {"desk": "Tại trụ sở"}
_FIELDS = {
    "trang-thai": "state", "muc": "triage", "ai": "whose", "thu-doan": "method", "kenh": "channel", "loai": "kind",
    "han": "due", "tim": "words", "sau": "after",
}  # fmt: skip


@router.get("")
async def show_queue(request: Request, signed: Reader) -> Response:
    """The queue. Looking at it is an act; an open page that looks again by itself is the same act."""
    values = await _queue(request, signed)
    async with edge.around(request).database.writing() as session:
        asked = {key: value for key, value in request.query_params.items() if key in _FIELDS}
        await audit.record(session, signed, "case.list", details=audit.asked(asked))
    methods = edge.around(request).knowledge.judge.catalogue.methods
    options = sorted(((m.slug, m.name) for m in methods), key=lambda pair: pair[1])
    return templates.page(request, "cases/queue.html", values | {"options": options})


@router.get("/bang")
async def show_table(request: Request, signed: Reader) -> Response:
    """The table alone, for a page that is open; 204 where it is as that page shows it."""
    values = await _queue(request, signed)
    if request.headers.get(guard.BY_ITSELF) == values["version"]:
        return Response(status_code=204)
    return templates.page(request, "cases/table.html", values)


@router.post("/hang-loat")
async def bulk(request: Request, signed: Lead) -> Response:
    """One act on several cases, all or none."""
    around, form = edge.around(request), await edge.read_form(request)
    chosen = sorted(key.removeprefix("vu-") for key in form if key.startswith("vu-"))
    if not chosen:
        raise Refusal("Đồng chí chưa chọn vụ nào.")
    done = 0
    async with around.database.writing() as session:
        acting = Acting(around, signed.account_id, around.clock())
        await cases.hold(session, *chosen)
        for case_id in chosen:
            case = await cases.get(session, case_id, locked=True)
            try:
                changed = await _bulk_one(session, acting, case, form)
            except WrongStep as refused:
                raise WrongStep(f"Vụ {case.code}: {refused.sentence} Chưa vụ nào bị thay đổi.") from None
            if not changed:
                continue
            act, to = f"case.bulk.{form.get('viec', '')[:20]}", form.get("cho", "")[:32]
            await audit.record(session, signed, act, f"case/{case_id[:32]}", details={"to": to})
            done += 1
    return _back(form, xong=form["viec"], so=str(done), bo=str(len(chosen) - done))


async def _bulk_one(session: AsyncSession, acting: Acting, case: Case, form: Mapping[str, str]) -> bool:
    """Gives whether it changed anything."""
    match form.get("viec", ""):
        case "giao":
            person = await worker(session, form)
            return await cases.assign(session, acting, case, person.id, person.name)
        case "uu-tien":
            return cases.set_priority(session, acting, case, priority=True)
        case "dong":
            await cases.change_status(session, acting, case, Status.CLOSED, form.get("ly-do", ""))
        case "mo-lai":
            await cases.reopen(session, acting, case, form.get("ly-do", ""))
        case _:
            raise Refusal
    return True


@router.post("/bo-loc")
async def keep_view(request: Request, signed: Reader) -> Response:
    """Save the filters of this page under a name, or forget one."""
    around, form = edge.around(request), await edge.read_form(request)
    async with around.database.writing() as session:
        if forgotten := form.get("bo"):
            await views.forget(session, signed.account_id, forgotten)
            await audit.record(session, signed, "case.view.forget", f"view/{forgotten[:32]}")
        else:
            query = urlencode([p for p in parse_qsl(form.get("loc", "")) if p[0] in _FIELDS and p[0] != "sau"])
            kept = await views.save(session, signed.account_id, form.get("ten", ""), query, around.clock())
            await audit.record(session, signed, "case.view.save", f"view/{kept}")
    return _back(form, xong="bo-loc-xoa" if form.get("bo") else "bo-loc-luu")


def _back(form: Mapping[str, str], **done: str) -> Response:
    fields = [pair for pair in parse_qsl(form.get("loc", "")) if pair[0] in _FIELDS]
    return RedirectResponse(f"{HOME}?{urlencode([*fields, *done.items()])}", 303)


def _told(asked: Mapping[str, str]) -> str:
    """What was done, where this page comes after an act."""
    act, done, left_out = asked.get("xong", ""), asked.get("so", "0")[:4], asked.get("bo", "0")[:4]
    if act in VIEWS_DONE or act not in BULK_DONE or not (done.isdecimal() and left_out.isdecimal()):
        return VIEWS_DONE.get(act, "")
    same = f"{left_out} vụ vốn đã như vậy nên giữ nguyên." if int(left_out) else ""
    return f"{BULK_DONE[act].format(done)} {same}".strip() if int(done) else f"Không có gì thay đổi: {same}"


async def _queue(request: Request, signed: Signed) -> dict[str, Any]:
    around, wanted = edge.around(request), read_wanted(request)
    now = around.clock()
    async with around.database.reading() as session:
        page = await queue.search(session, around, wanted, signed.account_id)
        counts = await queue.counts(session, signed.account_id, now)
        changed, urgent = await queue.newest(session)
        saved = await views.of(session, signed.account_id)
        people, helpers = await staff(session), await workers(session)
        letters = await exports.last_letters(session, [row.id for row in page.rows])
    asked = {k: v for k, v in request.query_params.items() if k in _FIELDS and k != "sau" and v}
    shown = [f"{row.id}{row.updated_at.isoformat()}" for row in page.rows]
    version = hashlib.sha256("|".join([changed, *shown]).encode()).hexdigest()[:16]
    return names(request) | {
        "signed": signed, "wanted": wanted, "page": page, "counts": counts, "urgent": urgent, "saved": saved,
        "people": people, "workers": helpers, "done": _told(request.query_params), "letters": letters,
        "letter_states": exports.STATES,
        "query": urlencode(asked), "version": version, "now": now, "states": STATES,
    }  # fmt: skip


def read_wanted(request: Request) -> Wanted:
    """The filters of an address; what is not known is left out."""
    asked = {name: request.query_params.get(key, "") for key, name in _FIELDS.items()}
    return Wanted(
        state=asked["state"] if asked["state"] in STATES else "open",
        triage=int(asked["triage"]) if asked["triage"] in {"1", "2", "3", "4"} else 0,
        whose=asked["whose"] if asked["whose"] in {"mine", "nobody"} else "",
        method=asked["method"][:60].replace("\0", ""),
        channel=asked["channel"] if asked["channel"] in CHANNELS else "",
        kind=asked["kind"] if asked["kind"] in KINDS else "",
        due=asked["due"] if asked["due"] in {"late", "first", "unopened", "away"} else "",
        words=asked["words"][:200],
        after=asked["after"][:80],
    )


async def to_work_on(session: AsyncSession, row_id: str) -> Case:
    """A case to do something with, held until that is done. Raises Merged, which leads to where the work goes on."""
    case = await cases.get(session, row_id, locked=True)
    if case.status == Status.MERGED:
        into = await session.get(Case, case.merged_into) if case.merged_into else None
        raise _merged(case, into) if into else Merged
    return case


def _merged(case: Case, into: Case) -> Merged:
    sentence = f"Vụ {case.code} đã nhập vào vụ {into.code}. Đồng chí làm tiếp ở vụ đó; nhầm thì hoàn tác nhập vụ."
    return Merged(sentence, (f"{HOME}/{into.id}", f"Mở vụ {into.code}"))


async def workers(session: AsyncSession) -> dict[str, str]:
    """The names of those whom a case can be given to."""
    rows = await session.scalars(
        select(StaffAccount).where(StaffAccount.disabled.is_(False)).order_by(StaffAccount.name)
    )
    return {row.id: row.name for row in rows if _works(row)}


async def worker(session: AsyncSession, form: Mapping[str, str]) -> StaffAccount:
    """Whom a form gives a case to. Raises Refusal for nobody, and for who does not work cases."""
    person = await session.get(StaffAccount, form.get("cho", "")[:32])
    if person is None or person.disabled or not _works(person):
        raise Refusal("Đồng chí chọn người nhận là cán bộ xử lý vụ việc.")
    return person


def _works(person: StaffAccount) -> bool:
    return CASES_WORK in granted(person.roles)


async def staff(session: AsyncSession) -> dict[str, str]:
    """Everybody's name by id."""
    rows = await session.execute(select(StaffAccount.id, StaffAccount.name).order_by(StaffAccount.name))
    return {row_id: name for row_id, name in rows.all()}  # noqa: C416


def names(request: Request) -> dict[str, Any]:
    """The words that all pages of cases need."""
    return {
        "methods": edge.around(request).knowledge.judge.catalogue.names,
        "levels": lists.LEVELS,
        "situations": {s.value: title for s, title in wording.VI.situations.items()},
        "kinds": KINDS,
        "statuses": {s.value: title for s, title in cases.TITLES.items()},
        "channels": CHANNELS,
        "triages": TRIAGES,
        "left": left,
        "concluded": concluded.in_words,
    }


def left(due_at: datetime, now: datetime) -> str:
    """How long until something is due, or since when it is late, as one reads a clock."""
    seconds = abs((due_at - now).total_seconds())
    told = (
        f"{seconds / 86400:.0f} ngày" if seconds >= 2 * 86400
        else f"{seconds / 3600:.0f} giờ" if seconds >= 2 * 3600
        else f"{max(1, seconds // 60):.0f} phút"
    )  # fmt: skip
    return f"quá hạn {told}" if due_at < now else f"còn {told}"


def must(signed: Signed, permission: str) -> None:
    """Refuse what only some may do on a page that others may use too. Raises NotPermitted."""
    if not signed.may(permission):
        raise NotPermitted
