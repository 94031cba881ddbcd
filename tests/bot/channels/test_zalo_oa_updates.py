"""What an Official Account delivers: signatures, and one recorded event a file."""

from __future__ import annotations

import copy
import importlib
import json
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Anomalous, BadSignature, ChannelError, Delivery, Malformed, Unsupported
from bot.channels.zalo_oa import Account, ZaloOa, signature, updates
from bot.events import Event, Follow, Media, Tap, Text, Unfollow
from tests.bot.channels import recorded
from tests.bot.channels.zalo import APP, OA_SECRET, account, oa

LAN = "246845883529197922"
VECTORS: list[dict[str, str]] = json.loads(recorded.raw("zalo_oa", "_signature_vectors"))
channel = oa(recorded.answering({}))


def did(event: Event) -> Delivery:
    return Delivery(LAN, LAN, event)


PHOTO = "https://f6.photo.talk.zdn.vn/{}.jpg"
EXPECTED: dict[str, Delivery | type[ChannelError]] = {
    "anonymous_send_text": Unsupported,
    "follow": did(Follow()),
    "oa_send_text": Unsupported,
    "text_of_nobody": Anomalous,
    "undeclared": Anomalous,
    "unfollow": did(Unfollow()),
    "user_click_chatnow": Unsupported,
    "user_reacted_message": Unsupported,
    "user_received_message": Unsupported,
    "user_seen_message": Unsupported,
    "user_send_audio": did(Media("audio", "https://voice-aac.zdn.vn/1.aac")),
    "user_send_business_card": did(Media("contact", "", text="Nguyễn Văn A 0901234567")),
    "user_send_business_card_broken": did(Media("contact", "", text="Cán bộ")),
    "user_send_file": did(Media("file", "https://f.zdn.vn/VNeID.apk", name="VNeID.apk")),
    "user_send_gif": did(Media("image", "https://x.zdn.vn/1.gif")),
    "user_send_group_text": Unsupported,
    "user_send_image": did(Media("image", PHOTO.format(1), "chú thích nếu có")),
    "user_send_image_several": did(Media("image", PHOTO.format(1), more=(PHOTO.format(2), PHOTO.format(3)))),
    "user_send_image_without_address": Anomalous,
    "user_send_link": did(Text("http://vcb-xacminh.top\nXác minh tài khoản")),
    "user_send_location": did(Media("location", "")),
    "user_send_sticker": did(Media("sticker", "")),
    "user_send_text": did(Text("Có người xưng công an gọi cho tôi")),
    "user_send_text_reply": did(Text("tin này này")),
    "user_send_text_tap": did(Tap("7KQ2M9XAB", "checking", "emergency")),
    "user_send_video": did(Media("video", "https://video.zdn.vn/1.mp4")),
    "user_submit_info": Unsupported,
    "zns_delivery": Unsupported,
}


@pytest.mark.parametrize("name", recorded.names("zalo_oa"))
def test_what_an_event_means(name: str) -> None:
    found = recorded.outcome(channel, recorded.payload("zalo_oa", name))
    assert (replace(found, at=None) if isinstance(found, Delivery) else found) == EXPECTED[name]


def test_every_event_that_we_answer_is_recorded() -> None:
    assert {recorded.payload("zalo_oa", name)["event_name"] for name in EXPECTED} >= updates.ANSWERED


@pytest.mark.parametrize("name", sorted(updates.IGNORED))
def test_what_is_known_and_not_answered_is_no_alarm(name: str) -> None:
    assert recorded.outcome(channel, {"event_name": name}) is Unsupported


def test_no_two_recorded_events_have_the_same_id() -> None:
    ids = [channel.update_id(recorded.payload("zalo_oa", name)) for name in EXPECTED]
    assert len(set(ids)) == len(ids)


def test_an_event_has_the_messengers_time() -> None:
    found = channel.parse(recorded.payload("zalo_oa", "follow"))
    assert found.at == recorded.NOW + timedelta(milliseconds=123)


@pytest.mark.parametrize("told", [{}, {"event_name": 7}, {"event_name": ""}])
def test_what_has_no_name_is_no_event(told: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        channel.update_id(told)


def test_a_button_comes_back_as_its_tap() -> None:
    told = recorded.payload("zalo_oa", "user_send_text")
    told["message"]["text"] = updates.tap_payload(recorded.button("why"))
    assert channel.parse(told).event == Tap(recorded.SESSION, "checking", "why")


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(EXPECTED)), st.data())
def test_a_mangled_event_never_breaks_the_reader(name: str, data: st.DataObject) -> None:
    told = copy.deepcopy(recorded.payload("zalo_oa", name))
    told[data.draw(st.sampled_from(sorted(told)))] = data.draw(_json)
    found = recorded.outcome(channel, told)
    assert isinstance(found, Delivery) or issubclass(found, ChannelError)
    channel.sender(told)


def signed(body: bytes, timestamp: str, secret: str = OA_SECRET) -> dict[str, str]:
    return {"x-zevent-signature": f"mac={signature.expected(APP, body, timestamp, secret)}"}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["file"])
