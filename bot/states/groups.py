"""A group chat is overheard in silence. We speak unasked only when we are sure of a known scam, and then rest a while.

What was overheard and not answered leaves no trace. Must not know any channel.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot import answers
from bot.states.asking import Asking, Unjudged
from bot.turn import CheckMade, Turn
from knowledge.verdict import Frame, Level, Verdict

QUIET = timedelta(minutes=10)
SURE = 0.9
LEAST_CHARS = 30


def overhear(asking: Asking, text: str) -> Turn:
    """A message in a group that was not meant for us."""
    context = asking.context
    silent = Turn(context, ())
    if context.muted or len(text.strip()) < LEAST_CHARS or _rests(context.quiet_until, asking.now):
        return silent
    try:
        verdict = asking.judged(text)
    except Unjudged:  # nobody asked, so a broken judge is no reason to interrupt a group or to bury its message
        return silent
    if not _is_sure(verdict):
        return silent
    context = replace(
        context,
        session=asking.draw(),
        state="checking",
        language=context.chosen_language or verdict.language,
        last_text=text[:5000],
        last_level=verdict.level.value,
        last_methods=tuple(c.slug for c in verdict.named),
        answered_at=asking.now.isoformat(),
        card=answers.card_key(verdict, asking.knowledge),
        quiet_until=(asking.now + QUIET).isoformat(),
    )
    known = asking.knowledge
    replies = answers.for_verdict(verdict, known, text, context.session, asking.today)
    return Turn(context, replies[:1], (CheckMade(text, verdict, 0.0),))


def _is_sure(verdict: Verdict) -> bool:
    """A message that is the scam itself; not somebody's story, question, or warning about it."""
    return (
        verdict.level is Level.SCAM
        and verdict.probability >= SURE
        and bool(verdict.named)
        and verdict.frame is Frame.RECEIVED
        and verdict.situation is None
    )


def _rests(until: str, now: datetime) -> bool:
    try:
        return bool(until) and now < datetime.fromisoformat(until)
    except (ValueError, TypeError):
        return False
