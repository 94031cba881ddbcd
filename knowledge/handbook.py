"""The handbook: cards of what to do now, rules, titles of law, contacts, and the unit that runs this deployment.

Pure data and look-ups; the day is passed in. Must not know how a message was judged, nor how an answer is worded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from knowledge.catalogue import (
    DATA,
    CatalogueError,
    Entry,
    Grade,
    Method,
    Sentence,
    Situation,
    Slug,
    Source,
    read_entry,
)
from knowledge.contacts import Contact, UnitProfile
from knowledge.text import fold

CardCode = Annotated[str, StringConstraints(pattern=r"^R(10|[0-9])$")]
LawCode = Annotated[str, StringConstraints(pattern=r"^(L\d{3}a?|LANM\d+|ND\d{3})$")]
Three = Annotated[tuple[Sentence, ...], Field(min_length=3, max_length=3)]


class Topic(StrEnum):
    """What a guide is about: evidence to keep, verifying a caller, or advice for a group of people."""

    EVIDENCE = "evidence"
    VERIFY = "verify"
    GROUP = "group"


class Card(Entry):
    """What to do in one situation. An ``urgent`` card's three steps go before anything special to a method."""

    code: CardCode
    situation: Situation | None = None
    urgent: bool = False
    title: Sentence
    now: Three
    steps: tuple[Sentence, ...] = Field(min_length=4)
    say: Sentence | None = None
    keep: tuple[Sentence, ...] = ()
    english_title: Sentence
    english_now: Three
    sources: tuple[Source, ...] = Field(min_length=1)
    check_after: date


class GoldenRule(Entry):
    """One of the ten rules for everybody."""

    number: int = Field(ge=1, le=10)
    text: Sentence
    why: Sentence
    sources: tuple[Source, ...] = Field(min_length=1)


class Guide(Entry):
    """A short list of advice on one topic."""

    slug: Slug
    topic: Topic
    title: Sentence
    lines: tuple[Sentence, ...] = Field(min_length=3)
    sources: tuple[Source, ...] = Field(min_length=1)


class Law(Entry):
    """The title of an article or decree; no penalty is kept here, for a wrong figure does harm."""

    code: LawCode
    title: Sentence
    in_force_from: date
    in_force_to: date | None = None
    source: str
    grade: Grade

    def stands_on(self, today: date) -> bool:
        """Whether it is in force that day and founded well enough to be named to a citizen."""
        ended = self.in_force_to is not None and self.in_force_to < today
        return self.in_force_from <= today and not ended and self.grade is not Grade.K


@dataclass(frozen=True, slots=True)
class Advice:
    """What to tell one citizen: ``now`` are three steps for the first screen, ``steps`` everything in order.

    ``left_out`` are law codes not named because they don't stand that day; ``stale`` names what is past its check date.
    A stale method's own steps give way to the card of the situation; of a stale card the three steps for the first
    screen remain, for what to do now must never be missing, and its details are not given.
    """

    situation: Situation
    card: Card
    now: tuple[str, ...]
    steps: tuple[str, ...]
    laws: tuple[str, ...]
    sources: tuple[str, ...]
    left_out: tuple[str, ...]
    stale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BankLine:
    """A bank that was named, and the words that say how to reach it: its number, or where to find the number."""

    contact: Contact
    line: str


