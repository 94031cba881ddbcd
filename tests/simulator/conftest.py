"""The service in this process, a simulated messenger, and a citizen who holds the phone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import app as application
from api import clock, codes, log, migrations, vault
from api.database import Database
from api.intake import worker
from api.messengers import receiving
from api.messengers.building import build
from api.settings import Settings
from api.surroundings import Surroundings
from bot.channels.base import Pace
from tests.fakes import knowledge
from tests.simulator import messenger
from tests.simulator.page import Phone
from tests.simulator.platforms import APPS, settings_for
from tests.simulator.post import Post
from tests.simulator.world import Changes, Line

PATIENCE = 40.0


@dataclass
class Here:
    """A service that is simply there."""

    address: str
    state: str = "running"

    async def start(self) -> None:
        """It runs already."""

    async def kill(self) -> None:
        """It cannot be killed: it is this process."""


@dataclass
class Citizen:
    """Somebody with a phone, by the verbs of what they do."""

    line: Line
    phone: httpx.AsyncClient
    around: Surroundings
    who: str = "nam"
    group: str = "0"
    read: int = 0
    newest: list[dict[str, Any]] = field(default_factory=list)

    async def does(self, kind: str, *, files: tuple[bytes, ...] = (), **more: str) -> None:
        """Do something on the phone, and wait for nothing."""
        told = {"channel": self.line.channel, "who": self.who, "group": self.group, "kind": kind} | more
        answer = await self.phone.post("/act", data=told, files=[("files", ("a.png", data)) for data in files] or None)
        assert answer.status_code == 200

    async def says(self, text: str, expected: str) -> str:
        """Write, and read until these words come; gives all that came."""
        await self.does("text", text=text)
        return await self.reads(expected)

    async def chooses(self, label: str, expected: str = "", *, photo: bool = False) -> str:
        """Tap the button of that label, or type its number; the newest answer is looked at first."""
        for bubble in reversed(self.newest):
            for number, words in bubble["choices"]:
                if words == label:
                    await self.does("text", text=number)
                    return await self.reads(expected, photo=photo)
            for key in (key for row in bubble["buttons"] for key in row):
                if key["label"] == label:
                    await self.does("tap", data=key["data"], about=str(bubble["number"]))
                    return await self.reads(expected, photo=photo)
        raise AssertionError(f"no {label} in {self.newest}")

    async def sees(self, after: int = -1) -> dict[str, Any]:
        """The screen, as soon as it is newer."""
        query = {"channel": self.line.channel, "who": self.who, "group": self.group, "after": str(after)}
        told: dict[str, Any] = (await self.phone.get("/state", params=query)).json()
        return told

    async def reads(self, expected: str = "", *, photo: bool = False) -> str:
        """Wait until the bot has said these words since last time, and shown a photo; gives all that it said."""
        until, version = time.monotonic() + PATIENCE, -1
        while True:
            state = await self.sees(version)
            version = state["version"]
            said = [bubble for bubble in state["bubbles"] if bubble["side"] == "bot"]
            words = "\n".join(part for bubble in said[self.read :] for part, _ in bubble["parts"])
            fresh = said[self.read :]
            if fresh and expected in words and (not photo or any(bubble["photos"] for bubble in fresh)):
                self.newest, self.read = fresh, len(said)
                return words
            assert time.monotonic() < until, (words, state["calls"])


Make = Callable[..., Awaitable[Citizen]]


@pytest.fixture
async def citizen(tmp_path: Path) -> AsyncIterator[Make]:
    """Makes a citizen of a channel, with everything behind the phone."""
    log.set_up()
    async with AsyncExitStack() as stack:

        async def make(channel: str, *, polled: bool = False, **more: str) -> Citizen:
            changes = Changes()
            line = Line(channel, changes)
            line.address = await stack.enter_async_context(messenger.serving(APPS[channel](line.server)))
            sock = messenger.listening()
            address = f"http://127.0.0.1:{sock.getsockname()[1]}"
            mode = {f"{channel}_mode": "polling"} if polled else {}
            told = settings_for(channel, line.address, base_url=address, **{"bubble_seconds": "0.05"} | mode | more)
            around = await _serve(stack, Settings(var=tmp_path / "var", **told), sock)
            post = Post(line, lambda: address, polled=polled)
            running = asyncio.create_task(post.run())
            stack.callback(running.cancel)
            page = Phone({channel: (line, post)}, Here(address), changes).app()
            client = httpx.AsyncClient(transport=httpx.ASGITransport(page), base_url="http://phone", timeout=30)
            return Citizen(line, await stack.enter_async_context(client), around)

        yield make


async def _serve(stack: AsyncExitStack, settings: Settings, sock: Any) -> Surroundings:
    """The service as it is run, with a judge that knows one scam."""
    database = Database(settings.database)
    stack.push_async_callback(database.close)
    await migrations.upgrade(database)
    keys = vault.load(settings.key_file, create=True)
    client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))
    channels = application.own_channels() | build(settings, database, keys, clock.now, client)
    for channel in channels.values():
        if not channel.fetched:
            channel.pace = Pace(per_second=10_000, person_seconds=0, group_seconds=0)  # type: ignore[attr-defined]
    around = Surroundings(settings, database, keys, knowledge(), channels, codes.draw)
    await stack.enter_async_context(messenger.serving(application.assemble(around), sock))
    await stack.enter_async_context(worker.running(around))
    await stack.enter_async_context(receiving.running(around))
    return around
