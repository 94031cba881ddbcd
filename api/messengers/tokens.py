"""Zalo's pair of tokens in the database, sealed, for all replicas; and the lock under which it is renewed.

The lock dies with its holder: an advisory lock of a transaction on PostgreSQL, a lock on a file beside an SQLite
database. Must not talk to Zalo.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import orjson
from sqlalchemy import text

from api import filelock
from api.clock import Clock
from api.database import Database
from api.models import ChannelTokens
from api.vault import Vault
from bot.channels.zalo_oa import TokenPair

CHANNEL = "zalo_oa"
_WHERE = "channel_tokens|pair"
_LOCK = 0x5A616C6F
_POLL = 0.05
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class StoredTokens:
    """The ``TokenStore`` of the account. A refresh token newly put into the settings replaces what is stored."""

    def __init__(self, database: Database, vault: Vault, clock: Clock, *, first: str, place: Path) -> None:
        self._database, self._vault, self._clock = database, vault, clock
        self._first = first
        self._seed = hashlib.sha256(first.encode()).hexdigest() if first else ""
        self._file = place / "zalo_oa.lock"
        self._here = asyncio.Lock()

    @asynccontextmanager
    async def lock(self) -> AsyncIterator[None]:
        """Held by one replica at a time."""
        async with self._here:
            if self._database.is_sqlite:
                async with filelock.held(self._file, asking_every=_POLL):
                    yield
                return
            async with self._database.engine.connect() as connection, connection.begin():
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                yield

    async def load(self) -> TokenPair | None:
        """The stored pair; before there is one, or when the settings hold a newer seed, a pair that is due at once."""
        async with self._database.reading() as session:
            row = await session.get(ChannelTokens, CHANNEL)
        if row is not None and (not self._seed or row.seed == self._seed):
            told = orjson.loads(self._vault.open(_WHERE, CHANNEL, row.pair))
            issued, expires = (datetime.fromisoformat(told[key]) for key in ("issued_at", "expires_at"))
            return TokenPair(told["access"], told["refresh"], issued, expires)
        return TokenPair("", self._first, _LONG_AGO, _LONG_AGO) if self._first else None

    async def store(self, pair: TokenPair) -> None:
        """Keep a pair; it is committed when this returns."""
        plain = orjson.dumps(
            {
                "access": pair.access,
                "refresh": pair.refresh,
                "issued_at": pair.issued_at.isoformat(),
                "expires_at": pair.expires_at.isoformat(),
            }
        )
        sealed = self._vault.seal(_WHERE, CHANNEL, plain)
        row = ChannelTokens(channel=CHANNEL, pair=sealed, seed=self._seed, stored_at=self._clock())
        async with self._database.writing() as session:
            await session.merge(row)
