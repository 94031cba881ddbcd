"""Which campaign a message falls into: by its words, or by the accounts, phones and pages that it names.

Runs inside the turn's transaction. Must not know how likeness is measured, nor what may tell whose message it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, union, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import likeness
from api.casework.campaigns import SAMPLE_CHARS
from api.casework.indicators import Status
from api.casework.whose import fresh_id
from api.models import Campaign, Check, Fingerprint, Indicator, Sighting
from knowledge.verdict import Frame

WINDOW = timedelta(days=14)
MOST_COMPARED = 20
PEOPLE = 3
"""So many different people must name a thing, whoever asks now among them, before it draws messages together: else one
person could tie whatever others ask about to what they like."""
MOST_SIGHTED = 60
MOST_WORDINGS = 30
"""What is named in more different messages than that, lately, is named by everybody and tells nothing."""
MOST_CAMPAIGNS = 2
_SETTLED = (Status.CLEARED.value, Status.OFFICIAL.value)
_QUOTING = (Frame.WARNING_QUOTE.value, Frame.NOTICE.value, Frame.NEWS.value)
"""A warning lists accounts that have nothing else to do with one another."""


@dataclass(frozen=True, slots=True)
class _Near:
    """A message that was asked before, to compare with."""

    print_: Fingerprint
    folded: str
    text: str


async def by_words(
    session: AsyncSession, bands: tuple[int, ...], rows: Sequence[Check]
) -> list[tuple[Check, Fingerprint]]:
    """Lay fingerprints of checks that share their bands, and join or begin the campaigns of what they are like; gives
    those that are like nothing."""
    near = await _asked_before(session, bands, min(row.created_at for row in rows) - WINDOW)
    prints: list[Fingerprint] = []
    joined: dict[str, list[Check]] = {}
    campaigns: dict[str, Campaign] = {}
    for row in rows:
        a, b, c, d = bands
        print_ = Fingerprint(
            check_id=row.id, wording=fresh_id(), a=a, b=b, c=c, d=d, sender=row.sender, at=row.created_at
        )
        found = next((one for one in near if likeness.alike(one.folded, row.folded)), None)
        if found:
            campaign = await _campaign(session, found, row, campaigns)
            print_.campaign_id = campaign.id
            print_.wording = found.print_.wording
            joined.setdefault(campaign.id, []).append(row)
        near.insert(0, _Near(print_, row.folded, row.text))
        prints.append(print_)
    for campaign_id, some in joined.items():
        await _count(session, campaigns[campaign_id], some)
    session.add_all(prints)
    return [(row, print_) for row, print_ in zip(rows, prints, strict=True) if print_.campaign_id is None]


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
    if print_.campaign_id is None and print_ in session:  # another replica may just have found it a campaign
        await session.refresh(print_, with_for_update=True)
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


@dataclass(frozen=True, slots=True)
class _Other:
    """A message of somebody else that names the same thing."""

    check_id: str
    campaign_id: str | None
    wording: str | None
    sender: str


async def by_named(session: AsyncSession, row: Check, print_: Fingerprint, telling: Sequence[str]) -> None:
    """A message that is like no other joins the campaign whose messages name the same thing, or begins one with the
    others that do. Whoever notes an indicator holds its row until they are done, so that of two replicas the second one
    sees what the first one did."""
    if print_.campaign_id or not telling or row.frame in _QUOTING:
        return
    for others in (await _naming(session, row, telling)).values():
        campaign_id = _draws_to(others)
        if campaign_id:
            await _join(session, row, print_, campaign_id)
        elif campaign_id is not None:
            await _begin(session, [row.id, *(one.check_id for one in others if one.campaign_id is None)])
        if print_.campaign_id:
            return


async def _naming(session: AsyncSession, row: Check, telling: Sequence[str]) -> dict[str, list[_Other]]:
    """The newest messages of others that name each thing. Each is looked up by its own index."""
    newest = [
        select(Sighting.indicator_id, Sighting.check_id)
        .where(Sighting.indicator_id == one, Sighting.at >= row.created_at - WINDOW, Sighting.source == "check")
        .order_by(Sighting.at.desc())
        .limit(MOST_SIGHTED)
        .subquery()
        for one in telling
    ]
    sighted = union_all(*(select(one.c.indicator_id, one.c.check_id) for one in newest)).subquery()
    query = (
        select(
            sighted.c.indicator_id, Fingerprint.check_id, Fingerprint.campaign_id, Fingerprint.wording,
            Fingerprint.sender,
        )
        .join(Indicator, Indicator.id == sighted.c.indicator_id)
        .join(Fingerprint, Fingerprint.check_id == sighted.c.check_id)
        .join(Check, Check.id == sighted.c.check_id)
        .where(
            Indicator.status.not_in(_SETTLED), Check.frame.not_in(_QUOTING),
            Fingerprint.sender != row.sender, Fingerprint.at >= row.created_at - WINDOW,
        )
        .order_by(Fingerprint.at, Fingerprint.check_id)
    )  # fmt: skip
    found: dict[str, list[_Other]] = {one: [] for one in telling}
    for indicator_id, *other in (await session.execute(query)).all():
        found[indicator_id].append(_Other(*other))
    return found


def _draws_to(others: Sequence[_Other]) -> str | None:
    """The campaign that a thing belongs to; "" where these messages can begin one; None where it tells nothing."""
    latest = {one.sender: one.wording for one in others}
    people: dict[str, set[str]] = {}
    for one in others:
        people.setdefault(one.campaign_id or "", set()).add(one.sender)
    loose = people.pop("", set())
    if len(set(latest.values())) > MOST_WORDINGS or len(people) > MOST_CAMPAIGNS:
        return None
    sure = [campaign_id for campaign_id, senders in people.items() if len(senders) >= PEOPLE - 1]
    if sure:
        return sure[0] if len(sure) == 1 else None
    return "" if len(loose) >= PEOPLE - 1 else None


async def _join(session: AsyncSession, row: Check, print_: Fingerprint, campaign_id: str) -> None:
    campaign = await session.get(Campaign, campaign_id, with_for_update=True)
    if campaign is not None:
        await _count(session, campaign, [row])
        print_.campaign_id = campaign.id


async def _begin(session: AsyncSession, check_ids: Sequence[str]) -> None:
    """Begin a campaign of messages that are still in none, locked: by their words they may be found at the same
    moment."""
    free = select(Fingerprint).where(Fingerprint.check_id.in_(check_ids), Fingerprint.campaign_id.is_(None))
    locked = free.order_by(Fingerprint.check_id).with_for_update().execution_options(populate_existing=True)
    prints = {print_.check_id: print_ for print_ in (await session.scalars(locked)).all()}
    senders = {print_.sender for print_ in prints.values()}
    if len(senders) < PEOPLE:
        return
    by_age = select(Check.text, Check.method).where(Check.id.in_(prints)).order_by(Check.created_at, Check.id)
    said = (await session.execute(by_age)).all()
    method = next((one.method for one in said if one.method), None)
    campaign = Campaign(
        id=fresh_id(), sample=said[0].text[:SAMPLE_CHARS], method=method, size=len(prints), reach=len(senders),
        first_at=min(print_.at for print_ in prints.values()), last_at=max(print_.at for print_ in prints.values()),
    )  # fmt: skip
    session.add(campaign)
    await session.flush()
    for print_ in prints.values():
        print_.campaign_id = campaign.id
