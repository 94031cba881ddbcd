"""A house of processes with one database and one diary."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from api.database import Database
from api.models import Executor
from api.settings import Settings
from api.surroundings import Surroundings
from tests.api.messengers.conftest import world  # noqa: F401 - a fixture

PATIENCE = 40.0


@dataclass
class House:
    """Processes by name."""

    settings: dict[str, Any]
    url: str
    database: Database
    place: Path
    processes: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)

    async def start(self, name: str, **told: Any) -> None:
        """Start a process; it has the jobs it is told."""
        given = {"settings": self.settings, "place": str(self.place), "name": name} | told
        self.processes[name] = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.api.durable.replica", json.dumps(given), stdin=asyncio.subprocess.PIPE
        )

    async def kill(self, name: str) -> None:
        """End a process with SIGKILL."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        await process.wait()

    async def stop(self, name: str) -> float:
        """Let a process end in good order; gives how many seconds that took."""
        process, began = self.processes.pop(name), time.monotonic()
        assert process.stdin is not None
        process.stdin.close()
        assert await process.wait() == 0
        return time.monotonic() - began

    @property
    def diary(self) -> list[list[str]]:
        """What was done: run, step, process."""
        path = self.place / "diary"
        return [line.rsplit(" ", 2) for line in path.read_text().splitlines()] if path.exists() else []

    def done(self, step: str, name: str = "") -> list[list[str]]:
        """What was done of one step, by one process or by any."""
        return [line for line in self.diary if line[1] == step and line[2].startswith(name)]

    def open_door(self) -> None:
        """Let waiting steps go on."""
        (self.place / "door").touch()

    async def until_living(self, processes: int) -> None:
        """Wait until so many processes give signs of life."""
        found = 0
        while found < processes:
            async with self.database.reading() as session:
                found = len((await session.scalars(select(Executor.id))).all())
            await asyncio.sleep(0.05)

    async def until(self, told: Callable[[], object]) -> None:
        """Wait for something to become true."""
        end = time.monotonic() + PATIENCE
        while not told():
            assert time.monotonic() < end, self.diary
            await asyncio.sleep(0.05)


@pytest.fixture
async def house(settings: Settings, around: Surroundings, tmp_path: Path) -> AsyncIterator[House]:
    """An empty house with the tables in place."""
    told = settings.model_dump(include={"var", "database_url"}) | {"var": str(settings.var)}
    house = House(told, settings.database_url, around.database, tmp_path)
    yield house
    for name in list(house.processes):
        await house.kill(name)
