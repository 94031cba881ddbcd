"""Questions about scams are answered from the catalogue and the handbook. Must not judge anything."""

from __future__ import annotations

from datetime import date

from bot import wording
from bot.answers.buttons import named
from bot.answers.warnings import numbered
from bot.replies import Reply
from bot.wording import Words
from knowledge.catalogue import Method, Situation
from knowledge.handbook import Handbook

RULES_SHOWN = 4
STEPS_SHOWN = 4
TRUTHS_SHOWN = 2


def for_question(method: Method | None, handbook: Handbook, words: Words, session: str, today: date) -> Reply:
    """What a scam is, how they do it, what refutes it; or the golden rules where we have no page about it."""
    if method is None:
        rules = sorted(handbook.golden, key=lambda rule: rule.number)[:RULES_SHOWN]
        told = [f"• {rule.text} {rule.why}" for rule in rules] if words is wording.VI else [words.would_be_scam_else]
        lines = [words.question_unknown, *told, "", words.question_end]
        return Reply("\n".join(lines), buttons=named(words, session, "checking", "emergency"))
    if words is wording.EN:
        card = handbook.advice_for(method, Situation.CONTACTED, today).card
        lines = [method.english_name, method.english_summary, "", words.do_now, *numbered(card.english_now)]
    else:
        lines = [method.name, method.summary, "", words.question_how, *numbered(method.script[:STEPS_SHOWN])]
        lines += ["", words.question_truths, *(f"• {truth.text}" for truth in method.truths[:TRUTHS_SHOWN])]
    lines += ["", words.question_end]
    return Reply("\n".join(lines), buttons=named(words, session, "checking", "emergency", "share"))
