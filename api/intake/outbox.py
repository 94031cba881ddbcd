"""Replies on their way: queued inside the turn's transaction, one row a message, in order for each person.

A reply's key is unique, so that no turn can queue it twice. ``delivery`` sends them. Must not know why something is
said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.models import InboxUpdate, OutboxReply
from api.surroundings import Surroundings
from bot.channels.base import Channel, Payload
from bot.replies import Reply, gathered

ADDRESS, MESSAGE = "outbox|address", "outbox|message"
CARD = "card"
"""In place of a channel's own message: the picture of a method's warning, drawn when it is sent."""


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom replies go: the channel, the keyed hash, the messenger's own address, and the update they answer."""

    channel: str
    recipient: str
    address: str
    key: str
    inbox_id: int | None = None
    in_group: bool = False
    language: str = "vi"
    first_only: bool = False


def queue(
    session: AsyncSession, around: Surroundings, letter: Letter, replies: Sequence[Reply], at: datetime
) -> list[str]:
    """Add replies to the session's transaction, one row a message of the channel; gives their keys."""
    channel = around.channels[letter.channel]
    shown = gathered(replies) if channel.numbered else replies
    messages = [message for reply in shown for message in _messages(channel, letter, reply)]
    if letter.first_only:
        messages = messages[:1]
    keys = [f"{letter.key}:{number}" for number in range(len(messages))]
    for key, message in zip(keys, messages, strict=True):
        session.add(OutboxReply(**_row(around, letter, key, message, at)))
    return keys


async def queue_once(around: Surroundings, letter: Letter, reply: Reply) -> None:
    """Queue a reply in a transaction of its own; a second time changes nothing."""
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    messages = around.channels[letter.channel].render(reply)
    rows = [
        _row(around, letter, f"{letter.key}:{number}", message, around.clock())
        for number, message in enumerate(messages)
    ]
    async with around.database.writing() as session:
        await session.execute(insert(OutboxReply).values(rows).on_conflict_do_nothing(index_elements=["key"]))
    around.answered.ring()


def is_first() -> ColumnElement[bool]:
    """Nothing older waits for the same recipient. Said as "nobody older", PostgreSQL would join all that waits with all
    that waits."""
    older = aliased(OutboxReply)
    first = select(func.min(older.id)).where(
        older.recipient == OutboxReply.recipient, older.sent_at.is_(None), older.stopped_at.is_(None)
    )
    return OutboxReply.id == first.scalar_subquery()


def _messages(channel: Channel, letter: Letter, reply: Reply) -> list[Payload]:
    messages = list(channel.render(reply))
    if reply.card and not channel.fetched and hasattr(channel, "send_picture"):
        messages.append({CARD: reply.card, "language": letter.language})
    return messages


def _row(around: Surroundings, letter: Letter, key: str, message: Payload, at: datetime) -> dict[str, Any]:
    return {
        "key": key,
        "inbox_id": letter.inbox_id,
        "channel": letter.channel,
        "recipient": letter.recipient,
        "address": around.vault.seal(ADDRESS, key, letter.address.encode()),
        "message": around.vault.seal(MESSAGE, key, orjson.dumps(message)),
        "created_at": at,
        "next_at": at,
        "attempts": 0,
        "in_group": letter.in_group,
    }


async def let_go(session: AsyncSession, recipients: Sequence[str], at: datetime) -> None:
    """These citizens wrote: what waited for that may go."""
    if not recipients:
        return
    waiting = update(OutboxReply).where(
        OutboxReply.recipient.in_(recipients),
        OutboxReply.sent_at.is_(None),
        OutboxReply.stopped_at.is_(None),
        OutboxReply.awaits.is_(True),
    )
    changed = waiting.values(awaits=False, next_at=at)
    await session.execute(changed, execution_options={"synchronize_session": False})


async def hand_over(session: AsyncSession, recipient: str, inbox_id: int) -> None:
    """A page fetches only what answers its own message: what was said meanwhile comes along with the next answer."""
    waiting = update(OutboxReply).where(
        OutboxReply.recipient == recipient,
        OutboxReply.inbox_id.is_(None),
        OutboxReply.sent_at.is_(None),
        OutboxReply.stopped_at.is_(None),
    )
    await session.execute(waiting.values(inbox_id=inbox_id))


async def stop_all(session: AsyncSession, recipient: str, at: datetime, why: str) -> None:
    """Nothing more goes to this recipient of what is on its way."""
    unsent = update(OutboxReply).where(
        OutboxReply.recipient == recipient, OutboxReply.sent_at.is_(None), OutboxReply.stopped_at.is_(None)
    )
    await session.execute(unsent.values(stopped_at=at, stopped_why=why, awaits=False))


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
    return [orjson.loads(around.vault.open(MESSAGE, row.key, row.message)) for row in rows]
