"""A sign of life from every process, and an eye on the others': what a dead one had under way is done by the living.

No two clocks are compared: a process is dead when its sign has not changed for some seconds of our own. So a clock that
jumps, or a database that is away from all of us, makes nobody dead. Must not know what the work is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete, select, text

from api import clock, log
from api.models import Executor
from api.surroundings import Surroundings

BEAT = 2.0
LOOK = 1.0
DEAD_AFTER = 5.0
_GAP = 3 * LOOK
"""After so long without a look, what was seen before says nothing: we were away ourselves."""
_LOCK = 0x4465616C
logger = log.get(__name__)


class Work(Protocol):
    """What is under way, and who has it."""

    async def unfinished(self, executor_ids: Sequence[str] | None = None) -> list[tuple[str, str]]:
        """Id of each run, and the process that has it."""

    async def resume(self, run_ids: Sequence[str]) -> None:
        """Have them done by somebody else."""


async def beat(around: Surroundings, executor_id: str) -> None:
    """Give a sign of life."""
    async with around.database.writing() as session:
        await session.merge(Executor(id=executor_id, seen_at=clock.now()))


async def leave(around: Surroundings, executor_id: str) -> None:
    """Say goodbye; what is left under way is taken over as after a death."""
    async with around.database.writing() as session:
        await session.execute(delete(Executor).where(Executor.id == executor_id))


class Watch:
    """One process's eye on the others."""

    def __init__(
        self, around: Surroundings, own: str, work: Work, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._around, self._own, self._work, self._monotonic = around, own, work, monotonic
        self._since: dict[str, tuple[datetime | None, float]] = {}
        self._looked = float("-inf")

    async def look(self) -> int:
        """Look once, and take over what the dead have left; gives how much."""
        beats = await self._beats()
        others = {*beats, *(owner for _, owner in await self._work.unfinished())} - {self._own}
        moment = self._monotonic()
        if moment - self._looked > _GAP:
            self._since.clear()
        self._looked = moment
        self._since = {
            one: self._since[one] if self._since.get(one, (0,))[0] == beats.get(one) else (beats.get(one), moment)
            for one in others
        }
        dead = [one for one, (_, since) in self._since.items() if moment - since > DEAD_AFTER]
        return await self._take_over(dead) if dead else 0

    async def _beats(self) -> dict[str, datetime]:
        async with self._around.database.reading() as session:
            return {row.id: row.seen_at for row in (await session.scalars(select(Executor))).all()}

    async def _take_over(self, dead: Sequence[str]) -> int:
        """One process does it at a time: a run that somebody has just taken over must not be taken away again."""
        async with self._around.database.writing() as session:
            if not self._around.database.is_sqlite:
                await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            query = select(Executor.id, Executor.seen_at).where(Executor.id.in_(dead)).with_for_update()
            beats = {row.id: row.seen_at for row in (await session.execute(query)).all()}
            still = [one for one in dead if beats.get(one) == self._since[one][0]]
            left = [run_id for run_id, _ in await self._work.unfinished(still)] if still else []
            if left:
                await self._work.resume(left)
                logger.warning("work of a dead process taken over", count=len(left))
            await session.execute(delete(Executor).where(Executor.id.in_(still)))
        for one in dead:
            del self._since[one]
        return len(left)
