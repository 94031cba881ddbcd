"""The catalogue of scam methods: plain frozen data, read from one file a method and validated on load.

Knows the shape of an entry and what makes it acceptable. Must not know how a message is matched against it.

Error: CatalogueError, one sentence naming file, key and reason.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

DATA = Path(__file__).parent / "data"

RECHECK = timedelta(days=365)
"""A method's own advice is looked at again within a year of its newest source."""
E = TypeVar("E", bound=BaseModel)
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1200)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class CatalogueError(ValueError):
    """An entry cannot be used; the text names the file, the key and the reason."""


class Entry(BaseModel):
    """Base of everything read from a data file: frozen, and an unknown key is an error, not a silent typo."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Situation(StrEnum):
    """What has already happened to the citizen; decides which handbook card is shown."""

    CONTACTED = "contacted"
    CLICKED = "clicked"
    DISCLOSED = "disclosed"
    INSTALLED = "installed"
    PAID = "paid"
    SIM_LOST = "sim_lost"
    ACCOUNT_LOST = "account_lost"
    BLACKMAILED = "blackmailed"
    ISOLATED = "isolated"


class Cue(StrEnum):
    """A lever of persuasion that a text pulls."""

    URGENCY = "urgency"
    AUTHORITY = "authority"
    SECRECY = "secrecy"
    FEAR = "fear"
    REWARD = "reward"
    GREED = "greed"
    TRUST = "trust"
    PAYMENT = "payment"


class Ask(StrEnum):
    """What the sender wants the citizen to do or hand over."""

    TRANSFER = "transfer"
    CASH = "cash"
    OTP = "otp"
    PASSWORD = "password"  # noqa: S105 - the name of a thing that is asked for
    CARD = "card"
    ID_PHOTO = "id_photo"
    FACE = "face"
    APP = "app"
    SCREEN = "screen"
    LINK = "link"
    QR = "qr"
    DIAL_CODE = "dial_code"
    CONTACT = "contact"
    GOODS = "goods"
    ACCOUNT = "account"
    MEDIA = "media"


class Register(StrEnum):
    """How an example reads: a text message, a chat, a call retold, a citizen's story, a post on a social network."""

    SMS = "sms"
    CHAT = "chat"
    CALL = "call"
    STORY = "story"
    POST = "post"


class Group(StrEnum):
    """Families of methods, after the five groups of the ministry's list of 2026, for statistics and browsing."""

    IMPERSONATION = "impersonation"
    DEEPFAKE = "deepfake"
    INVESTMENT_WORK = "investment_work"
    TRADE = "trade"
    DATA_THEFT = "data_theft"
    EXTORTION = "extortion"
    RELATIONSHIP = "relationship"


class Grade(StrEnum):
    """How well a fact is founded: A authority, B national press, C secondary, K unsourced (never printed)."""

    A = "A"
    B = "B"
    C = "C"
    K = "K"


class Source(Entry):
    """Where a method's facts come from."""

    id: str
    grade: Grade
    checked_on: date


class Signals(Entry):
    """What to look for in a text. Phrases are written with diacritics; matching also works without them.

    ``decisive`` phrases name this scam nearly by themselves; ``usual`` ones are typical but need company.
    ``evades_filters`` says that texts of this scam are often written so that no filter can read them.
    """

    decisive: tuple[Sentence, ...] = Field(min_length=3)
    usual: tuple[Sentence, ...] = Field(min_length=3)
    cues: tuple[Cue, ...] = Field(min_length=1)
    asks: tuple[Ask, ...]
    impersonates: tuple[Sentence, ...]
    evades_filters: bool = False

    @property
    def phrases(self) -> tuple[str, ...]:
        """All phrases, decisive ones first."""
        return self.decisive + self.usual


class Example(Entry):
    """A text of this method as a citizen would forward or tell it."""

    kind: Register
    text: Sentence


class NearMiss(Entry):
    """A harmless text that looks like this method, and what makes it harmless."""

    text: Sentence
    reason: Sentence


class Truth(Entry):
    """A fact that refutes the scam's story, with the id of its source."""

    text: Sentence
    source: str


class MethodAdvice(Entry):
    """What to do in one situation: the steps that are special to this method, then the handbook card ``card``."""

    situation: Situation
    card: Annotated[str, StringConstraints(pattern=r"^R(10|[0-9])$")]
    steps: tuple[Sentence, ...] = ()


