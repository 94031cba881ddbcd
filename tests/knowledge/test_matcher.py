"""What citizens send and what the judgement says: levels, names, evidence, frames, emergencies, hostile input."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import corpus, stages
from knowledge.catalogue import Situation
from knowledge.matcher import Judge
from knowledge.text import normalise
from knowledge.verdict import Frame, Intent, Level

FLAGGED = {Level.SCAM, Level.SUSPICIOUS}

SCAMS = [
    ("sms-brandname-bts", "Vietcombank: tai khoan cua quy khach dang nhap thiet bi la, xac nhan tai https://vietcombank.vn-kyc.top"),
    ("khoa-sim-chuan-hoa", "Cuc Vien thong thong bao so cua ban se bi khoa 2 chieu sau 2 gio, bam phim 9 de gap nhan vien"),
    ("gia-cong-an-vks-toa-an", "Tôi là điều tra viên Bộ Công an, bà liên quan đường dây rửa tiền, chuyển tiền vào tài khoản tạm giữ, không được nói với ai"),
    ("ctv-online-nhiem-vu", "Shop cần tuyển cộng tác viên chốt đơn tại nhà, làm nhiệm vụ nạp trước hoàn lại gốc kèm hoa hồng 20%, ngày 500k"),
    ("telegram-otp", "Bạn gửi giúp mình mã 5 số Telegram vừa gửi về máy bạn với, mình lỡ nhập nhầm số"),
    ("chuyen-nham-tien", "Anh ơi em chuyển nhầm vào tài khoản anh 3 triệu, anh chuyển lại giúp em vào số tài khoản khác này nhé"),
    ("dien-luc-evn", "Dien luc thong bao quy khach no tien dien, se cat dien trong hom nay, tai ung dung theo link de thanh toan"),
]  # fmt: skip

HONEST = [
    "Ma OTP cua quy khach la 482913. Tuyet doi khong cung cap ma nay cho bat ky ai, ke ca nhan vien ngan hang.",
    "TK 1029xxx847 VND -250,000 luc 12:41 03/11. So du 4,310,220. ND: thanh toan tien dien thang 10",
    "[QC] Soạn DT70 gửi 191: 70K/30 ngày có 15GB data tốc độ cao. Chi tiết LH 198 (0đ). Từ chối QC soạn TC4 gửi 199.",
    "Tối nay mẹ nấu canh chua, con về sớm nhé",
    "Lớp mình mai nghỉ học tiết đầu, các em đến lúc 8 giờ nha",
]


@pytest.mark.parametrize(("slug", "text"), SCAMS)
def test_a_known_scam_is_flagged_and_named(judge: Judge, slug: str, text: str) -> None:
    verdict = judge.match(text)
    assert verdict.level in FLAGGED
    assert slug in [c.slug for c in verdict.methods[:3]]


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_message_is_not_flagged(judge: Judge, text: str) -> None:
    verdict = judge.match(text)
    assert verdict.level is Level.NONE
    assert verdict.named == ()


@pytest.mark.parametrize(
    "disguise",
    [
        str.upper,
        lambda t: t.replace("a", "\u0430").replace("o", "\u043e"),
        lambda t: t.replace(" ", "  "),
        "\u200b".join,
        lambda t: t.replace("khoa", "k.h.o.a").replace("bam", "b.a.m"),
        lambda t: t.replace("o", "0"),
    ],
    ids=["capitals", "cyrillic", "spaces", "zero-width", "dots", "digits"],
)
def test_a_disguise_does_not_help(judge: Judge, disguise: object) -> None:
    _, text = SCAMS[1]
    verdict = judge.match(disguise(text))  # type: ignore[operator]
    assert verdict.level in FLAGGED
    assert verdict.methods[0].slug == "khoa-sim-chuan-hoa"


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("em lỡ chuyển 5 triệu cho nó rồi giờ làm sao", Situation.PAID),
        ("ba tui doc ma otp cho tui no roi", Situation.DISCLOSED),
        ("tôi lỡ cài cái app nó gửi, máy tự chạy", Situation.INSTALLED),
        ("facebook em bị hack mất rồi, nó nhắn vay tiền bạn bè em", Situation.ACCOUNT_LOST),
        ("nó dọa tung clip nhạy cảm của em lên mạng nếu không đưa tiền", Situation.BLACKMAILED),
        ("con lỡ bấm vào link rồi nhưng chưa nhập gì", Situation.CLICKED),
    ],
)
def test_what_has_happened_is_an_emergency(judge: Judge, text: str, situation: Situation) -> None:
    verdict = judge.match(text)
    assert verdict.intent is Intent.EMERGENCY
    assert verdict.situation is situation


@pytest.mark.parametrize(
    "text",
    [
        "họ kêu chuyển tiền mà tôi chưa chuyển, có nên chuyển không",
        "con đóng học phí xong rồi nha mẹ",
        "chị hỏi tải app ngân hàng ở cửa hàng nào cho đúng",
        "Công an cảnh báo: nhiều người đã chuyển tiền cho kẻ giả danh điều tra viên",
    ],
)
def test_what_has_not_happened_is_no_emergency(judge: Judge, text: str) -> None:
    assert judge.match(text).intent is not Intent.EMERGENCY


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("https://vietcombank.com.vn", Level.NONE),
        ("https://vietcombank.vn-xacthuc.top", Level.SCAM),
        ("0905123456", Level.UNKNOWN),
        ("số này lừa đảo không 0905 123 456", Level.UNKNOWN),
        ("stk 19034567890123 techcombank", Level.UNKNOWN),
        ("@tuyendung_shopee_vn", Level.UNKNOWN),
        ("zalo.me/g/abcxyz123", Level.UNKNOWN),
        ("cho tôi hỏi tài khoản 1029384756 MB Nguyen Van A có bị báo cáo chưa", Level.UNKNOWN),
        ("trang web http://vn-bocongan.com có thật của công an ko", Level.SCAM),
        ("is +84 28 1234 5678 a scam number?", Level.UNKNOWN),
    ],
)
def test_a_bare_thing_is_judged_by_itself(judge: Judge, text: str, level: Level) -> None:
    verdict = judge.match(text)
    assert verdict.frame is Frame.ENTITY
    assert verdict.level is level
    assert verdict.methods == ()


def test_a_warning_that_quotes_a_scam_is_a_warning(judge: Judge) -> None:
    text = (
        "Công an xã cảnh báo bà con: gần đây có đối tượng giả danh cán bộ điện lực gọi điện dọa cắt điện, yêu cầu tải ứng "
        "dụng qua đường link. Bà con tuyệt đối không làm theo."
    )
    verdict = judge.match(text)
    assert verdict.frame is Frame.WARNING_QUOTE
    assert verdict.level is Level.NONE


def test_evidence_quotes_the_citizens_own_words(judge: Judge) -> None:
    _, text = SCAMS[0]
    verdict = judge.match(text)
    spans = [e for e in verdict.evidence if e.span]
    assert spans
    assert all(text[e.span.start : e.span.end].split()[0] == e.quote.split()[0] for e in spans if e.span)


def test_english_is_recognised(judge: Judge) -> None:
    verdict = judge.match("Your parcel is held at customs, please pay the fee now at this link to receive your package")
    assert verdict.language == "en"
    assert verdict.level in FLAGGED


def test_the_same_text_always_gets_the_same_verdict_from_several_threads(judge: Judge) -> None:
    texts = [text for _, text in SCAMS] * 6
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(judge.match, texts)) == [judge.match(t) for t in texts]


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=400))
def test_no_text_breaks_the_judgement(judge: Judge, text: str) -> None:
    verdict = judge.match(text)
    for one in verdict.evidence:
        assert one.span is None or 0 <= one.span.start <= one.span.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00" * 50,
        "😀" * 5000,
        "\u200b" * 10000,
        "a\u0301" * 5000,
        "(a+)+$" * 900,
        "<script>" * 700,
        "x" * 100_000,
    ],
    ids=["empty", "space", "nul", "emoji", "zero-width", "marks", "pattern", "html", "long"],
)
def test_hostile_text_costs_little_and_is_never_called_a_scam(judge: Judge, text: str) -> None:
    began = time.process_time()
    verdict = judge.match(text)
    assert time.process_time() - began < 0.2
    assert verdict.level is not Level.SCAM


@pytest.mark.parametrize(
    "told",
    [
        "ông kia kêu tôi nạp trách nhiệm 5 triệu, có phải lừa đảo không",
        "có phải lừa đảo không anh chị ơi, nó kêu em nạp tiền",
        "tôi chưa chuyển tiền, họ bảo tôi bị lừa đảo",
        "lừa đảo",
        "tuyển cộng tác viên làm nhiệm vụ, chuyển trước 200k nhận lại 260k",
    ],
)
def test_no_reason_quotes_half_a_word_or_what_only_asks(judge: Judge, told: str) -> None:
    for quote in (e.quote for e in judge.match(told).evidence if e.stage == "by_wording"):
        assert stages.is_telling(quote)
        assert "lừa đảo" not in quote


def test_every_warning_quotes_words_of_the_message_that_speak_for_it(judge: Judge) -> None:
    scams = [r.text for r in corpus.load() if r.half == "fit" and r.truth == "scam"]
    silent = []
    for text in scams:
        verdict = judge.match(text)
        told = [e for e in verdict.evidence if e.span and e.weight > 0 and e.quote.strip()]
        assert all(stages.quote_of(text, e.span) == e.quote for e in told if e.span)
        if verdict.level in FLAGGED and not told:
            silent.append(text[:60])
    assert silent == []


@pytest.mark.parametrize(
    ("told", "quote"),
    [
        ("fb bị chiếm rồi ad ơi", "fb bị chiếm rồi ad ơi"),
        ("bay mất 7 triệu rồi", "bay mất 7 triệu rồi"),
        ("bac bi lua sach tien roi", "bac bi lua sach tien roi"),
    ],
)
def test_a_loss_like_no_method_is_told_by_its_own_words(judge: Judge, told: str, quote: str) -> None:
    verdict = judge.match(told)
    assert verdict.level in FLAGGED
    assert quote in [e.quote for e in verdict.evidence]


@pytest.mark.parametrize(
    ("raw", "speaking", "quotes"),
    [
        (
            "dạ vâng, họ bắt đóng phí bảo lãnh, em sợ",
            [("dong", 0.2), ("bao lanh", 0.3), ("so", 0.1)],
            ["đóng phí bảo lãnh"],
        ),
        ("mai con về. đóng phí nhé", [("ve", 0.1), ("dong", 0.2), ("phi", 0.1)], ["đóng phí"]),
        ("có phải không", [("phai", 0.2), ("khong", 0.2)], []),
        ("cơm chiều nay", [], []),
        ("", [("phi", 0.1)], []),
    ],
)
def test_the_words_that_speak_most_are_quoted_within_their_clause(
    raw: str, speaking: list[tuple[str, float]], quotes: list[str]
) -> None:
    assert [e.quote for e in stages.by_manner(normalise(raw), speaking, frozenset())] == quotes


@pytest.mark.parametrize(
    "quote", ["nhiệm", "chuyển", "tôi chưa", "lừa đảo", "bị lừa", "có phải", "không", "ck", "phải không?"]
)
def test_what_tells_a_reader_nothing(quote: str) -> None:
    assert not stages.is_telling(quote)


@pytest.mark.parametrize("quote", ["nhiệm vụ", "telegram", "VNeID", "chuyển tiền", "nạp trước"])
def test_what_tells_a_reader_something(quote: str) -> None:
    assert stages.is_telling(quote)


@pytest.mark.parametrize(
    ("raw", "quote"),
    [
        ("làm nhiệm vụ", "nhiệm vụ"),
        ("nạp trách nhiệm 5 triệu", "trách nhiệm"),
        ("nhiệm", "nhiệm"),
        ("nhiệm. Vụ", "nhiệm"),
    ],
)
def test_a_syllable_is_quoted_with_the_other_half_of_its_word(raw: str, quote: str) -> None:
    assert [e.quote for e in stages.by_wording(normalise(raw), [("nhiem", 0.2)], "m")] == [quote]
