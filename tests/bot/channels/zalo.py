"""An Official Account under test: its settings, and tokens kept in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx

from bot.channels.zalo_oa import Account, TokenPair, ZaloOa, ZaloTokens
from tests.bot.channels import recorded

APP, OA_SECRET, APP_SECRET = "360846524940903967", "oa-secret-for-tests", "app-secret-for-tests"


class Store:
    """Tokens for all replicas of a test, with a log of what was done in which order."""

    def __init__(self, pair: TokenPair | None) -> None:
        self.pair = pair
        self.log: list[str] = []
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def lock(self) -> AsyncIterator[None]:
        async with self._lock:
            self.log.append("locked")
            yield

    async def load(self) -> TokenPair | None:
        await asyncio.sleep(0)
        return self.pair

    async def store(self, pair: TokenPair) -> None:
        await asyncio.sleep(0)
        self.log.append(f"stored {pair.access}")
        self.pair = pair


def pair(name: str = "one", *, age: timedelta = timedelta(0), at: datetime = recorded.NOW) -> TokenPair:
    return TokenPair(f"access-{name}", f"refresh-{name}", at - age, at - age + timedelta(hours=25))


def tokens(client: httpx.AsyncClient, store: Store, **given: Any) -> ZaloTokens:
    return ZaloTokens(store, client, lambda: recorded.NOW, app_id=APP, app_secret=APP_SECRET, **given)


def account(**given: Any) -> Account:
    return Account(APP, (OA_SECRET,), **given)


def oa(
    client: httpx.AsyncClient, settings: Account | None = None, *, store: Store | None = None, **given: Any
) -> ZaloOa:
    kept = tokens(client, store or Store(pair()), **given)
    return ZaloOa(settings or account(), kept, client, lambda: recorded.NOW)
