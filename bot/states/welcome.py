"""The first words, samples to try, and small talk. Must not judge anything itself."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.buttons import named
from bot.events import Tap
from bot.replies import Reply
from bot.states import checking
from bot.states.asking import Asking
from bot.turn import CheckMade, Turn

SAMPLE = "sample-"


def greet(asking: Asking) -> Turn:
    """Who we are, what we do, what is kept, what not to send, and samples to try."""
    words = asking.words
    unit = asking.knowledge.handbook.unit
    context = replace(asking.context, state="welcome", asked="", introduced=True)
    lines = [
        words.welcome.format(unit=unit.name),
        words.welcome_kept.format(days=unit.retention_days["conversations"]),
        words.welcome_samples,
    ]
    buttons = named(words, context.session, "checking", "emergency")
    buttons += named(words, context.session, "welcome", *(SAMPLE + name for name in words.samples))
    return Turn(context, (Reply("\n".join(lines), buttons=buttons),))


def tapped(asking: Asking, tap: Tap) -> Turn:
    """A sample is answered like a real message, and not logged as one."""
    sample = asking.words.samples.get(tap.choice.removeprefix(SAMPLE))
    if sample is None:
        return asking.say(asking.words.stale)
    turn = checking.check(asking, sample)
    return replace(turn, effects=tuple(e for e in turn.effects if not isinstance(e, CheckMade)))
