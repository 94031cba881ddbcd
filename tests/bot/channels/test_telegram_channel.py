"""What we send to Telegram: limits, the wire, failures, files, polling. Judged by aiogram and teremok."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiogram import Bot as Referee
from aiogram.methods import SendMessage
from aiogram.types import Update
from hypothesis import given
from teremok import validation

from bot import wording
from bot.channels import splitting
from bot.channels.base import BadSignature, Rejected, Transient
from bot.channels.telegram import Telegram
from bot.replies import Reply, Style
from knowledge.verdict import Level
from tests.bot.channels import recorded
from tests.bot.channels.recorded import Server, button

TOKEN = "123456789:AAcanary-token-that-must-never-be-seen"
SECRET = "s" * 43
SENT = {"message_id": 7, "date": 1_795_400_000, "chat": {"id": 700111222, "type": "private"}, "text": "x"}
OK = (200, {"ok": True, "result": SENT})
LAN = "700111222"
WORDS = "Bí mật của bác Lan"
referee = Referee("123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0")
plain = Telegram(TOKEN)


@asynccontextmanager
async def running(url: str, *, seconds: float = 5.0, **given: Any) -> AsyncIterator[Telegram]:
    channel = Telegram(TOKEN, [SECRET], base_url=url, seconds=seconds, **given)
    try:
        yield channel
    finally:
        await channel.close()


def form(server: Server, at: int = -1) -> dict[str, Any]:
    return {key: value[0] for key, value in parse_qs(server.requests[at][1]).items()}


@given(recorded.replies)
def test_a_reply_is_within_telegrams_limits(reply: Reply) -> None:
    for message in plain.render(reply):
        call = SendMessage(chat_id=1, **message)
        validation.validate_method(referee, call)
        assert splitting.utf16_length(message["text"]) <= 4096
        assert message["link_preview_options"] == {"is_disabled": True}


@given(recorded.replies)
def test_nothing_of_a_reply_is_lost(reply: Reply) -> None:
    messages = plain.render(reply)
    shown = json.dumps(messages, ensure_ascii=False)
    assert bool(messages) == bool(reply.text.strip() or reply.buttons)
    keys = [
        key for message in messages for row in message.get("reply_markup", {}).get("inline_keyboard", ()) for key in row
    ]
    assert len(keys) == len(reply.buttons) or (not keys and wording.VI.choose in shown)


def test_only_our_own_headline_is_marked() -> None:
    [message] = plain.render(Reply("🔴 LỪA ĐẢO\n<b>“chuyển ngay”</b> *gấp*", Level.SCAM))
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 10}]
    assert "parse_mode" not in message


def test_buttons_carry_session_state_and_choice() -> None:
    [message] = plain.render(Reply("Chọn", buttons=(button("emergency", "Đã lỡ làm theo?", Style.DANGER), button())))
    [[first, second]] = message["reply_markup"]["inline_keyboard"]
    assert first == {"text": "Đã lỡ làm theo?", "callback_data": "7KQ2M9XAB|checking|emergency", "style": "danger"}
    assert second["callback_data"] == "7KQ2M9XAB|checking|why"


def test_a_choice_too_long_for_a_button_becomes_a_number() -> None:
    [message] = plain.render(Reply("Chọn", buttons=(button("x" * 60),)))
    assert "reply_markup" not in message
    assert "1. Vì sao?" in message["text"]


async def test_a_message_goes_out_as_telegram_wants_it() -> None:
    async with Server(OK) as server, running(server.url) as channel:
        [message] = channel.render(Reply("🔴 LỪA ĐẢO", Level.SCAM, (button(),)))
        assert await channel.send(LAN, message) == "7"
    told = form(server)
    assert server.requests[-1][0] == f"/bot{TOKEN}/sendMessage"
    call = SendMessage(**{key: _loaded(value) for key, value in told.items()})
    validation.validate_method(referee, call)
    assert (str(call.chat_id), call.text) == (LAN, "🔴 LỪA ĐẢO")
    assert json.loads(told["link_preview_options"]) == {"is_disabled": True}


def _loaded(value: str) -> Any:
    return json.loads(value) if value[:1] in "[{" else value


async def test_an_answer_in_a_topic_goes_to_the_topic() -> None:
    async with Server(OK) as server, running(server.url) as channel:
        await channel.send("-1001234567890/7", {"text": "x"})
    assert (form(server)["chat_id"], form(server)["message_thread_id"]) == ("-1001234567890", "7")


async def test_an_inline_query_is_answered_for_that_person_only() -> None:
    async with Server((200, {"ok": True, "result": True})) as server, running(server.url) as channel:
        await channel.send(
            "inline:300", {"text": "🔴 LỪA ĐẢO\nĐừng chuyển tiền.", "reply_markup": {"inline_keyboard": []}}
        )
    told = form(server)
    [article] = json.loads(told["results"])
    assert (told["inline_query_id"], told["is_personal"]) == ("300", "true")
    assert (article["title"], article["description"]) == ("🔴 LỪA ĐẢO", "Đừng chuyển tiền.")
    assert article["input_message_content"]["link_preview_options"] == {"is_disabled": True}


async def test_refused_entities_are_left_out_once() -> None:
    refused = (400, {"ok": False, "error_code": 400, "description": "Bad Request: can't parse entities"})
    async with Server(refused, OK) as server, running(server.url) as channel:
        assert await channel.send(LAN, plain.render(Reply("A", Level.SCAM))[0]) == "7"
    assert "entities" in form(server, 0)
    assert "entities" not in form(server, 1)


def error(code: int, words: str, **parameters: Any) -> tuple[int, Any]:
    return code, {
        "ok": False,
        "error_code": code,
        "description": words,
        **({"parameters": parameters} if parameters else {}),
    }


FAILURES = [
    (error(429, "Too Many Requests", retry_after=12), Transient, {"retry_after": 12.0, "maybe_sent": False}),
    (error(403, "Forbidden: bot was blocked by the user"), Rejected, {"gone": True}),
    (error(403, "Forbidden: user is deactivated"), Rejected, {"gone": True}),
    (error(400, "Bad Request: chat not found"), Rejected, {"gone": True}),
    (error(400, "Bad Request: message is too long"), Rejected, {"gone": False}),
    (error(400, "Bad Request: upgraded", migrate_to_chat_id=-1001234567890), Transient, {"moved_to": "-1001234567890"}),
    (error(401, "Unauthorized"), Transient, {"alarm": True}),
    (error(404, "Not Found"), Transient, {"alarm": True}),
    (error(409, "Conflict"), Transient, {"alarm": True}),
    (error(413, "Request Entity Too Large"), Transient, {"maybe_sent": False}),
    (error(500, "Internal Server Error"), Transient, {"maybe_sent": False}),
    (error(502, "Bad Gateway"), Transient, {"maybe_sent": False}),
    ((500, b"<html>"), Transient, {"maybe_sent": False}),
    ((200, b"<html>"), Transient, {"maybe_sent": True}),
    ((200, {"ok": False, "error_code": 429}), Transient, {"maybe_sent": True}),
    (None, Transient, {"maybe_sent": True}),
]


@pytest.mark.parametrize(("answer", "kind", "told"), FAILURES)
async def test_a_failure_is_told_apart(
    answer: Any, kind: type[Exception], told: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with Server(answer) as server, running(server.url) as channel:
        with pytest.raises(kind) as failed:
            await channel.send(LAN, {"text": WORDS})
        assert WORDS in form(server)["text"]
    assert {name: getattr(failed.value, name) for name in told} == told
    seen = caplog.text + "".join(traceback.format_exception(failed.value))
    assert "canary" not in seen
    assert WORDS not in seen


async def test_a_messenger_that_does_not_answer_may_have_sent_it() -> None:
    async with Server(recorded.SILENCE) as server, running(server.url, seconds=0.1) as channel:
        with pytest.raises(Transient) as failed:
            await channel.send(LAN, {"text": "x"})
    assert failed.value.maybe_sent


async def test_a_messenger_that_is_away_has_not_sent_it() -> None:
    async with running("http://127.0.0.1:1") as channel:
        with pytest.raises(Transient) as failed:
            await channel.send(LAN, {"text": "x"})
    assert not failed.value.maybe_sent


@pytest.mark.parametrize("address", ["", "lan", "7/x", "inline"])
async def test_an_address_that_is_none_is_rejected(address: str) -> None:
    with pytest.raises(Rejected):
        await plain.send(address, {"text": "x"})


def test_the_secret_is_asked_for_before_the_body() -> None:
    channel = Telegram(TOKEN, [SECRET, "n" * 40])
    channel.admit({"x-telegram-bot-api-secret-token": SECRET})
    channel.verify({"x-telegram-bot-api-secret-token": "n" * 40}, b"{}")
    with pytest.raises(BadSignature):
        channel.admit({})


def test_without_a_secret_there_is_no_webhook() -> None:
    assert not plain.webhook
    with pytest.raises(BadSignature):
        plain.admit({"x-telegram-bot-api-secret-token": ""})


@pytest.mark.parametrize("words", [wording.VI, wording.EN])
def test_who_is_sent_from_a_group_to_a_private_chat_is_shown_the_way(words: wording.Words) -> None:
    named = Telegram(TOKEN, username="@canhbao_bot")
    (message,) = named.render(Reply(words.private_only))
    assert message["text"] == f"{words.private_only}\nhttps://t.me/canhbao_bot"
    assert plain.render(Reply(words.private_only))[0]["text"] == words.private_only
    assert "t.me" not in named.render(Reply(words.help))[0]["text"]


async def test_starting_teaches_the_bot_its_name_and_shows_the_menu() -> None:
    me = {"id": 123456789, "is_bot": True, "first_name": "Cảnh Giác", "username": "canhbao_bot"}
    async with (
        Server((200, {"ok": True, "result": me}), (200, {"ok": True, "result": True})) as server,
        running(server.url) as channel,
    ):
        await channel.start()
        assert channel.parse(recorded.payload("telegram", "group_mention")).mentioned
    assert [entry["command"] for entry in json.loads(form(server)["commands"])] == list(wording.EN.menu)


async def test_the_webhook_is_set_with_the_secret_and_keeps_what_waits() -> None:
    async with Server((200, {"ok": True, "result": True})) as server, running(server.url) as channel:
        await channel.set_webhook("https://canhgiac.example.vn/webhooks/telegram")
    told = form(server)
    assert told["secret_token"] == SECRET
    assert "drop_pending_updates" not in told
    assert json.loads(told["allowed_updates"]) == [
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "my_chat_member",
    ]


async def test_polled_updates_are_what_a_webhook_would_bring() -> None:
    one, two = recorded.payload("telegram", "text_private"), recorded.payload("telegram", "callback_query_ours")
    answers = [True, [one], [two], []]
    async with Server(*((200, {"ok": True, "result": a}) for a in answers)) as server, running(server.url) as channel:
        polled = channel.updates(wait=0)
        got = [await anext(polled), await anext(polled)]
        await polled.aclose()  # type: ignore[attr-defined]
    assert [channel.parse(told) for told in got] == [channel.parse(one), channel.parse(two)]
    assert form(server, -1)["offset"] == str(one["update_id"] + 1)


async def test_a_file_is_fetched_from_the_same_host() -> None:
    file = {"file_id": "big", "file_unique_id": "u", "file_size": 7, "file_path": "photos/1.jpg"}
    async with Server((200, {"ok": True, "result": file}), (200, b"picture")) as server, running(server.url) as channel:
        assert await channel.fetch("big") == b"picture"
    assert server.requests[-1][0] == f"/file/bot{TOKEN}/photos/1.jpg"


@pytest.mark.parametrize("more", [{"file_size": 11_000_000}, {}])
async def test_a_large_file_or_none_is_not_fetched(more: dict[str, Any]) -> None:
    file = {"file_id": "big", "file_unique_id": "u", **more}
    async with Server((200, {"ok": True, "result": file})) as server, running(server.url) as channel:
        with pytest.raises(Rejected):
            await channel.fetch("big")
    assert len(server.requests) == 1


async def test_a_picture_is_sent_with_its_caption() -> None:
    async with Server(OK) as server, running(server.url) as channel:
        assert await channel.send_picture(LAN, b"\x89PNG\r\n\x1a\n", "Chia sẻ cho người thân " * 100) == "7"
    assert server.requests[-1][0].endswith("/sendPhoto")


async def test_a_tap_is_acknowledged_and_nobody_cares_if_too_late() -> None:
    late = error(400, "Bad Request: query is too old and response timeout expired")
    async with Server((200, {"ok": True, "result": True}), late) as server, running(server.url) as channel:
        await channel.acknowledge("4382")
        await channel.acknowledge("4382")
        await channel.show_typing(LAN)
    assert form(server, 0)["callback_query_id"] == "4382"


@pytest.mark.parametrize("name", [n for n in recorded.names("telegram") if not n.startswith("undeclared")])
def test_what_we_recorded_is_what_another_library_calls_an_update(name: str) -> None:
    Update.model_validate(recorded.payload("telegram", name))


@pytest.mark.parametrize("token", ["", "abc", "123456", "123456:", ":abc"])
def test_a_broken_token_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(ValueError, match="a number, a colon and a secret"):
        Telegram(token)


def test_the_channel_does_not_show_its_token() -> None:
    assert "canary" not in repr(plain)
