"""The simulated messengers say no where the real ones do; clients that nobody here wrote get along with them."""

from __future__ import annotations

import asyncio
import importlib
import io
from typing import Any

import httpx
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BotCommand, BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from PIL import Image

from tests.simulator import messenger, payloads, telegram, zalo_bot, zalo_oa
from tests.simulator.messenger import FakeServer, Standing

TELEGRAM, ZALO = f"/bot{payloads.TOKEN['telegram']}", f"/bot{payloads.TOKEN['zalo_bot']}"
TO = {"user_id": "7001"}


def picture(width: int = 30, height: int = 20) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "PNG")
    return out.getvalue()


def calling(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://messenger")


def buttons(*some: dict[str, Any]) -> dict[str, Any]:
    return {"text": "x", "attachment": {"type": "template", "payload": {"buttons": list(some)}}}


KEY = {"title": "Vì sao?", "type": "oa.query.hide", "payload": "#cg|a|b|c"}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"text": "ok"}, 0),
        ({"text": "x" * 2000}, 0),
        ({"text": "x" * 2001}, -210),
        ({"text": " "}, -201),
        ({}, -201),
        ({"text": "x", "parse_mode": "html"}, -201),
        (buttons(KEY), 0),
        (buttons(*[KEY] * 5), 0),
        (buttons(*[KEY] * 6), -210),
        (buttons(KEY | {"title": "x" * 101}), -210),
        (buttons(KEY | {"payload": "x" * 1001}), -210),
        (buttons(KEY | {"type": "oa.query.none"}), -201),
        (buttons(KEY | {"type": "oa.open.phone", "payload": {"phone_code": "113"}}), 0),
        (buttons(KEY | {"type": "oa.open.phone", "payload": "113"}), -201),
        ({"attachment": {"type": "template", "payload": {"template_type": "list", "elements": []}}}, -240),
        ({"attachment": {"type": "video", "payload": {}}}, -233),
    ],
)
async def test_an_account_takes_only_what_is_described(message: dict[str, Any], code: int) -> None:
    async with calling(zalo_oa.app(FakeServer())) as client:
        body = {"recipient": TO, "message": message}
        answer = await client.post("/v3.0/oa/message/cs", json=body, headers={"access_token": "access-0"})
    assert (answer.status_code, answer.json()["error"]) == (200, code)


@pytest.mark.parametrize(
    ("standing", "token", "code"),
    [
        (Standing.OPEN, "", -216),
        (Standing.OPEN, "access-old", -216),
        (Standing.BLOCKED, "access-0", -244),
        (Standing.CLOSED, "access-0", -230),
        (Standing.UNKNOWN, "access-0", -213),
    ],
)
async def test_an_account_writes_only_to_whom_it_may(standing: Standing, token: str, code: int) -> None:
    server = FakeServer(standing=lambda _: standing)
    async with calling(zalo_oa.app(server)) as client:
        body = {"recipient": TO, "message": {"text": "x"}}
        answer = await client.post("/v3.0/oa/message/cs", json=body, headers={"access_token": token})
    assert answer.json()["error"] == code
    assert not server.sent


async def test_the_ninth_free_answer_is_refused_and_the_quota_told_before() -> None:
    server = FakeServer(limited=True)
    async with calling(zalo_oa.app(server)) as client:
        body = {"recipient": TO, "message": {"text": "x"}}
        told = [
            (await client.post("/v3.0/oa/message/cs", json=body, headers={"access_token": "access-0"})).json()
            for _ in range(9)
        ]
    assert [one["data"]["quota"]["remain"] for one in told[:8]] == [str(left) for left in range(7, -1, -1)]
    assert told[8]["error"] == -311


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("file", picture(), 0), ("photo", picture(), -201), ("file", b"GIF89a", -201), ("file", b"\x89PNG" * 2**18, 0),
     ("file", b"\x89PNG" * 2**18 + b"x", -210)],
)  # fmt: skip
async def test_a_picture_is_uploaded_within_bounds(name: str, data: bytes, code: int) -> None:
    async with calling(zalo_oa.app(FakeServer())) as client:
        files = {name: ("a.png", data, "image/png")}
        answer = await client.post("/v2.0/oa/upload/image", files=files, headers={"access_token": "access-0"})
    assert answer.json()["error"] == code


