"""Catalogue phrases are found nearly letter for letter, where brute force would find them, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from knowledge.phrase_index import PhraseIndex, cutoff_for

PHRASES = ("thue bao se bi khoa hai chieu", "bam phim chin de gap tong dai", "chu giup em", "chung minh trong sach")
INDEX = PhraseIndex(PHRASES)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("quy khach luu y thue bao se bi khoa hai chieu sau hai gio", 0),
        ("thue bao se bi khoa hai chiu ngay", 0),
        ("moi bam phim chin de gap tong dai vien", 1),
        ("anh chu giup em voi", 2),
        ("chuyen tien de chung minh trong sach nhe", 3),
    ],
)
def test_a_phrase_is_found_where_it_stands(text: str, phrase: int) -> None:
    hit = INDEX.search(text)[0]
    assert hit.phrase == phrase
    assert fuzz.ratio(text[hit.start : hit.end], PHRASES[phrase]) > 80


@pytest.mark.parametrize(
    "text", ["chup giup m", "thue nha hai chieu nay", "", "x", "bam chuong de gap bac si", "minh trong rau sach"]
)
def test_near_misses_are_not_found(text: str) -> None:
    assert INDEX.search(text) == []


@given(st.text(alphabet="abcdeghiklmnopqrstuvxy ", max_size=300))
def test_the_index_finds_what_brute_force_finds(text: str) -> None:
    best = max(
        (s for p in PHRASES if len(text) >= len(p) - 1 and (s := fuzz.partial_ratio(p, text)) >= cutoff_for(len(p))),
        default=0.0,
    )
    found = INDEX.search(text)
    assert (found[0].score if found else 0.0) == pytest.approx(best)


def test_an_empty_index_answers() -> None:
    assert PhraseIndex([]).search("bat cu dieu gi") == []
