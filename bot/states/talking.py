"""What is said to us rather than sent to us: pleas, fear, thanks, a wish for the police's number or for a person.

Read before a verdict is worded, for none of it is a message to check. Must not judge anything itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot import answers, wording
from bot.answers.buttons import RISKY
from bot.states import emergency, referring
from bot.states.asking import Asking, is_recent
from bot.turn import Turn
from knowledge.text import bare
from knowledge.verdict import Intent, Level, Verdict

MOST_SAID = 160
MOST_WORDS = 12
_ASKS_WHAT = re.compile(wording.ASKS_WHAT)
_AFRAID, _THANKS = re.compile(wording.IS_AFRAID), re.compile(wording.GIVES_THANKS)
_WANTS_NUMBER, _WANTS_PERSON = re.compile(wording.WANTS_POLICE_NUMBER), re.compile(wording.WANTS_PERSON)
_WHO_WE_ARE = re.compile(wording.ASKS_WHO_WE_ARE)
_WANTS_MONEY_BACK = re.compile(wording.WANTS_MONEY_BACK)
_TELLS_OF_OTHERS, _DECEIVED = re.compile(wording.TELLS_OF_OTHERS), re.compile(wording.WAS_DECEIVED)
_PLEA = re.compile(wording.PLEA)
_NO_FEAR = re.compile(r"\b(?:số|lỡ)\b")
"""Without their marks these read like "sợ" and "lo"."""


def asked(before: Asking, text: str, verdict: Verdict) -> Turn | None:
    """The answer to a few own words about a message, where there is none before them. Fear and haste sound like a loss:
    of words that only ask, or say that nothing was done, none is told, whatever a judge makes of them."""
    if not referring.asks(text):
        return None
    asking = replace(before, context=replace(before.context, language=before.language_for(text, verdict)))
    words = asking.words
    if wished := _wished(asking, _said(text)):
        return wished
    done_nothing = f"{words.not_done} " if referring.says_undone(text) else ""
    return asking.say_with_help(f"{done_nothing}{words.which_message}")


def heard(before: Asking, text: str, verdict: Verdict, *, own: bool) -> Turn | None:
    """The answer to a few words to us; None where there may be something to check. ``before`` is the conversation
    without them: what was asked about, and the choices below it, stay as they were. They are not the citizen's ``own``
    where they were forwarded."""
    asking = replace(before, context=replace(before.context, language=before.language_for(text, verdict)))
    said = _said(text)
    if len(said.split()) <= MOST_WORDS and not _may_be_a_scam(verdict):
        if turn := _wished(asking, said):
            return turn
        if referring.asks(text):
            return asking.say_with_help(asking.words.which_message)
        if _is_a_cry(verdict, text):
            return asking.say_with_help(asking.words.comfort)
    if verdict.intent is Intent.SMALLTALK and _THANKS.search(said):
        return asking.say_with_help(asking.words.thanks)
    if own and _is_beside_first_aid(asking, text, verdict):
        has_card = bool(asking.context.situation)
        return asking.say_with_help(asking.words.still_here) if has_card else emergency.menu(asking)
    return asking.say_with_help(asking.words.small_talk) if verdict.intent is Intent.SMALLTALK else None


def _is_beside_first_aid(asking: Asking, text: str, verdict: Verdict) -> bool:
    """Whether somebody goes on telling after a card: "nó đang gọi lại" is no message, and "nothing found" no answer."""
    if asking.context.state != "emergency" or not is_recent(asking.context, asking.now):
        return False
    asks_about_one = _ASKS_WHAT.search(_said(text)) and asking.knowledge.named_in(text)
    if _may_be_a_scam(verdict) or verdict.intent is Intent.REPORT or asks_about_one:
        return False
    return len(text.split()) <= MOST_WORDS and len(text) <= MOST_SAID


def _wished(asking: Asking, said: str) -> Turn | None:
    words = asking.words
    if _WHO_WE_ARE.search(said):
        unit = asking.knowledge.handbook.unit
        days = unit.retention_days["conversations"]
        return asking.say_with_help(words.introduction.format(parent=unit.parent, days=days))
    if _WANTS_MONEY_BACK.search(said):
        return asking.say_with_help(words.money_back)
    if not _TELLS_OF_OTHERS.search(said):
        if _WANTS_PERSON.search(said):
            return _police(asking, words.no_person)
        if _is_of(said, wording.POLICE_WORDS) and _WANTS_NUMBER.search(said):
            return _police(asking)
    if _DECEIVED.fullmatch(said):
        return emergency.menu(asking)
    if _is_of(said, wording.PLEA_WORDS) and _PLEA.search(said):
        return asking.say_with_help(words.plea)
    return None


def _police(asking: Asking, *before: str) -> Turn:
    said = answers.for_police(asking.knowledge.handbook.unit, asking.words)
    return asking.say_with_help("\n".join((*before, said)))


def _is_a_cry(verdict: Verdict, text: str) -> bool:
    """Fear, and nothing told that could be asked about."""
    unclear = verdict.level is Level.UNKNOWN and verdict.methods
    return not unclear and bool(_AFRAID.search(_said(_NO_FEAR.sub(",", _composed(text)))))


def _may_be_a_scam(verdict: Verdict) -> bool:
    """Whether there is more in it than words to us: then it is answered as what it is."""
    return verdict.level in RISKY or bool(verdict.indicators) or verdict.intent is Intent.EMERGENCY


def _is_of(said: str, words: frozenset[str]) -> bool:
    return all(word in words for word in said.split())


def _said(text: str) -> str:
    """The words without marks and signs."""
    return bare(text[:MOST_SAID])


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text[:MOST_SAID]).lower()
