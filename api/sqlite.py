"""The embedded database. It takes one writer at a time, so that a transaction that writes must be over soon.

Hence what writes runs in the event loop itself, a statement a fraction of a millisecond, and not in a thread, between
whose answers the lock would be held while the loop has other work. Writers queue up here, within this process and
between all of the machine; left to SQLite, they would sleep and ask again, and the unlucky one for seconds. Reading,
which may take long and hinders nobody, stays in threads. See docs/decisions/0006. Must not know any table.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Pool, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from api.filelock import Queue, private_file
from api.turnstile import Turnstile

TURN_SECONDS = 20.0
STRANGER_SECONDS = 10.0
"""How long a writer that does not queue up with us, such as a backup's tool, may keep us waiting."""
PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
)
"""Nothing is forgotten on power loss, and nothing that was deleted stays in the file."""


class _Cursor(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """What SQLAlchemy's asynchronous sessions ask of a cursor; here there is nothing to wait for."""


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


class Inline(SQLiteDialect_pysqlite):
    """Python's own driver behind SQLAlchemy's asynchronous sessions: it answers at once, in the thread that asks."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """The pool that asynchronous engines must have."""
        return AsyncAdaptedQueuePool


registry.register("sqlite.inline", __name__, Inline.__name__)


def engine(url: str, *, inline: bool = False) -> AsyncEngine:
    """An engine that takes the write lock at BEGIN where the connection's options say ``writing``: a reader that turns
    writer would fail half-way. An ``inline`` one never sleeps until the lock is free."""
    parsed = make_url(url)
    private_file(Path(str(parsed.database)))  # its -wal and -shm inherit the mode
    if inline:
        parsed = parsed.set(drivername="sqlite+inline")
    how = {"factory": _Connection, "check_same_thread": False} if inline else {}
    made = create_async_engine(parsed, hide_parameters=True, connect_args=how)

    @event.listens_for(made.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, *(["busy_timeout=0"] if inline else [])):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(made.sync_engine, "begin")
    def _begun(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return made


class OneWriter:
    """The queue of those who write: in this process, and then between processes."""

    def __init__(self, writer: AsyncEngine) -> None:
        path = Path(str(writer.url.database))
        self._here = Turnstile()
        self._everywhere = Queue(path.with_name(f"{path.name}-writer"))

    @asynccontextmanager
    async def passing(self, *, first: bool) -> AsyncIterator[None]:
        """The only writer for as long as the block lasts. Raises TimeoutError when it is not our turn in time."""
        async with self._here.passing(TURN_SECONDS, first=first), self._everywhere.passing(TURN_SECONDS):
            yield

    async def begin(self, session: AsyncSession) -> None:
        """Take the database's own lock. Raises OperationalError where a stranger holds it too long."""
        loop = asyncio.get_running_loop()
        until = loop.time() + STRANGER_SECONDS
        while True:
            try:
                await session.connection()
            except OperationalError as failed:
                if loop.time() > until or getattr(failed.orig, "sqlite_errorname", "") != "SQLITE_BUSY":
                    raise
                await asyncio.sleep(0.02)
            else:
                return

    def close(self) -> None:
        """Give the files of the queue back."""
        self._everywhere.close()
