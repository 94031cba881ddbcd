"""Words that mean the message answered last: "thật không?", "thế tôi phải làm gì", or more of the same story.

Judged on those words alone, nothing would be found in them. Must not answer anything that can be news: only words of a
closed list are answered here, and none of them tells of a loss.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import datetime

from bot import answers, wording
from bot.answers.buttons import RISKY
from bot.events import Tap
from bot.replies import Reply
from bot.states import emergency
from bot.states.asking import Asking, Unjudged, is_recent
from bot.turn import Context, Turn
from knowledge.text import bare, fold
from knowledge.verdict import Intent, Level, Verdict

MOST_SAID, MOST_WORDS = 120, 14
_AGAIN, _WHAT_TO_DO = re.compile(wording.ASKS_AGAIN), re.compile(wording.ASKS_WHAT_TO_DO)
_GOES_ON = re.compile(wording.GOES_ON_TELLING)
_TELLING = {"checking", "clarifying"}
MOST_TOLD = 20
_ALREADY, _GAVE = re.compile(wording.SAYS_ALREADY), re.compile(wording.SAYS_GAVE)
_NO_DEED = re.compile(r"\b(?:dạ|hộ|chuyện|nợ|mà|má|thế)\b")
"""Without their marks these read like "đã", "họ", "chuyển", "nó", "mã" and "thẻ"."""
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


def asks_again(text: str) -> bool:
    """Whether these words do nothing but ask whether a message is true."""
    return _meant(text) == "again"


def says_undone(text: str) -> bool:
    """Whether these words say that nothing was done."""
    return _meant(text) == "undone"


def is_tied(context: Context, text: str, now: datetime) -> bool:
    """Whether these words mean the message that was answered last, and that is not long ago."""
    return asks(text) and is_recent(context, now)


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


def continued(asking: Asking, text: str, verdict: Verdict) -> tuple[str, Verdict] | None:
    """What somebody goes on telling, together with what was warned of a moment ago: alone, "họ nói gửi quà" says
    nothing, and "nothing found" would take the warning back."""
    context = asking.context
    if verdict.level in RISKY or verdict.indicators or verdict.intent is not Intent.CHECK:
        return None
    warned = context.state in _TELLING and context.last_level in {level.value for level in RISKY}
    if not warned or len(text.split()) > MOST_TOLD or not is_recent(context, asking.now):
        return None
    if not _GOES_ON.search(" ".join(fold(text[: MOST_SAID + 1]).split())):
        return None
    whole = f"{context.last_text}\n{text}"
    try:
        joined = asking.judged(whole)
    except Unjudged:  # what was said now could be judged, and is answered
        return None
    return (whole, joined) if joined.level in RISKY and joined.intent is not Intent.EMERGENCY else None


def _beside_first_aid(asking: Asking, meant: str) -> Turn:
    """After a card, all of its steps; whoever has done nothing yet need not go them."""
    if meant == "undone":
        return asking.say_with_help(f"{asking.words.not_done} {asking.words.hold_on}")
    return emergency.tapped(asking, Tap(asking.context.session, "emergency", "steps"))


def _meant(text: str) -> str:
    """What is asked: whether it is so "again", what to "do", "who" it is; or said: it is "undone". Else nothing, and
    so where a deed is told: a "đã chuyển" is no plan, whatever stands around it."""
    said = bare(text[: MOST_SAID + 1])
    if len(text) > MOST_SAID or len(said.split()) > MOST_WORDS:
        return ""
    marked = bare(_NO_DEED.sub(",", unicodedata.normalize("NFC", text).lower()))
    if _ALREADY.search(marked):
        return ""
    for meant, whole in _WHOLE:
        if whole.fullmatch(said):
            return meant
    if _GAVE.search(marked):
        return ""
    of_these = [word for word in said.split() if word not in wording.BESIDE_A_QUESTION]
    if of_these in ([], ["roi"]) and _AGAIN.search(said):
        return "again"
    return "do" if not of_these and _WHAT_TO_DO.search(said) else ""
