"""The warning card to pass on, as a picture: drawn when it is needed, the same bytes each time.

Must not choose what it warns of nor write a sentence.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import lru_cache

from api.surroundings import Surroundings
from bot import answers, cards
from bot.cards import Card
from bot.channels.base import Channel, Rejected
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOa


async def send_card(around: Surroundings, channel: Channel, address: str, key: str, language: str) -> None:
    """Send the picture of a warning. Raises Transient or Rejected."""
    if isinstance(channel, ZaloBot):
        if not around.settings.base_url:
            raise Rejected("no public address for a picture")
        await channel.send_picture(address, f"{around.settings.address}{path(key, language)}")
        return
    picture = await png(around, key, language)
    if picture is None:
        raise Rejected("no such warning any more")
    if not isinstance(channel, Telegram | ZaloOa):
        raise Rejected("channel takes no pictures")
    await channel.send_picture(address, picture)


def path(key: str, language: str = "vi") -> str:
    """Where the picture of a warning lies on our own site."""
    return f"/the-canh-bao/{key}.png{'?en=1' if language == 'en' else ''}"


async def png(around: Surroundings, key: str, language: str = "vi") -> bytes | None:
    """The picture; None for a key that nothing has."""
    known = replace(around.knowledge, page=around.settings.base_url)
    card = answers.card_for(key, known, language, around.clock().date())
    return await asyncio.to_thread(_drawn, card) if card else None


@lru_cache(maxsize=64)
def _drawn(card: Card) -> bytes:
    return cards.png(card)
