"""How the bot would say a method or a card on each channel, before anything is judged: the words, not the verdict.

Must not know the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from pydantic import ValidationError

from bot import answers
from bot.channels.splitting import with_choices
from bot.knowledge_base import Knowledge
from bot.replies import Reply
from knowledge.catalogue import Catalogue, Method, Situation
from knowledge.handbook import Card, Handbook
from knowledge.matcher import Judge
from knowledge.text import fold
from knowledge.verdict import Candidate, Evidence, Frame, Intent, Level, Span, Verdict

ZALO_LIMIT = 1900


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer on one channel: its bubbles, and the buttons where the channel has them."""

    channel: str
    bubbles: tuple[str, ...]
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """All that the words of an answer need of a judge."""

    catalogue: Catalogue
    revision: str = "bản nháp"


def of_method(data: dict[str, Any], text: str, handbook: Handbook, today: date) -> list[Shown]:
    """The warning that names this method, for one of its examples. Empty while the draft is not whole."""
    try:
        method = Method.model_validate(data)
    except ValidationError:
        return []
    judge = cast(Judge, _Named(Catalogue(methods=(method,))))
    verdict = Verdict(
        level=Level.SUSPICIOUS if method.weak else Level.SCAM,
        probability=0.95,
        methods=(Candidate(method.slug, 0.95),),
        evidence=_evidence(method, text),
        frame=Frame.RECEIVED,
        intent=Intent.CHECK,
        situation=None,
        indicators=(),
        language="vi",
        revision="bản nháp",
    )
    return _on_channels(answers.for_verdict(verdict, Knowledge(judge, handbook), text, "xem", today)[0])


def of_card(data: dict[str, Any], handbook: Handbook, today: date) -> list[Shown]:
    """The golden-hour card of a situation. Empty while the draft is not whole or has no situation."""
    try:
        card = Card.model_validate(data)
    except ValidationError:
        return []
    others = tuple(card if c.code == card.code else c for c in handbook.cards)
    book = handbook.model_copy(update={"cards": others})
    if card.situation is None:
        return _on_channels(Reply("\n".join([card.title, "", *answers.numbered(card.now)])))
    advice = book.advice_for(None, Situation(card.situation), today)
    return _on_channels(answers.for_emergency(advice, None, "xem", "vi"))


def _evidence(method: Method, text: str) -> tuple[Evidence, ...]:
    folded = fold(text)
    found = []
    for phrase in method.signals.phrases if len(folded) == len(text) else ():
        at = folded.find(fold(phrase))
        if at >= 0:
            span = Span(at, at + len(phrase))
            sign = f"câu quen thuộc của: {method.name}"
            found.append(Evidence("by_phrase", sign, span, text[at : span.end], method.slug, 1.0))
    return tuple(found[:1])


def _on_channels(reply: Reply) -> list[Shown]:
    labels = tuple(button.label for button in reply.buttons)
    return [
        Shown("Trang web", (reply.text,), labels),
        Shown("Telegram", tuple(with_choices(reply.text, (), 4000)), labels),
        Shown("Zalo", tuple(with_choices(reply.text, reply.buttons, ZALO_LIMIT))),
    ]
