"""How fast a messenger lets all replicas together send: the next free moment stands in the database.

Must not know what is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from api.models import ChannelPace
from api.surroundings import Surroundings
from bot.channels.base import Channel, Pace

_AHEAD = timedelta(seconds=5)


@dataclass(slots=True)
class Turnover:
    """Moments to be taken of a channel; ``row`` is None where there is no limit."""

    row: ChannelPace | None
    now: datetime
    seconds: float

    def take(self, count: int) -> list[float]:
        """Take the next moments; gives how many seconds from now each is."""
        if self.row is None:
            return [0.0] * count
        first = max(self.row.next_at, self.now)
        moments = [first + timedelta(seconds=self.seconds * number) for number in range(count)]
        if moments:
            self.row.next_at = moments[-1] + timedelta(seconds=self.seconds)
        return [(moment - self.now).total_seconds() for moment in moments]


def of(channel: Channel) -> Pace | None:
    """What a channel says of its pace, if anything."""
    told = getattr(channel, "pace", None)
    return told if isinstance(told, Pace) else None


async def reserve(session: AsyncSession, around: Surroundings, channel: str, now: datetime) -> Turnover | None:
    """The channel's moments, locked until the transaction ends; None when the next one is not near yet."""
    allowed = of(around.channels[channel])
    if allowed is None:
        return Turnover(None, now, 0.0)
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    await session.execute(insert(ChannelPace).values(channel=channel, next_at=now).on_conflict_do_nothing())
    query = select(ChannelPace).where(ChannelPace.channel == channel).with_for_update()
    row = (await session.scalars(query)).one()
    if row.next_at > now + _AHEAD:  # the clock was set back
        row.next_at = now
    if row.next_at > now + timedelta(seconds=1 / allowed.per_second):
        return None
    return Turnover(row, now, 1 / allowed.per_second)
