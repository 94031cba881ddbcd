"""Nothing lost, nobody answered twice, while the process is killed again and again in the middle of its work.

Updates come shuffled, a fifth of them twice, as signed deliveries that are repeated until they are acknowledged. Each
answer carries a button with a code that only this one turn drew: the same code twice is the same answer sent twice.
``make chaos`` runs the long forms; ``CANHGIAC_CHAOS`` names it.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from sqlalchemy import func, select

from api import migrations, vault
from api.clock import now
from api.database import Database
from api.messengers.tokens import StoredTokens
from api.models import InboxUpdate, OutboxReply
from api.settings import Settings
from bot.channels.zalo_oa import ZaloTokens
from tests.api.conftest import POSTGRES
from tests.api.intake import replica
from tests.fakes import SCAM
from tests.simulator import messenger, payloads, zalo_oa
from tests.simulator.messenger import FakeServer
from tests.simulator.platforms import settings_for

LONG = bool(os.environ.get("CANHGIAC_CHAOS"))
UPDATES = 1000 if LONG else 240
KILLS = 60 if LONG else 12
DOWN_SECONDS = 60.0 if LONG else 2.0
PATIENCE = 240.0 if LONG else 60.0


@dataclass
class House:
    """Replicas, their messenger, their database."""

    process: asyncio.subprocess.Process
    server: FakeServer
    database: Database
    address: str
    url: str
    kills: int = 0

    async def order(self, command: str) -> None:
        """Start or kill a replica."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n".encode())
        await self.process.stdin.drain()
        assert (await self.process.stdout.readline()).strip() == b"done"
        self.kills += command.startswith("kill")

    async def count(self, *conditions: Any, table: Any = InboxUpdate) -> int:
        """Rows of a table."""
        async with self.database.reading() as session:
            return int((await session.execute(select(func.count()).select_from(table).where(*conditions))).scalar_one())

    async def until_answered(self, updates: int) -> None:
        """Wait until every update is handled and every reply is sent."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if (
                await self.count(InboxUpdate.handled_at.is_not(None)) == updates
                and await self.count(OutboxReply.sent_at.is_(None), table=OutboxReply) == 0
            ):
                return
            await asyncio.sleep(0.2)
        handled = await self.count(InboxUpdate.handled_at.is_not(None))
        unsent = await self.count(OutboxReply.sent_at.is_(None), table=OutboxReply)
        pytest.fail(f"{handled} of {updates} handled, {unsent} replies unsent")

    def answers(self) -> Counter[str]:
        """How often each answer arrived, by the code of its turn."""
        codes = []
        for one in self.server.sent:
            buttons = one.body["attachment"]["payload"]["buttons"]
            codes.append(buttons[0]["payload"].split("|")[1])
        return Counter(codes)


@asynccontextmanager
async def house(
    database_url: str, place: Path, *, quick: bool = True, senders: int = 1, **more: Any
) -> AsyncIterator[House]:
    server, sock = FakeServer(), messenger.listening()
    async with messenger.serving(zalo_oa.app(server)) as address:
        given = settings_for("zalo_oa", address, zalo_oa_choices="buttons", bubble_seconds=0, senders=senders)
        chosen = given | {"var": str(place / "var"), "database_url": database_url} | more
        told = {"settings": chosen, "quick": quick, "socket": sock.fileno(), "log": 60}
        settings = replica.settings(told)
        database = Database(settings.database)
        await migrations.upgrade(database)
        await renewed(settings, database)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.api.intake.replica", json.dumps(told),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, pass_fds=[sock.fileno()],
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdin is not None
        await process.stdout.readline()
        try:
            yield House(process, server, database, f"http://127.0.0.1:{sock.getsockname()[1]}", database_url)
        finally:
            process.stdin.close()
            await process.wait()
            sock.close()
            await database.close()


async def renewed(settings: Settings, database: Database) -> None:
    """Fetch the first token: whoever dies between Zalo's answer and the store has lost it, and nobody can change that."""
    keys = vault.load(settings.key_file, create=True)
    store = StoredTokens(database, keys, now, first=settings.zalo_oa_refresh_token, place=settings.var)
    async with httpx.AsyncClient(trust_env=False) as client:
        secret = settings.zalo_oa_app_secret
        tokens = ZaloTokens(
            store, client, now, app_id=settings.zalo_oa_app_id, app_secret=secret, oauth_base=settings.zalo_oa_oauth_url
        )
        await tokens.access()


