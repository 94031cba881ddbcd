"""Locks on files, between the processes of one machine; the kernel frees those of a process that dies.

Nobody is told when such a lock is free, so that whoever waits asks again and again. Must not know what is locked.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path


def private_file(path: Path) -> None:
    """Make sure that a file is there, for us alone."""
    os.close(_opened(path))


@asynccontextmanager
async def held(path: Path, *, asking_every: float) -> AsyncIterator[None]:
    """The lock of a file, for as long as the block lasts; asked for every so many seconds until it is free."""
    handle = _opened(path)
    try:
        await _take(handle, asking_every)
        yield
    finally:
        os.close(handle)


class Queue:
    """A lock that goes round: whoever wants it again comes after those who wait already."""

    ASKING_EVERY = 0.001

    def __init__(self, path: Path) -> None:
        """``path`` is the file that is locked; a second one beside it, ``.next``, belongs to whoever is next."""
        self._inside, self._next = _opened(path), _opened(path.with_name(f"{path.name}.next"))

    @asynccontextmanager
    async def passing(self, seconds: float) -> AsyncIterator[None]:
        """Inside for as long as the block lasts. Raises TimeoutError when it is not our turn within ``seconds``."""
        async with asyncio.timeout(seconds):
            await _take(self._next, self.ASKING_EVERY)
            try:
                await _take(self._inside, self.ASKING_EVERY)
            finally:
                _free(self._next)
        try:
            yield
        finally:
            _free(self._inside)

    def close(self) -> None:
        """Give the files back."""
        for handle in (self._next, self._inside):
            os.close(handle)


def _opened(path: Path) -> int:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


async def _take(handle: int, asking_every: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            await asyncio.sleep(asking_every)
        else:
            return


def _free(handle: int) -> None:
    fcntl.flock(handle, fcntl.LOCK_UN)
