"""What was decided about a message, and why: plain frozen data that any channel can word.

Must not know how it was decided, nor how it is told to a citizen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.catalogue import Situation


class Level(StrEnum):
    """The four answers. NONE means that nothing was found, never that a message is safe."""

    SCAM = "scam"
    SUSPICIOUS = "suspicious"
    NONE = "none"
    UNKNOWN = "unknown"


class Frame(StrEnum):
    """What kind of text this is."""

    RECEIVED = "received"
    STORY = "story"
    WARNING_QUOTE = "warning_quote"
    NOTICE = "notice"
    ADVERT = "advert"
    PERSONAL = "personal"
    NEWS = "news"
    SMALLTALK = "smalltalk"
    ENTITY = "entity"
    QUESTION = "question"


class Intent(StrEnum):
    """What the citizen wants by sending it."""

    CHECK = "check"
    EMERGENCY = "emergency"
    REPORT = "report"
    ENTITY = "entity"
    SMALLTALK = "smalltalk"
    WARNING_QUOTE = "warning_quote"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of character offsets in the citizen's own text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason: which stage saw which sign where.

    ``sign`` is the Vietnamese name of the sign as a citizen reads it; ``quote`` is the citizen's own words at ``span``;
    ``method`` is the slug it speaks for, or None where it speaks for scams in general; ``weight`` is how much it adds
    (negative: speaks against a scam).
    """

    stage: str
    sign: str
    span: Span | None
    quote: str
    method: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A method that the text may belong to, with a score between 0 and 1."""

    slug: str
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision about one message.

    ``probability`` is the calibrated probability that the text is part of a scam; ``question`` is the one question
    that would decide, set at level UNKNOWN (and where useful at SUSPICIOUS); ``methods`` is best first, at most five;
    ``indicators`` are what the text names (links, phones, accounts …); ``revision`` is the catalogue that decided.
    """

    level: Level
    probability: float
    methods: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]
    frame: Frame
    intent: Intent
    situation: Situation | None
    indicators: tuple[Indicator, ...]
    language: str
    revision: str
    question: str | None = None
    truncated: bool = False

    @property
    def named(self) -> tuple[Candidate, ...]:
        """The methods that may be told: none where nothing was found, however near a candidate came."""
        return () if self.level is Level.NONE else self.methods


class IndicatorKind(StrEnum):
    """Kinds of things a text names that can be looked up and compared."""

    LINK = "link"
    PHONE = "phone"
    ACCOUNT = "account"
    WALLET = "wallet"
    HANDLE = "handle"
    EMAIL = "email"
    MONEY = "money"
    OTP = "otp"
    QR = "qr"


class AddressJudgement(StrEnum):
    """What the directory of official domains says of a link."""

    OFFICIAL = "official"
    LOOKALIKE = "lookalike"
    OPEN_PLATFORM = "open_platform"
    SHORTENER = "shortener"
    SUSPICIOUS = "suspicious"
    APP_FILE = "app_file"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing found in a text; ``value`` is its canonical form (host and path lower-cased, phone 0xxxxxxxxx, digits).

    Links carry ``judgement`` and ``owner`` (the official owner, or the brand that is imitated); ``until`` is the last
    day on which the official owner may be told.
    """

    kind: IndicatorKind
    value: str
    span: Span
    judgement: AddressJudgement | None = None
    owner: str | None = None
    until: date | None = None
