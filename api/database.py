"""One database, SQLite or PostgreSQL, behind two doors: ``reading`` and ``writing``. Each is one transaction.

SQLite takes its write lock at BEGIN (a reader that turns writer would fail half-way) and forgets nothing on power loss.
Must not know any table.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from api.turnstile import Turnstile

TURNSTILE_SECONDS = 20.0
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "busy_timeout=10000",
)


class Database:
    """The engine and its transactions."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._turn = Turnstile()
        self.info: dict[str, Any] = {}  # what every session carries along
        self._reading = async_sessionmaker(self.engine, expire_on_commit=False, info=self.info)
        writing = self.engine.execution_options(writing=True)
        self._writing = async_sessionmaker(writing, expire_on_commit=False, info=self.info)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads."""
        async with self._reading() as session:
            yield session

    @asynccontextmanager
    async def writing(self, *, first: bool = False) -> AsyncIterator[AsyncSession]:
        """A session whose work is committed at the end, all of it or none. Then come the calls in ``info["after"]``.
        Whoever is waited for, as a messenger is, may go ``first``."""
        async with self._in_turn(first=first), self._writing() as session, session.begin():
            yield session
        for call in session.info.pop("after", ()):
            call()

    @asynccontextmanager
    async def _in_turn(self, *, first: bool) -> AsyncIterator[None]:
        """SQLite takes one writer at a time. Ours queue up here in order; left to SQLite, they would sleep and ask
        again, and the unlucky one for seconds."""
        if not self.is_sqlite:
            yield
            return
        async with self._turn.passing(TURNSTILE_SECONDS, first=first):
            yield

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def _engine(url: str) -> AsyncEngine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, hide_parameters=True, pool_pre_ping=True, pool_size=10)
    private_file(Path(str(parsed.database)))
    engine = create_async_engine(parsed, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def private_file(path: Path) -> None:
    """Make sure that a file is there, for us alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # its -wal and -shm inherit the mode
