"""What we can say, whatever the channel: text with marked ranges, buttons, cards. Must not know any messenger's format."""

from __future__ import annotations

from dataclasses import dataclass
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
    can (the web page) shows them again highlighted."""

    text: str
    level: Level | None = None
    buttons: tuple[Button, ...] = ()
    quoted: str = ""
    marks: tuple[Mark, ...] = ()
