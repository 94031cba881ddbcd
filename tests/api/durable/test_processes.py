"""Real processes: what is due is done once, what a dead one left is taken over, and stopping is quick."""

from __future__ import annotations

import time

from tests.api.durable.conftest import House


async def test_two_processes_do_what_is_due_once(house: House) -> None:
    jobs = [["tick", 1, ["mark"]]]
    await house.start("a", jobs=jobs)
    await house.start("b", jobs=jobs)
    await house.until(lambda: len(house.diary) >= 6 and len({line[2] for line in house.diary}) == 2)
    runs = [line[0] for line in house.done("mark")]
    assert len(runs) == len(set(runs))


async def test_what_a_killed_process_left_is_taken_over_within_ten_seconds(house: House) -> None:
    jobs = [["sweep", 3600, ["first", "wait", "last"]]]
    await house.start("a", jobs=jobs)
    await house.until(lambda: house.done("wait", "a"))
    await house.start("b", jobs=jobs)
    await house.until_living(2)
    await house.kill("a")
    house.open_door()
    began = time.monotonic()
    await house.until(lambda: house.done("last"))
    assert time.monotonic() - began < 10
    assert [line[1:] for line in house.diary] == [
        ["first", "a"], ["wait", "a"], ["wait", "b"], ["last", "b"]
    ]  # fmt: skip


async def test_a_newer_version_of_the_code_finishes_what_an_older_one_began(house: House) -> None:
    await house.start("old", jobs=[["sweep", 3600, ["first", "wait"]]])
    await house.until(lambda: house.done("wait", "old"))
    await house.kill("old")
    house.open_door()
    await house.start("new", jobs=[["sweep", 3600, ["first", "wait", "added"]]])
    await house.until(lambda: house.done("added", "new"))
    assert house.done("first") == [[house.diary[0][0], "first", "old"]]


async def test_stopping_is_quick_and_the_next_process_goes_on(house: House) -> None:
    jobs = [["sweep", 3600, ["first", "wait", "last"]]]
    await house.start("a", jobs=jobs)
    await house.until(lambda: house.done("wait", "a"))
    assert await house.stop("a") < 5
    house.open_door()
    await house.start("b", jobs=jobs)
    await house.until(lambda: house.done("last", "b"))
    assert len(house.done("first")) == 1
