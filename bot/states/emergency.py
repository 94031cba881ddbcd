"""Something has happened: the golden-hour card first, everything else after.

Reached in one step from anywhere, and must work when judging does not: it needs the handbook alone.
"""

from __future__ import annotations

from dataclasses import replace

from bot import answers
from bot.events import Tap
from bot.replies import Button, Reply, Style
from bot.states import reporting
from bot.states.asking import Asking
from bot.turn import HelpNeeded, Turn
from knowledge.catalogue import Situation

ASKED = (
    Situation.PAID, Situation.DISCLOSED, Situation.INSTALLED, Situation.CLICKED, Situation.ACCOUNT_LOST,
    Situation.SIM_LOST, Situation.BLACKMAILED, Situation.ISOLATED,
)  # fmt: skip


def menu(asking: Asking) -> Turn:
    """What has happened? One tap a situation."""
    words = asking.words
    context = replace(asking.context, session=asking.draw(), state="emergency")
    buttons = tuple(
        Button(
            words.situations[s],
            context.session,
            "emergency",
            s.value,
            Style.DANGER if s is Situation.PAID else Style.PLAIN,
        )
        for s in ASKED
    )
    return Turn(context, (Reply(words.emergency_menu, buttons=buttons),))


def card(asking: Asking, situation: Situation, text: str) -> Turn:
    """The card of a situation, with the bank's line where the citizen named a bank."""
    handbook, context = asking.knowledge.handbook, asking.context
    advice = handbook.advice_for(asking.method, situation, asking.today)
    reply = answers.for_emergency(advice, handbook, text, context.session, context.language, asking.today)
    needed = HelpNeeded(situation.value, text, context.last_methods)
    return Turn(replace(context, state="emergency", situation=situation.value), (reply,), (needed,))


def tapped(asking: Asking, tap: Tap) -> Turn:
    """A situation was chosen, or more was asked for."""
    if tap.choice in {s.value for s in Situation}:
        return card(asking, Situation(tap.choice), asking.context.last_text)
    if tap.choice == "report":
        return reporting.begin(asking)
    if tap.choice == "steps" and asking.context.situation:
        advice = asking.knowledge.handbook.advice_for(asking.method, Situation(asking.context.situation), asking.today)
        return Turn(asking.context, (answers.for_steps(advice, asking.words),))
    return menu(asking)
