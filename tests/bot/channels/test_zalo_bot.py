"""The Zalo Bot Platform: one recorded event a file, limits, the wire, error numbers, polling."""

from __future__ import annotations

import copy
import json
import logging
import traceback
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wording
from bot.channels.base import (
    Anomalous,
    BadSignature,
    ChannelError,
    Delivery,
    Malformed,
    Rejected,
    Transient,
    Unsupported,
)
from bot.channels.zalo_bot import EVENTS, IGNORED, ZaloBot
from bot.events import Event, Media, Text
from bot.replies import Reply
from tests.bot.channels import recorded
from tests.bot.channels.recorded import button

LAN, GROUP, PHOTO = "6ede9afa66b88fe6d6a9", "zgr-d0a1a6afd9c0309e69d1", "https://f10-zpc.zdn.vn/example/abc.jpg"
TOKEN, SECRET = "2087:canary-token", "s" * 40
SENT = {"ok": True, "result": {"message_id": "82599fa32f56d00e8941", "date": 1_795_400_001_000}}


def bot(client: httpx.AsyncClient, **given: Any) -> ZaloBot:
    return ZaloBot(TOKEN, [SECRET], client=client, **given)


channel = bot(recorded.answering(SENT), bot_name="Bot CảnhBáo")


def did(event: Event) -> Delivery:
    return Delivery(LAN, LAN, event, mentioned=True)


EXPECTED: dict[str, Delivery | type[ChannelError]] = {
    "group_mention": replace(did(Text("kiểm tra vcb-xacminh.top")), address=GROUP, group=True),
    "image": did(Media("image", PHOTO, "Tin này thật không?")),
    "image_photo_url": did(Media("image", PHOTO)),
    "image_without_address": Anomalous,
    "sticker": did(Media("sticker", "")),
    "text": did(Text("Số 0901234567 có phải lừa đảo không?")),
    "text_flat": did(Text("Chào")),
    "text_of_a_bot": Unsupported,
    "text_of_nobody": Anomalous,
    "undeclared": Anomalous,
    "unsupported_no_message": Unsupported,
    "unsupported_with_message": Unsupported,
    "voice": did(Media("audio", "https://example.zdn.vn/voice.aac")),
    "webhook_test_ping_flat": Unsupported,
}


@pytest.mark.parametrize("name", recorded.names("zalo_bot"))
def test_what_an_event_means(name: str) -> None:
    found = recorded.outcome(channel, recorded.payload("zalo_bot", name))
    assert (replace(found, at=None) if isinstance(found, Delivery) else found) == EXPECTED[name]


def test_every_documented_event_is_recorded() -> None:
    told = [recorded.payload("zalo_bot", name) for name in EXPECTED]
    assert {update.get("result", update)["event_name"] for update in told} >= EVENTS | IGNORED


@pytest.mark.parametrize(("name", "late"), [("text", timedelta(milliseconds=123)), ("text_flat", timedelta(0))])
def test_the_moment_is_read_in_seconds_and_milliseconds(name: str, late: timedelta) -> None:
    assert channel.parse(recorded.payload("zalo_bot", name)).at == recorded.NOW + late


def test_the_same_message_id_in_two_chats_is_two_updates() -> None:
    one, two = recorded.payload("zalo_bot", "text"), recorded.payload("zalo_bot", "text")
    two["result"]["message"]["chat"]["id"] = "other"
    assert channel.update_id(one) == f"{LAN}:2d758cb5e222177a4e35"
    assert channel.update_id(one) != channel.update_id(two)


def test_without_ids_a_repetition_is_known_by_its_content() -> None:
    ping = recorded.payload("zalo_bot", "webhook_test_ping_flat")
    assert channel.update_id(ping) == channel.update_id(dict(reversed(ping.items())))


@pytest.mark.parametrize("told", [{}, {"result": []}, {"result": {"event_name": 1}}])
def test_what_has_no_name_is_no_update(told: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        channel.update_id(told)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from(
        [n for n in sorted(EXPECTED) if n not in {"text_flat", "webhook_test_ping_flat", "unsupported_no_message"}]
    ),
    st.data(),
)
def test_a_mangled_update_never_breaks_the_reader(name: str, data: st.DataObject) -> None:
    told = copy.deepcopy(recorded.payload("zalo_bot", name))
    part = data.draw(st.sampled_from([told, told["result"], told["result"]["message"]]))
    part[data.draw(st.sampled_from(sorted(part)))] = data.draw(_json)
    found = recorded.outcome(channel, told)
    assert isinstance(found, Delivery) or issubclass(found, ChannelError)
    channel.sender(told)


@given(recorded.replies)
def test_a_reply_is_within_the_limits(reply: Reply) -> None:
    messages = channel.render(reply)
    assert bool(messages) == bool(reply.text.strip() or reply.buttons)
    assert all(1 <= len(message["text"]) <= 2000 and "parse_mode" not in message for message in messages)


def test_choices_are_numbers() -> None:
    assert channel.render(Reply("Xem.", buttons=(button(),))) == [{"text": f"Xem.\n\n{wording.VI.choose}\n1. Vì sao?"}]


