"""Dead letters: seen masked, uncovered for a reason, replayed once, given up; and each channel's health."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import cast

import httpx
import pytest
from sqlalchemy import select

from api import app as application
from api.intake import inbox, letters
from api.messengers.tokens import StoredTokens
from api.models import AuditRow, InboxUpdate
from api.surroundings import Surroundings
from bot import wording
from bot.channels.web import Web
from bot.channels.zalo_oa import TokenPair
from knowledge.matcher import Judge
from knowledge.verdict import Verdict
from tests.api.conftest import Site
from tests.api.console.staff import hire_and_enter, post
from tests.api.intake.verbs import deliver, settle
from tests.fakes import SCAM, FakeClock, FakeJudge, Messenger

PATH = "/can-bo/duong-tin"
DEAD = f"{PATH}/nhan-loi"
WHY = "đối chiếu lỗi với kỹ thuật"
POISON = f"explode {SCAM}"


async def fail(around: Surroundings, clock: FakeClock) -> None:
    """Try everything until nothing is tried any more."""
    for _ in range(inbox.MOST_ATTEMPTS + 1):
        await settle(around)
        clock.move(60)


async def poison(site: Site, clock: FakeClock, *numbers: int, text: str = POISON) -> list[int]:
    """Dead letters of one sender each; gives their ids."""
    for number in numbers:
        await deliver(site.around, number, text=text, sender=f"s{number}")
    await fail(site.around, clock)
    async with site.around.database.reading() as session:
        return list((await session.scalars(select(InboxUpdate.id).where(letters.WAITS_FOR_STAFF))).all())


async def audited(around: Surroundings, prefix: str = "update.") -> list[tuple[str, str, str]]:
    async with around.database.reading() as session:
        rows = (await session.scalars(select(AuditRow).order_by(AuditRow.seq))).all()
    return [(row.act, row.object, row.reason) for row in rows if row.act.startswith(prefix)]


def ticked(*ids: int) -> dict[str, str]:
    return {f"tin-{one}": "1" for one in ids}


@pytest.fixture
async def site(around: Surroundings) -> AsyncIterator[Site]:
    """The application; a test lets its workers work when it wants them to."""
    app = application.assemble(around)
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers={"Origin": "http://test"}) as one:
        yield Site(app, one, around)


class Mended(FakeJudge):
    """The judge after a repair: the poison is a message like any other."""

    def match(self, text: str) -> Verdict:
        return super().match(text.replace("explode", ""))


def mend(around: Surroundings) -> None:
    around.knowledge = replace(around.knowledge, judge=cast(Judge, Mended()))


async def test_a_letter_is_seen_masked_with_a_plain_reason_and_uncovered_for_one(site: Site, clock: FakeClock) -> None:
    (row_id,) = await poison(site, clock, 1)
    csrf = await hire_and_enter(site, "lead_operator")
    for path in (DEAD, f"{DEAD}/{row_id}"):
        page = (await site.client.get(path)).text
        assert "Phần mềm gặp lỗi khi xử lý tin này" in page
        assert "0905•••318" in page
        assert "0905123318" not in page
        assert "19034567890123" not in page
    assert "5 lần" in (await site.client.get(DEAD)).text
    assert (await post(site, f"{DEAD}/{row_id}/xem", csrf, **{"ly-do": "ngắn"})).status_code == 400
    shown = (await post(site, f"{DEAD}/{row_id}/xem", csrf, **{"ly-do": WHY})).text
    assert "0905123318" in shown
    assert await audited(site.around) == [
        ("update.list", "", ""),
        ("update.view", f"update/{row_id}", ""),
        ("update.list", "", ""),
        ("update.reveal", f"update/{row_id}", WHY),
    ]


async def test_replaying_answers_under_a_key_of_its_own_and_the_page_tells_how_far_it_is(
    site: Site, clock: FakeClock, messenger: Messenger
) -> None:
    (row_id,) = await poison(site, clock, 1)
    assert [text for _, text in messenger.sent] == [wording.VI.trouble]
    mend(site.around)
    csrf = await hire_and_enter(site, "lead_operator")
    answer = await post(site, f"{DEAD}/viec", csrf, viec="chay-lai", **ticked(row_id))
    assert answer.status_code == 303
    await settle(site.around)
    page = await site.client.get(answer.headers["location"])
    assert "Xong" in page.text
    assert "Refresh" not in page.headers
    assert messenger.sent[1][0] == "s1"
    assert messenger.sent[1][1].startswith("🔴")
    assert "Không có tin nào chưa trả lời được" in (await site.client.get(DEAD)).text
    replay_id = answer.headers["location"].rsplit("/", 1)[1]
    assert (await audited(site.around))[0] == ("update.replay", f"replay/{replay_id}", "")


async def test_a_second_replay_of_the_same_letter_is_refused_and_answers_nobody_twice(
    site: Site, clock: FakeClock, messenger: Messenger
) -> None:
    (row_id,) = await poison(site, clock, 1)
    mend(site.around)
    csrf = await hire_and_enter(site, "lead_operator")
    assert (await post(site, f"{DEAD}/viec", csrf, viec="chay-lai", **ticked(row_id))).status_code == 303
    assert (await post(site, f"{DEAD}/viec", csrf, viec="chay-lai", **ticked(row_id))).status_code == 400
    await settle(site.around)
    assert (await post(site, f"{DEAD}/viec", csrf, viec="chay-lai", **ticked(row_id))).status_code == 400
    await settle(site.around)
    assert len(messenger.sent) == 2
    assert len(await audited(site.around, "update.replay")) == 1


async def test_what_fails_again_is_a_dead_letter_again_and_nobody_is_told_twice(
    site: Site, clock: FakeClock, messenger: Messenger
) -> None:
    (row_id,) = await poison(site, clock, 1)
    csrf = await hire_and_enter(site, "lead_operator")
    for times in (1, 2):
        answer = await post(site, f"{DEAD}/viec", csrf, viec="chay-lai", **ticked(row_id))
        progress = await site.client.get(answer.headers["location"])
        assert "Đang chạy: 0 / 1" in progress.text
        assert progress.headers["refresh"] == "2"
        await fail(site.around, clock)
        assert "Lại lỗi" in (await site.client.get(answer.headers["location"])).text
        assert f"5 lần, chạy lại {times} lần" in (await site.client.get(DEAD)).text
    assert [text for _, text in messenger.sent] == [wording.VI.trouble]


async def test_all_of_a_channel_are_replayed_at_once_and_those_of_others_are_not(
    site: Site, clock: FakeClock, messenger: Messenger
) -> None:
    await inbox.record(site.around, site.around.channels["web"], {"id": "x1", "sender": "s", "text": "explode"})
    await poison(site, clock, *range(1, 8))
    mend(site.around)
    csrf = await hire_and_enter(site, "lead_operator")
    assert "messenger: chạy lại cả 7 tin" in (await site.client.get(DEAD)).text
    answer = await post(site, f"{DEAD}/viec", csrf, viec="chay-lai-het", kenh="messenger")
    await settle(site.around)
    assert "<dd>7 tin</dd>" in (await site.client.get(answer.headers["location"])).text
    assert sum(text.startswith("🔴") for _, text in messenger.sent) == 7
    async with site.around.database.reading() as session:
        assert [*await letters.by_channel(session)] == ["web"]
    assert (await post(site, f"{DEAD}/viec", csrf, viec="chay-lai-het", kenh="messenger")).status_code == 400
    assert (await post(site, f"{DEAD}/viec", csrf, viec="chay-lai-het", kenh="nowhere")).status_code == 400


async def test_giving_up_needs_a_reason_and_can_be_taken_back(site: Site, clock: FakeClock) -> None:
    first, second = await poison(site, clock, 1, 2)
    csrf = await hire_and_enter(site, "lead_operator")
    assert (await post(site, f"{DEAD}/viec", csrf, viec="bo", **ticked(first))).status_code == 400
    assert (await post(site, f"{DEAD}/viec", csrf, viec="bo", **{"ly-do": WHY}, **ticked(first))).status_code == 303
    assert (await post(site, f"{DEAD}/viec", csrf, viec="bo", **{"ly-do": WHY}, **ticked(first))).status_code == 400
    listed = (await site.client.get(DEAD)).text
    assert f"tin-{first}" not in listed
    assert f"tin-{second}" in listed
    assert f"tin-{first}" in (await site.client.get(DEAD, params={"bo": "1"})).text
    assert (await audited(site.around))[0] == ("update.drop", f"update/{first}", WHY)
    assert (await post(site, f"{DEAD}/viec", csrf, viec="chay-lai", **ticked(first))).status_code == 303


async def test_what_nobody_understands_shows_its_shape_and_no_word_of_it(site: Site, clock: FakeClock) -> None:
    await deliver(site.around, 1, kind="hologram", sender="s1", text="mã OTP 123456", deep={"0905123318": [1, True]})
    await settle(site.around)
    async with site.around.database.reading() as session:
        row_id = (await session.scalars(select(InboxUpdate.id))).one()
    await hire_and_enter(site, "lead_operator")
    page = (await site.client.get(f"{DEAD}/{row_id}")).text
    assert "chưa từng có trong tài liệu" in page
    assert "chữ (13)" in page
    assert "123456" not in page
    assert "0905123318" not in page


async def test_whose_sender_is_being_answered_waits_until_that_is_over(site: Site, clock: FakeClock) -> None:
    await deliver(site.around, 1, kind="hologram", sender="s1")
    await settle(site.around)
    async with site.around.database.reading() as session:
        row = (await session.scalars(select(InboxUpdate))).one()
    async with site.around.database.writing() as session:
        busy = InboxUpdate(
            channel="messenger", update_id="9", sender=row.sender, payload=b"", received_at=clock(),
            lease="x", leased_until=clock() + timedelta(seconds=5),
        )  # fmt: skip
        session.add(busy)
    async with site.around.database.writing() as session:
        assert (await letters.replay(session, site.around, ids=[row.id]))[1] == []


async def test_a_letter_of_a_channel_that_is_off_is_kept_until_it_is_on(site: Site, clock: FakeClock) -> None:
    (row_id,) = await poison(site, clock, 1)
    on = site.around.channels
    site.around.channels = {name: channel for name, channel in on.items() if name != "messenger"}
    csrf = await hire_and_enter(site, "lead_operator")
    assert "Kênh này đang tắt" in (await site.client.get(DEAD)).text
    assert (await post(site, f"{DEAD}/viec", csrf, viec="chay-lai", **ticked(row_id))).status_code == 400
    site.around.channels = on
    assert (await post(site, f"{DEAD}/viec", csrf, viec="chay-lai", **ticked(row_id))).status_code == 303


@pytest.mark.parametrize("role", ["operator", "curator", "approver", "auditor", "administrator"])
async def test_other_roles_neither_see_nor_move_letters(site: Site, clock: FakeClock, role: str) -> None:
    (row_id,) = await poison(site, clock, 1)
    csrf = await hire_and_enter(site, role)
    for path in (PATH, DEAD, f"{DEAD}/{row_id}", f"{PATH}/chua-gui", f"{PATH}/chay-lai/1"):
        assert (await site.client.get(path)).status_code == 403
    for path in (f"{DEAD}/viec", f"{DEAD}/{row_id}/xem", f"{PATH}/chua-gui/viec"):
        assert (await post(site, path, csrf, viec="chay-lai", **ticked(row_id))).status_code == 403
    assert not re.search(r'class="alarm"', (await site.client.get("/can-bo", follow_redirects=True)).text)
    assert await audited(site.around) == []


async def test_the_navigation_raises_an_alarm_while_letters_wait(site: Site, clock: FakeClock) -> None:
    csrf = await hire_and_enter(site, "lead_operator")
    assert 'class="alarm"' not in (await site.client.get("/can-bo/vu-viec")).text
    (row_id,) = await poison(site, clock, 1)
    assert '<b class="alarm">1<' in (await site.client.get("/can-bo/vu-viec")).text
    await post(site, f"{DEAD}/viec", csrf, viec="bo", **{"ly-do": WHY}, **ticked(row_id))
    assert 'class="alarm"' not in (await site.client.get("/can-bo/vu-viec")).text


async def test_it_is_said_when_nobody_takes_up_what_comes(site: Site, clock: FakeClock) -> None:
    await hire_and_enter(site, "lead_operator")
    await deliver(site.around, 1)
    assert "worker" not in (await site.client.get(PATH)).text
    clock.move(61)
    assert "1 tin đã chờ trả lời quá một phút" in (await site.client.get(PATH)).text


async def test_each_channel_tells_how_it_fares(site: Site, clock: FakeClock, messenger: Messenger) -> None:
    await hire_and_enter(site, "lead_operator")
    page = (await site.client.get(PATH)).text
    assert "Mọi tin đều đã trả lời và gửi xong." in page
    assert page.count("đang tắt") == 3
    assert "chưa nhận tin nào" in page
    await poison(site, clock, 1)
    page = (await site.client.get(PATH)).text
    assert "1 tin</a>" in page
    assert "Phần mềm gặp lỗi khi xử lý tin này" in page


async def test_the_account_tells_until_when_its_token_holds(site: Site, clock: FakeClock) -> None:
    around = site.around
    around.channels = {**around.channels, "zalo_oa": Web()}
    await hire_and_enter(site, "lead_operator")
    assert "quản trị viên OA cần cấp quyền" in (await site.client.get(PATH)).text
    store = StoredTokens(around.database, around.vault, clock, first="", place=around.settings.var)
    await store.store(TokenPair("a", "r", clock(), clock() + timedelta(hours=25)))
    assert "còn hạn tới 16:00 25/11/2026" in (await site.client.get(PATH)).text
    clock.move(26 * 3600)
    await hire_and_enter(site, "lead_operator", name="nguoi.sau")
    assert "hết hạn 16:00 25/11/2026" in (await site.client.get(PATH)).text


@pytest.mark.parametrize("path", [f"{DEAD}/khong", f"{DEAD}/99999999999999999999", f"{DEAD}/7", f"{PATH}/chay-lai/x"])
async def test_what_is_not_there_is_not_found(site: Site, path: str) -> None:
    await hire_and_enter(site, "lead_operator")
    assert (await site.client.get(path)).status_code == 404
