"""Each sweep removes what is past its time and leaves what is one day younger, or still needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, update

from api import errands
from api.casework import cases, indicators, listing
from api.casework.cases import Acting, Status
from api.intake import worker
from api.models import (
    Base,
    Campaign,
    Case,
    CaseEvent,
    Check,
    Conversation,
    Feedback,
    Fingerprint,
    InboxUpdate,
    Indicator,
    OutboxReply,
    PictureReading,
    Reach,
    Report,
    Sighting,
)
from api.surroundings import Surroundings
from tests.api.casework import desk
from tests.api.casework.test_indicators import ACCOUNT, officers, row_of
from tests.api.intake.verbs import deliver, settle
from tests.fakes import SCAM, FakeClock

DAY = 86_400.0
SWEPT = {"attachments", "campaigns", "cases", "checks", "feedback", "inbox", "indicators", "outbox", "reports"}


async def sweep(around: Surroundings) -> None:
    for step in errands.SWEEP.steps.values():
        await step(around)


async def count(around: Surroundings, table: Any, *conditions: Any) -> int:
    async with around.database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(table).where(*conditions))).scalar_one())


async def reading_of(around: Surroundings, update_id: str) -> None:
    async with around.database.writing() as session:
        query = select(InboxUpdate.id).where(InboxUpdate.update_id == update_id)
        inbox_id = (await session.scalars(query)).one()
        session.add(PictureReading(inbox_id=inbox_id, reading=b"sealed"))


async def close(around: Surroundings, to: Status = Status.DECIDED) -> None:
    """Close every open case now."""
    async with around.database.writing() as session:
        for case in (await session.scalars(select(Case).where(Case.is_open.is_(True)))).all():
            await cases.change_status(session, Acting(around, None, around.clock()), case, to)


async def test_words_go_a_week_after_they_were_answered(around: Surroundings, clock: FakeClock) -> None:
    await deliver(around, 1)
    await settle(around)
    await reading_of(around, "1")
    clock.move(1.1 * DAY)
    await deliver(around, 2)
    await settle(around)
    await reading_of(around, "2")
    clock.move(6 * DAY)
    await deliver(around, 3)  # not answered yet
    await sweep(around)
    assert await count(around, InboxUpdate, InboxUpdate.payload == b"") == 1
    assert await count(around, InboxUpdate, InboxUpdate.update_id == "1", InboxUpdate.payload == b"") == 1
    assert await count(around, PictureReading) == 1
    assert await count(around, OutboxReply) == 1
    assert not await deliver(around, 1), "what came once is known for longer"


async def test_what_nobody_answered_keeps_its_words(around: Surroundings, clock: FakeClock) -> None:
    await deliver(around, 1)
    await deliver(around, 2, sender="b")
    async with around.database.writing() as session:
        dead = update(InboxUpdate).where(InboxUpdate.update_id == "2").values(dead_at=clock())
        await session.execute(dead)
    clock.move(29 * DAY)
    await sweep(around)
    assert await count(around, InboxUpdate, InboxUpdate.payload != b"") == 2
    clock.move(2 * DAY)
    await sweep(around)
    assert await count(around, InboxUpdate, InboxUpdate.update_id == "1") == 1
    assert await count(around, InboxUpdate, InboxUpdate.update_id == "2") == 0


async def test_a_message_waits_a_month_for_its_citizen(around: Surroundings, clock: FakeClock) -> None:
    await deliver(around, 1)
    await worker.take_one(around)
    async with around.database.writing() as session:
        await session.execute(update(OutboxReply).values(awaits=True))
    clock.move(29 * DAY)
    await sweep(around)
    assert await count(around, OutboxReply) == 1
    clock.move(2 * DAY)
    await sweep(around)
    assert await count(around, OutboxReply) == 0


async def test_conversations_go_after_their_days(around: Surroundings, clock: FakeClock) -> None:
    await deliver(around, 1, sender="a")
    await settle(around)
    await desk.complain(around, "a", right=True)
    async with around.database.writing() as session:
        session.add(Reach(recipient="a", last_at=clock(), sent_free=0))
    clock.move(89 * DAY)
    await sweep(around)
    tables = (Conversation, Check, Feedback, Reach)
    assert [await count(around, table) for table in tables] == [1, 1, 1, 1]
    clock.move(2 * DAY)
    await sweep(around)
    assert [await count(around, table) for table in tables] == [0, 0, 0, 0]


async def test_who_asked_about_an_unlisted_number_is_forgotten_after_a_month(
    around: Surroundings, clock: FakeClock
) -> None:
    await desk.ask(around, "a")
    await desk.report(around, "b")
    clock.move(2 * DAY)
    await desk.ask(around, "c")
    clock.move(29 * DAY)
    await sweep(around)
    async with around.database.reading() as session:
        left = (await session.execute(select(Sighting.source, Sighting.sender).distinct())).all()
    assert sorted((source, sender) for source, sender in left) == [("check", "c"), ("report", "b")]
    row = await row_of(around)
    assert (row.seen, row.reporters) == (2, 1)
    assert await count(around, Check) == 2, "the message itself is kept as long as its conversation"


async def test_a_number_that_was_only_asked_about_is_gone_with_its_questions(
    around: Surroundings, clock: FakeClock
) -> None:
    await desk.ask(around, "a")
    assert await count(around, Indicator) > 0
    clock.move(31 * DAY)
    await sweep(around)
    assert await count(around, Indicator) == 0


async def test_a_listed_number_stays_listed_when_its_reports_go(around: Surroundings, clock: FakeClock) -> None:
    for sender in "abc":
        await desk.report(around, sender)
    await desk.ask(around, "d")
    one, two = await officers(around)
    for to in (indicators.Status.SUSPECTED, indicators.Status.CONFIRMED):
        async with around.database.writing() as session:
            row = await indicators.get(session, (await row_of(around)).id)
            held = await indicators.propose(session, Acting(around, one, clock()), row, to, "có ba biên lai")
            if not held:
                await indicators.approve(session, Acting(around, two, clock()), row)
    await close(around)
    clock.move(731 * DAY)
    await sweep(around)
    row = await row_of(around)
    assert (row.seen, row.reporters, row.status) == (0, 0, "confirmed")
    assert (await listing.heard(around))("account", ACCOUNT) == "confirmed"
    clock.move(366 * DAY)
    await sweep(around)
    assert await count(around, Indicator) == 0
    assert (await listing.heard(around))("account", ACCOUNT) == ""


@pytest.mark.parametrize("closed", [True, False])
async def test_reports_go_two_years_after_their_case_was_closed(
    closed: bool, around: Surroundings, clock: FakeClock
) -> None:
    await desk.report(around, "a")
    clock.move(100 * DAY)
    if closed:
        await close(around)
    clock.move(729 * DAY)
    await sweep(around)
    assert (await count(around, Report), await count(around, Case)) == (1, 1)
    assert (await row_of(around)).reporters == 1
    clock.move(2 * DAY)
    await sweep(around)
    left = 0 if closed else 1
    tables = (Report, Case, Indicator)
    assert [bool(await count(around, table)) for table in tables] == [bool(left)] * 3
    assert bool(await count(around, CaseEvent)) is bool(left)


async def test_a_report_in_a_reopened_case_is_held(around: Surroundings, clock: FakeClock) -> None:
    await desk.report(around, "a")
    await close(around)
    clock.move(700 * DAY)
    async with around.database.writing() as session:
        case = (await session.scalars(select(Case))).one()
        await cases.reopen(session, Acting(around, None, clock()), case, "có tin mới")
    clock.move(100 * DAY)
    await sweep(around)
    assert await count(around, Report) == 1


async def test_a_campaign_shows_only_words_that_are_still_kept(around: Surroundings, clock: FakeClock) -> None:
    for sender in "ab":
        await desk.ask(around, sender, f"Chào cô Hoa. {SCAM}")
    clock.move(60 * DAY)
    await desk.ask(around, "c", f"Chào bác Tư. {SCAM}")
    async with around.database.writing() as session:  # as if it had gone on all the while
        lasting = (await session.scalars(select(Campaign))).one()
        lasting.last_at = clock()
        await session.execute(update(Fingerprint).values(campaign_id=lasting.id))
    clock.move(31 * DAY)
    await sweep(around)
    async with around.database.reading() as session:
        samples = (await session.scalars(select(Campaign.sample))).all()
    assert all("Hoa" not in sample for sample in samples)
    assert any("Tư" in sample for sample in samples)
    clock.move(60 * DAY)
    await sweep(around)
    assert await count(around, Campaign) == 0


async def test_the_sweep_takes_more_than_one_batch(
    around: Surroundings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.access.retention.BATCH", 2)
    monkeypatch.setattr("api.access.retention.AT_A_TIME", 1)
    for number in range(5):
        await deliver(around, number, sender=str(number))
        await desk.report(around, f"r{number}")
    await settle(around)
    await close(around)
    clock.move(timedelta(days=800).total_seconds())
    await sweep(around)
    assert [await count(around, table) for table in (InboxUpdate, OutboxReply, Report, Case)] == [0, 0, 0, 0]


async def test_no_sweep_reads_a_table_through_while_it_could_hold_writers_up(
    around: Surroundings, clock: FakeClock
) -> None:
    if not around.database.is_sqlite:
        return  # where each row has a lock of its own
    for number in range(3):
        await deliver(around, number, sender=str(number))
        await desk.report(around, f"r{number}")
        await desk.ask(around, f"a{number}")
        await desk.complain(around, f"c{number}", right=False)
    await settle(around)
    await close(around)
    clock.move(timedelta(days=1200).total_seconds())
    written: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        written.append((statement, parameters))

    event.listen(around.database.writer.sync_engine, "before_cursor_execute", note)
    await sweep(around)
    event.remove(around.database.writer.sync_engine, "before_cursor_execute", note)
    changed = {statement.split()[2] for statement, _ in written if statement.startswith("DELETE")}
    assert {"checks", "reports", "cases", "feedback", "inbox", "outbox", "conversations", "indicators"} <= changed
    async with around.database.engine.connect() as connection:
        for statement, parameters in written:
            if statement.startswith(("BEGIN", "PRAGMA")):
                continue
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            through = [str(row["detail"]) for row in plan.mappings() if str(row["detail"]).startswith("SCAN")]
            assert not [one for one in through if not one.startswith(("SCAN (", "SCAN CONSTANT"))], statement


def test_what_names_a_row_is_found_by_an_index() -> None:
    """Else the database reads a whole table through for each row that is deleted."""
    missing = []
    for table in Base.metadata.sorted_tables:
        firsts = {next(iter(index.columns)).name for index in table.indexes} | {
            c.name for c in table.columns if c.unique
        }
        firsts |= {next(iter(table.primary_key.columns)).name}
        for key in table.foreign_keys:
            named = key.column.table.name in SWEPT and key.ondelete is not None
            missing += [f"{table.name}.{key.parent.name}"] if named and key.parent.name not in firsts else []
    assert missing == []
