"""Short verbs for the tests of the way of a message."""

from __future__ import annotations

from typing import Any

from api.intake import delivery, inbox, worker
from api.surroundings import Surroundings


async def deliver(around: Surroundings, number: int, text: str = "xin chào", sender: str = "a", **more: Any) -> bool:
    """The messenger delivers one update."""
    payload = {"id": number, "from": sender, "text": text} | more
    return await inbox.record(around, around.channels["messenger"], payload)


async def settle(around: Surroundings) -> None:
    """Take updates and send replies until nothing is left to do now."""
    while await worker.take_one(around):
        pass
    while await delivery.deliver(around):
        pass
