"""Everything that is known of a case, gathered for whoever works on it. Texts, answers and pictures come masked.

Must not know pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api import masking
from api.casework import attachments, cases, indicators, queue, reports
from api.casework.uncovering import restored
from api.errors import NotFound
from api.models import (
    Attachment,
    Campaign,
    Case,
    CaseEvent,
    CaseItem,
    Check,
    Feedback,
    Fingerprint,
    Indicator,
    Report,
    Sighting,
)
from api.surroundings import Surroundings

JPEG = b"\xff\xd8\xff"
MONEY = ("account", "amount", "when")
"""The questions of the interview that tell of a transfer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture or a file that went with a report. ``text`` is what was read in a picture, masked."""

    id: str
    is_picture: bool
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """One report of a case: what the citizen said and sent, the check that it is about, the code of the receipt."""

    item: CaseItem
    text: str
    answers: Mapping[str, str]
    check: Check | None
    sent: Sequence[Sent] = ()
    code: str = ""

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
    methods: Mapping[str, Sequence[str]]
    similar: Sequence[tuple[Case, int]]
    alike: Sequence[Case]
    campaigns: Sequence[Campaign]
    merged: Case | None

    @property
    def to_merge(self) -> Sequence[Case]:
        """Of the cases that share something, those that this one can be merged into; the officer confirms."""
        return [other for other, _ in self.similar if not cases.why_not_merged(self.case, other)]


async def read(session: AsyncSession, around: Surroundings, case: Case) -> File:
    """The whole file."""
    told = [await _told(session, around, case, item) for item in await cases.items(session, case)]
    named, similar = await queue.indicators_of(session, case), await queue.sharing(session, case)
    return File(
        case=case,
        told=told,
        steps=await cases.steps(session, case),
        indicators=named,
        methods=await _methods(session, [row.id for row in named]),
        similar=similar,
        alike=await queue.alike(session, case, [other.id for other, _ in similar]),
        campaigns=await campaigns_of(session, case),
        merged=await session.get(Case, case.merged_into) if case.merged_into else None,
    )


async def campaigns_of(session: AsyncSession, case: Case) -> Sequence[Campaign]:
    """The campaigns that the messages of a case belong to."""
    checks = select(CaseItem.check_id).where(CaseItem.case_id == case.id, CaseItem.check_id.is_not(None))
    prints = select(Fingerprint.campaign_id).where(Fingerprint.check_id.in_(checks))
    return (await session.scalars(select(Campaign).where(Campaign.id.in_(prints)))).all()


async def _methods(session: AsyncSession, indicator_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The methods that each indicator was named in."""
    found: dict[str, list[str]] = {row_id: [] for row_id in indicator_ids}
    query = select(Sighting.indicator_id, Sighting.method).where(Sighting.method.is_not(None)).distinct()
    for row_id, method in (await session.execute(query.where(Sighting.indicator_id.in_(indicator_ids)))).all():
        found[row_id].append(str(method))
    return found


async def _told(session: AsyncSession, around: Surroundings, case: Case, item: CaseItem) -> Told:
    check = await session.get(Check, item.check_id) if item.check_id else None
    if item.report_id and (report := await session.get(Report, item.report_id)):
        sent = [
            Sent(row.id, row.picture is not None, masking.mask(attachments.text(around, row)))
            for row in await attachments.of_report(session, report.id)
        ]
        return Told(item, report.text, reports.answers(around, report), check, sent, report.code)
    if item.feedback_id and (feedback := await session.get(Feedback, item.feedback_id)):
        return Told(item, feedback.text, {}, check)
    own = await session.get(Case, item.moved_from) if item.moved_from else case
    return Told(item, own.text if own and own.kind == item.kind else "", {}, check)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """What is hidden in a case: texts and answers by item, what was read in pictures, the values of indicators."""

    texts: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]
    pictures: Mapping[str, str]
    values: Mapping[str, str]


NOTHING_UNCOVERED = Uncovered({}, {}, {}, {})


async def uncovered(session: AsyncSession, around: Surroundings, file: File) -> Uncovered:
    """All of it. Whoever asks has a reason, and it is in the audit log."""
    named = [indicators.value_of(around, row) for row in file.indicators]
    answers: dict[str, Mapping[str, str]] = {}
    pictures: dict[str, str] = {}
    for told in file.told:
        report = await session.get(Report, told.item.report_id) if told.item.report_id else None
        if report:
            answers[told.item.id] = orjson.loads(around.vault.open(reports.ANSWERS, report.id, report.answers))
            for row in await attachments.of_report(session, report.id):
                pictures[row.id] = attachments.text(around, row)
    return Uncovered(
        {told.item.id: restored(told.text, named) for told in file.told},
        answers,
        pictures,
        {row.id: one.value for row, one in zip(file.indicators, named, strict=True)},
    )


async def picture(session: AsyncSession, around: Surroundings, case: Case, picture_id: str) -> bytes:
    """The copy of a picture that belongs to this very case, a JPEG and nothing else. Raises NotFound."""
    row = await session.get(Attachment, picture_id[:32])
    belongs = select(CaseItem.id).where(CaseItem.case_id == case.id, CaseItem.report_id == (row and row.report_id))
    if row is None or row.report_id is None or (await session.scalars(belongs)).first() is None:
        raise NotFound
    copy = attachments.picture(around, row) or b""
    if not copy.startswith(JPEG):
        raise NotFound
    return copy
