"""Long text in bubbles, choices as numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wording
from bot.channels.splitting import split, utf16_length, with_choices
from bot.replies import Button, choice_of
from tests.bot.channels import recorded
from tests.bot.channels.recorded import button


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 10, []),
        (" \n ", 10, []),
        ("ngắn", 10, ["ngắn"]),
        ("một hai\n\nba bốn\nnăm", 15, ["một hai", "ba bốn\nnăm"]),
        ("một hai ba\nbốn năm", 15, ["một hai ba", "bốn năm"]),
        ("Một câu. Hai câu nữa.", 15, ["Một câu.", "Hai câu nữa."]),
        ("một hai ba bốn", 10, ["một hai ba", "bốn"]),
        ("liềnkhôngcáchnào", 6, ["liềnkh", "ôngcác", "hnào"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),
        ("😀", 1, ["😀"]),
    ],
)
def test_a_text_is_cut_where_a_reader_pauses(text: str, limit: int, pieces: list[str]) -> None:
    assert split(text, limit) == pieces


def test_an_emoji_family_is_not_torn() -> None:
    family = "👨‍👩‍👧"
    assert split(f"{'a' * 8}{family}", 12) == ["a" * 8, family]


def test_an_accent_stays_on_its_letter() -> None:
    assert split("aaae\u0301bb", 4) == ["aaa", "e\u0301bb"]


@given(recorded.texts, st.integers(10, 200))
def test_nothing_but_space_is_lost_and_no_piece_is_too_long(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(piece.strip() and utf16_length(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_hundred_thousand_characters_are_cut_quickly() -> None:
    assert len(split("không có chấm " * 10_000, 4000)) < 60


@given(recorded.texts, st.lists(recorded.buttons, max_size=12), st.integers(50, 4000))
def test_with_choices_every_bubble_is_within_the_limit(text: str, choices: list[Button], limit: int) -> None:
    assert all(utf16_length(piece) <= limit for piece in with_choices(text, choices, limit))


def test_choices_stand_below_the_text() -> None:
    shown = with_choices("Có dấu hiệu lừa đảo.", [button(), button("report", "Báo công an")], 1900)
    assert shown == [f"Có dấu hiệu lừa đảo.\n\n{wording.VI.choose}\n1. Vì sao?\n2. Báo công an"]


@pytest.mark.parametrize(
    "said", ["2", " 2 ", "2.", "2)", "(2)", "số 2", "So 2", "chọn 2", "２", "2️⃣", "báo công an!", "Báo công an"]
)
def test_a_choice_typed_back_is_understood(said: str) -> None:
    chosen = choice_of(said, [button(), button("report", "🚨 Báo công an")])
    assert chosen is not None
    assert chosen.choice == "report"


@pytest.mark.parametrize("said", ["", "0", "3", "22", "2 triệu", "báo", "số 2 hay 1", "?", "-1", "²x"])
def test_what_is_not_a_choice_is_none(said: str) -> None:
    assert choice_of(said, [button(), button("report", "Báo công an")]) is None


@given(st.text(max_size=30))
def test_any_words_can_be_asked_about(said: str) -> None:
    assert choice_of(said, [button()]) in {None, button()}
