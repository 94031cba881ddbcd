"""The service's own errands: tokens, waiting messages, feeds; and a database that is away for a while."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any, cast

import orjson
from sqlalchemy import select, update

from api import errands, vault
from api.clock import now
from api.intake import reach, waking, worker
from api.messengers.tokens import StoredTokens
from api.models import ChannelTokens, OutboxReply, Reach
from api.settings import Settings
from api.surroundings import Surroundings
from bot.channels.zalo_oa import TokenPair
from tests.api.durable.conftest import House
from tests.api.intake.test_chaos import away
from tests.api.messengers.conftest import Make, World
from tests.fakes import SCAM
from tests.simulator import messenger, payloads, zalo_oa
from tests.simulator.messenger import FakeServer
from tests.simulator.platforms import settings_for


async def seed(settings: Settings, house: House, server: FakeServer, *, hours: float) -> None:
    """A pair of tokens of a certain age."""
    keys = vault.load(settings.key_file, create=True)
    store = StoredTokens(house.database, keys, now, first=server.refresh_token, place=settings.var)
    issued = now() - timedelta(hours=hours)
    await store.store(TokenPair("access-old", server.refresh_token, issued, issued + timedelta(hours=25)))


async def test_two_processes_renew_a_token_once_and_hours_before_it_expires(house: House, settings: Settings) -> None:
    server = FakeServer(access_token="access-old")
    async with messenger.serving(zalo_oa.app(server)) as address:
        house.settings |= settings_for("zalo_oa", address)
        await seed(settings, house, server, hours=22.5)
        own = [errands.RENEWAL.name]
        for name in ("a", "b"):
            await house.start(name, own=own, jobs=[["tick", 1, ["mark"]]])
        await house.until(lambda: len(house.diary) >= 4)
        assert server.refreshes == 1
        assert server.calls == ["token"]
    async with house.database.reading() as session:
        stored = (await session.scalars(select(ChannelTokens))).one()
    keys = vault.load(settings.key_file, create=True)
    pair = orjson.loads(keys.open("channel_tokens|pair", "zalo_oa", stored.pair))
    assert pair["access"] == server.access_token


async def test_a_token_that_is_still_young_is_left_alone(world: Make) -> None:
    here = await world("zalo_oa")
    await errands.RENEWAL.steps["zalo_oa"](here.around)  # the first
    here.clock.move(19 * 3600)
    await errands.RENEWAL.steps["zalo_oa"](here.around)
    assert here.server.refreshes == 1
    here.clock.move(3.5 * 3600)
    await errands.RENEWAL.steps["zalo_oa"](here.around)
    assert here.server.refreshes == 2


async def test_without_an_account_there_is_nothing_to_renew(around: Surroundings) -> None:
    assert await errands.RENEWAL.steps["zalo_oa"](around) == 0


async def waiting(here: World, **values: object) -> None:
    """A message that waits for its citizen."""
    await here.hear(payloads.zalo_oa(SCAM, "u1", "n1"))
    while await worker.take_one(here.around):
        pass
    async with here.around.database.writing() as session:
        await session.execute(update(OutboxReply).values(awaits=True, tried_at=here.clock(), **values))


async def wrote(here: World, at: datetime) -> None:
    """When the citizen last wrote."""
    async with here.around.database.writing() as session:
        await session.execute(update(Reach).values(last_at=at))


async def awaiting(here: World) -> int:
    async with here.around.database.reading() as session:
        return len((await session.scalars(select(OutboxReply.id).where(OutboxReply.awaits.is_(True)))).all())


async def test_a_message_that_began_to_wait_just_when_its_citizen_wrote_is_let_go(world: Make) -> None:
    here = await world("zalo_oa")
    await waiting(here, last_error=reach.SHUT)
    assert await waking.wake(here.around) >= 1
    assert await awaiting(here) == 0


async def test_what_the_messenger_itself_refused_waits_until_the_citizen_writes(world: Make) -> None:
    here = await world("zalo_oa")
    await waiting(here, last_error="Zalo error -230")
    await wrote(here, at=here.clock() - timedelta(minutes=1))
    assert await waking.wake(here.around) == 0
    await wrote(here, at=here.clock() + timedelta(minutes=1))
    assert await waking.wake(here.around) >= 1


async def test_a_closed_window_stays_closed_until_the_settings_open_it(world: Make) -> None:
    here = await world("zalo_oa")
    await waiting(here, last_error=reach.SHUT)
    here.clock.move(3 * 86_400)
    assert await waking.wake(here.around) == 0
    here.with_settings(zalo_oa_pay=True)
    assert await waking.wake(here.around) >= 1


async def test_a_database_that_is_away_for_a_while_ends_no_schedule(house: House) -> None:
    await house.start("a", jobs=[["tick", 1, ["mark"]]])
    await house.until(lambda: len(house.diary) >= 2)
    async with away(cast(Any, house)):
        await asyncio.sleep(3)
    before = len(house.diary)
    await house.until(lambda: len(house.diary) >= before + 2)
    runs = [line[0] for line in house.diary]
    assert len(runs) == len(set(runs))
