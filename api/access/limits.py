"""Rate limits, counted in the database in fixed windows. Must not know what is limited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from api.errors import TooMany
from api.models import LimitWindow
from api.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` times in each window of ``seconds``."""

    name: str
    most: int
    seconds: int

    def window(self, at: datetime) -> int:
        """The number of the window that a moment falls into."""
        return int(at.timestamp()) // self.seconds

    def ends_at(self, window: int) -> datetime:
        """When a window is over."""
        return datetime.fromtimestamp((window + 1) * self.seconds, UTC)


async def spend(around: Surroundings, limit: Limit, who: str) -> None:
    """Count one more for ``who``. Raises TooMany beyond the limit."""
    now = around.clock()
    window = limit.window(now)
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    row = {"key": _key(around, limit, who), "window": window, "count": 1, "ends_at": limit.ends_at(window)}
    statement = insert(LimitWindow).values(row)
    statement = statement.on_conflict_do_update(index_elements=["key", "window"], set_={"count": LimitWindow.count + 1})
    async with around.database.writing() as session:
        count = (await session.execute(statement.returning(LimitWindow.count))).scalar_one()
    if count > limit.most:
        raise TooMany(wait_seconds=_wait(limit, window, now))


async def check(around: Surroundings, limit: Limit, who: str) -> None:
    """Raise TooMany when the limit is used up, without counting: for what is counted on failure only."""
    now = around.clock()
    window = limit.window(now)
    query = select(LimitWindow.count).where(LimitWindow.key == _key(around, limit, who), LimitWindow.window == window)
    async with around.database.reading() as session:
        count = (await session.execute(query)).scalar_one_or_none() or 0
    if count >= limit.most:
        raise TooMany(wait_seconds=_wait(limit, window, now))


def _key(around: Surroundings, limit: Limit, who: str) -> str:
    return around.vault.pseudonym(f"limit/{limit.name}", who)


def _wait(limit: Limit, window: int, now: datetime) -> int:
    return max(1, int((limit.ends_at(window) - now).total_seconds()))
