"""Who is dead and who is not: by signs of life that do not change, whatever the clocks say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from api.durable import watch
from api.durable.watch import Watch
from api.models import Executor
from api.surroundings import Surroundings


@dataclass
class Work:
    """Runs under way: run → process."""

    runs: dict[str, str] = field(default_factory=dict)
    resumed: list[str] = field(default_factory=list)

    async def unfinished(self, executor_ids: Sequence[str] | None = None) -> list[tuple[str, str]]:
        """Those of some processes, or all."""
        return [(run, who) for run, who in self.runs.items() if executor_ids is None or who in executor_ids]

    async def resume(self, run_ids: Sequence[str]) -> None:
        """They are nobody's until somebody begins."""
        self.resumed += run_ids
        for run in run_ids:
            del self.runs[run]


class Seconds:
    """A monotonic clock set by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


async def looks(eye: Watch, seconds: Seconds, count: int) -> int:
    found = 0
    for _ in range(count):
        found += await eye.look()
        seconds.at += watch.LOOK
    return found


async def living(around: Surroundings) -> set[str]:
    async with around.database.reading() as session:
        return set((await session.scalars(select(Executor.id))).all())


async def test_the_dead_are_known_by_a_sign_that_does_not_change(around: Surroundings) -> None:
    work, seconds = Work({"r1": "dead", "r2": "me", "r3": "alive"}), Seconds()
    eye = Watch(around, "me", work, seconds)
    await watch.beat(around, "dead")
    await watch.beat(around, "me")
    for _ in range(8):
        await watch.beat(around, "alive")
        await looks(eye, seconds, 1)
    assert work.resumed == ["r1"]
    assert await living(around) == {"me", "alive"}


async def test_who_never_gave_a_sign_is_dead_too_but_only_after_a_while(around: Surroundings) -> None:
    work, seconds = Work({"r1": "gone"}), Seconds()
    eye = Watch(around, "me", work, seconds)
    assert await looks(eye, seconds, 6) == 0
    assert await looks(eye, seconds, 1) == 1


async def test_when_we_could_not_look_nobody_is_dead_for_that(around: Surroundings) -> None:
    work, seconds = Work({"r1": "other"}), Seconds()
    eye = Watch(around, "me", work, seconds)
    await watch.beat(around, "other")
    await looks(eye, seconds, 2)
    seconds.at += 60  # the database was away, for the other as well
    assert await looks(eye, seconds, 3) == 0
    await watch.beat(around, "other")
    assert await looks(eye, seconds, 5) == 0
    assert work.runs == {"r1": "other"}


async def test_what_one_has_taken_over_another_does_not_take_away(around: Surroundings) -> None:
    work, seconds = Work({"r1": "dead"}), Seconds()
    one, two = Watch(around, "one", work, seconds), Watch(around, "two", work, seconds)
    await watch.beat(around, "one")
    for _ in range(7):
        await watch.beat(around, "one")
        await watch.beat(around, "two")
        await one.look()
        if work.resumed:
            work.runs["r1"] = "one"
        await two.look()
        seconds.at += watch.LOOK
    assert work.resumed == ["r1"]
    assert work.runs == {"r1": "one"}


async def test_who_leaves_is_not_waited_for(around: Surroundings) -> None:
    await watch.beat(around, "me")
    await watch.leave(around, "me")
    assert await living(around) == set()
