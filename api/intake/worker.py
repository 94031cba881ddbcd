"""The loops that take updates and deliver replies. Crash-only: starting is recovering, stopping loses nothing.

Must not know what a turn does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from api import log
from api.intake import inbox, outbox, turns
from api.surroundings import Surroundings

IDLE = 0.5
TROUBLE = 2.0
logger = log.get(__name__)


async def take_one(around: Surroundings, channel: str | None = None) -> bool:
    """Take the next update, if there is one."""
    claimed = await inbox.claim(around, channel)
    if claimed is None:
        return False
    await turns.take(around, claimed)
    return True


async def _loop(around: Surroundings, step: Callable[[Surroundings], Awaitable[bool]], name: str) -> None:
    while True:
        try:
            busy = await step(around)
        except Exception:  # the database may be away for a while; the loop must outlive that
            logger.exception("worker in trouble", method=name)
            await asyncio.sleep(TROUBLE)
            continue
        if not busy:
            bell = around.arrived if name == "turns" else around.answered
            await bell.wait(IDLE)


@asynccontextmanager
async def running(around: Surroundings) -> AsyncIterator[None]:
    """Worker loops for as long as the block lasts."""
    loops = [asyncio.create_task(_loop(around, take_one, "turns")) for _ in range(around.settings.turn_workers)]
    loops.append(asyncio.create_task(_loop(around, outbox.deliver, "delivery")))
    try:
        yield
    finally:
        left = set(loops)
        while left:  # again until it is over: a library may swallow one cancellation
            for loop in left:
                loop.cancel()
            _, left = await asyncio.wait(left, timeout=1)
