"""A report to the department: consent, a few skippable questions, a summary to confirm, a receipt code, a draft.

Secrets that a citizen types by mistake are masked before anything is kept. Must not promise what becomes of a report.
"""

from __future__ import annotations

from dataclasses import replace

from bot import answers, wording
from bot.answers.buttons import named
from bot.events import Media, Tap
from bot.replies import Button, Reply
from bot.states.asking import Asking
from bot.turn import ConsentGiven, Context, Effect, ReportFiled, Turn
from knowledge.catalogue import Ask, Situation
from knowledge.verdict import Verdict

MOST_QUESTIONS = 6
MOST_ANSWER = 500
MOST_FILES = 10
_SECRETS = {Ask.OTP, Ask.PASSWORD, Ask.ID_PHOTO, Ask.CARD, Ask.FACE}
_LOST = {Situation.PAID.value, Situation.INSTALLED.value, Situation.BLACKMAILED.value}
_GAVE = {Situation.DISCLOSED.value, Situation.INSTALLED.value, Situation.CLICKED.value}


def wished(asking: Asking, text: str, verdict: Verdict) -> Turn:
    """Somebody writes that they want to report: what they asked about before, or what they name now."""
    if verdict.indicators or not asking.context.last_text:
        kept = text[:5000] if verdict.indicators else ""
        context = replace(
            asking.context, last_text=kept, last_level="", last_methods=(), situation="", answers={}, files=()
        )
        asking = replace(asking, context=context)
    language = asking.context.chosen_language or verdict.language
    return begin(replace(asking, context=replace(asking.context, language=language)))


def begin(asking: Asking) -> Turn:
    """Say where it goes and what is kept; ask for consent, or go on where the citizen has agreed before."""
    resumed = asking.context.agreed and bool(asking.context.answers)
    context = replace(
        asking.context,
        session=asking.draw(),
        state="reporting",
        answers=asking.context.answers if resumed else {},
        asked="",
        agreed=resumed or asking.context.consented == wording.NOTICE,
    )
    asking = replace(asking, context=context)
    if resumed:
        return _next(asking)
    notice = answers.for_notice(asking.knowledge.handbook, asking.words)
    if context.agreed:
        return _next(asking, notice)
    names = ("agree", "send", "cancel") if _has_anything(context) else ("agree", "cancel")
    return Turn(context, (Reply(notice, buttons=_buttons(asking, *names)),))


def _has_anything(context: Context) -> bool:
    return bool(context.last_text or context.situation or any(context.answers.values()) or context.files)


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
    return [name for name, fits in fitting.items() if fits][:MOST_QUESTIONS]


def _next(asking: Asking, *before: str) -> Turn:
    context, words = asking.context, asking.words
    names = questions(asking)
    left = [name for name in names if name not in context.answers]
    if not left:
        return summary(asking)
    asked = replace(context, asked=left[0])
    text = words.report_progress.format(
        number=names.index(left[0]) + 1, total=len(names), question=words.report_questions[left[0]]
    )
    texts = [Reply(said) for said in before]
    return Turn(asked, (*texts, Reply(text, buttons=_buttons(asking, "skip", "send", "cancel"))))


def summary(asking: Asking) -> Turn:
    """What would be sent, to be confirmed."""
    context = replace(asking.context, asked="")
    text = answers.for_summary(context.last_text, context.answers, len(context.files), asking.words)
    return Turn(context, (Reply(text, buttons=_buttons(asking, "send", "cancel")),))


def _buttons(asking: Asking, *names: str) -> tuple[Button, ...]:
    return named(asking.words, asking.context.session, "reporting", *names)


def answered(asking: Asking, text: str) -> Turn:
    """The citizen wrote an answer to the open question; before they agreed, nothing is taken for one."""
    context = asking.context
    if not context.agreed:
        return begin(asking)
    return _next(replace(asking, context=noted(context, text))) if context.asked else summary(asking)


def noted(context: Context, text: str) -> Context:
    """The context with an answer to the open question, secrets hidden."""
    if not context.asked or not context.agreed:
        return context
    kept = answers.masked(text, codes_alone=context.asked == "given").strip()[:MOST_ANSWER]
    return replace(context, answers=context.answers | {context.asked: kept}, asked="")


def attached(asking: Asking, media: Media) -> Turn:
    """A picture or file goes with the report, by the channel's reference; nothing of it is opened here."""
    context = asking.context
    if not context.agreed:
        return begin(asking)
    sent = tuple(reference for reference in (media.reference, *media.more) if reference)
    kept = replace(context, files=(*context.files, *sent)[:MOST_FILES])
    asking = replace(asking, context=kept)
    turn = _next(asking) if context.asked else summary(asking)
    return replace(turn, replies=(Reply(asking.words.report_attached), *turn.replies))


def tapped(asking: Asking, tap: Tap) -> Turn:
    """Agree, skip, send or cancel."""
    context = asking.context
    if tap.choice == "cancel":
        return cancelled(asking)
    if tap.choice == "send" and _has_anything(context):
        return _filed(asking)
    if tap.choice in {"agree", "send"} and not context.agreed:
        agreed = replace(context, agreed=True, consented=wording.NOTICE)
        return replace(_next(replace(asking, context=agreed)), effects=(ConsentGiven(wording.NOTICE),))
    if not context.agreed:
        return begin(asking)
    if tap.choice == "send":
        return asking.say(asking.words.nothing_to_report)
    if tap.choice == "skip" and context.asked:
        return _next(replace(asking, context=replace(context, answers=context.answers | {context.asked: ""})))
    return _next(asking)


def cancelled(asking: Asking) -> Turn:
    """Nothing is sent, and the answers are forgotten."""
    context = replace(asking.context, state="checking", answers={}, asked="", files=(), agreed=False)
    return Turn(context, (Reply(asking.words.report_cancelled),))


def _filed(asking: Asking) -> Turn:
    context, words = asking.context, asking.words
    code = asking.draw()
    told = {question: answer for question, answer in context.answers.items() if answer}
    filed = ReportFiled(
        code=code,
        text=context.last_text,
        level=context.last_level,
        methods=context.last_methods,
        situation=context.situation,
        answers=told,
        files=context.files,
    )
    effects: tuple[Effect, ...] = (filed,) if context.agreed else (ConsentGiven(wording.NOTICE), filed)
    receipt = Reply(words.report_filed.format(code=code, formal=words.not_a_denunciation))
    paper = answers.for_paper(code, context.last_text, told, context.situation, asking.method, words)
    network = answers.for_5656(asking.knowledge.handbook, words, asking.today)
    after = replace(
        context, session=asking.draw(), state="checking", answers={}, asked="", files=(), agreed=False,
        consented=wording.NOTICE,
    )  # fmt: skip
    return Turn(after, (receipt, paper, *([network] if network else [])), effects)
