"""Citizens saying "đúng" or "sai rồi". Must not change any judgement by itself."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from api import masking
from api.casework import checks
from api.casework.whose import Whose, fresh_id
from api.models import Feedback
from bot.turn import FeedbackGiven
from knowledge.text import MAX_CHARS


async def keep(session: AsyncSession, whose: Whose, given: FeedbackGiven) -> Feedback:
    """Keep one."""
    row = Feedback(
        id=fresh_id(),
        sender=whose.sender,
        channel=whose.channel,
        check_id=await checks.latest(session, whose),
        right=given.right,
        level=given.level,
        methods=list(given.methods),
        text=masking.mask(given.text[:MAX_CHARS]),
        created_at=whose.at,
    )
    session.add(row)
    return row
