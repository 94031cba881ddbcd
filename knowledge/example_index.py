"""How like a text is to written examples: folded TF-IDF over words, word pairs, concepts and indicator kinds.

Postings are arrays, so one text costs a few additions a word, however many examples there are.
Must not know what a method is: examples are numbers here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Features = Mapping[str, float]


class ExampleIndex:
    """An immutable index over examples; ``background`` texts only teach how common a feature is."""

    def __init__(self, examples: Sequence[Features], background: Sequence[Features] = ()) -> None:
        self.size = len(examples)
        counted: dict[str, int] = {}
        for features in (*examples, *background):
            for name in features:
                counted[name] = counted.get(name, 0) + 1
        self._documents = self.size + len(background)
        self._idf = {name: math.log((1 + self._documents) / (1 + n)) + 1 for name, n in counted.items()}
        gathered: dict[str, tuple[list[int], list[float]]] = {}
        for number, features in enumerate(examples):
            for name, weight in self._vector(features).items():
                numbers, weights = gathered.setdefault(name, ([], []))
                numbers.append(number)
                weights.append(weight)
        self._postings = {
            name: (np.array(n, dtype=np.int32), np.array(w, dtype=np.float32)) for name, (n, w) in gathered.items()
        }

    def similarities(self, features: Features) -> NDArray[np.float64]:
        """Cosine (0–1) of a text to every example."""
        numbers, weights = [], []
        for name, weight in self._vector(features).items():
            if name in self._postings:
                there, theirs = self._postings[name]
                numbers.append(there)
                weights.append(theirs * weight)
        if not numbers:
            return np.zeros(self.size)
        return np.bincount(np.concatenate(numbers), np.concatenate(weights), minlength=self.size).astype(np.float64)

    def _vector(self, features: Features) -> dict[str, float]:
        rare = math.log(1 + self._documents) + 1
        raw = {name: tf * self._idf.get(name, rare) for name, tf in features.items()}
        length = math.sqrt(sum(w * w for w in raw.values())) or 1.0
        return {name: w / length for name, w in raw.items()}
