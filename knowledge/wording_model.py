"""Whether a text is worded like the catalogue's examples or like honest messages: a small linear model.

Learned from the catalogue's own texts each time it is built (a second or less), so a new entry is learned with it and
nothing is stored that a curator could not read. Every word's share of the score can be named.
Must not know which method is meant.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from knowledge.example_index import Features

ROUNDS = 8
STEP = 0.5
SHRINK = 1e-4
SEED = 20261124


class WordingModel:
    """Logistic regression over features, trained by averaged stochastic descent with a fixed order."""

    def __init__(self, scams: Sequence[Features], honest: Sequence[Features]) -> None:
        self._names = {n: i for i, n in enumerate(sorted({name for f in (*scams, *honest) for name in f}))}
        rows = [self._row(f) for f in (*scams, *honest)]
        labels = np.array([1.0] * len(scams) + [-1.0] * len(honest))
        share = np.array(
            [len(rows) / (2 * max(1, len(scams)))] * len(scams) + [len(rows) / (2 * max(1, len(honest)))] * len(honest)
        )
        self._weights, self._bias = self._train(rows, labels, share)

    def score(self, features: Features) -> float:
        """Log-odds that the text is worded like a scam; 0 where nothing is known of its words."""
        columns, values = self._row(features)
        return float(values @ self._weights[columns]) + self._bias if len(columns) else 0.0

    def speaking(self, features: Features, most: int = 5) -> list[tuple[str, float]]:
        """The features that speak most for a scam, with their shares of the score."""
        columns, values = self._row(features)
        names = [name for name in features if name in self._names]
        shares = zip(names, (values * self._weights[columns]).tolist(), strict=True)
        return sorted((s for s in shares if s[1] > 0), key=lambda s: -s[1])[:most]

    def _row(self, features: Features) -> tuple[np.ndarray, np.ndarray]:
        known = [(self._names[n], v) for n, v in features.items() if n in self._names]
        columns = np.array([c for c, _ in known], dtype=np.int64)
        values = np.array([v for _, v in known])
        length = math.sqrt(float(values @ values)) if known else 1.0
        return columns, values / length

    def _train(
        self, rows: list[tuple[np.ndarray, np.ndarray]], labels: np.ndarray, share: np.ndarray
    ) -> tuple[np.ndarray, float]:
        weights = np.zeros(len(self._names))
        total = np.zeros(len(self._names))
        bias = bias_total = 0.0
        order = np.random.default_rng(SEED)
        for turn in range(ROUNDS):
            step = STEP / (1 + turn / 2)
            for at in order.permutation(len(rows)):
                columns, values = rows[at]
                margin = labels[at] * (float(values @ weights[columns]) + bias)
                push = step * share[at] * labels[at] / (1 + math.exp(min(30.0, margin)))
                weights[columns] += 4 * push * values
                bias += 0.1 * push
            weights *= 1 - SHRINK * step * len(rows)
            if turn >= ROUNDS // 2:
                total += weights
                bias_total += bias
        kept = ROUNDS - ROUNDS // 2
        return total / kept, bias_total / kept
