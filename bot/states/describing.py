"""After a report was sent: of what age and from which commune, for the figures alone. Two taps, both may be skipped.

Whatever does not look like an answer is a message to be checked, as ever. Must not know how figures are counted.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers import buttons as below
from bot.events import Tap
from bot.replies import Button, Reply
from bot.states.asking import Asking
from bot.turn import Context, Effect, ReportDescribed, Turn
from bot.wording import PLACES
from knowledge.text import fold

AGES = {"0-17": 17, "18-29": 29, "30-44": 44, "45-59": 59, "60+": 120}
"""The groups, each with its oldest year."""
MOST_WORDS = 5
SAME = "same"
_NAME = re.compile(r"[^\W_]+(?:[ \-'’.][^\W_]+)*")
_ENGLISH = re.compile(r"(?i)(.{2,50}) (ward|commune)")
_KINDS = {"ward": "phường", "commune": "xã"}
_AGE = re.compile(r"(?:toi|minh|em|con|chau|bac|nam nay|i am|i'm)?\s{0,2}(\d{1,3})(?: ?tuoi| years? old)?")


def question(context: Context, asking: Asking) -> tuple[Context, Reply]:
    """The first of the two, to go below a receipt."""
    words = asking.words
    buttons = [Button(words.ages[group], context.session, "describing", group) for group in AGES]
    buttons += below.named(words, context.session, "describing", "skip")
    return replace(context, state="describing", asked="age"), Reply(words.ask_age, buttons=tuple(buttons))


def told(asking: Asking, text: str) -> Turn | None:
    """Typed instead of tapped; None where it is no answer."""
    said = " ".join(text.split())
    if asking.context.asked == "age":
        group = _group_of(fold(said))
        return _aged(asking, group) if group else None
    place = _place(said)
    return _placed(asking, place) if place else None


def tapped(asking: Asking, tap: Tap) -> Turn:
    """An age group, the commune of the subscription, or neither."""
    context = asking.context
    if context.asked == "age" and tap.choice in {*AGES, "skip"}:
        return _aged(asking, tap.choice if tap.choice in AGES else "")
    if context.asked == "commune" and tap.choice == SAME and context.commune:
        return _placed(asking, context.commune)
    if context.asked == "commune" and tap.choice == "skip":
        return _ended(asking, ())
    return asking.say(asking.words.stale)


def _aged(asking: Asking, group: str) -> Turn:
    context, words = replace(asking.context, asked="commune"), asking.words
    own = (Button(context.commune, context.session, "describing", SAME),) if context.commune else ()
    buttons = (*own, *below.named(words, context.session, "describing", "skip"))
    effects = (ReportDescribed(context.receipt, age_group=group),) if group else ()
    return Turn(context, (Reply(words.ask_commune, buttons=buttons),), effects)


def _placed(asking: Asking, place: str) -> Turn:
    return _ended(asking, (ReportDescribed(asking.context.receipt, commune=place),))


def _ended(asking: Asking, effects: tuple[Effect, ...]) -> Turn:
    context = replace(asking.context, state="checking", asked="", receipt="", offered=())
    return Turn(context, (Reply(asking.words.described),), effects)


def _group_of(said: str) -> str:
    found = _AGE.fullmatch(said.strip(" .!"))
    age = int(found.group(1)) if found else 0
    return next((group for group, oldest in AGES.items() if 5 <= age <= oldest), "")


def _place(said: str) -> str:
    """A commune as it is written on paper, "xã Tam Anh", however it was typed. Without the word for what it is, a name
    cannot be told from a "cảm ơn": empty then, as for everything else."""
    name = said.strip(" .,;!")
    if english := _ENGLISH.fullmatch(name):
        name = f"{_KINDS[english.group(2).lower()]} {english.group(1)}"
    kind = next((place for place in PLACES if fold(name).startswith(f"{place} ")), "")
    words = name.split()
    if not kind or not len(kind.split()) < len(words) <= MOST_WORDS + 2 or not _NAME.fullmatch(name):
        return ""
    count = len(kind.split())
    return " ".join(
        [*(word.lower() for word in words[:count]), *(w[:1].upper() + w[1:].lower() for w in words[count:])]
    )
