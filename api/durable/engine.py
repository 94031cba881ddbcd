"""Keeps the jobs of this process going for as long as the service runs, whatever happens to the database meanwhile.

Starting is recovering, and happens beside the service, which need not wait for it. Must not know DBOS before that.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from api import log, loops
from api.durable import watch
from api.durable.jobs import Job
from api.durable.timetable import Timetable
from api.surroundings import Surroundings

if TYPE_CHECKING:
    from api.durable.launching import Runtime

TICK = 1.0
TROUBLE = 2.0
FORGETTING = "forget finished runs"
logger = log.get(__name__)


@asynccontextmanager
async def running(around: Surroundings, jobs: Sequence[Job]) -> AsyncIterator[None]:
    """The jobs run when they are due, and those of dead processes too, for as long as the block lasts."""
    task = asyncio.create_task(_live(around, jobs))
    task.add_done_callback(_tell)
    try:
        yield
    finally:
        await loops.end([task])


def _tell(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (failure := task.exception()):
        logger.critical("jobs have ended", exc_info=failure)


async def _live(around: Surroundings, jobs: Sequence[Job]) -> None:
    launching = await asyncio.to_thread(import_module, "api.durable.launching")
    runtime: Runtime = launching.Runtime(around.settings.database, secrets.token_hex(16))
    try:
        await _live_with(around, runtime, jobs)
    finally:
        await runtime.stop()
        with suppress(SQLAlchemyError, OSError):  # the database may be gone before us
            await watch.leave(around, runtime.executor_id)


async def _live_with(around: Surroundings, runtime: Runtime, jobs: Sequence[Job]) -> None:
    everything = [*jobs, Job(FORGETTING, timedelta(hours=1), {"finished runs": runtime.forget_finished})]
    eye = watch.Watch(around, runtime.executor_id, runtime)
    table = Timetable(everything, runtime.enqueue, around.clock)
    beat = loops.over_and_over(lambda: watch.beat(around, runtime.executor_id), watch.BEAT, name="signs of life")
    async with loops.running([beat]):
        while not await runtime.launch(around, everything):  # noqa: ASYNC110 - nobody tells when the database is back
            await asyncio.sleep(TROUBLE)
        await asyncio.gather(
            loops.over_and_over(eye.look, watch.LOOK, name="watch"),
            loops.over_and_over(table.look, TICK, name="timetable"),
        )
