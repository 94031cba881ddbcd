"""A report to the department: consent, the interview, a receipt code, a draft for the police, the text for the network.

Whoever comes back to it after an hour is asked whether they go on. Must not promise what becomes of a report.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot import answers, wording
from bot.answers.buttons import named
from bot.events import Tap
from bot.replies import Button, Reply
from bot.states import describing, interview
from bot.states.asking import Asking
from bot.turn import ConsentGiven, Context, Effect, ReportFiled, Turn
from knowledge.text import fold
from knowledge.verdict import Verdict

MOST_FILES = 10
REST = timedelta(hours=1)
"""After so long, what arrives is perhaps no answer any more."""


def wished(asking: Asking, text: str, verdict: Verdict) -> Turn:
    """Somebody writes that they want to report: what they asked about before, or what they name now."""
    if verdict.indicators or not asking.context.last_text:
        kept = text[:5000] if verdict.indicators else ""
        context = replace(
            asking.context, last_text=kept, last_level="", last_methods=(), card="", situation="", answers={}, files=(),
            pictures=(),
        )  # fmt: skip
        asking = replace(asking, context=context)
    language = asking.language_for(text, verdict)
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
        return interview.ask_next(asking)
    notice = answers.for_notice(asking.knowledge.handbook, asking.words)
    if context.agreed:
        return interview.ask_next(asking, notice)
    names = ("agree", "send", "cancel") if _has_anything(context) else ("agree", "cancel")
    return Turn(context, (Reply(notice, buttons=_buttons(asking, *names)),))


def _has_anything(context: Context) -> bool:
    return bool(context.last_text or context.situation or any(context.answers.values()) or context.files)


def _buttons(asking: Asking, *names: str) -> tuple[Button, ...]:
    return named(asking.words, asking.context.session, "reporting", *names)


def concluded(asking: Asking, text: str) -> Turn | None:
    """A plain "gửi đi" or "thôi" below the summary; None for everything else."""
    said = _said(text)
    if said in wording.SAYS_STOP:
        return cancelled(asking)
    if said in wording.SAYS_SEND and _has_anything(asking.context):
        return _filed(asking)
    return interview.summary(asking) if said in wording.SAYS_YES else None


def _said(text: str) -> str:
    """A short word of the citizen, however it is written."""
    return " ".join(fold(text[:60]).strip(" .!").split())


def is_noticed(context: Context) -> bool:
    """Whether the notice is on screen and nobody has agreed to it yet."""
    return context.state == "reporting" and not context.agreed


def replied(asking: Asking, text: str) -> Turn | None:
    """What was written below the notice; None where it is neither a yes nor a no: it is then left, for nobody is kept
    from asking about something else."""
    said = _said(text)
    if said in wording.SAYS_STOP:
        return cancelled(asking)
    if said in wording.SAYS_AGREE:
        return tapped(asking, Tap(asking.context.session, "reporting", "agree"))
    return begin(asking) if said in wording.SAYS_YES else None


def left(asking: Asking) -> Asking:
    """The conversation away from the notice, its buttons old; anywhere else as it is."""
    if not is_noticed(asking.context):
        return asking
    return replace(asking, context=replace(given_up(asking.context), session=asking.draw()))


def with_files(context: Context, *references: str) -> Context:
    """The context with further pictures or files, by the channel's references; nothing of them is opened here."""
    return replace(context, files=(*context.files, *references)[:MOST_FILES])


def attached(asking: Asking, caption: str, *references: str) -> Turn:
    """A picture or file goes with the report; the words below it are an answer like any others."""
    asking = replace(asking, context=with_files(asking.context, *references))
    if caption.strip():
        turn = interview.answered(asking, caption)
    else:
        turn = interview.ask_next(asking) if asking.context.asked else interview.summary(asking)
    return replace(turn, replies=(Reply(asking.words.report_attached), *turn.replies))


def has_rested(asking: Asking) -> bool:
    """Whether an interview was left alone so long that what arrives may be something else."""
    try:
        since = datetime.fromisoformat(asking.context.active_at)
    except ValueError:
        return False
    return asking.context.agreed and asking.now - since >= REST


def returned(asking: Asking, text: str, answer: str, *references: str) -> Turn:
    """An answer, or something new to look at? The draft stays as it is until that is said. ``text`` is all that would
    be looked at, ``answer`` the words of it that are the citizen's own."""
    context = replace(asking.context, session=asking.draw(), pending=(text, answer, *references))
    buttons = named(asking.words, context.session, "reporting", "answer", "look", "cancel")
    return Turn(context, (Reply(asking.words.report_returned, buttons=buttons),))


def tapped(asking: Asking, tap: Tap) -> Turn:
    """Agree, send, cancel, go on after a rest, or something about one question."""
    context = asking.context
    if tap.choice == "cancel":
        return cancelled(asking)
    if tap.choice == "send" and _has_anything(context):
        return _filed(asking)
    if tap.choice in {"agree", "send"} and not context.agreed:
        agreed = replace(context, agreed=True, consented=wording.NOTICE)
        return replace(interview.ask_next(replace(asking, context=agreed)), effects=(ConsentGiven(wording.NOTICE),))
    if not context.agreed:
        return begin(asking)
    if tap.choice == "send":
        return asking.say(asking.words.nothing_to_report)
    if tap.choice == "answer" and context.pending:
        _, answer, *references = context.pending
        asking = replace(asking, context=replace(context, pending=()))
        return attached(asking, answer, *references) if references else interview.answered(asking, answer)
    return interview.moved(asking, tap.choice)


def cancelled(asking: Asking) -> Turn:
    """Nothing is sent, and the answers are forgotten."""
    context, words = asking.context, asking.words
    said = words.report_dropped if context.agreed else words.report_cancelled
    return Turn(replace(given_up(context), session=asking.draw()), (Reply(said),))


def given_up(context: Context) -> Context:
    """The conversation without the interview."""
    return replace(context, state="checking", answers={}, asked="", files=(), agreed=False, pending=())


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
        files=tuple(dict.fromkeys((*context.pictures, *context.files))),
    )
    effects: tuple[Effect, ...] = (filed,) if context.agreed else (ConsentGiven(wording.NOTICE), filed)
    receipt = Reply(words.report_filed.format(code=code, formal=words.not_a_denunciation))
    paper = answers.for_paper(filed, asking.method, words)
    network = answers.for_5656(asking.knowledge.handbook, filed, asking.method, words, asking.today)
    after = replace(given_up(context), session=asking.draw(), consented=wording.NOTICE, receipt=code)
    after, last = describing.question(after, asking)
    return Turn(after, (receipt, paper, *([network] if network else []), last), effects)
