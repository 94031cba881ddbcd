"""Starts what is due. Every replica does; the run's id sees to it that it happens once.

Of several stretches that were missed, while the service was off, only the present one is made up for. Must not know how
a run is carried out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from api.clock import Clock
from api.durable.jobs import Job

Enqueue = Callable[[str, str], Awaitable[None]]


class Timetable:
    """The jobs, and which of their runs this process has handed in."""

    def __init__(self, jobs: Sequence[Job], enqueue: Enqueue, clock: Clock) -> None:
        self._jobs, self._enqueue, self._clock = jobs, enqueue, clock
        self._handed_in: dict[str, str] = {}

    async def look(self) -> None:
        """Hand in what is due now and was not yet."""
        for job in self._jobs:
            run_id = job.run_id(self._clock())
            if self._handed_in.get(job.name) != run_id:
                await self._enqueue(job.name, run_id)
                self._handed_in[job.name] = run_id
