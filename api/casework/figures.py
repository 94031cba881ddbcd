"""The desk measured: how much, of what, how fast, how often wrong. True medians and percentiles; no cell under five.

Figures are counted by the database, times and shares are pure functions over fetched numbers. Must not know pages.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute as Column

from api.casework import disclosure
from api.casework.disclosure import Bar
from api.casework.triage import VIETNAM, Triage
from api.models import Case, Check, Report
from knowledge.verdict import Level

Moment = Column[datetime | None]
MOST_TIMES = 200_000
MOST_DAYS = 45
WARNED = {Level.SCAM.value, Level.SUSPICIOUS.value}


@dataclass(frozen=True, slots=True)
class Times:
    """Within so many seconds half are done, nine of ten, ninety-nine of a hundred; None where too few were measured."""

    count: str
    median: float | None
    p90: float | None
    p99: float | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """How officers judged the answers about a method: warned rightly, warned wrongly, not warned though they should
    have been, taken for another method."""

    method: str
    right: str
    alarms: str
    alarm_share: str
    misses: str
    miss_share: str
    mistaken: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one period."""

    totals: dict[str, str]
    days: Sequence[tuple[Bar, Bar]]
    by_method: Sequence[Bar]
    by_channel: Sequence[Bar]
    by_situation: Sequence[Bar]
    by_commune: Sequence[Bar]
    by_age: Sequence[Bar]
    judged_ms: Times
    first_look: Times
    urgent_look: Times
    decision: Times
    wrong: Sequence[Wrong]


def times(measured: Sequence[float]) -> Times:
    """The median, and the percentiles by the nearest rank."""
    if len(measured) < disclosure.LEAST:
        return Times(disclosure.shown(len(measured)), None, None, None)
    ordered = sorted(measured)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    p90, p99 = (ordered[math.ceil(part * len(ordered)) - 1] for part in (0.9, 0.99))
    return Times(disclosure.shown(len(ordered)), median, p90, p99)


async def read(session: AsyncSession, since: datetime, until: datetime, now: datetime) -> Figures:
    """The figures of a period."""
    checks = [Check.created_at >= since, Check.created_at < until]
    reports = [Report.created_at >= since, Report.created_at < until]
    opened = [Case.opened_at >= since, Case.opened_at < until]
    waiting = [Case.is_open.is_(True)]
    counted = {
        "checks": await _count(session, Check.id, checks), "reports": await _count(session, Report.id, reports),
        "cases": await _count(session, Case.id, opened), "open": await _count(session, Case.id, waiting),
        "late": await _count(session, Case.id, [*waiting, Case.due_at < now]),
    }  # fmt: skip
    looked = await _spans(session, Case.first_seen_at, opened)
    return Figures(
        totals={name: disclosure.shown(number) for name, number in counted.items()},
        days=await _days(session, since, until),
        by_method=disclosure.bars(await _by(session, Check.method, checks)),
        by_channel=disclosure.bars(await _by(session, Check.channel, checks)),
        by_situation=disclosure.bars(await _by(session, Report.situation, reports)),
        by_commune=disclosure.bars(await _by(session, Report.commune, reports)),
        by_age=disclosure.bars(await _by(session, Report.age_group, reports)),
        judged_ms=times(await _milliseconds(session, checks)),
        first_look=times([seconds for _, seconds in looked]),
        urgent_look=times([seconds for triage, seconds in looked if triage == Triage.NOW]),
        decision=times([seconds for _, seconds in await _spans(session, Case.decided_at, opened)]),
        wrong=await _wrong(session, opened),
    )


async def _count(session: AsyncSession, column: Column[str], conditions: Sequence[ColumnElement[bool]]) -> int:
    query = select(func.count(column)).where(*conditions)
    return int((await session.execute(query)).scalar_one())


async def _by(
    session: AsyncSession, column: Column[str] | Column[str | None], conditions: Sequence[ColumnElement[bool]]
) -> list[tuple[str | None, int]]:
    query = select(column, func.count()).where(*conditions).group_by(column)
    return [(key, int(number)) for key, number in (await session.execute(query)).all()]


