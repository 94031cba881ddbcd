"""Questions about scams are answered from the catalogue and the handbook. Must not judge anything."""

from __future__ import annotations

from datetime import date

from bot import wording
from bot.answers.buttons import named
from bot.answers.warnings import numbered
from bot.cards import Card
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


def for_sharing(method: Method, handbook: Handbook, language: str, today: date, link: str = "") -> Reply:
    """A short warning for the family, with the ``link`` to us; quotes nothing that the citizen received."""
    words = wording.of(language)
    advice = handbook.advice_for(method, Situation.CONTACTED, today)
    vietnamese = language == "vi"
    lines = [
        words.share_title.format(unit=handbook.unit.name),
        "",
        method.name if vietnamese else method.english_name,
        method.summary if vietnamese else method.english_summary,
        "",
        *numbered(advice.now if vietnamese else advice.card.english_now),
    ]
    if link:
        lines += ["", words.share_end.format(link=link)]
    return Reply("\n".join(lines), card=method.slug)


def card_for(method: Method, handbook: Handbook, language: str, today: date, link: str = "") -> Card:
    """The same warning as a picture's words, for channels that can send one."""
    words = wording.of(language)
    advice = handbook.advice_for(method, Situation.CONTACTED, today)
    vietnamese = language == "vi"
    return Card(
        title=words.card_title,
        method=method.name if vietnamese else method.english_name,
        steps=advice.now if vietnamese else advice.card.english_now,
        unit=handbook.unit.name,
        link=link,
        call=words.card_call if link else "",
    )
