"""When we may write to a citizen of an Official Account: since their last message, and how many free messages are left.

Must not send anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from api.models import Reach
from api.surroundings import Surroundings
from bot.channels.zalo_oa import Sending, may_send

LIMITED = frozenset({"zalo_oa"})


async def note_interactions(session: AsyncSession, around: Surroundings, wrote: Mapping[str, datetime]) -> None:
    """These citizens wrote: their windows open anew."""
    if not wrote:
        return
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    rows = insert(Reach).values([{"recipient": who, "last_at": at, "sent_free": 0} for who, at in wrote.items()])
    newer = Reach.last_at < rows.excluded.last_at
    changed = {"last_at": rows.excluded.last_at, "sent_free": 0}
    await session.execute(rows.on_conflict_do_update(index_elements=["recipient"], set_=changed, where=newer))


async def is_open(around: Surroundings, channel: str, recipient: str) -> bool:
    """Whether a message may go out now."""
    if channel not in LIMITED:
        return True
    row: Reach | None = await around.together(_rows).add((around, recipient))
    if row is None:
        return True  # unknown, as after a restore: the messenger itself will say
    rules = around.settings.zalo_oa_rules
    return may_send(row.last_at, row.sent_free, around.clock(), rules) is not Sending.WAIT


async def _rows(some: Sequence[tuple[Surroundings, str]]) -> list[Reach | None]:
    query = select(Reach).where(Reach.recipient.in_({recipient for _, recipient in some}))
    async with some[0][0].database.reading() as session:
        found = {row.recipient: row for row in (await session.scalars(query)).all()}
    return [found.get(recipient) for _, recipient in some]


async def note_sent(session: AsyncSession, recipients: Sequence[str]) -> None:
    """One message less of the free ones, for each time that a recipient is named."""
    by_count: dict[int, list[str]] = {}
    for recipient, count in Counter(recipients).items():
        by_count.setdefault(count, []).append(recipient)
    for count, some in by_count.items():
        fewer = update(Reach).where(Reach.recipient.in_(some)).values(sent_free=Reach.sent_free + count)
        await session.execute(fewer, execution_options={"synchronize_session": False})
