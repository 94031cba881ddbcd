"""What a citizen may ask of their own data: how much there is, how a report stands, to have it erased.

Must not word anything.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api import codes
from api.casework.whose import Whose
from api.models import Check, Feedback, InboxUpdate, OutboxReply, Report, Subscription

UNTOUCHED = "new"
"""A report that nobody has begun to work on may be erased; the others are held by law, and the citizen is told so."""


async def count(session: AsyncSession, whose: Whose) -> dict[str, int]:
    """How much is kept of each kind."""
    counted: dict[str, Any] = {"checks": Check, "reports": Report, "subscriptions": Subscription}
    found = {}
    for name, table in counted.items():
        query = select(func.count()).select_from(table).where(table.sender == whose.sender)
        found[name] = int((await session.execute(query)).scalar_one())
    return found


async def erase(session: AsyncSession, whose: Whose, update_id: int) -> int:
    """Erase all but what is held and the update being answered; gives the number of held reports."""
    own = Report.sender == whose.sender
    held = select(func.count()).select_from(Report).where(own, Report.status != UNTOUCHED)
    settled = InboxUpdate.handled_at.is_not(None) | InboxUpdate.dead_at.is_not(None)
    for statement in (
        delete(Feedback).where(Feedback.sender == whose.sender),
        delete(Report).where(own, Report.status == UNTOUCHED),
        delete(Check).where(Check.sender == whose.sender),
        delete(Subscription).where(Subscription.sender == whose.sender),
        delete(OutboxReply).where(OutboxReply.recipient == whose.sender),
        delete(InboxUpdate).where(InboxUpdate.sender == whose.sender, InboxUpdate.id != update_id, settled),
    ):
        await session.execute(statement)
    return int((await session.execute(held)).scalar_one())


async def status(session: AsyncSession, whose: Whose, typed: str) -> str | None:
    """How the citizen's own report stands; None for a code that is unknown or somebody else's."""
    code = codes.read(typed)
    if code is None:
        return None
    query = select(Report.status).where(Report.code == code, Report.sender == whose.sender)
    return (await session.execute(query)).scalar_one_or_none()
