"""What every running process does for the catalogue: look at the pointer, build what is prepared, swap, tell others.

A new catalogue is built in a thread before anybody points to it; the swap is one assignment, so a message is judged by
one revision or the other, never by a mix. Must not know who publishes, nor why.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from api import log, loops
from api.curation import at_hand, building, publishing, regression, rows
from api.curation.at_hand import Built
from api.curation.rows import State
from api.database import Database
from api.errors import Refusal
from api.models import CatalogueReplica, Publication
from api.settings import Settings
from api.surroundings import Surroundings
from bot.knowledge_base import Knowledge
from knowledge.catalogue import CatalogueError

LOOK = 0.25
BEAT = timedelta(seconds=5)
CALM = 10.0
"""So many seconds after a stopgap its judge is learned anew: what is pressed in haste is often taken back at once, and
learning takes all of a core from the answers."""
KEPT = 3
"""The live catalogue, the one before (to roll back to at once), and one that is prepared."""
logger = log.get(__name__)


async def first_knowledge(settings: Settings, database: Database, now: datetime) -> Knowledge:
    """The knowledge that is live when a process starts; the shipped files on the very first start."""
    await rows.ensure_imported(database, now)
    async with database.reading() as session:
        current = await rows.live(session)
        members = await rows.members(session, current.members if current else [])
    return await asyncio.to_thread(building.build, members, settings.unit_profile)


class Replica:
    """This process's part."""

    def __init__(self, around: Surroundings, settled: Callable[[], None] = lambda: None) -> None:
        self._around, self._settled = around, settled
        self.id = secrets.token_hex(16)
        self._serving = 0
        self._percent = 0
        self._building: Publication | None = None
        self._trouble = ""
        self._task: asyncio.Task[None] | None = None
        self._looked_at: set[str] = set()
        self._calm_at = 0.0
        self._broken: set[str] = set()
        self._told: tuple[object, ...] = ()
        self._beat_at: datetime | None = None
        self._ready: OrderedDict[str, Built] = OrderedDict()

    async def look(self) -> None:
        """Look once: make or build what is missing, swap if the pointer moved, tell what changed."""
        async with self._around.database.reading() as session:
            current = await rows.live(session)
            query = select(Publication).where(Publication.state == State.PREPARING).order_by(Publication.id.desc())
            preparing = (await session.scalars(query.limit(1))).one_or_none()
        for wanted in (current, preparing):
            if wanted is not None:
                await self._provide(wanted)
        if current is not None:
            self._swap(current)
        await self._tell()
        if preparing is not None and preparing.automatic and preparing.revision in self._ready:
            with suppress(Refusal):  # another replica is not ready yet, or was faster
                await publishing.go_live(self._around, None, preparing.id)
                self._swap(preparing)

    async def _provide(self, wanted: Publication) -> None:
        """Have it ready: as it was when this process started, made at once of what is at hand, built beside the
        answers."""
        if wanted.revision not in self._looked_at:
            self._looked_at.add(wanted.revision)
            async with self._around.database.reading() as session:
                members = await rows.members(session, wanted.members)
            if wanted.revision == self._around.knowledge.judge.revision and not self._ready:
                self._keep(wanted.revision, Built(frozenset(members), self._around.knowledge))
            elif wanted.revision not in self._ready:
                unit, hands = self._around.settings.unit_profile, list(self._ready.values())
                if made := await asyncio.to_thread(at_hand.make, members, unit, hands):
                    self._keep(wanted.revision, made)
                    self._calm_at = time.monotonic() + CALM
        ready = self._ready.get(wanted.revision)
        if ready is None or (not ready.learned and time.monotonic() >= self._calm_at):
            self._build(wanted)

    def _swap(self, current: Publication) -> None:
        ready = self._ready.get(current.revision)
        if ready is None or (current.id == self._serving and ready.knowledge is self._around.knowledge):
            return
        self._ready.move_to_end(current.revision)
        self._around.knowledge = ready.knowledge
        self._serving = current.id
        self._settled()
        logger.info("catalogue swapped", revision=current.revision, outcome="" if ready.learned else "for now")

    def _build(self, wanted: Publication) -> None:
        if (self._task and not self._task.done()) or wanted.revision in self._broken:
            return
        self._building, self._percent, self._trouble = wanted, 0, ""
        self._task = asyncio.create_task(self._built(wanted))

    async def _built(self, wanted: Publication) -> None:
        try:
            async with self._around.database.reading() as session:
                members = await rows.members(session, wanted.members)
            unit = self._around.settings.unit_profile
            made = await asyncio.to_thread(building.build, members, unit, self._progress)
            self._keep(wanted.revision, Built(frozenset(members), made))
        except CatalogueError as broken:  # checked before; a replica of another version may still refuse it
            self._broken.add(wanted.revision)
            self._trouble = str(broken)[:400]
            logger.exception("catalogue not built", revision=wanted.revision)
        finally:
            self._building = None

    def _progress(self, percent: int) -> None:
        self._percent = percent

    def _keep(self, revision: str, built: Built) -> None:
        self._ready[revision] = built
        self._ready.move_to_end(revision)
        spare = [r for r in self._ready if self._ready[r].knowledge is not self._around.knowledge]
        for old in spare[: max(0, len(self._ready) - KEPT)]:
            del self._ready[old]
            self._looked_at.discard(old)

    async def _tell(self) -> None:
        now = self._around.clock()
        building_id = self._building.id if self._building else None
        told = (self._serving, tuple(self._ready), building_id, self._percent, self._trouble)
        if told == self._told and self._beat_at and now - self._beat_at < BEAT:
            return
        row = CatalogueReplica(
            id=self.id, seen_at=now, serving=self._serving, ready=list(self._ready),
            building=building_id, percent=self._percent, trouble=self._trouble,
        )  # fmt: skip
        async with self._around.database.writing() as session:
            await session.merge(row)
        self._told, self._beat_at = told, now

    async def leave(self) -> None:
        """Say goodbye, so that nobody waits for us."""
        if self._task:
            with suppress(asyncio.CancelledError):
                await self._task
        async with self._around.database.writing() as session:
            row = await session.get(CatalogueReplica, self.id)
            if row is not None:
                await session.delete(row)


@asynccontextmanager
async def running(
    around: Surroundings, *, tries: bool = True, settled: Callable[[], None] = lambda: None
) -> AsyncIterator[Replica]:
    """Take part for as long as the block lasts: the pointer every quarter of a second, trial runs one at a time. Who
    acknowledges deliveries should leave those, which take all of a core, to another process. ``settled`` is called when
    another catalogue has begun to serve."""
    replica = Replica(around, settled)
    await replica.look()
    steps = [loops.over_and_over(replica.look, LOOK, name="catalogue")]
    if tries:
        steps.append(loops.over_and_over(lambda: regression.take_one(around), 2 * LOOK, name="trial runs"))
    try:
        async with loops.running(steps):
            yield replica
    finally:
        with suppress(SQLAlchemyError, OSError):  # the database may be gone before us; who is silent is forgotten
            await replica.leave()
