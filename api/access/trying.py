"""What is being tried in this process at this moment, and may yet go well. Must not know what is tried, nor how often
it may fail."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

_now: dict[str, Trying] = {}


class Trying:
    """Tries of one kind. Those that are refused wait for one of these to end; ``door`` lets one of them ask again at a
    time."""

    def __init__(self) -> None:
        self.tries, self.went_well, self.known_to = 0, 0, 0
        self.door = asyncio.Lock()
        self._changed = asyncio.Event()

    def begin(self) -> None:
        """One more."""
        self.tries += 1

    def end(self, *, well: bool) -> None:
        """One less."""
        self.tries -= 1
        self.went_well += well
        if well or not self.tries:  # one that went wrong makes room for nobody
            self._changed.set()
            self._changed = asyncio.Event()

    async def change(self) -> None:
        """Wait until one has gone well, or none is left."""
        await self._changed.wait()


@contextmanager
def of(key: str) -> Iterator[Trying]:
    """The tries under a key, remembered for as long as anybody looks at them."""
    one = _now.setdefault(key, Trying())
    one.known_to += 1
    try:
        yield one
    finally:
        one.known_to -= 1
        if not one.known_to:
            del _now[key]
