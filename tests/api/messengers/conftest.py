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
from tests.api.messengers import payloads, servers
from tests.api.messengers.servers import FakeServer
from tests.fakes import FakeClock, knowledge


def settings_for(channel: str, address: str, **more: Any) -> dict[str, Any]:
    """The settings of one channel that talks to this address."""
    given: dict[str, dict[str, Any]] = {
        "zalo_oa": {
            "zalo_oa_app_id": payloads.APP,
            "zalo_oa_secret_key": payloads.OA_SECRET,
            "zalo_oa_app_secret": payloads.APP_SECRET,
            "zalo_oa_refresh_token": "refresh-0",
            "zalo_oa_url": address,
            "zalo_oa_oauth_url": address,
            "zalo_oa_file_hosts": address.removeprefix("http://"),
        },
        "zalo_bot": {
            "zalo_bot_token": payloads.TOKEN["zalo_bot"],
            "zalo_bot_webhook_secret": payloads.HOOK_SECRET,
            "zalo_bot_url": address,
            "zalo_bot_file_hosts": address.removeprefix("http://"),
        },
        "telegram": {
            "telegram_token": payloads.TOKEN["telegram"],
            "telegram_webhook_secret": payloads.HOOK_SECRET,
            "telegram_url": address,
        },
    }
    return given[channel] | more


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
            address = await stack.enter_async_context(servers.serving(servers.app_of(channel, server)))
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
