"""How long things are kept: what the unit's profile promises to citizens is carried out here, every hour.

Must not decide the number of days.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Executable, and_, delete, or_

from api import log
from api.access.sessions import LONGEST
from api.models import Check, Conversation, Feedback, InboxUpdate, LimitWindow, OutboxReply, Report, StaffSession
from api.surroundings import Surroundings

logger = log.get(__name__)


async def sweep(around: Surroundings) -> int:
    """Delete what is past its time, one table a transaction; gives the number of rows."""
    deleted = 0
    for statement in _statements(around):
        async with around.database.writing() as session:
            deleted += len((await session.execute(statement)).all())
    if deleted:
        logger.info("swept", count=deleted)
    return deleted


def _statements(around: Surroundings) -> list[Executable]:
    days = around.knowledge.handbook.unit.retention_days
    now = around.clock()
    talked, reported = now - timedelta(days=days["conversations"]), now - timedelta(days=days["reports"])
    raw = now - timedelta(days=days["raw_updates"])
    settled = or_(InboxUpdate.handled_at.is_not(None), InboxUpdate.dead_at.is_not(None))
    return [
        delete(OutboxReply).where(OutboxReply.created_at < raw).returning(OutboxReply.id),
        delete(InboxUpdate).where(and_(InboxUpdate.received_at < raw, settled)).returning(InboxUpdate.id),
        delete(Conversation).where(Conversation.updated_at < talked).returning(Conversation.sender),
        delete(Feedback).where(Feedback.created_at < talked).returning(Feedback.id),
        delete(Check).where(Check.created_at < talked).returning(Check.id),
        delete(Report).where(Report.created_at < reported).returning(Report.id),
        delete(LimitWindow).where(LimitWindow.ends_at < now - timedelta(hours=1)).returning(LimitWindow.key),
        delete(StaffSession).where(StaffSession.created_at < now - LONGEST).returning(StaffSession.id_hash),
    ]
