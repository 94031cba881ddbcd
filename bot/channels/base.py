"""What every channel offers, and how it fails.

Errors:
    ChannelError
    ├── BadSignature     the delivery is not from the messenger: answer 401, store nothing
    ├── Unsupported      known, and deliberately ignored: acknowledge, no answer
    ├── Anomalous        not what the messenger documents: dead letter and alarm
    │   └── Malformed        not even a delivery: it has no id or no sender, nothing can be stored of it
    ├── Transient        sending failed for now: try again, not before ``retry_after`` seconds
    │   └── WindowClosed     the messenger takes it only after the citizen's next message: keep it until then
    └── Rejected         sending failed for good: stop, and say why
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.events import Event
from bot.replies import Reply

Payload = Mapping[str, Any]


class ChannelError(Exception):
    """Anything that goes wrong between us and a messenger. Its text never holds a secret or a citizen's words."""


class BadSignature(ChannelError):
    """The delivery cannot be proven to come from the messenger."""


class Unsupported(ChannelError):
    """A delivery that is known and deliberately not answered."""


class Anomalous(ChannelError):
    """A delivery that the messenger's documents do not describe."""


class Malformed(Anomalous):
    """Not a delivery at all."""


class Transient(ChannelError):
    """The messenger did not take the message now. ``retry_after`` is in seconds, None where it did not say.

    ``moved_to`` is the new address of a chat that moved. ``maybe_sent`` means that nobody can know whether it arrived:
    no messenger has an idempotency key. ``alarm`` means that it will not heal without a person.
    """

    def __init__(
        self,
        why: str,
        retry_after: float | None = None,
        *,
        moved_to: str | None = None,
        maybe_sent: bool = False,
        alarm: bool = False,
    ) -> None:
        super().__init__(why)
        self.retry_after = retry_after
        self.moved_to = moved_to
        self.maybe_sent = maybe_sent
        self.alarm = alarm


class WindowClosed(Transient):
    """We may write to this citizen again only after they write to us."""


class Rejected(ChannelError):
    """The messenger will never take this message. ``gone`` means the citizen left or blocked us; ``alarm`` that a
    person should look."""

    def __init__(self, why: str, *, gone: bool = False, alarm: bool = False) -> None:
        super().__init__(why)
        self.gone = gone
        self.alarm = alarm


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a messenger lets us send: overall, and the seconds between two messages to one person or one group."""

    per_second: float
    person_seconds: float
    group_seconds: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """One parsed update: who it is from (the messenger's own id), where to answer, and what was done.

    ``sender`` never leaves the channel unhashed; ``address`` is what ``send`` needs and is stored encrypted.
    ``group`` is set for a delivery from a group chat, ``mentioned`` where it speaks to us there by name, command or
    reply. ``edited`` corrects an earlier message. Pictures with the same ``album`` are one question. ``receipt`` is
    what ``acknowledge`` of that channel needs to end a button's spinner. ``inline`` is a question asked from another
    chat while still typing: only the first message of the answer is taken, and it leaves no trace in the conversation.
    ``at`` is the messenger's own time.
    """

    sender: str
    address: str
    event: Event
    group: bool = False
    mentioned: bool = False
    edited: bool = False
    inline: bool = False
    album: str = ""
    receipt: str = ""
    at: datetime | None = None


class Channel(Protocol):
    """One messenger. ``fetched`` channels are not sent to: the citizen's page asks for its replies. ``webhook`` tells
    whether deliveries from outside are accepted, which needs a secret; ``numbered`` whether choices are numbers to type
    instead of buttons."""

    name: str
    fetched: bool
    webhook: bool
    numbered: bool

    def admit(self, headers: Mapping[str, str]) -> None:
        """Refuse by the headers alone, before a body is read. Raises BadSignature. Header names are lower-case."""

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Raise BadSignature unless the raw body is the messenger's. Header names are lower-case."""

    def update_id(self, payload: Payload) -> str:
        """The messenger's own id of a delivery, the same for each repetition. Raises Malformed."""

    def sender(self, payload: Payload) -> str:
        """Who did it, as the messenger names them, also of what ``parse`` refuses. Raises Malformed."""

    def parse(self, payload: Payload) -> Delivery:
        """What the citizen did. Raises Unsupported or Anomalous."""

    def render(self, reply: Reply) -> Sequence[Payload]:
        """The messages that say a reply within the channel's limits, in order, without the address."""

    async def send(self, address: str, message: Payload) -> str:
        """Send one rendered message; the messenger's id of it. Raises Transient or Rejected."""

    async def fetch(self, reference: str) -> bytes:
        """The bytes of a picture that was sent to us, from the messenger's own host. Raises Transient, Rejected."""
