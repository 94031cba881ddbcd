"""Hand-written stand-ins: a judge that knows one scam, a signed messenger, a clock that is set by hand."""

from __future__ import annotations

import copy
import hmac
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import cast

from bot.channels.base import Anomalous, BadSignature, Delivery, Malformed, Payload, Rejected, Unsupported
from bot.events import Follow, Text
from bot.knowledge_base import Knowledge
from bot.replies import Reply
from knowledge import handbook
from knowledge.catalogue import DATA, Catalogue, Situation, read_method
from knowledge.matcher import Judge
from knowledge.text import fold
from knowledge.verdict import Candidate, Evidence, Frame, Intent, Level, Span, Verdict

SLUG = "dien-luc-evn"
SCAM = (
    "Dien luc thong bao: nha ban no tien dien, 2 gio nua cat dien. Chuyen khoan ngay STK 19034567890123, goi 0905123318"
)
STORY = "Tôi lỡ chuyển tiền cho người xưng điện lực rồi, giờ phải làm sao?"


class FakeJudge:
    """Calls a text a scam when it speaks of cutting electricity, an emergency when money is already gone."""

    def __init__(self) -> None:
        self.catalogue = Catalogue(methods=(read_method(DATA / "methods" / f"{SLUG}.toml"),))
        self.revision = "fake00000001"

    def without(self, methods: Collection[str], _domains: Collection[str]) -> FakeJudge:
        """The judge that never names some methods; it knows one, and no domain."""
        other = copy.copy(self)
        other.catalogue = Catalogue(methods=tuple(m for m in self.catalogue.methods if m.slug not in methods))
        return other

    def match(self, text: str) -> Verdict:
        """The verdict by one phrase."""
        if "explode" in text:
            raise RuntimeError(f"cannot judge {text}")
        folded = fold(text)
        at = folded.find("cat dien")
        paid = "chuyen tien cho" in folded
        scam = at >= 0 or paid
        span = Span(at, at + 8) if at >= 0 else None
        evidence = Evidence("by_phrase", "dọa cắt điện", span, text[at : at + 8] if span else "", SLUG, 2.0)
        return Verdict(
            level=Level.SCAM if scam else Level.NONE,
            probability=0.97 if scam else 0.02,
            methods=(Candidate(SLUG, 0.9),) if scam else (),
            evidence=(evidence,) if scam else (),
            frame=Frame.STORY if paid else Frame.RECEIVED,
            intent=Intent.EMERGENCY if paid else Intent.CHECK,
            situation=Situation.PAID if paid else None,
            indicators=(),
            language="vi",
            revision=self.revision,
        )


@cache
def knowledge() -> Knowledge:
    """The fake judge with the real handbook."""
    return Knowledge(cast(Judge, FakeJudge()), handbook.load())


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


class Messenger:
    """A messenger that signs the body, and whose sending can be made to fail."""

    name = "messenger"
    fetched = False
    numbered = False
    webhook = True
    secret = b"s3cret-of-the-messenger"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.failures: list[Exception] = []
        self.admitted = 0

    def admit(self, headers: Mapping[str, str]) -> None:
        """A header must be there at all."""
        self.admitted += 1
        if "x-signature" not in headers:
            raise BadSignature

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """HMAC over the raw body, compared as bytes."""
        given = headers["x-signature"].encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self.sign(body)):
            raise BadSignature

    def sign(self, body: bytes) -> bytes:
        """The right signature."""
        return hmac.new(self.secret, body, "sha256").hexdigest().encode()

    def update_id(self, payload: Payload) -> str:
        """Its id."""
        if not isinstance(payload.get("id"), int):
            raise Malformed("id")
        return str(payload["id"])

    def sender(self, payload: Payload) -> str:
        """Its sender."""
        return str(payload["from"])

    def parse(self, payload: Payload) -> Delivery:
        """Text, follow, a typing notice to ignore, or something never seen."""
        kind = payload.get("kind", "text")
        if kind == "typing":
            raise Unsupported
        if kind == "follow":
            return Delivery(self.sender(payload), self.sender(payload), Follow())
        if kind != "text":
            raise Anomalous(kind)
        return Delivery(self.sender(payload), self.sender(payload), Text(str(payload["text"])))

    def render(self, reply: Reply) -> Sequence[Payload]:
        """One message a reply."""
        return [{"text": reply.text}]

    async def send(self, address: str, message: Payload) -> str:
        """Remember it, or fail as told."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((address, message["text"]))
        return str(len(self.sent))

    async def fetch(self, reference: str) -> bytes:
        """It has no pictures."""
        raise Rejected(reference)
