"""Everything that is known of a case, gathered for whoever works on it. Texts and answers come masked.

Must not know pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import cases, queue, reports
from api.models import Campaign, Case, CaseEvent, CaseItem, Check, Feedback, Fingerprint, Indicator, Report
from api.surroundings import Surroundings

MONEY = ("account", "amount", "when")
"""The questions of the interview that tell of a transfer."""


@dataclass(frozen=True, slots=True)
class Told:
    """One report of a case: what the citizen said, and the check that it is about."""

    item: CaseItem
    text: str
    answers: Mapping[str, str]
    check: Check | None

    @property
    def evidence(self) -> list[Any]:
        """Why the matcher thought so, where it judged this very text."""
        return self.check.evidence if self.check and self.check.text == self.text else []

    @property
    def transfer(self) -> dict[str, str]:
        """What was told of money."""
        return {key: self.answers[key] for key in MONEY if self.answers.get(key)}


@dataclass(frozen=True, slots=True)
class File:
    """A case with all that belongs to it."""

    case: Case
    told: Sequence[Told]
    steps: Sequence[CaseEvent]
    indicators: Sequence[Indicator]
    similar: Sequence[tuple[Case, int]]
    campaigns: Sequence[Campaign]
    merged: Case | None


async def read(session: AsyncSession, around: Surroundings, case: Case) -> File:
    """The whole file."""
    told = [await _told(session, around, case, item) for item in await cases.items(session, case)]
    return File(
        case=case,
        told=told,
        steps=await cases.steps(session, case),
        indicators=await queue.indicators_of(session, case),
        similar=await queue.to_merge(session, case),
        campaigns=await campaigns_of(session, case),
        merged=await session.get(Case, case.merged_into) if case.merged_into else None,
    )


async def campaigns_of(session: AsyncSession, case: Case) -> Sequence[Campaign]:
    """The campaigns that the messages of a case belong to."""
    checks = select(CaseItem.check_id).where(CaseItem.case_id == case.id, CaseItem.check_id.is_not(None))
    prints = select(Fingerprint.campaign_id).where(Fingerprint.check_id.in_(checks))
    return (await session.scalars(select(Campaign).where(Campaign.id.in_(prints)))).all()


async def _told(session: AsyncSession, around: Surroundings, case: Case, item: CaseItem) -> Told:
    check = await session.get(Check, item.check_id) if item.check_id else None
    if item.report_id and (report := await session.get(Report, item.report_id)):
        return Told(item, report.text, reports.answers(around, report), check)
    if item.feedback_id and (feedback := await session.get(Feedback, item.feedback_id)):
        return Told(item, feedback.text, {}, check)
    return Told(item, case.text if item.kind == case.kind else "", {}, check)


async def uncovered(session: AsyncSession, around: Surroundings, case: Case) -> dict[str, dict[str, str]]:
    """The answers of each item as they were given. Whoever asks has a reason, and it is in the audit log."""
    found: dict[str, dict[str, str]] = {}
    for item in await cases.items(session, case):
        report = await session.get(Report, item.report_id) if item.report_id else None
        if report:
            found[item.id] = orjson.loads(around.vault.open(reports.ANSWERS, report.id, report.answers))
    return found
