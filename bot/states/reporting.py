"""A report to the department: a few skippable questions, a summary to confirm, a receipt code.

Secrets that a citizen types by mistake are masked before anything is kept. Must not promise what becomes of a report.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.events import Tap
from bot.replies import Button, Reply, Style
from bot.states.asking import Asking
from bot.turn import Context, ReportFiled, Turn
from knowledge.catalogue import Ask, Situation

MOST_QUESTIONS = 6
_SECRET = re.compile(
    r"(?i)\b(otp|mã|ma|mật khẩu|mat khau|pass(?:word)?|pin|cvv)\b(\W{0,3}(?:là|la|is)?\W{0,3})(\S*\d\S*)"
)
_CARD = re.compile(r"\b(?:\d[ -]?){13,19}\b")


def begin(asking: Asking) -> Turn:
    """Say where it goes and what is kept, and ask the first question."""
    if not asking.context.last_text and not asking.context.situation:
        return asking.say(asking.words.nothing_to_report)
    unit = asking.knowledge.handbook.unit
    intro = asking.words.report_start.format(unit=unit.name, days=unit.retention_days["reports"])
    context = replace(asking.context, session=asking.draw(), state="reporting", answers={}, asked="")
    return _next(replace(asking, context=context), intro)


def questions(asking: Asking) -> list[str]:
    """Which questions fit: who and which number always; account and sum where money is asked for or gone."""
    method, situation = asking.method, asking.context.situation
    asks = set(method.signals.asks) if method else set(Ask)
    money = situation in {Situation.PAID, Situation.INSTALLED, Situation.BLACKMAILED} or Ask.TRANSFER in asks
    given = situation in {Situation.DISCLOSED, Situation.INSTALLED} or asks & {
        Ask.OTP,
        Ask.PASSWORD,
        Ask.ID_PHOTO,
        Ask.CARD,
    }
    names = ["who", "number", *(["account", "amount"] if money else []), "when", *(["given"] if given else [])]
    return names[:MOST_QUESTIONS]


def _next(asking: Asking, *before: str) -> Turn:
    context = asking.context
    left = [q for q in questions(asking) if q not in context.answers]
    if not left:
        return _summary(asking)
    words = asking.words
    asked = replace(context, asked=left[0])
    buttons = _buttons(asked, asking, "skip", "send", "cancel")
    texts = [Reply(text) for text in before]
    return Turn(asked, (*texts, Reply(words.report_questions[left[0]], buttons=buttons)))


def _summary(asking: Asking) -> Turn:
    context = replace(asking.context, asked="")
    words = asking.words
    lines = [words.report_summary, ""]
    lines += [f"{words.report_questions[q]}\n→ {a}" for q, a in context.answers.items() if a]
    lines += [f"“{context.last_text[:200]}”"] if context.last_text else []
    return Turn(context, (Reply("\n".join(lines), buttons=_buttons(context, asking, "send", "cancel")),))


def _buttons(context: Context, asking: Asking, *names: str) -> tuple[Button, ...]:
    styles = {"send": Style.PRIMARY}
    return tuple(
        Button(asking.words.buttons[n], context.session, "reporting", n, styles.get(n, Style.PLAIN)) for n in names
    )


def answered(asking: Asking, text: str) -> Turn:
    """The citizen wrote an answer to the open question."""
    context = asking.context
    if not context.asked:
        return _summary(asking)
    kept = context.answers | {context.asked: masked(text)[:500]}
    return _next(replace(asking, context=replace(context, answers=kept)))


def masked(text: str) -> str:
    """The text without one-time codes, passwords and card numbers."""
    hidden = _SECRET.sub(lambda m: f"{m.group(1)}{m.group(2)}•••", text)
    return _CARD.sub("•••• •••• ••••", hidden)


def tapped(asking: Asking, tap: Tap) -> Turn:
    """Skip, send or cancel."""
    context = asking.context
    if tap.choice == "skip" and context.asked:
        return _next(replace(asking, context=replace(context, answers=context.answers | {context.asked: ""})))
    if tap.choice == "cancel":
        return Turn(replace(context, state="checking", answers={}, asked=""), (Reply(asking.words.report_cancelled),))
    if tap.choice == "send":
        return _filed(asking)
    return _next(asking)


def _filed(asking: Asking) -> Turn:
    context, words = asking.context, asking.words
    code = asking.draw()
    filed = ReportFiled(
        code=code,
        text=context.last_text,
        level=context.last_level,
        methods=context.last_methods,
        situation=context.situation,
        answers={q: a for q, a in context.answers.items() if a},
    )
    said = words.report_filed.format(code=code, formal=words.not_a_denunciation)
    after = replace(context, session=asking.draw(), state="checking", answers={}, asked="")
    return Turn(after, (Reply(said),), (filed,))
