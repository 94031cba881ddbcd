"""Lets go what waits for a citizen to write, where it need not wait any longer.

Whoever writes lets their own messages go. What is left to do here: a message that began to wait in the very moment in
which its citizen wrote, and a window or quota that the settings have opened wider. Must not send anything.
"""

from __future__ import annotations

from sqlalchemy import and_, or_, select, update

from api.intake.reach import LIMITED, SHUT
from api.models import OutboxReply, Reach
from api.surroundings import Surroundings
from bot.channels.zalo_oa import Sending, may_send

_WAITING = and_(OutboxReply.awaits.is_(True), OutboxReply.sent_at.is_(None), OutboxReply.stopped_at.is_(None))


async def wake(around: Surroundings) -> int:
    """Look once; gives how many messages may go now."""
    now, rules = around.clock(), around.settings.zalo_oa_rules
    waiting = select(OutboxReply.recipient).where(_WAITING, OutboxReply.channel.in_(LIMITED))
    async with around.database.reading() as session:
        rows = (await session.scalars(select(Reach).where(Reach.recipient.in_(waiting)))).all()
    woken = 0
    for row in rows:
        if may_send(row.last_at, row.sent_free, now, rules) is Sending.WAIT:
            continue
        # the messenger itself said no to the others: it would again, until the citizen writes
        may_go = or_(OutboxReply.last_error == SHUT, OutboxReply.tried_at < row.last_at)
        statement = update(OutboxReply).where(_WAITING, OutboxReply.recipient == row.recipient, may_go)
        async with around.database.writing() as session:
            freed = statement.values(awaits=False, next_at=now).returning(OutboxReply.id)
            woken += len((await session.execute(freed)).all())
    if woken:
        around.answered.ring()
    return woken
