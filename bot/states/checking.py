"""A text is judged and answered; the buttons under the answer explain, share, correct, or decide an open question.

Must not word anything (``answers`` does) nor know any channel.
"""

from __future__ import annotations

import re
import time
from dataclasses import replace

from bot import answers, wording
from bot.answers.buttons import RISKY
from bot.events import Tap
from bot.pictures.transcript import TRANSFER
from bot.replies import Reply
from bot.states import emergency, referring, reporting, talking
from bot.states.asking import Asking, Unjudged
from bot.turn import CheckMade, Context, Turn
from knowledge.text import fold
from knowledge.verdict import Frame, IndicatorKind, Intent, Level, Verdict

MOST_KEPT = 5000
MOST_QUESTION = 160
_ASKS_WHAT, _ASKS_WHETHER = re.compile(wording.ASKS_WHAT), re.compile(wording.ASKS_WHETHER)
_REPORTS, _REPORTS_ONE = re.compile(wording.WISHES_TO_REPORT), re.compile(wording.WISHES_TO_REPORT_ONE)
_THINGS = {IndicatorKind.PHONE, IndicatorKind.ACCOUNT, IndicatorKind.WALLET, IndicatorKind.LINK, IndicatorKind.HANDLE}
_MEANT = {
    "right": wording.SAYS_RIGHT,
    "wrong": wording.SAYS_WRONG,
    "why": wording.SAYS_WHY,
    "share": wording.SAYS_SHARE,
}


def check(asking: Asking, text: str, forwarded_from: str | None = None) -> Turn:
    """Judge a text and answer it; what has already happened to the citizen goes first."""
    if not any(c.isalnum() for c in text):
        return asking.say(asking.words.empty)
    began = time.perf_counter()
    try:
        verdict = asking.judged(text)
    except Unjudged as unjudged:
        rescued = emergency.rescue(asking, text, unjudged.cause)
        if rescued is None:
            raise unjudged.cause from None
        return rescued
    if forwarded_from is None and (whole := referring.continued(asking, text, verdict)):
        text, verdict = whole
    made = CheckMade(text, verdict, (time.perf_counter() - began) * 1000, forwarded_from)
    turn = _answer(asking, text, verdict, own=forwarded_from is None)
    return replace(turn, effects=(made, *turn.effects))


def _answer(asking: Asking, text: str, verdict: Verdict, *, own: bool) -> Turn:
    verdict = _but_a_word(text, _about_what_it_names(text, verdict))
    before, asking = asking, replace(asking, context=_remembered(asking, text, verdict))
    if own and (asked := talking.asked(before, text, verdict)):
        return asked
    if verdict.intent is Intent.EMERGENCY and verdict.situation:
        return emergency.card(asking, verdict.situation, text)
    if told := talking.heard(before, text, verdict, own=own):
        return told
    if _is_question(text, verdict):
        return _explain(asking, text)
    if _wishes_to_report(text, verdict):
        return reporting.wished(before, text, verdict)
    return answer(asking, verdict)


def _wishes_to_report(text: str, verdict: Verdict) -> bool:
    """Whether a wish was heard that is also said: in words of reporting, and not as a question."""
    said = fold(text)
    if verdict.level in RISKY or verdict.intent not in {Intent.REPORT, Intent.ENTITY}:
        return False
    reports = _REPORTS if verdict.intent is Intent.REPORT else _REPORTS_ONE
    return bool(reports.search(said)) and not _ASKS_WHETHER.search(said[-MOST_QUESTION:])


def _about_what_it_names(text: str, verdict: Verdict) -> Verdict:
    """A question about a number or an account, and a bare payment code, are answered by what is known of the thing."""
    named = any(i.kind in _THINGS for i in verdict.indicators)
    if verdict.level in RISKY or not named or verdict.intent is Intent.EMERGENCY:
        return verdict
    asks = bool(_ASKS_WHETHER.search(fold(text[-MOST_QUESTION:]))) or verdict.frame is Frame.QUESTION
    if asks or all(line.startswith(TRANSFER) for line in text.splitlines()):
        return replace(verdict, frame=Frame.ENTITY, intent=Intent.ENTITY, level=Level.UNKNOWN, question=None)
    return verdict


def _but_a_word(text: str, verdict: Verdict) -> Verdict:
    """A "no", "link" or "zalo" alone tells of no loss."""
    if verdict.intent is Intent.EMERGENCY and fold(text[:60]).strip(" .!?") in wording.NO_CRY_ALONE:
        return replace(verdict, intent=Intent.SMALLTALK, situation=None)
    return verdict


