"""Campaigns: messages of different people that are alike or name the same things, and how they grow.

Must not know pages, nor what draws messages together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, delete, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import likeness, queue
from api.casework.named import TITLES, Kind
from api.casework.triage import VIETNAM
from api.errors import NotFound
from api.models import Campaign, Case, CaseItem, Check, Fingerprint, Indicator, Sighting
from api.surroundings import Surroundings

PAGE = 40
NEW_METHOD_PEOPLE = 3
NEW_METHOD_WINDOW = timedelta(days=7)
RECOUNT = timedelta(seconds=30)
MOST_READ = 300
SAMPLES = 5
SAMPLE_CHARS = 600


@dataclass(frozen=True, slots=True)
class Page:
    """Some campaigns, last seen first, and where the next ones begin."""

    rows: Sequence[Campaign]
    next: str


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a campaign. ``shared_words`` are its messages without what only one person sent, ``days``
    counts messages of each day, oldest first."""

    row: Campaign
    samples: Sequence[str]
    shared_words: Sequence[str]
    terms: Sequence[str]
    days: Sequence[tuple[str, int]]
    shared: Sequence[tuple[Indicator, int]]
    cases: Sequence[Case]
    kin: Sequence[tuple[Campaign, int]]
    day: int
    week: int
    week_before: int
    new: bool = False

    @property
    def growing(self) -> bool:
        """Whether it spreads faster than the week before."""
        return self.week > self.week_before


async def search(session: AsyncSession, state: str, after: str, now: datetime) -> Page:
    """Campaigns; ``new`` means growing ones that no method explains."""
    conditions: list[ColumnElement[bool]] = [Campaign.size > 1]
    if state == "new":
        conditions += _unmatched(now)
    if mark := queue.read_mark(after):
        conditions.append(tuple_(Campaign.last_at, Campaign.id) < tuple_(mark[1], mark[2]))
    query = select(Campaign).where(*conditions).order_by(Campaign.last_at.desc(), Campaign.id.desc())
    rows = list((await session.scalars(query.limit(PAGE + 1))).all())
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], f"0~{last.last_at.timestamp():.6f}~{last.id}" if last else "")


def _unmatched(now: datetime) -> list[ColumnElement[bool]]:
    week = now - NEW_METHOD_WINDOW
    return [
        Campaign.method.is_(None),
        Campaign.reach >= NEW_METHOD_PEOPLE,
        Campaign.last_at > week,
        _people(week, now) >= NEW_METHOD_PEOPLE,
        _people(week, now) > _people(week - NEW_METHOD_WINDOW, week),
    ]


def _people(since: datetime, until: datetime) -> ScalarSelect[int]:
    """How many different people asked about a campaign's message in a stretch of time."""
    asked = select(func.count(func.distinct(Fingerprint.sender)))
    within = asked.where(Fingerprint.campaign_id == Campaign.id, Fingerprint.at > since, Fingerprint.at <= until)
    return within.correlate(Campaign).scalar_subquery()


async def new_among(session: AsyncSession, ids: Sequence[str], now: datetime) -> frozenset[str]:
    """Which of some campaigns may be a new method."""
    return frozenset(await session.scalars(select(Campaign.id).where(Campaign.id.in_(ids), *_unmatched(now))))


async def count_new(session: AsyncSession, now: datetime) -> int:
    """How many growing campaigns no method explains."""
    query = select(func.count()).select_from(Campaign).where(*_unmatched(now))
    return int((await session.execute(query)).scalar_one())


async def raised(around: Surroundings) -> int:
    """How many there are, or were a moment ago: all pages of a curator show it, and a large campaign takes long to
    count."""
    now = around.clock()
    if around.raised is None or now - around.raised[0] >= RECOUNT:
        async with around.database.reading() as session:
            around.raised = now, await count_new(session, now)
    return around.raised[1]


