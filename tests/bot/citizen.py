"""A citizen with a conversation, and a judge with canned verdicts over the real catalogue and handbook."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar, cast

from bot import conversation
from bot.events import Event, Follow, Media, Tap, Text, Unfollow
from bot.knowledge_base import Knowledge
from bot.replies import Button, Reply
from bot.turn import Context, Turn
from knowledge import catalogue, handbook
from knowledge.catalogue import Situation
from knowledge.matcher import Judge
from knowledge.verdict import Candidate, Evidence, Frame, Indicator, Intent, Level, Span, Verdict

E = TypeVar("E")

POWER = "dien-luc-evn"
SCAM = "Dien luc: nha ban no tien dien, 2 gio nua cat dien. Dong tai evn-dongtien.top hoac goi 0905123318"
STORY = "Tôi lỡ chuyển 20 triệu qua Vietcombank cho người xưng điện lực rồi"


@cache
def entries() -> catalogue.Catalogue:
    """The real catalogue."""
    return catalogue.load()


@cache
def book() -> handbook.Handbook:
    """The real handbook."""
    return handbook.load()


def evidence(text: str, quote: str, sign: str, method: str | None = None, weight: float = 1.0) -> Evidence:
    """A reason that points at ``quote`` in ``text``."""
    at = text.index(quote)
    return Evidence("by_phrase" if method else "by_cue", sign, Span(at, at + len(quote)), quote, method, weight)


def verdict(level: Level = Level.NONE, **given: Any) -> Verdict:
    """A verdict with plain defaults."""
    plain = Verdict(
        level=level,
        probability=0.95 if level is Level.SCAM else 0.4,
        methods=(Candidate(POWER, 0.9),) if level in {Level.SCAM, Level.SUSPICIOUS} else (),
        evidence=(),
        frame=Frame.RECEIVED,
        intent=Intent.CHECK,
        situation=None,
        indicators=(),
        language="vi",
        revision="0123456789ab",
    )
    return replace(plain, **given)


def emergency(situation: Situation, language: str = "vi") -> Verdict:
    """Something has happened."""
    return verdict(Level.SCAM, frame=Frame.STORY, intent=Intent.EMERGENCY, situation=situation, language=language)


def entity(level: Level, *indicators: Indicator, language: str = "vi") -> Verdict:
    """A bare thing."""
    return verdict(
        level, methods=(), frame=Frame.ENTITY, intent=Intent.ENTITY, indicators=indicators, language=language
    )


def warned(**given: Any) -> Verdict:
    """The verdict on ``SCAM``."""
    told = (
        evidence(SCAM, "2 gio nua cat dien", "câu quen thuộc của: Giả điện lực dọa cắt điện", POWER, 2.0),
        evidence(SCAM, "evn-dongtien.top", "địa chỉ nhái", None, 1.5),
        evidence(SCAM, "Dong tai", "giục làm gấp", None, 1.0),
        evidence(SCAM, "goi 0905123318", "kéo sang kênh riêng", None, 0.8),
    )
    return verdict(Level.SCAM, evidence=told, **given)


class CannedJudge:
    """Answers what it was told to; everything else is NONE. Raises for a text that holds "explode"."""

    def __init__(self, answers: dict[str, Verdict] | None = None, *, broken: bool = False) -> None:
        self.catalogue = entries()
        self.revision = "0123456789ab"
        self.answers = {SCAM: warned(), STORY: emergency(Situation.PAID)} | (answers or {})
        self.broken = broken

    def match(self, text: str) -> Verdict:
        """The canned verdict."""
        if self.broken or "explode" in text:
            raise RuntimeError("the judge is broken")
        return self.answers.get(text, verdict())


def knowing(answers: dict[str, Verdict] | None = None, *, broken: bool = False) -> Knowledge:
    """Knowledge with a canned judge."""
    return Knowledge(cast(Judge, CannedJudge(answers, broken=broken)), book())


class Citizen:
    """Holds a conversation. The context goes through JSON between turns, as in the database."""

    def __init__(self, knowledge: Knowledge | None = None) -> None:
        self.knowledge = knowledge or knowing()
        self.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
        self.turn = Turn(Context(session=""), ())
        self._stored: dict[str, Any] | None = None
        self._codes = itertools.count(1)
        self.effects: list[object] = []

    def does(self, event: Event, *, group: bool = False) -> Citizen:
        """Any event."""
        return self._went(
            conversation.advance(self._context(), event, self.knowledge, self.now, self._draw, group=group)
        )

    def is_overheard(self, text: str) -> Citizen:
        """Something said in a group, not to us."""
        return self._went(conversation.overhear(self._context(), Text(text), self.knowledge, self.now, self._draw))

    def follows(self) -> Citizen:
        """Opens the conversation."""
        return self.does(Follow())

    def leaves(self) -> Citizen:
        """Blocks us."""
        return self.does(Unfollow())

    def asks(self, text: str) -> Citizen:
        """Pastes or writes words."""
        return self.does(Text(text))

    def sends_picture(self, text: str = "", **parts: Any) -> Citizen:
        """Sends a picture in which ``text`` was read."""
        return self.does(Media("image", "file-1", text=text, **parts))

    def taps(self, label: str) -> Citizen:
        """Taps a button that is on screen."""
        button = next(b for b in self.buttons if b.label == label)
        return self.does(Tap(button.session, button.state, button.choice))

    def taps_choice(self, choice: str) -> Citizen:
        """Taps the button of a choice, whatever its label."""
        button = next(b for b in self.buttons if b.choice == choice)
        return self.does(Tap(button.session, button.state, button.choice))

    def waits(self, **time: float) -> Citizen:
        """Lets time pass."""
        self.now += timedelta(**time)
        return self

    @property
    def context(self) -> Context:
        """What the conversation remembers."""
        return self.turn.context

    @property
    def reads(self) -> str:
        """Everything that was answered last."""
        return "\n".join(reply.text for reply in self.turn.replies)

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The bubbles answered last."""
        return self.turn.replies

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons answered last."""
        return tuple(button for reply in self.turn.replies for button in reply.buttons)

    @property
    def choices(self) -> list[str]:
        """Their choices."""
        return [button.choice for button in self.buttons]

    def recorded(self, kind: type[E]) -> list[E]:
        """The effects of a kind in the last turn."""
        return [effect for effect in self.turn.effects if isinstance(effect, kind)]

    def _went(self, turn: Turn) -> Citizen:
        self.turn = turn
        self.effects += turn.effects
        self._stored = json.loads(json.dumps(conversation.dump(turn.context)))
        assert conversation.load(self._stored) == turn.context
        return self

    def _context(self) -> Context | None:
        return None if self._stored is None else conversation.load(self._stored)

    def _draw(self) -> str:
        return f"C{next(self._codes):08d}"