def answer(asking: Asking, verdict: Verdict) -> Turn:
    """Word a verdict on the last text, in the citizen's language, short for elders."""
    context, known = asking.context, asking.knowledge
    verdict = replace(verdict, language=context.language)
    replies = answers.for_verdict(verdict, known, context.last_text, context.session, asking.today)
    if any(reply.level in RISKY for reply in replies):
        context = replace(context, card=answers.card_key(verdict, known))
    if context.elder:
        return Turn(context, answers.briefly(replies, asking.words))
    if not context.introduced:
        context, replies = replace(context, introduced=True), _introduced(asking, replies)
    return Turn(context, replies)


def _introduced(asking: Asking, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Who answers here, and what is kept, for whoever asked without a greeting: some messengers send none."""
    unit = asking.knowledge.handbook.unit
    said = asking.words.introduction.format(parent=unit.parent, days=unit.retention_days["conversations"])
    first, *others = replies
    return (replace(first, text=f"{first.text}\n\n{said}"), *others)


def meant(context: Context, text: str) -> str:
    """The button that plain words mean, where it is not on screen or worded so: "sai rồi", "dạ có"; empty for none."""
    if context.state == "emergency":
        return emergency.meant(text) if context.situation else ""
    said = " ".join(fold(text[:60]).strip(" .!?").split())
    if not context.last_text or context.state not in {"checking", "clarifying"}:
        return ""
    asked = context.last_level == Level.UNKNOWN.value and any(b.choice == "yes" for b in context.buttons)
    if asked and said in wording.SAYS_YES:
        return "yes"
    if asked and said in wording.SAYS_NO:
        return "no"
    return next((choice for choice, words in _MEANT.items() if said in words), "")


def _remembered(asking: Asking, text: str, verdict: Verdict) -> Context:
    return replace(
        asking.context,
        session=asking.draw(),
        state="checking",
        language=asking.language_for(text, verdict),
        last_text=text[:MOST_KEPT],
        last_level=verdict.level.value,
        last_methods=answers.kept(verdict),
        rivals=answers.close(verdict),
        card="",
        answered_at=asking.now.isoformat(),
        situation=verdict.situation.value if verdict.situation else "",
        answers={},
        asked="",
        files=(),
        agreed=False,
        pending=(),
        receipt="",
        read=False,
        pictures=(),
    )


def _is_question(text: str, verdict: Verdict) -> bool:
    """Whether somebody asks about scams, rather than about what they received."""
    if verdict.frame is Frame.QUESTION and verdict.level not in RISKY:
        return True
    return len(text) <= MOST_QUESTION and not verdict.indicators and bool(_ASKS_WHAT.search(fold(text)))


def _explain(asking: Asking, text: str) -> Turn:
    method = asking.knowledge.named_in(text)
    slug = method.slug if method else ""
    context = replace(asking.context, last_methods=(slug,) if slug else (), card=slug, answered_at="")
    handbook, today = asking.knowledge.handbook, asking.today
    return Turn(context, (answers.for_question(method, handbook, asking.words, context.session, today),))


def tapped(asking: Asking, tap: Tap) -> Turn:
    """A button under an answer."""
    match tap.choice:
        case "emergency":
            return emergency.menu(asking)
        case "report":
            return reporting.begin(asking)
        case "share":
            return _share(asking)
        case "wrong" | "right":
            return _feedback(asking, right=tap.choice == "right")
        case "why" | "yes" | "no" if asking.context.last_text:
            return _again(asking, tap.choice)
    return asking.say(asking.words.stale)


def _share(asking: Asking) -> Turn:
    context = asking.context
    if not context.card:
        return asking.say(asking.words.nothing_to_share)
    return Turn(context, (answers.for_sharing(context.card, asking.knowledge, context.language, asking.today),))


def _feedback(asking: Asking, *, right: bool) -> Turn:
    context = asking.context
    if not context.last_text:
        return asking.say(asking.words.stale)
    text = asking.words.thanks_right if right else asking.words.thanks_wrong
    return Turn(context, (Reply(text),), (asking.feedback(right=right),))


def _again(asking: Asking, choice: str) -> Turn:
    """The last text once more: why it was judged so, or what the one deciding question makes of it."""
    context, known = asking.context, asking.knowledge
    verdict = replace(known.judge.match(context.last_text), language=context.language)
    if choice == "why":
        return Turn(context, (answers.for_why(verdict, known.judge, known.handbook, context.session, asking.today),))
    yes = choice == "yes"
    level = Level.SUSPICIOUS if yes else Level.NONE
    return settled(asking, replace(verdict, level=level, methods=verdict.methods if yes else (), question=None))


def settled(asking: Asking, verdict: Verdict) -> Turn:
    """The citizen told us what the judge could not know: answered and logged anew."""
    slugs, level = answers.kept(verdict), verdict.level.value
    asked = replace(asking.context, last_methods=slugs, rivals=answers.close(verdict))
    context = replace(asked, session=asking.draw(), state="checking", last_level=level, card="")
    turn = answer(replace(asking, context=context), verdict)
    return replace(turn, effects=(CheckMade(context.last_text, verdict, 0.0),))
