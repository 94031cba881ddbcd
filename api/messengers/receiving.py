"""Starting the messengers: menu and webhook address, or long polling into the same inbox. Repeated until it works.

A polled update is stored before the next one is asked for, which is what moves the messenger's offset. Must not know
what an update means.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from api import log, loops
from api.intake import inbox, unstored
from api.messengers import alone
from api.surroundings import Surroundings
from bot.channels.base import ChannelError, Malformed, Transient
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot

Polled = Telegram | ZaloBot
Loop = Callable[[Surroundings, Polled], Coroutine[Any, Any, None]]
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0
logger = log.get(__name__)


@asynccontextmanager
async def running(around: Surroundings) -> AsyncIterator[None]:
    """Messengers started, and polled where the settings say so, for as long as the block lasts."""
    async with _each(around, _one):
        yield


@asynccontextmanager
async def knowing(around: Surroundings) -> AsyncIterator[None]:
    """Messengers known well enough to store what they bring to our address: a group needs our own name."""
    async with _each(around, _introduced):
        yield


@asynccontextmanager
async def _each(around: Surroundings, loop: Loop) -> AsyncIterator[None]:
    polled = [channel for channel in around.channels.values() if isinstance(channel, Telegram | ZaloBot)]
    try:
        async with loops.running(loop(around, channel) for channel in polled):
            yield
    finally:
        for channel in around.channels.values():
            if isinstance(channel, Telegram):
                await channel.close()


async def _introduced(_around: Surroundings, channel: Polled) -> None:
    await _until_it_works(channel.name, channel.start)


async def _one(around: Surroundings, channel: Polled) -> None:
    await _introduced(around, channel)
    if getattr(around.settings, f"{channel.name}_mode") == "polling":
        await alone.polling(around, channel.name, lambda lease: poll(around, channel, lease))
        return
    if around.settings.base_url:
        address = f"{around.settings.address}/webhooks/{channel.name}"
        await _until_it_works(channel.name, lambda: channel.set_webhook(address))


async def poll(around: Surroundings, channel: Polled, lease: alone.Lease) -> None:
    """Take updates for ever; after an error, later. Told to end, it stores what it holds before it does."""
    if isinstance(channel, ZaloBot):
        await _until_it_works(channel.name, channel.stop_webhook)
    wait = FIRST_WAIT
    while True:
        try:
            async for payload in channel.updates():
                wait = FIRST_WAIT
                await loops.to_the_end(_store(around, channel, payload), lease.until)
        except Transient as failed:
            wait = failed.retry_after or min(LONGEST_WAIT, wait * 2)
            logger.warning("polling in trouble", channel=channel.name, reason=str(failed))
        except Exception:  # the database may be away for a while; polling must outlive that
            wait = min(LONGEST_WAIT, wait * 2)
            logger.exception("polling in trouble", channel=channel.name)
        await asyncio.sleep(wait)


async def _store(around: Surroundings, channel: Polled, payload: object) -> None:
    """Store one update before the next is asked for. Telegram repeats what we do not store; Zalo Bot forgets it, so
    that it is tried here until it is stored."""
    wait = 0.2
    while True:
        try:
            await inbox.record(around, channel, dict(payload))  # type: ignore[call-overload]
        except Malformed:
            logger.warning("update without id", channel=channel.name)
        except Exception as failed:  # see above
            if isinstance(failed, unstored.AWAY):
                await unstored.first_aid(around, channel, dict(payload))  # type: ignore[call-overload]
            if isinstance(channel, Telegram):
                raise
            logger.exception("update not stored yet", channel=channel.name)
            await asyncio.sleep(wait)
            wait = min(2.0, wait * 2)
            continue
        return


async def _until_it_works(name: str, call: Callable[[], Awaitable[None]]) -> None:
    wait = FIRST_WAIT
    while True:
        try:
            await call()
        except ChannelError as failed:
            logger.error("messenger not started", channel=name, reason=str(failed))  # noqa: TRY400 - no secrets in logs
            wait = min(LONGEST_WAIT, wait * 2)
            await asyncio.sleep(getattr(failed, "retry_after", None) or wait)
        else:
            return
