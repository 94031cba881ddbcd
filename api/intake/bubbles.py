"""Several bubbles are one question: those that wait behind a claimed one, and those that were answered a moment ago.

Who is being answered already is answered again with all of it together: the first answer must not wait long, for a link
in the first bubble may be open in the citizen's other hand. Must not know what a question means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from api.intake import claims, inbox, routing
from api.intake.inbox import Claimed, Stored
from api.surroundings import Surroundings
from bot import conversation
from bot.channels.base import Channel, ChannelError, Delivery
from bot.events import Media, Text
from bot.replies import choice_of
from bot.turn import Context

WINDOW = timedelta(seconds=3)
MOST_PICTURES = 10
_OPEN = {"welcome", "checking", "clarifying"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the deliveries it came in, and the ids of those beyond the claimed one."""

    deliveries: tuple[Delivery, ...]
    more: tuple[int, ...] = ()


async def gather(around: Surroundings, claimed: Claimed, delivery: Delivery) -> Question | None:
    """The question that a claimed delivery begins; None when it has to wait a moment for a further bubble."""
    channel = around.channels[claimed.channel]
    alone = Question((delivery,))
    if channel.fetched or not routing.is_bubble(delivery):
        return alone
    followers = _following(around, channel, claimed, delivery, await inbox.after(around, claimed))
    if followers:
        last, told = followers[-1]
        wait = routing.seconds_to_wait(told, around.settings.bubble_seconds)
        until = min(last.received_at + timedelta(seconds=wait), claimed.received_at + WINDOW)
        if around.clock() < until < around.clock() + WINDOW:
            await claims.wait_for_more(around, claimed, until)
            return None
    return Question((delivery, *(told for _, told in followers)), tuple(stored.id for stored, _ in followers))


def _following(
    around: Surroundings, channel: Channel, claimed: Claimed, first: Delivery, waiting: Sequence[Stored]
) -> list[tuple[Stored, Delivery]]:
    found: list[tuple[Stored, Delivery]] = []
    last = claimed.received_at
    pictures = int(routing.is_picture(first))
    for stored in waiting:
        try:
            told = channel.parse(stored.payload)
        except ChannelError:
            break
        same_album = bool(told.album) and told.album == first.album
        soon = around.settings.bubble_seconds > 0 and stored.received_at - last <= WINDOW
        pictures += routing.is_picture(told)
        belongs = (same_album or soon) and routing.is_bubble(told) and not told.edited
        if not belongs or told.address != first.address or pictures > MOST_PICTURES:
            break
        found.append((stored, told))
        last = stored.received_at
    return found


async def with_earlier(around: Surroundings, claimed: Claimed, delivery: Delivery, context: Context | None) -> Delivery:
    """The same words together with those of the same origin from the seconds before that are answered already: what was
    forwarded has its answer, and what the sender says after it is not its ending."""
    channel = around.channels[claimed.channel]
    event = delivery.event
    if channel.fetched or not around.settings.bubble_seconds or not routing.is_bubble(delivery) or delivery.edited:
        return delivery
    if not isinstance(event, Text) or context is None or context.state not in _OPEN:
        return delivery
    if choice_of(event.text, context.buttons) or conversation.refers_back(context, event.text, around.clock()):
        return delivery
    earlier = []
    for stored in await inbox.before(around, claimed, WINDOW):
        try:
            told = channel.parse(stored.payload)
        except ChannelError:
            continue
        if isinstance(told.event, Text) and routing.is_bubble(told) and _continues(event, told.event):
            earlier.append(told.event)
    return replace(delivery, event=conversation.joined([*earlier, event])) if earlier else delivery


def _continues(later: Text, earlier: Text) -> bool:
    return later.text != earlier.text and later.forwarded_from == earlier.forwarded_from


def together(deliveries: Sequence[Delivery]) -> Delivery:
    """The deliveries of one question as one: words joined, pictures with all that was read in them."""
    first = deliveries[0]
    if len(deliveries) == 1:
        return first
    texts, pictures = [], []
    for delivery in deliveries:
        event = delivery.event
        if isinstance(event, Text):
            texts.append(event)
        elif isinstance(event, Media):
            pictures.append(event)
            if event.caption:
                texts.append(Text(event.caption, event.forwarded_from))
    words = conversation.joined(texts) if texts else Text("")
    if not pictures:
        return replace(first, event=words)
    references = tuple(ref for picture in pictures for ref in (picture.reference, *picture.more) if ref)
    joined = replace(
        pictures[0],
        caption=words.text,
        text="\n".join(picture.text for picture in pictures if picture.text),
        qr=tuple(dict.fromkeys(code for picture in pictures for code in picture.qr)),
        forwarded_from=words.forwarded_from or pictures[0].forwarded_from,
        reference=references[0] if references else "",
        more=references[1:],
    )
    return replace(first, event=joined)
