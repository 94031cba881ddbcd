"""Secrets that citizens type into a report by mistake."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import masked


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("OTP là 483920", "483920"),
        ("mã otp: 48 39 20", "48 39 20"),
        ("ma xac nhan 483920", "483920"),
        ("Mã xác thực của tôi là 4839", "4839"),
        ("483920 là mã otp", "483920"),
        ("483920 is my code", "483920"),
        ("OTP=４８３９２０", "483920"),
        ("mã pin 1234", "1234"),
        ("cvv 123", "123"),
        ("mật khẩu của tôi là hoahong", "hoahong"),
        ("mat khau: Hoa@1988", "Hoa@1988"),
        ("MẬT KHẨU ngân hàng là Hoa1988!", "Hoa1988!"),
        ("M\u00e2\u0323t kh\u00e2\u0309u: 123456", "123456"),
        ("mk Hoa1988", "Hoa1988"),
        ("pass=abc123", "abc123"),
        ("my password is hunter2", "hunter2"),
        ("mật khẩu: 1\u200b2\u200b3456", "123456"),
        ("thẻ 4111 1111 1111 1111", "1111 1111"),
        ("thẻ 4111-1111-1111-1111 nhé", "1111-1111"),
        ("số thẻ 9704150000000000123", "970415"),
        ("căn cước 048090001234", "048090001234"),
        ("cccd: 048090001234", "048090001234"),
        ("nó hỏi tôi đọc 483920", "483920"),
        ("mã OTP nó xin là 483920", "483920"),
        ("mật khẩu em lỡ đưa cho nó là Hoa@1988", "Hoa@1988"),
    ],
)
def test_a_secret_is_hidden(text: str, secret: str) -> None:
    hidden = masked(text)
    assert secret not in hidden
    assert "•••" in hidden


@pytest.mark.parametrize(
    "text",
    [
        "0905123318",
        "stk 19034567890123 Techcombank, tên NGUYEN VAN A",
        "mất 2.500.000 đồng",
        "chuyển 20 triệu lúc 15:30 ngày 20/11/2026",
        "mật khẩu ngân hàng và mã OTP",
        "mã OTP là gì tôi không biết",
        "người xưng công an, Zalo tên Hùng",
        "mã khách hàng PE0712",
        "nó xin mã OTP rồi số của nó là 0905123318",
        "xin mật khẩu, số tài khoản của nó là 19034567890123",
        "chưa mất, 0",
    ],
)
def test_what_an_operator_needs_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "kept"), [("tôi đưa 483920", "tôi đưa •••"), ("48-39-20", "•••"), ("đưa 500000 đồng", "đưa 500000 đồng")]
)
def test_a_lone_number_is_hidden_where_people_answer_with_the_code(text: str, kept: str) -> None:
    assert masked(text, codes_alone=True) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mk Hoa@1988, thẻ 4111 1111 1111 1111, otp 483920", "mk •••, thẻ •••, otp •••"),
        ("mật khẩu em đưa nó: Hoa@1988; rồi thôi", "mật khẩu em đưa nó: •••; rồi thôi"),
        ("mk Hoa,19@88, thẻ", "mk •••, thẻ"),
    ],
)
def test_the_comma_after_a_secret_stays(text: str, kept: str) -> None:
    assert masked(text) == kept


@given(st.text(max_size=2000))
def test_it_never_fails_and_hiding_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert len(once) <= 4000
    masked(once)


@pytest.mark.parametrize(
    "hostile", ["otp " * 5000, "1 " * 50_000, "mat khau la " * 3000, "a@1" * 30_000, "9" * 100_000]
)
def test_hostile_text_is_quick(hostile: str) -> None:
    began = time.perf_counter()
    masked(hostile, codes_alone=True)
    assert time.perf_counter() - began < 0.2
