"""Answers while nothing can be stored: the database is away, but the judge and the handbook are in memory.

Nothing said here is recorded, and it says so. On a messenger only first aid is given, for the messenger brings the
update again until it is stored, and then it is answered once more: twice is better than late. Must not pretend that
anybody was told.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from api import log
from api.intake import routing
from api.surroundings import Surroundings
from bot import conversation, wording
from bot.channels.base import Channel, ChannelError, Payload, Rejected
from bot.events import Event, Media, Tap, Text
from bot.replies import Button, Reply
from bot.states import commands, emergency
from bot.turn import Turn

AWAY = (SQLAlchemyError, OSError, TimeoutError)
"""How a database that is away shows itself."""
MOST_REMEMBERED = 2000
_helped: OrderedDict[tuple[str, str], None] = OrderedDict()
"""Updates that got first aid, or are being given it, and may come again before they can be stored."""
logger = log.get(__name__)


async def answer(around: Surroundings, event: Event) -> list[Reply]:
    """What can be said to somebody on the page without remembering anything of them."""
    turn = await _advance(around, event)
    logger.warning("answered without storing", channel="web")
    words = wording.of(turn.context.language)
    replies = [replace(reply, buttons=_kept(reply)) for reply in turn.replies]
    return [*replies, Reply(words.unstored, language=turn.context.language)]


async def first_aid(around: Surroundings, channel: Channel, payload: Payload) -> None:
    """Send the golden-hour card to somebody who cries for help, until it has arrived once; everything else waits until
    it can be stored."""
    delivery = routing.read(channel, payload)
    key = (channel.name, channel.update_id(payload))
    if delivery is None or delivery.group or delivery.inline or not _is_cry(delivery.event) or key in _helped:
        return
    turn = await _advance(around, delivery.event)
    _helped[key] = None
    while len(_helped) > MOST_REMEMBERED:
        _helped.popitem(last=False)
    logger.warning("first aid without storing", channel=channel.name)
    try:
        for message in [m for reply in turn.replies for m in channel.render(replace(reply, buttons=_kept(reply)))]:
            await channel.send(delivery.address, message)
    except Rejected:  # never to be taken: nothing to try again
        pass
    except (ChannelError, *AWAY):  # a messenger's token may lie in the database too
        _helped.pop(key, None)


def _is_cry(event: Event) -> bool:
    """By plain words and the red button: no judge is needed, so that nothing more can break."""
    if isinstance(event, Tap):
        return event.choice == "emergency" or event.state == "emergency"
    said = event.text if isinstance(event, Text) else event.caption if isinstance(event, Media) else ""
    return commands.is_cry(said) or emergency.guessed(said) is not None


async def _advance(around: Surroundings, event: Event) -> Turn:
    """A turn of somebody we know nothing of."""
    now, known = around.clock(), around.knowledge
    return await asyncio.to_thread(conversation.advance, None, event, known, now, around.draw)


def _kept(reply: Reply) -> tuple[Button, ...]:
    """The buttons that work without memory: the red one, and what has happened."""
    return tuple(
        b for b in reply.buttons if b.choice == "emergency" or (b.state == "emergency" and b.choice not in _REMEMBERING)
    )


_REMEMBERING = frozenset({"steps", "report", "wrong"})
