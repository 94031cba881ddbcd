"""The loops that take updates and deliver replies. Crash-only: starting is recovering, stopping loses nothing.

One loop claims for several at work, so that they never compete for the same rows. Pictures have places of their own: a
slow one never holds up the words of somebody else. Must not know what a turn does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from api import log, loops
from api.bell import Bell
from api.intake import delivery, inbox, turns
from api.surroundings import Surroundings

IDLE = 0.5
UNTOLD = 0.05
"""As IDLE, for what another process stores, whose bell is not heard here."""
NICENESS = 5
"""Of a process that only works: where cores are short, who acknowledges deliveries goes before who answers them."""
PAUSE = 0.02
"""Between two claims of a busy desk: a claim costs the same for one piece as for many."""
TROUBLE = 2.0
FINISHING = 3.0
"""Seconds for what is at work when the service stops."""
PICTURES_AT_ONCE = 2
logger = log.get(__name__)


async def take_one(around: Surroundings, channel: str | None = None) -> bool:
    """Take the next update, if there is one."""
    claimed = await inbox.claim(around, channel)
    if claimed is None:
        return False
    await turns.take(around, claimed)
    return True


@dataclass(frozen=True, slots=True)
class Desk:
    """Work of one kind: how to claim some of it, how to do one piece, how many at once, which bell tells of more, and
    after how many seconds to look without it."""

    name: str
    claim: Callable[[int], Awaitable[Sequence[Any]]]
    work: Callable[[Any], Awaitable[None]]
    places: int
    bell: Bell
    idle: float = IDLE


async def run(desk: Desk, closing: asyncio.Event) -> None:
    """Claim and work until closing; what is at work then is finished. Cancelled, it is taken up again by its lease."""
    at_work: set[asyncio.Task[None]] = set()
    loop, last = asyncio.get_running_loop(), 0.0
    try:
        while not closing.is_set():
            await asyncio.sleep(max(0.0, last + PAUSE - loop.time()))
            last = loop.time()
            try:
                claimed = await desk.claim(desk.places - len(at_work))
            except Exception:  # the database may be away for a while; the loop must outlive that
                logger.exception("worker in trouble", method=desk.name)
                await asyncio.sleep(TROUBLE)
                continue
            at_work |= {asyncio.create_task(_guarded(desk, one)) for one in claimed}
            at_work = await _until_there_is_more(desk, at_work, busy=bool(claimed))
        if at_work:
            await asyncio.wait(at_work)
    finally:
        for task in at_work:
            task.cancel()
        if at_work:
            await asyncio.wait(at_work)


async def _until_there_is_more(desk: Desk, at_work: set[asyncio.Task[None]], *, busy: bool) -> set[asyncio.Task[None]]:
    """Wait for a free place, and then for a ring, a piece that is done, or a while."""
    if len(at_work) >= desk.places:
        _, at_work = await asyncio.wait(at_work, return_when=asyncio.FIRST_COMPLETED)
        return at_work
    if busy:
        await asyncio.sleep(0)
        return {task for task in at_work if not task.done()}
    ring = asyncio.create_task(desk.bell.wait(desk.idle))
    try:
        await asyncio.wait({ring, *at_work}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ring.cancel()
    return {task for task in at_work if not task.done()}


async def _guarded(desk: Desk, one: Any) -> None:
    try:
        await desk.work(one)
    except Exception:  # as above; what was claimed comes back when its lease ends
        logger.exception("worker in trouble", method=desk.name)
        await asyncio.sleep(TROUBLE / 4)


def desks(around: Surroundings, *, apart: bool = False) -> list[Desk]:
    """All that this process does; ``apart`` from the one that stores."""

    async def take(claimed: inbox.Claimed) -> None:
        await turns.take(around, claimed)

    async def send(pair: tuple[Any, float]) -> None:
        await delivery.send(around, *pair)
        around.answered.ring()  # the next one for the same recipient may be due

    def claims(channel: str) -> Callable[[int], Awaitable[Sequence[Any]]]:
        return lambda most: delivery.claim(around, channel, most)

    def waiting(*, slow: bool) -> Callable[[int], Awaitable[Sequence[Any]]]:
        return lambda most: inbox.claim_some(around, most, slow=slow)

    settings, idle = around.settings, UNTOLD if apart else IDLE
    made = [
        Desk("turns", waiting(slow=False), take, settings.turn_workers, around.arrived, idle),
        Desk("pictures", waiting(slow=True), take, PICTURES_AT_ONCE, around.pictured, idle),
    ]
    for name, channel in around.channels.items():
        if not channel.fetched:
            made.append(Desk(f"delivery {name}", claims(name), send, settings.senders, around.answered))
    return made


@asynccontextmanager
async def running(around: Surroundings, *, apart: bool = False) -> AsyncIterator[None]:
    """Worker loops for as long as the block lasts; ``apart`` where another process stores what is to do."""
    closing = asyncio.Event()
    tasks = [asyncio.create_task(run(desk, closing)) for desk in desks(around, apart=apart)]
    try:
        yield
    finally:
        closing.set()
        for bell in (around.arrived, around.pictured, around.answered):
            bell.ring()
        await asyncio.wait(tasks, timeout=FINISHING)  # a message that was taken and not noted would be sent again
        await loops.end(tasks)
