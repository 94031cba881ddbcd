"""A citizen's own data: what is kept, to see it, to erase it in two steps, to take a consent back.

Nothing is looked up or erased here: the shell does it and adds its answer. Must not know where data lies.
"""

from __future__ import annotations

from dataclasses import replace

from bot import answers
from bot.answers.buttons import named
from bot.events import Tap
from bot.replies import Reply
from bot.states import reporting
from bot.states.asking import Asking
from bot.turn import ConsentWithdrawn, Context, DataAsked, ErasureAsked, StatusAsked, Turn

MOST_CODE = 20


def explain(asking: Asking) -> Turn:
    """The notice: what is kept, why, how long, by whom."""
    return Turn(asking.context, (answers.for_privacy(asking.knowledge.handbook.unit, asking.words),))


def show(asking: Asking) -> Turn:
    """A citizen asks for what is kept about them."""
    return Turn(asking.context, (Reply(asking.words.data_asked),), (DataAsked(),))


def ask_erasure(asking: Asking) -> Turn:
    """First step: say what will be gone."""
    context = replace(asking.context, session=asking.draw())
    buttons = named(asking.words, context.session, "rights", "erase", "keep")
    return Turn(context, (Reply(asking.words.erase_confirm, buttons=buttons),))


def withdraw(asking: Asking) -> Turn:
    """The consent is taken back; an open interview ends."""
    context = replace(reporting.given_up(asking.context), consented="")
    return Turn(context, (Reply(asking.words.consent_withdrawn),), (ConsentWithdrawn(),))


def status(asking: Asking, code: str) -> Turn:
    """How does a report stand? The shell answers."""
    typed = "".join(c for c in code if c.isalnum())[:MOST_CODE].upper()
    if not typed:
        return asking.say(asking.words.status_usage)
    return Turn(asking.context, (), (StatusAsked(typed),))


def tapped(asking: Asking, tap: Tap) -> Turn:
    """Second step: erased, and this conversation begins anew with the chosen language and size; or everything stays."""
    if tap.choice != "erase":
        return asking.say(asking.words.erase_kept)
    old = asking.context
    fresh = Context(
        session=asking.draw(), language=old.language, chosen_language=old.chosen_language, elder=old.elder,
        introduced=True,
    )  # fmt: skip
    return Turn(fresh, (), (ErasureAsked(asking.draw()),))
