"""First aid that nobody needed: whoever says so is heard, and nobody is told that all is well."""

from __future__ import annotations

import pytest

from bot import wording
from bot.events import Tap
from bot.turn import FeedbackGiven, HelpNeeded
from knowledge.catalogue import Situation
from tests.bot.citizen import POWER, SCAM, STORY, Citizen, emergency, knowing

VI, EN = wording.VI, wording.EN
BILL = "tôi vừa đóng tiền điện qua app xong"
PAID_IN_ENGLISH = "I just paid my power bill"


def helped(text: str = BILL) -> Citizen:
    """First aid for somebody who only paid a bill."""
    return Citizen(knowing({text: emergency(Situation.PAID, "en" if text.isascii() else "vi")})).asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "sai rồi", "Sai rồi!", "nhầm rồi", "nhầm rồi ạ", "không phải", "không phải vậy", "tôi có bị lừa đâu", "khong phai dau",
        "tôi không bị lừa", "bạn hiểu nhầm rồi", "em bấm nhầm", "tôi có mất gì đâu", "con không bị gì cả", "ko phai lua dao dau",
        "đâu có", "hiểu lầm rồi", "tôi không mất tiền",
    ],
)  # fmt: skip
def test_whoever_says_that_it_was_no_fraud_is_heard(text: str) -> None:
    asks = helped().asks(text)
    assert asks.recorded(FeedbackGiven) == [FeedbackGiven(False, BILL, "scam", (POWER,))]
    assert asks.recorded(HelpNeeded) == []
    assert asks.reads == VI.misheard
    assert asks.taps_choice("emergency").reads == VI.emergency_menu


def test_whoever_says_so_in_english_is_answered_in_english() -> None:
    asks = helped(PAID_IN_ENGLISH).asks("that's a mistake")
    assert asks.reads == EN.misheard
    assert asks.recorded(FeedbackGiven)


def test_the_card_has_a_button_for_it() -> None:
    asks = helped().taps("Sai rồi")
    assert asks.reads == VI.misheard
    assert [given.right for given in asks.recorded(FeedbackGiven)] == [False]
    assert asks.context.situation == ""


def test_the_button_of_an_old_card_says_nothing_of_a_newer_message() -> None:
    asks = helped()
    old = next(b for b in asks.buttons if b.choice == "wrong")
    asks.asks(SCAM).does(Tap(old.session, old.state, old.choice))
    assert asks.recorded(FeedbackGiven) == []
    assert asks.reads == VI.stale


@pytest.mark.parametrize("text", ["tôi chưa chuyển tiền", "chưa chuyển gì cả"])
def test_whoever_has_done_nothing_is_told_to_hold_on_and_staff_that_it_was_a_false_alarm(text: str) -> None:
    asks = helped().asks(text)
    assert [given.right for given in asks.recorded(FeedbackGiven)] == [False]
    assert asks.recorded(HelpNeeded) == []
    assert VI.hold_on in asks.reads
    assert "emergency" in asks.choices


def test_without_a_card_nothing_done_is_no_complaint() -> None:
    assert Citizen().asks(SCAM).asks("tôi chưa chuyển tiền").recorded(FeedbackGiven) == []


def test_a_card_may_be_called_right() -> None:
    asks = helped().asks("đúng rồi")
    assert [given.right for given in asks.recorded(FeedbackGiven)] == [True]
    assert asks.context.state == "emergency"


@pytest.mark.parametrize(
    "text",
    ["tôi làm rồi", "tôi sai rồi", "không", "vì sao", "tôi không bị lừa ạ?", "không phải tôi chuyển mà vợ tôi chuyển"],
)
def test_other_words_after_a_card_take_nothing_back(text: str) -> None:
    asks = helped().asks(text)
    assert asks.recorded(FeedbackGiven) == []


def test_a_false_alarm_is_no_part_of_a_report() -> None:
    asks = Citizen().asks(STORY).asks("sai rồi").asks("/baocao")
    assert asks.context.situation == ""


def test_the_menu_alone_was_no_card() -> None:
    asks = Citizen().asks("/khancap").asks("sai rồi")
    assert asks.recorded(FeedbackGiven) == []
