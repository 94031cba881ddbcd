"""A text is judged and answered; the buttons under the answer explain, share, correct, or decide an open question.

Must not word anything (``answers`` does) nor know any channel.
"""

from __future__ import annotations

import time
from dataclasses import replace

from bot import answers
from bot.events import Tap
from bot.replies import Reply
from bot.states import emergency, reporting, welcome
from bot.states.asking import Asking
from bot.turn import CheckMade, Context, FeedbackGiven, Turn
from knowledge.verdict import Intent, Level, Verdict


def check(asking: Asking, text: str) -> Turn:
    """Judge a text and answer it; what has already happened to the citizen goes first."""
    if not text.strip():
        return asking.say(asking.words.empty)
    began = time.perf_counter()
    verdict = asking.knowledge.judge.match(text)
    made = CheckMade(text, verdict, (time.perf_counter() - began) * 1000)
    asking = replace(asking, context=_remembered(asking, text, verdict))
    if verdict.intent is Intent.EMERGENCY and verdict.situation:
        turn = emergency.card(asking, verdict.situation, text)
    elif verdict.intent is Intent.SMALLTALK:
        turn = welcome.chat(asking)
    elif verdict.intent is Intent.REPORT and verdict.level is Level.NONE:
        turn = reporting.begin(asking)
    else:
        turn = Turn(
            asking.context,
            answers.for_verdict(
                verdict, asking.knowledge.judge, asking.knowledge.handbook, text, asking.context.session, asking.today
            ),
        )
    return replace(turn, effects=(made, *turn.effects))


def _remembered(asking: Asking, text: str, verdict: Verdict) -> Context:
    return replace(
        asking.context,
        session=asking.draw(),
        state="checking",
        language=verdict.language,
        last_text=text[:5000],
        last_level=verdict.level.value,
        last_methods=tuple(c.slug for c in verdict.methods),
        situation=verdict.situation.value if verdict.situation else "",
        answers={},
        asked="",
    )


def tapped(asking: Asking, tap: Tap) -> Turn:
    """A button under an answer."""
    if tap.choice == "emergency":
        return emergency.menu(asking)
    if tap.choice == "report":
        return reporting.begin(asking)
    if tap.choice == "share":
        method = asking.method
        if method is None:
            return asking.say(asking.words.nothing_to_report)
        return Turn(
            asking.context,
            (answers.for_sharing(method, asking.knowledge.handbook, asking.context.language, asking.today),),
        )
    if tap.choice in {"wrong", "right"}:
        return _feedback(asking, right=tap.choice == "right")
    if not asking.context.last_text:
        return asking.say(asking.words.stale)
    verdict = asking.knowledge.judge.match(asking.context.last_text)
    if tap.choice == "why":
        return Turn(
            asking.context, (answers.for_why(verdict, asking.knowledge.judge, asking.knowledge.handbook, asking.today),)
        )
    if tap.choice in {"yes", "no"}:
        return _decided(asking, verdict, yes=tap.choice == "yes")
    return asking.say(asking.words.stale)


def _feedback(asking: Asking, *, right: bool) -> Turn:
    context = asking.context
    given = FeedbackGiven(right, context.last_text, context.last_level, context.last_methods)
    text = asking.words.thanks_right if right else asking.words.thanks_wrong
    return Turn(context, (Reply(text),), (given,))


def _decided(asking: Asking, verdict: Verdict, *, yes: bool) -> Turn:
    """The citizen answered the one deciding question."""
    judge = asking.knowledge.judge
    ranked = tuple(judge.rank(judge.signs(asking.context.last_text))[:5])
    level = Level.SUSPICIOUS if yes else Level.NONE
    settled = replace(verdict, level=level, methods=ranked if yes else (), question=None)
    context = replace(asking.context, last_level=level.value, last_methods=tuple(c.slug for c in settled.methods))
    replies = answers.for_verdict(
        settled, judge, asking.knowledge.handbook, context.last_text, context.session, asking.today
    )
    return Turn(context, replies, (CheckMade(context.last_text, settled, 0.0),))
