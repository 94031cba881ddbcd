"""One update, one transaction, one answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, event, func, select

from api.intake import effects, inbox, outbox, turns, worker
from api.models import Check, Conversation, Feedback, InboxUpdate, OutboxReply, Report
from api.surroundings import Surroundings
from bot import wording
from tests.api.intake.verbs import deliver, settle
from tests.fakes import SCAM, SLUG, STORY, FakeClock, Messenger


async def count(around: Surroundings, table: Any) -> int:
    async with around.database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(table))).scalar_one())


async def test_an_update_is_answered_once_however_often_it_comes(around: Surroundings, messenger: Messenger) -> None:
    for _ in range(3):
        await deliver(around, 1, text=SCAM)
        await settle(around)
    assert len(messenger.sent) == 1
    assert messenger.sent[0][1].startswith("🔴")


async def test_a_check_is_logged_with_its_evidence_masked(around: Surroundings) -> None:
    await deliver(around, 1, text=SCAM)
    await settle(around)
    async with around.database.reading() as session:
        check = (await session.scalars(select(Check))).one()
    assert (check.level, check.method, check.revision) == ("scam", SLUG, "fake00000001")
    assert check.evidence[0]["quote"] == "cat dien"
    assert "0905•••318" in check.text
    assert "19034567890123" not in check.text
    assert check.reply_key == "messenger:1:0"


async def test_updates_of_one_sender_are_answered_in_order(around: Surroundings, messenger: Messenger) -> None:
    for number in range(8):
        await deliver(around, number, text=SCAM if number % 2 else "chào", sender="a")
    await asyncio.gather(*(settle(around) for _ in range(4)))
    await settle(around)
    marks = [text[0] for _, text in messenger.sent]
    assert marks == ["⚪", "🔴"] * 4


async def test_money_already_gone_becomes_an_urgent_entry(around: Surroundings, messenger: Messenger) -> None:
    await deliver(around, 1, text=STORY)
    await settle(around)
    async with around.database.reading() as session:
        row = (await session.scalars(select(Report))).one()
    assert (row.kind, row.situation) == ("help", "paid")
    assert wording.VI.emergency_lead in messenger.sent[0][1]


async def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(
    around: Surroundings, clock: FakeClock, messenger: Messenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = asyncio.Event()

    async def hang(*_: Any) -> None:
        reached.set()
        await asyncio.Event().wait()

    await deliver(around, 1, text=SCAM)
    with monkeypatch.context() as patched:
        patched.setattr("api.intake.effects.carry_out", hang)
        before = asyncio.all_tasks()
        taking = asyncio.create_task(worker.take_one(around))
        await reached.wait()
        died = (asyncio.all_tasks() - before) | {taking}  # as a process does, with everything that it was doing
        for task in died:
            task.cancel()
        await asyncio.wait(died)
    assert (await count(around, OutboxReply), await count(around, Conversation)) == (0, 0)
    clock.move(inbox.LEASE.total_seconds() + 1)
    await settle(around)
    assert len(messenger.sent) == 1
    assert await count(around, Check) == 1


async def test_turns_are_written_together_and_one_that_cannot_be_takes_nobody_along(
    around: Surroundings, messenger: Messenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        await deliver(around, number, text=SCAM, sender=f"s{number}")
    unlucky = around.vault.pseudonym("messenger", "s5")
    carry_out, begun = effects.carry_out, 0

    async def failing(session: Any, carrying: effects.Carrying, *more: Any) -> Any:
        if carrying.whose.sender == unlucky:
            raise ValueError
        return await carry_out(session, carrying, *more)

    @event.listens_for(around.database.writer.sync_engine, "begin")
    def count_writes(connection: Connection) -> None:
        nonlocal begun
        begun += bool(connection.get_execution_options().get("writing"))

    monkeypatch.setattr("api.intake.effects.carry_out", failing)
    claimed = await inbox.claim_some(around, 12)
    begun = 0
    await asyncio.gather(*(turns.take(around, one) for one in claimed[:5]))
    assert begun < 5
    await asyncio.gather(*(turns.take(around, one) for one in claimed[5:]))
    assert await count(around, OutboxReply) == 11
    assert await count(around, Check) == 11
    async with around.database.reading() as session:
        waiting = (await session.scalars(select(InboxUpdate).where(InboxUpdate.handled_at.is_(None)))).all()
    assert [(row.update_id, row.error) for row in waiting] == [("5", "ValueError")]


async def test_a_poison_update_is_buried_and_the_others_are_answered(
    around: Surroundings, clock: FakeClock, messenger: Messenger
) -> None:
    await deliver(around, 1, text="explode", sender="a")
    await deliver(around, 2, text=SCAM, sender="a")
    await deliver(around, 3, text=SCAM, sender="b")
    for _ in range(inbox.MOST_ATTEMPTS + 1):
        await settle(around)
        clock.move(60)
    async with around.database.reading() as session:
        dead = (await session.scalars(select(InboxUpdate).where(InboxUpdate.dead_at.is_not(None)))).all()
    assert [(row.update_id, row.attempts, row.error) for row in dead] == [("1", 5, "RuntimeError")]
    to_a = [text for address, text in messenger.sent if address == "a"]
    assert to_a[0] == wording.VI.trouble
    assert to_a[1].startswith("🔴")
    assert sum(address == "b" for address, _ in messenger.sent) == 1


async def test_a_known_and_uninteresting_delivery_is_handled_in_silence(
    around: Surroundings, messenger: Messenger
) -> None:
    await deliver(around, 1, kind="typing")
    await settle(around)
    assert messenger.sent == []
    assert await inbox.claim(around) is None


async def test_a_delivery_nobody_has_seen_is_a_dead_letter_at_once(around: Surroundings, messenger: Messenger) -> None:
    await deliver(around, 1, kind="hologram")
    await settle(around)
    async with around.database.reading() as session:
        row = (await session.scalars(select(InboxUpdate))).one()
    assert (row.dead_at is not None, row.error, row.attempts) == (True, "Anomalous", 1)
    assert messenger.sent == []


async def test_a_lost_lease_writes_nothing(around: Surroundings, clock: FakeClock) -> None:
    await deliver(around, 1, text=SCAM)
    slow = await inbox.claim(around)
    clock.move(inbox.LEASE.total_seconds() + 1)
    quick = await inbox.claim(around)
    assert slow is not None
    assert quick is not None
    await turns.take(around, quick)
    await turns.take(around, slow)
    assert await count(around, OutboxReply) == 1
    assert await count(around, Check) == 1


async def test_the_red_button_is_answered_even_when_turns_fail(
    around: Surroundings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise OSError

    monkeypatch.setattr("bot.conversation.advance", broken)
    payload = {"id": "x1", "sender": "s", "tap": "//emergency"}
    await inbox.record(around, around.channels["web"], payload)
    for _ in range(inbox.MOST_ATTEMPTS):
        await worker.take_one(around)
        clock.move(60)
    sender = around.vault.pseudonym("web", "s")
    said = await outbox.fetch(around, "web", sender, "x1")
    assert [message["text"] for message in said] == [wording.VI.emergency_fallback]


async def test_feedback_is_kept_with_its_check(around: Surroundings) -> None:
    await inbox.record(around, around.channels["web"], {"id": "x1", "sender": "s", "text": SCAM})
    await settle(around)
    sender = around.vault.pseudonym("web", "s")
    buttons = (await outbox.fetch(around, "web", sender, "x1"))[0]["buttons"]
    wrong = next(b for b in buttons if b["choice"] == "wrong")
    tap = f"{wrong['session']}/{wrong['state']}/wrong"
    await inbox.record(around, around.channels["web"], {"id": "x2", "sender": "s", "tap": tap})
    await settle(around)
    async with around.database.reading() as session:
        kept = (await session.scalars(select(Feedback))).one()
        check = (await session.scalars(select(Check))).one()
    assert (kept.right, kept.check_id) == (False, check.id)


async def test_an_update_that_ends_the_process_each_time_is_buried(
    around: Surroundings, clock: FakeClock, messenger: Messenger
) -> None:
    """Nothing of its failures can be noted, for the process is gone; the claims are counted."""
    await deliver(around, 1, text=SCAM)
    for _ in range(inbox.MOST_ATTEMPTS):
        assert await inbox.claim(around) is not None
        clock.move(inbox.LEASE.total_seconds() + 1)
    await settle(around)
    async with around.database.reading() as session:
        row = (await session.scalars(select(InboxUpdate))).one()
    assert row.error == "ProcessEnded"
    assert len(messenger.sent) == 1
