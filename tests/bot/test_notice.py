"""The notice before a report is a question, not a gate: whoever does not agree goes on as if it had not been shown."""

from __future__ import annotations

import pytest

from bot import wording
from bot.events import Media
from bot.turn import CheckMade, ConsentGiven, FeedbackGiven, Unsubscribed
from knowledge.verdict import Level
from tests.bot.citizen import SCAM, STORY, Citizen

VI = wording.VI
OTHER = "Bên em giữ hộ quý khách một đơn, anh xác nhận giúp em"


def noticed() -> Citizen:
    return Citizen().asks(SCAM).taps("Báo công an")


def test_another_text_is_checked_as_ever() -> None:
    asks = noticed().asks(OTHER)
    assert asks.recorded(CheckMade)[0].text == OTHER
    assert asks.context.state == "checking"
    assert not any(isinstance(effect, ConsentGiven) for effect in asks.effects)


def test_a_picture_is_read_and_checked() -> None:
    asks = noticed().sends_picture(SCAM)
    assert asks.replies[-1].level is Level.SCAM
    assert (asks.context.state, asks.context.files) == ("checking", ())


def test_a_payment_code_is_looked_at() -> None:
    asks = noticed().does(Media("image", "ref", qr=("https://a.top",)))
    assert asks.recorded(CheckMade)[0].text == "https://a.top"


def test_a_loss_is_helped_at_once() -> None:
    assert noticed().asks(STORY).reads.startswith("🔴 VIỆC CẦN LÀM NGAY")


def test_a_word_on_the_answer_before_is_heard() -> None:
    assert noticed().asks("sai rồi").recorded(FeedbackGiven)


@pytest.mark.parametrize("text", ["thôi", "Không", "không ạ", "thôi khỏi", "/thoi", "không gửi"])
def test_a_bare_no_leaves(text: str) -> None:
    asks = noticed().asks(text)
    assert asks.reads == VI.report_cancelled
    assert asks.context.state == "checking"


@pytest.mark.parametrize("text", ["đồng ý", "Tôi đồng ý"])
def test_who_writes_that_they_agree_has_agreed(text: str) -> None:
    asks = noticed().asks(text)
    assert asks.recorded(ConsentGiven)
    assert "Câu 1/" in asks.reads


def test_half_a_yes_is_asked_again() -> None:
    asks = noticed().asks("vâng")
    assert asks.choices == ["agree", "send", "cancel"]
    assert asks.recorded(ConsentGiven) == []


@pytest.mark.parametrize("text", ["/trogiup", "/quyenriengtu", "/chuto", "/dulieucuatoi"])
def test_a_command_leaves_it(text: str) -> None:
    asks = noticed()
    agree = asks.buttons[0]
    asks.asks(text)
    assert asks.context.state == "checking"
    assert agree.session != asks.context.session


def test_a_sticker_leaves_its_numbers_as_they_are() -> None:
    assert noticed().does(Media("sticker", "")).asks("1").recorded(ConsentGiven)


def test_huy_at_the_notice_stops_the_warnings() -> None:
    asks = noticed().asks("/huy")
    assert asks.recorded(Unsubscribed)
    assert asks.context.state == "checking"


def test_huy_in_an_interview_drops_it_and_says_so() -> None:
    asks = noticed().taps_choice("agree").asks("số lạ gọi").asks("/huy")
    assert asks.reads == VI.report_dropped
    assert asks.reads.startswith("Đã bỏ phản ánh viết dở")
    assert asks.recorded(Unsubscribed) == []


def test_the_buttons_of_a_report_that_was_given_up_are_old() -> None:
    asks = noticed()
    cancel = asks.buttons
    asks.taps_choice("cancel")
    assert asks.context.session != cancel[0].session
