"""When we may write to a citizen of an Official Account: since their last message, and how many free messages are left.

Must not send anything.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from api.models import Reach
from api.surroundings import Surroundings
from bot.channels.zalo_oa import Sending, may_send

LIMITED = frozenset({"zalo_oa"})


async def note_interaction(session: AsyncSession, around: Surroundings, recipient: str, at: datetime) -> None:
    """The citizen wrote: the window opens anew."""
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    row = insert(Reach).values(recipient=recipient, last_at=at, sent_free=0)
    changed = {"last_at": at, "sent_free": 0}
    await session.execute(
        row.on_conflict_do_update(index_elements=["recipient"], set_=changed, where=Reach.last_at < at)
    )


async def is_open(around: Surroundings, channel: str, recipient: str) -> bool:
    """Whether a message may go out now."""
    if channel not in LIMITED:
        return True
    async with around.database.reading() as session:
        row = await session.get(Reach, recipient)
    if row is None:
        return True  # unknown, as after a restore: the messenger itself will say
    rules = around.settings.zalo_oa_rules
    return may_send(row.last_at, row.sent_free, around.clock(), rules) is not Sending.WAIT


async def note_sent(session: AsyncSession, recipient: str) -> None:
    """One message less of the free ones."""
    await session.execute(update(Reach).where(Reach.recipient == recipient).values(sent_free=Reach.sent_free + 1))
