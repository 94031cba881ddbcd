"""One process at a time polls a messenger: it gives its updates to one only, and refuses whoever asks beside them.

A row in the database says who, with a number that grows every moment. As for the work of the dead, no two clocks are
compared: a holder whose number has stood still for some seconds of our own is dead, unless we could not look meanwhile.
Whoever cannot renew goes on, for then nobody else can take over either, and first aid is given without a database, too.
Must not know what is polled.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from api import log, loops
from api.models import ChannelPoller
from api.surroundings import Surroundings

BEAT = 2.0
LOOK = 1.0
DEAD_AFTER = 6.0
IN_HAND = 5.0
"""So long a stop waits for what could not be stored yet."""
NOBODY = ""
logger = log.get(__name__)


async def polling(around: Surroundings, channel: str, poll: Callable[[Lease], Coroutine[Any, Any, None]]) -> None:
    """Poll for ever, whenever it is our turn. What is in hand when the turn is over is stored first, for a messenger
    may give it to nobody else; only a stop cannot wait for ever."""
    lease = Lease(around, channel)
    while True:
        await lease.wait()
        logger.info("polling", channel=channel)
        task = asyncio.create_task(poll(lease))
        try:
            await lease.keep()
            await loops.end([task])
        finally:
            lease.stopping(IN_HAND)
            try:
                await loops.to_the_end(loops.end([task]))
            finally:
                await lease.leave()
        logger.warning("polling taken over by another process", channel=channel)


class Lease:
    """Our part in a messenger's row."""

    def __init__(self, around: Surroundings, channel: str) -> None:
        self._around, self._channel, self._own = around, channel, secrets.token_hex(16)
        self._seen: tuple[str, int] | None = None
        self._since = self._looked = 0.0
        self._until = float("inf")

    def until(self) -> float:
        """How long what is in hand may take, by the monotonic clock."""
        return self._until

    def stopping(self, seconds: float) -> None:
        """No longer than this."""
        self._until = time.monotonic() + seconds

    async def wait(self) -> None:
        """Return once it is ours."""
        trouble = _Trouble(self._channel)
        while True:
            async with trouble:
                if await self._take():
                    return
            if trouble.told:  # the holder could not renew either: what was seen before says nothing
                self._seen = None
            await asyncio.sleep(LOOK)

    async def keep(self) -> None:
        """Renew it; return when somebody else has taken it."""
        trouble = _Trouble(self._channel)
        while True:
            await asyncio.sleep(BEAT)
            async with trouble:
                if not await self._changed(self._own, None):
                    return

    async def leave(self) -> None:
        """Let somebody else poll at once, if it was still ours."""
        async with _Trouble(self._channel):
            await self._changed(self._own, None, to=NOBODY)

    async def _take(self) -> bool:
        async with self._around.database.reading() as session:
            query = select(ChannelPoller.holder, ChannelPoller.beat).where(ChannelPoller.channel == self._channel)
            row = (await session.execute(query)).one_or_none()
        if row is None:
            return await self._first()
        seen, moment = (row.holder, row.beat), time.monotonic()
        away = moment - self._looked > DEAD_AFTER / 2  # a look that took so long is as one that failed
        if seen != self._seen or away:
            self._seen, self._since = seen, moment
        self._looked = moment
        if row.holder != NOBODY and moment - self._since < DEAD_AFTER:
            return False
        return await self._changed(*seen)

    async def _first(self) -> bool:
        insert = sqlite.insert if self._around.database.is_sqlite else postgresql.insert
        row = {"channel": self._channel, "holder": self._own, "beat": 0}
        statement = insert(ChannelPoller).values(row).on_conflict_do_nothing(index_elements=["channel"])
        async with self._around.database.writing() as session:
            return (await session.execute(statement.returning(ChannelPoller.channel))).first() is not None

    async def _changed(self, holder: str, beat: int | None, *, to: str | None = None) -> bool:
        """Whether the row was still as it was seen, and is now ours, or as told."""
        mine = update(ChannelPoller).where(ChannelPoller.channel == self._channel, ChannelPoller.holder == holder)
        if beat is not None:
            mine = mine.where(ChannelPoller.beat == beat)
        values = mine.values(holder=self._own if to is None else to, beat=ChannelPoller.beat + 1)
        async with self._around.database.writing() as session:
            return (await session.execute(values.returning(ChannelPoller.channel))).first() is not None


class _Trouble:
    """The database may be away for a while: told once, and outlived."""

    def __init__(self, channel: str) -> None:
        self._channel, self.told = channel, False

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, kind: type[BaseException] | None, failed: BaseException | None, _trace: object) -> bool:
        if failed is None:
            self.told = False
            return False
        if not isinstance(failed, Exception):
            return False
        if not self.told:
            logger.error("who polls is not known", channel=self._channel, error=type(failed).__name__)
        self.told = True
        return True
