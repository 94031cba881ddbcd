"""People tell of a call in a few words, often without diacritics. That is never "nothing found", and no emergency yet."""

from __future__ import annotations

import pytest

from knowledge.matcher import Judge
from knowledge.verdict import Intent, Level

TOLD = {
    "Có người gọi bà, nói là công an, kêu bà chuyển tiền": "gia-cong-an-vks-toa-an",
    "co nguoi goi noi la dien luc doi cat dien": "dien-luc-evn",
    "trung thuong xe may phai dong thue truoc": "trung-thuong-tri-an",
    "nhan duoc tin trung giai SH cua tiki": "trung-thuong-tri-an",
    "thay giao goi noi chau bi te cau thang can tien mo": "gia-giao-vien-y-te-cap-cuu",
    "công an phường gọi kêu cập nhật căn cước qua mạng": "vneid-gia-cap-nhat-cccd",
    "tuyển cộng tác viên làm việc tại nhà phải đóng tiền": "ctv-online-nhiem-vu",
    "co nguoi goi noi tu bao hiem xa hoi keu cap nhat vssid": "vssid-bhxh-gia",
    "nguoi ta chuyen nham tien vao tai khoan toi doi tra lai": "chuyen-nham-tien",
    "shipper goi noi giao hang roi keu chuyen khoan": "shipper-cod",
}
HONEST = [
    "chieu nay co giao goi bao chau bi sot, ra don",
    "shipper de hang truoc cua, tra tien roi",
    "xã mời họp dân tối thứ sáu",
    "con nhan mai ve an com",
]


@pytest.mark.parametrize("text", TOLD)
def test_a_call_told_in_a_few_words_is_asked_about_at_least(judge: Judge, text: str) -> None:
    verdict = judge.match(text)
    assert verdict.level is not Level.NONE
    assert verdict.methods[0].slug == TOLD[text]
    assert verdict.intent is Intent.CHECK


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_day_is_not_suspected(judge: Judge, text: str) -> None:
    assert judge.match(text).level in {Level.NONE, Level.UNKNOWN}


@pytest.mark.parametrize("text", ["Chuyen tien giup em 5 trieu", "me oi chuyen cho con 2 trieu dong hoc"])
def test_being_asked_for_money_is_not_having_paid(judge: Judge, text: str) -> None:
    assert judge.match(text).situation is None


def test_having_paid_is(judge: Judge) -> None:
    assert judge.match("Chuyen tien cho no 5 trieu roi").intent is Intent.EMERGENCY


LOST = [
    "em lỡ chuyển 20tr cho bọn nó r, đi từ MB Bank",
    "em vừa chuyển tiền cho công an giả rồi, ngân hàng Agribank",
    "lỡ chuyển tiền rồi ngân hàng Agribank giúp bác với",
    "me toi chuyen 50 trieu cho nguoi la roi phai lam sao",
    "toi doc ma otp cho nguoi ta roi",
    "giờ tôi lỡ cài app nó gửi rồi, máy tự chạy",
]
ONLY_WANTED = [
    "họ kêu tôi đọc 6 số trong tin nhắn",
    "nó gọi nói điện lực, kêu cài app",
    "người ta rủ tôi đầu tư chứng khoán lãi 30% một tháng",
    "cháu ơi có người gọi bảo bác phải chuyển tiền vào tài khoản công an để kiểm tra",
    "tôi đang ở ngân hàng chuẩn bị chuyển tiền",
    "bạn trên zalo nhắn mượn tiền",
]


@pytest.mark.parametrize("text", LOST)
def test_naming_the_bank_or_telling_it_short_hides_no_loss(judge: Judge, text: str) -> None:
    assert judge.match(text).intent is Intent.EMERGENCY


@pytest.mark.parametrize("text", ONLY_WANTED)
def test_what_others_want_has_not_happened(judge: Judge, text: str) -> None:
    assert judge.match(text).situation is None
