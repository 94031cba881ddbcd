"""Alembic's entry: runs on the connection it is given."""

from __future__ import annotations

import asyncio
from typing import Literal

from alembic import context
from sqlalchemy import Connection

from api import database, settings
from api.models import Base, Instant


def render(kind: str, column: object, _context: object) -> str | Literal[False]:
    """Our own column type by its short name in a new revision."""
    return "Instant()" if kind == "type" and isinstance(column, Instant) else False


def run(connection: Connection) -> None:
    """Run the revisions on a connection; batch mode because SQLite cannot alter most of a table in place."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        compare_type=True,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_on_own_connection() -> None:
    """For the alembic command line: ``alembic -x`` users have no connection to give."""
    own = database.Database(settings.load().database)
    async with own.engine.execution_options(writing=True).begin() as connection:
        await connection.run_sync(run)
    await own.close()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_on_own_connection())
