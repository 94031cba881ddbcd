"""How long things are kept: what the unit's profile promises to citizens is carried out here, step by step.

Here are the ways of messages and the staff's sessions; what citizens asked and reported is kept by the casework's own
``retention``. Must not decide the number of days.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Executable, delete, or_, select, update
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

BATCH = 1000
KNOWN = timedelta(days=30)
"""So long a delivery that comes again is recognised, and a message may wait for its citizen to write."""


def past(around: Surroundings, kind: str, otherwise: int | None = None) -> datetime:
    """Before when things of a kind are too old; ``otherwise`` where an older profile does not name the kind."""
    days = around.knowledge.handbook.unit.retention_days
    return around.clock() - timedelta(days=days[kind] if otherwise is None else days.get(kind, otherwise))


async def delete_rows(around: Surroundings, key: InstrumentedAttribute[str] | InstrumentedAttribute[int],
                      *conditions: ColumnElement[bool]) -> int:  # fmt: skip
    """Delete the rows that meet the conditions, some at a time, so that nobody waits long; gives how many."""
    some = select(key).where(*conditions).limit(BATCH)
    return await _until_none(around, delete(key.class_).where(key.in_(some), *conditions).returning(key))


async def _until_none(around: Surroundings, statement: Executable) -> int:
    """Repeat a statement on at most BATCH rows, which it returns, until fewer are left; gives how many there were."""
    done = 0
    while True:
        async with around.database.writing() as session:
            found = (await session.execute(statement, execution_options={"synchronize_session": False})).all()
        done += len(found)
        if len(found) < BATCH:
            return done


async def _words(around: Surroundings) -> int:
    """The citizens' own words of answered updates; that they came stays known a while longer."""
    old = (InboxUpdate.handled_at < past(around, "raw_updates"), InboxUpdate.payload != b"")
    some = select(InboxUpdate.id).where(*old).limit(BATCH)
    erasing = update(InboxUpdate).where(InboxUpdate.id.in_(some)).values(payload=b"").returning(InboxUpdate.id)
    return await _until_none(around, erasing)


async def _readings(around: Surroundings) -> int:
    """What was read in the pictures of answered updates."""
    answered = select(InboxUpdate.id).where(InboxUpdate.handled_at < past(around, "raw_updates"))
    return await delete_rows(around, PictureReading.inbox_id, PictureReading.inbox_id.in_(answered))


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
