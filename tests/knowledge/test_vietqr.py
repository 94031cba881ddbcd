"""Payment codes: what they say, and that a broken one neither hides an account nor stops us."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import vietqr


def field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def payload(
    *,
    bin_: str = "970436",
    account: str = "0123456789012",
    service: str = "QRIBFTTA",
    name: str = "",
    amount: str = "",
    purpose: str = "",
) -> str:
    receiver = field("00", bin_) + field("01", account)
    body = field("00", "01") + field("01", "12" if amount else "11")
    body += field("38", field("00", "A000000727") + field("01", receiver) + field("02", service))
    body += field("53", "704") + (field("54", amount) if amount else "") + field("58", "VN")
    body += (field("59", name) if name else "") + (field("62", field("08", purpose)) if purpose else "")
    body += "6304"
    return body + vietqr.checksum(body)


def test_everything_is_read() -> None:
    transfer = vietqr.decode(payload(name="TRAN THI VI DU", amount="4500000", purpose="phi xac minh"))
    assert transfer == vietqr.Transfer(
        bin="970436",
        bank="Vietcombank",
        account="0123456789012",
        name="TRAN THI VI DU",
        amount=4_500_000,
        purpose="phi xac minh",
    )


def test_a_code_without_sum_and_name() -> None:
    transfer = vietqr.decode(payload())
    assert transfer is not None
    assert (transfer.amount, transfer.name, transfer.purpose) == (None, "", "")


def test_a_card_number() -> None:
    transfer = vietqr.decode(payload(account="9704360000000000", service="QRIBFTTC"))
    assert transfer is not None
    assert transfer.is_card


def test_an_unknown_bank_is_not_guessed() -> None:
    transfer = vietqr.decode(payload(bin_="999999"))
    assert transfer is not None
    assert transfer.bank == ""


@pytest.mark.parametrize("position", range(3))
def test_a_wrong_checksum_is_told_and_the_account_still_seen(position: int) -> None:
    good = payload(amount="4500000")
    bad = [good[:-1] + ("0" if good[-1] != "0" else "1"), good.replace("4500000", "9500000"), good[:-8]][position]
    transfer = vietqr.decode(bad)
    assert transfer is not None
    assert transfer.account == "0123456789012"
    assert not transfer.intact


def test_a_checksum_in_small_letters_counts() -> None:
    good = payload()
    transfer = vietqr.decode(good[:-4] + good[-4:].lower())
    assert transfer is not None
    assert transfer.intact


def test_the_checksum_is_the_one_of_the_standard() -> None:
    assert vietqr.checksum("123456789") == "29B1"


def test_of_a_repeated_field_the_first_counts() -> None:
    good = payload(amount="100000")
    transfer = vietqr.decode(good[:-8] + field("54", "999999999") + good[-8:])
    assert transfer is not None
    assert transfer.amount == 100_000


@pytest.mark.parametrize("amount", ["-5", "1e9", "١٢٣", "0", "abc", "99999999999999"])
def test_a_strange_sum_is_no_sum(amount: str) -> None:
    transfer = vietqr.decode(payload(amount=amount))
    assert transfer is not None
    assert transfer.amount is None


def test_a_sum_in_another_currency_is_no_sum_in_dong() -> None:
    transfer = vietqr.decode(payload(amount="50").replace("5303704", "5303840"))
    assert transfer is not None
    assert transfer.amount is None


def test_control_characters_do_not_pass() -> None:
    transfer = vietqr.decode(payload(name="A\nB\u202eC\x00D"))
    assert transfer is not None
    assert transfer.name == "A B C D"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "000201",
        "https://vi-du.vn/000201",
        "00020101021138",
        "0002010102113899",
        "000201" + "9" * 600,
        "0002010102115204581253037045802VN6304ABCD",
        "WIFI:S:nha;T:WPA;P:12345678;;",
    ],
)
def test_what_is_no_transfer(text: str) -> None:
    assert vietqr.decode(text) is None


@given(st.text(alphabet=string.digits + "AVNQRIBFT", max_size=300))
def test_nothing_breaks_it(text: str) -> None:
    transfer = vietqr.decode("000201" + text)
    assert transfer is None or transfer.account


@given(st.text(alphabet=string.digits, min_size=6, max_size=19), st.integers(1, 10**12))
def test_what_was_written_is_read(account: str, amount: int) -> None:
    transfer = vietqr.decode(payload(account=account, amount=str(amount)))
    assert transfer is not None
    assert (transfer.account, transfer.amount, transfer.intact) == (account, amount, True)


def test_the_table_of_banks_is_sound() -> None:
    banks = vietqr.banks()
    assert len(banks) > 50
    assert all(re.fullmatch(r"\d{6}", bin_) and name.strip() for bin_, name in banks.items())
    assert len(set(banks.values())) == len(banks)
