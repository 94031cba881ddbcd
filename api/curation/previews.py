"""What the bot would say of an entry before anything is judged or published: the replies, not the verdict.

Half-written entries say nothing yet. Must not know the database nor a channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from pydantic import ValidationError

from api.curation.pieces import Kind
from bot import answers, wording
from bot.knowledge_base import Knowledge
from bot.replies import Reply
from knowledge.catalogue import Catalogue, Method, Situation
from knowledge.contacts import Contact
from knowledge.directory import OfficialDomain
from knowledge.handbook import BankLine, Card, GoldenRule, Handbook
from knowledge.matcher import Judge
from knowledge.text import fold
from knowledge.verdict import (
    AddressJudgement,
    Candidate,
    Evidence,
    Frame,
    Indicator,
    IndicatorKind,
    Intent,
    Level,
    Span,
    Verdict,
)

DRAFT = "bản nháp"
SESSION = "xem"


@dataclass(frozen=True, slots=True)
class _Named:
    """All that the words of an answer need of a judge."""

    catalogue: Catalogue
    revision: str = DRAFT


def of(kind: Kind, key: str, data: Mapping[str, Any], text: str, handbook: Handbook, today: date) -> list[Reply]:
    """What is said with this entry in the handbook; nothing where it is not whole, or is never said by itself."""
    try:
        if kind is Kind.METHOD:
            return _of_method(Method.model_validate(data), text, handbook, today)
        if kind is Kind.CARD:
            return _of_card(Card.model_validate(data), handbook, today)
        if kind is Kind.CONTACT:
            return _of_contact(Contact.model_validate(data), handbook, today)
        if kind is Kind.DOMAIN:
            return _of_domain(OfficialDomain.model_validate(data), today)
        return _of_list(key, data, handbook, today) if kind is Kind.LIST else []
    except ValidationError:
        return []


def _of_method(method: Method, text: str, handbook: Handbook, today: date) -> list[Reply]:
    """The warning that names this method, for one of its examples."""
    text = text or method.examples[0].text
    verdict = _verdict(
        level=Level.SUSPICIOUS if method.weak else Level.SCAM,
        methods=(Candidate(method.slug, 0.95),),
        evidence=_evidence(method, text),
    )
    judge = cast(Judge, _Named(Catalogue(methods=(method,))))
    return list(answers.for_verdict(verdict, Knowledge(judge, handbook), text, SESSION, today)[:1])


def _of_card(card: Card, handbook: Handbook, today: date) -> list[Reply]:
    """The golden-hour card of a situation, then all of its steps."""
    others = tuple(card if c.code == card.code else c for c in handbook.cards)
    filled = Handbook.filled_cards(others, handbook.unit)
    book = handbook.model_copy(update={"cards": filled})
    if card.situation is None:
        return [Reply("\n".join([card.title, "", *answers.numbered(book.by_card[card.code].now)]))]
    advice = book.advice_for(None, Situation(card.situation), today)
    first = answers.for_emergency(advice, None, SESSION, "vi")
    return [first, *answers.for_steps(advice, wording.VI)]


def _of_contact(contact: Contact, handbook: Handbook, today: date) -> list[Reply]:
    """A bank's line stands on the card of who has just paid; any other is told by its name."""
    line = handbook.line_for(contact, today)
    if contact.kind != "bank":
        return [Reply(f"{contact.owner}: {line}")]
    advice = handbook.advice_for(None, Situation.PAID, today)
    return [answers.for_emergency(advice, BankLine(contact, line), SESSION, "vi")]


def _of_domain(domain: OfficialDomain, today: date) -> list[Reply]:
    """What is said to who asks about a link to it."""
    host = domain.domain
    official = domain.told_on(today)
    judged = AddressJudgement.OFFICIAL if official else AddressJudgement.UNKNOWN
    link = Indicator(IndicatorKind.LINK, host, Span(0, len(host)), judged, domain.owner if official else None)
    verdict = _verdict(level=Level.NONE if official else Level.UNKNOWN, indicators=(link,), frame=Frame.ENTITY)
    return [answers.for_entities(verdict, wording.VI, SESSION, lambda _kind, _value: "")]


def _of_list(key: str, data: Mapping[str, Any], handbook: Handbook, today: date) -> list[Reply]:
    if key == "golden":
        rules = tuple(GoldenRule.model_validate(one) for one in data["golden"])
        book = handbook.model_copy(update={"golden": rules})
        return [answers.for_question(None, book, wording.VI, SESSION, today)]
    if key == "fallbacks":
        return [Reply("\n".join(f"• {kind}: gọi {said}" for kind, said in data["fallbacks"].items()))]
    return []


def _verdict(
    *,
    level: Level,
    methods: tuple[Candidate, ...] = (),
    evidence: tuple[Evidence, ...] = (),
    indicators: tuple[Indicator, ...] = (),
    frame: Frame = Frame.RECEIVED,
) -> Verdict:
    return Verdict(
        level=level,
        probability=0.95,
        methods=methods,
        evidence=evidence,
        frame=frame,
        intent=Intent.CHECK,
        situation=None,
        indicators=indicators,
        language="vi",
        revision=DRAFT,
    )


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
