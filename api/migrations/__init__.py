"""The history of the tables, run at every start. Must not know what the tables are for."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from api.database import Database

_LOCK = 0x43616E68  # one replica migrates at a time


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, made here so that there is no second file of settings."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


async def upgrade(database: Database) -> None:
    """Bring the tables to the newest form, in the queue of those who write; PostgreSQL has an advisory lock for it.
    Most starts find them so, and hold nobody up."""
    if await _is_newest(database):
        return
    async with database.writing() as session:
        if not database.is_sqlite:
            await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        connection = await session.connection()
        await connection.run_sync(lambda sync: command.upgrade(config(sync), "heads"))


async def _is_newest(database: Database) -> bool:
    newest = set(ScriptDirectory.from_config(config()).get_heads())
    async with database.reading() as session:
        connection = await session.connection()
        there = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_heads())
    return set(there) == newest