class Method(Entry):
    """One scam method (thủ đoạn)."""

    slug: Slug
    name: Sentence
    english_name: Sentence
    aliases: tuple[Sentence, ...] = ()
    codes: tuple[Annotated[str, StringConstraints(pattern=r"^(AIS|BCA)-\d+$")], ...] = ()
    group: Group
    summary: Sentence
    english_summary: Sentence
    weak: bool = False
    script: tuple[Sentence, ...] = Field(min_length=2)
    channels: tuple[str, ...] = Field(min_length=1)
    targets: tuple[str, ...] = Field(min_length=1)
    question: Sentence
    signals: Signals
    examples: tuple[Example, ...] = Field(min_length=8)
    near_misses: tuple[NearMiss, ...] = Field(min_length=4)
    truths: tuple[Truth, ...] = Field(min_length=1)
    advice: tuple[MethodAdvice, ...] = Field(min_length=1)
    law: tuple[str, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Method:
        phrases = [p.casefold() for p in self.signals.phrases]
        if len(phrases) < 12:
            raise ValueError(f"signals: {len(phrases)} phrases, at least 12 are needed")
        if len(set(phrases)) != len(phrases):
            raise ValueError("signals: a phrase stands twice")
        if Situation.CONTACTED not in {a.situation for a in self.advice}:
            raise ValueError("advice: the situation 'contacted' is missing")
        if len({a.situation for a in self.advice}) != len(self.advice):
            raise ValueError("advice: a situation stands twice")
        return self

    @property
    def check_after(self) -> date:
        """The last day on which its own advice is given without being looked at again."""
        return max(source.checked_on for source in self.sources) + RECHECK

    def advice_in(self, situation: Situation) -> MethodAdvice | None:
        """The method's own advice for a situation, or None where only the handbook speaks."""
        return next((a for a in self.advice if a.situation is situation), None)


class KnownExample(Entry):
    """A method known by one example only: a curator's first save, before phrases and advice are written."""

    slug: Slug
    name: Sentence
    example: Sentence


class Catalogue(BaseModel):
    """A whole revision: methods by slug, and methods known by one example. Frozen; replace it, never change it."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    methods: tuple[Method, ...]
    known: tuple[KnownExample, ...] = ()

    @cached_property
    def by_slug(self) -> dict[str, Method]:
        return {m.slug: m for m in self.methods}

    @cached_property
    def names(self) -> dict[str, str]:
        """The citizen's name of every slug, those known by one example included."""
        return {m.slug: m.name for m in self.methods} | {k.slug: k.name for k in self.known}

    @cached_property
    def revision(self) -> str:
        """Twelve hex digits of a hash over all entries: equal content, equal revision."""
        body = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()[:12]

    def with_known(self, entries: Iterable[KnownExample]) -> Catalogue:
        """A new catalogue that also holds these entries. Raises CatalogueError when a slug is taken."""
        known = self.known + tuple(entries)
        _refuse_twins([*self.by_slug, *(k.slug for k in known)], "extra methods")
        return Catalogue(methods=self.methods, known=known)


def load(folder: Path = DATA / "methods") -> Catalogue:
    """Read every ``*.toml`` of a folder. Raises CatalogueError with file, key and reason at the first bad entry."""
    methods = [read_method(path) for path in sorted(folder.glob("*.toml"))]
    if not methods:
        raise CatalogueError(f"{folder}: holds no method file")
    _refuse_twins([m.slug for m in methods], str(folder))
    return Catalogue(methods=tuple(methods))


def read_method(path: Path) -> Method:
    """Read one method file; its name must be its slug. Raises CatalogueError."""
    method = read_entry(path, Method)
    if path.stem != method.slug:
        raise CatalogueError(f"{path.name}: slug: must be '{path.stem}', as the file is named")
    return method


def read_entry(path: Path, kind: type[E]) -> E:
    """Read one TOML file as an entry of ``kind``. Raises CatalogueError naming file, key and reason."""
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise CatalogueError(f"{path.name}: cannot be read: {broken}") from broken
    except ValidationError as invalid:
        raise CatalogueError(f"{path.name}: {_first_reason(invalid)}") from invalid


def _first_reason(invalid: ValidationError) -> str:
    first = invalid.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"]) or "entry"
    return f"{key}: {first['msg']}"


def _refuse_twins(slugs: Sequence[str], where: str) -> None:
    seen: set[str] = set()
    for slug in slugs:
        if slug in seen:
            raise CatalogueError(f"{where}: slug: '{slug}' stands twice")
        seen.add(slug)
