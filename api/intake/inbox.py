"""Deliveries, stored before they are acknowledged; claimed by one worker at a time, in order for each sender.

A moment from too far ahead is one of a clock that was set back since, and counts as past. Must not know what a delivery
means.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import orjson
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from api import log
from api.errors import NotOurKey
from api.intake.routing import route
from api.models import InboxUpdate
from api.models.columns import Instant
from api.surroundings import Surroundings
from bot.channels.base import Channel, Payload

LEASE = timedelta(seconds=10)
MOST_ATTEMPTS = 5
_AHEAD = timedelta(seconds=30)
_PAYLOAD = "inbox|payload"
logger = log.get(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Claimed:
    """An update that is ours until its lease ends."""

    id: int
    channel: str
    update_id: str
    sender: str
    payload: Payload
    attempts: int
    lease: str
    received_at: datetime
    followed: bool = False
    """Whether the same sender sent more, which waits behind it."""
    replays: int = 0
    """How often staff let a dead letter be taken again; each time it is answered anew."""

    @property
    def is_last_attempt(self) -> bool:
        """Whether a failure now makes it a dead letter."""
        return self.attempts >= MOST_ATTEMPTS


@dataclass(frozen=True, slots=True)
class Stored:
    """A delivery in the conversation of a claimed one."""

    id: int
    payload: Payload
    received_at: datetime


async def record(around: Surroundings, channel: Channel, payload: Payload) -> bool:
    """Store a delivery and commit. False when it was already here. Raises channels.base.Malformed."""
    update_id = channel.update_id(payload)[:80]
    way = route(around, channel, payload)
    now = around.clock()
    row = {
        "channel": channel.name,
        "update_id": update_id,
        "sender": way.conversation,
        "payload": sealed(around, channel.name, update_id, payload),
        "received_at": now,
        "attempts": 0,
        "ready_at": now + timedelta(seconds=way.wait),
        "slow": way.slow,
    }
    is_new: bool = await around.together(_insert).add((around, row))
    if is_new:
        bell = around.pictured if way.slow else around.arrived
        bell.ring()
        if way.wait:
            asyncio.get_running_loop().call_later(way.wait + 0.01, bell.ring)
    return is_new


async def _insert(some: Sequence[tuple[Surroundings, dict[str, Any]]]) -> list[bool]:
    """Insert deliveries in one transaction; tells for each whether it is new."""
    database = some[0][0].database
    insert = sqlite.insert if database.is_sqlite else postgresql.insert
    statement = insert(InboxUpdate).on_conflict_do_nothing(index_elements=["channel", "update_id"])
    async with database.writing(first=True) as session:
        # RETURNING, because psycopg counts -1 rows for an insert that met a conflict
        returning = statement.returning(InboxUpdate.channel, InboxUpdate.update_id)
        new = {(row.channel, row.update_id) for row in await session.execute(returning, [row for _, row in some])}
    told = []
    for _, row in some:
        key = (row["channel"], row["update_id"])
        told.append(key in new)
        new.discard(key)
    return told


async def claim(around: Surroundings, channel: str | None = None) -> Claimed | None:
    """Lease the oldest update whose sender has no older one waiting. None when there is none."""
    return next(iter(await claim_some(around, 1, channel=channel)), None)


async def claim_some(
    around: Surroundings, most: int, *, channel: str | None = None, slow: bool | None = None
) -> list[Claimed]:
    """Lease up to ``most`` updates of different senders; ``slow`` are those with pictures."""
    now = around.clock()
    asked = {"now": now, "ahead": now + _AHEAD, "channel": channel, "slow": slow, "most": most}
    if around.database.is_sqlite:  # looking is free; its one lock to write is taken for work only
        async with around.database.reading() as session:
            if (await session.execute(_is_any_waiting(channel is not None, slow is not None), asked)).first() is None:
                return []
    claimed = []
    async with around.database.writing() as session:
        locked = await session.execute(_next(channel is not None, slow is not None), asked)
        for row, followed in locked.all():
            row.lease, row.leased_until, row.attempts = secrets.token_hex(16), now + LEASE, row.attempts + 1
            try:
                payload = payload_of(around, row)
            except NotOurKey:
                row.dead_at, row.error, row.lease, row.leased_until = now, "NotOurKey", None, None
                logger.exception("dead letter", channel=row.channel, update=row.id)
                continue
            claimed.append(
                Claimed(
                    row.id,
                    row.channel,
                    row.update_id,
                    row.sender,
                    payload,
                    row.attempts,
                    row.lease,
                    row.received_at,
                    followed,
                    row.replays,
                )
            )
    return claimed


def sealed(around: Surroundings, channel: str, update_id: str, payload: Payload) -> bytes:
    """A payload as it is stored."""
    return around.vault.seal(_PAYLOAD, f"{channel}:{update_id}", orjson.dumps(payload))


def payload_of(around: Surroundings, row: InboxUpdate) -> dict[str, Any]:
    """What the messenger delivered. Raises NotOurKey."""
    opened: dict[str, Any] = orjson.loads(around.vault.open(_PAYLOAD, row.row, row.payload))
    return opened


@cache
def _is_any_waiting(of_channel: bool, of_speed: bool) -> Select[Any]:
    return _waiting(of_channel, of_speed).with_only_columns(InboxUpdate.id).limit(1)


@cache
def _next(of_channel: bool, of_speed: bool) -> Select[Any]:
    query = _waiting(of_channel, of_speed).add_columns(_is_followed())
    return query.limit(bindparam("most", type_=Integer)).with_for_update(skip_locked=True, of=InboxUpdate)


def _waiting(of_channel: bool, of_speed: bool) -> Select[InboxUpdate]:
    """What may be taken, as a statement that is built once: building it takes longer than running it."""
    now, ahead = bindparam("now", type_=Instant), bindparam("ahead", type_=Instant)
    older = aliased(InboxUpdate)
    first = select(func.min(older.id)).where(
        older.sender == InboxUpdate.sender, older.handled_at.is_(None), older.dead_at.is_(None)
    )  # as "nobody older", PostgreSQL would join all that waits with all that waits
    waiting = and_(InboxUpdate.handled_at.is_(None), InboxUpdate.dead_at.is_(None))
    leased, ready = InboxUpdate.leased_until, InboxUpdate.ready_at
    free = or_(leased.is_(None), leased < now, leased > ahead)
    full = or_(ready.is_(None), ready <= now, ready > ahead)
    query = select(InboxUpdate).where(waiting, free, full, InboxUpdate.id == first.scalar_subquery())
    if of_channel:
        query = query.where(InboxUpdate.channel == bindparam("channel"))
    if of_speed:
        query = query.where(InboxUpdate.slow == bindparam("slow", type_=Boolean))
    return query.order_by(InboxUpdate.id)


def _is_followed() -> ColumnElement[bool]:
    later = aliased(InboxUpdate)
    return exists().where(
        later.sender == InboxUpdate.sender,
        later.id > InboxUpdate.id,
        later.handled_at.is_(None),
        later.dead_at.is_(None),
    )


async def after(around: Surroundings, claimed: Claimed, most: int = 20) -> list[Stored]:
    """What the same sender sent after a claimed update and still waits, in order."""
    if not claimed.followed:
        return []
    query = (
        select(InboxUpdate)
        .where(
            InboxUpdate.sender == claimed.sender,
            InboxUpdate.id > claimed.id,
            InboxUpdate.handled_at.is_(None),
            InboxUpdate.dead_at.is_(None),
        )
        .order_by(InboxUpdate.id)
        .limit(most)
    )
    return await _stored(around, query)


async def before(around: Surroundings, claimed: Claimed, span: timedelta) -> list[Stored]:
    """What the same sender sent within ``span`` before a claimed update and was answered already, in order."""
    query = (
        select(InboxUpdate)
        .where(
            InboxUpdate.sender == claimed.sender,
            InboxUpdate.id < claimed.id,
            InboxUpdate.received_at >= claimed.received_at - span,
            InboxUpdate.received_at <= claimed.received_at,
            InboxUpdate.handled_at.is_not(None),
            InboxUpdate.dead_at.is_(None),
        )
        .order_by(InboxUpdate.id.desc())
        .limit(5)
    )
    return (await _stored(around, query))[::-1]


async def _stored(around: Surroundings, query: Select[InboxUpdate]) -> list[Stored]:
    async with around.database.reading() as session:
        rows = list((await session.scalars(query)).all())
    found = []
    for row in rows:
        try:
            found.append(Stored(row.id, payload_of(around, row), row.received_at))
        except NotOurKey:  # an overheard one, whose words are gone, or one that will be a dead letter
            break
    return found


async def is_settled(around: Surroundings, channel: str, sender: str, update_id: str) -> bool | None:
    """Whether an update of this sender has been answered or given up; None when there is none."""
    query = select(InboxUpdate.handled_at, InboxUpdate.dead_at).where(
        InboxUpdate.channel == channel, InboxUpdate.sender == sender, InboxUpdate.update_id == update_id
    )
    async with around.database.reading() as session:
        row = (await session.execute(query)).one_or_none()
    return None if row is None else bool(row.handled_at or row.dead_at)
