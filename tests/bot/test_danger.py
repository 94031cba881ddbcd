"""Danger to life comes before any scam; and whoever names the bank after a card hears where to call."""

from __future__ import annotations

import pytest

from bot import wording
from bot.events import Text
from tests.bot.citizen import STORY, Citizen

VI = wording.VI


@pytest.mark.parametrize("text", ["tôi không muốn sống nữa", "em dinh tu tu", "i want to die"])
def test_whoever_speaks_of_dying_hears_that_and_nothing_else(text: str) -> None:
    assert Citizen().asks(text).reads == VI.own_life


@pytest.mark.parametrize(
    "text", ["có người đang đánh tôi", "co trom vao nha", "tối nay nó tới nhà tui đòi tiền, nó dọa giết"]
)
def test_violence_is_answered_with_113_first(text: str) -> None:
    assert Citizen().asks(text).replies[0].text == VI.violence


@pytest.mark.parametrize(
    "text", ["dọa cắt điện", "đánh giá shop này giúp tôi", "họ dọa tung ảnh của tôi", "tự túc ăn ở", "có người tới nhà"]
)
def test_other_threats_are_not_taken_for_it(text: str) -> None:
    assert not {VI.violence, VI.own_life} & {reply.text for reply in Citizen().asks(text).replies}


@pytest.mark.parametrize("text", ["Vietcombank", "tôi dùng thẻ vietcombank", "số ngân hàng Vietcombank là gì"])
def test_the_bank_named_after_a_card_is_heard(text: str) -> None:
    assert Citizen().asks(STORY).asks(text).reads.startswith("Vietcombank: gọi")


def test_asking_for_a_banks_number_needs_no_card() -> None:
    assert Citizen().asks("khóa thẻ Vietcombank ở đâu").reads.startswith("Vietcombank: gọi")


def test_a_message_that_names_a_bank_is_judged() -> None:
    assert not Citizen().asks("Vietcombank: tai khoan bi khoa").reads.startswith("Vietcombank: gọi")


@pytest.mark.parametrize(
    "text",
    [
        "vcb-digi.top của vietcombank",
        "vietcombank nhắn tôi đọc mã OTP",
        "vietcombank gọi bảo hoàn tiền, bảo cài app",
        "nhân viên vietcombank bảo đưa CCCD để hoàn tiền",
        "số 0901234567 của vietcombank phải không",
        "khóa thẻ vietcombank rồi họ gọi đòi OTP",
        "vietcombank gọi cho tôi",
        "tôi cho vietcombank số thẻ",
        "@vietcombank",
        "vietcombank khóa tài khoản của tôi",
    ],
)
@pytest.mark.parametrize("before", [[], [STORY]])
def test_a_banks_name_hides_nothing_that_is_news(text: str, before: list[str]) -> None:
    asks = Citizen()
    for said in before:
        asks.asks(said)
    assert not asks.asks(text).reads.startswith("Vietcombank: gọi")


@pytest.mark.parametrize(
    "text",
    [
        "Vietcombank",
        "tôi dùng vietcombank ạ",
        "ngân hàng vcb",
        "gọi vietcombank số nào",
        "vietcombank khóa thẻ gọi số nào",
        "chuyển từ vietcombank",
    ],
)
def test_a_bank_answers_the_question_of_the_card_only(text: str) -> None:
    bank = "Vietcombank: gọi"
    assert Citizen().asks(STORY).asks(text).reads.startswith(bank)
    assert not Citizen().asks(STORY).does(Text(text, "Hùng")).reads.startswith(bank)


def test_a_bank_named_hours_after_a_card_is_no_answer_to_it() -> None:
    asks = Citizen().asks(STORY).waits(hours=2)
    assert not asks.asks("Vietcombank").reads.startswith("Vietcombank: gọi")
    assert asks.asks("cho xin số Vietcombank").reads.startswith("Vietcombank: gọi")
