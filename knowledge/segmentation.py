"""Words of accented Vietnamese, by underthesea's word segmenter.

Loaded once, on ``warm_up`` or first use, never at import; guarded, because its first call from several threads at once
breaks it. Unaccented text is not segmented: the model guesses there, and the matcher works on syllables instead.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache

MAX_CHARS = 1200

_lock = threading.Lock()


@cache
def _segmenter() -> Callable[[str], list[str]]:
    from underthesea import word_tokenize

    def segment(text: str) -> list[str]:
        words: list[str] = word_tokenize(text, use_token_normalize=False)
        return words

    segment("làm nóng mô hình")
    return segment


def warm_up() -> None:
    """Load the model; call it once at start, before threads."""
    with _lock:
        _segmenter()


def boundaries(plain: str) -> frozenset[int]:
    """Offsets in clean accented text where a word begins or ends. Text beyond 1,200 characters has none."""
    text = plain[:MAX_CHARS].encode("utf-8", "replace").decode()  # the model refuses lone surrogates
    warm_up()
    marks: set[int] = set()
    at = 0
    for word in _segmenter()(text):
        for part in (word,) if text.find(word, at) >= 0 else word.split():
            start = text.find(part, at)
            if start < 0:
                continue
            at = start + len(part)
            marks |= {start, at}
    return frozenset(marks)
