"""What is hidden in a text that is kept, and what is not."""

from __future__ import annotations

import pytest

from api.masking import mask


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("gọi 0905123318 ngay", "gọi 0905•••318 ngay"),
        ("gọi 0905.123.318", "gọi 0905.•••.318"),
        ("gọi +84 905 123 318", "gọi +84 90• ••• 318"),
        ("STK 19034567890123 VCB", "STK ••••••••••0123 VCB"),
        ("thẻ 4111 1111 1111 1234", "thẻ •••• •••• •••• 1234"),
        ("cccd 049123456789", "cccd 0491•••••789"),
        ("Mã OTP là 482913", "Mã OTP là ••••••"),
        ("mã OTP nó xin là 482913 rồi", "mã OTP nó xin là •••••• rồi"),
        ("ma otp no xin la 482913", "ma otp no xin la ••••••"),
        ("mật khẩu em lỡ đưa nó là Hoa@2020x", "mật khẩu em lỡ đưa nó là •••••••••"),
        ("xin mã OTP, số nó là 0905123318", "xin mã OTP, số nó là 0905•••318"),
        ("xin mã OTP rồi số nó là 0905123318", "xin mã OTP rồi số nó là 0905•••318"),
        ("ma xac nhan: 9021", "ma xac nhan: ••••"),
        ("mật khẩu: Hoa@2020x", "mật khẩu: •••••••••"),
        ("thư tới lan.nguyen@gmail.com", "thư tới l•••••••••@gmail.com"),
        ("0 9 0 5 1 2 3 3 1 8", "0 9 0 5 • • • 3 1 8"),
        ("chuyển 25.000.000 đ", "chuyển 25.000.000 đ"),
        ("nạp 1.500.000 vnd trước 24/11/2026", "nạp 1.500.000 vnd trước 24/11/2026"),
        ("gọi 113 hoặc 18001166", "gọi 113 hoặc •••••166"),
        ("làm từ 8h đến 17h30", "làm từ 8h đến 17h30"),
    ],
)
def test_numbers_are_hidden_and_sums_are_kept(text: str, kept: str) -> None:
    assert mask(text) == kept


@pytest.mark.parametrize(
    "text", ["", "\0", "0905123318" * 500, "a@b.vn " * 500, "mã " * 2000, "otp a b c d " * 2000, "１２３４５６７８９０"]
)
def test_offsets_stay_true(text: str) -> None:
    assert len(mask(text)) == len(text)


def test_postgresql_can_keep_it() -> None:
    assert mask("a\0b\ud800") == "a\ufffdb?"
