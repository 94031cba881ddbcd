"""The log of checks: what was judged, how, from which revision, in masked words. Must not know who reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api import masking
from api.casework.whose import Whose, fresh_id
from api.models import Check
from bot.turn import CheckMade
from knowledge.text import MAX_CHARS, fold
from knowledge.verdict import Evidence

RECENT = timedelta(hours=24)


async def log(session: AsyncSession, whose: Whose, made: CheckMade, reply_key: str | None) -> Check:
    """Keep one check."""
    verdict = made.verdict
    masked = masking.mask(made.text[:MAX_CHARS], verdict.indicators)
    row = Check(
        id=fresh_id(),
        sender=whose.sender,
        channel=whose.channel,
        level=verdict.level.value,
        method=verdict.named[0].slug if verdict.named else None,
        methods=[{"slug": c.slug, "score": c.score} for c in verdict.methods],
        evidence=[_evidence(one, masked) for one in verdict.evidence],
        revision=verdict.revision,
        frame=verdict.frame.value,
        intent=verdict.intent.value,
        situation=verdict.situation.value if verdict.situation else None,
        probability=verdict.probability,
        text=masked,
        folded=fold(masked),
        elapsed_ms=round(made.elapsed_ms, 2),
        reply_key=reply_key,
        created_at=whose.at,
    )
    session.add(row)
    return row


def _evidence(one: Evidence, masked: str) -> dict[str, Any]:
    """An evidence with its quote taken from the masked text: offsets are the same, the numbers are hidden."""
    span = [one.span.start, one.span.end] if one.span else None
    quote = masked[one.span.start : one.span.end] if one.span else ""
    return {
        "stage": one.stage,
        "sign": masking.mask(one.sign),
        "span": span,
        "quote": quote,
        "method": one.method,
        "weight": one.weight,
    }


async def latest(session: AsyncSession, whose: Whose) -> str | None:
    """The id of the sender's last check within a day: what a report or a complaint is about."""
    query = (
        select(Check.id)
        .where(Check.sender == whose.sender, Check.created_at >= whose.at - RECENT)
        .order_by(Check.created_at.desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()
