"""Surroundings on an empty database: SQLite always, PostgreSQL too where a server is given."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import create_engine, text

from api import app as application
from api import codes, log, migrations, vault
from api.database import Database
from api.intake import worker
from api.settings import Settings
from api.surroundings import Surroundings
from bot.channels.terminal import Terminal
from bot.channels.web import Web
from tests.fakes import FakeClock, Messenger, knowledge

POSTGRES = os.environ.get("CANHGIAC_TEST_POSTGRES", "")
KINDS = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]


@pytest.fixture(autouse=True)
def logging_as_in_service() -> None:
    """Our own log lines, as the service writes them."""
    log.set_up()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    name = f"t_{secrets.token_hex(6)}"
    admin = create_engine(POSTGRES.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a laptop, on that database."""
    return Settings(var=tmp_path / "var", database_url=database_url, turn_workers=2, bubble_seconds=0)


@pytest.fixture
def clock() -> FakeClock:
    """A clock set by hand."""
    return FakeClock()


@pytest.fixture
def messenger() -> Messenger:
    """A signed messenger."""
    return Messenger()


@pytest.fixture
async def around(settings: Settings, clock: FakeClock, messenger: Messenger) -> AsyncIterator[Surroundings]:
    """Everything but running workers."""
    database = Database(settings.database)
    await migrations.upgrade(database)
    channels = {c.name: c for c in (Web(), Terminal(), messenger)}
    keys = vault.load(settings.key_file, create=True)
    yield Surroundings(settings, database, keys, knowledge(), channels, codes.draw, clock)
    await database.close()


@dataclass
class Site:
    """The running application and a browser-like client that sends our own Origin."""

    app: FastAPI
    client: httpx.AsyncClient
    around: Surroundings

    async def say(self, words: str, **more: Any) -> httpx.Response:
        """Paste words on the page."""
        return await self.client.post("/api/web/messages", json={"text": words} | more)


@pytest.fixture
async def site(around: Surroundings) -> AsyncIterator[Site]:
    """The application with its workers, without a socket."""
    app = application.assemble(around)
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 5000))
    headers = {"Origin": "http://test"}
    async with (
        worker.running(around),
        httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as client,
    ):
        yield Site(app, client, around)
