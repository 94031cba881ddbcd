"""The message answered last once more, in short: for whoever asks "thật không?" or "thế tôi phải làm gì" after it.

Names it, for two may have been sent. Must not decide anything, nor sound surer than the answer did.
"""

from __future__ import annotations

from datetime import date

from bot import wording
from bot.answers.buttons import RISKY, under_answer
from bot.answers.entities import as_of, for_listed
from bot.answers.quoting import quoted
from bot.answers.sharing import subject
from bot.answers.warnings import for_verdict, headline, numbered, steps
from bot.knowledge_base import Knowledge
from bot.replies import Reply
from bot.turn import Context
from bot.wording import Words
from knowledge.verdict import Frame, Level, Verdict


def for_reference(
    verdict: Verdict, known: Knowledge, context: Context, today: date, *, what_to_do: bool
) -> tuple[Reply, ...]:
    """How sure that is, or what to do now; what names itself, a number or a link, is answered as it was."""
    words, verdict = wording.of(context.language), as_of(verdict, today)
    if verdict.frame is Frame.ENTITY or for_listed(verdict, words, known.heard):
        return for_verdict(verdict, known, context.last_text, context.session, today)
    level = verdict.level
    lines = [headline(level, words), words.about.format(quote=quoted(context.last_text))]
    if level not in RISKY:
        lines += _calm(verdict, words, what_to_do=what_to_do)
    else:
        about = subject(context.card, known, context.language)
        lines += [_named(about.name if about else "", context, words), ""]
        now = steps(about.method if about else None, known.handbook, today, context.language)
        lines += [words.do_now, *numbered(now)] if what_to_do else [words.how_sure]
    buttons = under_answer(context.session, words, level, warned=bool(context.card))
    return (Reply("\n".join(lines), level, buttons),)


def _named(name: str, context: Context, words: Words) -> str:
    if not name:
        return words.looks_like_several if context.rivals else words.looks_like_unnamed
    template = words.looks_like if context.last_level == Level.SCAM.value else words.may_look_like
    return template.format(name=name)


def _calm(verdict: Verdict, words: Words, *, what_to_do: bool) -> list[str]:
    lines = ["", words.hold_on] if what_to_do else []
    if verdict.level is Level.UNKNOWN:
        question = verdict.question if verdict.language == "vi" else None
        return [*lines, "", words.ask_back, question or words.ask_anything]
    said = words.quoted_warning if verdict.frame is Frame.WARNING_QUOTE else words.careful
    return [*lines, "", said, words.would_be_scam.get(verdict.frame, words.would_be_scam_else)]
