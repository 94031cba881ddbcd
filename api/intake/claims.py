"""What becomes of a claimed update: handled, given back, left to wait for more, or made a dead letter.

Each holds only for whoever still has the lease. Must not know what a delivery means.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import Update, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from api import loops
from api.errors import LeaseLost
from api.intake import inbox
from api.intake.inbox import Claimed
from api.models import InboxUpdate
from api.surroundings import Surroundings
from bot.channels.base import Payload

RENEWED_EVERY = 3.0


async def finish(session: AsyncSession, some: Mapping[Claimed, Sequence[int]], at: datetime) -> set[Claimed]:
    """Mark handled, inside the turns' own transaction, each with its further bubbles. Gives those that were still ours:
    what another worker took over must not be written."""
    held = tuple_(InboxUpdate.id, InboxUpdate.lease).in_([(claimed.id, claimed.lease) for claimed in some])
    ours = update(InboxUpdate).where(held, InboxUpdate.handled_at.is_(None))
    done = ours.values(handled_at=at, leased_until=None).returning(InboxUpdate.id, InboxUpdate.lease)
    rows = await session.execute(done, execution_options={"synchronize_session": False})
    held_by_us = {(row.id, row.lease) for row in rows}
    finished = {claimed for claimed in some if (claimed.id, claimed.lease) in held_by_us}
    also = [bubble for claimed in finished for bubble in some[claimed]]
    if also:
        await session.execute(update(InboxUpdate).where(InboxUpdate.id.in_(also)).values(handled_at=at))
    return finished


async def forget(session: AsyncSession, claimed: Claimed) -> None:
    """Leave no word of an update that was only overheard; that it came stays known."""
    await session.execute(update(InboxUpdate).where(InboxUpdate.id == claimed.id).values(payload=b""))


async def rewrite(session: AsyncSession, around: Surroundings, claimed: Claimed, payload: Payload) -> None:
    """Keep a shorter payload of an update."""
    sealed = inbox.sealed(around, claimed.channel, claimed.update_id, payload)
    await session.execute(update(InboxUpdate).where(InboxUpdate.id == claimed.id).values(payload=sealed))


async def bury(session: AsyncSession, claimed: Claimed, at: datetime, error: str) -> None:
    """Make a dead letter, inside a transaction. Raises LeaseLost."""
    await _end(session, _ours(claimed).values(dead_at=at, error=error[:80], lease=None, leased_until=None))


async def give_back(around: Surroundings, claimed: Claimed, error: str) -> None:
    """Let it be tried again, a little later each time."""
    later = around.clock() + timedelta(seconds=0.25 * 2**claimed.attempts)
    async with around.database.writing() as session:
        await session.execute(_ours(claimed).values(leased_until=later, error=error[:80]))


async def wait_for_more(around: Surroundings, claimed: Claimed, until: datetime) -> None:
    """Let it wait for a further bubble; that is no attempt."""
    values = {"ready_at": until, "lease": None, "leased_until": None, "attempts": claimed.attempts - 1}
    async with around.database.writing() as session:
        await session.execute(_ours(claimed).values(**values))
    seconds = max(0.0, (until - around.clock()).total_seconds())
    for bell in (around.arrived, around.pictured):
        asyncio.get_running_loop().call_later(seconds + 0.01, bell.ring)


@asynccontextmanager
async def keeping(around: Surroundings, claimed: Claimed) -> AsyncIterator[None]:
    """Our lease is renewed for as long as the block lasts, for what takes longer than a turn."""

    async def renew() -> None:
        async with around.database.writing() as session:
            await session.execute(_ours(claimed).values(leased_until=around.clock() + inbox.LEASE))

    async with loops.meanwhile(renew, RENEWED_EVERY):
        yield


def _ours(claimed: Claimed) -> Update:
    return update(InboxUpdate).where(
        InboxUpdate.id == claimed.id, InboxUpdate.lease == claimed.lease, InboxUpdate.handled_at.is_(None)
    )


async def _end(session: AsyncSession, statement: Update) -> None:
    if (await session.execute(statement.returning(InboxUpdate.id))).scalar_one_or_none() is None:
        raise LeaseLost
