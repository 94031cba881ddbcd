"""Words in the middle of an interview: an answer, or a new cry for help. Must not ask a question itself."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import wording
from bot.states import emergency, interview, reporting
from bot.states.asking import Asking, Unjudged
from bot.turn import Turn
from knowledge.catalogue import Situation
from knowledge.text import bare

MOST_CRIED = 2000
MOST_SAID = 120
_NO_MORE = re.compile(wording.SAYS_NO_MORE)
_NOT_A_CRY = {"given", "amount", "account", "when"}
"""Questions whose honest answer sounds like a cry for help."""


def told(asking: Asking, text: str) -> Turn:
    """What was written."""
    if cried := first_aid(asking, text):
        return cried
    if not text.strip():
        return asking.say(asking.words.empty)
    if reporting.has_rested(asking):
        return reporting.returned(asking, text, text)
    if _NO_MORE.fullmatch(bare(text[:MOST_SAID])):
        return _left_off(asking)
    ended = None if asking.context.asked else reporting.concluded(asking, text)
    return ended or interview.answered(asking, text)


def _left_off(asking: Asking) -> Turn:
    """Nothing more is asked; what was answered is shown once before it is dropped, for it may have been an answer."""
    context = asking.context
    told = context.asked and any(context.answers.values())
    return interview.summary(asking) if told else reporting.cancelled(asking)


def first_aid(asking: Asking, text: str) -> Turn | None:
    """The card for a new cry for help, with the answers as they are; None for an answer."""
    situation = _cry(asking, text)
    if situation is None:
        return None
    kept = replace(asking, context=interview.noted(asking.context, text))
    return emergency.card(kept, situation, text)


def _cry(asking: Asking, text: str) -> Situation | None:
    """What has happened, where a text in the middle of an interview is a new cry for help rather than an answer. An
    answer tells of a scam, and so sounds like one: only plain words of a loss lead away from it, and only of another
    loss than the one whose card was already shown."""
    context = asking.context
    guessed = emergency.guessed(text)
    if guessed is None or context.asked in _NOT_A_CRY or len(text) > MOST_CRIED:
        return None
    try:
        situation = asking.judged(text).situation
    except Unjudged:  # an interview goes on without a judge; plain words of a loss are still heard
        situation = guessed
    return None if situation is None or situation.value == context.situation else situation
