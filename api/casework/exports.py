"""Leaving the desk: who asked for a list and who allowed it, what is in it, the papers of a case.

Lists in full need a second person and hold at most five thousand rows; a case on paper is masked. Must not know pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import orjson
from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api import masking
from api.casework import cases, concluded, indicators, papers, queue
from api.casework.casefile import File, Told
from api.casework.cases import Acting
from api.casework.indicators import SHORTEST_REASON, NoReason, SamePerson, Status, WrongState
from api.casework.named import TITLES
from api.casework.papers import Letter, Paper
from api.casework.sheets import FORMATS, Line
from api.casework.triage import VIETNAM
from api.casework.whose import fresh_id
from api.errors import NotFound, NotPermitted, Refusal
from api.models import Case, CaseEvent, ExportRequest, Handover, Indicator, Sighting
from api.surroundings import Surroundings
from bot import wording

MOST_ROWS = 5000
USABLE = timedelta(hours=24)
STATES = {"draft": "Bản thảo", "sent": "Đã gửi", "answered": "Đã có trả lời"}
_ACTS_ON = {"bank": ("account", "số tài khoản"), "telco": ("phone", "số điện thoại")}
_NEXT = {"draft": "sent", "sent": "answered"}


async def ask(session: AsyncSession, acting: Acting, form: str, status: str, reason: str) -> ExportRequest:
    """Ask for a list of indicators. Raises Refusal."""
    if form not in FORMATS or status not in indicators.LISTED:
        raise Refusal
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    row = ExportRequest(
        id=fresh_id(), format=form, status=status, reason=reason.replace("\0", "").strip()[:500],
        requested_by=acting.account_id, at=acting.at,
    )  # fmt: skip
    session.add(row)
    return row


async def decide(session: AsyncSession, acting: Acting, request_id: str, *, allowed: bool) -> ExportRequest:
    """A second person allows it or not. Raises SamePerson, WrongState."""
    row = await session.get(ExportRequest, request_id[:32], with_for_update=True)
    if row is None:
        raise NotFound
    if row.requested_by is None or row.requested_by == acting.account_id:
        raise SamePerson
    if row.allowed is not None:
        raise WrongState
    row.allowed, row.decided_by, row.decided_at = allowed, acting.account_id, acting.at
    return row


async def requests(session: AsyncSession) -> Sequence[ExportRequest]:
    """The latest requests."""
    return (await session.scalars(select(ExportRequest).order_by(ExportRequest.at.desc()).limit(50))).all()


async def usable(session: AsyncSession, request_id: str, account_id: str, now: datetime) -> ExportRequest:
    """A request that was allowed less than a day ago, for whoever asked. Raises NotFound, NotPermitted."""
    row = await session.get(ExportRequest, request_id[:32])
    if row is None:
        raise NotFound
    if row.requested_by != account_id or not row.allowed or row.decided_at is None or now - row.decided_at > USABLE:
        raise NotPermitted("Chưa được duyệt, hoặc đã quá 24 giờ từ khi duyệt.")
    return row


async def lines(session: AsyncSession, around: Surroundings, status: str) -> list[Line]:
    """The indicators of a status, in full."""
    query = select(Indicator).where(Indicator.status == status).order_by(Indicator.last_seen_at.desc(), Indicator.id)
    rows = (await session.scalars(query.limit(MOST_ROWS))).all()
    named: dict[str, set[str]] = {row.id: set() for row in rows}
    pairs = select(Sighting.indicator_id, Sighting.method).where(Sighting.method.is_not(None)).distinct()
    for some in (list(named)[n : n + 500] for n in range(0, len(named), 500)):
        for indicator_id, method in (await session.execute(pairs.where(Sighting.indicator_id.in_(some)))).all():
            named[indicator_id].add(str(method))
    titles = around.knowledge.judge.catalogue.names
    found = []
    for row in rows:
        value = indicators.value_of(around, row)
        methods = tuple(sorted(titles.get(slug, slug) for slug in named[row.id]))
        found.append(
            Line(
                row.id, value.kind, value.value, indicators.TITLES[Status(row.status)], row.reporters, row.seen,
                row.first_seen_at, row.last_seen_at, methods,
            )
        )  # fmt: skip
    return found


def paper(around: Surroundings, file: File, by: str, at: datetime, people: Mapping[str, str]) -> Paper:
    """A case as it is printed: masked, marked with who printed it and when; ``people`` are names by account."""
    unit, case = around.knowledge.handbook.unit, file.case
    titles = around.knowledge.judge.catalogue.names
    told = [
        (
            f"Phản ánh {n}",
            [("Lúc", _clock(one.item.at)), ("Nội dung", one.text or "–"), *_asked(one.answers), *_seen(one)],
        )
        for n, one in enumerate(file.told, 1)
    ]
    facts = [
        ("Mã", case.code), ("Trạng thái", cases.TITLES[cases.Status(case.status)]), ("Mức", f"T{case.triage}"),
        ("Nhận lúc", _clock(case.opened_at)), ("Hạn", _clock(case.due_at)),
        ("Kết luận", concluded.for_paper(case)), ("Thủ đoạn", concluded.method(case, titles) or "–"),
    ]  # fmt: skip
    rows = [(row.masked, f"{indicators.TITLES[Status(row.status)]}; {row.reporters} người") for row in file.indicators]
    steps = [_step(around, case, step, people) for step in reversed(file.steps)]
    sections = [("Thông tin", facts), *told, ("Số, tài khoản, trang (đã che)", rows), ("Diễn biến", steps)]
    return Paper(unit.name, unit.parent, case.code, _clock(at), by, [(title, r) for title, r in sections if r])


def _step(around: Surroundings, case: Case, step: CaseEvent, people: Mapping[str, str]) -> tuple[str, str]:
    """When and who; what was done and why."""
    who, said = people.get(step.account_id or "", "hệ thống"), cases.in_words(step, case.kind)
    if step.kind == "assigned":
        return f"{_clock(step.at)} · {who}", f"{said}: {people.get(step.after, 'không ai')}"
    why = "" if step.kind == "label" else masking.mask(cases.step_text(around, step))
    return f"{_clock(step.at)} · {who}", f"{said}. {why}" if why else said


def _asked(answers: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(wording.VI.report_questions.get(key, key), answer or "–") for key, answer in answers.items()]


def _seen(told: Told) -> list[tuple[str, str]]:
    return [
        (f"Ảnh {n}", f"Chữ đọc được: {one.text or '–'}") if one.is_picture else (f"Tệp {n}", "Không mở")
        for n, one in enumerate(told.sent, 1)
    ]


def bundle(printed: Paper, file: File, at: datetime) -> bytes:
    """The case as files with a manifest."""
    data = {"code": printed.code, "printed": printed.printed, "by": printed.by, "sections": printed.sections}
    evidence = [{"text": one.text, "evidence": one.evidence} for one in file.told]
    files = {
        f"{printed.code}.pdf": papers.as_pdf(printed),
        f"{printed.code}.json": orjson.dumps(data, option=orjson.OPT_INDENT_2),
        "can-cu.json": orjson.dumps(evidence, option=orjson.OPT_INDENT_2),
    }
    return papers.as_zip(files, at.astimezone(VIETNAM))


def _clock(at: datetime) -> str:
    return at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


async def begin_letter(session: AsyncSession, acting: Acting, case: Case, kind: str, recipient: str) -> Handover:
    """The draft of a letter about a case. Raises Refusal of several kinds."""
    cases.must_stand(case)
    recipient = recipient.replace("\0", "").strip()[:160]
    if kind not in papers.RECIPIENTS or len(recipient) < 3:
        raise Refusal("Đồng chí chọn loại đơn vị và ghi tên nơi nhận.")
    must_fit(case, kind, await queue.indicators_of(session, case))
    row = Handover(
        id=fresh_id(), case_id=case.id, kind=kind, recipient=recipient, state="draft", account_id=acting.account_id,
        at=acting.at, changed_at=acting.at,
    )  # fmt: skip
    session.add(row)
    cases.note_step(session, acting, case, "letter", ("", STATES["draft"]), recipient)
    return row


def must_fit(case: Case, kind: str, named: Sequence[Indicator]) -> None:
    """A bank or a telco is asked to act on a number of a scam, on nothing else. Raises Refusal."""
    if kind not in _ACTS_ON:
        return
    wanted, title = _ACTS_ON[kind]
    if concluded.is_scam(case) is False:
        raise Refusal("Vụ này đã kết luận không phải lừa đảo nên không gửi được. Cần gửi thì đồng chí kết luận lại.")
    if not any(row.kind == wanted for row in named):
        raise Refusal(f"Vụ này chưa có {title} nào để gửi.")


async def letters(session: AsyncSession, case: Case) -> Sequence[Handover]:
    """The letters of a case, newest first."""
    query = select(Handover).where(Handover.case_id == case.id).order_by(Handover.at.desc())
    return (await session.scalars(query)).all()


async def letter_of(session: AsyncSession, case: Case, letter_id: str) -> Handover:
    """A letter of this very case. Raises NotFound."""
    row = await session.get(Handover, letter_id[:32])
    if row is None or row.case_id != case.id:
        raise NotFound
    return row


async def advance_letter(session: AsyncSession, acting: Acting, case: Case, row: Handover, seen: str = "") -> None:
    """Draft, sent, answered: one step on. A sent letter hands an open case over; it comes back with the last answer,
    unless other police have it, who go on by themselves. ``seen`` is how the letter stood where that was asked for.
    Raises WrongState, Merged."""
    cases.must_stand(case)
    _unless_moved_on(row, seen)
    if row.state not in _NEXT:
        raise WrongState
    if row.state == "draft":
        must_fit(case, row.kind, await queue.indicators_of(session, case))
    before, row.state, row.changed_at = row.state, _NEXT[row.state], acting.at
    cases.note_step(session, acting, case, "letter", (STATES[before], STATES[row.state]), row.recipient)
    if row.state == "sent" and case.is_open:
        await cases.change_status(session, acting, case, cases.Status.TRANSFERRED, row.recipient)
    elif row.state == "answered" and case.status == cases.Status.TRANSFERRED and not await _is_away(session, case):
        await cases.change_status(session, acting, case, cases.Status.WORKING, f"{row.recipient} đã trả lời")


def _unless_moved_on(row: Handover, seen: str) -> None:
    if seen and row.state != seen:
        state = STATES[row.state].lower()
        raise WrongState(
            f"Văn bản gửi {row.recipient} đã ghi là {state} từ trước. Đồng chí tải lại trang rồi làm tiếp."
        )


async def drop_letter(session: AsyncSession, acting: Acting, case: Case, row: Handover) -> None:
    """Nobody is going to send this draft. Raises WrongState, Merged."""
    cases.must_stand(case)
    _unless_moved_on(row, "draft")
    cases.note_step(session, acting, case, "letter", (STATES["draft"], "Đã bỏ"), row.recipient)
    await session.delete(row)


async def _is_away(session: AsyncSession, case: Case) -> bool:
    """Whether another unit still has a case: its answer is awaited, or it is police that took the case over."""
    await session.flush()
    away = or_(Handover.state == "sent", and_(Handover.state == "answered", Handover.kind == "police"))
    query = select(Handover.id).where(Handover.case_id == case.id, away)
    return (await session.scalars(query.limit(1))).first() is not None


async def last_letters(session: AsyncSession, case_ids: Sequence[str]) -> Mapping[str, Handover]:
    """The letter of each case that was changed last, by case."""
    query = select(Handover).where(Handover.case_id.in_(case_ids)).order_by(Handover.changed_at, Handover.id)
    return {row.case_id: row for row in (await session.scalars(query)).all()}


def letter(around: Surroundings, file: File, row: Handover) -> bytes:
    """The letter with the values that the other unit needs."""
    unit, only = around.knowledge.handbook.unit, _ACTS_ON.get(row.kind, ("", ""))[0]
    values = [indicators.value_of(around, one) for one in file.indicators if one.kind == (only or one.kind)]
    return papers.as_docx(
        Letter(
            unit.parent, unit.name, unit.province, row.kind, row.recipient, file.case.code,
            row.at.astimezone(VIETNAM), _summary(around, file.case),
            [(TITLES[one.kind], one.value) for one in values], _transfers(file),
        )
    )  # fmt: skip


def _summary(around: Surroundings, case: Case) -> str:
    if concluded.is_scam(case) is False:
        return "đã kết luận không phải lừa đảo"
    return concluded.method(case, around.knowledge.judge.catalogue.names) or "nghi lừa đảo qua mạng"


def _transfers(file: File) -> list[str]:
    """What was told of money, for a bank that has to find it."""
    titles = {"amount": "số tiền", "when": "lúc"}
    told = [
        [f"{title} {one.transfer[key]}" for key, title in titles.items() if key in one.transfer] for one in file.told
    ]
    return [", ".join(parts) for parts in told if parts]
