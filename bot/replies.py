"""What we can say, whatever the channel: text with marked ranges, buttons. Must not know any messenger's format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.verdict import Level


class Style(StrEnum):
    """How a button looks where the channel can show it."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A choice. ``session``, ``state`` and ``choice`` come back as ``events.Tap``."""

    label: str
    session: str
    state: str
    choice: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the citizen's own text to highlight, with the sign that it shows."""

    start: int
    end: int
    sign: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One bubble. ``level`` colours it; ``marks`` point into ``quoted``, the citizen's own words, where a channel that
    can (the web page) shows them again highlighted. ``card`` is the key of a picture, drawn from
    ``answers.card_for``, that can go with the words. ``language`` is that of whatever a channel adds of its own;
    ``large`` asks for large letters where a channel has any."""

    text: str
    level: Level | None = None
    buttons: tuple[Button, ...] = ()
    quoted: str = ""
    marks: tuple[Mark, ...] = ()
    card: str = ""
    language: str = "vi"
    large: bool = False


_NUMBER = re.compile(r"(?:số|so|chọn|chon|no\.?|number)?\s*[#(]?(\d{1,2})[).,:]?", re.IGNORECASE)


def choice_of(text: str, buttons: Sequence[Button]) -> Button | None:
    """The button that a citizen means who typed its number or its words, where a channel shows choices as numbers."""
    said = unicodedata.normalize("NFKC", text.replace("\ufe0f\u20e3", "")).strip()
    number = _NUMBER.fullmatch(said)
    if number and 1 <= int(number.group(1)) <= len(buttons):
        return buttons[int(number.group(1)) - 1]
    return next((b for b in buttons if _bare(b.label) == _bare(said)), None) if _bare(said) else None


def gathered(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """The same replies with every choice under the last one that has any, that one's own first: where choices are
    numbers, a number must mean one thing. ``Context.offered`` counts them in the same order."""
    asking = [at for at, reply in enumerate(replies) if reply.buttons]
    if len(asking) < 2:
        return tuple(replies)
    last = asking[-1]
    choices = tuple(button for at in reversed(asking) for button in replies[at].buttons)
    return tuple(replace(reply, buttons=choices if at == last else ()) for at, reply in enumerate(replies))


def _bare(label: str) -> str:
    """The letters and digits of a label, whatever signs stand around them."""
    return " ".join("".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", label).casefold()).split())
