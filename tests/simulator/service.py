"""The real service as a process of its own, set up to talk to the simulated messengers; it can be killed and started.

Must not know a platform's format.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.simulator.messenger import listening

STARTED = "Ctrl-C"


class Service:
    """One replica on SQLite in a folder of its own. What it prints is passed on once, its log is kept in a file."""

    def __init__(self, var: Path, told: Mapping[str, str], changed: Callable[[], None]) -> None:
        with listening() as free:
            self.port = free.getsockname()[1]
        self.var, self.state, self.printed = var, "stopped", ""
        self._changed = changed
        own = {"var": str(var), "port": str(self.port), "base_url": self.address} | dict(told)
        self._environment = os.environ | {f"CANHGIAC_{name.upper()}": value for name, value in own.items()}
        self._process: asyncio.subprocess.Process | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it, and wait until it is ready or has given up."""
        if self.state != "stopped":
            return
        self._set("starting")
        self.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.var / "service.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "api", env=self._environment, stdout=asyncio.subprocess.PIPE, stderr=log
            )
        assert self._process.stdout is not None
        said = b""
        while line := await self._process.stdout.readline():
            said += line
            if STARTED.encode() in line:
                break
        self.printed = self.printed or said.decode()
        self._set("running" if STARTED.encode() in said else "stopped")
        self._watching = asyncio.create_task(self._watch(self._process))

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        self._set("stopped")

    async def stop(self) -> None:
        """End it in good order."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()
        if self._watching is not None:
            await self._watching

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        if process is self._process:
            self._set("stopped")

    def _set(self, state: str) -> None:
        self.state = state
        self._changed()
