"""One update, one answer, all of it or none.

The conversation is computed in a thread from what was read; then everything is written at once, and only if the update
is still ours. Turns that are ready together are written in one transaction; where that fails, each in its own. Must not
know HTTP, nor send anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import orjson
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from api import log
from api.casework import following, listing
from api.casework.whose import Whose
from api.errors import LeaseLost, NotOurKey
from api.intake import bubbles, claims, effects, outbox, pictures, reach, routing
from api.intake.bubbles import Question
from api.intake.effects import Carrying, Checked
from api.intake.inbox import MOST_ATTEMPTS, Claimed
from api.intake.outbox import Letter
from api.models import Conversation
from api.surroundings import Surroundings
from bot import conversation, wording
from bot.channels.base import Anomalous, Delivery, Unsupported
from bot.events import Tap, Unfollow
from bot.knowledge_base import Knowledge
from bot.replies import Reply
from bot.turn import Context, Turn

_CONTEXT = "conversations|context"
logger = log.get(__name__)


async def take(around: Surroundings, claimed: Claimed) -> None:
    """Answer a claimed update: handled, given back to be tried again, or buried with a neutral answer."""
    if claimed.attempts > MOST_ATTEMPTS:  # it ended the process each time, before anything could be noted
        await _bury(around, claimed, "ProcessEnded")
        around.answered.ring()
        return
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
            await claims.give_back(around, claimed, error)
    around.answered.ring()


async def _answer(around: Surroundings, claimed: Claimed) -> None:
    channel = around.channels[claimed.channel]
    try:
        delivery = channel.parse(claimed.payload)
    except Unsupported:
        await _pass_over(around, claimed)
        return
    if delivery.receipt and hasattr(channel, "acknowledge"):
        await channel.acknowledge(delivery.receipt)  # it ends a spinner, and never fails
    question = await bubbles.gather(around, claimed, delivery)
    if question is None:
        return
    delivery = await _seen(around, claimed, question)
    context, heard = await asyncio.gather(_context(around, claimed, delivery), listing.heard(around))
    if delivery.edited and (delivery.group or (context is not None and context.state == "reporting")):
        await _pass_over(around, claimed, question.more)  # there it would be taken for the answer to the next question
        return
    delivery = await bubbles.with_earlier(around, claimed, delivery, context)
    known = replace(around.knowledge, heard=heard, page=around.settings.base_url)
    turn = await _advance(known, around, delivery, context)
    whose = Whose(around.vault.pseudonym(claimed.channel, delivery.sender), claimed.channel, around.clock())
    too_often = await effects.is_too_often(around, whose.sender, turn)
    language = turn.context.language
    letter = _letter(claimed, delivery, language)
    carrying = Carrying(around, whose, letter.address, claimed.id, f"{letter.key}:0", language, too_often)
    if not await around.together(_write).add(_Taken(claimed, delivery, turn, letter, carrying, question.more)):
        raise LeaseLost
    logger.info("update handled", channel=claimed.channel, update=claimed.id)


@dataclass(frozen=True, slots=True, eq=False)
class _Taken:
    """A turn that is computed and waits to be written."""

    claimed: Claimed
    delivery: Delivery
    turn: Turn
    letter: Letter
    carrying: Carrying
    more: Sequence[int]

    @property
    def is_overheard(self) -> bool:
        """Said in a group, not to us, and left alone."""
        return self.delivery.group and not self.delivery.mentioned and not self.turn.replies


async def _write(some: Sequence[_Taken]) -> list[bool]:
    """Write turns of different conversations; False for one that another worker took over."""
    around = some[0].carrying.around
    async with around.database.writing() as session:
        now = around.clock()
        ours = await claims.finish(session, {one.claimed: one.more for one in some}, now)
        taken = [one for one in some if one.claimed in ours]
        await _meet(session, around, [one for one in taken if not one.is_overheard and not one.delivery.inline], now)
        checked: Checked = []
        for one in taken:
            if one.is_overheard:
                await claims.forget(session, one.claimed)
            else:
                await _record(session, one, now, checked)
        await following.checks(session, around, checked)
    return [one.claimed in ours for one in some]


async def _record(session: AsyncSession, one: _Taken, now: datetime, checked: Checked) -> None:
    more = await _carry_out(session, one.carrying, _recorded(one.delivery, one.turn), checked)
    if isinstance(one.delivery.event, Unfollow):
        await outbox.stop_all(session, one.claimed.sender, now, "gone")
    else:
        outbox.queue(session, one.carrying.around, one.letter, (*one.turn.replies, *more), now)


async def _pass_over(around: Surroundings, claimed: Claimed, more: Sequence[int] = ()) -> None:
    async with around.database.writing() as session:
        if not await claims.finish(session, {claimed: more}, around.clock()):
            raise LeaseLost


async def _seen(around: Surroundings, claimed: Claimed, question: Question) -> Delivery:
    """The deliveries of a question as one, with what its pictures say; that may take longer than our lease. In a group
    only the pictures that were meant for us are looked at."""
    first = question.deliveries[0]
    to_read = [d for d in question.deliveries if routing.is_picture(d) and (d.mentioned or not d.group)]
    if not to_read:
        return bubbles.together(question.deliveries)
    ids = (claimed.id, *question.more)
    letter = _letter(claimed, first, await _language(around, claimed, first))
    saying = asyncio.create_task(pictures.saying_so(around, claimed, first, letter))
    try:
        async with claims.keeping(around, claimed):
            read = [
                await pictures.read(around, claimed, inbox_id, delivery) if delivery in to_read else delivery
                for inbox_id, delivery in zip(ids, question.deliveries, strict=True)
            ]
    finally:
        saying.cancel()
        await asyncio.wait({saying})
    return bubbles.together(read)


async def _advance(known: Knowledge, around: Surroundings, delivery: Delivery, context: Context | None) -> Turn:
    now, event = around.clock(), delivery.event
    if delivery.group and not delivery.mentioned and not isinstance(event, Unfollow):
        return await asyncio.to_thread(conversation.overhear, context, event, known, now, around.draw)
    return await asyncio.to_thread(conversation.advance, context, event, known, now, around.draw, group=delivery.group)


def _recorded(delivery: Delivery, turn: Turn) -> Turn:
    """An inline question leaves no trace, and being removed from a group is not a person's wish."""
    left_group = delivery.group and isinstance(delivery.event, Unfollow)
    return replace(turn, effects=()) if delivery.inline or left_group else turn


