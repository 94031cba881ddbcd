"""Finding checks and reports: by level, method, day and words, newest first, a page at a time.

Words are compared folded, so that "chuyen tien" finds "chuyển tiền"; % and _ are themselves. Must not know pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, func, select, union
from sqlalchemy.orm import aliased

from api.casework import codes
from api.models import Check, Report
from api.surroundings import Surroundings
from knowledge.text import fold

PAGE = 50
COUNTED = 10_000
Row = TypeVar("Row", Check, Report)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; empty means anything. ``page`` counts from 1."""

    level: str = ""
    method: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """One page of rows; ``total`` stops counting at COUNTED."""

    rows: Sequence[Row]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are to turn."""
        return max(1, -(-self.total // PAGE))


async def search(around: Surroundings, table: type[Row], wanted: Wanted, zone: tzinfo) -> Found[Row]:
    """Rows of a table; days are those of ``zone``."""
    conditions = _conditions(table, wanted, zone)
    newest = select(table).where(*conditions).order_by(table.created_at.desc(), table.id)
    some = select(table.id).where(*conditions).limit(COUNTED).subquery()
    async with around.database.reading() as session:
        rows = (await session.scalars(newest.offset((wanted.page - 1) * PAGE).limit(PAGE))).all()
        total = (await session.execute(select(func.count()).select_from(some))).scalar_one()
    return Found(rows, total)


def _conditions(table: type[Check] | type[Report], wanted: Wanted, zone: tzinfo) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.level:
        conditions.append(table.level == wanted.level)
    if wanted.method:
        conditions.append(table.method == wanted.method)
    if wanted.since:
        conditions.append(table.created_at >= datetime.combine(wanted.since, time(), zone))
    if wanted.until:
        conditions.append(table.created_at < datetime.combine(wanted.until + timedelta(days=1), time(), zone))
    words = fold(wanted.words.replace("\0", " ")).split()[:8]
    if words:  # gathered without an order: a table read through is sooner done than an index followed row by row
        other = aliased(table)
        said = select(other.id).where(*(other.folded.contains(word, autoescape=True) for word in words))
        by_code = codes.reports_of(wanted.words) if table is Report else ()
        conditions.append(table.id.in_(union(said, *by_code) if by_code else said))
    return conditions
