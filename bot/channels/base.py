"""What a channel must be able to do. Each turns its messenger's payload into an event and a reply into its format.

Errors:
    ChannelError
    ├── BadSignature    the delivery was not signed by the messenger
    ├── Malformed       the body is not what this messenger sends; nothing can be stored of it
    ├── Unsupported     known, and of no interest to us: handled in silence
    ├── Anomalous       unknown: kept as a dead letter for somebody to look at
    ├── Transient       sending failed for now; ``retry_after`` seconds where the messenger says so
    └── Rejected        sending will never succeed; the text says why

Must not know the database, nor what an event leads to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bot.events import Event
from bot.replies import Reply

Payload = Mapping[str, Any]


class ChannelError(Exception):
    """Something between us and a messenger."""


class BadSignature(ChannelError):
    """Not from the messenger."""


class Malformed(ChannelError):
    """Not a delivery at all."""


class Unsupported(ChannelError):
    """Known and ignored."""


class Anomalous(ChannelError):
    """Nobody has seen such a delivery before."""


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
    """One messenger.

    ``fetched`` channels are not sent to: the citizen's page asks for its replies. ``webhook`` tells whether deliveries
    from outside are accepted, which needs a secret.
    """

    name: str
    fetched: bool
    webhook: bool

    def admit(self, headers: Mapping[str, str]) -> None:
        """Refuse by the headers alone, before a body is read. Raises BadSignature."""

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Check the signature over the raw body. Raises BadSignature."""

    def update_id(self, payload: Payload) -> str:
        """What names this delivery for good. Raises Malformed."""

    def sender(self, payload: Payload) -> str:
        """Who is to be answered, as the messenger names them. Raises Malformed."""

    def parse(self, payload: Payload) -> Event:
        """What the citizen did. Raises Unsupported or Anomalous."""

    async def send(self, address: str, reply: Reply, key: str) -> None:
        """Say a reply; ``key`` is the same at every attempt. Raises Transient or Rejected."""