def first_words() -> ColumnElement[str]:
    """The words of a campaign's oldest message that is still kept."""
    oldest = (
        select(func.substr(Check.text, 1, SAMPLE_CHARS))
        .join(Fingerprint, Fingerprint.check_id == Check.id)
        .where(Fingerprint.campaign_id == Campaign.id)
        .order_by(Fingerprint.at, Fingerprint.check_id)
        .limit(1)
    )
    return func.coalesce(oldest.scalar_subquery(), "")


async def of_sender(session: AsyncSession, sender: str) -> Sequence[str]:
    """The campaigns that a citizen asked about, by id."""
    own = select(Check.id).where(Check.sender == sender)
    query = select(Fingerprint.campaign_id).where(Fingerprint.check_id.in_(own), Fingerprint.campaign_id.is_not(None))
    return [campaign_id for campaign_id in (await session.scalars(query.distinct())).all() if campaign_id]


async def count_again(session: AsyncSession, campaign_ids: Sequence[str]) -> None:
    """Campaigns no longer show or count whom we have forgotten; one that nobody else asked about goes."""
    if not campaign_ids:
        return
    of_it = Fingerprint.campaign_id == Campaign.id
    size = select(func.count()).where(of_it).scalar_subquery()
    reach = select(func.count(func.distinct(Fingerprint.sender))).where(of_it).scalar_subquery()
    these = Campaign.id.in_(campaign_ids)
    counted = update(Campaign).where(these).values(sample=first_words(), size=size, reach=reach)
    unsynced = {"synchronize_session": False}
    await session.execute(counted, execution_options=unsynced)
    await session.execute(delete(Campaign).where(these, Campaign.size == 0), execution_options=unsynced)


async def get(session: AsyncSession, campaign_id: str) -> Campaign:
    """A campaign. Raises NotFound."""
    row = await session.get(Campaign, campaign_id[:32])
    if row is None:
        raise NotFound("Không có chiến dịch này.")
    return row


async def known(session: AsyncSession, row: Campaign, now: datetime) -> Known:
    """Everything about one campaign."""
    prints = select(Fingerprint.check_id).where(Fingerprint.campaign_id == row.id)
    recent = prints.order_by(Fingerprint.at.desc()).limit(MOST_READ)
    asked = await session.execute(select(Check.sender, Check.text).where(Check.id.in_(recent)))
    said = [(row.sender, row.text) for row in asked]
    shared_words = likeness.shared(said)
    moments = select(Fingerprint.at).where(Fingerprint.campaign_id == row.id, Fingerprint.at > now - timedelta(days=14))
    at = list((await session.scalars(moments)).all())
    in_cases = select(CaseItem.case_id).where(CaseItem.check_id.in_(prints))
    cases = await session.scalars(select(Case).where(Case.id.in_(in_cases)).order_by(Case.opened_at.desc()).limit(30))
    return Known(
        row=row,
        samples=list(dict.fromkeys(text for _, text in said))[:SAMPLES],
        shared_words=shared_words[:SAMPLES],
        terms=likeness.terms(shared_words),
        days=_days(at, now),
        shared=await _shared(session, row),
        cases=cases.all(),
        kin=await _kin(session, row),
        day=sum(moment > now - timedelta(days=1) for moment in at),
        week=sum(moment > now - timedelta(days=7) for moment in at),
        week_before=sum(moment <= now - timedelta(days=7) for moment in at),
        new=bool(await new_among(session, [row.id], now)),
    )


def _days(moments: Sequence[datetime], now: datetime) -> list[tuple[str, int]]:
    today = now.astimezone(VIETNAM).date()
    counted = {today - timedelta(days=back): 0 for back in range(13, -1, -1)}
    for moment in moments:
        day = moment.astimezone(VIETNAM).date()
        if day in counted:
            counted[day] += 1
    return [(day.strftime("%d/%m"), number) for day, number in counted.items()]


