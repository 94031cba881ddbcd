"""The pages of indicators: who may propose, who may approve, and what the public then hears in the chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import select

from api import app as application
from api.casework import indicators, named
from api.casework.named import Kind
from api.database import Database
from api.intake import worker
from api.models import AuditRow
from api.models import Indicator as IndicatorRow
from api.surroundings import Surroundings
from bot import wording
from bot.answers.entities import for_entities
from bot.knowledge_base import Knowledge
from bot.turn import CheckMade
from knowledge.verdict import Frame, Indicator, IndicatorKind, Level, Span, Verdict
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.fakes import FakeJudge

PATH = "/can-bo/dau-hieu"
ACCOUNT = "19034567890123"
REASON = "ba người chuyển tiền, có biên lai"


async def the_account(site: Site, people: int = 3) -> str:
    for number in range(people):
        await desk.report(site.around, f"người {number}")
    wanted = named.read(Kind.ACCOUNT, ACCOUNT)
    assert wanted is not None
    async with site.around.database.reading() as session:
        row = await indicators.find(session, site.around, wanted)
    assert row is not None
    return f"{PATH}/{row.id}"


async def test_a_number_is_found_however_typed_and_shown_masked(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator")
    for typed in (ACCOUNT, "1903 4567 890 123", "1903-4567-890-123"):
        page = (await site.client.get(PATH, params={"tim": typed})).text
        assert path in page
        assert page.count(ACCOUNT) == page.count(f'value="{ACCOUNT}"')
    assert "Chưa ai nhắc tới" in (await site.client.get(PATH, params={"tim": "1903 4567 890 124"})).text
    page = (await site.client.get(path)).text
    assert "chưa có kết luận" in page
    assert ACCOUNT not in page
    assert ACCOUNT in (await desk.post(site, f"{path}/xem", ly_do="đối chiếu với ngân hàng")).text


async def test_from_suspected_to_confirmed_takes_two_roles_and_two_people(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator")
    assert (await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)).status_code == 303
    assert (await desk.post(site, f"{path}/de-nghi", thanh="confirmed", can_cu=REASON)).status_code == 303
    assert (await desk.post(site, f"{path}/duyet", y_kien="duyet")).status_code == 403
    await desk.sign_in(site, "operator", "approver")
    assert (await desk.post(site, f"{path}/duyet", y_kien="duyet")).status_code == 403
    await desk.sign_in(site, "approver", name="nguoi-duyet")
    assert "chờ duyệt" in (await site.client.get(PATH, params={"tinh-trang": "waiting"})).text
    assert (await desk.post(site, f"{path}/duyet", y_kien="khong", can_cu="ít")).status_code == 400
    assert (await desk.post(site, f"{path}/duyet", y_kien="duyet")).status_code == 303
    assert "đã xác nhận dùng để lừa đảo" in (await site.client.get(path)).text


async def test_what_waits_for_approval_can_still_be_taken_off_and_contested(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator")
    for to in ("suspected", "confirmed"):
        await desk.post(site, f"{path}/de-nghi", thanh=to, can_cu=REASON)
    page = (await site.client.get(path)).text
    assert "Chờ duyệt" in page
    assert "Gỡ khỏi danh sách" in page
    assert "Mở vụ khiếu nại" in page
    assert "Đề nghị xác nhận" not in page
    await desk.post(site, f"{path}/de-nghi", thanh="cleared", can_cu=REASON)
    assert "Chờ duyệt" not in (await site.client.get(path)).text


def said(answer: httpx.Response) -> list[str]:
    return [reply["text"] for reply in answer.json()["replies"]]


class Judge(FakeJudge):
    """Sees that a message is nothing but an account."""

    def match(self, text: str) -> Verdict:
        found = Indicator(IndicatorKind.ACCOUNT, ACCOUNT, Span(4, 18))
        return replace(super().match(text), frame=Frame.ENTITY, indicators=(found,), level=Level.NONE)


async def asks(site: Site) -> list[str]:
    """Somebody new asks about the account."""
    site.around.knowledge = Knowledge(cast("Any", Judge()), site.around.knowledge.handbook)
    site.client.cookies.clear()
    return said(await site.say(f"STK {ACCOUNT}"))


@asynccontextmanager
async def another_replica(site: Site) -> AsyncIterator[Site]:
    """A second process on the same database: a connection, a memory and workers of its own."""
    here = site.around
    database = Database(here.settings.database)
    around = Surroundings(here.settings, database, here.vault, here.knowledge, here.channels, here.draw, here.clock)
    app = application.assemble(around)
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 5001))
    async with (
        worker.running(around),
        httpx.AsyncClient(transport=transport, base_url="http://test", headers={"Origin": "http://test"}) as client,
    ):
        yield Site(app, client, around)
    await database.close()


async def test_forty_reports_change_no_letter_of_the_answer(site: Site) -> None:
    before = await asks(site)
    path = await the_account(site, people=40)
    assert await asks(site) == before
    await desk.sign_in(site, "operator")
    page = (await site.client.get(path)).text
    assert "Tăng bất thường" in page
    assert "40 trong 40 người phản ánh 30 ngày qua chưa từng nhắn" in page
    await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)
    assert await asks(site) == before


async def test_a_clearing_after_an_appeal_is_in_the_very_next_answer_of_every_replica(site: Site) -> None:
    unknown = await asks(site)
    path = await the_account(site)
    async with another_replica(site) as other:
        await desk.sign_in(site, "operator")
        await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)
        heard = await asks(other)
        assert heard == await asks(site) != unknown
        assert "ĐÃ CÓ PHẢN ÁNH" in heard[0].upper()
        await desk.sign_in(site, "operator")
        appeal = await desk.post(site, f"{path}/khieu-nai", noi_dung="Tôi là chủ tài khoản, bị mạo danh")
        page = (await site.client.get(appeal.headers["location"])).text
        assert "Khiếu nại về" in page
        assert f'action="{path}/de-nghi"' in page
        await desk.post(site, f"{path}/de-nghi", thanh="cleared", can_cu="chủ tài khoản đã chứng minh")
        assert await asks(other) == await asks(site) == unknown


async def test_values_that_are_uncovered_too_often_raise_the_alarm_too(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator")
    for _ in range(51):
        assert (await desk.post(site, f"{path}/xem", ly_do="đối chiếu với ngân hàng")).status_code == 200
    async with site.around.database.reading() as session:
        rows = (await session.scalars(select(AuditRow).where(AuditRow.act.startswith("i")))).all()
    reveals = [row for row in rows if row.act == "indicator.reveal"]
    assert len(reveals) == 51
    assert all(row.reason for row in reveals)
    assert [row.object for row in rows if row.act == "identity.alarm"] == [f"indicator/{path.rpartition('/')[2]}"]
    await desk.sign_in(site, "auditor", name="kiem-tra")
    page = (await site.client.get("/can-bo/nhat-ky")).text
    assert "1 lần trong 24 giờ qua" in page
    assert '<b class="alarm">1<' in page


async def test_too_few_people_and_unknown_states_are_refused(site: Site) -> None:
    path = await the_account(site, people=2)
    await desk.sign_in(site, "operator")
    assert (await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)).status_code == 409
    assert (await desk.post(site, f"{path}/de-nghi", thanh="gì đó", can_cu=REASON)).status_code == 400


async def test_an_appeal_is_a_case_that_names_the_indicator(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator")
    answer = await desk.post(site, f"{path}/khieu-nai", noi_dung="Tôi là chủ tài khoản, bị mạo danh")
    page = (await site.client.get(answer.headers["location"])).text
    assert "Khiếu nại" in page
    assert "bị mạo danh" in page
    assert path in page
    assert answer.headers["location"].partition("?")[0] in (await site.client.get(path)).text


async def test_an_appeal_that_is_granted_clears_the_number_and_old_reports_do_not_list_it_again(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator")
    await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)
    appeal = await desk.post(site, f"{path}/khieu-nai", noi_dung="Tôi là chủ tài khoản, bị mạo danh")
    decided = {"viec": "ket-luan", "ket_luan": "khong", "ghi": "có giấy của ngân hàng"}
    assert (await desk.post(site, f"{appeal.headers['location'].partition('?')[0]}/viec", **decided)).status_code == 303
    async with site.around.database.reading() as session:
        assert (await session.get_one(IndicatorRow, path.rpartition("/")[2])).status == "cleared"
    assert (await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)).status_code == 409


@pytest.mark.parametrize("role", ["curator", "auditor", "administrator"])
async def test_other_roles_see_nothing(site: Site, role: str) -> None:
    path = await the_account(site)
    await desk.sign_in(site, role)
    for address in (PATH, path):
        assert (await site.client.get(address)).status_code == 403
    assert (await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)).status_code == 403


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_what_is_decided_is_said_of_a_bare_number(site: Site, language: str) -> None:
    words = wording.of(language)
    found = Indicator(IndicatorKind.ACCOUNT, ACCOUNT, Span(0, 14))
    made = CheckMade(ACCOUNT, site.around.knowledge.judge.match(ACCOUNT), 0.0)
    verdict = made.verdict.__class__(
        **{name: getattr(made.verdict, name) for name in made.verdict.__dataclass_fields__}
        | {"frame": Frame.ENTITY, "indicators": (found,), "level": Level.NONE}
    )
    unknown = for_entities(verdict, words, "S", lambda _kind, _value: "")
    suspected = for_entities(verdict, words, "S", lambda _kind, _value: "suspected")
    confirmed = for_entities(verdict, words, "S", lambda _kind, _value: "confirmed")
    assert words.no_conclusion[IndicatorKind.ACCOUNT].partition("{value}")[2] in unknown.text
    assert suspected.text.startswith(words.listed_title["suspected"])
    assert confirmed.text.startswith(words.listed_title["confirmed"])
    assert (unknown.level, suspected.level, confirmed.level) == (Level.NONE, Level.SUSPICIOUS, Level.SCAM)
    assert ACCOUNT not in confirmed.text
