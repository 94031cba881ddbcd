"""A turn: one event answered. Context in, context out, with replies and effects as plain data.

Must not carry an effect out; the shell does that in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from bot.replies import Button, Reply
from knowledge.verdict import Verdict

Draw = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Context:
    """Where one citizen's conversation is and what it remembers.

    ``session`` changes with each new question, so that buttons of an old answer are recognised as stale. ``answers``,
    ``asked``, ``files`` and ``agreed`` belong to the interview of a report. ``offered`` are the buttons shown last
    (label, session, state, choice), for channels where choices are typed. ``chosen_language`` and ``elder`` are what
    the citizen asked for; ``consented`` is the version of the notice they agreed to. ``quiet_until`` and ``muted``
    belong to a group.

    ``answered_at`` is when the last text was answered, empty where nobody can mean it any more with a "thật không?".
    ``active_at`` is when an interview last went on, and ``pending`` what came long after that and is nobody's answer
    yet: all its words, those of them that would be an answer, then references of files. ``receipt`` is the code of the
    report that was just sent, ``commune`` the one that warnings were asked for. ``rivals`` are the last methods while
    the citizen still has to say which of them it is, ``card`` the key of the warning that can be passed on, empty where
    the last answer was none. ``introduced`` is set once we have said who we are and what is kept; ``read`` where the
    last text was read in ``pictures``.
    """

    session: str
    state: str = "welcome"
    language: str = "vi"
    last_text: str = ""
    last_level: str = ""
    last_methods: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    card: str = ""
    situation: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    asked: str = ""
    files: tuple[str, ...] = ()
    agreed: bool = False
    offered: tuple[tuple[str, str, str, str], ...] = ()
    chosen_language: str = ""
    elder: bool = False
    consented: str = ""
    quiet_until: str = ""
    muted: bool = False
    active_at: str = ""
    pending: tuple[str, ...] = ()
    receipt: str = ""
    commune: str = ""
    introduced: bool = False
    answered_at: str = ""
    read: bool = False
    pictures: tuple[str, ...] = ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons shown last."""
        return tuple(Button(*parts) for parts in self.offered)


_TUPLES = ("last_methods", "rivals", "files", "pending", "pictures")


def dump(context: Context) -> dict[str, Any]:
    """The context as plain JSON data."""
    return asdict(context)


def load(stored: Mapping[str, Any]) -> Context:
    """The context from what ``dump`` gave; keys of another version are left out."""
    known = {f.name for f in fields(Context)}
    kept = {key: value for key, value in stored.items() if key in known}
    tuples: dict[str, Any] = {key: tuple(kept.get(key, ())) for key in _TUPLES}
    tuples["offered"] = tuple(tuple(parts) for parts in kept.get("offered", ()))
    return Context(**kept | tuples)


@dataclass(frozen=True, slots=True)
class CheckMade:
    """A message was judged; to be logged with the sender's hash. ``forwarded_from`` is who it came from, if known."""

    text: str
    verdict: Verdict
    elapsed_ms: float
    forwarded_from: str | None = None


@dataclass(frozen=True, slots=True)
class ReportFiled:
    """The citizen reports the last message to the department. ``code`` is the receipt code shown to them, ``files`` the
    channel's references of the pictures that the message was read in and of what they attached."""

    code: str
    text: str
    level: str
    methods: tuple[str, ...]
    situation: str
    answers: dict[str, str]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportDescribed:
    """For the figures alone, and only where the citizen wants to say so: the age group or the commune of whoever sent
    the report with this receipt code."""

    code: str
    age_group: str = ""
    commune: str = ""


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


@dataclass(frozen=True, slots=True)
class JudgeFailed:
    """The judge broke on a cry for help, which was answered without it: alarm, the text was not judged."""

    error: str


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The citizen agreed to the notice of this version; kept with its time as proof."""

    version: str


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """The citizen takes the consent back; processing ends, the proof of both stays."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Warnings are wanted: ``topic`` is a value of ``catalogue.Group``, ``commune`` as written; empty means all."""

    topic: str = ""
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Unsubscribed:
    """Warnings are not wanted any more; empty means all. Also follows when a citizen blocks us."""

    topic: str = ""
    commune: str = ""


@dataclass(frozen=True, slots=True)
class DataAsked:
    """The citizen wants to see what is kept: the shell adds ``answers.for_data`` and the data itself."""


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """The citizen confirmed the erasure, receipt ``code``: the shell erases and adds ``answers.for_erasure``."""

    code: str


@dataclass(frozen=True, slots=True)
class StatusAsked:
    """How does the report with this code stand? The shell adds ``answers.for_status``; ``code`` is as typed."""

    code: str


Effect = (
    CheckMade
    | ReportFiled
    | ReportDescribed
    | HelpNeeded
    | FeedbackGiven
    | JudgeFailed
    | ConsentGiven
    | ConsentWithdrawn
    | Subscribed
    | Unsubscribed
    | DataAsked
    | ErasureAsked
    | StatusAsked
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one event."""

    context: Context
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...] = ()
