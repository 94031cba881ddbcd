"""What Telegram delivers: one recorded update a file, one expectation a file."""

from __future__ import annotations

import copy
import warnings
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Anomalous, ChannelError, Delivery, Malformed, Unsupported
from bot.channels.telegram import ALLOWED_UPDATES, Telegram, updates
from bot.events import Event, Follow, Media, Tap, Text, Unfollow
from tests.bot.channels import recorded

LAN, GROUP, ALBUM = "700111222", "-1001234567890", "13900000000000001"
channel = Telegram("123456789:token-for-tests", username="canhbao_bot")


def private(event: Event, **more: Any) -> Delivery:
    return replace(Delivery(LAN, LAN, event, mentioned=True), **more)


def group(event: Event, *, mentioned: bool = True, **more: Any) -> Delivery:
    return replace(Delivery(LAN, GROUP, event, group=True, mentioned=mentioned), **more)


INVEST = "Đầu tư 5 triệu lãi 30%/ngày, nhắn @abc"
EXPECTED: dict[str, Delivery | type[ChannelError]] = {
    "album_second": private(Media("image", "big"), album=ALBUM),
    "animation": private(Media("video", "anim", name="a.gif")),
    "audio": private(Media("audio", "aud", name="ghi-am.mp3")),
    "business_message": Unsupported,
    "callback_query": private(Tap("", "", ""), receipt="4382bfdwdsb323b2d9"),
    "callback_query_game": Unsupported,
    "callback_query_group": group(Tap("7KQ2M9XAB", "checking", "why"), receipt="4382bfdwdsb323b2dd"),
    "callback_query_old_message": private(Tap("", "", ""), receipt="4382bfdwdsb323b2da"),
    "callback_query_ours": private(Tap("7KQ2M9XAB", "checking", "emergency"), receipt="4382bfdwdsb323b2dc"),
    "channel_post": Unsupported,
    "chat_member": Unsupported,
    "chosen_inline_result": Unsupported,
    "command_help": private(Text("/trogiup")),
    "command_plain_start": private(Follow()),
    "command_start": private(Follow()),
    "contact": private(Media("contact", "", text="Anh Cán bộ 0905000318")),
    "dice": private(Media("sticker", "")),
    "document": private(Media("file", "BQACAgUAAx-doc", name="VNeID.apk")),
    "document_image": private(Media("image", "docimg", name="man-hinh.png")),
    "edited_caption": private(Media("image", "big", caption="Sửa: tin này có thật không?"), edited=True),
    "edited_channel_post": Unsupported,
    "edited_message": private(Text("Xin lỗi, link đúng là http://vcb-xacminh.top"), edited=True),
    "emoji_entities": private(Text("🎁🎁 nhận thưởng tại 🎁\nhttp://thuong.example.top")),
    "forward_buttons": private(Text("Nhận lương ngay\nhttp://viec.example.top", "Tuyển dụng")),
    "forward_channel": private(Text(INVEST, "Kênh đầu tư (@kenh_dau_tu)")),
    "forward_chat": private(Text(INVEST, "Nhóm X – admin")),
    "forward_hidden_user": private(Text(INVEST, "Người dùng ẩn")),
    "forward_photo": private(Media("image", "big", "Giấy triệu tập", forwarded_from="Kẻ gian (@kegian)")),
    "forward_user": private(Text(INVEST, "Kẻ gian")),
    "game": private(Media("file", "")),
    "group_command": group(Text("/kiemtra 0905000318")),
    "group_command_about_text": group(Text("Cọc 2 triệu giữ căn hộ, chuyển ngay", "Hùng")),
    "group_command_bare": group(Text("/im")),
    "group_command_other_bot": group(Text("/help@khac_bot"), mentioned=False),
    "group_mention": group(Text("kiểm tra số 0901234567")),
    "group_mention_about_photo": group(Media("image", "big", "thật không\n\nTrúng xe", forwarded_from="Hùng")),
    "group_migrated_from": Unsupported,
    "group_new_member": Unsupported,
    "group_other_bot": Unsupported,
    "group_photo_silent": group(Media("image", "big"), mentioned=False),
    "group_reply_to_bot": group(Text("còn số này?")),
    "group_silent": group(Text("Tối nay họp tổ nhé"), mentioned=False),
    "group_text_mention": group(Text("Trợ lý ơi")),
    "group_topic": group(Text("xem giúp"), address=f"{GROUP}/7"),
    "inline_query": private(Text("vcb-xacminh.top"), address="inline:300123456789", inline=True),
    "inline_query_empty": Unsupported,
    "location": private(Media("location", "")),
    "message_reaction": Unsupported,
    "migrate_to_supergroup": Unsupported,
    "my_chat_member_added_to_group": Unsupported,
    "my_chat_member_removed_from_group": group(Unfollow(), mentioned=False),
    "my_chat_member_user_blocked": private(Unfollow(), mentioned=False),
    "my_chat_member_user_unblocked": Unsupported,
    "photo_caption": private(Media("image", "AgACAgUAAx-big", "Tin nhắn này có thật không?"), album=ALBUM),
    "poll": private(Text("Bỏ phiếu cho bé\nBé A\nBé B")),
    "poll_state": Unsupported,
    "quote_other_chat": private(Text("Cái này thật không?\n\nChuyển cọc giữ chỗ", "Môi giới")),
    "sticker": private(Media("sticker", "")),
    "story": private(Media("file", "")),
    "text_link": private(Text("Bấm vào đây để nhận quà\nhttp://nhan-qua.example.top/vao")),
    "text_private": private(Text("Có người xưng công an bảo tôi chuyển tiền, xem giúp http://vcb-xacminh.top")),
    "undeclared": Anomalous,
    "undeclared_message": Anomalous,
    "venue": private(Media("location", "")),
    "video": private(Media("video", "vid", "Xem giúp", name="bang-chung.mp4")),
    "video_note": private(Media("video", "note")),
    "voice": private(Media("audio", "AwACAgUAAx-voice")),
}


