"""A turn: one event answered. Context in, context out, with replies and effects as plain data.

Must not carry an effect out; the shell does that in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from bot.replies import Reply
from knowledge.verdict import Verdict

Draw = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Context:
    """Where one citizen's conversation is and what it remembers.

    ``session`` changes with each new question, so that buttons of an old answer are recognised as stale. ``answers``
    and ``asked`` belong to the interview of a report.
    """

    session: str
    state: str = "welcome"
    language: str = "vi"
    last_text: str = ""
    last_level: str = ""
    last_methods: tuple[str, ...] = ()
    situation: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    asked: str = ""


def dump(context: Context) -> dict[str, Any]:
    """The context as plain JSON data."""
    return asdict(context)


def load(stored: Mapping[str, Any]) -> Context:
    """The context from what ``dump`` gave; keys of another version are left out."""
    known = {f.name for f in fields(Context)}
    kept = {key: value for key, value in stored.items() if key in known}
    return Context(**kept | {"last_methods": tuple(kept.get("last_methods", ()))})


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
