"""What the rooms of the running service share: settings, database, keys, knowledge, channels, the time, bells.

Built once when the service starts and passed down. ``knowledge`` alone is replaced, whole, by a new revision.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from api import clock
from api.access.ledger import Ledger
from api.bell import Bell
from api.clock import Clock
from api.database import Database
from api.settings import Settings
from api.together import Together
from api.vault import Vault
from bot.channels.base import Channel
from bot.knowledge_base import Knowledge
from bot.media import Reader


@dataclass(slots=True)
class Surroundings:
    """Everything a turn needs from outside the conversation."""

    settings: Settings
    database: Database
    vault: Vault
    knowledge: Knowledge
    channels: Mapping[str, Channel]
    draw: Callable[[], str]
    clock: Clock = clock.now
    arrived: Bell = field(default_factory=Bell)
    pictured: Bell = field(default_factory=Bell)
    answered: Bell = field(default_factory=Bell)
    listing: object = None
    raised: tuple[datetime, int] | None = None
    reader: Reader | None = None
    batches: dict[Any, Together[Any, Any]] = field(default_factory=dict)
    hashing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    def __post_init__(self) -> None:
        """Every session can write to the audit log."""
        self.database.info["ledger"] = Ledger(self.vault, self.clock, self.settings.anchor_file)

    def together(self, work: Callable[[Sequence[Any]], Awaitable[Sequence[Any]]]) -> Together[Any, Any]:
        """The queue of what one function reads or writes, several in one transaction when there is much to do."""
        if work not in self.batches:
            self.batches[work] = Together(work)
        return self.batches[work]