async def test_a_message_goes_out_as_the_platform_wants_it() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=SENT)

    one = bot(recorded.client(answer))
    assert await one.send(LAN, {"text": "Chào"}) == "82599fa32f56d00e8941"
    assert await one.send_picture(LAN, "https://canhgiac.example.vn/the.png", "Chia sẻ") == "82599fa32f56d00e8941"
    await one.set_webhook("https://canhgiac.example.vn/webhooks/zalo_bot")
    await one.stop_webhook()
    await one.show_typing(LAN)
    assert [(request.url.path.rsplit("/", 1)[1], json.loads(request.content)) for request in asked] == [
        ("sendMessage", {"chat_id": LAN, "text": "Chào"}),
        ("sendPhoto", {"chat_id": LAN, "photo": "https://canhgiac.example.vn/the.png", "caption": "Chia sẻ"}),
        ("setWebhook", {"url": "https://canhgiac.example.vn/webhooks/zalo_bot", "secret_token": SECRET}),
        ("deleteWebhook", {}),
        ("sendChatAction", {"chat_id": LAN, "action": "typing"}),
    ]


FAILURES = [
    ({"ok": False, "error_code": 400, "description": "bad"}, Rejected, {"alarm": False}),
    ({"ok": False, "error_code": 401, "description": "bad"}, Transient, {"alarm": True}),
    ({"ok": False, "error_code": 403, "description": "bad"}, Transient, {"maybe_sent": True}),
    ({"ok": False, "error_code": 404, "description": "bad"}, Rejected, {"alarm": True}),
    ({"ok": False, "errorCode": 429, "description": "bad"}, Transient, {"alarm": True, "retry_after": 3600.0}),
    ({"ok": False, "error_code": 999}, Transient, {"maybe_sent": True}),
    ({"ok": False, "error_code": "x"}, Transient, {"maybe_sent": True}),
]


@pytest.mark.parametrize(("told", "kind", "expected"), FAILURES)
async def test_a_failure_is_told_apart(told: Any, kind: type[Exception], expected: dict[str, Any]) -> None:
    with pytest.raises(kind) as failed:
        await bot(recorded.answering(told)).send(LAN, {"text": "x"})
    assert {name: getattr(failed.value, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("status", "text", "maybe_sent", "alarm"),
    [
        (502, "<html>", False, False),
        (504, "<html>", True, False),
        (429, "slow", False, True),
        (200, "[]", True, False),
        (200, "{}", True, False),
    ],
)
async def test_what_is_no_answer_is_tried_again(status: int, text: str, maybe_sent: bool, alarm: bool) -> None:
    with pytest.raises(Transient) as failed:
        await bot(recorded.answering(status=status, text=text)).send(LAN, {"text": "x"})
    assert (failed.value.maybe_sent, failed.value.alarm) == (maybe_sent, alarm)


@pytest.mark.parametrize(("error", "maybe_sent"), [(httpx.ConnectTimeout, False), (httpx.ReadTimeout, True)])
async def test_the_token_is_in_no_log_and_no_error(
    error: type[httpx.HTTPError], maybe_sent: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await bot(recorded.answering(SENT)).send(LAN, {"text": "x"})
    with pytest.raises(Transient) as failed:
        await bot(recorded.failing(error, f"https://bot-api.zaloplatforms.com/bot{TOKEN}/sendMessage")).send(
            LAN, {"text": "x"}
        )
    assert failed.value.maybe_sent is maybe_sent
    assert "canary" not in caplog.text + "".join(traceback.format_exception(failed.value)) + repr(channel)


async def test_polling_goes_on_when_there_is_nothing_new() -> None:
    told = [
        {"ok": False, "error_code": 408, "description": "Request timeout"},
        recorded.payload("zalo_bot", "text"),
        {"ok": True, "result": {}},
        recorded.payload("zalo_bot", "voice"),
    ]
    polled = bot(recorded.client(lambda _: httpx.Response(200, json=told.pop(0)))).updates()
    got = [await anext(polled), await anext(polled)]
    assert [channel.parse(update).event for update in got] == [
        Text("Số 0901234567 có phải lừa đảo không?"),
        Media("audio", "https://example.zdn.vn/voice.aac"),
    ]


async def test_polling_waits_longer_than_the_platform() -> None:
    seen: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"]["read"])
        return httpx.Response(200, json={"ok": False, "error_code": 401})

    with pytest.raises(Transient):
        await anext(bot(recorded.client(answer)).updates(wait=30))
    assert seen == [40.0]


async def test_starting_teaches_the_bot_its_name() -> None:
    me = {"ok": True, "result": {"id": "1", "account_name": "bot.canhbao", "display_name": "Bot CảnhBáo"}}
    one = bot(recorded.answering(me))
    await one.start()
    assert one.parse(recorded.payload("zalo_bot", "group_mention")).event == Text("kiểm tra vcb-xacminh.top")


async def test_a_picture_is_fetched_from_zalo_only() -> None:
    one = bot(recorded.client(lambda _: httpx.Response(200, content=b"jpg")))
    assert await one.fetch(PHOTO) == b"jpg"
    with pytest.raises(Rejected):
        await one.fetch("https://example.top/a.jpg")


def test_the_secret_is_asked_for_before_the_body() -> None:
    channel.verify({"x-bot-api-secret-token": SECRET}, b"{}")
    for headers in ({}, {"x-bot-api-secret-token": "é"}, {"x-bot-api-secret-token": SECRET[:-1]}):
        with pytest.raises(BadSignature):
            channel.admit(headers)


async def test_without_a_secret_there_is_no_webhook() -> None:
    closed = ZaloBot(TOKEN, client=recorded.answering(SENT))
    assert not closed.webhook
    with pytest.raises(Rejected):
        await closed.set_webhook("https://canhgiac.example.vn")
    with pytest.raises(ValueError, match="token"):
        ZaloBot("", client=recorded.answering(SENT))
