"""The desk measured: how much, of what, how fast, how often wrong. True medians and percentiles; no cell under five.

Figures are counted by the database, times and shares are pure functions over fetched numbers. Must not know pages.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute as Column

from api.casework.triage import VIETNAM
from api.models import Case, Check, Report

Moment = Column[datetime | None]
LEAST = 5
"""A number of people below this is shown as "<5", for the few could be recognised."""
MOST_TIMES = 200_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart; ``shown`` is what may be read, ``share`` the length of the bar."""

    key: str
    shown: str
    share: float


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: half are done within ``median``, nine of ten within ``p90``; None where nothing was measured."""

    count: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """How a method's answers were judged by officers."""

    method: str
    right: str
    wrong: str
    share: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one period."""

    checks: int
    reports: int
    cases: int
    open: int
    late: int
    by_method: Sequence[Bar]
    by_channel: Sequence[Bar]
    by_situation: Sequence[Bar]
    judged_ms: Times
    first_look: Times
    decision: Times
    wrong: Sequence[Wrong]


def shown(number: int) -> str:
    """A count as it may be shown."""
    return "0" if number == 0 else f"<{LEAST}" if number < LEAST else f"{number:,}".replace(",", ".")


def bars(counted: Sequence[tuple[str | None, int]]) -> list[Bar]:
    """Rows with the longest first; what is too small is one row together, and only where that is not small itself."""
    large = [(key or "", number) for key, number in counted if number >= LEAST]
    small = sum(number for _, number in counted if number < LEAST)
    rows = sorted(large, key=lambda row: (-row[1], row[0]))
    most = max([number for _, number in rows] + [1])
    made = [Bar(key, shown(number), round(number / most, 4)) for key, number in rows]
    if small:
        made.append(Bar("*", shown(small), round(max(small, LEAST) / most, 4) if small >= LEAST else 0.0))
    return made


def times(seconds: Sequence[float]) -> Times:
    """The median and the ninetieth percentile by the nearest rank."""
    if not seconds:
        return Times(0, None, None)
    ordered = sorted(seconds)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return Times(len(ordered), median, ordered[math.ceil(0.9 * len(ordered)) - 1])


async def read(session: AsyncSession, since: datetime, until: datetime, now: datetime) -> Figures:
    """The figures of a period."""
    checks = [Check.created_at >= since, Check.created_at < until]
    reports = [Report.created_at >= since, Report.created_at < until]
    opened = [Case.opened_at >= since, Case.opened_at < until]
    waiting = [Case.is_open.is_(True)]
    return Figures(
        checks=await _count(session, Check.id, checks),
        reports=await _count(session, Report.id, reports),
        cases=await _count(session, Case.id, opened),
        open=await _count(session, Case.id, waiting),
        late=await _count(session, Case.id, [*waiting, Case.due_at < now]),
        by_method=bars(await _by(session, Check.method, checks)),
        by_channel=bars(await _by(session, Check.channel, checks)),
        by_situation=bars(await _by(session, Report.situation, reports)),
        judged_ms=times(await _milliseconds(session, checks)),
        first_look=times(await _spans(session, Case.first_seen_at, opened)),
        decision=times(await _spans(session, Case.decided_at, opened)),
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


async def _milliseconds(session: AsyncSession, conditions: Sequence[ColumnElement[bool]]) -> list[float]:
    return list((await session.scalars(select(Check.elapsed_ms).where(*conditions).limit(MOST_TIMES))).all())


async def _spans(session: AsyncSession, column: Moment, conditions: Sequence[ColumnElement[bool]]) -> list[float]:
    query = select(Case.opened_at, column).where(*conditions, column.is_not(None)).limit(MOST_TIMES)
    return [(done - began).total_seconds() for began, done in (await session.execute(query)).all() if done]


async def _wrong(session: AsyncSession, conditions: Sequence[ColumnElement[bool]]) -> list[Wrong]:
    right = func.sum(case((Case.label == "right", 1), else_=0))
    wrong = func.sum(case((Case.label == "wrong", 1), else_=0))
    query = select(Case.method, right, wrong).where(*conditions, Case.label.is_not(None)).group_by(Case.method)
    found = []
    for method, good, bad in (await session.execute(query)).all():
        whole = int(good) + int(bad)
        if whole >= LEAST:
            share = f"{100 * int(bad) / whole:.0f}%" if min(int(good), int(bad)) in range(LEAST, whole) else "–"
            found.append((int(bad), Wrong(method or "", shown(int(good)), shown(int(bad)), share)))
    return [row for _, row in sorted(found, key=lambda pair: -pair[0])]


def period(name: str, now: datetime) -> tuple[datetime, datetime]:
    """From when to when: today, the last seven days, the last thirty, the last year."""
    days = {"tuan": 7, "thang": 30, "nam": 365}.get(name)
    if days:
        return now - timedelta(days=days), now
    local = now.astimezone(VIETNAM)
    return local.replace(hour=0, minute=0, second=0, microsecond=0), now
