"""One update, one transaction, one answer.

The conversation is computed in a thread from what was read; then everything is written at once, and only if the update
is still ours. Must not know HTTP, nor send anything.
"""

from __future__ import annotations

import asyncio

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from api import log
from api.casework.whose import Whose
from api.errors import LeaseLost
from api.intake import effects, inbox, outbox
from api.intake.effects import Carrying
from api.intake.inbox import Claimed
from api.intake.outbox import Letter
from api.models import Conversation
from api.surroundings import Surroundings
from bot import conversation, wording
from bot.channels.base import Anomalous, Delivery, Unsupported
from bot.events import Tap
from bot.replies import Reply
from bot.turn import Context, Turn

_CONTEXT = "conversations|context"
logger = log.get(__name__)


async def take(around: Surroundings, claimed: Claimed) -> None:
    """Answer a claimed update: handled, given back to be tried again, or buried with a neutral answer."""
    try:
        await _answer(around, claimed)
    except LeaseLost:
        logger.warning("lease lost", channel=claimed.channel, update=claimed.id)
    except (Anomalous, Exception) as failed:  # a poison update must never stop the others; its class is logged
        logger.exception("turn failed", channel=claimed.channel, update=claimed.id, attempts=claimed.attempts)
        error = type(failed).__name__
        if isinstance(failed, Anomalous) or claimed.is_last_attempt:
            await _bury(around, claimed, error)
        else:
            await inbox.give_back(around, claimed, error)
    around.answered.ring()


async def _answer(around: Surroundings, claimed: Claimed) -> None:
    channel = around.channels[claimed.channel]
    try:
        delivery = channel.parse(claimed.payload)
    except Unsupported:
        async with around.database.writing() as session:
            await inbox.finish(session, claimed, around.clock())
        return
    context = await _context(around, claimed.sender)
    now = around.clock()
    turn = await asyncio.to_thread(conversation.advance, context, delivery.event, around.knowledge, now, around.draw)
    too_often = await effects.is_too_often(around, claimed.sender, turn)
    letter = _letter(claimed, delivery)
    async with around.database.writing() as session:
        await inbox.finish(session, claimed, now)
        await _save(session, around, claimed, turn.context)
        more = await _carry_out(session, around, claimed, letter, turn, too_often)
        keys = outbox.queue(session, around, letter, (*turn.replies, *more), now)
    logger.info("update handled", channel=claimed.channel, update=claimed.id, sender=claimed.sender, count=len(keys))


def _letter(claimed: Claimed, delivery: Delivery) -> Letter:
    key = f"{claimed.channel}:{claimed.update_id}"
    return Letter(claimed.channel, claimed.sender, delivery.address, key, claimed.id)


async def _context(around: Surroundings, sender: str) -> Context | None:
    async with around.database.reading() as session:
        row = await session.get(Conversation, sender)
    if row is None:
        return None
    return conversation.load(orjson.loads(around.vault.open(_CONTEXT, sender, row.context)))


async def _save(session: AsyncSession, around: Surroundings, claimed: Claimed, context: Context) -> None:
    sealed = around.vault.seal(_CONTEXT, claimed.sender, orjson.dumps(conversation.dump(context)))
    row = Conversation(sender=claimed.sender, channel=claimed.channel, context=sealed, updated_at=around.clock())
    await session.merge(row)


async def _carry_out(
    session: AsyncSession, around: Surroundings, claimed: Claimed, letter: Letter, turn: Turn, too_often: bool
) -> tuple[Reply, ...]:
    """Record the effects; gives what they have to say, after what the turn says."""
    carrying = Carrying(
        around,
        Whose(claimed.sender, claimed.channel, around.clock()),
        letter.address,
        claimed.id,
        f"{letter.key}:0",
        turn.context.language,
        too_often,
    )
    said = [await effects.carry_out(session, carrying, effect) for effect in turn.effects]
    return tuple(reply for reply in said if reply)


async def _bury(around: Surroundings, claimed: Claimed, error: str) -> None:
    """Give up on an update, with a neutral answer where we can tell whom to answer."""
    async with around.database.writing() as session:
        now = around.clock()
        await inbox.bury(session, claimed, now, error)
        delivery = _read_again(around, claimed)
        if delivery:
            outbox.queue(session, around, _letter(claimed, delivery), (_neutral(delivery),), now)
    logger.error("dead letter", channel=claimed.channel, update=claimed.id, error=error)


def _read_again(around: Surroundings, claimed: Claimed) -> Delivery | None:
    try:
        return around.channels[claimed.channel].parse(claimed.payload)
    except Exception:  # it may be this very payload that nobody can read
        logger.warning("dead letter unreadable", channel=claimed.channel, update=claimed.id)
        return None


def _neutral(delivery: Delivery) -> Reply:
    """What is said when answering failed; who pressed the red button is told what to do now all the same."""
    pressed = isinstance(delivery.event, Tap) and delivery.event.choice == "emergency"
    return Reply(wording.VI.emergency_fallback if pressed else wording.VI.trouble)
