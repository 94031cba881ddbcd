"""What is noted of a check or report besides itself: the indicators it names, the messages it is like, its case.

Runs inside the turn's transaction. Must not decide anything that a citizen hears.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import select, union
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import holding, indicators, likeness, named, opening
from api.casework.campaigns import SAMPLE_CHARS
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


async def checks(session: AsyncSession, around: Surroundings, made: Sequence[tuple[Check, str]]) -> None:
    """After checks: their indicators, and the campaigns that they belong to. Those that are alike, as in a wave of one
    message, are looked up and counted together."""
    await session.flush()
    given_up = await holding.given_up(session)
    for row, text in made:
        for one in named.found_in(text[:MAX_CHARS], given_up)[:MOST_NAMED]:
            seen = Seen("check", row.sender, row.created_at, row.method, check_id=row.id)
            await indicators.record(session, around, one, seen)
    by_bands: dict[tuple[int, ...], list[Check]] = {}
    for row, _ in made:
        by_bands.setdefault(likeness.bands(row.folded), []).append(row)
    for bands, rows in by_bands.items():
        if bands:
            await _likeness(session, bands, rows)


async def report(
    session: AsyncSession, around: Surroundings, row: Report, text: str, answers: Mapping[str, str] = _NO_ANSWERS
) -> None:
    """After a report or a cry for help: its indicators, and its case."""
    await session.flush()
    texts = [text, *(f"{_ASKED_FOR.get(key, '')}{answer}" for key, answer in answers.items())]
    given_up = await holding.given_up(session)
    told = dict.fromkeys(one for said in texts for one in named.found_in(said[:MAX_CHARS], given_up))
    for one in list(told)[:MOST_NAMED]:
        seen = Seen("report", row.sender, row.created_at, row.method, check_id=row.check_id, report_id=row.id)
        await indicators.record(session, around, one, seen)
    await opening.from_report(session, around, row)


async def feedback(session: AsyncSession, around: Surroundings, row: Feedback) -> None:
    """After a complaint: its case."""
    await session.flush()
    await opening.from_feedback(session, around, row)


@dataclass(frozen=True, slots=True)
class _Near:
    """A message that was asked before, to compare with."""

    print_: Fingerprint
    folded: str
    text: str


async def _likeness(session: AsyncSession, bands: tuple[int, ...], rows: Sequence[Check]) -> None:
    near = await _asked_before(session, bands, min(row.created_at for row in rows) - WINDOW)
    prints: list[Fingerprint] = []
    joined: dict[str, list[Check]] = {}
    campaigns: dict[str, Campaign] = {}
    for row in rows:
        a, b, c, d = bands
        print_ = Fingerprint(check_id=row.id, a=a, b=b, c=c, d=d, sender=row.sender, at=row.created_at)
        found = next((one for one in near if likeness.alike(one.folded, row.folded)), None)
        if found:
            campaign = await _campaign(session, found, row, campaigns)
            print_.campaign_id = campaign.id
            joined.setdefault(campaign.id, []).append(row)
        near.insert(0, _Near(print_, row.folded, row.text))
        prints.append(print_)
    for campaign_id, some in joined.items():
        await _count(session, campaigns[campaign_id], some)
    session.add_all(prints)


async def _asked_before(session: AsyncSession, bands: tuple[int, ...], since: datetime) -> list[_Near]:
    """The newest that share a band. Each band is looked up by its own index: a wave has thousands of them."""
    columns = (Fingerprint.a, Fingerprint.b, Fingerprint.c, Fingerprint.d)
    newest = [
        select(Fingerprint.check_id.label("id"))
        .where(column == value, Fingerprint.at >= since)
        .order_by(Fingerprint.at.desc())
        .limit(MOST_COMPARED)
        .subquery()
        for column, value in zip(columns, bands, strict=True)
    ]
    ids = union(*(select(one.c.id) for one in newest))
    query = (
        select(Fingerprint, Check.folded, Check.text)
        .join(Check, Check.id == Fingerprint.check_id)
        .where(Fingerprint.check_id.in_(ids))
        .order_by(Fingerprint.at.desc())
        .limit(MOST_COMPARED)
    )
    return [_Near(print_, folded, text) for print_, folded, text in (await session.execute(query)).all()]


async def _campaign(session: AsyncSession, near: _Near, row: Check, known: dict[str, Campaign]) -> Campaign:
    """The campaign of a near duplicate, locked, and begun where there is none yet."""
    print_ = near.print_
    if print_.campaign_id in known:
        return known[print_.campaign_id]
    campaign = await session.get(Campaign, print_.campaign_id, with_for_update=True) if print_.campaign_id else None
    if campaign is None:
        campaign = Campaign(
            id=fresh_id(), sample=near.text[:SAMPLE_CHARS], method=row.method, size=1, reach=1, first_at=print_.at,
            last_at=print_.at,
        )  # fmt: skip
        session.add(campaign)
        await session.flush()
        print_.campaign_id = campaign.id
    known[campaign.id] = campaign
    return campaign


async def _count(session: AsyncSession, campaign: Campaign, joined: Sequence[Check]) -> None:
    """Count checks that joined a campaign, and the people who had not asked of it before."""
    senders = {row.sender for row in joined}
    known = select(Fingerprint.sender).where(Fingerprint.campaign_id == campaign.id, Fingerprint.sender.in_(senders))
    campaign.reach += len(senders - set((await session.scalars(known)).all()))
    campaign.size += len(joined)
    campaign.last_at = max(campaign.last_at, *(row.created_at for row in joined))
    campaign.method = campaign.method or next((row.method for row in joined if row.method), None)
