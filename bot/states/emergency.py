"""Something has happened: the golden-hour card first, everything else after.

Reached in one step from anywhere, and must work when judging does not: it needs the handbook alone, and has words of
its own for when that fails too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot import answers, wording
from bot.answers.buttons import named
from bot.events import Tap
from bot.replies import Reply
from bot.states import reporting
from bot.states.asking import Asking, is_recent
from bot.turn import HelpNeeded, JudgeFailed, Turn
from knowledge.catalogue import Situation
from knowledge.text import bare, fold
from knowledge.verdict import Level

MOST_SEARCHED = 2000
FEW_WORDS = 9
MOST_MEANT = 80
_ASKS_FOR_BANK = re.compile(r"^(?:cho (?:hoi|xin) |xin )?(?:khoa|so|sdt|tong dai|duong day nong|hotline|goi|lock) ")
_BANK_ACTS = re.compile(r"\bngan hang (?:goi|khoa)\b(?!.*\b(?:so|dau|nao|may)\b)|\bso the\b")
"""A bank that calls may be a false one, and whoever "gave the card's number" has lost something."""
_HANDLE = re.compile(r"[@/]")
_STEP = re.compile(rf"\b(?:{wording.STEPS})\b")
_IS_OVER = re.compile(rf"\b(?:roi|xong)\b|\bda (?:{wording.STEPS})\b")
_MISTAKEN, _NOT_DONE = re.compile(wording.SAYS_MISTAKEN), re.compile(wording.SAYS_NOT_DONE)
_LOSSES = tuple((situation, re.compile(pattern)) for situation, pattern in wording.LOSSES)


def menu(asking: Asking) -> Turn:
    """What has happened? One tap a situation. A card that was shown just before stays the one that is meant."""
    before = asking.context
    shown = before.state == "emergency" and is_recent(before, asking.now)
    context = replace(
        before,
        session=asking.draw(),
        state="emergency",
        situation=before.situation if shown else "",
        answered_at=asking.now.isoformat(),
    )
    return Turn(context, (answers.for_menu(asking.words, context.session),))


def card(asking: Asking, situation: Situation, text: str) -> Turn:
    """The card of a situation, with the bank's line where the citizen named a bank."""
    answered_at = asking.now.isoformat()
    context = replace(asking.context, state="emergency", situation=situation.value, answered_at=answered_at)
    needed = HelpNeeded(situation.value, text, context.last_methods)
    return Turn(context, (_first_aid(asking, situation, text),), (needed,))


def bank(asking: Asking, text: str) -> Turn | None:
    """Where to call to lock an account, for whoever names the bank after a card or asks for its number. Beside its name
    only words of a closed list: any other may tell of something new."""
    said = " ".join(fold(text[:MOST_SEARCHED]).split())
    asked_which = asking.context.state == "emergency" and is_recent(asking.context, asking.now)
    if len(said.split()) > FEW_WORDS or not (asked_which or _ASKS_FOR_BANK.match(said)):
        return None
    beside = _about_banks(asking, text)
    is_news = _BANK_ACTS.search(beside) or _HANDLE.search(text) or any(pattern.search(said) for _, pattern in _LOSSES)
    if is_news or any(word not in wording.BESIDE_A_BANK for word in beside.split()):
        return None
    found = asking.knowledge.handbook.bank_named(said, asking.today)
    if found is None:
        return None
    return asking.say_with_help(answers.for_bank(found, asking.words))


def stepped(asking: Asking, text: str) -> Turn | None:
    """What is left to do, for whoever says that a step of the card is done: told as a deed, it would be a new loss."""
    context = asking.context
    if context.state != "emergency" or not context.situation or not is_recent(context, asking.now):
        return None
    said = _about_banks(asking, text)
    beside, steps = _STEP.subn("", said)
    is_over = _IS_OVER.search(said)
    if not steps or not is_over or any(word not in wording.BESIDE_A_STEP for word in beside.split()):
        return None
    left = tapped(asking, Tap(context.session, "emergency", "steps"))
    return replace(left, replies=(Reply(asking.words.step_done), *left.replies))