class Handbook(BaseModel):
    """Everything that is true of every scam, frozen. Its texts are already filled in for the unit."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    cards: tuple[Card, ...]
    golden: tuple[GoldenRule, ...]
    guides: tuple[Guide, ...]
    laws: tuple[Law, ...]
    contacts: tuple[Contact, ...]
    fallbacks: dict[str, Sentence]
    unit: UnitProfile

    @model_validator(mode="after")
    def _whole(self) -> Handbook:
        codes = [c.code for c in self.cards] + [law.code for law in self.laws]
        codes += [c.slug for c in self.contacts] + [g.slug for g in self.guides]
        twins = [code for code, count in Counter(codes).items() if count > 1]
        if twins:
            raise ValueError(f"'{twins[0]}' stands twice")
        if not set(Situation) <= {c.situation for c in self.cards}:
            raise ValueError("cards: a situation has no card")
        return self

    def without(self, contacts: Collection[str]) -> Handbook:
        """The handbook without some contacts."""
        kept = tuple(c for c in self.contacts if c.slug not in contacts)
        return Handbook(**{name: getattr(self, name) for name in Handbook.model_fields} | {"contacts": kept})

    @staticmethod
    def filled_cards(cards: Iterable[Card], unit: UnitProfile) -> tuple[Card, ...]:
        """Cards with the unit's name, address and number written in."""
        return tuple(_filled(card, unit) for card in cards)

    @cached_property
    def by_card(self) -> dict[str, Card]:
        return {c.code: c for c in self.cards}

    @cached_property
    def by_law(self) -> dict[str, Law]:
        return {law.code: law for law in self.laws}

    @cached_property
    def by_contact(self) -> dict[str, Contact]:
        return {c.slug: c for c in self.contacts}

    def card_for(self, situation: Situation) -> Card:
        return next(c for c in self.cards if c.situation is situation)

    def advice_for(self, method: Method | None, situation: Situation, today: date) -> Advice:
        """The method's own steps, then the card's. Law that doesn't stand that day is left out and named as such."""
        aged = method is not None and today > method.check_after
        special = method.advice_in(situation) if method and not aged else None
        card = self.by_card[special.card] if special else self.card_for(situation)
        own = tuple(self.unit.fill(step) for step in special.steps) if special else ()
        codes = method.law if method else ()
        standing = [c for c in codes if c in self.by_law and self.by_law[c].stands_on(today)]
        stale = today > card.check_after
        sources = [*(method.sources if method else ()), *card.sources]
        return Advice(
            situation=situation,
            card=card,
            now=card.now if card.urgent else _none_alike((*own, *card.now))[:3],
            steps=_once((*own, *(card.now if stale else card.steps))),
            laws=tuple(self.by_law[c].title for c in standing),
            sources=_once(s.id for s in sources),
            left_out=tuple(c for c in codes if c not in standing),
            stale=((method.slug,) if method and aged else ()) + ((card.code,) if stale else ()),
        )

    def line_for(self, contact: Contact, today: date) -> str:
        """What may be shown of a contact that day, or where its number is to be found."""
        return contact.value if contact.shown_on(today) else self.fallbacks.get(contact.kind, self.fallbacks["other"])

    def bank_named(self, text: str, today: date) -> BankLine | None:
        """The bank whose name stands in a text, with or without diacritics; the longest name wins."""
        words = f" {_words(text)} "
        found = next((contact for alias, contact in self._bank_aliases if f" {alias} " in words), None)
        return BankLine(found, self.line_for(found, today)) if found else None

    def with_banks_as(self, name: str, text: str) -> str:
        """The folded words of a text, with this name in place of each bank's."""
        words = f" {_words(text)} "
        for alias, _ in self._bank_aliases:
            words = words.replace(f" {alias} ", f" {name} ")
        return words.strip()

    @cached_property
    def _bank_aliases(self) -> tuple[tuple[str, Contact], ...]:
        pairs = [(_words(a), c) for c in self.contacts if c.kind == "bank" for a in (c.owner, *c.aliases)]
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


class _Cards(Entry):
    cards: tuple[Card, ...]


class _Rules(Entry):
    golden: tuple[GoldenRule, ...]
    guides: tuple[Guide, ...]


class _Laws(Entry):
    laws: tuple[Law, ...]


class _Contacts(Entry):
    fallbacks: dict[str, Sentence]
    contacts: tuple[Contact, ...]


def load(folder: Path = DATA, unit: Path | None = None) -> Handbook:
    """Read the handbook; ``unit`` is the deployment's own profile. Raises CatalogueError with file, key and reason."""
    profile = read_entry(unit or folder / "unit.toml", UnitProfile)
    rules = read_entry(folder / "handbook" / "rules.toml", _Rules)
    book = read_entry(folder / "contacts.toml", _Contacts)
    try:
        return Handbook(
            cards=Handbook.filled_cards(read_entry(folder / "handbook" / "cards.toml", _Cards).cards, profile),
            golden=rules.golden,
            guides=tuple(g.model_copy(update={"lines": tuple(map(profile.fill, g.lines))}) for g in rules.guides),
            laws=read_entry(folder / "handbook" / "law.toml", _Laws).laws,
            contacts=book.contacts,
            fallbacks=book.fallbacks,
            unit=profile,
        )
    except ValidationError as invalid:
        raise CatalogueError(f"{folder.name}: {invalid.errors(include_url=False)[0]['msg']}") from invalid


def _filled(card: Card, unit: UnitProfile) -> Card:
    texts = {key: tuple(map(unit.fill, getattr(card, key))) for key in ("now", "steps", "keep")}
    return card.model_copy(update=texts | {"say": unit.fill(card.say) if card.say else None})


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def _none_alike(steps: Iterable[str]) -> tuple[str, ...]:
    """Steps without those that begin like one already told: a method and a card were written apart, and on the first
    screen "Cúp máy" twice costs the place of something else to do."""
    told: set[str] = set()
    kept = []
    for step in steps:
        words = _words(step).split()
        openings = {" ".join(words[:2]), " ".join([w for w in words if w != "ngay"][:2])}
        if not openings & told:
            kept.append(step)
        told |= openings
    return tuple(kept)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
