"""A few words that mean the message answered last: "thật không?", "là sao", "thế tôi phải làm gì".

Judged on those words alone, nothing would be found in them. Must not answer anything that can be news: only words of a
closed list are heard here, and none of them tells of a loss.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot import answers, wording
from bot.events import Tap
from bot.replies import Reply
from bot.states import emergency
from bot.states.asking import Asking, Unjudged
from bot.turn import Context, Turn
from knowledge.text import fold
from knowledge.verdict import Level

TIED = timedelta(hours=1)
"""After so long, somebody who asks "thật không?" has something else before their eyes."""
MOST_SAID, MOST_WORDS = 120, 14
_AGAIN, _WHAT_TO_DO = re.compile(wording.ASKS_AGAIN), re.compile(wording.ASKS_WHAT_TO_DO)
_WHOLE = tuple(
    (meant, re.compile(said))
    for meant, said in (
        ("do", wording.ASKS_WHETHER_TO),
        ("do", wording.ASKS_WHAT_NEXT),
        ("do", wording.SAYS_WILL),
        ("who", wording.ASKS_WHO),
        ("undone", wording.SAYS_NOT_DONE),
    )
)


def asks(text: str) -> bool:
    """Whether these words are about a message without being one."""
    return bool(_meant(text))


def is_tied(context: Context, text: str, now: datetime) -> bool:
    """Whether these words mean the message that was answered last, and that is not long ago."""
    return asks(text) and is_recent(context, now)


def is_recent(context: Context, now: datetime) -> bool:
    """Whether something was answered that may still be before somebody's eyes."""
    try:
        return now - datetime.fromisoformat(context.answered_at) <= TIED
    except ValueError:  # nothing was
        return False


def heard(asking: Asking, text: str) -> Turn | None:
    """The last message once more, in short; None where these words mean something else."""
    if not is_tied(asking.context, text, asking.now):
        return None
    asking = asking.in_language_of(text)
    context, known, words = asking.context, asking.knowledge, asking.words
    meant = _meant(text)
    if context.state == "emergency":
        return _beside_first_aid(asking, meant)
    try:
        verdict = asking.judged(context.last_text)
    except Unjudged:
        return None
    level = Level(context.last_level or verdict.level)
    verdict = replace(verdict, language=context.language, level=level)
    what_to_do = meant in {"do", "undone"}
    replies = answers.for_reference(verdict, known, context, asking.today, what_to_do=what_to_do)
    if context.elder:
        replies = answers.briefly(replies, words)
    before = {"who": (Reply(words.whose),), "undone": (Reply(words.not_done),)}.get(meant, ())
    return Turn(context, (*before, *replies))


def _beside_first_aid(asking: Asking, meant: str) -> Turn:
    """After a card, all of its steps; whoever has done nothing yet need not go them."""
    if meant == "undone":
        return asking.say_with_help(f"{asking.words.not_done} {asking.words.hold_on}")
    return emergency.tapped(asking, Tap(asking.context.session, "emergency", "steps"))


def _meant(text: str) -> str:
    """What is asked: whether it is so "again", what to "do", "who" it is; or said: it is "undone". Else nothing."""
    said = " ".join(re.findall(r"[a-z0-9]+", fold(text[: MOST_SAID + 1])))
    if len(text) > MOST_SAID or len(said.split()) > MOST_WORDS:
        return ""
    for meant, whole in _WHOLE:
        if whole.fullmatch(said):
            return meant
    of_these = [word for word in said.split() if word not in wording.BESIDE_A_QUESTION]
    if of_these in ([], ["roi"]) and _AGAIN.search(said):
        return "again"
    return "do" if not of_these and _WHAT_TO_DO.search(said) else ""
