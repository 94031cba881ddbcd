"""Cases and their steps. Every status is changed by one function, which writes the step; nothing else assigns one.

Must not know pages, nor what the public hears of a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import triage
from api.casework.counters import next_number
from api.casework.whose import fresh_id
from api.errors import NotFound, Refusal
from api.models import Case, CaseEvent, CaseItem, Feedback, Handover, Report
from api.surroundings import Surroundings
from knowledge.text import fold

_TEXT = "case_events|text"
CHANNEL_CODES = {"web": "WEB", "zalo_oa": "ZOA", "zalo_bot": "ZBT", "telegram": "TLG", "terminal": "DLN", "desk": "TTT"}


class Status(StrEnum):
    """Where a case stands."""

    NEW = "new"
    WORKING = "working"
    WAITING = "waiting"
    DECIDED = "decided"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    MERGED = "merged"


TITLES = {
    Status.NEW: "Mới",
    Status.WORKING: "Đang xác minh",
    Status.WAITING: "Cần bổ sung",
    Status.DECIDED: "Đã kết luận",
    Status.TRANSFERRED: "Đã chuyển đơn vị",
    Status.CLOSED: "Đóng (rác, trùng)",
    Status.MERGED: "Đã nhập vụ khác",
}
OPEN = frozenset({Status.NEW, Status.WORKING, Status.WAITING})
FLOW: dict[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.WORKING, Status.WAITING, Status.DECIDED, Status.TRANSFERRED, Status.CLOSED}),
    Status.WORKING: frozenset({Status.WAITING, Status.DECIDED, Status.TRANSFERRED, Status.CLOSED}),
    Status.WAITING: frozenset({Status.WORKING, Status.DECIDED, Status.TRANSFERRED, Status.CLOSED}),
    Status.DECIDED: frozenset({Status.WORKING, Status.TRANSFERRED}),
    Status.TRANSFERRED: frozenset({Status.WORKING, Status.DECIDED}),
    Status.CLOSED: frozenset({Status.WORKING}),
    Status.MERGED: frozenset({Status.WORKING}),
}
_CITIZEN_HEARS = {
    Status.NEW: "new", Status.WORKING: "claimed", Status.WAITING: "claimed", Status.TRANSFERRED: "claimed",
}  # fmt: skip


class WrongStep(Refusal):
    """A case cannot go from where it stands to there."""

    status = 409
    sentence = "Vụ việc vừa được người khác xử lý hoặc không chuyển được sang bước này. Đồng chí tải lại trang."


class Merged(WrongStep):
    """A case that went into another one is worked on there."""

    sentence = "Vụ này đã nhập vào vụ khác. Mọi việc làm tiếp ở vụ đó."


@dataclass(frozen=True, slots=True)
class Acting:
    """Who does something, and when; ``account_id`` is None for the service itself."""

    around: Surroundings
    account_id: str | None
    at: datetime


async def get(session: AsyncSession, case_id: str, *, locked: bool = False) -> Case:
    """A case. Raises NotFound."""
    query = select(Case).where(Case.id == case_id[:32])
    case = (await session.scalars(query.with_for_update() if locked else query)).one_or_none()
    if case is None:
        raise NotFound("Không có vụ việc này.")
    return case


async def hold(session: AsyncSession, *case_ids: str) -> None:
    """Lock several cases, and those that they went into, before working on them: in the order of their ids, so that of
    two who want the same ones one waits for the other, and never each for the other."""
    wanted = {case_id[:32] for case_id in case_ids}
    into = select(Case.merged_into).where(Case.id.in_(wanted), Case.merged_into.is_not(None))
    wanted |= {case_id for case_id in (await session.scalars(into)).all() if case_id}
    await session.execute(select(Case.id).where(Case.id.in_(wanted)).order_by(Case.id).with_for_update())


def must_stand(case: Case) -> None:
    """Refuse to work on what went into another case. Raises Merged."""
    if case.status == Status.MERGED:
        raise Merged


def add_note(session: AsyncSession, acting: Acting, case: Case, words: str) -> None:
    """Write a note. Raises Merged."""
    must_stand(case)
    note_step(session, acting, case, "note", text=words)


def note_step(
    session: AsyncSession, acting: Acting, case: Case, kind: str, moved: tuple[str, str] = ("", ""), text: str = ""
) -> None:
    """Write one step of a case; notes are sealed."""
    key, (before, after) = fresh_id(), moved
    sealed = acting.around.vault.seal(_TEXT, key, text.encode("utf-8", "replace")) if text else None
    session.add(
        CaseEvent(
            key=key, case_id=case.id, kind=kind, before=before[:60], after=after[:60], text=sealed,
            account_id=acting.account_id, at=acting.at,
        )
    )  # fmt: skip
    case.updated_at = acting.at


STEPS = {
    "opened": "Mở vụ", "appealed": "Khiếu nại thêm",
    "status": "Trạng thái", "assigned": "Giao việc", "note": "Ghi chú", "triage": "Mức xử lý",
    "priority": "Ưu tiên", "label": "Kết luận", "merged": "Nhập vụ", "split": "Tách vụ", "told": "Báo cho người hỏi",
    "telling": "Bắt đầu báo cho người hỏi",
    "letter": "Văn bản chuyển", "export": "Xuất hồ sơ",
}  # fmt: skip
_CHANGES_NOTHING = ("note", "export")
LETTERS = {
    "Bản thảo": "Soạn văn bản chuyển", "Đã gửi": "Đã chuyển văn bản", "Đã có trả lời": "Đã có trả lời",
    "Đã bỏ": "Bỏ bản thảo văn bản",
}  # fmt: skip
_SAID = {"scam": "lừa đảo", "clean": "không phải lừa đảo", "True": "có", "False": "không"}
OF_APPEAL = {"scam": "giữ nguyên trong danh sách", "clean": "chấp nhận khiếu nại"}


def in_words(step: CaseEvent, kind: str = "") -> str:
    """A step of a case of some kind as people read it, without its notes and without a name."""
    title = STEPS.get(step.kind, step.kind)
    if step.kind in {"opened", "note", "appealed", "assigned", "telling"}:
        return title
    if step.kind == "letter":
        return LETTERS.get(step.after, title)
    if step.kind == "label" and kind == "appeal":
        return f"{title}: {OF_APPEAL.get(step.after, step.after)}"
    if step.kind in {"label", "priority"}:
        return f"{title}: {_SAID.get(step.after, step.after)}"
    if step.kind == "told":
        return f"{title}: {step.after} người"
    titles = {status.value: title for status, title in TITLES.items()}
    moved = [titles.get(word, word) for word in (step.before, step.after) if word]
    return f"{title}: {' → '.join(moved)}"


async def last_change(session: AsyncSession, case: Case) -> CaseEvent | None:
    """What last changed how a case stands; a note or a copy on paper changes nothing."""
    query = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.kind.not_in(_CHANGES_NOTHING))
    return (await session.scalars(query.order_by(CaseEvent.id.desc()).limit(1))).first()


def step_text(around: Surroundings, step: CaseEvent) -> str:
    """The words of a step."""
    return around.vault.open(_TEXT, step.key, step.text).decode() if step.text else ""


async def change_status(session: AsyncSession, acting: Acting, case: Case, to: Status, why: str = "") -> None:
    """Take a case to another status. Raises WrongStep."""
    before = Status(case.status)
    if before is Status.MERGED and case.merged_into is not None:
        raise Merged  # the way back is to undo the merge, which takes along what was brought
    if to is not Status.MERGED and to not in FLOW[before]:
        raise WrongStep
    case.status, case.is_open = to.value, to in OPEN
    case.first_seen_at = case.first_seen_at or acting.at
    if to is Status.DECIDED:
        case.decided_at = acting.at
    note_step(session, acting, case, "status", (before.value, to.value), text=why)
    await settle_reports(session, case)


async def settle_reports(session: AsyncSession, case: Case) -> None:
    """Let the reports of a case stand as the case does. One that somebody has begun to work on is held by law: it never
    goes back to new, wherever it is moved."""
    heard = _CITIZEN_HEARS.get(Status(case.status), "resolved")
    of_case = select(CaseItem.report_id).where(CaseItem.case_id == case.id, CaseItem.report_id.is_not(None))
    changed = update(Report).where(Report.id.in_(of_case))
    if heard == "new":
        changed, heard = changed.where(Report.status != heard), "claimed"
    await session.execute(changed.values(status=heard))


async def assign(session: AsyncSession, acting: Acting, case: Case, account_id: str | None, name: str = "") -> bool:
    """Give a case to somebody, or to nobody; a new one is then being worked on. Gives whether that changed anything."""
    must_stand(case)
    if not case.is_open:
        raise WrongStep
    if case.assignee_id == account_id and case.status != Status.NEW:
        return False
    note_step(session, acting, case, "assigned", (case.assignee_id or "", account_id or ""), text=name)
    case.assignee_id = account_id
    if account_id and case.status == Status.NEW:
        await change_status(session, acting, case, Status.WORKING)
    return True


async def claim(session: AsyncSession, acting: Acting, case: Case, name: str) -> bool:
    """Take a case oneself; somebody else's is not taken away. Raises WrongStep."""
    if case.assignee_id not in {None, acting.account_id}:
        raise WrongStep("Vụ việc này đang có người xử lý.")
    return await assign(session, acting, case, acting.account_id, name)


