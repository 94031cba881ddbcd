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
HOLE = "…"
"""Stands for words that only one person sent."""
BANDS = 4
_HASHES = 2 * BANDS
_SAME = 82.0
_WORD = re.compile(r"[^\W_]+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
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


def shared(said: Iterable[tuple[str, str]]) -> list[str]:
    """Different texts as (whose, text), with … for each word that only one person sent: a name, or whatever else it is
    that nobody but them received. What is left are the words of whoever sends it to everybody."""
    said = list(said)
    people: dict[str, set[str]] = {}
    for whose, text in said:
        for word in text.split():
            people.setdefault(_bare(word), set()).add(whose)
    found = []
    for _, text in said:
        words = [word if len(people[_bare(word)]) > 1 else HOLE for word in text.split()]
        kept = [word for n, word in enumerate(words) if word != HOLE or words[n - 1 : n] != [HOLE]]
        if kept not in ([], [HOLE]):
            found.append(" ".join(kept))
    return list(dict.fromkeys(found))


def _bare(word: str) -> str:
    return _EDGES.sub("", word.casefold()) or word


def terms(texts: Iterable[str], among: int = 8) -> list[str]:
    """The word pairs that most of the texts share, the commonest first."""
    counted: dict[str, int] = {}
    for text in texts:
        pairs: set[str] = set()
        for part in text.lower().split(HOLE):
            words = [w for w in _WORD.findall(part) if not w.isdigit()]
            pairs |= {f"{a} {b}" for a, b in pairwise(words)}
        for pair in pairs:
            counted[pair] = counted.get(pair, 0) + 1
    return [pair for pair, _ in sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))[:among]]
