"""The buttons under an answer. Must not say anything else."""

from __future__ import annotations

from dataclasses import replace

from bot.replies import Button, Style
from bot.wording import Words
from knowledge.verdict import Level

RISKY = (Level.SCAM, Level.SUSPICIOUS)
_STYLES = {"emergency": Style.DANGER, "report": Style.PRIMARY, "agree": Style.PRIMARY, "erase": Style.DANGER}


def named(words: Words, session: str, state: str, *names: str) -> tuple[Button, ...]:
    """Buttons by their names in the wording."""
    return tuple(Button(words.buttons[n], session, state, n, _STYLES.get(n, Style.PLAIN)) for n in names)


def styled(button: Button) -> Button:
    """A button as it looked when it was shown; a conversation remembers only what it says and means."""
    return replace(button, style=_STYLES.get(button.choice, Style.PLAIN))


def under_answer(session: str, words: Words, level: Level, *, warned: bool = False) -> tuple[Button, ...]:
    """What can be done with an answer; every warning can be passed on, also one beside a calm ``level``."""
    deciding = ("yes", "no") if level is Level.UNKNOWN else ()
    sharing = ("share",) if warned or level in RISKY else ()
    return named(words, session, "checking", *deciding, "emergency", "report", "why", *sharing, "wrong")