def set_triage(session: AsyncSession, acting: Acting, case: Case, to: int, why: str) -> bool:
    """Another triage, with the due time that follows from it; gives whether it is another."""
    must_stand(case)
    if to == case.triage:
        return False
    note_step(session, acting, case, "triage", (f"T{case.triage}", f"T{to}"), text=why)
    case.triage, case.due_at = to, triage.due(to, case.opened_at)
    return True


def set_priority(session: AsyncSession, acting: Acting, case: Case, *, priority: bool) -> bool:
    """Mark a case as one to look at first, or not any more; gives whether that changed anything."""
    must_stand(case)
    if priority == case.priority:
        return False
    note_step(session, acting, case, "priority", (str(case.priority), str(priority)))
    case.priority = priority
    return True


async def decide(
    session: AsyncSession, acting: Acting, case: Case, *, scam: bool, method: str | None, why: str = ""
) -> None:
    """The operator's word: a scam or not, and which method. A decided case may be decided anew."""
    must_stand(case)
    if case.status == Status.DECIDED:
        await change_status(session, acting, case, Status.WORKING)
    label = "right" if scam == (case.level in {"scam", "suspicious"}) else "wrong"
    note_step(session, acting, case, "label", (case.label or "", "scam" if scam else "clean"), text=label)
    case.label = label
    case.method_confirmed = method if scam else None
    await change_status(session, acting, case, Status.DECIDED, why)


