"""A small linear classifier over features, learned from the catalogue's own texts each time a judge is built.

A new entry is learned with its revision in about a second, nothing is stored that a curator could not read, and every
word's share of a score can be named. Training is repeatable: fixed order, fixed seed.
Must not know what its classes mean.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Features = Mapping[str, float]
Row = tuple[NDArray[np.int64], NDArray[np.float32]]

ROUNDS = 8
STEP = 4.0
SHRINK = 2e-5
SEED = 20261124


class LinearModel:
    """Softmax regression on length-one TF-IDF rows, by averaged stochastic descent.

    ``labels`` name each text's class; classes with few texts weigh as much as ``balance`` says (0 not at all more,
    1 fully).
    """

    def __init__(self, texts: Sequence[Features], labels: Sequence[str], balance: float = 0.5) -> None:
        self.classes = sorted(set(labels))
        counted: dict[str, int] = {}
        for features in texts:
            for name in features:
                counted[name] = counted.get(name, 0) + 1
        self._columns = {name: at for at, name in enumerate(sorted(counted))}
        self._idf = np.array(
            [math.log((1 + len(texts)) / (1 + counted[name])) + 1 for name in self._columns], dtype=np.float32
        )
        rows = [self._row(f) for f in texts]
        position = {name: at for at, name in enumerate(self.classes)}
        targets = [position[label] for label in labels]
        sizes = np.bincount(targets, minlength=len(self.classes))
        share = (len(targets) / (len(self.classes) * sizes)) ** balance
        self._weights, self._bias = self._train(rows, targets, share)

    def log_odds(self, features: Features) -> dict[str, float]:
        """For every class the log of its probability; equal for all where nothing is known of the text's words."""
        columns, values = self._row(features)
        scores = values @ self._weights[columns] + self._bias
        scores = scores - scores.max()
        log_total = math.log(float(np.exp(scores).sum()))
        return dict(zip(self.classes, (scores - log_total).tolist(), strict=True))

    def speaking(self, features: Features, label: str, most: int = 5) -> list[tuple[str, float]]:
        """The features that speak most for a class, with their shares of its score."""
        at = self.classes.index(label)
        columns, values = self._row(features)
        names = [name for name in features if name in self._columns]
        shares = zip(names, (values * self._weights[columns, at]).tolist(), strict=True)
        return sorted((s for s in shares if s[1] > 0), key=lambda s: -s[1])[:most]

    def _row(self, features: Features) -> Row:
        known = [(self._columns[n], v) for n, v in features.items() if n in self._columns]
        columns = np.array([c for c, _ in known], dtype=np.int64)
        values = np.array([v for _, v in known], dtype=np.float32) * self._idf[columns]
        length = math.sqrt(float(values @ values)) or 1.0
        return columns, values / np.float32(length)

    def _train(
        self, rows: Sequence[Row], targets: Sequence[int], share: NDArray[np.float64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        shape = (len(self._columns), len(self.classes))
        weights, total = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
        bias, bias_total = np.zeros(shape[1], dtype=np.float32), np.zeros(shape[1], dtype=np.float32)
        order = np.random.default_rng(SEED)
        for turn in range(ROUNDS):
            step = STEP / (1 + turn)
            for at in order.permutation(len(rows)):
                columns, values = rows[at]
                scores = values @ weights[columns] + bias
                odds = np.exp(scores - scores.max())
                pull = odds / odds.sum()
                pull[targets[at]] -= 1
                pull *= np.float32(step * share[targets[at]])
                weights[columns] -= np.outer(values, pull)
                bias -= 0.05 * pull
            weights *= 1 - SHRINK * step * len(rows)
            if turn >= ROUNDS // 2:
                total += weights
                bias_total += bias
        kept = np.float32(ROUNDS - ROUNDS // 2)
        return total / kept, bias_total / kept
