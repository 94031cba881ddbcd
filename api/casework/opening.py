"""How cases come to be: a report, a cry for help, a judgement called wrong, an owner's appeal.

Runs inside the transaction of the turn. Must not decide anything about a citizen's words but how urgent they are.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api import masking
from api.casework import cases, reports, triage
from api.casework.cases import Acting, Status
from api.casework.whose import fresh_id
from api.models import Case, CaseItem, Feedback, Indicator, Report
from api.surroundings import Surroundings
from knowledge.text import fold

SAME_MATTER = timedelta(hours=24)


async def from_report(session: AsyncSession, around: Surroundings, report: Report) -> Case:
    """The case of a report or a cry for help; what one citizen adds within a day to an open case joins it."""
    told = reports.answers(around, report)
    urgency = triage.of(report.kind, report.level, report.situation, report.text, told)
    acting = Acting(around, None, report.created_at)
    case = await _same_matter(session, report.sender, report.check_id, acting)
    if case is None:
        case = await _open(session, acting, report, report.kind, urgency)
    elif urgency < case.triage:
        cases.set_triage(session, acting, case, urgency, "")
    session.add(_item(case, acting, report))
    if case.status != Status.NEW:
        await cases.settle_reports(session, case)
    return case


async def from_feedback(session: AsyncSession, around: Surroundings, feedback: Feedback) -> Case | None:
    """The case of an answer that a citizen called wrong; a praise opens none."""
    if feedback.right:
        return None
    acting = Acting(around, None, feedback.created_at)
    case = await _same_matter(session, feedback.sender, feedback.check_id, acting)
    if case is None:
        urgency = triage.of("feedback", feedback.level, None, feedback.text)
        case = await _open(session, acting, feedback, "feedback", urgency)
    session.add(_item(case, acting, feedback))
    return case


async def from_appeal(session: AsyncSession, acting: Acting, indicator: Indicator, words: str) -> tuple[Case, bool]:
    """The case of an owner who says that a number was wrongly listed, and whether it is a new one: what is said while
    an appeal about the same number is open joins it."""
    same = Case.kind == "appeal", Case.indicator_id == indicator.id, Case.is_open.is_(True)
    if known := (await session.scalars(select(Case).where(*same).order_by(Case.opened_at).limit(1))).first():
        cases.note_step(session, acting, known, "appealed", text=words)
        return known, False
    masked = masking.mask(words)
    case = Case(
        id=fresh_id(), code=await cases.number(session, "desk", acting.at), kind="appeal", status=Status.NEW.value,
        is_open=True, triage=int(triage.Triage.SAME_DAY), priority=False,
        due_at=triage.due(triage.Triage.SAME_DAY, acting.at), channel="desk", sender="", level="unknown",
        text=masked, folded=fold(masked), indicator_id=indicator.id, opened_at=acting.at, updated_at=acting.at,
    )  # fmt: skip
    session.add(case)
    await session.flush()
    cases.note_step(session, acting, case, "opened", ("", Status.NEW.value))
    cases.note_step(session, acting, case, "note", text=words)  # stays readable where the case is merged
    session.add(_item(case, acting, None))
    return case, True


async def _same_matter(session: AsyncSession, sender: str, check_id: str | None, acting: Acting) -> Case | None:
    """The open case of this citizen about the same message, or one that they opened without any message."""
    same = CaseItem.check_id == check_id if check_id else CaseItem.check_id.is_(None)
    query = (
        select(Case)
        .join(CaseItem, CaseItem.case_id == Case.id)
        .where(
            Case.sender == sender,
            Case.is_open.is_(True),
            Case.opened_at >= acting.at - SAME_MATTER,
            or_(same, CaseItem.check_id.is_(None)),
        )
        .order_by(Case.opened_at.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def _open(session: AsyncSession, acting: Acting, told: Report | Feedback, kind: str, urgency: int) -> Case:
    method = told.method if isinstance(told, Report) else next(iter(told.methods), None)
    case = Case(
        id=fresh_id(), code=await cases.number(session, told.channel, acting.at), kind=kind, status=Status.NEW.value,
        is_open=True, triage=int(urgency), priority=False, due_at=triage.due(urgency, acting.at),
        channel=told.channel, sender=told.sender, level=told.level or "unknown", method=method,
        situation=told.situation if isinstance(told, Report) else None, text=told.text, folded=fold(told.text),
        opened_at=acting.at, updated_at=acting.at,
    )  # fmt: skip
    session.add(case)
    await session.flush()
    cases.note_step(session, acting, case, "opened", ("", Status.NEW.value))
    return case


def _item(case: Case, acting: Acting, told: Report | Feedback | None) -> CaseItem:
    report = told if isinstance(told, Report) else None
    feedback = told if isinstance(told, Feedback) else None
    return CaseItem(
        id=fresh_id(),
        case_id=case.id,
        kind=report.kind if report else "feedback" if feedback else "appeal",
        report_id=report.id if report else None,
        feedback_id=feedback.id if feedback else None,
        check_id=told.check_id if told else None,
        sender=told.sender if told else "",
        at=acting.at,
    )
