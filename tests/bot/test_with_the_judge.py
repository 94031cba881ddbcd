"""The conversation over everything we really know: a few texts of each kind, through the shipped judge."""

from __future__ import annotations

from functools import cache

import pytest

from bot import conversation, wording
from bot.events import Text
from bot.knowledge_base import Knowledge
from bot.turn import HelpNeeded
from knowledge.verdict import Level
from tests.bot.citizen import Citizen
from tests.bot.test_quoting import TAPPABLE
from tests.bot.test_referring import DEEDS

VI = wording.VI
RISKY = (Level.SCAM, Level.SUSPICIOUS)


@cache
def shipped() -> Knowledge:
    return conversation.load_knowledge()


def citizen() -> Citizen:
    return Citizen(shipped())


@pytest.mark.parametrize("choice", [f"sample-{name}" for name in VI.samples])
def test_every_sample_is_warned_about(choice: str) -> None:
    assert citizen().follows().taps_choice(choice).replies[0].level in RISKY


@pytest.mark.parametrize(
    "text",
    [
        "Tôi lỡ chuyển 20 triệu qua Vietcombank cho người xưng điện lực rồi",
        "em bi lua mat 5tr roi phai lam sao",
        "I already sent 5 million to them, what should I do?",
    ],
)
def test_a_loss_is_an_emergency(text: str) -> None:
    asks = citizen().asks(text)
    assert asks.recorded(HelpNeeded)[0].situation == "paid"
    assert asks.choices == ["steps", "report", "wrong"]


@pytest.mark.parametrize(
    ("question", "starts"),
    [("phạt nguội giả là gì", "Phạt nguội giả"), ("giả công an là gì", "Giả công an, viện kiểm sát, tòa án")],
)
def test_a_question_about_a_scam(question: str, starts: str) -> None:
    assert citizen().asks(question).reads.startswith(starts)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0905123318", "Số 0905•••318"),
        ("1900 1234", "Số 19001234: chưa có kết luận"),
        ("19034567890123", "Tài khoản •••123"),
        ("1903 4567 8901 23", "Tài khoản •••123"),
        ("VNeID.apk", "vneid[.]apk: tải thẳng một tệp về máy. Đừng mở, đừng cài."),
        ("vcb-xacthuc.top", "NHÁI Vietcombank"),
        ("@hotro_vcb24h", "[@]hotro_vcb24h"),
        ("https://vietcombank.com.vn", "đúng địa chỉ của Vietcombank"),
    ],
)
def test_a_bare_thing(text: str, says: str) -> None:
    assert says in citizen().asks(text).reads


def test_what_is_asked_after_a_warning_is_about_it_and_a_loss_is_not() -> None:
    asks = citizen().asks(next(iter(VI.samples.values())))
    for text in ["thật không?", "là sao", "thế tôi phải làm gì", "bây giờ tôi phải làm gì"]:
        assert "Về tin “Dien luc" in asks.asks(text).reads
    for text in ["chết rồi tôi chuyển tiền rồi", "làm rồi giờ sao", "tôi chuyển tiền rồi phải làm gì"]:
        assert citizen().asks(next(iter(VI.samples.values()))).asks(text).recorded(HelpNeeded), text


@pytest.mark.parametrize("text", DEEDS)
def test_a_deed_told_after_a_warning_is_first_aid(text: str) -> None:
    asks = citizen().asks(next(iter(VI.samples.values()))).asks(text)
    assert asks.reads.startswith("🔴 VIỆC CẦN LÀM NGAY")
    assert asks.recorded(HelpNeeded)


def test_a_deed_told_below_the_receipt_of_it_is_first_aid() -> None:
    receipt = "Giao dich thanh cong 20,000,000 VND NGUYEN VAN A 0123456789"
    asks = citizen().sends_picture(receipt, caption="đã chuyển tiền theo họ đấy")
    assert asks.reads.startswith("🔴 VIỆC CẦN LÀM NGAY: Đã chuyển tiền")
    assert asks.recorded(HelpNeeded)


@pytest.mark.parametrize("text", ["làm rồi giờ sao", *DEEDS])
def test_a_cry_without_a_message_before_is_first_aid(text: str) -> None:
    assert citizen().asks(text).recorded(HelpNeeded)


@pytest.mark.parametrize(
    "text", ["tôi phải làm gì bây giờ", "tôi không hiểu", "tôi chưa bấm link", "tôi run quá", "rối quá"]
)
def test_a_question_and_a_fright_are_no_loss(text: str) -> None:
    asks = citizen().asks(text)
    assert asks.recorded(HelpNeeded) == []
    assert asks.choices == ["emergency"]


@pytest.mark.parametrize("text", ["tôi run quá", "rối quá", "roi qua", "em run lắm"])
def test_who_trembles_is_comforted(text: str) -> None:
    assert citizen().asks(text).reads == VI.comfort


def test_a_genuine_code_is_no_scam_and_says_what_would_make_it_one() -> None:
    asks = citizen().asks("Vietcombank: Ma OTP cua quy khach la 483920. Khong chia se ma nay cho bat ky ai.")
    assert asks.replies[0].level is Level.NONE
    assert "Nó sẽ thành lừa đảo nếu" in asks.reads


@pytest.mark.parametrize("text", list(VI.samples.values()))
def test_no_quote_of_a_real_answer_can_be_tapped(text: str) -> None:
    asks = citizen().asks(text + " https://a-b.top/x @ho_tro 0905123318")
    told = [line for reply in asks.replies for line in reply.text.split("\n") if line.startswith("•")]
    assert not TAPPABLE.search("\n".join(told))


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "chuyển tiền " * 9000, "🙂" * 5000, "\u0301" * 3000 + "a", "http://" * 3000]
)
def test_hostile_texts(text: str) -> None:
    asks = citizen().does(Text(text))
    assert all(0 < len(reply.text) <= 2000 for reply in asks.replies)
