"""Danger to life: it comes before any scam, whatever a conversation is about. Rough, and on the side of helping.

Must not file anything: nobody was asked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot import wording
from bot.replies import Reply
from bot.states.asking import Asking
from bot.turn import Turn
from knowledge.text import fold

MOST_READ = 300
"""Characters: who is in danger writes a few words; news of a crime is longer."""
_OWN_LIFE = re.compile(wording.OWN_LIFE)
_VIOLENCE = re.compile(wording.VIOLENCE)


def first(asking: Asking, text: str, after: Turn) -> Turn:
    """The turn with what must be said before it. Whoever speaks of ending their life hears nothing else."""
    said = " ".join(fold(text).split())
    if len(said) > MOST_READ:
        return after
    if _OWN_LIFE.search(said):
        return asking.say(asking.words.own_life)
    if _VIOLENCE.search(said):
        return replace(after, replies=(Reply(asking.words.violence), *after.replies))
    return after