def test_a_recorded_signature_is_zalos(vector: dict[str, str]) -> None:
    body = recorded.raw("zalo_oa", vector["file"].removesuffix(".json"))
    channel.verify({"x-zevent-signature": vector["header"]}, body)
    theirs = importlib.import_module("zalo_official.utils.MacUtils").MacUtils.build_mac(
        APP, body.decode(), vector["timestamp"], OA_SECRET
    )
    assert vector["header"] == f"mac={theirs.removeprefix('mac=')}"


def mutations() -> list[tuple[str, bytes, str]]:
    """Five hundred deliveries that are almost signed."""
    draw, made = random.Random(7), []  # noqa: S311 - the same ones each time
    for vector in VECTORS:
        body = recorded.raw("zalo_oa", vector["file"].removesuffix(".json"))
        header = vector["header"]
        told = json.loads(body)
        bits = [
            body[:at] + bytes([body[at] ^ (1 << draw.randrange(8))]) + body[at + 1 :]
            for at in draw.sample(range(len(body)), 18)
        ]
        made += [("bit", changed, header) for changed in bits]
        made += [
            ("spaces", json.dumps(told).encode(), header),
            (
                "order",
                json.dumps(dict(reversed(told.items())), ensure_ascii=False, separators=(",", ":")).encode(),
                header,
            ),
            ("other time", body.replace(told["timestamp"].encode(), b"1795400000124"), header),
            ("second time", body[:-1] + b',"timestamp":"1795400000123"}', header),
            ("number", body.replace(f'"{told["timestamp"]}"'.encode(), told["timestamp"].encode()), header),
            ("cut", body[:-1], header),
            ("longer", body + b" ", header),
            ("mac", body, header[:-1] + ("0" if header[-1] != "0" else "1")),
        ]
    return made


def test_what_is_almost_signed_is_refused() -> None:
    let_in = [kind for kind, body, header in mutations() if not _refused(body, {"x-zevent-signature": header})]
    assert len(mutations()) >= 490
    assert not let_in


def _refused(body: bytes, headers: dict[str, str]) -> bool:
    try:
        channel.verify(headers, body)
    except BadSignature:
        return True
    return False


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 100_000, b'{"timestamp":' * 20_000, b"{}", b'{"app_id":"1"}',
        b'{"app_id":"360846524940903967","timestamp":["1"]}', b'{"app_id":"360846524940903967","timestamp":""}',
        b'{"app_id":"360846524940903967","timestamp":"\\ud800"}', b'{"app_id":' + b"9" * 5000 + b"}",
        b'{"app_id":"360846524940903967","timestamp":"1","timestamp":"1"}', b" " * 300_000,
    ],
    ids=range(15),
)  # fmt: skip
def test_a_hostile_body_is_refused_even_when_it_is_signed(body: bytes) -> None:
    assert _refused(body, signed(body, "1"))


@pytest.mark.parametrize(
    "header", ["", "mac=", "mac=é", "mac=\udcff", "sha256=ab", "MAC=ab", "mac=" + "0" * 64, "mac=ẫ" * 9]
)
def test_a_hostile_header_is_refused_without_an_accident(header: str) -> None:
    assert _refused(recorded.raw("zalo_oa", "user_send_text"), {"x-zevent-signature": header})
    assert _refused(recorded.raw("zalo_oa", "user_send_text"), {})


@pytest.mark.parametrize(("hours", "refused"), [(-27, True), (-24, False), (0, False), (2, False), (27, True)])
def test_a_delivery_may_be_a_day_old(hours: int, refused: bool) -> None:
    timestamp = str(int((recorded.NOW + timedelta(hours=hours)).timestamp() * 1000))
    body = json.dumps({"app_id": APP, "timestamp": timestamp}).encode()
    assert _refused(body, signed(body, timestamp)) is refused


def test_two_secrets_are_valid_during_a_rotation() -> None:
    both = oa(recorded.answering({}), replace(account(), webhook_secrets=("new-secret", OA_SECRET)))
    body = recorded.raw("zalo_oa", "user_send_text")
    both.verify(signed(body, "1795400000123"), body)
    both.verify(signed(body, "1795400000123", "new-secret"), body)


def test_a_number_as_timestamp_is_hashed_as_it_stands() -> None:
    body = b'{"app_id":"%s","timestamp":1795400000123}' % APP.encode()
    channel.verify(signed(body, "1795400000123"), body)


def test_without_a_secret_nothing_is_let_in() -> None:
    closed = oa(recorded.answering({}), Account(APP))
    body = recorded.raw("zalo_oa", "user_send_text")
    assert not closed.webhook
    with pytest.raises(BadSignature):
        closed.admit(signed(body, "1795400000123", ""))
    with pytest.raises(BadSignature):
        closed.verify(signed(body, "1795400000123", ""), body)


def test_what_carries_no_signature_is_refused_before_its_body_is_read() -> None:
    channel.admit({"x-zevent-signature": "mac=ab"})
    with pytest.raises(BadSignature):
        channel.admit({})
    assert isinstance(channel, ZaloOa)
