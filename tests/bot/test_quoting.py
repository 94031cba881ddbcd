"""A citizen's own words in an answer: short, and nothing in them to tap."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import defang, quoted, shortened

TAPPABLE = re.compile(
    r"(?i)https?://|\b[a-z]+://|\w\.[a-z]{2,}|(?<!\w)[@#]\w|(?<![\w/])/\w|\w@\w|(?<!\d)\d{9,}|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bam https://evn-makh.top/nop ngay", "bam hxxps[:]//evn-makh[.]top/nop ngay"),
        ("http://a.vn", "hxxp[:]//a[.]vn"),
        ("www.vcb-xacthuc.top", "www[.]vcb-xacthuc[.]top"),
        ("zalo://qr/p/abc", "zalo[:]//qr/p/abc"),
        ("vcb。top", "vcb[.]top"),
        ("vcb.\u200btop", "vcb[.]top"),
        ("http://10.0.0.1/a", "hxxp[:]//10[.]0[.]0[.]1/a"),
        ("@hotro_vcb", "[@]hotro_vcb"),
        ("go /start", "go [/]start"),
        ("a@b.vn", "a[@]b[.]vn"),
        ("goi 0905123318", "goi 0905•••318"),
        ("goi 0905 123 318 gap", "goi 0905•••318 gap"),
        ("+84 905 123 318", "8490•••318"),
        ("STK 19034567890123", "STK •••123"),
    ],
)
def test_what_could_be_tapped_is_broken(text: str, expected: str) -> None:
    assert defang(text) == expected


@pytest.mark.parametrize(
    "text", ["2.500.000 đồng", "Thôi. Xong rồi", "lúc 15:30", "50/50", "v.v.", "20/11", "30%", "A/B"]
)
def test_ordinary_words_stay(text: str) -> None:
    assert defang(text) == text


@given(st.text(max_size=300))
def test_a_quote_is_short_and_on_one_line(text: str) -> None:
    said = quoted(text)
    assert len(said) <= 60
    assert said == " ".join(said.split())


@given(
    st.lists(st.sampled_from([*"http :// @ # / . www abc vn 0905 123318 top \u200b 1 - ( )".split(), " "]), max_size=25)
)
def test_nothing_of_it_can_be_tapped(parts: list[str]) -> None:
    assert not TAPPABLE.search(quoted("".join(parts)))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0905123318", "0905•••318"),
        ("19034567890123", "•••123"),
        ("113", "113"),
        ("1900 1234", "19001234"),
        ("1800123456", "1800123456"),
        ("0xAbCd1234ef", "0xAb•••4ef"),
    ],
)
def test_a_number_is_shown_by_its_ends(number: str, shown: str) -> None:
    assert shortened(number) == shown
