"""One process that runs jobs and can be killed: ``python -m tests.api.durable.replica JSON``.

Each step leaves a line in a diary: which run, which step, which process. A step named ``wait`` then waits until a
door is opened. The diary lies outside the database, so that what was done counts, and not what was stored.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from dbos import DBOS

from api import app as application
from api import codes, errands, log, vault
from api.clock import now
from api.database import Database
from api.durable import engine
from api.durable.jobs import Job, Step
from api.messengers.building import build
from api.settings import Settings
from api.surroundings import Surroundings
from tests.fakes import knowledge


def diary_step(told: dict[str, Any], name: str) -> Step:
    """A step that writes into the diary."""
    place = Path(told["place"])

    async def step(_around: Surroundings) -> int:
        with (place / "diary").open("a") as diary:
            diary.write(f"{DBOS.workflow_id} {name} {told['name']}\n")
        while name == "wait" and not (place / "door").exists():  # noqa: ASYNC110 - a file tells nobody that it is there
            await asyncio.sleep(0.05)
        return 1

    return step


def jobs(told: dict[str, Any]) -> list[Job]:
    """The jobs that this process has: made up ones, or some of the service's own."""
    made = [
        Job(name, timedelta(seconds=seconds), {step: diary_step(told, step) for step in steps})
        for name, seconds, steps in told.get("jobs", [])
    ]
    return made + [job for job in errands.ALL if job.name in told.get("own", [])]


@asynccontextmanager
async def surroundings(told: dict[str, Any]) -> AsyncIterator[Surroundings]:
    """Everything a job needs."""
    chosen = Settings(**told["settings"] | {"var": Path(told["settings"]["var"])})
    database = Database(chosen.database)
    keys = vault.load(chosen.key_file, create=True)
    async with httpx.AsyncClient(trust_env=False) as client:
        channels = application.own_channels() | build(chosen, database, keys, now, client)
        yield Surroundings(chosen, database, keys, knowledge(), channels, codes.draw)
    await database.close()


async def live(told: dict[str, Any]) -> None:
    """Run jobs until the input ends."""
    log.set_up(level=40)
    async with surroundings(told) as around, engine.running(around, jobs(told)):
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(live(json.loads(sys.argv[1])))
