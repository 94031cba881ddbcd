"""The history of the tables, run at every start. Must not know what the tables are for."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
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
    """Bring the tables to the newest form. SQLite is locked by BEGIN IMMEDIATE, PostgreSQL by an advisory lock."""
    engine = database.engine.execution_options(writing=True)
    async with engine.begin() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        await connection.run_sync(lambda sync: command.upgrade(config(sync), "heads"))
