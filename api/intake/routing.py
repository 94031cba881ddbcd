"""Where a delivery belongs before it is taken: whose conversation, whether a further bubble may follow, how slow it is.

Must not decide what is answered; what cannot be parsed here is taken at once, and fails there.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.surroundings import Surroundings
from bot.channels import web
from bot.channels.base import Channel, Delivery, Payload
from bot.events import Media, Text

ALBUM_SECONDS = 1.2
SHORTEST_BUBBLE = 4
"""Shorter texts are choices by number or "ok"; nobody waits for more after them."""


@dataclass(frozen=True, slots=True)
class Route:
    """The conversation's keyed hash, the seconds to wait for a further bubble, and whether pictures must be read."""

    conversation: str
    wait: float = 0.0
    slow: bool = False


def route(around: Surroundings, channel: Channel, payload: Payload) -> Route:
    """The route of a delivery. Raises Malformed where it has no sender at all."""
    own = around.vault.pseudonym(channel.name, channel.sender(payload))
    if channel.fetched:
        return Route(own, slow=web.PICTURE in payload)
    delivery = read(channel, payload)
    if delivery is None:  # whoever takes it will see the same and say so
        return Route(own)
    if delivery.group:
        slow = is_picture(delivery) and delivery.mentioned
        return Route(conversation(around, channel.name, delivery), slow=slow)
    wait = 0.0 if delivery.inline else seconds_to_wait(delivery, around.settings.bubble_seconds)
    return Route(own, wait, is_picture(delivery))


def read(channel: Channel, payload: Payload) -> Delivery | None:
    """What a delivery says, None where nobody can read it."""
    try:
        return channel.parse(payload)
    except Exception:  # it may be a poison one, and neither storing nor showing it must fail of that
        return None


def conversation(around: Surroundings, channel: str, delivery: Delivery) -> str:
    """The keyed hash of the person, or of the group as a whole."""
    if delivery.group:
        return around.vault.pseudonym(channel, f"group {delivery.address}")
    return around.vault.pseudonym(channel, delivery.sender)


def seconds_to_wait(delivery: Delivery, bubble: float) -> float:
    """How long after this bubble another one may still belong to it."""
    if is_picture(delivery) and delivery.album:
        return max(bubble, ALBUM_SECONDS)
    return bubble if is_bubble(delivery) else 0.0


def is_picture(delivery: Delivery) -> bool:
    """Whether there is a picture to be read."""
    event = delivery.event
    return isinstance(event, Media) and event.kind == "image" and bool(event.reference)


def is_bubble(delivery: Delivery) -> bool:
    """Whether it can be part of a question of several bubbles: words or pictures, but no command and no number."""
    if delivery.group or delivery.inline:
        return False
    event = delivery.event
    if isinstance(event, Text):
        text = event.text.strip()
        return len(text) >= SHORTEST_BUBBLE and not text.startswith("/")
    return is_picture(delivery)
