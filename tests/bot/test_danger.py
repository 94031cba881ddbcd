"""Danger to life comes before any scam; and whoever names the bank after a card hears where to call."""

from __future__ import annotations

import pytest

from bot import wording
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
