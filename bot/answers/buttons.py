"""The buttons under an answer. Must not say anything else."""

from __future__ import annotations

from dataclasses import replace

from bot.replies import Button, Style
from bot.wording import Words
from knowledge.catalogue import Method
from knowledge.verdict import Level

_STYLES = {"emergency": Style.DANGER, "report": Style.PRIMARY, "agree": Style.PRIMARY, "erase": Style.DANGER}


def named(words: Words, session: str, state: str, *names: str) -> tuple[Button, ...]:
    """Buttons by their names in the wording."""
    return tuple(Button(words.buttons[n], session, state, n, _STYLES.get(n, Style.PLAIN)) for n in names)


def styled(button: Button) -> Button:
    """A button as it looked when it was shown; a conversation remembers only what it says and means."""
    return replace(button, style=_STYLES.get(button.choice, Style.PLAIN))


def under_answer(session: str, words: Words, level: Level, method: Method | None = None) -> tuple[Button, ...]:
    """What can be done with an answer; a warning of a known method can be passed on."""
    deciding = ("yes", "no") if level is Level.UNKNOWN else ()
    sharing = ("share",) if method else ()
    return named(words, session, "checking", *deciding, "emergency", "report", "why", *sharing, "wrong")