async def _meet(session: AsyncSession, around: Surroundings, met: Sequence[_Taken], now: datetime) -> None:
    """Where the conversations stand now, and that the citizens may be written to again."""
    if not met:
        return
    await _save(session, around, met, now)
    limited = [one for one in met if one.claimed.channel in reach.LIMITED]
    wrote = {one.claimed.sender: one.delivery.at or one.claimed.received_at for one in limited}
    await reach.note_interactions(session, around, wrote)
    sent_to = []
    for one in met:
        if around.channels[one.claimed.channel].fetched:
            await outbox.hand_over(session, one.claimed.sender, one.claimed.id)
        else:
            sent_to.append(one.claimed.sender)
    await outbox.let_go(session, sent_to, now)


def _letter(claimed: Claimed, delivery: Delivery, language: str = "vi") -> Letter:
    return Letter(
        claimed.channel,
        claimed.sender,
        delivery.address,
        f"{claimed.channel}:{claimed.update_id}" + (f":again{claimed.replays}" if claimed.replays else ""),
        claimed.id,
        in_group=delivery.group,
        language=language,
        first_only=delivery.inline,
    )


async def _context(around: Surroundings, claimed: Claimed, delivery: Delivery) -> Context | None:
    if delivery.inline:
        return None
    kept: bytes | None = await around.together(_contexts).add((around, claimed.sender))
    if kept is None:
        return None
    return conversation.load(orjson.loads(around.vault.open(_CONTEXT, claimed.sender, kept)))


async def _contexts(some: Sequence[tuple[Surroundings, str]]) -> list[bytes | None]:
    query = select(Conversation.sender, Conversation.context)
    query = query.where(Conversation.sender.in_({sender for _, sender in some}))
    async with some[0][0].database.reading() as session:
        found = {row.sender: row.context for row in await session.execute(query)}
    return [found.get(sender) for _, sender in some]


async def _save(session: AsyncSession, around: Surroundings, met: Sequence[_Taken], now: datetime) -> None:
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    rows = [
        {
            "sender": sender,
            "channel": one.claimed.channel,
            "context": around.vault.seal(_CONTEXT, sender, orjson.dumps(conversation.dump(one.turn.context))),
            "updated_at": now,
        }
        for one in met
        if (sender := one.claimed.sender)
    ]
    statement = insert(Conversation)
    newer = {"context": statement.excluded.context, "updated_at": statement.excluded.updated_at}
    await session.execute(statement.on_conflict_do_update(index_elements=["sender"], set_=newer), rows)


async def _carry_out(session: AsyncSession, carrying: Carrying, turn: Turn, checked: Checked) -> tuple[Reply, ...]:
    """Record the effects; gives what they have to say, after what the turn says."""
    said = [await effects.carry_out(session, carrying, effect, checked) for effect in turn.effects]
    return tuple(reply for reply in said if reply)


async def _bury(around: Surroundings, claimed: Claimed, error: str) -> None:
    """Give up on an update, with a neutral answer where we can tell whom to answer."""
    delivery = None if claimed.replays else _read_again(around, claimed)  # nobody hears twice that it failed
    language = await _language(around, claimed, delivery) if delivery else "vi"
    async with around.database.writing() as session:
        now = around.clock()
        await claims.bury(session, claimed, now, error)
        if delivery and (delivery.mentioned or not delivery.group):
            outbox.queue(session, around, _letter(claimed, delivery), (_neutral(delivery, language),), now)
    logger.error("dead letter", channel=claimed.channel, update=claimed.id, error=error)


def _read_again(around: Surroundings, claimed: Claimed) -> Delivery | None:
    channel = around.channels.get(claimed.channel)
    delivery = routing.read(channel, claimed.payload) if channel else None
    if delivery is None:
        logger.warning("dead letter unreadable", channel=claimed.channel, update=claimed.id)
    return delivery


async def _language(around: Surroundings, claimed: Claimed, delivery: Delivery) -> str:
    """In which language a citizen is answered before or without a turn."""
    try:
        context = await _context(around, claimed, delivery)
    except NotOurKey:
        return "vi"
    return context.language if context else "vi"


def _neutral(delivery: Delivery, language: str) -> Reply:
    """What is said when answering failed; who pressed the red button is told what to do now all the same."""
    pressed = isinstance(delivery.event, Tap) and delivery.event.choice == "emergency"
    words = wording.of(language)
    return Reply(words.emergency_fallback if pressed else words.trouble, language=language)
