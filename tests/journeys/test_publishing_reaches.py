"""Two processes on one database answer citizens without a pause while the catalogue changes: whatever is published,
paused, put back or taken back reaches the answers within a second, and no answer is slower for it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import pytest

from api import codes, vault
from api.casework import indicators, named
from api.casework.cases import Acting
from api.casework.indicators import Status
from api.casework.named import Kind as NamedKind
from api.curation import publishing
from api.curation.pieces import Kind
from api.database import Database
from api.settings import Settings
from api.surroundings import Surroundings
from tests.api.casework import desk as officers
from tests.api.curation.desk import HOA, SLUG, approved, changed, live, shipped
from tests.fakes import knowledge
from tests.journeys.people import WAIT, Running, start, warm

NEW_NAME = "Giả điện lực dọa cắt điện, đòi bấm link"
OLD_NAME = str(shipped(Kind.METHOD, SLUG).data["name"])
SCAM = str(shipped(Kind.METHOD, SLUG).data["examples"][1]["text"])
ACCOUNT = "19034567890123"
WITHIN = 1.0
SLOWEST = 1.5
"""No citizen waits longer for an answer while a judge is built beside it, on two cores that do everything."""


@dataclass
class Citizens:
    """Somebody who asks over and over, what was answered last, and how long each answer took."""

    address: str
    text: str = SCAM
    last: str = ""
    took: list[float] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def ask(self) -> str:
        with httpx.Client(base_url=self.address, headers={"Origin": self.address}, timeout=WAIT) as client:
            began = time.monotonic()
            told = client.post("/api/web/messages", json={"text": self.text}).json()
            while (answer := client.get("/api/web/replies", params={"id": told["id"]}).json())["pending"]:
                time.sleep(0.02)
            self.took.append(time.monotonic() - began)
            return str(answer)

    def keep_asking(self) -> None:
        while not self.done.is_set():
            self.last = self.ask()
            time.sleep(0.2)


@contextmanager
def asking(service: Running) -> Iterator[Citizens]:
    citizens = Citizens(service.address)
    thread = threading.Thread(target=citizens.keep_asking)
    thread.start()
    try:
        yield citizens
    finally:
        citizens.done.set()
        thread.join()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Running]]:
    """Two processes that both answer, on one folder."""
    var = tmp_path_factory.mktemp("two") / "var"
    settings = {"BUBBLE_SECONDS": "0", "MESSAGES_PER_MINUTE_PER_ADDRESS": "100000"}
    running = (start(var, **settings), start(var, **settings))
    for one in running:
        warm(one)
    yield running
    for one in running:
        one.end()


@pytest.fixture
async def around(two: tuple[Running, Running]) -> AsyncIterator[Surroundings]:
    """The desk's way to the same database; it answers nobody."""
    settings = Settings(var=two[0].var)
    database = Database(settings.database)
    yield Surroundings(settings, database, vault.load(settings.key_file, create=False), knowledge(), {}, codes.draw)
    await database.close()


async def reached(
    around: Surroundings, citizens: tuple[Citizens, Citizens], act: Awaitable[object], true: Callable[[str], bool]
) -> float:
    """How long it takes from the press of a button until both processes serve it and the answers show it."""
    began = time.monotonic()
    await act
    async with asyncio.timeout(WAIT):
        while not all(true(one.last) for one in citizens) or not await all_serve(around):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return time.monotonic() - began


def busy() -> float:
    """How many times slower this machine is than a quiet one: others may use its processors, too."""
    began, spent = time.perf_counter(), time.process_time()
    while time.process_time() - spent < 0.2:
        sum(range(1000))
    return (time.perf_counter() - began) / 0.2


async def all_serve(around: Surroundings) -> bool:
    current = await live(around)
    running = await publishing.running_replicas(around)
    return len(running) == 2 and all(one.serving == current.id for one in running)


async def ready(around: Surroundings, made: int) -> None:
    async with around.database.reading() as session:
        revision = (await publishing.publication(session, made)).revision
    async with asyncio.timeout(120):
        while await publishing.waiting_for(around, revision):  # noqa: ASYNC110 - other processes, no event
            await asyncio.sleep(0.1)


def says(words: str) -> Callable[[str], bool]:
    return lambda said: words in said


def silent_of(words: str) -> Callable[[str], bool]:
    return lambda said: words not in said


async def test_what_changes_is_answered_within_a_second(two: tuple[Running, Running], around: Surroundings) -> None:
    took, slower = {}, busy()
    with asking(two[0]) as here, asking(two[1]) as there:
        both = (here, there)
        assert OLD_NAME in here.ask()
        renamed = await approved(around, changed(shipped(Kind.METHOD, SLUG), OLD_NAME, NEW_NAME))
        made = await publishing.prepare(around, HOA, [renamed], "tên dễ hiểu hơn")
        await ready(around, made)
        took["publish"] = await reached(around, both, publishing.go_live(around, HOA, made), says(NEW_NAME))
        paused = publishing.pause(around, HOA, Kind.METHOD, SLUG, "báo nhầm nhiều quá")
        took["pause"] = await reached(around, both, paused, silent_of(NEW_NAME))
        resumed = publishing.resume(around, HOA, renamed, "đã xem lại, đúng")
        took["un-pause"] = await reached(around, both, resumed, says(NEW_NAME))
        back = publishing.roll_back(around, HOA, None, "nhầm, vẫn nên dừng")
        took["roll back to the pause"] = await reached(around, both, back, silent_of(NEW_NAME))
        again = publishing.roll_back(around, HOA, made, "chạy lại bản trước nữa")
        took["roll back to what was published"] = await reached(around, both, again, says(NEW_NAME))
        slower = max(slower, await asyncio.to_thread(busy))
    slow = sorted(here.took + there.took)
    assert all(seconds < WITHIN * slower for seconds in took.values()), took
    assert slow[-1] < SLOWEST * slower


async def test_a_number_that_is_cleared_is_cleared_in_the_next_answer(
    two: tuple[Running, Running], around: Surroundings
) -> None:
    async with around.database.writing() as session:
        one, other = [await officers.person(session, around, name) for name in ("mot", "hai")]
    for sender in ("an", "binh", "chi"):
        await officers.report(around, sender)
    wanted = named.read(NamedKind.ACCOUNT, ACCOUNT)
    assert wanted is not None

    async def decide(who: str, to: Status) -> None:
        async with around.database.writing() as session:
            row = await indicators.find(session, around, wanted)
            assert row is not None
            await indicators.propose(session, Acting(around, who, around.clock()), row, to, "ba người có biên lai")

    listed = "ĐANG XÁC MINH"
    with asking(two[0]) as here, asking(two[1]) as there:
        both = (here, there)
        for citizens in both:
            citizens.text = ACCOUNT
        assert await reached(around, both, decide(one, Status.SUSPECTED), says(listed)) < WITHIN * busy()
        assert await reached(around, both, decide(other, Status.CLEARED), silent_of(listed)) < WITHIN * busy()
