"""The service with a real channel, against a messenger on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from api import app as application
from api import codes, migrations, vault
from api.database import Database
from api.intake import delivery, inbox, worker
from api.messengers.building import build
from api.settings import Settings
from api.surroundings import Surroundings
from tests.fakes import FakeClock, knowledge
from tests.simulator import messenger
from tests.simulator.messenger import FakeServer
from tests.simulator.platforms import APPS, settings_for


@dataclass
class World:
    """One channel, its messenger, and the service between them, worked by hand."""

    around: Surroundings
    server: FakeServer
    channel: Any
    clock: FakeClock
    address: str

    async def hear(self, payload: dict[str, Any]) -> bool:
        """The messenger delivers one update."""
        return await inbox.record(self.around, self.channel, payload)

    async def settle(self) -> None:
        """Take updates and send replies until nothing is left to do now."""
        while await worker.take_one(self.around):
            pass
        while await delivery.deliver(self.around):
            self.clock.move(1.1)

    @property
    def texts(self) -> list[str]:
        """What the messenger was given."""
        return [one.text for one in self.server.sent]

    def with_settings(self, **more: Any) -> None:
        """Other settings from now on."""
        self.around = replace(self.around, settings=self.around.settings.model_copy(update=more))


Make = Callable[..., Awaitable[World]]


@pytest.fixture
async def world(settings: Settings, clock: FakeClock) -> AsyncIterator[Make]:
    """Makes a world for a channel."""
    async with AsyncExitStack() as stack:

        async def make(channel: str, **more: Any) -> World:
            server = FakeServer()
            address = await stack.enter_async_context(messenger.serving(APPS[channel](server)))
            chosen = Settings(**settings.model_dump() | settings_for(channel, address, **more))
            database = Database(chosen.database)
            stack.push_async_callback(database.close)
            await migrations.upgrade(database)
            keys = vault.load(chosen.key_file, create=True)
            client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))
            built = build(chosen, database, keys, clock, client)
            if hasattr(built[channel], "close"):
                stack.push_async_callback(built[channel].close)  # type: ignore[attr-defined]
            channels = application.own_channels() | built
            around = Surroundings(chosen, database, keys, knowledge(), channels, codes.draw, clock)
            return World(around, server, built[channel], clock, address)

        yield make