async def reopen(session: AsyncSession, acting: Acting, case: Case, why: str) -> None:
    """Work on a case again; one that was merged takes back what it brought."""
    if case.is_open:
        raise WrongStep
    if case.status == Status.MERGED:
        await _take_back(session, acting, case)
    await change_status(session, acting, case, Status.WORKING, why)


async def _take_back(session: AsyncSession, acting: Acting, case: Case) -> None:
    """What a case brought, and what others had brought to it before, wherever it was carried on to since."""
    into, brought = await _holder(session, case), await _brought(session, case)
    here = [] if into is None else await items(session, into)
    mine = [item for item in here if item.moved_from in brought]
    if into is None or not mine:
        raise WrongStep("Vụ đã nhập vào không còn giữ phần nào của vụ này.")
    if len(mine) == len(here):
        raise WrongStep("Vụ đã nhập vào sẽ không còn gì. Đồng chí tách vụ đó trước.")
    sent = Handover.case_id == into.id, Handover.moved_from.in_(brought)
    parts: list[CaseItem | Handover] = [*mine, *(await session.scalars(select(Handover).where(*sent))).all()]
    for part in parts:
        part.case_id, part.moved_from = case.id, None if part.moved_from == case.id else part.moved_from
    case.merged_into = None
    await settle_reports(session, case)
    note_step(session, acting, into, "split", (into.code, case.code))


async def _holder(session: AsyncSession, case: Case) -> Case | None:
    """The case that holds what a merged one brought: the one at the end of the merges."""
    here: Case | None = case
    while here is not None and here.status == Status.MERGED:
        here = await session.get(Case, here.merged_into, with_for_update=True) if here.merged_into else None
    return here


async def _brought(session: AsyncSession, case: Case) -> set[str]:
    """A case and all that were merged into it, one after the other."""
    found, fresh = {case.id}, {case.id}
    while fresh:
        fresh = set((await session.scalars(select(Case.id).where(Case.merged_into.in_(fresh)))).all()) - found
        found |= fresh
    return found


async def release(session: AsyncSession, acting: Acting, case: Case) -> None:
    """Give one's own case back to the queue. Raises WrongStep."""
    if case.assignee_id is None or case.assignee_id != acting.account_id:
        raise WrongStep("Chỉ người đang giữ vụ mới trả lại được.")
    await assign(session, acting, case, None)


def mark_seen(acting: Acting, case: Case) -> None:
    """Somebody who can work on a case has opened it for the first time."""
    if case.first_seen_at is None:
        case.first_seen_at = case.updated_at = acting.at


