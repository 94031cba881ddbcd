"""Carries out what a turn wants recorded, inside the turn's own transaction; some effects have something to say.

Must not decide what is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from sqlalchemy.ext.asyncio import AsyncSession

from api import log
from api.access.limits import Limit, spend
from api.casework import checks, feedback, following, reports, rights, wishes
from api.casework.whose import Whose
from api.errors import TooMany
from api.models import Check
from api.surroundings import Surroundings
from bot import turn
from bot.answers.rights import for_data, for_erasure, for_status
from bot.replies import Reply
from bot.turn import Effect, Turn

Checked = list[tuple[Check, str]]
STATUS_TRIES = Limit("status", 5, 3600)
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Carrying:
    """One turn's effects on their way: whose they are, and what the answers need."""

    around: Surroundings
    whose: Whose
    address: str
    update_id: int
    reply_key: str
    language: str
    too_often: bool = False


async def is_too_often(around: Surroundings, sender: str, done: Turn) -> bool:
    """Count the tries at receipt codes, before the turn's transaction; beyond the limit none is looked up."""
    if not any(isinstance(effect, turn.StatusAsked) for effect in done.effects):
        return False
    try:
        await spend(around, STATUS_TRIES, sender)
    except TooMany:
        return True
    return False


async def carry_out(session: AsyncSession, carrying: Carrying, effect: Effect, checked: Checked) -> Reply | None:
    """Record one effect; gives what is to be said about it, if anything. A check is added to ``checked``, to be
    followed together with those of the other turns."""
    around, whose = carrying.around, carrying.whose
    match effect:
        case turn.CheckMade():
            check = await checks.log(session, whose, effect, carrying.reply_key)
            checked.append((check, effect.text))
        case turn.ReportFiled():
            report = await reports.file(session, around, whose, effect)
            await following.report(session, around, report, effect.text, effect.answers)
        case turn.ReportDescribed():
            await reports.describe(session, whose, effect)
        case turn.HelpNeeded():
            cry = await reports.call_for_help(session, around, whose, effect)
            await following.report(session, around, cry, effect.text)
        case turn.FeedbackGiven():
            given = await feedback.keep(session, whose, effect)
            await following.feedback(session, around, given)
        case turn.JudgeFailed():
            logger.error("judge failed", channel=whose.channel, error=effect.error)
        case turn.DataAsked() | turn.ErasureAsked() | turn.StatusAsked():
            return await _rights(session, carrying, effect)
        case turn.ConsentGiven() | turn.ConsentWithdrawn() | turn.Subscribed() | turn.Unsubscribed():
            await _wishes(session, carrying, effect)
        case _:
            assert_never(effect)
    return None


async def _rights(
    session: AsyncSession, carrying: Carrying, effect: turn.DataAsked | turn.ErasureAsked | turn.StatusAsked
) -> Reply:
    whose, language = carrying.whose, carrying.language
    if isinstance(effect, turn.DataAsked):
        return for_data(language, **await rights.count(session, whose))
    if isinstance(effect, turn.ErasureAsked):
        return for_erasure(
            language, effect.code, await rights.erase(session, carrying.around, whose, carrying.update_id)
        )
    if carrying.too_often:
        return for_status(language, effect.code, None, too_often=True)
    return for_status(language, effect.code, await rights.status(session, whose, effect.code))


async def _wishes(
    session: AsyncSession,
    carrying: Carrying,
    effect: turn.ConsentGiven | turn.ConsentWithdrawn | turn.Subscribed | turn.Unsubscribed,
) -> None:
    whose = carrying.whose
    match effect:
        case turn.ConsentGiven():
            await wishes.agree(session, whose, effect.version)
        case turn.ConsentWithdrawn():
            await wishes.withdraw(session, whose)
        case turn.Subscribed():
            await wishes.subscribe(session, carrying.around, whose, effect, carrying.address)
        case turn.Unsubscribed():
            await wishes.unsubscribe(session, whose, effect)
