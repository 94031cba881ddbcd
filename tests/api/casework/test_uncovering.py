"""Numbers come back into a masked text where they are kept sealed; what is never kept stays hidden."""

from __future__ import annotations

import pytest

from api import masking
from api.casework import named
from api.casework.uncovering import restored


@pytest.mark.parametrize(
    "text",
    [
        "gọi 0905123318 ngay",
        "gọi +84 905.123.318 hoặc 84905123318",
        "STK 1903 4567 890 123, số máy (0905) 123 318",
        "hai tài khoản 19034567890123 và 10887766554433",
        "không có số nào",
    ],
)
def test_numbers_come_back_as_they_were_written(text: str) -> None:
    assert restored(masking.mask(text), named.found_in(text)) == text


@pytest.mark.parametrize("secret", ["mã OTP là 483920", "mật khẩu: abc12345", "căn cước 079201001234"])
def test_what_is_never_kept_stays_hidden(secret: str) -> None:
    text = f"{secret} , gọi 0905123318"
    plain = restored(masking.mask(text), [one for one in named.found_in(text) if one.value == "0905123318"])
    assert "0905123318" in plain
    assert masking.mask(secret) in plain
    assert masking.HIDDEN in masking.mask(secret)


def test_a_mask_that_fits_two_numbers_stays() -> None:
    text = "gọi 0905123318 hoặc 0905999318"
    assert restored(masking.mask(text), named.found_in(text)) == masking.mask(text)


def test_offsets_stay_true() -> None:
    text = "STK 1903.4567.890.123 " * 40
    masked = masking.mask(text)
    assert len(restored(masked, named.found_in(text))) == len(masked) == len(text)
