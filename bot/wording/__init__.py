"""Every sentence the bot itself says, in Vietnamese and English. Warm, short, honest.

Two promises are kept here: nothing found is never called safe, and nobody is promised that police will act or that
money comes back. People are addressed as "bạn", or not at all where Vietnamese lets the word go: it suits a pupil and a
grandmother alike. Must not decide when a sentence is said.
"""

from __future__ import annotations

from bot.wording.english import EN
from bot.wording.understood import (
    ASKS_AGAIN,
    ASKS_WHAT,
    ASKS_WHAT_NEXT,
    ASKS_WHAT_TO_DO,
    ASKS_WHETHER,
    ASKS_WHETHER_TO,
    ASKS_WHO,
    ASKS_WHO_WE_ARE,
    BESIDE_A_BANK,
    BESIDE_A_QUESTION,
    BESIDE_A_STEP,
    COMMANDS,
    ENGLISH,
    ENGLISH_ONLY,
    GIVES_THANKS,
    GOES_ON_TELLING,
    IS_AFRAID,
    LOSSES,
    MARKED_ALIKE,
    MEANS_COMMAND,
    NO_BEATING,
    NO_CRY_ALONE,
    OWN_LIFE,
    OWN_LIFE_MARKED,
    PLACES,
    PLEA,
    PLEA_WORDS,
    POLICE_WORDS,
    SAYS_AGREE,
    SAYS_ALREADY,
    SAYS_GAVE,
    SAYS_MISTAKEN,
    SAYS_NO,
    SAYS_NO_MORE,
    SAYS_NOT_DONE,
    SAYS_RIGHT,
    SAYS_SEND,
    SAYS_SHARE,
    SAYS_STOP,
    SAYS_WHY,
    SAYS_WILL,
    SAYS_WRONG,
    SAYS_YES,
    STEPS,
    TELLS_OF_OTHERS,
    VIOLENCE,
    WANTS_MONEY_BACK,
    WANTS_PERSON,
    WANTS_POLICE_NUMBER,
    WAS_DECEIVED,
    WISHES_TO_REPORT,
    WISHES_TO_REPORT_ONE,
    WITHOUT_SLASH,
)
from bot.wording.vietnamese import VI
from bot.wording.words import Words

__all__ = [
    "ASKS_AGAIN",
    "ASKS_WHAT",
    "ASKS_WHAT_NEXT",
    "ASKS_WHAT_TO_DO",
    "ASKS_WHETHER",
    "ASKS_WHETHER_TO",
    "ASKS_WHO",
    "ASKS_WHO_WE_ARE",
    "BESIDE_A_BANK",
    "BESIDE_A_QUESTION",
    "BESIDE_A_STEP",
    "COMMANDS",
    "EN",
    "ENGLISH",
    "ENGLISH_ONLY",
    "GIVES_THANKS",
    "GOES_ON_TELLING",
    "IS_AFRAID",
    "LOSSES",
    "MARKED_ALIKE",
    "MEANS_COMMAND",
    "NOTICE",
    "NO_BEATING",
    "NO_CRY_ALONE",
    "OWN_LIFE",
    "OWN_LIFE_MARKED",
    "PLACES",
    "PLEA",
    "PLEA_WORDS",
    "POLICE_WORDS",
    "PRIVATE_ONLY",
    "SAYS_AGREE",
    "SAYS_ALREADY",
    "SAYS_GAVE",
    "SAYS_MISTAKEN",
    "SAYS_NO",
    "SAYS_NOT_DONE",
    "SAYS_NO_MORE",
    "SAYS_RIGHT",
    "SAYS_SEND",
    "SAYS_SHARE",
    "SAYS_STOP",
    "SAYS_WHY",
    "SAYS_WILL",
    "SAYS_WRONG",
    "SAYS_YES",
    "STEPS",
    "TELLS_OF_OTHERS",
    "VI",
    "VIOLENCE",
    "WANTS_MONEY_BACK",
    "WANTS_PERSON",
    "WANTS_POLICE_NUMBER",
    "WAS_DECEIVED",
    "WISHES_TO_REPORT",
    "WISHES_TO_REPORT_ONE",
    "WITHOUT_SLASH",
    "Words",
    "of",
]

PRIVATE_ONLY = frozenset({VI.private_only, EN.private_only})
"""What is said in a group of somebody's own affairs; a channel that knows where to write to us alone adds it."""

NOTICE = "2026-11-24"
"""The version of the notice that citizens agree to before a report; change it with the text of ``report_start``."""


def of(language: str) -> Words:
    """The sentences of a language; Vietnamese where we have no other."""
    return EN if language == "en" else VI
