"""People tell of a call in a few words, often without diacritics. That is never "nothing found", and no emergency yet."""

from __future__ import annotations

import pytest

from knowledge import telling
from knowledge.catalogue import Situation
from knowledge.matcher import Judge
from knowledge.text import normalise
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


DONE = {
    "chuyen khoan nham cho lua dao": Situation.PAID,
    "bác vừa chuyển khoản cho công an giả xong": Situation.PAID,
    "em ck nhầm cho tk lừa đảo r": Situation.PAID,
    "bo em vua ck cho bon gia danh vien kiem sat": Situation.PAID,
    "vừa cọc cho shop lừa đảo xong": Situation.PAID,
    "lỡ chuyển rồi": Situation.PAID,
    "i already sent the money": Situation.PAID,
    "lo bam link roi": Situation.CLICKED,
    "ông vừa đọc mã otp cho người ta xong": Situation.DISCLOSED,
    "chú mới cài cái app dịch vụ công nó gửi": Situation.INSTALLED,
}
NOT_DONE = [
    "họ bảo tôi chuyển tiền",
    "có nên chuyển không",
    "tôi chưa chuyển",
    "tôi không có chuyển gì hết",
    "suýt chuyển cho nó",
    "suyt nua thi ck cho lua dao",
    "bác chuẩn bị ra ngân hàng chuyển cho công an",
    "ai đã từng chuyển tiền cho bọn này chưa",
    "Bạn vừa chuyển thành công 500.000d tới NGUYEN VAN A",
    "TK 0123xxx vua chuyen 2,000,000 VND. SD: 5,300,000",
    "Một phụ nữ ở Hà Nội vừa chuyển 2 tỷ cho công an giả, công an đang điều tra",
    "mẹ vừa chuyển tiền ăn cho con rồi nhé",
    "shop ơi em ck rồi nha, check giúp em",
    "Bác ơi lương hưu tăng 15%, bác gửi ảnh căn cước qua Zalo cho cháu rồi đọc mã ngân hàng để cháu nhập cho",
]
CRIES = [
    "lỡ rồi",
    "lo roi",
    "i'm scared",
    "sợ quá",
    "so qua chau oi",
    "trời ơi",
    "mất rồi",
    "chết rồi",
    "giờ sao đây",
    "tôi run quá",
    "rối quá",
    "roi qua",
    "em rung lắm",
    "bác rối quá cháu ơi",
]


@pytest.mark.parametrize("text", DONE)
def test_a_deed_told_as_done_is_an_emergency_however_it_is_typed(judge: Judge, text: str) -> None:
    verdict = judge.match(text)
    assert verdict.intent is Intent.EMERGENCY
    assert verdict.situation is DONE[text]


@pytest.mark.parametrize("text", NOT_DONE)
def test_a_deed_that_is_denied_wanted_reported_or_honest_is_none(judge: Judge, text: str) -> None:
    assert judge.match(text).situation is None


@pytest.mark.parametrize("text", ["họ bảo đóng 2 triệu", "con tôi bảo gửi 2 triệu", "no keu nop 3 trieu"])
def test_what_is_asked_for_in_a_few_words_was_not_done_and_is_not_surely_a_scam(judge: Judge, text: str) -> None:
    verdict = judge.match(text)
    assert (verdict.level, verdict.situation) == (Level.SUSPICIOUS, None)


CONTACTED = [
    "tôi nhận được tin nhắn lạ", "toi nhan duoc cuoc goi la", "có người gọi cho tôi", "công an gọi cho tôi",
    "có người lạ nhắn tin cho em", "tôi nhận được tin nhắn từ ngân hàng", "i got a strange message",
]  # fmt: skip


@pytest.mark.parametrize("text", CONTACTED)
def test_who_was_only_called_or_written_to_is_asked_what_was_wanted(judge: Judge, text: str) -> None:
    verdict = judge.match(text)
    assert (verdict.level, verdict.intent, verdict.situation, verdict.methods) == (
        Level.UNKNOWN,
        Intent.CHECK,
        None,
        (),
    )


@pytest.mark.parametrize(
    "text", ["có người gọi cho tôi bảo trúng thưởng", "công an gọi cho tôi bảo chuyển tiền", "tin nhắn lạ có link"]
)
def test_what_a_call_wanted_is_judged(judge: Judge, text: str) -> None:
    assert judge.match(text).methods != ()


@pytest.mark.parametrize("text", CRIES)
def test_a_cry_is_asked_about_and_is_no_loss_that_was_told(judge: Judge, text: str) -> None:
    verdict = judge.match(text)
    assert (verdict.level, verdict.intent, verdict.situation) == (Level.UNKNOWN, Intent.CHECK, None)
    assert (verdict.methods, verdict.question) == ((), None)


@pytest.mark.parametrize(
    "text",
    [
        "cảm ơn con",
        "làm rồi giờ sao",
        "alo",
        "số mấy",
        "lo cho con",
        "em ơi",
        "chuyển rồi",
        "mất hết tiền rồi",
        "rung chuông",
        "xong rồi",
    ],
)
def test_what_is_more_or_less_than_a_cry_is_read_as_ever(text: str) -> None:
    assert not telling.is_only_fear(normalise(text))


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("lỡ chuyển khoản mất rồi", Situation.PAID),
        ("lỡ chuyển nhầm vào số của anh", None),
        ("lỡ chuyển nhầm cho bọn lừa đảo", Situation.PAID),
        ("tôi lo chuyện học của con", None),
        ("đưa cho nó mã otp rồi", Situation.DISCLOSED),
        ("vừa chuyển nhà xong", None),
        ("đóng phí xong mới biết bị lừa", Situation.PAID),
        ("nạp tiền xong thì nó chặn", Situation.PAID),
        ("vừa nạp tiền điện thoại cho bà xong", None),
        ("chưa nạp cho nó đồng nào", None),
    ],
)
def test_regret_the_receiver_or_the_outcome_shows_that_it_was_done(text: str, done: Situation | None) -> None:
    assert telling.deeds(normalise(text)).done is done


def test_what_is_named_only_as_not_done_is_known_as_such() -> None:
    assert telling.deeds(normalise("họ kêu bấm link mà tôi chưa chuyển gì")).undone == {
        Situation.CLICKED,
        Situation.PAID,
    }
