"""Who asked about the same message, and what they hear when an operator has decided.

Must not send, nor know how a message reaches anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import ColumnElement, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from api.models import Case, CaseEvent, CaseItem, Check, Conversation, Fingerprint
from api.surroundings import Surroundings
from bot import answers
from bot.replies import Reply
from knowledge.verdict import Level

_CONTEXT = "conversations|context"


@dataclass(frozen=True, slots=True)
class Hearing:
    """One citizen, the reply that answered them, and what they are told now. ``key`` names this telling for good."""

    key: str
    channel: str
    sender: str
    reply_key: str
    reply: Reply


async def hearings(session: AsyncSession, around: Surroundings, case: Case) -> list[Hearing]:
    """Everybody who asked, once each: about the very messages of the case or near duplicates of them."""
    scam = case.method_confirmed is not None or await _called_scam(session, case)
    method = around.knowledge.method(case.method_confirmed) if case.method_confirmed else None
    number = await _decisions(session, case)
    found = []
    for check in await _asked(session, case):
        language = await language_of(session, around, check.sender)
        reply = answers.for_review(language, Level(check.level), scam=scam, method=method)
        if reply and check.reply_key:
            key = f"decision:{case.id}:{number}:{check.sender}"
            found.append(Hearing(key, check.channel, check.sender, check.reply_key, reply))
    return found


async def _called_scam(session: AsyncSession, case: Case) -> bool:
    labels = select(CaseEvent.after).where(CaseEvent.case_id == case.id, CaseEvent.kind == "label")
    return (await session.scalars(labels.order_by(CaseEvent.id.desc()).limit(1))).first() == "scam"


async def _decisions(session: AsyncSession, case: Case) -> int:
    labels = select(CaseEvent.id).where(CaseEvent.case_id == case.id, CaseEvent.kind == "label")
    return len((await session.scalars(labels)).all())


async def count_askers(session: AsyncSession, case: Case) -> int:
    """How many different people asked about it."""
    query = select(func.count(func.distinct(Check.sender))).where(_about(case))
    return int((await session.execute(query)).scalar_one())


def foretold(around: Surroundings, *, scam: bool, slug: str) -> list[str]:
    """What they would hear: those who were warned, and those who were not."""
    method = around.knowledge.method(slug) if scam and slug else None
    replies = [answers.for_review("vi", level, scam=scam, method=method) for level in (Level.SCAM, Level.NONE)]
    return [reply.text for reply in replies if reply]


async def _asked(session: AsyncSession, case: Case) -> Sequence[Check]:
    query = select(Check).where(_about(case)).order_by(Check.created_at.desc())
    latest: dict[str, Check] = {}
    for check in (await session.scalars(query)).all():
        latest.setdefault(check.sender, check)
    return list(latest.values())


def _about(case: Case) -> ColumnElement[bool]:
    own = select(CaseItem.check_id).where(CaseItem.case_id == case.id, CaseItem.check_id.is_not(None))
    campaigns = select(Fingerprint.campaign_id).where(
        Fingerprint.check_id.in_(own), Fingerprint.campaign_id.is_not(None)
    )
    alike = select(Fingerprint.check_id).where(Fingerprint.campaign_id.in_(campaigns))
    return Check.id.in_(union(own, alike))


async def language_of(session: AsyncSession, around: Surroundings, sender: str) -> str:
    """The language in which a citizen is answered."""
    row = await session.get(Conversation, sender)
    if row is None:
        return "vi"
    context = orjson.loads(around.vault.open(_CONTEXT, sender, row.context))
    return str(context.get("chosen_language") or context.get("language") or "vi")
