"""Deliveries, stored before they are acknowledged; claimed by one worker at a time, in order for each sender.

Must not know what a delivery means.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Select, Update, and_, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.errors import LeaseLost
from api.models import InboxUpdate
from api.surroundings import Surroundings
from bot.channels.base import Channel, Payload

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 5
_PAYLOAD = "inbox|payload"


@dataclass(frozen=True, slots=True)
class Claimed:
    """An update that is ours until its lease ends."""

    id: int
    channel: str
    update_id: str
    sender: str
    payload: Payload
    attempts: int
    lease: str

    @property
    def is_last_attempt(self) -> bool:
        """Whether a failure now makes it a dead letter."""
        return self.attempts >= MOST_ATTEMPTS


async def record(around: Surroundings, channel: Channel, payload: Payload) -> bool:
    """Store a delivery and commit. False when it was already here. Raises channels.base.Malformed."""
    update_id = channel.update_id(payload)[:80]
    row = {
        "channel": channel.name,
        "update_id": update_id,
        "sender": around.vault.pseudonym(channel.name, channel.sender(payload)),
        "payload": around.vault.seal(_PAYLOAD, f"{channel.name}:{update_id}", orjson.dumps(payload)),
        "received_at": around.clock(),
        "attempts": 0,
    }
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    statement = insert(InboxUpdate).values(row).on_conflict_do_nothing(index_elements=["channel", "update_id"])
    async with around.database.writing() as session:
        # RETURNING, because psycopg counts -1 rows for an insert that met a conflict
        is_new = (await session.execute(statement.returning(InboxUpdate.id))).scalar_one_or_none() is not None
    if is_new:
        around.arrived.ring()
    return is_new


async def claim(around: Surroundings, channel: str | None = None) -> Claimed | None:
    """Lease the oldest update whose sender has no older one waiting. None when there is none."""
    now = around.clock()
    lease = secrets.token_hex(16)
    async with around.database.writing() as session:
        row = (await session.execute(_next(now, channel))).scalar_one_or_none()
        if row is None:
            return None
        row.lease, row.leased_until, row.attempts = lease, now + LEASE, row.attempts + 1
        sealed, bound = row.payload, row.row
    payload: dict[str, Any] = orjson.loads(around.vault.open(_PAYLOAD, bound, sealed))
    return Claimed(row.id, row.channel, row.update_id, row.sender, payload, row.attempts, lease)


def _next(now: datetime, channel: str | None) -> Select[InboxUpdate]:
    older = aliased(InboxUpdate)
    blocked = exists().where(
        older.sender == InboxUpdate.sender,
        older.id < InboxUpdate.id,
        older.handled_at.is_(None),
        older.dead_at.is_(None),
    )
    waiting = and_(InboxUpdate.handled_at.is_(None), InboxUpdate.dead_at.is_(None))
    free = or_(InboxUpdate.leased_until.is_(None), InboxUpdate.leased_until < now)
    query = select(InboxUpdate).where(waiting, free, ~blocked)
    if channel:
        query = query.where(InboxUpdate.channel == channel)
    return query.order_by(InboxUpdate.id).limit(1).with_for_update(skip_locked=True, of=InboxUpdate)


async def finish(session: AsyncSession, claimed: Claimed, at: datetime) -> None:
    """Mark handled, inside the turn's own transaction. Raises LeaseLost when another worker took it over."""
    await _end(session, _ours(claimed).values(handled_at=at, lease=None, leased_until=None))


async def bury(session: AsyncSession, claimed: Claimed, at: datetime, error: str) -> None:
    """Make a dead letter, inside a transaction. Raises LeaseLost."""
    await _end(session, _ours(claimed).values(dead_at=at, error=error[:80], lease=None, leased_until=None))


async def give_back(around: Surroundings, claimed: Claimed, error: str) -> None:
    """Let it be tried again, a little later each time."""
    later = around.clock() + timedelta(seconds=0.25 * 2**claimed.attempts)
    async with around.database.writing() as session:
        await session.execute(_ours(claimed).values(leased_until=later, error=error[:80]))


def _ours(claimed: Claimed) -> Update:
    return update(InboxUpdate).where(
        InboxUpdate.id == claimed.id, InboxUpdate.lease == claimed.lease, InboxUpdate.handled_at.is_(None)
    )


async def _end(session: AsyncSession, statement: Update) -> None:
    if (await session.execute(statement.returning(InboxUpdate.id))).scalar_one_or_none() is None:
        raise LeaseLost


async def is_settled(around: Surroundings, channel: str, sender: str, update_id: str) -> bool | None:
    """Whether an update of this sender has been answered or given up; None when there is none."""
    query = select(InboxUpdate.handled_at, InboxUpdate.dead_at).where(
        InboxUpdate.channel == channel, InboxUpdate.sender == sender, InboxUpdate.update_id == update_id
    )
    async with around.database.reading() as session:
        row = (await session.execute(query)).one_or_none()
    return None if row is None else bool(row.handled_at or row.dead_at)
