"""What every channel offers, and how it fails.

Errors:
    ChannelError
    ├── BadSignature     the delivery is not from the messenger: answer 401, store nothing
    ├── Unsupported      known, and deliberately ignored: acknowledge, no answer
    ├── Anomalous        not what the messenger documents: dead letter and alarm
    ├── Transient        sending failed for now: try again, not before ``retry_after`` seconds
    └── Rejected         sending failed for good: stop, and say why
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.events import Event
from bot.replies import Reply


class ChannelError(Exception):
    """Anything that goes wrong between us and a messenger. Its text never holds a secret or a citizen's words."""


class BadSignature(ChannelError):
    """The delivery cannot be proven to come from the messenger."""


class Unsupported(ChannelError):
    """A delivery that is known and deliberately not answered."""


class Anomalous(ChannelError):
    """A delivery that the messenger's documents do not describe."""


class Transient(ChannelError):
    """The messenger did not take the message now. ``retry_after`` is in seconds, None where it did not say."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Rejected(ChannelError):
    """The messenger will never take this message. ``gone`` means the citizen left or blocked us."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Delivery:
    """One parsed update: who it is from (the messenger's own id), where to answer, and what was done.

    ``sender`` never leaves the channel unhashed; ``address`` is what ``send`` needs and is stored encrypted.
    ``group`` is set for a delivery from a group chat.
    """

    sender: str
    address: str
    event: Event
    group: bool = False


class Channel(Protocol):
    """One messenger."""

    name: str

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Raise BadSignature unless the raw body is the messenger's. Header names are lower-case."""

    def update_id(self, payload: Mapping[str, Any]) -> str:
        """The messenger's own id of a delivery, the same for each repetition. Raises Anomalous."""

    def parse(self, payload: Mapping[str, Any]) -> Delivery:
        """What the citizen did. Raises Unsupported or Anomalous."""

    def render(self, reply: Reply) -> Sequence[Mapping[str, Any]]:
        """The messages that say a reply within the channel's limits, in order, without the address."""

    async def send(self, address: str, message: Mapping[str, Any]) -> str:
        """Send one rendered message; the messenger's id of it. Raises Transient or Rejected."""

    async def fetch(self, reference: str) -> bytes:
        """The bytes of a picture that was sent to us, from the messenger's own host. Raises Transient, Rejected."""
