"""The questions of a report: one at a time, each may be skipped, gone back to, and changed before anything is sent.

Secrets that a citizen types by mistake are masked before anything is kept. Must not begin, send or give up a report.
"""

from __future__ import annotations

from dataclasses import replace

from bot import answers
from bot.answers.buttons import named
from bot.answers.reports import MOST_STORY
from bot.replies import Button, Reply
from bot.states.asking import Asking
from bot.turn import Context, Turn
from knowledge.catalogue import Ask, Situation

MOST_QUESTIONS = 6
MOST_ANSWER = 500
FIX = "fix-"
FILES = "files"
_SECRETS = {Ask.OTP, Ask.PASSWORD, Ask.ID_PHOTO, Ask.CARD, Ask.FACE}
_LOST = {Situation.PAID.value, Situation.INSTALLED.value, Situation.BLACKMAILED.value}
_GAVE = {Situation.DISCLOSED.value, Situation.INSTALLED.value, Situation.CLICKED.value}


def questions(asking: Asking) -> list[str]:
    """Which questions fit: the story where there is no message, account and sum where money is asked for or gone."""
    method, context = asking.method, asking.context
    asks = set(method.signals.asks) if method else set(Ask)
    story = not context.last_text or "story" in context.answers
    money = context.situation in _LOST or bool(asks & {Ask.TRANSFER, Ask.CASH})
    given = context.situation in _GAVE or bool(asks & _SECRETS)
    fitting = {
        "story": story, "who": True, "number": True, "account": money, "amount": money, "when": True, "given": given,
    }  # fmt: skip
    asked = [name for name, fits in fitting.items() if fits]
    return [name for at, name in enumerate(asked) if at < MOST_QUESTIONS or name in context.answers]


def ask_next(asking: Asking, *before: str) -> Turn:
    """The first question that is still open, or the summary."""
    left = [name for name in questions(asking) if name not in asking.context.answers]
    return _ask(asking, left[0], *before) if left else summary(asking)


def _ask(asking: Asking, name: str, *before: str) -> Turn:
    context, words = asking.context, asking.words
    names = questions(asking)
    at = names.index(name)
    text = words.report_progress.format(number=at + 1, total=len(names), question=words.report_questions[name])
    choices = ["skip", "send", "cancel"]
    if told := context.answers.get(name):
        text = f"{text}\n{words.report_so_far.format(answer=answers.recited(told))}"
        choices.insert(0, "stay")
    if at > 0:
        choices.append("back")
    texts = [Reply(said) for said in before]
    return Turn(replace(context, asked=name), (*texts, Reply(text, buttons=_buttons(asking, *choices))))


def summary(asking: Asking) -> Turn:
    """What would be sent, to be confirmed or changed."""
    context = replace(asking.context, asked="")
    text = answers.for_summary(context.last_text, context.answers, len(context.files), asking.words)
    return Turn(context, (Reply(text, buttons=_buttons(asking, "send", "change", "cancel")),))


def answered(asking: Asking, text: str) -> Turn:
    """The citizen wrote an answer to the open question, or something more below the summary."""
    context = asking.context
    return ask_next(replace(asking, context=noted(context, text))) if context.asked else _added(asking, text)


def _added(asking: Asking, text: str) -> Turn:
    """What is written below the summary belongs to the story, and is shown with it."""
    context, words = asking.context, asking.words
    story = "\n".join(part for part in (context.answers.get("story", ""), answers.masked(text).strip()) if part)
    if len(story) > MOST_STORY:
        return _preceded(words.report_no_room, summary(asking))
    context = replace(context, answers=context.answers | {"story": story})
    return _preceded(words.report_added, summary(replace(asking, context=context)))


def _preceded(said: str, turn: Turn) -> Turn:
    return replace(turn, replies=(Reply(said), *turn.replies))


def noted(context: Context, text: str) -> Context:
    """The context with an answer to the open question, secrets hidden."""
    if not context.asked or not context.agreed:
        return context
    kept = answers.masked(text, codes_alone=context.asked == "given").strip()[:MOST_ANSWER]
    return replace(context, answers=context.answers | {context.asked: kept}, asked="")


def moved(asking: Asking, choice: str) -> Turn:
    """A button of the interview that is about one question."""
    context = asking.context
    if choice == "back":
        return _back(asking)
    if choice == "change":
        return _which(asking)
    if choice.startswith(FIX):
        return _fix(asking, choice.removeprefix(FIX))
    if choice == "skip" and context.asked:
        return ask_next(replace(asking, context=replace(context, answers=context.answers | {context.asked: ""})))
    return ask_next(replace(asking, context=replace(context, asked="")))


def _back(asking: Asking) -> Turn:
    """The question before the open one, with what was answered to it; before a summary, the last one."""
    names = questions(asking)
    asked = asking.context.asked
    at = names.index(asked) if asked in names else len(names)
    return _ask(asking, names[max(0, at - 1)])


def _which(asking: Asking) -> Turn:
    """One button an answer."""
    context, words = asking.context, asking.words
    names = [name for name in questions(asking) if name in context.answers] + ([FILES] if context.files else [])
    buttons = tuple(Button(words.report_fields[name], context.session, "reporting", FIX + name) for name in names)
    if not buttons:
        return ask_next(asking)
    return Turn(context, (Reply(words.report_which, buttons=buttons),))


def _fix(asking: Asking, name: str) -> Turn:
    if name == FILES:
        return summary(replace(asking, context=replace(asking.context, files=())))
    return _ask(asking, name) if name in questions(asking) else summary(asking)


def _buttons(asking: Asking, *names: str) -> tuple[Button, ...]:
    return named(asking.words, asking.context.session, "reporting", *names)
