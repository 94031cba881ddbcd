"""The warning card to pass on, as a picture: drawn when it is needed, the same bytes each time.

Must not choose the method nor write a sentence.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from functools import lru_cache

from api.surroundings import Surroundings
from bot import answers, cards
from bot.cards import Card
from bot.channels.base import Channel, Rejected
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOa


async def send_card(around: Surroundings, channel: Channel, address: str, slug: str, language: str) -> None:
    """Send the picture of a method's warning. Raises Transient or Rejected."""
    if isinstance(channel, ZaloBot):
        if not around.settings.base_url:
            raise Rejected("no public address for a picture")
        await channel.send_picture(address, f"{around.settings.address}{path(slug, language)}")
        return
    picture = await png(around, slug, language)
    if picture is None:
        raise Rejected("no such method any more")
    if not isinstance(channel, Telegram | ZaloOa):
        raise Rejected("channel takes no pictures")
    await channel.send_picture(address, picture)


def path(slug: str, language: str = "vi") -> str:
    """Where the picture of a method's warning lies on our own site."""
    return f"/the-canh-bao/{slug}.png{'?en=1' if language == 'en' else ''}"


async def png(around: Surroundings, slug: str, language: str = "vi") -> bytes | None:
    """The picture; None for an unknown method."""
    method = around.knowledge.method(slug)
    if method is None:
        return None
    today: date = around.clock().date()
    link = replace(around.knowledge, page=around.settings.base_url).link
    card = answers.card_for(method, around.knowledge.handbook, language, today, link)
    return await asyncio.to_thread(_drawn, card)


@lru_cache(maxsize=64)
def _drawn(card: Card) -> bytes:
    return cards.png(card)
