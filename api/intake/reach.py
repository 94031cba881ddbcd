"""When we may write to a citizen of an Official Account: since their last message, and how many free messages are left.

Must not send anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from api.models import Reach
from api.surroundings import Surroundings
from bot.channels.zalo_oa import Sending, may_send

LIMITED = frozenset({"zalo_oa"})
SHUT = "window closed"
"""What is noted of a message that our own rule holds back."""


async def note_interactions(session: AsyncSession, around: Surroundings, wrote: Mapping[str, datetime]) -> None:
    """These citizens wrote: their windows open anew."""
    if not wrote:
        return
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    rows = [{"recipient": who, "last_at": at, "sent_free": 0} for who, at in wrote.items()]
    statement = insert(Reach)
    newer = Reach.last_at < statement.excluded.last_at
    changed = {"last_at": statement.excluded.last_at, "sent_free": 0}
    upsert = statement.on_conflict_do_update(index_elements=["recipient"], set_=changed, where=newer)
    await session.execute(upsert, rows)


async def shut(session: AsyncSession, around: Surroundings, channel: str, recipients: Collection[str]) -> set[str]:
    """Those of the recipients to whom no message may go out now. Whom we do not know, as after a restore, the messenger
    itself will tell."""
    if channel not in LIMITED or not recipients:
        return set()
    now, rules = around.clock(), around.settings.zalo_oa_rules
    rows = (await session.scalars(select(Reach).where(Reach.recipient.in_(recipients)))).all()
    return {row.recipient for row in rows if may_send(row.last_at, row.sent_free, now, rules) is Sending.WAIT}


async def note_sent(session: AsyncSession, recipients: Sequence[str]) -> None:
    """One message less of the free ones, for each time that a recipient is named."""
    by_count: dict[int, list[str]] = {}
    for recipient, count in Counter(recipients).items():
        by_count.setdefault(count, []).append(recipient)
    for count, some in by_count.items():
        fewer = update(Reach).where(Reach.recipient.in_(some)).values(sent_free=Reach.sent_free + count)
        await session.execute(fewer, execution_options={"synchronize_session": False})
