"""Uncovering what identifies people: for a reason, in the audit log, and with an alarm when it becomes a habit."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession

from api import edge, log
from api.access import audit
from api.access.limits import Limit, spend
from api.access.sessions import Signed
from api.errors import Refusal, TooMany

SHORTEST_REASON = 10
REVEALS = Limit("identity reveals", 50, 3600)
TOO_MANY = "hơn 50 lượt trong một giờ"
logger = log.get(__name__)


def reason(form: Mapping[str, str]) -> str:
    """The reason that was written down. Raises Refusal for none."""
    words = form.get("ly-do", "").strip()
    if len(words) < SHORTEST_REASON:
        raise Refusal("Đồng chí ghi rõ lý do cần xem (từ 10 ký tự trở lên).")
    return words


async def is_alarming(request: Request, signed: Signed) -> bool:
    """Count one more uncovering; whether they have become too many."""
    try:
        await spend(edge.around(request), REVEALS, signed.account_id)
    except TooMany:
        logger.warning("many identities revealed", account=signed.account_id)
        return True
    return False


async def record(session: AsyncSession, signed: Signed, act: str, what: str, why: str, *, alarming: bool) -> None:
    """The act with its reason, and before it the alarm."""
    if alarming:
        await audit.record(session, signed, "identity.alarm", what, TOO_MANY)
    await audit.record(session, signed, act, what, why)