def deliveries(count: int) -> list[dict[str, Any]]:
    """Updates of a quarter as many people, a fifth of them twice, in any order."""
    dice = random.Random(count)  # noqa: S311
    made = [payloads.zalo_oa(SCAM, f"u{number % (count // 4)}", f"n{number}") for number in range(count)]
    made += dice.sample(made, count // 5)
    dice.shuffle(made)
    return made


async def feed(house: House, some: list[dict[str, Any]], at_once: int = 8) -> None:
    """Deliver as a messenger does: again and again until it is acknowledged."""
    waiting = list(reversed(some))

    async def one(client: httpx.AsyncClient) -> None:
        while waiting:
            body, headers = payloads.signed(waiting.pop())
            while True:
                try:
                    answer = await client.post(f"{house.address}/webhooks/zalo_oa", content=body, headers=headers)
                    if answer.status_code == 200:
                        break
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.02)

    async with httpx.AsyncClient(trust_env=False, timeout=2.0) as client:
        await asyncio.gather(*(one(client) for _ in range(at_once)))


@pytest.mark.parametrize("lives", [["a"], ["a web", "b worker"]], ids=["one process", "web and worker"])
async def test_killed_again_and_again_nothing_is_lost(database_url: str, tmp_path: Path, lives: list[str]) -> None:
    dice = random.Random(UPDATES)  # noqa: S311
    async with house(database_url, tmp_path) as here:
        for life in lives:
            await here.order(f"start {life}")
        feeding = asyncio.create_task(feed(here, deliveries(UPDATES)))
        while here.kills < KILLS:
            await asyncio.sleep(dice.uniform(0.1, 0.6))
            life = dice.choice(lives)
            await here.order(f"kill {life.split()[0]}")
            await here.order(f"start {life}")
        await feeding
        await here.until_answered(UPDATES)
        answers = here.answers()
        assert len(answers) == UPDATES
        assert sum(answers.values()) - UPDATES <= here.kills


async def test_without_a_crash_two_replicas_answer_exactly_once(database_url: str, tmp_path: Path) -> None:
    async with house(database_url, tmp_path, senders=4) as here:
        await here.order("start a")
        await here.order("start b")
        await feed(here, deliveries(UPDATES))
        await here.until_answered(UPDATES)
        assert sorted(here.answers().values()) == [1] * UPDATES
        assert here.server.refreshes == 1


async def test_a_dead_replicas_work_is_taken_over_within_ten_seconds(database_url: str, tmp_path: Path) -> None:
    async with house(database_url, tmp_path, quick=False) as here:
        await here.order("start a")
        await feed(here, deliveries(40))
        await here.order("kill a")
        began = time.monotonic()
        await here.order("start b")
        await here.until_answered(40)
        assert time.monotonic() - began < 14  # ten, and the time to do it on a busy machine
        assert len(here.answers()) == 40


async def test_a_messenger_that_is_down_for_a_while_loses_nothing(database_url: str, tmp_path: Path) -> None:
    async with house(database_url, tmp_path) as here:
        await here.order("start a")
        here.server.down = True
        await feed(here, deliveries(UPDATES // 4))
        await asyncio.sleep(DOWN_SECONDS)
        here.server.down = False
        await here.until_answered(UPDATES // 4)
        assert sorted(here.answers().values()) == [1] * (UPDATES // 4)


async def test_a_database_that_is_away_for_a_while_loses_nothing(database_url: str, tmp_path: Path) -> None:
    async with house(database_url, tmp_path) as here:
        await here.order("start a")
        feeding = asyncio.create_task(feed(here, deliveries(UPDATES // 4)))
        await asyncio.sleep(0.5)
        async with away(here):
            await asyncio.sleep(DOWN_SECONDS)
        await feeding
        await here.until_answered(UPDATES // 4)
        assert sorted(here.answers().values()) == [1] * (UPDATES // 4)


@asynccontextmanager
async def away(here: House) -> AsyncIterator[None]:
    """Locked by somebody else on SQLite; every connection cut and none let in on PostgreSQL."""
    if here.database.is_sqlite:
        async with here.database.engine.execution_options(writing=True).connect() as connection, connection.begin():
            yield
        return
    name = here.url.rsplit("/", 1)[1]
    await here.database.close()
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
