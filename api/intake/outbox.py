"""Replies on their way: queued inside the turn's transaction, sent after it, at least once, in order for each person.

A reply's key is unique, so that no turn can queue it twice. Must not know why something is said.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api import log
from api.models import InboxUpdate, OutboxReply
from api.surroundings import Surroundings
from bot.channels.base import Payload, Rejected, Transient
from bot.replies import Reply

SENDING = timedelta(seconds=60)
LONGEST_WAIT = timedelta(minutes=15)
MOST_ATTEMPTS = 40
_ADDRESS, _MESSAGE = "outbox|address", "outbox|message"
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom replies go: the channel, the keyed hash, the messenger's own address, and the update they answer."""

    channel: str
    recipient: str
    address: str
    key: str
    inbox_id: int | None = None


def queue(
    session: AsyncSession, around: Surroundings, letter: Letter, replies: Sequence[Reply], at: datetime
) -> list[str]:
    """Add replies to the session's transaction, one row a message of the channel; gives their keys."""
    render = around.channels[letter.channel].render
    messages = [message for reply in replies for message in render(reply)]
    keys = [f"{letter.key}:{number}" for number in range(len(messages))]
    for key, message in zip(keys, messages, strict=True):
        session.add(
            OutboxReply(
                key=key,
                inbox_id=letter.inbox_id,
                channel=letter.channel,
                recipient=letter.recipient,
                address=around.vault.seal(_ADDRESS, key, letter.address.encode()),
                message=around.vault.seal(_MESSAGE, key, orjson.dumps(message)),
                created_at=at,
                next_at=at,
                attempts=0,
            )
        )
    return keys


async def fetch(around: Surroundings, channel: str, recipient: str, update_id: str) -> list[Payload]:
    """The messages that answer one update of one person, for a channel whose page asks; asking again gives the same."""
    query = (
        select(OutboxReply)
        .join(InboxUpdate, InboxUpdate.id == OutboxReply.inbox_id)
        .where(InboxUpdate.channel == channel, InboxUpdate.update_id == update_id, OutboxReply.recipient == recipient)
        .order_by(OutboxReply.id)
    )
    async with around.database.reading() as session:
        rows = list((await session.scalars(query)).all())
    unsent = [row.id for row in rows if row.sent_at is None]
    if unsent:
        async with around.database.writing() as session:
            await session.execute(update(OutboxReply).where(OutboxReply.id.in_(unsent)).values(sent_at=around.clock()))
    return [orjson.loads(around.vault.open(_MESSAGE, row.key, row.message)) for row in rows]


async def deliver(around: Surroundings) -> bool:
    """Send one reply that is due. False when none is."""
    row = await _claim(around)
    if row is None:
        return False
    channel = around.channels[row.channel]
    message = orjson.loads(around.vault.open(_MESSAGE, row.key, row.message))
    address = around.vault.open(_ADDRESS, row.key, row.address).decode()
    try:
        await channel.send(address, message)
    except Rejected as refused:
        await _settle(around, row.id, stopped_at=around.clock(), stopped_why=log.redact(str(refused))[:80])
        logger.warning("reply rejected", channel=row.channel, attempts=row.attempts)
    except Transient as failed:
        await _postpone(around, row, failed.retry_after)
    except Exception as failed:  # an adapter's surprise must neither lose this reply nor hold up the others
        logger.exception("sending failed", channel=row.channel, error=type(failed).__name__)
        await _postpone(around, row, None)
    else:
        await _settle(around, row.id, sent_at=around.clock())
    return True


async def _claim(around: Surroundings) -> OutboxReply | None:
    now = around.clock()
    sent_to = [name for name, channel in around.channels.items() if not channel.fetched]
    older = aliased(OutboxReply)
    blocked = exists().where(
        older.recipient == OutboxReply.recipient,
        older.id < OutboxReply.id,
        older.sent_at.is_(None),
        older.stopped_at.is_(None),
    )
    query = (
        select(OutboxReply)
        .where(
            OutboxReply.sent_at.is_(None),
            OutboxReply.stopped_at.is_(None),
            OutboxReply.next_at <= now,
            OutboxReply.channel.in_(sent_to),
            ~blocked,
        )
        .order_by(OutboxReply.next_at, OutboxReply.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxReply)
    )
    if not sent_to:
        return None
    async with around.database.writing() as session:
        row = (await session.execute(query)).scalar_one_or_none()
        if row is not None:
            row.attempts += 1
            row.next_at = now + SENDING  # should we die while sending, it is tried again after this
    return row


async def _postpone(around: Surroundings, row: OutboxReply, retry_after: float | None) -> None:
    if row.attempts >= MOST_ATTEMPTS:
        await _settle(around, row.id, stopped_at=around.clock(), stopped_why="gave up")
        return
    wait = timedelta(seconds=retry_after) if retry_after else backoff(row.attempts)
    await _settle(around, row.id, next_at=around.clock() + wait)


def backoff(attempts: int) -> timedelta:
    """Twice as long each time, up to a quarter of an hour, give or take a fifth so that not all come at once."""
    longest = LONGEST_WAIT.total_seconds()
    return timedelta(seconds=min(longest, 2.0 ** min(attempts, 12)) * random.uniform(0.8, 1.2))  # noqa: S311


async def _settle(around: Surroundings, row_id: int, **values: object) -> None:
    async with around.database.writing() as session:
        await session.execute(update(OutboxReply).where(OutboxReply.id == row_id).values(**values))
