"""The order of the queue: the urgent that nobody has taken on top, then by urgency and due time, without gaps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import cases, queue
from api.casework.cases import Acting
from api.casework.queue import Wanted
from api.models import Case
from api.surroundings import Surroundings
from tests.api.casework import desk
from tests.fakes import FakeClock


async def order(around: Surroundings, **wanted: Any) -> list[str]:
    """Whose cases the queue shows, from its top, page after page."""
    found: list[str] = []
    after = None
    while after != "":
        async with around.database.reading() as session:
            page = await queue.search(session, around, Wanted(after=after or "", **wanted), "me")
        found += [case.sender for case in page.rows]
        after = page.next
    return found


async def act(around: Surroundings, sender: str, does: Callable[[AsyncSession, Acting, Case], Awaitable[None]]) -> None:
    """Somebody does something with the case of a citizen."""
    async with around.database.writing() as session:
        case = (await session.scalars(select(Case).where(Case.sender == sender))).one()
        who = await desk.person(session, around, f"{sender}.{does.__name__}")
        await does(session, Acting(around, who, around.clock()), case)


async def take(session: AsyncSession, acting: Acting, case: Case) -> None:
    await cases.claim(session, acting, case, "an")


async def look(session: AsyncSession, acting: Acting, case: Case) -> None:
    cases.mark_seen(acting, case)


async def test_a_new_urgent_case_is_above_the_overdue_ones(around: Surroundings, clock: FakeClock) -> None:
    await desk.cry(around, "taken", "paid")
    await desk.cry(around, "forgotten", "paid")
    await desk.report(around, "later", situation="disclosed")
    await act(around, "taken", take)
    clock.move(3600)
    await desk.cry(around, "new", "paid")
    assert await order(around) == ["new", "forgotten", "taken", "later"]
    assert await order(around, triage=1) == ["new", "forgotten", "taken"]
    assert await order(around, triage=2) == ["later"]


async def test_an_urgent_case_stays_on_top_until_somebody_takes_it(around: Surroundings, clock: FakeClock) -> None:
    await desk.cry(around, "old", "paid")
    await act(around, "old", take)
    clock.move(3600)
    await desk.cry(around, "new", "paid")
    await act(around, "new", look)
    assert await order(around) == ["new", "old"]
    assert await order(around, due="unopened") == []
    await act(around, "new", take)
    assert await order(around) == ["old", "new"]


async def test_pages_turn_from_the_urgent_to_the_others_without_a_gap(around: Surroundings, clock: FakeClock) -> None:
    urgent = [f"u{number}" for number in range(queue.PAGE + 2)]
    others = [f"o{number}" for number in range(queue.PAGE)]
    for sender in urgent:
        clock.move(1)
        await desk.cry(around, sender, "paid")
    for sender in others:
        clock.move(1)
        await desk.report(around, sender)
    assert await order(around) == [*reversed(urgent), *others]
    assert await order(around, due="unopened") == [*reversed(urgent)]
