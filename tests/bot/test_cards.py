"""The card to pass on: its size, its code, and that no text spoils it."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image, ImageChops

from bot import cards, media

CARD = cards.Card(
    title="Cảnh báo lừa đảo",
    method="Giả danh công an yêu cầu cài ứng dụng định danh",
    steps=(
        "Cúp máy, không làm theo lời người gọi.",
        "Hỏi công an xã, phường nơi mình ở.",
        "Lỡ cài rồi thì tắt mạng, gọi ngay ngân hàng để khóa tài khoản.",
    ),
    unit="PA05 – Công an tỉnh",
    link="https://zalo.me/canhgiac-vidu",
    call="Nghi ngờ thì hỏi Cảnh Giác:",
)


def opened(card: cards.Card) -> Image.Image:
    return Image.open(io.BytesIO(cards.png(card)))


def test_it_is_a_small_upright_png() -> None:
    packed = cards.png(CARD)
    assert Image.open(io.BytesIO(packed)).size == (cards.WIDTH, cards.HEIGHT)
    assert len(packed) < 300_000


def test_the_code_leads_to_the_bot() -> None:
    codes = zxingcpp.read_barcodes(opened(CARD))
    assert [code.text for code in codes] == [CARD.link]


def test_our_own_reader_can_read_it() -> None:
    said = media.read(cards.png(CARD)).text
    assert "ứng dụng định danh" in said
    assert "Hỏi công an xã, phường" in said
    assert CARD.link in said


def test_the_same_card_gives_the_same_bytes() -> None:
    assert cards.png(CARD) == cards.png(CARD)


@pytest.mark.parametrize(
    "card",
    [
        cards.Card("", "", (), "", ""),
        cards.Card("x" * 300, "w" * 500, ("y" * 800,) * 5, "z" * 300, "https://vi-du.vn/" + "a" * 300, "c" * 200),
        cards.Card("Cảnh báo " * 30, "Lừa đảo " * 60, ("từng bước một " * 40,) * 3, "Đơn vị " * 30, "", "Hỏi " * 50),
        cards.Card("<b>&amp;</b>", "#set page() $x$ *đậm*", ("{{ 7*7 }}", "\x00\n\t", "😀 ❤"), "…", "tin.vn"),
    ],
)
def test_no_text_runs_over_the_edge(card: cards.Card) -> None:
    picture = opened(card)
    below_the_band = picture.crop((cards.WIDTH - 60, 150, cards.WIDTH, cards.HEIGHT))
    white = Image.new("RGB", below_the_band.size, "white")
    assert ImageChops.difference(below_the_band, white).getbbox() is None


def test_what_does_not_fit_ends_in_dots() -> None:
    size, lines = cards._fit("Lừa đảo " * 60, cards._Box(900, 270, 64, 44, "Bold", "black"))
    assert size == 44
    assert lines[-1].endswith("…")


def test_the_text_says_the_same() -> None:
    said = cards.as_text(CARD)
    assert said.startswith("Cảnh báo lừa đảo: Giả danh công an")
    assert "3. Lỡ cài rồi" in said
    assert said.endswith("PA05 – Công an tỉnh")
    assert CARD.link in said
