"""Loops that run for as long as the service does, and end with it. Must not know what they do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any

from api import log

logger = log.get(__name__)


async def over_and_over(step: Callable[[], Awaitable[object]], seconds: float, *, name: str) -> None:
    """Take the step for ever, with so many seconds between; its trouble is told once, and outlived."""
    in_trouble = False
    while True:
        try:
            await step()
            in_trouble = False
        except Exception:  # the database may be away for a while, or whatever else befalls a step
            if not in_trouble:
                logger.exception("loop in trouble", method=name)
            in_trouble = True
        await asyncio.sleep(seconds)


@asynccontextmanager
async def meanwhile(step: Callable[[], Awaitable[object]], seconds: float) -> AsyncIterator[None]:
    """The step is taken every so many seconds for as long as the block lasts, whatever became of the one before."""

    async def again() -> None:
        await asyncio.sleep(seconds)
        await over_and_over(step, seconds, name="meanwhile")

    task = asyncio.create_task(again())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


@asynccontextmanager
async def running(loops: Iterable[Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """The loops run for as long as the block lasts."""
    tasks = [asyncio.create_task(loop) for loop in loops]
    try:
        yield
    finally:
        await end(tasks)


async def end(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel loops, and wait until they are over."""
    left = set(tasks)
    while left:  # again until it is over: a library may swallow one cancellation
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=1)
