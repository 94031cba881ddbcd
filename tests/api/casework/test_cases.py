"""Cases: how they open, how soon they are due, every step written, merged and split, and what erasure leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from api.casework import cases, queue, rights, triage
from api.casework.cases import Acting, Status
from api.casework.queue import Wanted
from api.casework.triage import Triage
from api.casework.whose import Whose
from api.models import Campaign, Case, CaseEvent, Indicator, Report, Sighting
from api.models.columns import Base
from api.surroundings import Surroundings
from tests.api.casework import desk
from tests.fakes import FakeClock


@pytest.mark.parametrize(
    ("kind", "level", "situation", "text", "expected"),
    [
        ("help", "scam", "paid", "tôi lỡ chuyển tiền rồi", Triage.NOW),
        ("help", "scam", "paid", "hôm qua tôi lỡ chuyển tiền", Triage.SAME_DAY),
        ("report", "scam", "paid", "tôi vừa chuyển khoản xong", Triage.NOW),
        ("report", "scam", "paid", "tôi đã mất 5 triệu", Triage.SAME_DAY),
        ("help", "scam", "isolated", "", Triage.NOW),
        ("report", "scam", "blackmailed", "nó dọa giết cả nhà", Triage.NOW),
        ("report", "scam", "disclosed", "", Triage.SAME_DAY),
        ("report", "suspicious", None, "", Triage.THREE_DAYS),
        ("report", "none", None, "", Triage.REST),
        ("feedback", "none", None, "", Triage.THREE_DAYS),
        ("feedback", "scam", None, "", Triage.REST),
        ("report", "scam", None, "họ dọa giết tôi", Triage.THREE_DAYS),
    ],
)
def test_triage(kind: str, level: str, situation: str | None, text: str, expected: Triage) -> None:
    assert triage.of(kind, level, situation, text) is expected


def test_three_working_days_jump_over_a_weekend() -> None:
    friday = FakeClock().at + timedelta(days=3)
    assert triage.due(3, friday) - friday == timedelta(days=5)
    assert triage.due(1, friday) - friday == timedelta(minutes=15)


async def test_reports_open_cases_with_numbers_of_their_channel_and_year(around: Surroundings) -> None:
    await desk.report(around, "an")
    await desk.report(around, "binh")
    await desk.cry(around, "chi", "paid")
    found = await desk.all_cases(around)
    assert sorted(case.code for case in found) == ["TLG-2026-000001", "ZOA-2026-000001", "ZOA-2026-000002"]
    assert {case.status for case in found} == {"new"}


async def test_what_one_citizen_adds_joins_the_open_case_and_makes_it_more_urgent(around: Surroundings) -> None:
    await desk.complain(around, "an", right=False, level="none")
    await desk.cry(around, "an", "paid")
    (case,) = await desk.all_cases(around)
    assert case.triage == Triage.NOW
    async with around.database.reading() as session:
        assert len(await cases.items(session, case)) == 2
    await desk.complain(around, "binh", right=True)
    assert len(await desk.all_cases(around)) == 1


async def test_every_change_of_status_is_written_and_the_citizen_sees_it(around: Surroundings) -> None:
    report = await desk.report(around, "an")
    (case,) = await desk.all_cases(around)
    async with around.database.writing() as session:
        acting = Acting(around, None, around.clock())
        mine = await cases.get(session, case.id)
        await cases.change_status(session, acting, mine, Status.WORKING)
        await cases.decide(session, acting, mine, scam=True, method="dien-luc-evn", why="ba người cùng nhận")
    async with around.database.reading() as session:
        kinds = [(s.kind, s.before, s.after) for s in await cases.steps(session, case)]
        kept = await session.get_one(Case, case.id)
        assert (await session.get_one(Report, report.id)).status == "resolved"
    assert kinds[0] == ("status", "working", "decided")
    assert ("status", "new", "working") in kinds
    assert (kept.label, kept.method_confirmed, kept.is_open) == ("right", "dien-luc-evn", False)


async def test_a_wrong_step_is_refused(around: Surroundings) -> None:
    await desk.report(around, "an")
    (case,) = await desk.all_cases(around)
    async with around.database.writing() as session:
        acting = Acting(around, None, around.clock())
        mine = await cases.get(session, case.id)
        await cases.change_status(session, acting, mine, Status.CLOSED)
        with pytest.raises(cases.WrongStep):
            await cases.change_status(session, acting, mine, Status.DECIDED)
        await cases.reopen(session, acting, mine, "có tin mới")
        assert mine.is_open


async def test_notes_are_sealed_in_the_table(around: Surroundings) -> None:
    await desk.report(around, "an")
    (case,) = await desk.all_cases(around)
    async with around.database.writing() as session:
        mine = await cases.get(session, case.id)
        cases.note_step(session, Acting(around, None, around.clock()), mine, "note", text="gọi 0905123318 lúc 9 giờ")
    async with around.database.reading() as session:
        step = (await session.scalars(select(CaseEvent).where(CaseEvent.kind == "note"))).one()
    assert step.text is not None
    assert b"0905123318" not in step.text
    assert cases.step_text(around, step) == "gọi 0905123318 lúc 9 giờ"


async def test_cases_that_share_an_account_are_candidates_and_merge_and_split(around: Surroundings) -> None:
    await desk.report(around, "an", "gui tien vao STK 19034567890123", "paid")
    await desk.report(around, "binh", "chuyen khoan STK 19034567890123 ngay")
    await desk.report(around, "chi", "chuyen khoan STK 888877776666 ngay")
    first, second, third = sorted(await desk.all_cases(around), key=lambda case: case.code)
    async with around.database.writing() as session:
        acting = Acting(around, None, around.clock())
        one, two = await cases.get(session, first.id), await cases.get(session, second.id)
        assert [(case.id, n) for case, n in await queue.sharing(session, one)] == [(second.id, 1)]
        await cases.merge(session, acting, one, two)
        assert (one.status, one.merged_into, two.triage) == ("merged", two.id, 2)
        with pytest.raises(cases.WrongStep):
            await cases.merge(session, acting, one, await cases.get(session, third.id))
        items = await cases.items(session, two)
        with pytest.raises(cases.WrongStep):
            await cases.split(session, acting, two, [item.id for item in items])
        made = await cases.split(session, acting, two, [items[0].id])
        assert len(await cases.items(session, made)) == len(await cases.items(session, two)) == 1


async def test_a_merge_is_undone_and_leaves_nothing_empty(around: Surroundings) -> None:
    for sender in ("an", "binh"):
        await desk.report(around, sender, f"chuyen khoan STK 19034567890123 ngay {sender}")
    first, second = sorted(await desk.all_cases(around), key=lambda case: case.code)
    async with around.database.writing() as session:
        acting = Acting(around, None, around.clock())
        one, two = await cases.get(session, first.id), await cases.get(session, second.id)
        await cases.merge(session, acting, one, two)
        await cases.reopen(session, acting, one, "hai vụ khác nhau")
        assert [len(await cases.items(session, case)) for case in (one, two)] == [1, 1]
        assert (one.status, one.merged_into) == ("working", None)
        await cases.merge(session, acting, one, two)
        mine = next(item for item in await cases.items(session, two) if item.sender == "binh")
        await cases.split(session, acting, two, [mine.id])
        with pytest.raises(cases.WrongStep):
            await cases.reopen(session, acting, one, "vụ kia sẽ không còn gì")


async def standing(around: Surroundings) -> dict[str, str]:
    """How the report of each citizen stands, as they hear it."""
    async with around.database.reading() as session:
        return {row.sender: row.status for row in (await session.scalars(select(Report))).all()}


async def two_that_name_one_account(around: Surroundings) -> tuple[Case, Case]:
    for sender in ("an", "binh"):
        await desk.report(around, sender, f"chuyen khoan STK 19034567890123 ngay {sender}")
    mine, other = await desk.all_cases(around)
    return mine, other


async def test_a_report_stands_as_the_case_that_it_was_moved_into(around: Surroundings) -> None:
    mine, other = await two_that_name_one_account(around)
    async with around.database.writing() as session:
        acting = Acting(around, None, around.clock())
        one, two = await cases.get(session, mine.id), await cases.get(session, other.id)
        await cases.decide(session, acting, two, scam=True, method=None)
        await cases.change_status(session, acting, one, Status.TRANSFERRED)
        await cases.merge(session, acting, one, two)
    assert await standing(around) == {"an": "resolved", "binh": "resolved"}
    async with around.database.writing() as session:
        assert await rights.erase(session, around, Whose(mine.sender, "zalo_oa", around.clock()), 0) == 1
    async with around.database.writing() as session:
        one = await cases.get(session, mine.id)
        await cases.reopen(session, acting, one, "hai vụ khác nhau")
    assert await standing(around) == {mine.sender: "claimed", other.sender: "resolved"}


async def test_a_report_that_is_split_off_is_open_again_but_held(around: Surroundings) -> None:
    mine, other = await two_that_name_one_account(around)
    async with around.database.writing() as session:
        acting = Acting(around, None, around.clock())
        one, two = await cases.get(session, mine.id), await cases.get(session, other.id)
        await cases.merge(session, acting, one, two)
        await cases.decide(session, acting, two, scam=True, method=None)
        leaving = next(item for item in await cases.items(session, two) if item.sender == mine.sender)
        await cases.split(session, acting, two, [leaving.id])
    assert await standing(around) == {mine.sender: "claimed", other.sender: "resolved"}
    async with around.database.writing() as session:
        assert await rights.erase(session, around, Whose(mine.sender, "zalo_oa", around.clock()), 0) == 1


async def test_what_is_added_to_a_case_at_work_is_at_work_too(around: Surroundings) -> None:
    await desk.report(around, "an")
    (case,) = await desk.all_cases(around)
    async with around.database.writing() as session:
        mine = await cases.get(session, case.id)
        await cases.change_status(session, Acting(around, None, around.clock()), mine, Status.WORKING)
    added = await desk.report(around, "an")
    async with around.database.reading() as session:
        assert (await session.get_one(Report, added.id)).status == "claimed"


async def test_ones_own_case_goes_back_to_the_queue(around: Surroundings) -> None:
    await desk.report(around, "an")
    (case,) = await desk.all_cases(around)
    async with around.database.writing() as session:
        me, other = await desk.person(session, around, "mot"), await desk.person(session, around, "hai")
        mine = await cases.get(session, case.id)
        await cases.claim(session, Acting(around, me, around.clock()), mine, "mot")
        with pytest.raises(cases.WrongStep):
            await cases.release(session, Acting(around, other, around.clock()), mine)
        await cases.release(session, Acting(around, me, around.clock()), mine)
        assert (mine.assignee_id, mine.is_open) == (None, True)


async def test_late_and_urgent_ones_are_filters(around: Surroundings, clock: FakeClock) -> None:
    await desk.cry(around, "an", "paid")
    await desk.report(around, "binh")
    clock.move(3600)
    async with around.database.writing() as session:
        for case in await desk.all_cases(around):
            mine = await cases.get(session, case.id)
            cases.set_priority(session, Acting(around, None, clock()), mine, priority=mine.sender == "binh")
    async with around.database.reading() as session:
        late = (await queue.search(session, around, Wanted(due="late"), "me")).rows
        first = (await queue.search(session, around, Wanted(due="first"), "me")).rows
        counts = await queue.counts(session, "me", clock())
    assert [case.sender for case in late] == ["an"]
    assert [case.sender for case in first] == ["binh"]
    assert (counts["late"], counts["first"]) == (1, 1)


async def test_an_old_shared_account_is_no_candidate(around: Surroundings, clock: FakeClock) -> None:
    await desk.report(around, "an", "gui tien vao STK 19034567890123")
    clock.move(40 * 86400)
    await desk.report(around, "binh", "gui tien vao STK 19034567890123")
    async with around.database.reading() as session:
        for case in await desk.all_cases(around):
            assert not await queue.sharing(session, case)


async def test_the_queue_finds_words_and_numbers_and_turns_pages(around: Surroundings, clock: FakeClock) -> None:
    await desk.report(around, "an", "Nhà bạn sắp bị cắt điện, giảm 100%", account="19034567890123")
    for number in range(queue.PAGE + 3):
        clock.move(60)
        await desk.report(around, f"s{number}", f"tin thứ {number} về hoàn thuế")

    async def found(words: str, **more: str) -> list[str]:
        async with around.database.reading() as session:
            page = await queue.search(session, around, Wanted(words=words, **more), "me")  # type: ignore[arg-type]
        return [case.sender for case in page.rows]

    assert await found("cat dien") == await found("cắt điện") == await found("100%") == ["an"]
    assert await found("1_0") == await found("%%") == []
    assert await found("1903 4567 890123") == ["an"]
    assert await found("1903 4567 890124") == []
    assert await found("ZOA-2026-000001") == ["an"]
    for state in ("open", "all"):
        async with around.database.reading() as session:
            first = await queue.search(session, around, Wanted(state=state), "me")
            rest = await queue.search(session, around, Wanted(state=state, after=first.next), "me")
            wild = await queue.search(session, around, Wanted(state=state, after="x~y~z"), "me")
        assert len(first.rows) == queue.PAGE == len(wild.rows)
        assert len(rest.rows) == 4
        assert not rest.next
        assert not {c.id for c in first.rows} & {c.id for c in rest.rows}


async def test_erasure_takes_untouched_cases_and_sightings_along(around: Surroundings) -> None:
    await desk.ask(around, "an")
    await desk.report(around, "an")
    await desk.report(around, "binh")
    async with around.database.writing() as session:
        await rights.erase(session, around, Whose("an", "web", around.clock()), 0)
    async with around.database.reading() as session:
        assert [case.sender for case in (await session.scalars(select(Case))).all()] == ["binh"]
        assert {s.sender for s in (await session.scalars(select(Sighting))).all()} == {"binh"}
        assert {row.reporters for row in (await session.scalars(select(Indicator))).all()} == {1}


async def everything(around: Surroundings) -> str:
    """All that any table holds, as text."""
    async with around.database.reading() as session:
        rows = [(await session.execute(select(table))).all() for table in Base.metadata.sorted_tables]
    return str(rows)


async def test_after_erasure_no_table_holds_the_words(around: Surroundings) -> None:
    words = "Chúc mừng {} đã trúng thưởng xe máy SH, vui lòng đóng phí nhận quà vào tài khoản trong hôm nay"
    for sender, name in (("an", "Hoàng Yến"), ("binh", "bạn"), ("chi", "bạn")):
        await desk.ask(around, sender, words.format(name))
    assert "Hoàng Yến" in await everything(around)
    async with around.database.writing() as session:
        await rights.erase(session, around, Whose("an", "web", around.clock()), 0)
    assert "Hoàng Yến" not in await everything(around)
    async with around.database.reading() as session:
        left = (await session.scalars(select(Campaign))).one()
    assert (left.sample, left.size, left.reach) == (words.format("bạn"), 2, 2)
    async with around.database.writing() as session:
        for sender in ("binh", "chi"):
            await rights.erase(session, around, Whose(sender, "web", around.clock()), 0)
    assert "trúng thưởng" not in await everything(around)