async def test_a_refresh_token_works_once_and_ends_the_old_access_token() -> None:
    async with calling(zalo_oa.app(FakeServer())) as client:
        asked = {"refresh_token": "refresh-0", "app_id": payloads.APP, "grant_type": "refresh_token"}
        secret = {"secret_key": payloads.APP_SECRET}
        assert "error" in (await client.post("/v4/oa/access_token", data=asked, headers={"secret_key": "x"})).json()
        first = (await client.post("/v4/oa/access_token", data=asked, headers=secret)).json()
        assert first["expires_in"] == "90000"
        assert (await client.post("/v4/oa/access_token", data=asked, headers=secret)).json()["error"] < 0
        body = {"recipient": TO, "message": {"text": "x"}}
        for token, code in (("access-0", -216), (first["access_token"], 0)):
            answer = await client.post("/v3.0/oa/message/cs", json=body, headers={"access_token": token})
            assert answer.json()["error"] == code


@pytest.mark.parametrize(
    ("method", "body", "code"),
    [
        ("sendMessage", {"chat_id": "b1", "text": "x" * 2000}, 0),
        ("sendMessage", {"chat_id": "b1", "text": "x" * 2001}, 400),
        ("sendMessage", {"chat_id": "b1", "text": ""}, 400),
        ("sendMessage", {"chat_id": "b1", "text": "x", "reply_markup": {}}, 400),
        ("sendmessage", {"chat_id": "b1", "text": "x"}, 404),
        ("editMessageText", {"chat_id": "b1", "text": "x"}, 404),
        ("sendChatAction", {"chat_id": "b1", "action": "typing"}, 0),
        ("sendChatAction", {"chat_id": "b1", "action": "upload_photo"}, 400),
        ("setWebhook", {"url": "http://canhgiac.example", "secret_token": "x" * 8}, 400),
        ("setWebhook", {"url": "https://canhgiac.example", "secret_token": "short"}, 400),
        ("getWebhookInfo", {}, 404),
        ("getUpdates", {"timeout": "0.01"}, 408),
    ],
)
async def test_the_bot_platform_takes_only_what_is_described(method: str, body: dict[str, Any], code: int) -> None:
    async with calling(zalo_bot.app(FakeServer())) as client:
        answer = (await client.post(f"{ZALO}/{method}", json=body)).json()
        assert answer.get("error_code", 0) == code
        assert (await client.post("/botwrong/getMe", json={})).json()["error_code"] == 401


def keyboard(*row: dict[str, Any]) -> dict[str, Any]:
    return {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [list(row)]}}


