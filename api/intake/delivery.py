"""Sends what the outbox holds: at least once, in order for each recipient, nobody held up by another.

No messenger has a key that would let it recognise a repetition, so that a process killed between a messenger's "taken"
and our commit sends that message again: at most one for each of ``senders`` at work. Must not know why something is
said.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Integer, Select, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api import log, loops
from api.casework import spreading, wishes
from api.casework.whose import Whose
from api.intake import outbox, pace, reach
from api.intake.outbox import ADDRESS, CARD, MESSAGE, Letter
from api.messengers import share
from api.messengers.words import LATE
from api.models import OutboxReply
from api.models.columns import Instant
from api.surroundings import Surroundings
from bot.channels.base import Channel, Pace, Payload, Rejected, Transient, WindowClosed
from bot.replies import Reply
from bot.turn import Unsubscribed

SENDING = timedelta(seconds=10)
"""A message that is being sent is nobody else's for so long; whoever sends it renews that."""
LONGEST_WAIT = timedelta(minutes=15)
STALE = timedelta(hours=6)
MOST_ATTEMPTS = 40
_AHEAD = timedelta(seconds=5)
logger = log.get(__name__)


async def deliver(around: Surroundings) -> bool:
    """Send what is due, one message a channel. False when nothing is."""
    sent = False
    for name, channel in around.channels.items():
        if not channel.fetched:
            for row, delay in await claim(around, name, 1):
                await send(around, row, delay)
                sent = True
    return sent


async def claim(around: Surroundings, channel: str, most: int) -> list[tuple[OutboxReply, float]]:
    """Take up to ``most`` due messages of different recipients, and how many seconds to hold each back."""
    while True:
        rows, kept = await _claim_once(around, channel, most)
        if kept or not rows:
            return kept  # else the apologies in their place, and whoever comes next, are due now


async def _claim_once(
    around: Surroundings, channel: str, most: int
) -> tuple[list[OutboxReply], list[tuple[OutboxReply, float]]]:
    """What was due, and what of it may be sent."""
    now, allowed = around.clock(), pace.of(around.channels[channel])
    asked = _moments(channel, allowed, now) | {"most": most}
    if around.database.is_sqlite:  # looking is free; its one lock to write is taken for work only
        async with around.database.reading() as session:
            if (await session.execute(_is_any_due(allowed), asked)).first() is None:
                return [], []
    async with around.database.writing() as session:
        turnover = await pace.reserve(session, around, channel, now)
        if turnover is None:
            return [], []
        rows = list((await session.scalars(_due(allowed), asked)).all())
        fresh = [row for row in rows if not await _is_stale(session, around, row, now)]
        shut = await reach.shut(session, around, channel, {row.recipient for row in fresh})
        for row in fresh:
            if row.recipient in shut:
                row.awaits, row.last_error = True, reach.SHUT
            else:
                row.attempts += 1
                row.tried_at, row.next_at = now, now + SENDING  # should we die while sending, it is tried after this
        kept = [row for row in fresh if not row.awaits]
        delays = turnover.take(len(kept))
    return rows, list(zip(kept, delays, strict=True))


def _moments(channel: str, allowed: Pace | None, now: datetime) -> dict[str, object]:
    asked: dict[str, object] = {"channel": channel, "now": now, "ahead": now + _AHEAD}
    if allowed is not None:
        asked["person_since"] = now - timedelta(seconds=allowed.person_seconds)
        asked["group_since"] = now - timedelta(seconds=allowed.group_seconds)
    return asked


@cache
def _is_any_due(allowed: Pace | None) -> Select[Any]:
    return _waiting(allowed).with_only_columns(OutboxReply.id).limit(1)


@cache
def _due(allowed: Pace | None) -> Select[OutboxReply]:
    return _waiting(allowed).limit(bindparam("most", type_=Integer)).with_for_update(skip_locked=True, of=OutboxReply)


def _waiting(allowed: Pace | None) -> Select[OutboxReply]:
    """What is due, as a statement that is built once: building it takes longer than running it."""
    now, ahead = bindparam("now", type_=Instant), bindparam("ahead", type_=Instant)
    other = aliased(OutboxReply)
    set_back = or_(OutboxReply.tried_at > ahead, OutboxReply.created_at > ahead)  # the clock was
    query = select(OutboxReply).where(
        OutboxReply.channel == bindparam("channel"),
        OutboxReply.sent_at.is_(None),
        OutboxReply.stopped_at.is_(None),
        OutboxReply.awaits.is_(False),
        or_(OutboxReply.next_at <= now, set_back),
        outbox.is_first(),
    )
    if allowed is not None:
        for in_group, since in ((False, "person_since"), (True, "group_since")):
            just_now = exists().where(
                other.recipient == OutboxReply.recipient,
                other.sent_at > bindparam(since, type_=Instant),
                other.sent_at <= now,
            )
            query = query.where(or_(OutboxReply.in_group.is_(not in_group), ~just_now))
    return query.order_by(OutboxReply.next_at, OutboxReply.id)


