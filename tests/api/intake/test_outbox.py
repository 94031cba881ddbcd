"""Replies on their way: again after a hiccup, never after a refusal, in order, nobody held up by another."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import select

from api.intake import delivery, outbox, worker
from api.intake.outbox import Letter
from api.models import OutboxReply
from api.surroundings import Surroundings
from bot.channels.base import Payload, Rejected, Transient
from bot.replies import Reply
from tests.api.intake.verbs import deliver, settle
from tests.fakes import SCAM, FakeClock, Messenger


async def rows(around: Surroundings) -> list[OutboxReply]:
    async with around.database.reading() as session:
        return list((await session.scalars(select(OutboxReply).order_by(OutboxReply.id))).all())


async def test_a_hiccup_is_tried_again_later(around: Surroundings, clock: FakeClock, messenger: Messenger) -> None:
    messenger.failures = [Transient("busy"), Transient("busy")]
    await deliver(around, 1, text=SCAM)
    await settle(around)
    assert messenger.sent == []
    for _ in range(2):
        clock.move(20)
        await settle(around)
    assert len(messenger.sent) == 1
    assert (await rows(around))[0].attempts == 3


async def test_retry_after_is_honoured(around: Surroundings, clock: FakeClock, messenger: Messenger) -> None:
    messenger.failures = [Transient("slow down", retry_after=300)]
    await deliver(around, 1, text=SCAM)
    await settle(around)
    clock.move(299)
    await settle(around)
    assert messenger.sent == []
    clock.move(2)
    await settle(around)
    assert len(messenger.sent) == 1


async def test_a_refusal_stops_it_and_says_why(around: Surroundings, clock: FakeClock, messenger: Messenger) -> None:
    messenger.failures = [Rejected("bot was blocked by 0905123318")]
    await deliver(around, 1, text=SCAM)
    await settle(around)
    clock.move(3600)
    await settle(around)
    row = (await rows(around))[0]
    assert messenger.sent == []
    assert row.stopped_at is not None
    assert row.stopped_why == "bot was blocked by •"


async def test_an_adapter_that_breaks_loses_nothing(
    around: Surroundings, clock: FakeClock, messenger: Messenger
) -> None:
    messenger.failures = [KeyError("surprise")]
    await deliver(around, 1, text=SCAM)
    await settle(around)
    clock.move(20)
    await settle(around)
    assert len(messenger.sent) == 1


async def test_one_person_waiting_holds_up_nobody_else_and_keeps_order(
    around: Surroundings, clock: FakeClock, messenger: Messenger
) -> None:
    messenger.failures = [Transient("later", retry_after=60)]
    await deliver(around, 1, text="chào", sender="a")
    await deliver(around, 2, text=SCAM, sender="a")
    await deliver(around, 3, text=SCAM, sender="b")
    await settle(around)
    assert [address for address, _ in messenger.sent] == ["b"]
    clock.move(61)
    await settle(around)
    assert [text[0] for address, text in messenger.sent if address == "a"] == ["⚪", "🔴"]


async def test_giving_up_is_visible(around: Surroundings, clock: FakeClock, messenger: Messenger) -> None:
    messenger.failures = [Transient("down")] * delivery.MOST_ATTEMPTS
    letter = Letter("messenger", "r" * 32, "a", "news:1")
    async with around.database.writing() as session:
        outbox.queue(session, around, letter, [Reply("Tin của công an")], clock())
    for _ in range(delivery.MOST_ATTEMPTS):
        await settle(around)
        clock.move(1200)
    assert (await rows(around))[0].stopped_why == "gave up"


def test_the_wait_doubles_up_to_a_bound_with_jitter() -> None:
    assert timedelta(seconds=1.6) <= delivery.backoff(1) <= timedelta(seconds=2.4)
    assert delivery.backoff(39) <= delivery.LONGEST_WAIT * 1.2
    assert len({delivery.backoff(5) for _ in range(20)}) > 10


async def test_fetching_twice_gives_the_same_and_nothing_to_others(around: Surroundings) -> None:
    from api.intake import inbox

    await inbox.record(around, around.channels["web"], {"id": "x1", "sender": "s", "text": SCAM})
    await settle(around)
    own, foreign = around.vault.pseudonym("web", "s"), around.vault.pseudonym("web", "t")
    once, again = await outbox.fetch(around, "web", own, "x1"), await outbox.fetch(around, "web", own, "x1")
    assert once == again
    assert len(once) == 1
    assert await outbox.fetch(around, "web", foreign, "x1") == []


async def test_what_was_handed_over_when_the_service_stops_is_noted(
    around: Surroundings, clock: FakeClock, messenger: Messenger
) -> None:
    await deliver(around, 1, text=SCAM)
    await worker.take_one(around)
    handing_over = asyncio.Event()
    send = messenger.send

    async def slowly(address: str, message: Payload) -> str:
        handing_over.set()
        await asyncio.sleep(0.3)
        return await send(address, message)

    messenger.send = slowly  # type: ignore[method-assign]
    async with worker.running(around):
        await handing_over.wait()
    assert len(messenger.sent) == 1
    assert (await rows(around))[0].sent_at is not None
    clock.move(60)
    await settle(around)
    assert len(messenger.sent) == 1
