"""A small model learns its texts, the same each time, and can name the words that decided."""

from __future__ import annotations

import math

import pytest

from knowledge.linear_model import LinearModel

TEXTS = [{"khoa": 1.0, "sim": 1.0}, {"khoa": 1.0, "the": 1.0}, {"com": 1.0, "trua": 1.0}, {"com": 1.0, "toi": 1.0}]
LABELS = ["lock", "lock", "meal", "meal"]
MODEL = LinearModel(TEXTS, LABELS)


@pytest.mark.parametrize(("features", "label"), [({"khoa": 1.0}, "lock"), ({"com": 1.0, "moi": 1.0}, "meal")])
def test_it_tells_what_it_learned(features: dict[str, float], label: str) -> None:
    odds = MODEL.log_odds(features)
    assert max(odds, key=lambda name: odds[name]) == label


def test_probabilities_sum_to_one() -> None:
    assert sum(math.exp(v) for v in MODEL.log_odds({"sim": 1.0}).values()) == pytest.approx(1.0, abs=1e-5)


def test_unknown_words_decide_nothing() -> None:
    odds = MODEL.log_odds({"xyz": 1.0})
    assert odds["lock"] == pytest.approx(odds["meal"], abs=0.2)


def test_learning_twice_gives_the_same_numbers() -> None:
    assert LinearModel(TEXTS, LABELS).log_odds({"khoa": 1.0}) == MODEL.log_odds({"khoa": 1.0})


def test_the_words_that_speak_are_named() -> None:
    assert MODEL.speaking({"khoa": 1.0, "com": 1.0}, "lock")[0][0] == "khoa"
