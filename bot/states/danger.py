"""Danger to life: it comes before any scam, whatever a conversation is about. Rough, and on the side of helping.

Must not file anything: nobody was asked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot import wording
from bot.answers.buttons import RISKY, named
from bot.replies import Reply
from bot.states.asking import Asking
from bot.turn import Turn
from knowledge.text import fold

MOST_READ = 300
"""Characters: who is in danger writes a few words; news of a crime is longer."""
_OWN_LIFE, _OWN_LIFE_MARKED = re.compile(wording.OWN_LIFE), re.compile(wording.OWN_LIFE_MARKED)
_VIOLENCE, _NO_BEATING = re.compile(wording.VIOLENCE), re.compile(wording.NO_BEATING)
_GOES_ON = {"emergency", "reporting"}


def first(asking: Asking, text: str, after: Turn) -> Turn:
    """The turn with what must be said before it."""
    written = " ".join(unicodedata.normalize("NFC", text).lower().split())
    if len(written) > MOST_READ:
        return after
    said = _heard(written)
    if _OWN_LIFE_MARKED.search(written) or _OWN_LIFE.search(said):
        return _life_first(asking, after)
    if _VIOLENCE.search(said):
        return replace(after, replies=(Reply(asking.words.violence), *after.replies))
    return after


def _heard(written: str) -> str:
    """The words folded, without those that mean something else with their marks, or beside their neighbours."""
    folded = fold(written)
    if folded == written:
        return _NO_BEATING.sub("-", folded)
    return re.sub(r"\w+", lambda word: _as_marked(word.group()), written)


def _as_marked(word: str) -> str:
    plain = fold(word)
    return plain if word in wording.MARKED_ALIKE.get(plain, (word,)) else "-"


def _life_first(asking: Asking, after: Turn) -> Turn:
    """Whoever speaks of ending their life hears of that, and beside it only first aid, a warning, or the question they
    are at; what the turn records and remembers stays."""
    buttons = named(asking.words, after.context.session, "checking", "emergency")
    goes_on = after.context.state in _GOES_ON or any(reply.level in RISKY for reply in after.replies)
    kept = after.replies if goes_on else ()
    return replace(after, replies=(Reply(asking.words.own_life, buttons=buttons), *kept))
