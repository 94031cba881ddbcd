"""How long what citizens asked and reported is kept, and that what is left still counts right.

Must not decide the number of days.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from api.access.retention import Key, delete_rows, each_few, in_short_steps, past
from api.casework import campaigns, forgetting, rights
from api.casework.attachments import WAITS
from api.casework.indicators import LISTED
from api.models import Attachment, Campaign, Case, CaseItem, Check, Feedback, Indicator, Report, Sighting
from api.surroundings import Surroundings

LOOKUP_DAYS = 30


async def _feedback(around: Surroundings) -> int:
    """Complaints and praise; the cases of complaints show them no longer."""
    old = Feedback.created_at < past(around, "conversations")

    async def forget(session: AsyncSession, ids: Sequence[str]) -> int:
        of_these = Feedback.id.in_(ids)
        senders = (await session.scalars(select(Feedback.sender).where(of_these).distinct())).all()
        cases = await forgetting.involved(session, senders)
        gone = (await session.execute(delete(Feedback).where(of_these).returning(Feedback.id))).all()
        await forgetting.look_again(session, cases)
        return len(gone)

    return await in_short_steps(around, select(Feedback.id).where(old), forget)


async def _lookups(around: Surroundings) -> int:
    """Who asked about a number that is on no list is nobody's business for long."""
    unlisted = Indicator.status.not_in([status.value for status in LISTED])
    asked = exists().where(Indicator.id == Sighting.indicator_id, unlisted)
    old = Sighting.at < past(around, "lookups", LOOKUP_DAYS)
    return await _forget(around, Sighting.id, Sighting.id, and_(Sighting.source == "check", old, asked))


async def _checks(around: Surroundings) -> int:
    return await _forget(around, Check.id, Sighting.check_id, Check.created_at < past(around, "conversations"))


async def _reports(around: Surroundings) -> int:
    """Reports whose case has been closed for so long, and those that are so old and in no case."""
    old = past(around, "reports")
    of_it = and_(CaseItem.report_id == Report.id, CaseItem.case_id == Case.id)
    held = exists().where(of_it, or_(Case.is_open.is_(True), Case.updated_at >= old))
    return await _forget(around, Report.id, Sighting.report_id, and_(Report.created_at < old, ~held))


async def _pictures(around: Surroundings) -> int:
    """Pictures that became part of no report; the others go with theirs."""
    alone = Attachment.report_id.is_(None)
    return await delete_rows(around, Attachment.id, Attachment.created_at < around.clock() - WAITS, alone)


async def _cases(around: Surroundings) -> int:
    """Closed cases with their history and letters, once no report is in them any more."""
    full = exists().where(CaseItem.case_id == Case.id, CaseItem.report_id.is_not(None))
    return await delete_rows(around, Case.id, Case.is_open.is_(False), Case.updated_at < past(around, "reports"), ~full)


async def _indicators(around: Surroundings) -> int:
    """What was neither named nor decided for years; the public has not heard of it for as long."""
    old = past(around, "indicators")
    undecided = or_(Indicator.decided_at.is_(None), Indicator.decided_at < old)
    return await delete_rows(
        around, Indicator.id, Indicator.last_seen_at < old, undecided, Indicator.proposed.is_(None)
    )


async def _campaigns(around: Surroundings) -> int:
    """Campaigns that are over; a lasting one shows the words of a message that is still kept."""
    old = past(around, "conversations")
    kept = campaigns.first_words()
    gone = await delete_rows(around, Campaign.id, Campaign.last_at < old)
    stale = (Campaign.first_at < old, Campaign.sample != kept)
    await each_few(around, Campaign.id, stale, lambda still: update(Campaign).where(*still).values(sample=kept))
    return gone


async def _forget(
    around: Surroundings,
    key: Key,
    named_by: InstrumentedAttribute[str | None] | InstrumentedAttribute[int],
    condition: ColumnElement[bool],
) -> int:
    """Delete some rows at a time, and count the indicators anew that were named in them, in the same transaction."""

    async def forget(session: AsyncSession, found: Sequence[Any]) -> int:
        ids = (await session.scalars(select(key).where(key.in_(found), condition))).all()
        named = (await session.scalars(select(Sighting.indicator_id).where(named_by.in_(ids)).distinct())).all()
        await session.execute(delete(key.class_).where(key.in_(ids)))
        await rights.count_again(session, named)
        return len(ids)

    return await in_short_steps(around, select(key).where(condition), forget)


STEPS: Mapping[str, Callable[[Surroundings], Awaitable[int]]] = {
    "feedback": _feedback,
    "lookups": _lookups,
    "checks": _checks,
    "reports": _reports,
    "pictures": _pictures,
    "cases": _cases,
    "indicators": _indicators,
    "campaigns": _campaigns,
}
