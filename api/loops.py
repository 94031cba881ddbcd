"""Loops that run for as long as the service does, and end with it. Must not know what they do.

No two replicas stay in step: each pause is a little longer or shorter than asked for, or one would always come first.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any

from api import log

JITTER = 0.25
logger = log.get(__name__)


async def over_and_over(step: Callable[[], Awaitable[object]], seconds: float, *, name: str) -> None:
    """Take the step for ever, with about so many seconds between; its trouble is told once, and outlived."""
    in_trouble = False
    while True:
        try:
            await step()
            in_trouble = False
        except Exception:  # the database may be away for a while, or whatever else befalls a step
            if not in_trouble:
                logger.exception("loop in trouble", method=name)
            in_trouble = True
        await asyncio.sleep(seconds * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 - no secret


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


async def to_the_end(work: Coroutine[Any, Any, None], until: Callable[[], float] = lambda: float("inf")) -> None:
    """Do the work though we are told to end meanwhile, and end then; ``end`` tells again and again, and once it does so
    after ``until``, by the monotonic clock, the work is given up."""
    task, told = asyncio.create_task(work), False
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            told = True
            if time.monotonic() >= until():
                task.cancel()
    if told:
        await asyncio.gather(task, return_exceptions=True)
        raise asyncio.CancelledError
    task.result()
