"""The weights of the judgement: one file, fitted by ``make fit``, read here and nowhere else.

Must not know how the numbers were found, nor what a feature means.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from knowledge.catalogue import DATA, CatalogueError, Entry


class Weights(Entry):
    """``level`` weighs signs into log-odds that a text is part of a scam; ``method`` ranks methods.

    ``scam``, ``suspicious`` and ``unknown`` are the least probabilities of these levels.
    """

    bias: float
    level: dict[str, float]
    method: dict[str, float]
    scam: float
    suspicious: float
    unknown: float

    def probability(self, signs: Mapping[str, float]) -> float:
        """The probability that a text with these signs is part of a scam."""
        odds = self.bias + sum(self.level.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

    def rank(self, signs: Mapping[str, float]) -> float:
        """How well a method fits, on a scale where only order and differences mean something."""
        return sum(self.method.get(name, 0.0) * value for name, value in signs.items())


FIRST = Weights(
    bias=-2.0,
    level={
        "wording": 0.8,
        "similarity": 4.0,
        "decisive": 1.5,
        "usual": 0.7,
        "link_lookalike": 4.0,
        "link_suspicious": 2.5,
    },
    method={
        "nearest": 6.0,
        "three": 4.0,
        "centre": 6.0,
        "decisive": 1.5,
        "usual": 0.6,
        "impersonates": 0.4,
        "asks": 0.4,
    },
    scam=0.85,
    suspicious=0.45,
    unknown=0.3,
)


def load(path: Path = DATA / "weights.json") -> Weights:
    """Read the fitted weights. Raises CatalogueError naming the file and the reason."""
    try:
        return Weights.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return FIRST
    except (ValueError, ValidationError) as broken:
        raise CatalogueError(f"{path.name}: cannot be read: {broken}") from broken


def save(weights: Weights, path: Path = DATA / "weights.json") -> None:
    """Write fitted weights, rounded so that a second fit on the same data changes nothing."""
    body = {
        key: {k: round(v, 4) for k, v in sorted(value.items())} if isinstance(value, dict) else round(value, 4)
        for key, value in weights.model_dump().items()
    }
    path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
