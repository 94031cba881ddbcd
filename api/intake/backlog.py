"""What the outbox still holds, as staff see and move it by hand: who waits, for what, and what was stopped.

A citizen's messages go in order, so that the oldest one tells why the others wait. Channels whose page fetches its
answers are left out: there nothing waits for us. Must not know pages, nor send anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.intake import outbox
from api.intake.delivery import SENDING
from api.models import OutboxReply
from api.surroundings import Surroundings

PAGE = 30
OLD = timedelta(minutes=15)
BY_HAND = "by hand"
FOR_GOOD = ("gone", "late")
"""Why a message was stopped that must not be sent any more: its reader left, or was answered otherwise."""
MOST_COUNTED = 100
_UNSENT = and_(OutboxReply.sent_at.is_(None), OutboxReply.stopped_at.is_(None))
_STOPPED = and_(OutboxReply.sent_at.is_(None), OutboxReply.stopped_at.is_not(None))
_AWAITS = OutboxReply.awaits.is_(True)
_FAILED = and_(OutboxReply.last_error.is_not(None), OutboxReply.awaits.is_(False))


class State(StrEnum):
    """Why something is still here."""

    FAILING = "failing"
    AWAITING = "awaiting"
    DUE = "due"
    STOPPED = "stopped"


_FITS: dict[State, ColumnElement[bool]] = {
    State.FAILING: and_(_UNSENT, _FAILED),
    State.AWAITING: and_(_UNSENT, _AWAITS),
    State.DUE: and_(_UNSENT, OutboxReply.last_error.is_(None), OutboxReply.awaits.is_(False)),
    State.STOPPED: _STOPPED,
}


@dataclass(frozen=True, slots=True)
class Held:
    """The first message that a citizen waits for, or one that was stopped, and how many wait behind it."""

    row: OutboxReply
    behind: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some of them, oldest first (what was stopped, newest first), and where the next ones begin, 0 for nowhere."""

    held: Sequence[Held]
    next: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What a channel holds in one state: messages, citizens, and since when the oldest is here."""

    channel: str
    state: State
    messages: int
    people: int
    oldest_at: datetime


async def search(session: AsyncSession, around: Surroundings, state: State, channel: str = "", after: int = 0) -> Page:
    """Who waits in this state."""
    query = _waiting(state) if state is not State.STOPPED else _stopped()
    query = query.where(_ours(around))
    if channel:
        query = query.where(OutboxReply.channel == channel)
    if after:
        query = query.where(OutboxReply.id < after if state is State.STOPPED else OutboxReply.id > after)
    found = [Held(row, behind) for row, behind in (await session.execute(query.limit(PAGE + 1))).all()]
    return Page(found[:PAGE], found[PAGE - 1].row.id if len(found) > PAGE else 0)


def _waiting(state: State) -> Select[OutboxReply, int]:
    other = aliased(OutboxReply)
    unsent = and_(other.recipient == OutboxReply.recipient, other.sent_at.is_(None), other.stopped_at.is_(None))
    behind = select(func.count()).where(unsent, other.id > OutboxReply.id).scalar_subquery()
    return select(OutboxReply, behind).where(_FITS[state], outbox.is_first()).order_by(OutboxReply.id)


def _stopped() -> Select[OutboxReply, int]:
    return select(OutboxReply, literal(0)).where(_STOPPED).order_by(OutboxReply.id.desc())


async def tallies(session: AsyncSession, around: Surroundings) -> list[Tally]:
    """Each channel's messages by state, where there are any."""
    found = []
    for state, fits in _FITS.items():
        query = select(
            OutboxReply.channel,
            func.count(),
            func.count(func.distinct(OutboxReply.recipient)),
            func.min(OutboxReply.created_at),
        ).where(fits, _ours(around))
        rows = await session.execute(query.group_by(OutboxReply.channel).order_by(OutboxReply.channel))
        found += [Tally(channel, state, count, people, oldest) for channel, count, people, oldest in rows]
    return found


async def troubled(session: AsyncSession, around: Surroundings) -> int:
    """How many messages need a person: they wait too long though they need not, or will not heal. Counts to a bound."""
    long_ago = OutboxReply.created_at < around.clock() - OLD
    waiting = and_(_UNSENT, OutboxReply.awaits.is_(False), or_(long_ago, OutboxReply.alarm.is_(True)))
    counted = 0
    for needs_us in (waiting, and_(_STOPPED, OutboxReply.alarm.is_(True))):  # apart, each has an index of its own
        query = select(OutboxReply.id).where(needs_us, _ours(around)).limit(MOST_COUNTED)
        counted += len((await session.scalars(query)).all())
    return min(counted, MOST_COUNTED)


async def send_now(
    session: AsyncSession, around: Surroundings, *, ids: Sequence[int] = (), channel: str = ""
) -> list[int]:
    """Let messages go without waiting longer, those behind them too: of the citizens of ``ids``, or of a channel.

    What is being sent at this moment is left alone, or it would be sent twice; so is what waits for its reader.
    """
    now = around.clock()
    chosen = and_(_UNSENT, _FAILED, OutboxReply.next_at > now + SENDING)
    of_them = _of_the_same(ids) if ids else OutboxReply.channel == channel
    return await _change(session, and_(chosen, of_them), next_at=now)


async def stop(session: AsyncSession, at: datetime, ids: Sequence[int]) -> list[int]:
    """Send these citizens nothing of what waits for them."""
    changed = {"stopped_at": at, "stopped_why": BY_HAND, "awaits": False, "alarm": False}
    return await _change(session, and_(_UNSENT, _of_the_same(ids)), **changed)


async def send_again(session: AsyncSession, at: datetime, ids: Sequence[int]) -> list[int]:
    """Try messages anew that were stopped, but for those that were stopped for good."""
    anew = {
        "stopped_at": None, "stopped_why": None, "attempts": 0, "next_at": at, "alarm": False, "last_error": None,
    }  # fmt: skip
    may_go = and_(_STOPPED, OutboxReply.id.in_(ids), OutboxReply.stopped_why.not_in(FOR_GOOD))
    return await _change(session, may_go, **anew)


async def set_aside(session: AsyncSession, ids: Sequence[int]) -> list[int]:
    """Leave messages stopped, and raise no alarm over them any more."""
    return await _change(session, and_(_STOPPED, OutboxReply.id.in_(ids), OutboxReply.alarm.is_(True)), alarm=False)


def _of_the_same(ids: Sequence[int]) -> ColumnElement[bool]:
    named = aliased(OutboxReply)
    return OutboxReply.recipient.in_(select(named.recipient).where(named.id.in_(ids)))


def _ours(around: Surroundings) -> ColumnElement[bool]:
    return OutboxReply.channel.not_in([name for name, channel in around.channels.items() if channel.fetched])


async def _change(session: AsyncSession, chosen: ColumnElement[bool], **values: Any) -> list[int]:
    statement = update(OutboxReply).where(chosen).values(**values).returning(OutboxReply.id)
    return sorted(await session.scalars(statement, execution_options={"synchronize_session": False}))
