"""The outbox as staff see it: who waits and why, what was stopped; moved by hand, never twice, never to who left."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from api.intake import backlog, delivery, outbox
from api.intake.outbox import Letter
from api.models import AuditRow, OutboxReply
from api.surroundings import Surroundings
from bot.channels.base import Rejected, Transient, WindowClosed
from bot.replies import Reply
from tests.api.conftest import Site
from tests.api.console.staff import hire_and_enter, post
from tests.api.console.test_letters import PATH, site, ticked
from tests.api.intake.verbs import settle
from tests.fakes import FakeClock, Messenger

__all__ = ["site"]
HERE = f"{PATH}/chua-gui"
WHY = "số này là máy thử của đơn vị"


async def queue(around: Surroundings, *people: str, each: int = 1) -> list[int]:
    """Messages for some people; gives the id of the first one of each."""
    async with around.database.writing() as session:
        for who in people:
            recipient = around.vault.pseudonym("messenger", who)
            for number in range(each):
                letter = Letter("messenger", recipient, who, f"news:{who}:{number}")
                outbox.queue(session, around, letter, [Reply(f"tin {number}")], around.clock())
        await session.flush()
        rows = (await session.scalars(select(OutboxReply).order_by(OutboxReply.id))).all()
        return [row.id for row in rows if row.key.endswith(":0:0")]


async def acts(around: Surroundings) -> list[tuple[str, str, str]]:
    async with around.database.reading() as session:
        rows = (await session.scalars(select(AuditRow).order_by(AuditRow.seq))).all()
    return [(row.act, row.object, row.reason) for row in rows if row.act.startswith("reply.")]


async def test_who_waits_is_shown_with_the_reason_the_count_and_the_next_try(
    site: Site, clock: FakeClock, messenger: Messenger
) -> None:
    await queue(site.around, "a", "b", each=3)
    messenger.failures = [Transient("network: ConnectError"), Transient("too many requests", 1200)]
    await settle(site.around)
    clock.move(20 * 60 - 1)
    await hire_and_enter(site, "lead_operator")
    page = (await site.client.get(HERE)).text
    assert "Không nối được tới kênh" in page
    assert "Kênh báo gửi nhanh quá" in page
    assert page.count("và 2 tin sau") == 2
    assert '<td data-label="Người">2</td>' in page
    assert "19 phút trước" in page
    assert "15:20 24/11/2026" in page
    assert '<b class="alarm">6<' in page
    assert "tin 0" not in page


async def test_waiting_for_the_reader_is_no_alarm(site: Site, clock: FakeClock, messenger: Messenger) -> None:
    await queue(site.around, "a")
    messenger.failures = [WindowClosed("window closed")]
    await settle(site.around)
    clock.move(3600)
    await hire_and_enter(site, "lead_operator")
    page = (await site.client.get(HERE, params={"loai": "awaiting"})).text
    assert "khi người dân nhắn" in page
    assert 'class="alarm"' not in page
    assert "Không tin nào gửi lỗi." in (await site.client.get(HERE)).text


async def test_sent_now_by_hand_all_of_a_channel_or_some(site: Site, clock: FakeClock, messenger: Messenger) -> None:
    first, _, _ = await queue(site.around, "a", "b", "c")
    messenger.failures = [Transient("busy", 3600)] * 3
    await settle(site.around)
    csrf = await hire_and_enter(site, "lead_operator")
    assert (await post(site, f"{HERE}/viec", csrf, viec="gui-ngay", **ticked(first))).status_code == 303
    await settle(site.around)
    assert messenger.sent == [("a", "tin 0")]
    assert (await post(site, f"{HERE}/viec", csrf, viec="gui-ngay", **ticked(first))).status_code == 400
    assert (await post(site, f"{HERE}/viec", csrf, viec="gui-ngay-het", kenh="messenger")).status_code == 303
    await settle(site.around)
    assert sorted(who for who, _ in messenger.sent) == ["a", "b", "c"]
    assert [act for act, _, _ in await acts(site.around)] == ["reply.send_now"] * 2


async def test_what_is_being_sent_is_not_sent_a_second_time(site: Site, clock: FakeClock, messenger: Messenger) -> None:
    (row_id,) = await queue(site.around, "a")
    messenger.failures = [Transient("busy", 1)]
    await settle(site.around)
    clock.move(2)
    assert len(await delivery.claim(site.around, "messenger", 1)) == 1
    async with site.around.database.writing() as session:
        assert await backlog.send_now(session, site.around, ids=[row_id]) == []


async def test_stopping_needs_a_reason_and_stops_all_that_waits_behind(
    site: Site, clock: FakeClock, messenger: Messenger
) -> None:
    first, _ = await queue(site.around, "a", "b", each=2)
    messenger.failures = [Transient("busy", 3600)] * 2
    await settle(site.around)
    csrf = await hire_and_enter(site, "lead_operator")
    assert (await post(site, f"{HERE}/viec", csrf, viec="dung", **ticked(first))).status_code == 400
    assert (await post(site, f"{HERE}/viec", csrf, viec="dung", **{"ly-do": WHY}, **ticked(first))).status_code == 303
    page = (await site.client.get(HERE, params={"loai": "stopped"})).text
    assert page.count("Cán bộ cho dừng") == 2
    assert await acts(site.around) == [("reply.stop", f"reply/{first}", WHY)]
    clock.move(3700)
    await settle(site.around)
    assert [who for who, _ in messenger.sent] == ["b", "b"]


async def test_what_was_stopped_is_sent_again_once_and_its_alarm_ends(
    site: Site, clock: FakeClock, messenger: Messenger
) -> None:
    (row_id,) = await queue(site.around, "a")
    messenger.failures = [Rejected("refused as a bad request", alarm=True)]
    await settle(site.around)
    csrf = await hire_and_enter(site, "lead_operator")
    page = (await site.client.get(HERE, params={"loai": "stopped"})).text
    assert "Kênh không nhận nội dung này" in page
    assert "Cần người xử lý." in page
    assert '<b class="alarm">1<' in page
    for status in (303, 400):
        assert (await post(site, f"{HERE}/viec", csrf, viec="gui-lai", **ticked(row_id))).status_code == status
    await settle(site.around)
    assert messenger.sent == [("a", "tin 0")]
    assert 'class="alarm"' not in (await site.client.get(HERE)).text


async def test_setting_aside_ends_the_alarm_and_sends_nothing(
    site: Site, clock: FakeClock, messenger: Messenger
) -> None:
    (row_id,) = await queue(site.around, "a")
    messenger.failures = [Rejected("refused as a bad request", alarm=True)]
    await settle(site.around)
    csrf = await hire_and_enter(site, "lead_operator")
    for why, status in (("", 400), (WHY, 303), (WHY, 400)):
        answer = await post(site, f"{HERE}/viec", csrf, viec="bo-qua", **{"ly-do": why}, **ticked(row_id))
        assert answer.status_code == status
    assert 'class="alarm"' not in (await site.client.get(HERE)).text
    await settle(site.around)
    assert messenger.sent == []


async def test_nothing_is_sent_again_to_who_left(site: Site, clock: FakeClock, messenger: Messenger) -> None:
    await queue(site.around, "a", each=2)
    messenger.failures = [Rejected("blocked or removed", gone=True)]
    await settle(site.around)
    async with site.around.database.reading() as session:
        ids = (await session.scalars(select(OutboxReply.id).where(OutboxReply.stopped_why == "gone"))).all()
    csrf = await hire_and_enter(site, "lead_operator")
    assert "Không gửi lại." in (await site.client.get(HERE, params={"loai": "stopped"})).text
    assert (await post(site, f"{HERE}/viec", csrf, viec="gui-lai", **ticked(*ids))).status_code == 400


async def test_what_waits_for_a_page_to_fetch_it_is_nobodys_trouble(site: Site, clock: FakeClock) -> None:
    async with site.around.database.writing() as session:
        outbox.queue(session, site.around, Letter("web", "r" * 32, "s", "k"), [Reply("x")], clock())
    clock.move(3600)
    await hire_and_enter(site, "lead_operator")
    assert 'class="alarm"' not in (await site.client.get(PATH)).text


async def test_of_a_channel_that_was_switched_off_the_messages_are_seen_too(
    site: Site, clock: FakeClock, messenger: Messenger
) -> None:
    await queue(site.around, "a")
    messenger.failures = [Transient("network: ConnectError", 60)]
    await settle(site.around)
    site.around.channels = {name: c for name, c in site.around.channels.items() if name != "messenger"}
    await hire_and_enter(site, "lead_operator")
    assert "Kênh này đang tắt" in (await site.client.get(HERE)).text


@pytest.mark.parametrize("form", [{}, {"viec": "gui-ngay"}, {"viec": "gui-ngay-het", "kenh": "x"}, {"viec": "gì"}])
async def test_a_form_that_says_nothing_is_refused_kindly(site: Site, form: dict[str, str]) -> None:
    csrf = await hire_and_enter(site, "lead_operator")
    assert (await post(site, f"{HERE}/viec", csrf, **form)).status_code == 400


async def test_the_list_turns_its_pages(site: Site, clock: FakeClock, messenger: Messenger) -> None:
    people = [f"p{number:02}" for number in range(backlog.PAGE + 5)]
    await queue(site.around, *people)
    messenger.failures = [Transient("busy", 3600)] * len(people)
    await settle(site.around)
    await hire_and_enter(site, "lead_operator")
    first = (await site.client.get(HERE)).text
    assert first.count('type="checkbox"') == backlog.PAGE
    last = first.split("&amp;sau=")[1].split('"')[0]
    assert (await site.client.get(HERE, params={"sau": last})).text.count('type="checkbox"') == 5
