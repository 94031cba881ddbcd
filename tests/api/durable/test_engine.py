"""The engine inside one process: what it keeps, what it forgets, what a failure does."""

from __future__ import annotations

import asyncio
import secrets
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from api import errands
from api.clock import now
from api.durable import engine, launching
from api.durable.jobs import Job, Step
from api.durable.launching import Runtime
from api.durable.timetable import Timetable
from api.surroundings import Surroundings
from tests.api.conftest import Site
from tests.fakes import FakeClock

HOUR = timedelta(hours=1)


@asynccontextmanager
async def runtime(around: Surroundings, *jobs: Job) -> AsyncIterator[Runtime]:
    """DBOS with some jobs, without clock and heartbeat."""
    made = Runtime(around.settings.database, secrets.token_hex(16))
    try:
        assert await made.launch(around, jobs)
        yield made
    finally:
        await made.stop()


def noting(heard: list[str], word: str) -> Step:
    """A step that says a word."""

    async def step(_around: Surroundings) -> int:
        heard.append(word)
        return 1

    return step


async def failing(_around: Surroundings) -> int:
    raise OSError("away")


async def over(made: Runtime, run_id: str) -> str:
    """How a run ended."""
    async with asyncio.timeout(30):
        while True:
            found = await made.client.list_workflows_async(workflow_ids=[run_id])
            if found and found[0].status not in {"ENQUEUED", "PENDING"}:
                return str(found[0].status)
            await asyncio.sleep(0.05)


async def test_what_an_older_version_handed_in_is_done_by_the_newer(around: Surroundings) -> None:
    heard: list[str] = []
    async with runtime(around):
        pass
    older = Runtime(around.settings.database, "older")
    await older.enqueue("sweep", "sweep@1")
    async with runtime(around, Job("sweep", HOUR, {"new": noting(heard, "new")})) as newer:
        assert await over(newer, "sweep@1") == "SUCCESS"
    assert heard == ["new"]
    older._engine.dispose()


async def test_a_run_is_done_once_however_often_it_is_handed_in(around: Surroundings) -> None:
    heard: list[str] = []
    async with runtime(around, Job("sweep", HOUR, {"one": noting(heard, "one")})) as made:
        for _ in range(3):
            await made.enqueue("sweep", "sweep@1")
        await over(made, "sweep@1")
        await made.enqueue("sweep", "sweep@1")
        await made.enqueue("sweep", "sweep@2")
        await over(made, "sweep@2")
    assert heard == ["one", "one"]


async def test_a_step_that_fails_keeps_no_other_from_being_done(
    around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(launching._RETRIES, "interval_seconds", 0.01)
    heard: list[str] = []
    steps = {"a": noting(heard, "a"), "b": failing, "c": noting(heard, "c")}
    async with runtime(around, Job("sweep", HOUR, steps)) as made:
        await made.enqueue("sweep", "sweep@1")
        assert await over(made, "sweep@1") == "ERROR"
        await made.enqueue("sweep", "sweep@2")
        assert await over(made, "sweep@2") == "ERROR"
    assert heard == ["a", "c", "a", "c"]


async def test_finished_runs_are_forgotten_after_days(around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    async with runtime(around, Job("sweep", HOUR, {"a": noting([], "a")})) as made:
        for number in range(3):
            await made.enqueue("sweep", f"sweep@{number}")
            await over(made, f"sweep@{number}")
        assert await made.forget_finished(around) == 0
        for passed, forgotten in ((timedelta(days=2, hours=23), 0), (timedelta(days=3, minutes=1), 3)):
            monkeypatch.setattr(launching, "now", lambda later=passed: now() + later)
            assert await made.forget_finished(around) == forgotten
        assert await made.client.list_workflows_async() == []


async def test_what_is_stored_lies_beside_the_database_for_us_alone_and_holds_no_code(around: Surroundings) -> None:
    async with runtime(around, Job("sweep", HOUR, {"a": noting([], "a")})) as made:
        await made.enqueue("sweep", "sweep@1")
        await over(made, "sweep@1")
        if around.database.is_sqlite:
            files = list(Path(around.settings.database.split("///")[1]).parent.glob("*-jobs.db*"))
            assert files
            assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
        with made._engine.connect() as connection:
            table = "workflow_status" if around.database.is_sqlite else f"{launching.SCHEMA}.workflow_status"
            kinds = connection.execute(text(f"SELECT DISTINCT serialization FROM {table}")).scalars().all()  # noqa: S608
        assert kinds == ["portable_json"]


async def test_only_the_present_stretch_is_made_up_for(clock: FakeClock) -> None:
    handed_in: list[tuple[str, str]] = []

    async def enqueue(name: str, run_id: str) -> None:
        handed_in.append((name, run_id))

    clock.at = datetime(2026, 11, 24, 8, 59, 59, tzinfo=UTC)
    table = Timetable([Job("sweep", HOUR, {}), Job("feeds", 6 * HOUR, {})], enqueue, clock)
    for seconds in (0, 0, 1, 0, 7 * 3600):
        clock.move(seconds)
        await table.look()
    assert handed_in == [
        ("sweep", "sweep@2026-11-24T08:00:00Z"),
        ("feeds", "feeds@2026-11-24T06:00:00Z"),
        ("sweep", "sweep@2026-11-24T09:00:00Z"),
        ("sweep", "sweep@2026-11-24T16:00:00Z"),
        ("feeds", "feeds@2026-11-24T12:00:00Z"),
    ]


async def test_what_could_not_be_handed_in_is_handed_in_again(clock: FakeClock) -> None:
    handed_in: list[str] = []

    async def enqueue(_name: str, run_id: str) -> None:
        if not handed_in:
            handed_in.append("failed")
            raise OSError
        handed_in.append(run_id)

    table = Timetable([Job("sweep", HOUR, {})], enqueue, clock)
    with pytest.raises(OSError):  # noqa: PT011 - our own
        await table.look()
    await table.look()
    assert handed_in == ["failed", "sweep@2026-11-24T08:00:00Z"]


async def test_threads_of_the_service_work_again_after_the_engine_has_ended(site: Site) -> None:
    async with engine.running(site.around, []):
        await asyncio.to_thread(int)
    assert await asyncio.to_thread(int) == 0


def test_runs_are_remembered_longer_than_any_stretch_lasts() -> None:
    assert max(job.every for job in errands.ALL) < launching.KEPT
