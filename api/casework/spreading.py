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


@dataclass(frozen=True, slots=True)
class Asker:
    """One citizen, how their last question was judged, and the reply that answered it."""

    sender: str
    channel: str
    level: str
    reply_key: str


async def hearings(session: AsyncSession, around: Surroundings, case: Case, askers: Sequence[Asker]) -> list[Hearing]:
    """What some of those who asked hear of the decision that a case holds now."""
    scam = case.method_confirmed is not None or await _called_scam(session, case)
    method = around.knowledge.method(case.method_confirmed) if case.method_confirmed else None
    number = await decisions(session, case)
    spoken = await _languages(session, around, [asker.sender for asker in askers])
    found = []
    for asker in askers:
        reply = answers.for_review(spoken.get(asker.sender, "vi"), Level(asker.level), scam=scam, method=method)
        if reply:
            key = f"decision:{case.id}:{number}:{asker.sender}"
            found.append(Hearing(key, asker.channel, asker.sender, asker.reply_key, reply))
    return found


async def _called_scam(session: AsyncSession, case: Case) -> bool:
    labels = select(CaseEvent.after).where(CaseEvent.case_id == case.id, CaseEvent.kind == "label")
    return (await session.scalars(labels.order_by(CaseEvent.id.desc()).limit(1))).first() == "scam"


async def decisions(session: AsyncSession, case: Case) -> int:
    """How often a case has been decided."""
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


async def asked(session: AsyncSession, case: Case) -> list[Asker]:
    """Everybody who asked, once each: about the very messages of the case or near duplicates of them."""
    query = select(Check.sender, Check.channel, Check.level, Check.reply_key).where(_about(case))
    latest: dict[str, Asker] = {}
    for sender, channel, level, reply_key in (await session.execute(query.order_by(Check.created_at.desc()))).all():
        latest.setdefault(sender, Asker(sender, channel, level, reply_key or ""))
    return [asker for asker in latest.values() if asker.reply_key]


def _about(case: Case) -> ColumnElement[bool]:
    own = select(CaseItem.check_id).where(CaseItem.case_id == case.id, CaseItem.check_id.is_not(None))
    wordings = select(Fingerprint.wording).where(Fingerprint.check_id.in_(own), Fingerprint.wording.is_not(None))
    alike = select(Fingerprint.check_id).where(Fingerprint.wording.in_(wordings))
    return Check.id.in_(union(own, alike))


async def language_of(session: AsyncSession, around: Surroundings, sender: str) -> str:
    """The language in which a citizen is answered."""
    return (await _languages(session, around, [sender])).get(sender, "vi")


async def _languages(session: AsyncSession, around: Surroundings, senders: Sequence[str]) -> dict[str, str]:
    query = select(Conversation.sender, Conversation.context).where(Conversation.sender.in_(senders))
    found = {}
    for sender, sealed in (await session.execute(query)).all():
        context = orjson.loads(around.vault.open(_CONTEXT, sender, sealed))
        found[sender] = str(context.get("chosen_language") or context.get("language") or "vi")
    return found
