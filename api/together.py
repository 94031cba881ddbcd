"""One transaction for all that came while the last one ran. A transaction costs the same whatever is in it, above all
the flush of the disk at its end, so that a busy service does many small things as one; a quiet one does each at once.
Busy is what was busy a moment ago: then the next transaction waits a little for company.

Must not know what is read or written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from sqlalchemy import exc

Item = TypeVar("Item")
Result = TypeVar("Result")
MOST = 64
BUSY, LINGER = 0.05, 0.01
AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError, TimeoutError, OSError)
"""How a database shows that it is away, which asking once more for each item would only prolong; a pool of connections
says it by an error of its own."""


class Together(Generic[Item, Result]):
    """``work`` does some items in one transaction and gives a result for each, in order."""

    def __init__(self, work: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._work = work
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._task: asyncio.Task[None] | None = None
        self._ended = 0.0

    async def add(self, item: Item) -> Result:
        """Give the result once its transaction is over."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._drain())
        return await future

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            if loop.time() - self._ended < BUSY:
                await asyncio.sleep(LINGER)
            some, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            failed = await self._commit(some)
            if failed is None:
                pass
            elif len(some) == 1 or isinstance(failed, AWAY):  # what is away is away for each of them
                _tell(some, failed)
            else:  # one that cannot be done must not take the others with it
                for one in some:
                    if alone := await self._commit([one]):
                        _tell([one], alone)
            self._ended = loop.time()

    async def _commit(self, some: list[tuple[Item, asyncio.Future[Result]]]) -> Exception | None:
        """Do some in one transaction; gives what it failed of."""
        try:
            results = await self._work([item for item, _ in some])
        except Exception as failed:  # whoever waits for an item is told
            return failed
        except BaseException:
            for _, future in some:
                future.cancel()
            raise
        for (_, future), result in zip(some, results, strict=True):
            if not future.done():
                future.set_result(result)
        return None


def _tell(some: Sequence[tuple[Item, asyncio.Future[Result]]], failed: Exception) -> None:
    for _, future in some:
        if not future.done():
            future.set_exception(failed)
