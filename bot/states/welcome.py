"""The first words, and small talk. Must not judge anything."""

from __future__ import annotations

from bot.replies import Button, Reply, Style
from bot.states.asking import Asking
from bot.turn import Turn


def greet(asking: Asking) -> Turn:
    """Who we are, what we do, what not to send."""
    words, context = asking.words, asking.context
    text = words.welcome.format(unit=asking.knowledge.handbook.unit.name)
    button = Button(words.buttons["emergency"], context.session, "checking", "emergency", Style.DANGER)
    return Turn(context, (Reply(text, buttons=(button,)),))


def chat(asking: Asking) -> Turn:
    """Small talk is answered with what we can do."""
    return asking.say(asking.words.small_talk)
