"""What citizens report, and cries for help. Must not promise anything about what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api import masking
from api.casework import attachments, checks
from api.casework.whose import Whose, fresh_id
from api.models import Report
from api.surroundings import Surroundings
from bot.turn import HelpNeeded, ReportDescribed, ReportFiled
from knowledge.text import MAX_CHARS, fold
from knowledge.verdict import Level

ANSWERS = "reports|answers"


async def file(session: AsyncSession, around: Surroundings, whose: Whose, filed: ReportFiled) -> Report:
    """A citizen's report, under the receipt code that they were shown."""
    row = await _row(session, whose, filed.code, filed.text, filed.methods)
    row.kind, row.level, row.situation = "report", filed.level or Level.UNKNOWN.value, filed.situation or None
    row.answers = around.vault.seal(ANSWERS, row.id, orjson.dumps(filed.answers))
    session.add(row)
    await attachments.attach(session, around, whose, row, filed.files)
    return row


async def describe(session: AsyncSession, whose: Whose, told: ReportDescribed) -> None:
    """Who was targeted, for the figures. A commune is spelled as others have spelled it."""
    said: dict[str, str] = {}
    if told.age_group:
        said["age_group"] = told.age_group
    if told.commune:
        known = select(Report.commune).where(Report.commune.is_not(None)).distinct()
        spelled = {fold(name): name for name in (await session.scalars(known)).all() if name}
        said["commune"] = spelled.get(fold(told.commune), told.commune[:80])
    if said:
        mine = (Report.code == told.code, Report.sender == whose.sender)
        await session.execute(update(Report).where(*mine).values(**said))


async def call_for_help(session: AsyncSession, around: Surroundings, whose: Whose, needed: HelpNeeded) -> Report:
    """Something has happened to a citizen: an urgent entry."""
    row = await _row(session, whose, around.draw(), needed.text, needed.methods)
    row.kind, row.level, row.situation = "help", Level.SCAM.value, needed.situation
    row.answers = around.vault.seal(ANSWERS, row.id, b"{}")
    session.add(row)
    return row


def answers(around: Surroundings, row: Report) -> dict[str, str]:
    """The answers of the interview, unsealed, numbers hidden."""
    stored: dict[str, str] = orjson.loads(around.vault.open(ANSWERS, row.id, row.answers))
    return {question: masking.mask(answer) for question, answer in stored.items()}


async def _row(session: AsyncSession, whose: Whose, code: str, text: str, methods: Sequence[str]) -> Report:
    masked = masking.mask(text[:MAX_CHARS])
    await session.flush()  # so that a check of this very turn is found
    return Report(
        id=fresh_id(),
        code=code,
        sender=whose.sender,
        channel=whose.channel,
        check_id=await checks.latest(session, whose),
        method=methods[0] if methods else None,
        methods=list(methods),
        text=masked,
        folded=fold(masked),
        status="new",
        created_at=whose.at,
    )
