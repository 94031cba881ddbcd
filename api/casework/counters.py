"""Numbers that never repeat, taken inside the transaction that uses them. Must not know what is numbered."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from api.models import Counter


async def next_number(session: AsyncSession, name: str) -> int:
    """The next number of a series; two transactions that ask at once wait for each other."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    statement = insert(Counter).values(name=name, value=1)
    statement = statement.on_conflict_do_update(index_elements=["name"], set_={"value": Counter.value + 1})
    return int((await session.execute(statement.returning(Counter.value))).scalar_one())


async def current(session: AsyncSession, name: str) -> int:
    """The last number that was taken."""
    query = select(Counter.value).where(Counter.name == name)
    return (await session.execute(query)).scalar_one_or_none() or 0
