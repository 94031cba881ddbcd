"""Finding indicators, and all that is known of one: where it was named, with what, by how many.

Must not decide anything, nor know pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import indicators, named, queue
from api.casework.indicators import Rate, Status
from api.models import Case, Indicator, IndicatorEvent, Sighting
from api.surroundings import Surroundings

PAGE = 50
MOST_LINKED = 20
MOST_SIGHTINGS = 4000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; empty means anything. ``state`` is a status, or waiting for what a second person must look at."""

    kind: str = ""
    state: str = ""
    words: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some indicators, newest first, and where the next ones begin."""

    rows: Sequence[Indicator]
    next: str


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of one indicator."""

    row: Indicator
    methods: Sequence[tuple[str, int]]
    linked: Sequence[tuple[Indicator, int]]
    cases: Sequence[Case]
    events: Sequence[IndicatorEvent]
    rate: Rate
    reporters: int
    askers: int
    protected: bool


async def search(session: AsyncSession, around: Surroundings, wanted: Wanted) -> Page:
    """Indicators, last seen first; a value is found by its hash, however it is typed."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind:
        conditions.append(Indicator.kind == wanted.kind)
    if wanted.state == "waiting":
        conditions.append(Indicator.proposed.is_not(None))
    elif wanted.state:
        conditions.append(Indicator.status == wanted.state)
    if wanted.words.strip():
        meant = [
            and_(Indicator.kind == one.kind.value, Indicator.hash == indicators.hash_of(around, one))
            for one in named.guess(wanted.words)
        ]
        conditions.append(or_(*meant) if meant else Indicator.id.is_(None))
    mark = queue.read_mark(wanted.after)
    if mark:
        conditions.append(tuple_(Indicator.last_seen_at, Indicator.id) < tuple_(mark[1], mark[2]))
    query = select(Indicator).where(*conditions).order_by(Indicator.last_seen_at.desc(), Indicator.id.desc())
    rows = list((await session.scalars(query.limit(PAGE + 1))).all())
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], f"0~{last.last_seen_at.timestamp():.6f}~{last.id}" if last else "")


async def known(session: AsyncSession, around: Surroundings, row: Indicator, now: datetime) -> Known:
    """Everything about one indicator."""
    askers = select(func.count(func.distinct(Sighting.sender))).where(
        Sighting.indicator_id == row.id, Sighting.source == "check"
    )
    return Known(
        row=row,
        methods=await _methods(session, row),
        linked=await linked(session, row),
        cases=await queue.of_indicator(session, row.id),
        events=await indicators.history(session, row),
        rate=await indicators.rate(session, row, now),
        reporters=await indicators.independent_reporters(session, row),
        askers=int((await session.execute(askers)).scalar_one()),
        protected=await indicators.protected(session, around, row),
    )


async def _methods(session: AsyncSession, row: Indicator) -> Sequence[tuple[str, int]]:
    count = func.count()
    query = (
        select(Sighting.method, count)
        .where(Sighting.indicator_id == row.id, Sighting.method.is_not(None))
        .group_by(Sighting.method)
        .order_by(count.desc())
        .limit(8)
    )
    return [(str(method), int(number)) for method, number in (await session.execute(query)).all()]


async def linked(session: AsyncSession, row: Indicator) -> Sequence[tuple[Indicator, int]]:
    """Indicators that are named in the same messages and reports, the most common first."""
    own = (
        select(Sighting.check_id, Sighting.report_id)
        .where(Sighting.indicator_id == row.id)
        .order_by(Sighting.at.desc())
        .limit(MOST_SIGHTINGS)
        .subquery()
    )
    by_check = select(Sighting.id, Sighting.indicator_id).join(own, own.c.check_id == Sighting.check_id)
    by_report = select(Sighting.id, Sighting.indicator_id).join(own, own.c.report_id == Sighting.report_id)
    both = by_check.union(by_report).subquery()
    together = func.count(func.distinct(both.c.id))
    counted = (
        select(both.c.indicator_id, together.label("times"))
        .where(both.c.indicator_id != row.id)
        .group_by(both.c.indicator_id)
        .order_by(together.desc())
        .limit(MOST_LINKED)
        .subquery()
    )
    query = select(Indicator, counted.c.times).join(counted, counted.c.indicator_id == Indicator.id)
    found = await session.execute(query.order_by(counted.c.times.desc(), Indicator.id))
    return [(other, int(times)) for other, times in found.all()]


async def waiting(session: AsyncSession) -> int:
    """How many wait for a second person."""
    return int((await session.execute(select(func.count()).where(Indicator.proposed.is_not(None)))).scalar_one())


def listed(row: Indicator) -> bool:
    """Whether the public hears of it."""
    return Status(row.status) in indicators.LISTED
