"""How long things are kept: what the unit's profile promises to citizens is carried out here, step by step.

Here are the ways of messages and the staff's sessions; what citizens asked and reported is kept by the casework's own
``retention``. Must not decide the number of days.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Delete, Select, Update, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from api.access.sessions import LONGEST
from api.models import (
    CatalogueReplica,
    Conversation,
    InboxUpdate,
    LimitWindow,
    OutboxReply,
    PictureReading,
    Reach,
    StaffSession,
)
from api.surroundings import Surroundings

Key = InstrumentedAttribute[str] | InstrumentedAttribute[int]
BATCH, AT_A_TIME = 1000, 100
"""How many rows are looked for at once, and how many are changed in one transaction."""
KNOWN = timedelta(days=30)
"""So long a delivery that comes again is recognised, and a message may wait for its citizen to write."""


def past(around: Surroundings, kind: str, otherwise: int | None = None) -> datetime:
    """Before when things of a kind are too old; ``otherwise`` where an older profile does not name the kind."""
    days = around.knowledge.handbook.unit.retention_days
    return around.clock() - timedelta(days=days[kind] if otherwise is None else days.get(kind, otherwise))


async def delete_rows(around: Surroundings, key: Key, *conditions: ColumnElement[bool]) -> int:
    """Delete the rows that meet the conditions; gives how many."""
    return await each_few(around, key, conditions, lambda still: delete(key.class_).where(*still))


async def each_few(
    around: Surroundings,
    key: Key,
    conditions: Sequence[ColumnElement[bool]],
    change: Callable[[Sequence[ColumnElement[bool]]], Delete | Update],
) -> int:
    """Change rows some at a time, and only those that still meet the conditions; gives how many."""

    async def change_some(session: AsyncSession, ids: Sequence[Any]) -> int:
        changed = change([key.in_(ids), *conditions]).returning(key)
        return len((await session.execute(changed, execution_options={"synchronize_session": False})).all())

    return await in_short_steps(around, select(key).where(*conditions), change_some)


async def in_short_steps(
    around: Surroundings, looking: Select[Any], work: Callable[[AsyncSession, Sequence[Any]], Awaitable[int]]
) -> int:
    """Look for ids, which may take long and holds nobody up, and work on a few at a time in short transactions: SQLite
    has one lock for all that write. Gives how many were done."""
    done = 0
    while True:
        async with around.database.reading() as session:
            ids = (await session.scalars(looking.limit(BATCH))).all()
        for first in range(0, len(ids), AT_A_TIME):
            async with around.database.writing() as session:
                done += await work(session, ids[first : first + AT_A_TIME])
        if len(ids) < BATCH:
            return done


async def _words(around: Surroundings) -> int:
    """The citizens' own words of answered updates; that they came stays known a while longer."""
    old = (InboxUpdate.handled_at < past(around, "raw_updates"), InboxUpdate.payload != b"")
    return await each_few(
        around, InboxUpdate.id, old, lambda still: update(InboxUpdate).where(*still).values(payload=b"")
    )


async def _readings(around: Surroundings) -> int:
    """What was read in the pictures of answered updates."""
    of_it = InboxUpdate.id == PictureReading.inbox_id
    answered = exists().where(of_it, InboxUpdate.handled_at < past(around, "raw_updates"))
    return await delete_rows(around, PictureReading.inbox_id, answered)


async def _updates(around: Surroundings) -> int:
    settled = or_(InboxUpdate.handled_at.is_not(None), InboxUpdate.dead_at.is_not(None))
    return await delete_rows(around, InboxUpdate.id, InboxUpdate.received_at < around.clock() - KNOWN, settled)


async def _replies(around: Surroundings) -> int:
    """Replies that were sent or given up, and those that have waited too long for their citizen."""
    raw, finished = (
        past(around, "raw_updates"),
        or_(OutboxReply.sent_at.is_not(None), OutboxReply.stopped_at.is_not(None)),
    )
    gone = await delete_rows(around, OutboxReply.id, OutboxReply.created_at < raw, finished)
    return gone + await delete_rows(around, OutboxReply.id, OutboxReply.created_at < around.clock() - KNOWN)


async def _conversations(around: Surroundings) -> int:
    talked = past(around, "conversations")
    gone = await delete_rows(around, Conversation.sender, Conversation.updated_at < talked)
    return gone + await delete_rows(around, Reach.recipient, Reach.last_at < talked)


async def _service(around: Surroundings) -> int:
    """Counters of the past, ended sessions, processes that are no more."""
    now = around.clock()
    return (
        await delete_rows(around, LimitWindow.key, LimitWindow.ends_at < now - timedelta(hours=1))
        + await delete_rows(around, StaffSession.id_hash, StaffSession.created_at < now - LONGEST)
        + await delete_rows(around, CatalogueReplica.id, CatalogueReplica.seen_at < now - timedelta(days=1))
    )


STEPS: Mapping[str, Callable[[Surroundings], Awaitable[int]]] = {
    "words": _words,
    "readings": _readings,
    "updates": _updates,
    "replies": _replies,
    "conversations": _conversations,
    "service": _service,
}
