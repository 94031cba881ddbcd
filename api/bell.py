"""Wakes whoever waits in this process, so that nobody polls quickly. Losing a ring costs a poll, never a message."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Bell:
    """Rung after a commit; every waiter wakes."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Until the next ring, or until the time has passed."""
        rung = self._rung
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):  # wait_for of Python 3.11 can lose a cancellation
                await rung.wait()