async def _shared(session: AsyncSession, row: Campaign) -> Sequence[tuple[Indicator, int]]:
    prints = select(Fingerprint.check_id).where(Fingerprint.campaign_id == row.id)
    times = func.count(func.distinct(Sighting.check_id))
    counted = (
        select(Sighting.indicator_id, times.label("times"))
        .where(Sighting.check_id.in_(prints))
        .group_by(Sighting.indicator_id)
        .order_by(times.desc())
        .limit(12)
        .subquery()
    )
    query = select(Indicator, counted.c.times).join(counted, counted.c.indicator_id == Indicator.id)
    found = await session.execute(query.order_by(counted.c.times.desc(), Indicator.id))
    return [(indicator, int(number)) for indicator, number in found.all()]


async def _kin(session: AsyncSession, row: Campaign) -> Sequence[tuple[Campaign, int]]:
    """Other campaigns that name the same accounts, phones, pages or wallets."""
    prints = select(Fingerprint.check_id).where(Fingerprint.campaign_id == row.id)
    own = select(Sighting.indicator_id).where(Sighting.check_id.in_(prints)).distinct().limit(50)
    common = func.count(func.distinct(Sighting.indicator_id))
    counted = (
        select(Fingerprint.campaign_id, common.label("common"))
        .join(Sighting, Sighting.check_id == Fingerprint.check_id)
        .where(
            Sighting.indicator_id.in_(own),
            Fingerprint.campaign_id.is_not(None),
            or_(Fingerprint.campaign_id < row.id, Fingerprint.campaign_id > row.id),
        )
        .group_by(Fingerprint.campaign_id)
        .order_by(common.desc())
        .limit(6)
        .subquery()
    )
    query = select(Campaign, counted.c.common).join(counted, counted.c.campaign_id == Campaign.id)
    return [(other, int(number)) for other, number in (await session.execute(query)).all()]


@dataclass(frozen=True, slots=True)
class Dot:
    """One thing of the graph at its place; ``href`` leads to its page."""

    x: float
    y: float
    label: str
    href: str
    kind: str
    title: str = ""


def graph(found: Known, width: int = 480, height: int = 430) -> tuple[Dot, list[Dot]]:
    """The campaign in the middle, what it names and its kin around it: as many as can be read on a phone."""
    around = [
        (_short(row.masked), f"/can-bo/dau-hieu/{row.id}", "named", f"{TITLES[Kind(row.kind)]}, {times} lượt")
        for row, times in found.shared[:7]
    ]
    around += [
        (f"{row.size} lượt hỏi", f"/can-bo/chien-dich/{row.id}", "kin", f"nhóm tin khác, chung {common}")
        for row, common in found.kin[:3]
    ]
    middle = Dot(width / 2, height / 2, f"{found.row.size} lượt hỏi", "", "middle")
    dots = []
    for number, (label, href, kind, title) in enumerate(around):
        angle = 2 * math.pi * number / len(around) - math.pi / 2
        x = middle.x + math.cos(angle) * width * 0.36
        y = middle.y - 12 + math.sin(angle) * height * 0.38
        dots.append(Dot(round(x, 1), round(y, 1), label, href, kind, title))
    return middle, dots


def _short(label: str, most: int = 20) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"


def draft(found: Known) -> dict[str, Any]:
    """The beginning of a catalogue entry, in the shape of our method files: what several people sent, numbers masked,
    and the words that these messages share. It outlives the messages, so that what only one person sent is left out.
    Whoever curates writes the rest."""
    printable = ("".join(c if c.isprintable() else " " for c in one) for one in found.shared_words)
    examples = [{"kind": "chat", "text": text} for text in printable]
    return {
        "signals": {"usual": list(found.terms)},
        "examples": examples,
        "advice": [{"situation": "contacted", "card": "R0"}],
    }


def told(found: Known) -> str:
    """Where a draft comes from, for whoever reviews it."""
    row = found.row
    return (
        f"Từ chiến dịch {row.id[:8]}: {row.size} lượt hỏi của {row.reach} người, "
        f"{row.first_at:%d/%m/%Y} đến {row.last_at:%d/%m/%Y}. "
        "Số trong tin đã được che, chữ chỉ một người gửi được thay bằng …"
    )
