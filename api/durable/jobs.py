"""What runs by the clock: a name, how often, and steps in order. Must not know who runs them, nor what for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from api.surroundings import Surroundings

Step = Callable[[Surroundings], Awaitable[int]]
"""Does one thing and gives how much there was to do. It may be repeated after a crash, so it must not mind that."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is due once in every stretch of ``every``, counted from midnight UTC.

    A step that fails is tried again; the others are done all the same. After a crash the steps that were finished are
    not repeated.
    """

    name: str
    every: timedelta
    steps: Mapping[str, Step]

    def due_at(self, now: datetime) -> datetime:
        """The beginning of the stretch of time that ``now`` is in."""
        seconds = self.every.total_seconds()
        return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)

    def run_id(self, now: datetime) -> str:
        """What names this one run for all replicas, so that it happens once."""
        return f"{self.name}@{self.due_at(now):%Y-%m-%dT%H:%M:%SZ}"
