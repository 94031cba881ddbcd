"""Of several workers that shall poll a messenger one does, and another goes on soon after it has stopped or died."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import func, select, update
from telegram.error import Conflict, InvalidToken, TelegramError

from api.database import Database
from api.messengers import alone, receiving
from api.messengers.alone import Lease
from api.models import ChannelPoller, InboxUpdate
from bot.channels.base import Transient
from bot.channels.telegram import failures
from tests.api.messengers.conftest import Make, World
from tests.fakes import SCAM
from tests.simulator import payloads

CHANNELS = ["telegram", "zalo_bot"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same pauses, twenty times as short."""
    for name in ("BEAT", "LOOK", "DEAD_AFTER"):
        monkeypatch.setattr(alone, name, getattr(alone, name) / 20)


class Worker:
    """One process: its own channel and its own loop, all on the same database and messenger."""

    def __init__(self, here: World, name: str, at_it: set[str]) -> None:
        self.here, self.name, self._at_it = here, name, at_it
        ask = here.channel.updates

        async def updates() -> AsyncIterator[Any]:
            at_it.add(name)
            try:
                async for payload in ask():
                    yield payload
            finally:
                at_it.discard(name)

        here.channel.updates = updates
        self._task = asyncio.create_task(receiving._one(here.around, here.channel))

    async def stops(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def dies(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No word to the others."""

        async def silent(_lease: Lease) -> None:
            return None

        with monkeypatch.context() as patched:
            patched.setattr(Lease, "leave", silent)
            await self.stops()


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    for _ in range(round(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to that")


async def two(world: Make, channel: str, at_it: set[str]) -> list[Worker]:
    here = await world(channel, **{f"{channel}_mode": "polling"})
    there = await world(channel, **{f"{channel}_mode": "polling"})
    first = Worker(here, "one", at_it)
    await until(lambda: at_it == {"one"})
    return [first, Worker(there, "two", at_it)]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_one_polls_and_the_other_waits(world: Make, channel: str) -> None:
    at_it: set[str] = set()
    workers = await two(world, channel, at_it)
    seen = set()
    for _ in range(100):
        await asyncio.sleep(0.01)
        seen.add(frozenset(at_it))
    assert seen == {frozenset({"one"})}
    for worker in workers[::-1]:
        await worker.stops()


@pytest.mark.parametrize("channel", CHANNELS)
async def test_the_other_takes_over_from_one_that_died(
    world: Make, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_it: set[str] = set()
    one, other = await two(world, channel, at_it)
    await asyncio.sleep(5 * alone.LOOK)
    await one.dies(monkeypatch)
    assert at_it == set()
    await until(lambda: at_it == {"two"}, 10.0)
    make: Any = getattr(payloads, channel)
    other.here.server.updates.put_nowait(make(SCAM))
    await until(other.here.server.updates.empty)
    await asyncio.sleep(0.3)
    await other.here.settle()
    assert len(other.here.server.sent) == 1
    await other.stops()


async def test_one_that_stops_lets_the_other_poll_at_once(world: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "DEAD_AFTER", 600.0)
    at_it: set[str] = set()
    one, other = await two(world, "telegram", at_it)
    await one.stops()
    await until(lambda: at_it == {"two"})
    await other.stops()


async def test_one_that_was_thought_dead_stops_when_it_wakes(world: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    at_it: set[str] = set()
    one, other = await two(world, "telegram", at_it)
    changed = Lease._changed

    async def stuck(self: Lease, *args: Any, **more: Any) -> bool:
        if self._around is one.here.around:
            await asyncio.sleep(20 * alone.BEAT)
        return await changed(self, *args, **more)

    monkeypatch.setattr(Lease, "_changed", stuck)
    await until(lambda: "two" in at_it)
    await until(lambda: at_it == {"two"})
    for worker in (one, other):
        await worker.stops()


async def test_who_cannot_renew_goes_on(world: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    at_it: set[str] = set()
    here = await world("telegram", telegram_mode="polling")
    worker = Worker(here, "one", at_it)
    await until(lambda: at_it == {"one"})
    with monkeypatch.context() as patched:
        patched.setattr(Database, "writing", _away)
        for _ in range(50):
            await asyncio.sleep(0.01)
            assert at_it == {"one"}
    await worker.stops()


def _away(_database: Database, **_how: Any) -> Any:
    raise OSError("away")


class Outage:
    """The database is away from everybody until it is over."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patched = monkeypatch.context()
        patched = self._patched.__enter__()
        patched.setattr(Database, "writing", _away)
        patched.setattr(Database, "reading", _away)

    def over(self) -> None:
        self._patched.__exit__(None, None, None)


@pytest.mark.parametrize("channel", CHANNELS)
async def test_nobody_takes_over_from_the_living_because_the_database_was_away(
    world: Make, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_it: set[str] = set()
    one, other = await two(world, channel, at_it)
    await asyncio.sleep(5 * alone.LOOK)
    make: Any = getattr(payloads, channel)
    outage = Outage(monkeypatch)
    one.here.server.updates.put_nowait(make(SCAM))
    await asyncio.sleep(3 * alone.DEAD_AFTER)
    outage.over()
    for _ in range(100):
        await asyncio.sleep(0.01)
        assert "two" not in at_it
    for worker in (one, other):
        await worker.stops()


async def test_what_is_in_hand_when_the_turn_is_over_is_stored(world: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    at_it: set[str] = set()
    one, other = await two(world, "zalo_bot", at_it)
    outage = Outage(monkeypatch)
    one.here.server.updates.put_nowait(payloads.zalo_bot(SCAM))
    await until(one.here.server.updates.empty)
    await asyncio.sleep(0.3)
    outage.over()
    async with one.here.around.database.writing() as session:
        await session.execute(update(ChannelPoller).values(holder="somebody", beat=0))
    await until(lambda: "one" not in at_it)
    assert await stored(one.here) == 1
    for worker in (one, other):
        await worker.stops()


async def test_what_is_in_hand_at_a_stop_is_stored(world: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    at_it: set[str] = set()
    worker, outage = await in_hand(world, at_it, monkeypatch)
    stopping = asyncio.create_task(worker.stops())
    await asyncio.sleep(0.3)
    assert not stopping.done()
    outage.over()
    await stopping
    assert await stored(worker.here) == 1


async def test_a_stop_does_not_wait_for_ever(world: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "IN_HAND", 0.5)
    at_it: set[str] = set()
    worker, outage = await in_hand(world, at_it, monkeypatch)
    async with asyncio.timeout(5):
        await worker.stops()
    outage.over()
    assert await stored(worker.here) == 0


async def in_hand(world: Make, at_it: set[str], monkeypatch: pytest.MonkeyPatch) -> tuple[Worker, Outage]:
    """A poller that was given an update it cannot store."""
    here = await world("zalo_bot", zalo_bot_mode="polling")
    worker = Worker(here, "one", at_it)
    await until(lambda: at_it == {"one"})
    outage = Outage(monkeypatch)
    here.server.updates.put_nowait(payloads.zalo_bot(SCAM))
    await until(here.server.updates.empty)
    await asyncio.sleep(0.2)
    return worker, outage


async def stored(here: World) -> int:
    async with here.around.database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(InboxUpdate))).scalar_one())


def test_a_poller_that_was_crowded_out_soon_asks_again() -> None:
    assert waits(Conflict("terminated by other getUpdates request")) is None
    assert waits(InvalidToken("x")) == failures.ALARM_SECONDS


def waits(failed: TelegramError) -> float | None:
    named = failures.named(failed)
    assert isinstance(named, Transient)
    return named.retry_after


def test_a_death_is_noticed_within_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert alone.BEAT < alone.DEAD_AFTER / 2
    assert alone.DEAD_AFTER + 2 * alone.LOOK < 10
