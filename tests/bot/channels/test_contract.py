"""What all messengers have in common."""

from __future__ import annotations

import pytest

from bot.channels.base import BadSignature, Channel, Unsupported
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.events import Text
from bot.replies import Reply
from tests.bot.channels import recorded
from tests.bot.channels.recorded import button
from tests.bot.channels.zalo import oa

nobody = recorded.answering({})
CHANNELS: list[Channel] = [Telegram("1:token", ["s" * 32]), oa(nobody), ZaloBot("1:token", ["s" * 32], client=nobody)]
QUESTIONS = {"telegram": "text_private", "zalo_oa": "user_send_text", "zalo_bot": "text"}
SILENT = {"telegram": "channel_post", "zalo_oa": "user_seen_message", "zalo_bot": "unsupported_no_message"}
each = pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)


@each
def test_a_question_has_a_sender_an_address_and_an_id(channel: Channel) -> None:
    told = recorded.payload(channel.name, QUESTIONS[channel.name])
    found = channel.parse(told)
    assert isinstance(found.event, Text)
    assert found.sender == found.address == channel.sender(told)
    assert channel.update_id(told) == channel.update_id(dict(told))


@each
def test_what_is_ignored_has_an_id_too(channel: Channel) -> None:
    told = recorded.payload(channel.name, SILENT[channel.name])
    assert channel.update_id(told)
    assert isinstance(channel.sender(told), str)
    with pytest.raises(Unsupported):
        channel.parse(told)


@each
def test_without_proof_nothing_is_let_in(channel: Channel) -> None:
    assert channel.webhook
    assert not channel.fetched
    with pytest.raises(BadSignature):
        channel.admit({})
    with pytest.raises(BadSignature):
        channel.verify({}, b"{}")


@each
def test_a_long_answer_keeps_its_choices_at_the_end(channel: Channel) -> None:
    *above, last = channel.render(Reply("Một câu dài. " * 900, buttons=(button(), button("report", "Báo công an"))))
    assert len(above) >= 2
    assert "Báo công an" in str(last)
    assert not any("Báo công an" in str(message) for message in above)


@each
def test_an_empty_reply_is_no_message(channel: Channel) -> None:
    assert list(channel.render(Reply(" \n "))) == []
