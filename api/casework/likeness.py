"""How alike two messages are: a small fingerprint to find candidates by, and a comparison of the words.

Pure. Numbers are hidden before, so that the same message with another account is the same message.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import pairwise

from rapidfuzz import fuzz

FEWEST_WORDS = 8
BANDS = 4
_HASHES = 2 * BANDS
_SAME = 82.0
_WORD = re.compile(r"[^\W_]+")
_MASK = (1 << 31) - 1
_MOST = 1500


def bands(folded: str) -> tuple[int, ...]:
    """Four numbers of which near duplicates share at least one; empty for what is too short to compare."""
    words = _WORD.findall(re.sub(r"\d", "0", folded[:_MOST]))
    if len(words) < FEWEST_WORDS:
        return ()
    shingles = {f"{first} {second}" for first, second in pairwise(words)}
    digests = [hashlib.blake2b(shingle.encode(), digest_size=4 * _HASHES).digest() for shingle in shingles]
    least = [min(_part(digest, n) for digest in digests) for n in range(_HASHES)]
    return tuple((least[2 * n] * 31 + least[2 * n + 1]) & _MASK for n in range(BANDS))


def _part(digest: bytes, number: int) -> int:
    return int.from_bytes(digest[4 * number : 4 * number + 4], "big")


def alike(one: str, other: str) -> bool:
    """Whether two folded texts are the same message, give or take numbers and a few words."""
    return fuzz.ratio(_plain(one), _plain(other), score_cutoff=_SAME) > 0


def _plain(folded: str) -> str:
    return re.sub(r"[\d•]+", "0", folded[:_MOST])


def terms(texts: Iterable[str], among: int = 8) -> list[str]:
    """The word pairs that most of the texts share, the commonest first."""
    counted: dict[str, int] = {}
    for text in texts:
        words = [w for w in _WORD.findall(text.lower()) if not w.isdigit()]
        for pair in {f"{a} {b}" for a, b in pairwise(words)}:
            counted[pair] = counted.get(pair, 0) + 1
    return [pair for pair, _ in sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))[:among]]
