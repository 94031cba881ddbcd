"""Several processes on one database: all answer from a new publication within a second, none answers late or mixed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from api.curation import building, pieces, publishing, replicas, rows
from api.curation.pieces import Kind, Piece
from api.surroundings import Surroundings
from bot.knowledge_base import Knowledge
from tests.api.curation.desk import MINH, approved, changed, live, quick_build, shipped, small
from tests.fakes import SCAM

CONTACT = shipped(Kind.CONTACT, "cong-an-113")
NOTED = changed(CONTACT, "xem lại khi có thông báo mới", "xem lại mỗi quý")
BUILDING = 0.6


@pytest.fixture(autouse=True)
def slow_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Building takes a while, as it does in the service."""

    def build(members: Sequence[Piece], unit: Path | None, told: building.Told = lambda _: None) -> Knowledge:
        told(10)
        time.sleep(BUILDING)
        return quick_build(members, unit, told)

    monkeypatch.setattr(building, "build", build)


async def ready(around: Surroundings, made: int) -> None:
    async with around.database.reading() as session:
        revision = (await publishing.publication(session, made)).revision
    async with asyncio.timeout(15):
        while await publishing.waiting_for(around, revision):  # noqa: ASYNC110 - other processes, no event
            await asyncio.sleep(0.05)


async def serving(everybody: Sequence[Surroundings], revision: str) -> float:
    """How long it takes until all answer from a revision."""
    began = time.monotonic()
    async with asyncio.timeout(15):
        while {a.knowledge.judge.revision for a in everybody} != {revision}:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
    return time.monotonic() - began


async def test_everybody_follows_within_a_second_and_nobody_waits(around: Surroundings) -> None:
    await rows.ensure_imported(around.database, around.clock(), small())
    everybody = [around, replace(around), replace(around)]
    late: list[float] = []
    told: set[str] = set()

    async def citizens() -> None:
        while True:
            began = time.monotonic()
            for one in everybody:
                told.add(one.knowledge.judge.match(SCAM).revision)
            await asyncio.sleep(0.01)
            late.append(time.monotonic() - began)

    async with AsyncExitStack() as stack:
        for one in everybody:
            await stack.enter_async_context(replicas.running(one))
        first = (await live(around)).revision
        await serving(everybody, first)
        told.clear()
        asking = asyncio.create_task(citizens())
        made = await publishing.prepare(around, MINH, [await approved(around, NOTED)], "ghi chú mới")
        await ready(around, made)
        assert {a.knowledge.judge.revision for a in everybody} == {first}
        await publishing.go_live(around, MINH, made)
        second = (await live(around)).revision
        assert await serving(everybody, second) < 1
        await publishing.roll_back(around, MINH, None, "ghi chú sai")
        assert await serving(everybody, first) < 1
        asking.cancel()
    assert told == {first, second}
    assert sorted(late)[int(len(late) * 0.95)] < 0.25
    assert pieces.revision(small()) == first


async def test_a_replica_that_joins_late_and_one_that_left_are_counted_right(around: Surroundings) -> None:
    await rows.ensure_imported(around.database, around.clock(), small())
    async with replicas.running(around):
        await serving([around], (await live(around)).revision)
        async with replicas.running(replace(around)):
            assert len(await publishing.running_replicas(around)) == 2
        assert len(await publishing.running_replicas(around)) == 1
    assert list(await publishing.running_replicas(around)) == []
