"""Zalo's access token, renewed hours before it expires, so that no citizen waits for that. Must not send anything."""

from __future__ import annotations

from api.surroundings import Surroundings
from bot.channels.zalo_oa import ZaloOa


async def renew(around: Surroundings) -> int:
    """Renew it if it is due; gives 1 where there is an account. Raises Transient."""
    channel = around.channels.get("zalo_oa")
    if not isinstance(channel, ZaloOa):
        return 0
    await channel.keep_fresh()
    return 1
