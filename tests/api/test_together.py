"""Many small things as one transaction: one that cannot be done takes nobody along, a database that is away is asked once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from api.together import Together


class Table:
    """Takes numbers; some cannot be taken."""

    def __init__(self, *, away: Exception | None = None, refuses: Sequence[int] = ()) -> None:
        self.away, self.refuses = away, refuses
        self.asked = 0

    async def write(self, some: Sequence[int]) -> list[int]:
        self.asked += 1
        await asyncio.sleep(0)
        if self.away:
            raise self.away
        if any(number in self.refuses for number in some):
            raise IntegrityError("INSERT", {}, ValueError("twice"))
        return [number * 10 for number in some]


async def add(table: Table, count: int) -> list[int | BaseException]:
    together = Together(table.write)
    return await asyncio.gather(*(together.add(number) for number in range(count)), return_exceptions=True)


async def test_all_that_came_is_done_at_once() -> None:
    table = Table()
    assert await add(table, 5) == [0, 10, 20, 30, 40]
    assert table.asked == 1


async def test_one_that_cannot_be_done_takes_nobody_along() -> None:
    results = await add(Table(refuses=[2]), 4)
    assert [results[0], results[1], results[3]] == [0, 10, 30]
    assert isinstance(results[2], IntegrityError)


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("away", [OperationalError("INSERT", {}, OSError("away")), PoolTimeout("no connection free")])
async def test_a_database_that_is_away_is_asked_once_for_all(count: int, away: Exception) -> None:
    table = Table(away=away)
    results = await add(table, count)
    assert results == [away] * count
    assert table.asked == 1
