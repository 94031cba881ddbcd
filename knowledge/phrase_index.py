"""Which catalogue phrases stand in a text, nearly letter for letter, at a cost that stays nearly flat as phrases grow.

Each phrase is filed only under its rarest runs of letters. A text's runs propose the phrases whose filed runs it
shares; rapidfuzz scores those few. A phrase within the cut-off of a text keeps most of its runs, so what brute force
would find first is found here too (``make bench`` counts how often). Short phrases must stand nearly exactly: two
letters off, "chi giup em" is another sentence.
Must not know what a phrase means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

RUN = 5
FILED = 16
SHARED = 0.2
PROPOSED = 400


def cutoff_for(length: int) -> float:
    """The least score (0–100) at which a phrase of so many letters counts as standing in a text."""
    if length < 12:
        return 100.0
    return 93.0 if length < 18 else 86.0


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """Phrase number ``phrase`` with its score (0–100) at ``start``–``end`` of the searched text."""

    phrase: int
    score: float
    start: int
    end: int


class PhraseIndex:
    """An immutable index over folded phrases (words joined by one space)."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.phrases = tuple(phrases)
        grams = [sorted(_grams(p)) for p in self.phrases]
        frequency: dict[str, int] = {}
        for own in grams:
            for gram in own:
                frequency[gram] = frequency.get(gram, 0) + 1
        filed = [sorted(own, key=lambda g: (frequency[g], g))[:FILED] for own in grams]
        self._filed = np.array([max(1, len(own)) for own in filed] or [1], dtype=np.int32)
        self._needed = np.maximum(1, np.rint(SHARED * self._filed)).astype(np.int32)
        self._ids: dict[str, int] = {}
        postings: list[list[int]] = []
        for number, own in enumerate(filed):
            for gram in own:
                at = self._ids.setdefault(gram, len(self._ids))
                if at == len(postings):
                    postings.append([])
                postings[at].append(number)
        self._postings = [np.array(p, dtype=np.int32) for p in postings]

    def search(self, text: str) -> list[PhraseHit]:
        """Phrases that stand in ``text`` well enough for their length, best and longest first."""
        hits = []
        for number in self._propose(text):
            phrase = self.phrases[number]
            if len(text) >= len(phrase) - 1:
                score = fuzz.partial_ratio(phrase, text, score_cutoff=cutoff_for(len(phrase)))
                if score:
                    hits.append((score, number))
        hits.sort(key=lambda h: (-h[0], -len(self.phrases[h[1]]), h[1]))
        return [self._placed(number, score, text) for score, number in hits]

    def _placed(self, number: int, score: float, text: str) -> PhraseHit:
        where = fuzz.partial_ratio_alignment(self.phrases[number], text, score_cutoff=score - 1)
        if where is None:
            return PhraseHit(number, score, 0, len(text))
        return PhraseHit(number, score, where.dest_start, where.dest_end)

    def _propose(self, text: str) -> list[int]:
        touched = [self._postings[at] for at in {self._ids[g] for g in _grams(text) if g in self._ids}]
        if not touched:
            return []
        numbers, counts = _tally(np.concatenate(touched), len(self.phrases))
        enough = counts >= self._needed[numbers]
        numbers, counts = numbers[enough], counts[enough]
        if len(numbers) > PROPOSED:
            share = counts / self._filed[numbers]
            numbers = numbers[np.argpartition(-share, PROPOSED)[:PROPOSED]]
        return [int(n) for n in numbers]


def _tally(numbers: NDArray[np.int32], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if len(numbers) * 6 < size:
        unique, counts = np.unique(numbers, return_counts=True)
        return unique.astype(np.int64), counts
    counted = np.bincount(numbers, minlength=size)
    present = np.flatnonzero(counted)
    return present, counted[present]


def _grams(text: str) -> set[str]:
    return {text[i : i + RUN] for i in range(len(text) - RUN + 1)}
