"""Pictures of an update, fetched from the messenger's own host and read once, before the turn and outside its
transaction. What was read is stored, so that a retry neither fetches nor reads again.

A picture that cannot be had or read is no error: the conversation says so. Must not know what a text means.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import orjson
from sqlalchemy.dialects import postgresql, sqlite

from api import log
from api.casework import attachments
from api.casework.attachments import Sent
from api.casework.whose import Whose
from api.intake import claims, outbox, routing
from api.intake.inbox import Claimed
from api.intake.outbox import Letter
from api.messengers.words import READING
from api.models import PictureReading
from api.surroundings import Surroundings
from bot.channels import web
from bot.channels.base import Channel, Delivery, Rejected, Transient
from bot.events import Media
from bot.media import MediaError, Picture, Reader
from bot.replies import Reply

PATIENCE = 1.5
MOST = 10
FETCH_TRIES = 3
_WHERE = "picture_readings|reading"
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """What all pictures of an update say and what their codes hold; ``copies`` by the messenger's references."""

    text: str
    qr: tuple[str, ...]
    copies: Mapping[str, Sent] = field(default_factory=dict)


async def read(around: Surroundings, claimed: Claimed, inbox_id: int, delivery: Delivery) -> Delivery:
    """The delivery with what its pictures say. Raises Transient while the messenger may still give them."""
    event = delivery.event
    if not routing.is_picture(delivery) or not isinstance(event, Media):
        return delivery
    seen = await _known(around, inbox_id)
    if seen is None:
        seen = await _read(around, claimed, delivery, event)
        await _keep(around, claimed, inbox_id, seen if not delivery.group else replace(seen, copies={}))
    return replace(delivery, event=replace(event, text=seen.text, qr=seen.qr))


async def saying_so(around: Surroundings, claimed: Claimed, delivery: Delivery, letter: Letter) -> None:
    """After a while, tell the citizen that their picture is being read; cancelled when it is done before."""
    channel = around.channels[claimed.channel]
    if channel.fetched:  # the page that waits for its answer says so itself
        return
    show = getattr(channel, "show_typing", None)
    if show is not None and not delivery.inline:
        await show(delivery.address)
    await asyncio.sleep(PATIENCE)
    said = Reply(READING.get(letter.language, READING["vi"]))
    await outbox.queue_once(around, replace(letter, key=f"{letter.key}:reading"), said)


async def _read(around: Surroundings, claimed: Claimed, delivery: Delivery, event: Media) -> Seen:
    channel = around.channels[claimed.channel]
    if around.reader is None:
        return Seen("", ())
    texts: list[str] = []
    codes: list[str] = []
    copies: dict[str, Sent] = {}
    for reference in (event.reference, *event.more)[:MOST]:
        picture = await _one(around.reader, channel, claimed, reference)
        if picture is not None:
            texts.append(picture.text)
            codes += picture.payloads
            copies[reference] = Sent(picture.copy, picture.text)
    kept = {reference: sent for reference, sent in copies.items() if sent.copy}
    return Seen("\n".join(text for text in texts if text), tuple(dict.fromkeys(codes)), kept)


async def _one(reader: Reader, channel: Channel, claimed: Claimed, reference: str) -> Picture | None:
    try:
        data = web.enclosed(claimed.payload) if channel.fetched else await channel.fetch(reference)
        return await reader.read_soon(data)
    except Transient:
        if claimed.attempts < FETCH_TRIES:
            raise
        logger.warning("picture not fetched", channel=channel.name, update=claimed.id)
    except (Rejected, MediaError) as failed:
        logger.info("picture not read", channel=channel.name, update=claimed.id, reason=type(failed).__name__)
    return None


async def _known(around: Surroundings, inbox_id: int) -> Seen | None:
    async with around.database.reading() as session:
        row = await session.get(PictureReading, inbox_id)
    if row is None:
        return None
    told = orjson.loads(around.vault.open(_WHERE, str(inbox_id), row.reading))
    return Seen(told["text"], tuple(told["qr"]))


async def _keep(around: Surroundings, claimed: Claimed, inbox_id: int, seen: Seen) -> None:
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    sealed = around.vault.seal(_WHERE, str(inbox_id), orjson.dumps({"text": seen.text, "qr": seen.qr}))
    statement = insert(PictureReading).values(inbox_id=inbox_id, reading=sealed).on_conflict_do_nothing()
    whose = Whose(claimed.sender, claimed.channel, around.clock())
    async with around.database.writing() as session:
        new = (await session.execute(statement.returning(PictureReading.inbox_id))).first()
        if new:
            attachments.keep(session, around, whose, seen.copies)
        if around.channels[claimed.channel].fetched:
            await claims.rewrite(session, around, claimed, web.without_picture(claimed.payload))
