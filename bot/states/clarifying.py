"""Which of these is yours? The citizen picks among the likeliest methods, or none. Must not rank anything itself."""

from __future__ import annotations

from dataclasses import replace

from bot.events import Tap
from bot.states import checking
from bot.states.asking import Asking
from bot.turn import Turn
from knowledge.verdict import Candidate

NONE = "0"


def tapped(asking: Asking, tap: Tap) -> Turn:
    """The number of a method as it was offered, or none of them."""
    context = asking.context
    if tap.choice == NONE:
        return asking.say(asking.words.wrong_choice)
    at = int(tap.choice) - 1 if tap.choice.isdecimal() else -1
    if not context.last_text or not 0 <= at < len(context.last_methods):
        return asking.say(asking.words.stale)
    verdict = asking.knowledge.judge.match(context.last_text)
    return checking.settled(asking, replace(verdict, methods=(Candidate(context.last_methods[at], 1.0),)))
