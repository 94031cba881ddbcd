"""How each channel fares: when it last brought and took something, what went wrong last, until when it may.

Must not know pages, nor talk to a messenger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.errors import NotOurKey
from api.intake import backlog, letters
from api.messengers.tokens import StoredTokens
from api.models import InboxUpdate, OutboxReply
from api.surroundings import Surroundings
from bot.channels.zalo_oa import TokenPair

UNANSWERED = timedelta(minutes=1)
MESSENGERS = ("zalo_oa", "zalo_bot", "telegram")
_NO_FAULT = (*backlog.FOR_GOOD, backlog.BY_HAND)


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong last, as the channel or we ourselves named it. ``receiving`` tells the way."""

    at: datetime
    error: str
    receiving: bool


@dataclass(frozen=True, slots=True)
class Health:
    """One channel. ``tokens`` where it has a pair that expires; None of a messenger that needs consent, too."""

    name: str
    is_on: bool
    fetched: bool
    received_at: datetime | None
    sent_at: datetime | None
    fault: Fault | None
    tokens: TokenPair | None = None


@dataclass(frozen=True, slots=True)
class Alarms:
    """What needs a person of the staff; counted up to a bound."""

    dead: int = 0
    stuck: int = 0
    unanswered: int = 0
    """Updates that nobody took up for a minute: no worker may be running."""

    @property
    def total(self) -> int:
        """All of it."""
        return self.dead + self.stuck + self.unanswered


async def alarms(around: Surroundings) -> Alarms:
    """Dead letters, messages that do not get out, and updates that nobody takes up."""
    long_ago = around.clock() - UNANSWERED
    left_alone = and_(
        InboxUpdate.handled_at.is_(None), InboxUpdate.dead_at.is_(None), InboxUpdate.received_at < long_ago
    )
    async with around.database.reading() as session:
        dead = await _count(session, letters.WAITS_FOR_STAFF)
        return Alarms(dead, await backlog.troubled(session, around), await _count(session, left_alone))


async def _count(session: AsyncSession, condition: ColumnElement[bool]) -> int:
    return len((await session.scalars(select(InboxUpdate.id).where(condition).limit(backlog.MOST_COUNTED))).all())


async def of_all(around: Surroundings) -> list[Health]:
    """Every channel that is on, or could be."""
    names = [*MESSENGERS, *(name for name in around.channels if name not in MESSENGERS)]
    async with around.database.reading() as session:
        return [await _of(session, around, name) for name in names]


async def _of(session: AsyncSession, around: Surroundings, name: str) -> Health:
    channel = around.channels.get(name)
    received = select(InboxUpdate.received_at).where(InboxUpdate.channel == name)
    sent = select(OutboxReply.sent_at).where(OutboxReply.channel == name, OutboxReply.sent_at.is_not(None))
    return Health(
        name=name,
        is_on=channel is not None,
        fetched=channel is not None and channel.fetched,
        received_at=(await session.scalars(received.order_by(InboxUpdate.id.desc()).limit(1))).first(),
        sent_at=(await session.scalars(sent.order_by(OutboxReply.id.desc()).limit(1))).first(),
        fault=await _fault(session, name),
        tokens=await _tokens(around) if name == "zalo_oa" and channel is not None else None,
    )


async def _fault(session: AsyncSession, name: str) -> Fault | None:
    dead = select(InboxUpdate.dead_at, InboxUpdate.error).where(InboxUpdate.channel == name, letters.IS_DEAD)
    of_channel = OutboxReply.channel == name
    stuck = select(OutboxReply.tried_at, OutboxReply.last_error).where(
        of_channel, OutboxReply.sent_at.is_(None), OutboxReply.stopped_at.is_(None), OutboxReply.awaits.is_(False),
        OutboxReply.last_error.is_not(None), OutboxReply.tried_at.is_not(None),
    )  # fmt: skip
    refused = select(OutboxReply.stopped_at, OutboxReply.stopped_why).where(
        of_channel, OutboxReply.stopped_at.is_not(None), OutboxReply.stopped_why.not_in(_NO_FAULT)
    )
    found = []
    for query, order, receiving in (
        (dead, InboxUpdate.id, True),
        (stuck, OutboxReply.tried_at, False),
        (refused, OutboxReply.id, False),
    ):
        row = (await session.execute(query.order_by(order.desc()).limit(1))).first()
        if row is not None and row[0] is not None:
            found.append(Fault(row[0], row[1] or "", receiving))
    return max(found, key=lambda fault: fault.at, default=None)


async def _tokens(around: Surroundings) -> TokenPair | None:
    settings = around.settings
    store = StoredTokens(
        around.database, around.vault, around.clock, first=settings.zalo_oa_refresh_token, place=settings.var
    )
    try:
        return await store.load()
    except NotOurKey:  # sealed with another master key: as good as none
        return None
