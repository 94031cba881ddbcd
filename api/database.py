"""One database, SQLite or PostgreSQL, behind two doors: ``reading`` and ``writing``. Each is one transaction.

Must not know any table.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from api import sqlite

PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
"""Seconds and milliseconds until PostgreSQL counts as away; by itself a driver waits minutes."""


class Database:
    """The engines and their transactions."""

    def __init__(self, url: str) -> None:
        self._one_writer: sqlite.OneWriter | None = None
        if make_url(url).get_backend_name() == "sqlite":
            self.engine, self.writer = sqlite.engine(url), sqlite.engine(url, inline=True)
            self._one_writer = sqlite.OneWriter(self.writer)
        else:
            self.engine = self.writer = create_async_engine(
                url, hide_parameters=True, pool_pre_ping=True, pool_size=10, pool_timeout=10, connect_args=PATIENCE
            )
        self.info: dict[str, Any] = {}  # what every session carries along
        self._reading = async_sessionmaker(self.engine, expire_on_commit=False, info=self.info)
        writing = self.writer.execution_options(writing=True)
        self._writing = async_sessionmaker(writing, expire_on_commit=False, info=self.info)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self._one_writer is not None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads."""
        async with self._reading() as session:
            yield session

    @asynccontextmanager
    async def writing(self, *, first: bool = False) -> AsyncIterator[AsyncSession]:
        """A session whose work is committed at the end, all of it or none. Then come the calls in ``info["after"]``.
        Whoever is waited for, as a messenger is, may go ``first``."""
        if self._one_writer is None:
            async with self._writing() as session, session.begin():
                yield session
        else:
            async with self._one_writer.passing(first=first), self._writing() as session, session.begin():
                await self._one_writer.begin(session)
                yield session
        for call in session.info.pop("after", ()):
            call()

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()
        await self.writer.dispose()
        if self._one_writer is not None:
            self._one_writer.close()
