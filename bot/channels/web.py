"""The public web page: payloads come from our own endpoint, replies are fetched by the page that asked.

Must not know HTTP.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from bot.channels.base import Anomalous, BadSignature, Delivery, Malformed, Payload, Rejected
from bot.events import Event, Follow, Media, Tap, Text
from bot.replies import Button, Mark, Reply, Style
from knowledge.verdict import Level

MOST_CHARS = 20_000
"""More than anybody pastes and four times what is judged; the rest is cut before it is stored."""

PICTURE = "picture"


def payload(update_id: str, sender: str, *, text: str = "", tap: str = "", picture: bytes = b"") -> dict[str, str]:
    """What is stored of a message, a tap or a picture on the page."""
    if picture:
        return {"id": update_id, "sender": sender, PICTURE: base64.b64encode(picture).decode()}
    said = {"tap": tap[:200]} if tap else {"text": text[:MOST_CHARS]}
    return {"id": update_id, "sender": sender} | said


def enclosed(payload: Payload) -> bytes:
    """The picture that came with a payload; empty once it has been taken out."""
    return base64.b64decode(str(payload.get(PICTURE, "")))


def without_picture(payload: Payload) -> Payload:
    """The payload as it is kept once its picture has been read."""
    return {**payload, PICTURE: ""}


def tap_value(button: Button) -> str:
    """A button as the one value that a form sends back."""
    return f"{button.session}/{button.state}/{button.choice}"


class Web:
    """The page."""

    name = "web"
    fetched = True
    numbered = False
    webhook = False

    def admit(self, headers: Mapping[str, str]) -> None:
        """Nothing comes through a webhook."""
        raise BadSignature

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Nothing comes through a webhook."""
        raise BadSignature

    def update_id(self, payload: Payload) -> str:
        """The id that the page gave its message."""
        return _field(payload, "id")

    def sender(self, payload: Payload) -> str:
        """The page's session."""
        return _field(payload, "sender")

    def parse(self, payload: Payload) -> Delivery:
        """Words, a tap, a picture, or the first opening."""
        sender = self.sender(payload)
        return Delivery(sender, sender, _event(payload))

    def render(self, reply: Reply) -> Sequence[Payload]:
        """The reply itself, as plain data; ``restore`` reads it."""
        return [asdict(reply)]

    async def send(self, address: str, message: Payload) -> str:
        """The page fetches; nothing is sent."""
        raise Rejected("fetched by the page")

    async def fetch(self, reference: str) -> bytes:
        """Nothing lies elsewhere: a picture comes enclosed in its payload."""
        raise Rejected("enclosed")


def restore(message: Payload) -> Reply:
    """The reply that ``render`` made plain data of."""
    return Reply(
        text=message["text"],
        level=Level(message["level"]) if message["level"] else None,
        buttons=tuple(Button(**button | {"style": Style(button["style"])}) for button in message["buttons"]),
        quoted=message["quoted"],
        marks=tuple(Mark(**mark) for mark in message["marks"]),
        card=message.get("card", ""),
        language=message.get("language", "vi"),
        large=message.get("large", False),
    )


def _event(payload: Payload) -> Event:
    if "tap" in payload:
        parts = str(payload["tap"]).split("/")
        return Tap(*parts) if len(parts) == 3 else Tap("", "", "")  # a hand-made tap is answered like a stale one
    if PICTURE in payload:
        return Media("image", f"page {_field(payload, 'id')}")
    if "text" in payload:
        text = str(payload["text"])
        return Follow() if text == "/batdau" else Text(text)
    raise Anomalous("neither text, tap nor picture")


def _field(payload: Payload, name: str) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise Malformed(name)
    return value