async def _is_stale(session: AsyncSession, around: Surroundings, row: OutboxReply, now: datetime) -> bool:
    """An answer that nobody waits for any more: all such ones of a citizen become one apology."""
    if row.inbox_id is None or now - row.created_at < STALE:
        return False
    old = update(OutboxReply).where(
        OutboxReply.recipient == row.recipient,
        OutboxReply.sent_at.is_(None),
        OutboxReply.stopped_at.is_(None),
        OutboxReply.inbox_id.is_not(None),
        OutboxReply.created_at < now - STALE,
    )
    address = around.vault.open(ADDRESS, row.key, row.address).decode()
    await session.execute(old.values(stopped_at=now, stopped_why="late"))
    if not address.startswith("inline:"):
        language = await spreading.language_of(session, around, row.recipient)
        letter = Letter(row.channel, row.recipient, address, f"late:{row.id}", in_group=row.in_group)
        outbox.queue(session, around, letter, (Reply(LATE.get(language, LATE["vi"])),), now)
    logger.warning("late replies replaced", channel=row.channel)
    return True


async def send(around: Surroundings, row: OutboxReply, delay: float = 0.0) -> None:
    """Send one claimed message, and keep what came of it."""
    if delay > 0:
        await asyncio.sleep(delay)
    channel = around.channels[row.channel]
    message = orjson.loads(around.vault.open(MESSAGE, row.key, row.message))
    address = around.vault.open(ADDRESS, row.key, row.address).decode()
    try:
        async with _keeping(around, row):
            await _hand_over(around, channel, address, message)
    except Rejected as refused:
        await _stop(around, row, refused)
    except WindowClosed as closed:
        await _settle(around, row, awaits=True, last_error=_why(closed))
    except Transient as failed:
        await _postpone(around, row, failed)
    except Exception as failed:  # an adapter's surprise must neither lose this reply nor hold up the others
        logger.exception("sending failed", channel=row.channel, error=type(failed).__name__)
        await _postpone(around, row, Transient(type(failed).__name__))
    else:
        await around.together(_keep_sent).add((around, row))


@asynccontextmanager
async def _keeping(around: Surroundings, row: OutboxReply) -> AsyncIterator[None]:
    async def renew() -> None:
        await _settle(around, row, next_at=around.clock() + SENDING)

    async with loops.meanwhile(renew, SENDING.total_seconds() / 3):
        yield


async def _hand_over(around: Surroundings, channel: Channel, address: str, message: Payload) -> None:
    if CARD in message:
        await share.send_card(around, channel, address, str(message[CARD]), str(message.get("language", "vi")))
    else:
        await channel.send(address, message)


async def _keep_sent(some: Any) -> list[None]:
    """Mark messages sent, in one transaction."""
    around: Surroundings = some[0][0]
    ids = [row.id for _, row in some]
    async with around.database.writing() as session:
        done = {"sent_at": around.clock(), "last_error": None, "alarm": False}
        await session.execute(update(OutboxReply).where(OutboxReply.id.in_(ids)).values(**done))
        await reach.note_sent(session, [row.recipient for _, row in some if row.channel in reach.LIMITED])
    return [None] * len(some)


async def _stop(around: Surroundings, row: OutboxReply, refused: Rejected) -> None:
    now = around.clock()
    async with around.database.writing() as session:
        stopped = {"stopped_at": now, "stopped_why": _why(refused), "alarm": refused.alarm}
        await session.execute(update(OutboxReply).where(OutboxReply.id == row.id).values(**stopped))
        if refused.gone:  # blocked us or left: as if they had said so
            await outbox.stop_all(session, row.recipient, now, "gone")
            whose = Whose(row.recipient, row.channel, now)
            await wishes.unsubscribe(session, whose, Unsubscribed())
    report = logger.error if refused.alarm else logger.warning
    report("reply rejected", channel=row.channel, attempts=row.attempts, reason=_why(refused))


async def _postpone(around: Surroundings, row: OutboxReply, failed: Transient) -> None:
    if failed.moved_to:
        await _move(around, row, failed.moved_to)
        return
    values: dict[str, Any] = {"last_error": _why(failed), "alarm": failed.alarm}
    values["maybe_sent"] = row.maybe_sent or failed.maybe_sent
    if failed.alarm:
        logger.error("messenger needs a person", channel=row.channel, reason=_why(failed))
    if row.attempts >= MOST_ATTEMPTS:
        await _settle(around, row, stopped_at=around.clock(), stopped_why="gave up", **values | {"alarm": True})
        return
    wait = timedelta(seconds=failed.retry_after) if failed.retry_after else backoff(row.attempts)
    await _settle(around, row, next_at=around.clock() + wait, **values)


async def _move(around: Surroundings, row: OutboxReply, address: str) -> None:
    """The chat has a new address: all that waits for it goes there."""
    query = select(OutboxReply).where(
        OutboxReply.recipient == row.recipient, OutboxReply.sent_at.is_(None), OutboxReply.stopped_at.is_(None)
    )
    async with around.database.writing() as session:
        for one in (await session.scalars(query)).all():
            one.address = around.vault.seal(ADDRESS, one.key, address.encode())
            one.next_at, one.last_error = around.clock(), "moved"


def backoff(attempts: int) -> timedelta:
    """Twice as long each time, up to a quarter of an hour, give or take a fifth so that not all come at once."""
    longest = LONGEST_WAIT.total_seconds()
    return timedelta(seconds=min(longest, 2.0 ** min(attempts, 12)) * random.uniform(0.8, 1.2))  # noqa: S311


def _why(failed: Exception) -> str:
    return log.redact(str(failed))[:80]


async def _settle(around: Surroundings, row: OutboxReply, **values: object) -> None:
    async with around.database.writing() as session:
        await session.execute(update(OutboxReply).where(OutboxReply.id == row.id).values(**values))
