"""Deliveries: stored once, sealed, claimed in order for each sender."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from api.intake import claims, inbox
from api.models import InboxUpdate
from api.surroundings import Surroundings
from tests.api.intake.verbs import deliver
from tests.fakes import FakeClock


async def test_a_repeated_delivery_is_not_new(around: Surroundings) -> None:
    assert await deliver(around, 1)
    assert not await deliver(around, 1, text="another body under the same id")


async def test_a_hundred_repetitions_at_once_store_one_row(around: Surroundings) -> None:
    outcomes = await asyncio.gather(*(deliver(around, 7) for _ in range(40)))
    assert sum(outcomes) == 1


async def test_the_payload_is_sealed(around: Surroundings) -> None:
    await deliver(around, 1, text="bí mật 0905123318")
    async with around.database.reading() as session:
        row = (await session.scalars(select(InboxUpdate))).one()
    assert b"0905123318" not in row.payload
    assert row.sender != "a"


async def test_updates_of_one_sender_are_claimed_one_after_the_other(around: Surroundings, clock: FakeClock) -> None:
    await deliver(around, 1, sender="a")
    await deliver(around, 2, sender="a")
    await deliver(around, 3, sender="b")
    first, second = await inbox.claim(around), await inbox.claim(around)
    assert first is not None
    assert second is not None
    assert (first.update_id, second.update_id) == ("1", "3")
    assert await inbox.claim(around) is None
    async with around.database.writing() as session:
        assert await claims.finish(session, {first: ()}, clock()) == {first}
    third = await inbox.claim(around)
    assert third is not None
    assert third.update_id == "2"


async def test_workers_at_once_never_claim_the_same(around: Surroundings) -> None:
    for number in range(12):
        await deliver(around, number, sender=f"s{number}")
    claimed = await asyncio.gather(*(inbox.claim(around) for _ in range(12)))
    ids = [c.update_id for c in claimed if c]
    assert len(ids) == len(set(ids))


async def test_a_lease_that_ended_lets_another_worker_take_over(around: Surroundings, clock: FakeClock) -> None:
    await deliver(around, 1)
    dead = await inbox.claim(around)
    assert await inbox.claim(around) is None
    clock.move(inbox.LEASE.total_seconds() + 1)
    heir = await inbox.claim(around)
    assert dead is not None
    assert heir is not None
    assert heir.attempts == 2
    async with around.database.writing() as session:
        assert await claims.finish(session, {dead: (), heir: ()}, clock()) == {heir}


async def test_is_settled_tells_nothing_to_another_sender(around: Surroundings) -> None:
    await deliver(around, 1, sender="a")
    own = around.vault.pseudonym("messenger", "a")
    foreign = around.vault.pseudonym("messenger", "b")
    assert await inbox.is_settled(around, "messenger", own, "1") is False
    assert await inbox.is_settled(around, "messenger", foreign, "1") is None
