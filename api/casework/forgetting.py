"""What cases show once some of what was told in them is forgotten: the words of whoever is left, or none.

A case shows the words of one citizen, whom its ``sender`` names; they are a copy, and a case that was merged away keeps
them while its reports have moved. Must not decide what is forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.models import Case, CaseItem, Feedback, Report
from knowledge.text import fold

UNTOUCHED = "new"
"""Where a case stands that nobody has begun to work on, and a report of it."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Words that are left, and whose they are."""

    sender: str
    text: str


async def involved(session: AsyncSession, senders: Sequence[str]) -> Sequence[str]:
    """The cases that show or hold words of these citizens, by id, locked: whoever works on a case locks it first, too,
    and its reports after it."""
    holding = select(CaseItem.case_id).where(CaseItem.sender.in_(senders))
    query = select(Case.id).where(or_(Case.sender.in_(senders), Case.id.in_(holding))).order_by(Case.id)
    return (await session.scalars(query.with_for_update())).all()


async def look_again(session: AsyncSession, case_ids: Sequence[str]) -> None:
    """After something was forgotten: a case that nobody has begun to work on goes with the last of it; another one
    keeps what officers did, and no words of whoever is forgotten."""
    empty = []
    for case in (await session.scalars(select(Case).where(Case.id.in_(case_ids)))).all():
        if not case.sender:  # an owner's appeal, written down at the desk, or one that is bare already
            continue
        left = await _left(session, case)
        if not left and case.status == UNTOUCHED and not await _holds_anything(session, case):
            empty.append(case.id)
        elif not any(told.text == case.text and told.sender == case.sender for told in left):
            first = left[0] if left else _Told("", "")
            case.sender, case.text, case.folded = first.sender, first.text, fold(first.text)
    await session.flush()
    if empty:
        await session.execute(delete(Case).where(Case.id.in_(empty)))


async def _left(session: AsyncSession, case: Case) -> list[_Told]:
    """What is left of what was told in a case, wherever it was merged: what the same citizen told comes first."""
    theirs = or_(
        CaseItem.case_id == case.id,
        CaseItem.moved_from == case.id,
        and_(CaseItem.case_id == await _end_of_merges(session, case), CaseItem.sender == case.sender),
    )
    query = (
        select(CaseItem.sender, Report.text.label("report"), Feedback.text.label("feedback"))
        .outerjoin(Report, Report.id == CaseItem.report_id)
        .outerjoin(Feedback, Feedback.id == CaseItem.feedback_id)
        .where(theirs, or_(Report.id.is_not(None), Feedback.id.is_not(None)))
        .order_by(CaseItem.sender != case.sender, CaseItem.at, CaseItem.id)
    )
    rows = (await session.execute(query)).all()
    return [_Told(row.sender, row.feedback if row.report is None else row.report) for row in rows]


async def _end_of_merges(session: AsyncSession, case: Case) -> str:
    """The case that holds now what this one brought."""
    seen, here = {case.id}, case
    while here.merged_into and here.merged_into not in seen:
        seen.add(here.merged_into)
        here = await session.get_one(Case, here.merged_into)
    return here.id


async def _holds_anything(session: AsyncSession, case: Case) -> bool:
    return (await session.scalars(select(CaseItem.id).where(CaseItem.case_id == case.id).limit(1))).first() is not None