async def _days(session: AsyncSession, since: datetime, until: datetime) -> list[tuple[Bar, Bar]]:
    """Checks and reports by day, or by month where there would be too many days; nothing for a single one."""
    steps = _steps(since.astimezone(VIETNAM), until.astimezone(VIETNAM))
    if len(steps) < 2:
        return []
    both = []
    for column in (Check.created_at, Report.created_at):
        each = [
            select(literal(place).label("place"), func.count().label("number")).where(column >= begins, column < ends)
            for place, (_, begins, ends) in enumerate(steps)
        ]
        found = {place: int(number) for place, number in (await session.execute(union_all(*each))).all()}
        both.append(disclosure.series([(title, found[place]) for place, (title, _, _) in enumerate(steps)]))
    return list(zip(*both, strict=True))


def _steps(since: datetime, until: datetime) -> list[tuple[str, datetime, datetime]]:
    by_month = (until - since).days > MOST_DAYS
    begins, found = since, []
    while begins < until:
        midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0)
        ends = (midnight.replace(day=1) + timedelta(days=32)).replace(day=1) if by_month else midnight + timedelta(1)
        found.append((begins.strftime("%m/%Y" if by_month else "%d/%m"), begins, min(ends, until)))
        begins = ends
    return found


async def _milliseconds(session: AsyncSession, conditions: Sequence[ColumnElement[bool]]) -> list[float]:
    return list((await session.scalars(select(Check.elapsed_ms).where(*conditions).limit(MOST_TIMES))).all())


async def _spans(
    session: AsyncSession, column: Moment, conditions: Sequence[ColumnElement[bool]]
) -> list[tuple[int, float]]:
    query = select(Case.triage, Case.opened_at, column).where(*conditions, column.is_not(None)).limit(MOST_TIMES)
    found = (await session.execute(query)).all()
    return [(triage, (done - began).total_seconds()) for triage, began, done in found if done]


@dataclass(slots=True)
class _Tally:
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, method: str | None, what: str, number: int) -> None:
        row = self.counts.setdefault(method or "", dict.fromkeys(("right", "alarms", "misses", "mistaken"), 0))
        row[what] += number


async def _wrong(session: AsyncSession, conditions: Sequence[ColumnElement[bool]]) -> list[Wrong]:
    what = (Case.method, Case.method_confirmed, Case.level, Case.label)
    query = (
        select(*what, func.count()).where(*conditions, Case.label.is_not(None), Case.kind != "appeal").group_by(*what)
    )
    tally = _Tally()
    for said, confirmed, level, label, number in (await session.execute(query)).all():
        if level in WARNED and label == "wrong":
            tally.add(said, "alarms", number)
        elif level in WARNED:
            tally.add(confirmed or said, "right", number)
            tally.add(said, "mistaken", number if confirmed and said and confirmed != said else 0)
        elif label == "wrong":
            tally.add(confirmed, "misses", number)
    return judged(tally.counts)


def judged(counts: dict[str, dict[str, int]]) -> list[Wrong]:
    """Methods with enough decided cases, the most wrong first."""
    enough = {method: n for method, n in counts.items() if sum(n.values()) >= disclosure.LEAST}
    ordered = sorted(enough.items(), key=lambda pair: (-pair[1]["alarms"] - pair[1]["misses"], pair[0]))
    return [
        Wrong(
            method, disclosure.shown(n["right"]), disclosure.shown(n["alarms"]),
            disclosure.share(n["alarms"], n["right"] + n["alarms"]), disclosure.shown(n["misses"]),
            disclosure.share(n["misses"], n["right"] + n["misses"]), disclosure.shown(n["mistaken"]),
        )
        for method, n in ordered
    ]  # fmt: skip


def period(name: str, now: datetime) -> tuple[datetime, datetime]:
    """From when to when: today, or so many whole days with today."""
    days = {"tuan": 7, "thang": 30, "nam": 365}.get(name, 1)
    return _midnight(now.astimezone(VIETNAM).date() - timedelta(days=days - 1)), now


def between(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of one day to the end of another, whichever comes first."""
    first, last = min(first, last), max(first, last)
    return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
