"""A turn: one event answered. Context in, context out, with replies and effects as plain data.

Must not carry an effect out; the shell does that in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.replies import Reply
from knowledge.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Context:
    """Where one citizen's conversation is and what it remembers. Everything is JSON-serialisable by ``dump``/``load``
    of ``bot.conversation``.

    ``session`` changes with each new question, so that buttons of an old answer are recognised as stale.
    """

    session: str
    state: str = "welcome"
    language: str = "vi"
    last_text: str = ""
    last_level: str = ""
    last_methods: tuple[str, ...] = ()
    situation: str = ""
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckMade:
    """A message was judged; to be logged with the sender's hash."""

    text: str
    verdict: Verdict
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class ReportFiled:
    """The citizen reports the last message to the department. ``code`` is the receipt code shown to them."""

    code: str
    text: str
    level: str
    methods: tuple[str, ...]
    situation: str
    answers: dict[str, str]


@dataclass(frozen=True, slots=True)
class HelpNeeded:
    """Something has happened to the citizen: an urgent entry for the operators."""

    situation: str
    text: str
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """The citizen says the answer was right or wrong."""

    right: bool
    text: str
    level: str
    methods: tuple[str, ...]


Effect = CheckMade | ReportFiled | HelpNeeded | FeedbackGiven


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one event."""

    context: Context
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...] = ()
