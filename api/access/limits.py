"""Rate limits, counted in the database in fixed windows. Must not know what is limited."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import trying
from api.access.trying import Trying
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


class _UsedUp(Exception):
    """A limit, by its key, is used up for so many seconds."""

    def __init__(self, key: str, wait_seconds: int) -> None:
        self.key, self.wait_seconds = key, wait_seconds
        super().__init__(key)


async def spend(around: Surroundings, limit: Limit, who: str) -> None:
    """Count one more for ``who``. Raises TooMany beyond the limit."""
    async with around.database.writing() as session:
        window, count = await _count(session, around, limit, who)
    if count > limit.most:
        raise TooMany(wait_seconds=_wait(limit, window, around.clock()))


@asynccontextmanager
async def failures(around: Surroundings, *spent: tuple[Limit, str]) -> AsyncIterator[None]:
    """Limit what goes wrong inside. Raises TooMany, with nothing counted, where one of the limits is used up.

    Counted before it is tried and given back when it went well: what is counted only afterwards lets any number of
    tries through that come at once. Where others that are still being tried use a limit up, they may all be right, as
    when a whole shift signs in: then this one waits until it is known.
    """
    limits = {_key(around, limit, who): (limit, who) for limit, who in spent}
    with ExitStack() as stack:
        known = {key: stack.enter_context(trying.of(key)) for key in limits}
        windows = await _begin(around, limits, known)
        well = False
        try:
            yield
            await _give_back(around, windows)
            well = True
        finally:
            for one in known.values():
                one.end(well=well)


async def _begin(
    around: Surroundings, limits: Mapping[str, tuple[Limit, str]], known: Mapping[str, Trying]
) -> Mapping[str, int]:
    """Count one more try; gives the windows it was counted in."""
    async with list(known.values())[-1].door:
        while True:
            before = {key: one.went_well for key, one in known.items()}
            try:
                return await _try(around, limits, known)
            except _UsedUp as refused:
                one = known[refused.key]
                if one.went_well != before[refused.key]:  # just now
                    continue
                if not one.tries:
                    raise TooMany(wait_seconds=refused.wait_seconds) from None
                await one.change()


async def _try(
    around: Surroundings, limits: Mapping[str, tuple[Limit, str]], known: Mapping[str, Trying]
) -> Mapping[str, int]:
    for one in known.values():
        one.begin()
    try:
        return await _count_all(around, limits)
    except BaseException:
        for one in known.values():
            one.end(well=False)
        raise


async def _count_all(around: Surroundings, limits: Mapping[str, tuple[Limit, str]]) -> Mapping[str, int]:
    windows = {}
    async with around.database.writing() as session:
        for key, (limit, who) in limits.items():
            windows[key], count = await _count(session, around, limit, who)
            if count > limit.most:
                raise _UsedUp(key, _wait(limit, windows[key], around.clock()))
    return windows


async def _give_back(around: Surroundings, windows: Mapping[str, int]) -> None:
    async with around.database.writing() as session:
        for key, window in windows.items():
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


def _key(around: Surroundings, limit: Limit, who: str) -> str:
    return around.vault.pseudonym(f"limit/{limit.name}", who)


def _wait(limit: Limit, window: int, now: datetime) -> int:
    return max(1, int((limit.ends_at(window) - now).total_seconds()))
