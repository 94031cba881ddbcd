"""Words of accented text: boundaries lie at the edges of words, from any thread, and hostile text costs little."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge import segmentation

segmentation.warm_up()


@pytest.mark.parametrize(
    ("plain", "inside"),
    [
        ("ngân hàng thông báo", "hàng"),
        ("công an yêu cầu chuyển tiền", "an"),
        ("tài khoản của bạn", "khoản"),
    ],
)
def test_a_syllable_inside_a_word_is_no_boundary(plain: str, inside: str) -> None:
    assert plain.index(inside) not in segmentation.boundaries(plain)


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ("ngân hàng thông báo", ["ngân hàng", "thông báo"]),
        ("mẹ ơi, con đang ở trường", ["mẹ", "con", "trường"]),
        ("mã otp: 482913!", ["otp", "482913"]),
    ],
)
def test_words_begin_and_end_at_boundaries(plain: str, words: list[str]) -> None:
    marks = segmentation.boundaries(plain)
    starts = [plain.index(w) for w in words]
    assert {*starts, *(s + len(w) for s, w in zip(starts, words, strict=True))} <= marks


@pytest.mark.parametrize(
    "plain", ["", " ", "...", "🎁🎁", "\ud800", "\x00", "a\u0301", "...a....b", "''\"\"", "http://a.b/c"]
)
def test_boundaries_lie_within_the_text(plain: str) -> None:
    assert all(0 <= at <= len(plain) for at in segmentation.boundaries(plain))


def test_text_beyond_the_cap_has_no_boundaries() -> None:
    plain = "ngân hàng " * 300
    assert max(segmentation.boundaries(plain)) <= segmentation.MAX_CHARS


def test_threads_agree() -> None:
    plain = "ngân hàng yêu cầu quý khách cập nhật tài khoản"
    alone = segmentation.boundaries(plain)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(segmentation.boundaries, [plain] * 16)) == {alone}


@pytest.mark.parametrize("piece", ["a", "a ", "1:", "a.b.", "@", ".", "ngân hàng ", "http://", "ế"])
def test_hostile_text_is_bounded(piece: str) -> None:
    plain = piece * (segmentation.MAX_CHARS // len(piece))
    segmentation.boundaries("làm nóng")
    start = time.process_time()
    segmentation.boundaries(plain)
    assert time.process_time() - start < 0.25
