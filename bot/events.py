"""What a citizen can do, whatever the channel. Must not know any messenger's payload."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The citizen wrote or forwarded words; ``forwarded_from`` names the origin where the channel says so."""

    text: str
    forwarded_from: str | None = None


@dataclass(frozen=True, slots=True)
class Tap:
    """The citizen tapped a button: ``choice`` of state ``state``, in conversation ``session``."""

    session: str
    state: str
    choice: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, sound, film or file. ``reference`` lets the channel fetch it; ``kind`` is image, audio, video, file,
    sticker, location or contact.

    ``name`` is the name of a file as the sender gave it, ``more`` the references of further pictures of one message.
    """

    kind: str
    reference: str
    caption: str = ""
    text: str = ""
    qr: tuple[str, ...] = ()
    forwarded_from: str | None = None
    name: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Follow:
    """The citizen started or followed."""


@dataclass(frozen=True, slots=True)
class Unfollow:
    """The citizen stopped or blocked us."""


Event = Text | Tap | Media | Follow | Unfollow