@pytest.mark.parametrize(
    ("method", "body", "code"),
    [
        ("sendMessage", {"chat_id": 1, "text": "😀" * 2048}, 0),
        ("sendMessage", {"chat_id": 1, "text": "😀" * 2048 + "x"}, 400),
        ("sendMessage", {"chat_id": 1, "text": "\n"}, 400),
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}, 400),
        ("sendMessage", {"chat_id": "Lan", "text": "x"}, 400),
        ("sendMessage", {"chat_id": 1, "text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, 0),
        ("sendMessage", {"chat_id": 1, "text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 3}]}, 400),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]}, 400),
        ("sendMessage", keyboard({"text": "Có", "callback_data": "đ" * 32}), 0),
        ("sendMessage", keyboard({"text": "Có", "callback_data": "đ" * 32 + "x"}), 400),
        ("sendMessage", keyboard({"text": "Có"}), 400),
        ("sendMessage", keyboard(*[{"text": "Có", "callback_data": "x"}] * 9), 400),
        ("sendMessage", keyboard({"text": "Có", "callback_data": "x", "style": "loud"}), 400),
        ("editMessageText", {"chat_id": 1, "message_id": 99, "text": "x"}, 400),
        ("setMyCommands", {"commands": [{"command": "trợgiúp", "description": "x"}]}, 400),
        ("setMyCommands", {"commands": [{"command": "trogiup", "description": ""}]}, 400),
        ("setWebhook", {"url": "http://canhgiac.example"}, 400),
        ("setWebhook", {"url": "https://canhgiac.example", "secret_token": "ơ"}, 400),
        ("getFile", {"file_id": "none"}, 400),
        ("answerCallbackQuery", {"callback_query_id": "q1"}, 400),
        ("sendGame", {"chat_id": 1}, 404),
    ],
)
async def test_the_bot_api_takes_only_what_is_described(method: str, body: dict[str, Any], code: int) -> None:
    async with calling(telegram.app(FakeServer(queries=set()))) as client:
        answer = await client.post(f"{TELEGRAM}/{method}", json=body)
    assert answer.json().get("error_code", 0) == code
    assert answer.status_code == (code or 200)


async def test_thirty_messages_a_second_are_the_most() -> None:
    async with calling(telegram.app(FakeServer(limited=True))) as client:
        answers = [await client.post(f"{TELEGRAM}/sendMessage", json={"chat_id": n, "text": "x"}) for n in range(1, 32)]
    assert [answer.status_code for answer in answers].count(200) == 30
    assert answers[-1].json()["parameters"] == {"retry_after": 1}


async def test_updates_are_not_polled_while_a_webhook_is_set() -> None:
    async with calling(telegram.app(FakeServer())) as client:
        await client.post(f"{TELEGRAM}/setWebhook", json={"url": "https://canhgiac.example"})
        assert (await client.post(f"{TELEGRAM}/getUpdates", json={})).status_code == 409
        await client.post(f"{TELEGRAM}/deleteWebhook", json={})
        assert (await client.post(f"{TELEGRAM}/getUpdates", json={})).json() == {"ok": True, "result": []}


async def test_another_client_of_telegram_gets_along() -> None:
    server = FakeServer(queries=set())
    async with messenger.serving(telegram.app(server)) as address:
        session = AiohttpSession(api=TelegramAPIServer.from_base(address))
        async with Bot(payloads.TOKEN["telegram"], session).context() as bot:
            assert (await bot.get_me()).username == payloads.BOT_NAME
            key = InlineKeyboardButton(text="Vì sao?", callback_data="a|b|why")
            sent = await bot.send_message(7, "Chào bác", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[key]]))
            assert await bot.edit_message_text("Chào cô", chat_id=7, message_id=sent.message_id)
            await bot.send_photo(7, BufferedInputFile(picture(), "a.png"), caption="Cảnh báo")
            assert await bot.set_my_commands([BotCommand(command="trogiup", description="Cách dùng")])
            server.updates.put_nowait(payloads.telegram("alo"))
            assert (await bot.get_updates(timeout=1))[0].message.text == "alo"  # type: ignore[union-attr]
            server.files["anh"] = picture()
            found = await bot.download((await bot.get_file("anh")).file_id)
            assert found is not None
            assert found.read() == picture()
            with pytest.raises(TelegramBadRequest, match="too long"):
                await bot.send_message(7, "x" * 4097)
    assert [one.text for one in server.sent] == ["Chào bác", "Chào cô", "Cảnh báo"]


async def test_other_clients_of_zalo_get_along() -> None:
    account, bots = FakeServer(), FakeServer()
    async with (
        messenger.serving(zalo_oa.app(account)) as oa_address,
        messenger.serving(zalo_bot.app(bots)) as bot_address,
    ):
        module = importlib.import_module("zalo_sdk.oa")
        theirs = module.Client("app", "secret", "access-0", "refresh-0", endpoint_prefix=oa_address)
        body = module.ZaloMessageBody(text="Chào bác")
        await asyncio.to_thread(theirs.send_message, module.ZaloRecipient(user_id="7001"), body)
        await asyncio.to_thread(theirs.upload_file, picture(), "image", "a.png", "image/png")
        other = importlib.import_module("pyzalo.main").PyZALO(payloads.TOKEN["zalo_bot"], bot_address)
        told = await asyncio.to_thread(other.sendMessage, "b7001", "Chào bác")
        other.session.close()
    assert [one.text for one in account.sent + bots.sent] == ["Chào bác", "Chào bác"]
    assert list(account.files.values()) == [picture()]
    assert told["result"]["message_id"] == bots.sent[0].number