def _about_banks(asking: Asking, text: str) -> str:
    """The words without marks, any bank being "ngan hang"; a "dạ" is left out, for without its mark it is "đã"."""
    said = re.sub(r"\bdạ\b", " ", unicodedata.normalize("NFC", text[:MOST_SEARCHED]).lower())
    return asking.knowledge.handbook.with_banks_as("ngan hang", said)


def _first_aid(asking: Asking, situation: Situation, text: str) -> Reply:
    words, session = asking.words, asking.context.session
    try:
        handbook = asking.knowledge.handbook
        advice = handbook.advice_for(asking.method, situation, asking.today)
        bank = handbook.bank_named(text[:MOST_SEARCHED], asking.today)
        worded = answers.for_elder_emergency if asking.context.elder else answers.for_emergency
        return worded(advice, bank, session, asking.context.language)
    except Exception:  # a broken handbook or catalogue must not leave anybody without the three first steps
        return Reply(words.emergency_fallback, Level.SCAM, named(words, session, "emergency", "report"))


def rescue(asking: Asking, text: str, broken: Exception) -> Turn | None:
    """First aid without a judge, where plain words say that something has happened; otherwise nothing."""
    situation = guessed(text)
    if situation is None:
        return None
    context = replace(
        asking.context,
        session=asking.draw(),
        last_text=text[:5000],
        last_level="",
        last_methods=(),
        card="",
        answers={},
        asked="",
        read=False,
        pictures=(),
    )
    turn = card(replace(asking, context=context), situation, text)
    return replace(turn, effects=(*turn.effects, JudgeFailed(type(broken).__name__)))


def guessed(text: str) -> Situation | None:
    """What plain words say has happened. Rough: only for when the judge is not there."""
    said = " ".join(fold(text[:MOST_SEARCHED]).split())
    return next((situation for situation, pattern in _LOSSES if pattern.search(said)), None)


def meant(text: str) -> str:
    """What plain words say of a card: that it was given "right", or by mistake and "wrong"; empty for anything else."""
    said = "" if "?" in text else _plain(text)
    if said in wording.SAYS_RIGHT:
        return "right"
    return "wrong" if said in wording.SAYS_WRONG or _MISTAKEN.fullmatch(said) else ""


def doubted(asking: Asking, text: str, after: Turn) -> Turn:
    """The turn, recorded as a false alarm where somebody says to a card that they have done nothing."""
    if not _has_card(asking) or not _NOT_DONE.fullmatch(_plain(text)):
        return after
    return replace(after, effects=(*after.effects, asking.feedback(right=False)))


def _plain(text: str) -> str:
    """The words of a short text; of a longer one nothing is meant here."""
    return bare(text) if len(text) <= MOST_MEANT else ""


def _has_card(asking: Asking) -> bool:
    return asking.context.state == "emergency" and bool(asking.context.situation)


def _judged(asking: Asking, *, right: bool) -> Turn:
    """The citizen says whether the card was for them. Of a false alarm nothing is kept that a report would tell."""
    given, words = asking.feedback(right=right), asking.words
    if right:
        return replace(asking.say_with_help(words.thanks_right), effects=(given,))
    context = replace(asking.context, state="checking", situation="", answered_at="")
    red = named(words, context.session, "checking", "emergency")
    return Turn(context, (Reply(words.misheard, buttons=red),), (given,))


def tapped(asking: Asking, tap: Tap) -> Turn:
    """A situation was chosen, or more was asked for."""
    context = asking.context
    if tap.choice in {s.value for s in Situation}:
        return card(asking, Situation(tap.choice), context.last_text)
    if tap.choice == "report":
        return reporting.begin(asking)
    if tap.choice in {"wrong", "right"} and _has_card(asking):
        return _judged(asking, right=tap.choice == "right")
    if tap.choice == "steps" and context.situation:
        advice = asking.knowledge.handbook.advice_for(asking.method, Situation(context.situation), asking.today)
        return Turn(context, answers.for_steps(advice, asking.words))
    return menu(asking)
