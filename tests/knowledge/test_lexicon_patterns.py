"""Patterns of words: found in any writing of the same words, and not in words that only look the same unaccented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.lexicon import MAX_GAP, Hit, Patterns
from knowledge.text import Spelling, normalise

SPELLING = Spelling.of({"ck": "chuyển khoản"}, ["otp", "zalo"])


def hits(patterns: list[str], raw: str) -> list[Hit]:
    return Patterns((p, p) for p in patterns).find(normalise(raw, SPELLING).tokens)


def is_found(pattern: str, raw: str) -> bool:
    return bool(hits([pattern], raw))


class TestFound:
    @pytest.mark.parametrize(
        ("pattern", "raw"),
        [
            ("chuyển khoản", "hãy chuyển khoản ngay"),
            ("chuyển khoản", "HAY CHUYEN KHOAN NGAY"),
            ("chuyển khoản", "hãy ck ngay"),
            ("chuyển khoản", "chuyenkhoan ngay"),
            ("chuyển khoản", "ch.uyển kh0ản"),
            ("mã otp", "đọc mã OTP"),
            ("mã otp", "doc ma 0tp"),
            ("mã", "cho xin mã"),
            ("mã", "cho xin ma"),
            ("hoà bình", "hòa bình"),
            ("hòa", "hoà"),
            ("giữ bí mật", "GIỮ BÍ-MẬT"),
            ("không được nói với ai", "khong duoc noi voi ai"),
            ("đọc * mã", "đọc mã"),
            ("đọc * mã", "đọc cho em mã"),
            ("đọc * mã", "đọc giúp cho em mã"),
            ("đọc * mã * nhé", "đọc giùm mã đó đi nhé"),
            ("zalo", "kết bạn Z4lo"),
        ],
    )
    def test_pattern(self, pattern: str, raw: str) -> None:
        assert is_found(pattern, raw)


class TestNearMiss:
    @pytest.mark.parametrize(
        ("pattern", "raw"),
        [
            ("mã", "má ơi"),
            ("mã", "con mả"),
            ("lừa", "cánh đồng lúa"),
            ("bạc", "gió bấc"),
            ("đánh bạc", "danh bác"),
            ("chuyển khoản", "chuyển nhà khoản nợ"),
            ("chuyển khoản", "khoản chuyển"),
            ("đọc * mã", "đọc giúp cho em cái mã"),
            ("đọc * mã", "mã đọc"),
            ("otp", "otpx"),
            ("an ninh", "anninhx"),
        ],
    )
    def test_pattern_is_not_there(self, pattern: str, raw: str) -> None:
        assert not is_found(pattern, raw)

    def test_three_syllables_speak_for_themselves(self) -> None:
        assert is_found("lệnh bắt giam", "lênh bặt giám")

    def test_pattern_must_not_begin_with_a_gap(self) -> None:
        with pytest.raises(ValueError, match="gap"):
            Patterns([("x", "* mã")])


class TestHit:
    def test_tells_its_place_and_length(self) -> None:
        (hit,) = hits(["đọc * mã"], "xin đọc cho em mã đi")
        assert (hit.first, hit.last, hit.words) == (1, 5, 2)

    def test_is_told_for_every_place(self) -> None:
        assert [h.first for h in hits(["mã"], "mã một mã hai")] == [0, 2]

    def test_takes_the_nearest_end_of_a_gap(self) -> None:
        (hit,) = hits(["đọc * mã"], "đọc mã rồi mã")
        assert hit.last == 2

    def test_overlapping_patterns_are_all_told(self) -> None:
        assert {h.name for h in hits(["tài khoản", "khoản tiền"], "tài khoản tiền")} == {"tài khoản", "khoản tiền"}

    def test_comes_in_order_of_place(self) -> None:
        found = hits(["mã", "otp", "đọc mã"], "otp đọc mã otp mã")
        assert [h.first for h in found] == sorted(h.first for h in found)

    def test_of_nothing_is_nothing(self) -> None:
        assert hits(["mã"], "") == []
        assert hits([], "mã") == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("đọc mã cho em otp chuyển khoản ck nhé".split()), max_size=25))
def test_hits_lie_within_the_tokens(words: list[str]) -> None:
    tokens = normalise(" ".join(words), SPELLING).tokens
    found = Patterns((p, p) for p in ["đọc * mã", "chuyển khoản", "otp", "mã * otp"]).find(tokens)
    assert all(0 <= h.first < h.last <= len(tokens) and h.last - h.first <= h.words + MAX_GAP for h in found)


@pytest.mark.parametrize("row", ["đọc ", "đọc mã ", "a ", "đọc cho "])
def test_gaps_cost_little(row: str) -> None:
    patterns = Patterns([("gaps", "đọc * đọc * mã otp"), ("end", "a * a * b")])
    tokens = normalise(row * 1200, SPELLING).tokens
    start = time.process_time()
    patterns.find(tokens)
    assert time.process_time() - start < 0.2
