"""The embedded database takes one writer at a time; ours queue up, a stranger is waited for, the loop goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from api import migrations, sqlite
from api.database import Database
from api.filelock import Queue

INSERT = "INSERT INTO limit_windows VALUES (:key, 1, 1, CURRENT_TIMESTAMP)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    made = Database(f"sqlite+aiosqlite:///{path}")
    await migrations.upgrade(made)
    yield made
    await made.close()


async def write(database: Database, key: str) -> None:
    async with database.writing() as session:
        await session.execute(text(INSERT), {"key": key})


async def keys(database: Database) -> list[str]:
    async with database.reading() as session:
        return list((await session.scalars(text("SELECT key FROM limit_windows ORDER BY rowid"))).all())


def locked(path: Path) -> sqlite3.Connection:
    stranger = sqlite3.connect(path, isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    return stranger


async def test_a_stranger_who_writes_is_waited_for_and_the_loop_goes_on(database: Database, path: Path) -> None:
    stranger = locked(path)
    writing = asyncio.create_task(write(database, "ours"))
    for _ in range(20):
        await asyncio.sleep(0.005)
    assert not writing.done()
    stranger.execute("COMMIT")
    await writing
    assert await keys(database) == ["ours"]


async def test_a_stranger_who_stays_is_named_as_such_and_later_writers_succeed(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "STRANGER_SECONDS", 0.1)
    stranger = locked(path)
    with pytest.raises(OperationalError):
        await write(database, "too late")
    stranger.close()
    await write(database, "in time")
    assert await keys(database) == ["in time"]


async def test_two_processes_take_turns(database: Database, path: Path) -> None:
    """Whoever has just written and wants to write again comes after the one who waits."""
    other = Database(f"sqlite+aiosqlite:///{path}")
    ours: list[asyncio.Task[None]] = []
    async with other.writing() as session:
        ours += [asyncio.create_task(write(database, f"ours {number}")) for number in range(3)]
        await asyncio.sleep(0.02)
        theirs = asyncio.create_task(write(other, "theirs"))
        await session.execute(text(INSERT), {"key": "first"})
    await asyncio.gather(theirs, *ours)
    assert (await keys(database)).index("theirs") <= 2
    await other.close()


async def test_who_dies_inside_holds_nobody_up(tmp_path: Path) -> None:
    ours = Queue(tmp_path / "lock")
    dying = await asyncio.create_subprocess_exec(
        "flock",
        str(tmp_path / "lock"),
        "-c",
        "echo inside; sleep 60",
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert dying.stdout is not None
    await dying.stdout.readline()
    with pytest.raises(TimeoutError):
        async with ours.passing(0.05):
            pytest.fail("two are inside")

    os.killpg(dying.pid, signal.SIGKILL)
    await dying.wait()
    async with ours.passing(5):
        pass
    ours.close()


async def test_a_start_that_changes_no_table_waits_for_nobody_who_writes(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(text("SELECT 1"))
        async with asyncio.timeout(5):
            await migrations.upgrade(database)


async def test_a_start_that_changes_tables_waits_its_turn(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    first = Queue(path.with_name("new.db-writer"))  # as another process that writes, between two transactions
    starting = Database(f"sqlite+aiosqlite:///{path}")
    async with first.passing(1):
        task = asyncio.create_task(migrations.upgrade(starting))
        await asyncio.sleep(0.5)
        with sqlite3.connect(path) as seen:
            assert seen.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    await task
    with sqlite3.connect(path) as seen:
        assert seen.execute("SELECT count(*) FROM sqlite_master WHERE name = 'inbox'").fetchone() == (1,)
    await starting.close()
    first.close()
