"""While the database is away: the page answers and says that nothing is recorded; a messenger gets first aid, once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import orjson
import pytest
from sqlalchemy.exc import OperationalError

from api import app as application
from api.intake import unstored
from api.messengers import receiving
from api.surroundings import Surroundings
from bot import wording
from bot.events import Text
from tests.api.messengers.conftest import Make, World
from tests.api.messengers.conftest import world as _world
from tests.fakes import SCAM, STORY
from tests.simulator import payloads
from tests.simulator.messenger import Standing, Trouble

world = _world
VI = wording.VI


class Away:
    """A database that cannot be reached, as SQLAlchemy says it."""

    is_sqlite = True
    info: dict[str, Any] = {}  # noqa: RUF012

    @asynccontextmanager
    async def _nothing(self, *, first: bool = False) -> AsyncIterator[None]:
        raise OperationalError("connect", {}, OSError("connection refused"))
        yield

    reading = writing = _nothing


async def page(around: Surroundings, **kind: str) -> list[dict[str, Any]]:
    """A page of a service whose database is away."""
    around.database = Away()  # type: ignore[assignment]
    app = application.assemble(around)
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers={"Origin": "http://test"}) as c:
        answer = await c.post("/api/web/messages", json=kind)
        assert answer.status_code == 200
        found: list[dict[str, Any]] = answer.json()["replies"]
        return found


async def test_the_red_button_of_the_page_works(around: Surroundings) -> None:
    menu, note = await page(around, tap="//emergency")
    assert menu["text"] == VI.emergency_menu
    assert note["text"] == VI.unstored
    paid = next(b for b in menu["buttons"] if b["tap"].endswith("/paid"))
    card, note = await page(around, tap=paid["tap"])
    assert card["text"].startswith("🔴 VIỆC CẦN LÀM NGAY: Đã chuyển tiền")
    assert "Giữ lại:" in card["text"]
    assert card["buttons"] == []


async def test_the_page_still_judges_and_says_that_nothing_is_recorded(around: Surroundings) -> None:
    answer, note = await page(around, text=SCAM)
    assert answer["level"] == "scam"
    assert [b["tap"].split("/")[-1] for b in answer["buttons"]] == ["emergency"]
    assert "chưa ghi lại được gì" in note["text"]


async def test_the_plain_form_is_answered_too(around: Surroundings) -> None:
    around.database = Away()  # type: ignore[assignment]
    transport = httpx.ASGITransport(app=application.assemble(around), client=("127.0.0.1", 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers={"Origin": "http://test"}) as c:
        answer = await c.post("/", data={"text": STORY})
        assert answer.status_code == 200
        assert "VIỆC CẦN LÀM NGAY" in answer.text
        assert (await c.get("/", params={"hoi": "0123456789abcdef"})).status_code == 200
        waiting = await c.get("/api/web/replies", params={"id": "0123456789abcdef"})
        assert waiting.json()["pending"] is True


async def deliver(here: World, channel: str, payload: dict[str, Any]) -> int:
    """The messenger delivers to our webhook; gives the status of our answer."""
    body, headers = orjson.dumps(payload), {"Content-Type": "application/json"}
    if channel == "zalo_oa":
        body, headers = payloads.signed(payload)
    elif channel == "telegram":
        headers["X-Telegram-Bot-Api-Secret-Token"] = payloads.HOOK_SECRET
    else:
        headers["X-Bot-Api-Secret-Token"] = payloads.HOOK_SECRET
    transport = httpx.ASGITransport(app=application.assemble(here.around), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return (await client.post(f"/webhooks/{channel}", content=body, headers=headers)).status_code


@pytest.mark.parametrize("channel", ["zalo_oa", "zalo_bot", "telegram"])
async def test_a_cry_on_a_messenger_is_helped_once_and_stays_unacknowledged(world: Make, channel: str) -> None:
    here = await world(channel)
    await here.hear(getattr(payloads, channel)("xin chào"))
    await here.settle()  # the account's token is at hand from now on
    before, kept = len(here.texts), here.around.database
    cry = getattr(payloads, channel)("toi lo chuyen tien cho no roi")
    here.around.database = Away()  # type: ignore[assignment]
    assert [await deliver(here, channel, cry) for _ in range(3)] == [500] * 3
    assert [text.split(":")[0] for text in here.texts[before:]] == ["🔴 VIỆC CẦN LÀM NGAY"]
    here.around.database = kept
    assert await deliver(here, channel, cry) == 200
    await here.settle()
    assert [text.split(":")[0] for text in here.texts[before:]] == ["🔴 VIỆC CẦN LÀM NGAY"] * 2


@pytest.mark.parametrize("channel", ["zalo_bot", "telegram"])
async def test_first_aid_that_did_not_arrive_is_sent_when_the_update_comes_again(world: Make, channel: str) -> None:
    here = await world(channel)
    cry = getattr(payloads, channel)("toi lo chuyen tien cho no roi")
    here.around.database = Away()  # type: ignore[assignment]
    here.server.trouble = Trouble.BROKEN
    assert await deliver(here, channel, cry) == 500
    assert here.texts == []
    here.server.trouble = Trouble.NONE
    assert [await deliver(here, channel, cry) for _ in range(2)] == [500] * 2
    assert [text.split(":")[0] for text in here.texts] == ["🔴 VIỆC CẦN LÀM NGAY"]


async def test_first_aid_that_the_messenger_refuses_for_good_is_not_sent_again(world: Make) -> None:
    here = await world("telegram")
    cry = payloads.telegram("toi lo chuyen tien cho no roi")
    here.around.database = Away()  # type: ignore[assignment]
    here.server.standing = lambda _: Standing.BLOCKED
    await deliver(here, "telegram", cry)
    here.server.standing = lambda _: Standing.OPEN
    await deliver(here, "telegram", cry)
    assert here.texts == []


async def test_a_cry_below_a_picture_is_helped_too(world: Make) -> None:
    here = await world("telegram")
    here.around.database = Away()  # type: ignore[assignment]
    cry = payloads.telegram("", **payloads.photo(), caption="toi lo chuyen tien cho no roi")
    assert await deliver(here, "telegram", cry) == 500
    assert [text.split(":")[0] for text in here.texts] == ["🔴 VIỆC CẦN LÀM NGAY"]


@pytest.mark.parametrize("text", [SCAM, "xin chào", "/trogiup"])
async def test_everything_else_waits_until_it_can_be_stored(world: Make, text: str) -> None:
    here = await world("telegram")
    here.around.database = Away()  # type: ignore[assignment]
    assert await deliver(here, "telegram", payloads.telegram(text)) == 500
    assert here.texts == []


async def test_a_cry_in_a_group_waits_too(world: Make) -> None:
    here = await world("telegram")
    here.around.database = Away()  # type: ignore[assignment]
    await deliver(here, "telegram", payloads.telegram("toi lo chuyen tien cho no roi", group=-1001))
    assert here.texts == []


async def test_a_polled_cry_is_helped_and_stored_when_that_is_possible_again(world: Make) -> None:
    here = await world("zalo_bot")
    kept, here.around.database = here.around.database, Away()  # type: ignore[assignment]
    storing = asyncio.create_task(
        receiving._store(here.around, here.channel, payloads.zalo_bot("toi lo chuyen tien cho no roi"))
    )
    async with asyncio.timeout(5):
        while not here.texts:  # noqa: ASYNC110 - the messenger has no event to wait for
            await asyncio.sleep(0.01)
        here.around.database = kept
        await storing
    await here.settle()
    assert len(here.texts) == 2


async def test_an_answer_that_breaks_is_no_answer(around: Surroundings) -> None:
    with pytest.raises(RuntimeError):
        await unstored.answer(around, Text("explode, tin này là gì"))