@pytest.mark.parametrize("name", recorded.names("telegram"))
def test_what_an_update_means(name: str) -> None:
    found = recorded.outcome(channel, recorded.payload("telegram", name))
    assert (replace(found, at=None) if isinstance(found, Delivery) else found) == EXPECTED[name]


def test_every_update_that_we_ask_for_is_recorded() -> None:
    kinds = {key for name in EXPECTED for key in recorded.payload("telegram", name)}
    assert kinds >= {*ALLOWED_UPDATES, "update_id"}


@pytest.mark.parametrize("name", recorded.names("telegram"))
def test_an_update_has_its_number_and_its_sender(name: str) -> None:
    told = recorded.payload("telegram", name)
    assert channel.update_id(told) == str(told["update_id"])
    if isinstance(expected := EXPECTED[name], Delivery):
        assert channel.sender(told) == expected.sender


def test_the_moment_is_telegrams() -> None:
    assert channel.parse(recorded.payload("telegram", "text_private")).at == recorded.NOW


@pytest.mark.parametrize("told", [{}, {"update_id": None}, {"update_id": "7"}, {"update_id": True}])
def test_what_has_no_number_is_no_update(told: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        channel.update_id(told)


@pytest.mark.parametrize("told", [{"update_id": 1}, {"poll": {}}, {"message": {"from": "x"}}])
def test_of_nobody_nothing_is_claimed(told: dict[str, Any]) -> None:
    assert not channel.sender(told)


@pytest.mark.parametrize("missing", ["is_bot", "id", "first_name"])
def test_a_person_without_what_telegram_promises_is_anomalous(missing: str) -> None:
    told = recorded.payload("telegram", "text_private")
    del told["message"]["from"][missing]
    assert recorded.outcome(channel, told) is Anomalous


def test_without_a_name_of_its_own_the_bot_stays_silent_in_groups() -> None:
    nameless = Telegram("123456789:token-for-tests")
    assert not nameless.parse(recorded.payload("telegram", "group_mention")).mentioned


def test_a_longer_name_that_begins_with_ours_is_kept() -> None:
    told = recorded.payload("telegram", "text_private")
    told["message"]["text"] = "@canhbao_bot2 là thật hay giả?"
    assert channel.parse(told).event == Text("@canhbao_bot2 là thật hay giả?")


@pytest.mark.parametrize("data", ["", "a", "a|b", "|||", "x" * 64, "7KQ2M9XAB|checking|a|b"])
def test_any_data_of_a_button_is_a_tap(data: str) -> None:
    assert isinstance(updates.tap_of(data), Tap)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(recorded.names("telegram")), st.data())
def test_a_mangled_update_never_breaks_the_reader(name: str, data: st.DataObject) -> None:
    told = copy.deepcopy(recorded.payload("telegram", name))
    kind = next(key for key in told if key != "update_id")
    told[kind][data.draw(st.sampled_from(sorted(told[kind])))] = data.draw(_json)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = recorded.outcome(channel, told)
    assert isinstance(found, Delivery) or issubclass(found, ChannelError)
