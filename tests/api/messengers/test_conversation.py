"""A conversation on each messenger, through the real adapters: bubbles, pictures, groups, buttons, cards."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import orjson
import pytest
from PIL import Image
from sqlalchemy import func, select
from starlette.responses import Response

from api.intake import bubbles, inbox, pictures, worker
from api.messengers.words import READING
from api.models import Check, Conversation, InboxUpdate, OutboxReply, PictureReading, Subscription
from bot import conversation, wording
from bot.media import Picture, Unreadable
from tests.api.messengers.conftest import Make, World
from tests.fakes import SCAM
from tests.simulator import payloads

ALL = ["zalo_oa", "zalo_bot", "telegram"]


def said(channel: str, text: str, **more: Any) -> dict[str, Any]:
    payload: dict[str, Any] = getattr(payloads, channel)(text, **more)
    return payload


class SomeReader:
    """Reads what it was told to; counts."""

    can_read_text = True

    def __init__(self, text: str = SCAM, wait: float = 0.0, fail: bool = False) -> None:
        self.text, self.wait, self.fail, self.read = text, wait, fail, 0

    async def read_soon(self, data: bytes) -> Picture:
        self.read += 1
        await asyncio.sleep(self.wait)
        if self.fail:
            raise Unreadable
        return Picture(self.text, (), 10, 10)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return out.getvalue()


async def count(world: World, table: Any) -> int:
    async with world.around.database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(table))).scalar_one())


@pytest.mark.parametrize("channel", ALL)
async def test_a_message_is_answered_once_and_a_typed_number_taps(world: Make, channel: str) -> None:
    here = await world(channel)
    update = said(channel, SCAM)
    assert await here.hear(update)
    assert not await here.hear(update)
    await here.settle()
    assert len(here.server.sent) == 1
    assert here.texts[0].startswith("🔴")
    await here.hear(said(channel, "3"))
    await here.settle()
    assert len(here.server.sent) == 2
    assert not here.texts[1].startswith("🔴")


async def test_a_tap_is_acknowledged_and_answered(world: Make) -> None:
    here = await world("telegram")
    await here.hear(payloads.telegram(SCAM))
    await here.settle()
    key = here.server.sent[0].body["reply_markup"]
    data = next(k["callback_data"] for row in _keys(key) for k in row if k["callback_data"].endswith("|why"))
    await here.hear(payloads.telegram_tap(data))
    await here.settle()
    assert "answerCallbackQuery" in here.server.calls
    assert len(here.server.sent) == 2


def _keys(markup: Any) -> Any:
    told = orjson.loads(markup) if isinstance(markup, str) else markup
    return told["inline_keyboard"]


@pytest.mark.parametrize("channel", ALL)
async def test_bubbles_within_seconds_are_one_question(world: Make, channel: str) -> None:
    here = await world(channel, bubble_seconds=0.8)
    await here.hear(said(channel, "Dien luc thong bao: nha ban no tien dien"))
    here.clock.move(0.5)
    await here.hear(said(channel, "2 gio nua cat dien, chuyen khoan ngay"))
    await here.settle()
    assert here.server.sent == []
    here.clock.move(0.4)  # the first bubble is ready, the second may still be followed by another
    await here.settle()
    assert here.server.sent == []
    here.clock.move(0.5)
    await here.settle()
    assert len(here.server.sent) == 1
    async with here.around.database.reading() as session:
        check = (await session.scalars(select(Check))).one()
    assert "no tien dien\n2 gio nua" in check.text
    assert await inbox.claim(here.around) is None


async def test_a_bubble_after_the_answer_is_judged_with_what_came_before(world: Make) -> None:
    here = await world("telegram", bubble_seconds=0.3)
    await here.hear(payloads.telegram("Dien luc thong bao: nha ban no tien dien"))
    here.clock.move(0.4)
    await here.settle()
    await here.hear(payloads.telegram("2 gio nua cat dien"))
    here.clock.move(0.4)
    await here.settle()
    async with here.around.database.reading() as session:
        texts = list(await session.scalars(select(Check.text).order_by(Check.created_at)))
    assert texts[-1] == "Dien luc thong bao: nha ban no tien dien\n2 gio nua cat dien"


@pytest.mark.parametrize("forwarded_first", [True, False])
async def test_a_bubble_of_another_origin_that_was_answered_is_left_alone(world: Make, forwarded_first: bool) -> None:
    here = await world("telegram", bubble_seconds=0.3)
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Người lạ"}
    forwarded = payloads.telegram("Chuc mung ban trung thuong xe SH", forward_origin=origin)
    own = payloads.telegram("Toi khong mua ve so bao gio")
    first, second = (forwarded, own) if forwarded_first else (own, forwarded)
    for bubble in (first, second):
        await here.hear(bubble)
        here.clock.move(0.4)
        await here.settle()
    async with here.around.database.reading() as session:
        texts = list(await session.scalars(select(Check.text).order_by(Check.created_at)))
    assert texts == [one["message"]["text"] for one in (first, second)]


@pytest.mark.parametrize("is_forwarded", [True, False])
@pytest.mark.parametrize("seconds", [1, 60])
async def test_who_asks_whether_it_is_true_means_the_message_before(
    world: Make, is_forwarded: bool, seconds: int
) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Người lạ"}
    message = payloads.telegram(SCAM, forward_origin=origin) if is_forwarded else payloads.telegram(SCAM)
    here = await world("telegram", bubble_seconds=0.3)
    await here.hear(message)
    here.clock.move(0.4)
    await here.settle()
    here.clock.move(seconds)
    await here.hear(payloads.telegram("thật không?"))
    here.clock.move(0.4)
    await here.settle()
    assert "Về tin" in here.texts[-1]
    assert here.texts[-1].startswith("🔴")
    assert await count(here, Check) == 1


async def test_bubbles_far_apart_and_commands_stay_alone(world: Make) -> None:
    here = await world("telegram", bubble_seconds=0.8)
    await here.hear(payloads.telegram("Dien luc thong bao"))
    await here.hear(payloads.telegram("/trogiup"))
    here.clock.move(bubbles.WINDOW.total_seconds() + 1)
    await here.hear(payloads.telegram("cat dien sau 2 gio nua nhe"))
    here.clock.move(1)
    await here.settle()
    assert len(here.server.sent) == 3


async def test_an_album_is_one_question_and_each_picture_is_fetched_once(world: Make) -> None:
    here = await world("telegram")
    here.around.reader = reader = SomeReader()  # type: ignore[assignment]
    here.server.files |= {"mot": png(), "hai": png()}
    await here.hear(payloads.telegram("", **payloads.photo("mot"), caption="Thật không ạ?", media_group_id="a1"))
    await here.hear(payloads.telegram("", **payloads.photo("hai"), media_group_id="a1"))
    here.clock.move(2)
    await here.settle()
    assert reader.read == 2
    assert await count(here, Check) == 1
    assert here.texts[0].startswith(wording.VI.picture_read.split("{")[0].strip())
    assert here.texts[1].startswith("🔴")
    assert await count(here, PictureReading) == 2


async def test_a_retried_turn_does_not_fetch_again(world: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    here = await world("telegram")
    here.around.reader = reader = SomeReader()  # type: ignore[assignment]
    here.server.files["anh"] = png()
    await here.hear(payloads.telegram("", **payloads.photo()))
    here.clock.move(2)
    with monkeypatch.context() as patched:
        patched.setattr("bot.conversation.advance", lambda *_, **__: 1 / 0)
        await worker.take_one(here.around)
    here.clock.move(60)
    await here.settle()
    assert reader.read == 1
    assert here.server.calls.count("file") == 1
    assert here.texts[-1].startswith("🔴")


@pytest.mark.parametrize("channel", ALL)
@pytest.mark.parametrize("language", ["vi", "en"])
async def test_a_slow_picture_is_announced(
    world: Make, monkeypatch: pytest.MonkeyPatch, channel: str, language: str
) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.05)
    here = await world(channel)
    await here.hear(said(channel, f"/language {language}"))
    await here.settle()
    here.around.reader = SomeReader(wait=0.4)  # type: ignore[assignment]
    here.server.files["a.jpg"] = png()
    picture = {"image": f"{here.address}/files/a.jpg"} if channel != "telegram" else payloads.photo("a.jpg")
    await here.hear(said(channel, "", **picture))
    here.clock.move(2)
    await here.settle()
    assert here.texts[1] == READING[language]
    assert here.texts[-1].startswith("🔴")


@pytest.mark.parametrize("channel", ALL)
async def test_what_a_channel_adds_is_english_in_an_english_conversation(world: Make, channel: str) -> None:
    here = await world(channel)
    await here.hear(said(channel, "/language en"))
    await here.hear(said(channel, SCAM))
    await here.settle()
    assert "Trả lời bằng số" not in here.texts[-1]
    assert channel == "telegram" or "Answer with a number:" in here.texts[-1]
    await here.hear(said(channel, "explode"))
    for _ in range(8):
        await here.settle()
        here.clock.move(60)
    assert here.texts[-1].startswith(wording.EN.trouble)


@pytest.mark.parametrize("trouble", ["foreign host", "not there", "unreadable"])
async def test_a_picture_that_cannot_be_had_is_told_kindly(world: Make, trouble: str) -> None:
    here = await world("zalo_oa")
    here.around.reader = reader = SomeReader(fail=True)  # type: ignore[assignment]
    here.server.files["a.jpg"] = png()
    url = "https://ke-gian.example/a.jpg" if trouble == "foreign host" else f"{here.address}/files/a.jpg"
    await here.hear(payloads.zalo_oa("", image=url.replace("a.jpg", "b.jpg") if trouble == "not there" else url))
    await here.settle()
    assert [text.split("\n")[0] for text in here.texts] == [wording.VI.picture_unreadable]
    assert reader.read == (trouble == "unreadable")


async def test_a_picture_host_that_is_down_is_asked_again(world: Make) -> None:
    here = await world("zalo_oa")
    here.around.reader = SomeReader()  # type: ignore[assignment]
    here.server.files["a.jpg"] = png()
    here.server.failures.append(Response(status_code=503))
    await here.hear(payloads.zalo_oa("", image=f"{here.address}/files/a.jpg"))
    await here.settle()
    assert here.texts == []
    here.clock.move(10)
    await here.settle()
    assert here.texts[-1].startswith("🔴")


async def test_a_group_is_silent_unless_spoken_to_or_sure(world: Make) -> None:
    here = await world("telegram")
    await here.channel.start()
    group = -1001
    await here.hear(payloads.telegram("Mai họp tổ dân phố nhé bà con, bảy giờ tối", 1, group=group))
    await here.settle()
    assert here.texts == []
    async with here.around.database.reading() as session:
        overheard = (await session.scalars(select(InboxUpdate))).one()
    assert overheard.payload == b""
    await here.hear(payloads.telegram(SCAM, 2, group=group))
    await here.hear(payloads.telegram(SCAM + " nhanh len", 3, group=group))
    await here.settle()
    assert len(here.texts) == 1  # sure, and then it rests
    assert here.server.sent[0].to == str(group)
    await here.hear(payloads.telegram("/im", 3, group=group))
    here.clock.move(4)  # a group takes a message every three seconds
    await here.settle()
    assert here.texts[-1] == wording.VI.group_muted
    async with here.around.database.reading() as session:
        assert len((await session.scalars(select(Conversation))).all()) == 1


@pytest.mark.parametrize("command", ["/noi", "/unmute"])
async def test_a_silenced_group_can_call_us_back(world: Make, command: str) -> None:
    here = await world("telegram")
    await here.channel.start()
    await here.hear(payloads.telegram("/im", 3, group=-1001))
    await here.settle()
    here.clock.move(4)
    await here.hear(payloads.telegram(command, 3, group=-1001))
    await here.settle()
    assert here.texts == [wording.VI.group_muted, wording.VI.group_awake]


async def test_an_inline_question_gets_one_answer_and_leaves_no_trace(world: Make) -> None:
    here = await world("telegram")
    who = {"id": 5, "is_bot": False, "first_name": "A"}
    await here.hear({"update_id": 1, "inline_query": {"id": "q1", "from": who, "query": SCAM, "offset": ""}})
    await here.settle()
    assert "answerInlineQuery" in here.server.calls
    assert (await count(here, Check), await count(here, Conversation), await count(here, OutboxReply)) == (0, 0, 1)


async def test_an_edited_message_is_judged_again_but_never_answers_an_interview(world: Make) -> None:
    here = await world("telegram")
    update = payloads.telegram("Dien luc thong bao")
    await here.hear(update)
    await here.settle()
    edited = {"update_id": update["update_id"] + 500_000, "edited_message": update["message"] | {"text": SCAM}}
    edited["edited_message"]["edit_date"] = update["message"]["date"]
    await here.hear(edited)
    await here.settle()
    assert here.texts[-1].startswith("🔴")


async def test_unfollowing_ends_subscriptions_and_what_is_on_its_way(world: Make) -> None:
    here = await world("zalo_oa")
    await here.hear(payloads.zalo_oa("/dangky"))
    await here.settle()
    await here.hear(payloads.zalo_oa("tất cả"))
    await here.settle()
    here.server.down = True
    await here.hear(payloads.zalo_oa(SCAM))
    await here.hear(payloads.zalo_oa_follow(event="unfollow"))
    await here.settle()
    here.server.down = False
    here.clock.move(3600)
    before = len(here.texts)
    await here.settle()
    assert len(here.texts) == before
    assert await count(here, Subscription) == 0


@pytest.mark.parametrize("channel", ["zalo_oa", "telegram"])
async def test_the_card_to_pass_on_goes_as_a_picture_too(world: Make, channel: str) -> None:
    here = await world(channel)
    await here.hear(said(channel, SCAM))
    await here.settle()
    async with here.around.database.reading() as session:
        row = (await session.scalars(select(Conversation))).one()
    context = conversation.load(orjson.loads(here.around.vault.open("conversations|context", row.sender, row.context)))
    share = next(b for b in context.buttons if b.choice == "share")
    await here.hear(said(channel, share.label))
    await here.settle()
    last = here.server.sent[-1].body
    assert "photo" in last if channel == "telegram" else last["attachment"]["payload"]["template_type"] == "media"
    assert here.texts[-2].startswith("⚠️")
