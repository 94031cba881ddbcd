"""What is noted of a check or report besides itself: the indicators it names, the messages it is like, its case.

Runs inside the turn's transaction. Must not decide anything that a citizen hears.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import indicators, likeness, named, opening
from api.casework.indicators import Seen
from api.casework.whose import fresh_id
from api.models import Campaign, Check, Feedback, Fingerprint, Report
from api.surroundings import Surroundings
from knowledge.text import MAX_CHARS

WINDOW = timedelta(days=14)
MOST_COMPARED = 20
MOST_NAMED = 12
_ASKED_FOR = {"account": "số tài khoản ", "number": "số điện thoại "}
"""What a bare number in an answer is, as the question said."""
_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


async def check(session: AsyncSession, around: Surroundings, row: Check, text: str) -> None:
    """After a check: its indicators, and the campaign that it belongs to."""
    await session.flush()
    for one in named.found_in(text[:MAX_CHARS])[:MOST_NAMED]:
        seen = Seen("check", row.sender, row.created_at, row.method, check_id=row.id)
        await indicators.record(session, around, one, seen)
    await _likeness(session, row)


async def report(
    session: AsyncSession, around: Surroundings, row: Report, text: str, answers: Mapping[str, str] = _NO_ANSWERS
) -> None:
    """After a report or a cry for help: its indicators, and its case."""
    await session.flush()
    texts = [text, *(f"{_ASKED_FOR.get(key, '')}{answer}" for key, answer in answers.items())]
    told = dict.fromkeys(one for said in texts for one in named.found_in(said[:MAX_CHARS]))
    for one in list(told)[:MOST_NAMED]:
        seen = Seen("report", row.sender, row.created_at, row.method, check_id=row.check_id, report_id=row.id)
        await indicators.record(session, around, one, seen)
    await opening.from_report(session, around, row)


async def feedback(session: AsyncSession, around: Surroundings, row: Feedback) -> None:
    """After a complaint: its case."""
    await session.flush()
    await opening.from_feedback(session, around, row)


async def _likeness(session: AsyncSession, row: Check) -> None:
    bands = likeness.bands(row.folded)
    if not bands:
        return
    a, b, c, d = bands
    near = (
        select(Fingerprint, Check.folded, Check.text)
        .join(Check, Check.id == Fingerprint.check_id)
        .where(
            or_(Fingerprint.a == a, Fingerprint.b == b, Fingerprint.c == c, Fingerprint.d == d),
            Fingerprint.at >= row.created_at - WINDOW,
        )
        .order_by(Fingerprint.at.desc())
        .limit(MOST_COMPARED)
    )
    found = next(
        (
            (print_, text)
            for print_, folded, text in (await session.execute(near)).all()
            if likeness.alike(folded, row.folded)
        ),
        None,
    )
    campaign = await _joined(session, row, *found) if found else None
    session.add(
        Fingerprint(
            check_id=row.id, campaign_id=campaign.id if campaign else None, a=a, b=b, c=c, d=d, sender=row.sender,
            at=row.created_at,
        )
    )  # fmt: skip


async def _joined(session: AsyncSession, row: Check, near: Fingerprint, text: str) -> Campaign:
    """The campaign of a near duplicate, begun where there is none yet, with this check counted."""
    campaign = await session.get(Campaign, near.campaign_id, with_for_update=True) if near.campaign_id else None
    if campaign is None:
        campaign = Campaign(
            id=fresh_id(), sample=text[:600], method=row.method, size=1, reach=1, first_at=near.at, last_at=near.at
        )
        session.add(campaign)
        await session.flush()
        near.campaign_id = campaign.id
    known = select(Fingerprint.check_id).where(Fingerprint.campaign_id == campaign.id, Fingerprint.sender == row.sender)
    campaign.reach += (await session.execute(known.limit(1))).first() is None
    campaign.size += 1
    campaign.last_at = max(campaign.last_at, row.created_at)
    campaign.method = campaign.method or row.method
    return campaign
