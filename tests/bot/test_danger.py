"""Danger to life comes before any scam; and whoever names the bank after a card hears where to call."""

from __future__ import annotations

import pytest

from bot import wording
from bot.events import Text
from bot.turn import CheckMade, HelpNeeded
from knowledge.catalogue import Situation
from tests.bot.citizen import SCAM, STORY, Citizen, emergency, knowing

VI = wording.VI


@pytest.mark.parametrize("text", ["tôi không muốn sống nữa", "em dinh tu tu", "i want to die"])
def test_whoever_speaks_of_dying_hears_that_and_nothing_else(text: str) -> None:
    assert Citizen().asks(text).reads == VI.own_life


@pytest.mark.parametrize(
    "text",
    [
        "tôi muốn tự tử", "con tự tử đây", "Tự Tử cho xong", "toi muon tu tu", "chac toi se tu tu", "em nghi den tu tu",
        "tôi muốn tu tu",
    ],
)  # fmt: skip
def test_suicide_is_heard_with_marks_and_without(text: str) -> None:
    assert Citizen().asks(text).reads == VI.own_life


@pytest.mark.parametrize(
    "text",
    [
        "Từ từ đã, Công an gọi điện báo tôi liên quan ma túy", "cứ từ từ để tôi xem đã", "Shop giao hàng từ từ thôi nhé",
        "tôi muốn từ từ xem đã", "tôi sẽ từ từ trả", "tu tu da", "cu tu tu de toi xem da", "tư tưởng", "từ từ tự từ chối",
    ],
)  # fmt: skip
def test_slowly_is_no_suicide(text: str) -> None:
    assert VI.own_life not in Citizen().asks(text).reads


def test_slowly_is_an_answer_in_an_interview() -> None:
    asks = Citizen().asks(SCAM).taps_choice("report").taps_choice("agree").asks("Họ nói cứ từ từ đã")
    assert asks.context.answers == {"who": "Họ nói cứ từ từ đã"}


LOST_AND_IN_DESPAIR = "Tôi lỡ chuyển hết 200 triệu cho công an giả rồi, tôi không muốn sống nữa"


def test_whoever_lost_money_and_speaks_of_dying_hears_of_life_first_and_gets_first_aid_too() -> None:
    asks = Citizen(knowing({LOST_AND_IN_DESPAIR: emergency(Situation.PAID)})).asks(LOST_AND_IN_DESPAIR)
    assert asks.replies[0].text == VI.own_life
    assert asks.replies[1].text.startswith("🔴 VIỆC CẦN LÀM NGAY")
    assert [needed.situation for needed in asks.recorded(HelpNeeded)] == ["paid"]
    assert asks.context.state == "emergency"


def test_whoever_speaks_of_dying_is_recorded_and_keeps_the_red_button() -> None:
    asks = Citizen().asks("tôi không muốn sống nữa")
    assert asks.choices == ["emergency"]
    assert asks.recorded(CheckMade)
    assert asks.taps_choice("emergency").reads == VI.emergency_menu


def test_a_warning_is_still_heard_after_what_is_said_about_life() -> None:
    said = f"tôi muốn chết. {SCAM}"
    asks = Citizen(knowing({said: knowing().judge.match(SCAM)})).asks(said)
    assert asks.replies[0].text == VI.own_life
    assert "emergency" in asks.choices
    assert any(reply.level for reply in asks.replies[1:])


def test_in_an_interview_the_answer_is_kept_and_the_question_stays_in_sight() -> None:
    asks = Citizen().asks(SCAM).taps_choice("report").taps_choice("agree").asks("Người lạ, tôi không muốn sống nữa")
    assert asks.replies[0].text == VI.own_life
    assert asks.context.answers == {"who": "Người lạ, tôi không muốn sống nữa"}
    assert {"emergency", "skip"} <= set(asks.choices)


@pytest.mark.parametrize(
    "text", ["có người đang đánh tôi", "co trom vao nha", "tối nay nó tới nhà tui đòi tiền, nó dọa giết"]
)
def test_violence_is_answered_with_113_first(text: str) -> None:
    assert Citizen().asks(text).replies[0].text == VI.violence


@pytest.mark.parametrize(
    "text",
    [
        "nó đang đánh tôi", "no danh toi", "có trộm trong nhà", "nó đánh bà ngoại", "nó đánh bác rồi", "chong danh con",
        "no danh ba ngoai", "no danh bac toi", "có trộm lấy tiền trong nhà", "tôi bị cướp giữa đường", "Nó ĐÁNH tôi",
    ],
)  # fmt: skip
def test_beating_and_breaking_in_are_heard_with_marks_and_without(text: str) -> None:
    assert Citizen().asks(text).replies[0].text == VI.violence


@pytest.mark.parametrize(
    "text",
    [
        "có người giả danh bác sĩ gọi nói con tôi cấp cứu", "có người mạo danh con tôi mượn tiền",
        "nó mạo danh tôi đi mượn tiền", "nó lấy danh bạ gọi cho hết bạn bè tôi", "app vay tiền nó đọc danh bạ của máy",
        "chồng tôi đánh bạc online thua hết tiền", "có trộm tài khoản facebook của tôi", "tôi bị cướp nick zalo",
        "co nguoi gia danh bac si goi noi con toi cap cuu", "no mao danh toi di muon tien", "no doc danh ba cua may",
        "no lay danh ba toi goi het ban be", "chong toi danh bac online", "bị trộm mất tiền trong tài khoản",
        "họ có trộm thông tin của tôi không", "họ dọa dẫm tôi suốt",
    ],
)  # fmt: skip
def test_a_name_a_list_of_names_gambling_and_stolen_accounts_are_no_beating(text: str) -> None:
    assert VI.violence not in {reply.text for reply in Citizen().asks(text).replies}


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