def why_not_merged(case: Case, into: Case) -> str:
    """Why a case cannot go into another one, "" where it can. An open one must not vanish from the queue in one that is
    done; an appeal is decided by itself, for what is decided of it decides about the number."""
    if case.id == into.id or Status.MERGED in {Status(case.status), Status(into.status)}:
        return "Hai vụ này không nhập vào nhau được."
    if case.is_open and not into.is_open:
        return f"Vụ {into.code} đã xong, vụ này còn đang mở. Đồng chí mở lại vụ kia trước rồi nhập."
    if "appeal" in {case.kind, into.kind} and (case.kind, case.indicator_id) != (into.kind, into.indicator_id):
        return "Vụ khiếu nại chỉ nhập được vào vụ khiếu nại về cùng một số, tài khoản, trang."
    return ""


async def merge(session: AsyncSession, acting: Acting, case: Case, into: Case) -> None:
    """Move everything of a case into another one. Raises WrongStep."""
    if refused := why_not_merged(case, into):
        raise WrongStep(refused)
    tables: tuple[type[CaseItem | Handover], ...] = (CaseItem, Handover)
    for table in tables:
        moved = update(table).where(table.case_id == case.id)
        await session.execute(moved.values(case_id=into.id, moved_from=func.coalesce(table.moved_from, case.id)))
    await change_status(session, acting, case, Status.MERGED)
    case.merged_into = into.id
    await settle_reports(session, into)
    if case.triage < into.triage and into.is_open:
        set_triage(session, acting, into, case.triage, f"Nhập từ {case.code}")
    note_step(session, acting, into, "merged", (case.code, into.code))


async def split(session: AsyncSession, acting: Acting, case: Case, item_ids: Sequence[str]) -> Case:
    """Take some of a case's reports out into a case of their own. Raises WrongStep when none or all would go."""
    items = list(
        (await session.scalars(select(CaseItem).where(CaseItem.case_id == case.id).order_by(CaseItem.at))).all()
    )
    leaving = [item for item in items if item.id in set(item_ids)]
    if not leaving or len(leaving) == len(items):
        raise WrongStep("Chọn ít nhất một, và để lại ít nhất một phản ánh.")
    if any(item.kind == "appeal" for item in leaving):
        raise WrongStep("Khiếu nại không tách ra được. Nhập nhầm thì mở vụ khiếu nại đã nhập, bấm Hoàn tác nhập vụ.")
    report = await session.get(Report, leaving[0].report_id) if leaving[0].report_id else None
    complaint = await session.get(Feedback, leaving[0].feedback_id) if leaving[0].feedback_id else None
    told = report or complaint
    words = told.text if told else ""
    made = Case(
        id=fresh_id(), code=await number(session, leaving_channel(report, case), acting.at), kind=leaving[0].kind,
        status=Status.NEW.value, is_open=True, triage=case.triage, priority=False,
        due_at=triage.due(case.triage, acting.at), channel=leaving_channel(report, case), sender=leaving[0].sender,
        level=report.level if report else case.level, method=report.method if report else case.method,
        situation=report.situation if report else case.situation, text=words,
        folded=fold(words), opened_at=acting.at, updated_at=acting.at,
    )  # fmt: skip
    session.add(made)
    await session.flush()
    for item in leaving:
        item.case_id, item.moved_from = made.id, None
    await settle_reports(session, made)
    note_step(session, acting, case, "split", (case.code, made.code))
    note_step(session, acting, made, "split", (case.code, made.code))
    return made


def leaving_channel(report: Report | None, case: Case) -> str:
    """The channel that a part of a case came from."""
    return report.channel if report else case.channel


async def number(session: AsyncSession, channel: str, at: datetime) -> str:
    """The next code of a channel and year, such as ZOA-2026-000017."""
    head = f"{CHANNEL_CODES.get(channel, 'KHC')}-{at.astimezone(triage.VIETNAM).year}"
    return f"{head}-{await next_number(session, head):06d}"


async def items(session: AsyncSession, case: Case) -> list[CaseItem]:
    """What belongs to a case, oldest first."""
    query = select(CaseItem).where(CaseItem.case_id == case.id).order_by(CaseItem.at, CaseItem.id)
    return list((await session.scalars(query)).all())


async def steps(session: AsyncSession, case: Case) -> list[CaseEvent]:
    """The history of a case, newest first."""
    query = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id.desc())
    return list((await session.scalars(query)).all())


async def count_open(session: AsyncSession) -> int:
    """How many cases wait."""
    return int((await session.execute(select(func.count()).where(Case.is_open.is_(True)))).scalar_one())
