"""Rate limits, counted in the database in fixed windows. Must not know what is limited."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

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
    async with around.database.writing() as session:
        window, count = await _count(session, around, limit, who)
    _refuse_beyond(around, limit, window, count)


@asynccontextmanager
async def failures(around: Surroundings, *spent: tuple[Limit, str]) -> AsyncIterator[None]:
    """Limit what goes wrong inside. Raises TooMany, with nothing counted, where one of the limits is used up.

    Counted before it is tried and given back when it went well: what is counted only afterwards lets any number of
    tries through that come at once.
    """
    rows = []
    async with around.database.writing() as session:
        for limit, who in spent:
            window, count = await _count(session, around, limit, who)
            _refuse_beyond(around, limit, window, count)
            rows.append((_key(around, limit, who), window))
    yield
    async with around.database.writing() as session:
        for key, window in rows:
            mine = (LimitWindow.key == key, LimitWindow.window == window, LimitWindow.count > 0)
            await session.execute(update(LimitWindow).where(*mine).values(count=LimitWindow.count - 1))


async def _count(session: AsyncSession, around: Surroundings, limit: Limit, who: str) -> tuple[int, int]:
    """Count one more; gives the window and what it holds now."""
    window = limit.window(around.clock())
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    row = {"key": _key(around, limit, who), "window": window, "count": 1, "ends_at": limit.ends_at(window)}
    statement = insert(LimitWindow).values(row)
    statement = statement.on_conflict_do_update(index_elements=["key", "window"], set_={"count": LimitWindow.count + 1})
    return window, int((await session.execute(statement.returning(LimitWindow.count))).scalar_one())


def _refuse_beyond(around: Surroundings, limit: Limit, window: int, count: int) -> None:
    if count > limit.most:
        raise TooMany(wait_seconds=_wait(limit, window, around.clock()))


def _key(around: Surroundings, limit: Limit, who: str) -> str:
    return around.vault.pseudonym(f"limit/{limit.name}", who)


def _wait(limit: Limit, window: int, now: datetime) -> int:
    return max(1, int((limit.ends_at(window) - now).total_seconds()))
