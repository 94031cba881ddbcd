"""Fits the weights of the judgement on the fit half of the corpus and writes ``data/weights.json``.

Signs that can only speak for a scam (or only against one) are kept on their side of zero, so that every weight can be
explained. Every lesson is judged by a judge that never saw it (thirds, in runs of neighbours, so that a variant does
not betray its twin). The held-out half is never read here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge import catalogue, corpus, lessons, matcher, weights
from knowledge.catalogue import DATA, Catalogue
from knowledge.corpus import Labelled
from knowledge.lessons import Lesson
from knowledge.matcher import Signs
from knowledge.weights import Weights

LEVEL_SHRINK = 3.0
METHOD_SHRINK = 0.02
FOLDS = 5
THIRDS = 3
EVERYDAY = {"notice", "advert", "personal"}
RUN = 4
BENIGN_AS_SCAM = 0.008
BENIGN_AS_SUSPICIOUS = 0.07
BENIGN_AS_UNKNOWN = 0.1

FOR = frozenset(
    (
        "wording similarity similarity_three similarity_centre topic decisive usual brand_and_unofficial_link "
        "claims_and_unofficial_link fear_and_secrecy hidden_call near_known garble garbled_link garbled_leads "
        "link_lookalike link_suspicious link_app_file link_shortener link_unknown happened cues asks"
    ).split()
)
AGAINST = frozenset(
    (
        "honest_similarity link_official has_otp frame_says_protective frame_says_otp_notice frame_says_balance_notice "
        "frame_says_service_notice frame_says_lawful_ad frame_notice frame_advert frame_personal frame_news "
        "frame_smalltalk frame_warning_quote frame_question"
    ).split()
)
# What we hold before any message was counted: an address that imitates, a file to install, fear with secrecy speak for
# themselves, and our examples hold fewer of them than life does. The data moves a weight away from here.
HELD = {
    "link_lookalike": 4.0,
    "link_app_file": 3.5,
    "link_suspicious": 2.5,
    "claims_and_unofficial_link": 3.0,
    "brand_and_unofficial_link": 0.5,
    "fear_and_secrecy": 1.5,
    "decisive": 1.5,
    "near_known": 2.0,
    "garble": 4.0,
    "hidden_call": 4.0,
    "garbled_link": 3.0,
    "link_official": -1.5,
}
METHOD_SIGNS = ("topic", "nearest", "three", "centre", "decisive", "usual", "impersonates", "asks", "garble")


def main() -> int:
    """Fit, write, and say what came out."""
    write_seen(corpus.load())
    entries = catalogue.load()
    fitted = fit(list(unseen([*lessons.of_catalogue(entries), *lessons.load()], entries)))
    weights.save(fitted)
    sys.stdout.write(
        f"bias {fitted.bias:.2f}; scam ≥ {fitted.scam:.2f}, "
        f"suspicious ≥ {fitted.suspicious:.2f}, unknown ≥ {fitted.unknown:.2f}\n"
    )
    for name, value in sorted(fitted.level.items(), key=lambda item: -abs(item[1])):
        sys.stdout.write(f"  {value:+7.3f}  {name}\n")
    sys.stdout.write(f"method: {fitted.method}\n")
    return 0


def write_seen(rows: Sequence[Labelled], path: Path = DATA / "seen.jsonl") -> None:
    """Put the fit half of the corpus where a judge learns from it; entities and ambiguous texts teach nothing."""
    lines = []
    for row in rows:
        if row.half == "fit" and row.frame != "entity" and row.truth != "ambiguous":
            situation = row.situation if row.intent == "emergency" else "none"
            body = {
                "text": row.text,
                "scam": None if row.intent == "report" else row.truth == "scam",
                "method": row.methods[0] if row.methods and row.truth == "scam" else None,
                "frame": "report_wish" if row.intent == "report" else row.frame,
                "situation": situation,
            }
            lines.append(json.dumps(body, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def unseen(taught: Sequence[Lesson], entries: Catalogue) -> Iterator[tuple[Lesson, Signs]]:
    """Every lesson that says whether it is a scam, with what a judge says that never saw its third of them."""
    for number in range(THIRDS):
        judge = matcher.build(entries, taught=[t for at, t in enumerate(taught) if at // RUN % THIRDS != number])
        for at, lesson in enumerate(taught):
            if at // RUN % THIRDS == number and lesson.scam is not None:
                yield lesson, judge.signs(lesson.text)


def fit(seen: Sequence[tuple[Lesson, Signs]]) -> Weights:
    """Weights and thresholds from messages and what the stages said about them."""
    names = sorted({n for _, s in seen for n in s.level})
    matrix = np.array([[s.level.get(n, 0.0) for n in names] for _, s in seen])
    truth = np.array([bool(lesson.scam) for lesson, _ in seen], dtype=float)
    values, bias = _level_weights(names, matrix, truth)
    everyday = np.array([lesson.scam is False and _is_everyday(lesson) for lesson, _ in seen])
    scam, suspicious, unknown = _thresholds(_unseen(names, matrix, truth)[everyday])
    return Weights(
        bias=bias,
        level={n: v for n, v in zip(names, values.tolist(), strict=True) if abs(v) > 1e-3},
        method=_method_weights([(lesson.method, s.methods) for lesson, s in seen if lesson.method]),
        scam=scam,
        suspicious=suspicious,
        unknown=unknown,
    )


def _bounds(names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    def of(name: str) -> tuple[float | None, float | None]:
        if name in FOR or name.startswith(("cue_", "ask_")):
            return 0.0, None
        return (None, 0.0) if name in AGAINST else (None, None)

    return [of(n) for n in names] + [(None, None)]


def _level_weights(
    names: Sequence[str], matrix: NDArray[np.float64], truth: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    from scipy.optimize import minimize

    sign = 2 * truth - 1
    held = np.array([HELD.get(n, 0.0) for n in names])

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (matrix @ point[:-1] + point[-1])
        pull = -sign / (1 + np.exp(np.clip(margin, -30, 30)))
        away = point[:-1] - held
        gradient = np.append(matrix.T @ pull + LEVEL_SHRINK * away, pull.sum())
        return float(np.logaddexp(0, -margin).sum() + LEVEL_SHRINK / 2 * away @ away), gradient

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=_bounds(names))
    return best.x[:-1], float(best.x[-1])


def _is_everyday(lesson: Lesson) -> bool:
    return lesson.source == "ordinary" or lesson.frame in EVERYDAY


def _unseen(names: Sequence[str], matrix: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of every message by weights that did not see its run of neighbours."""
    fold = np.arange(len(truth)) // RUN % FOLDS
    out = np.zeros(len(truth))
    for number in range(FOLDS):
        seen = fold != number
        values, bias = _level_weights(names, matrix[seen], truth[seen])
        out[~seen] = 1 / (1 + np.exp(-(matrix[~seen] @ values + bias)))
    return out


def _thresholds(honest: NDArray[np.float64]) -> tuple[float, float, float]:
    """The least probabilities of three levels, from those of everyday honest messages; near misses don't set them."""
    ordered = np.sort(honest)

    def above(share: float) -> float:
        return float(ordered[min(len(ordered) - 1, int(len(ordered) * (1 - share)))])

    scam = max(0.7, min(0.97, above(BENIGN_AS_SCAM)))
    suspicious = max(0.25, min(scam - 0.1, above(BENIGN_AS_SUSPICIOUS)))
    return scam, suspicious, max(0.15, min(suspicious - 0.05, above(BENIGN_AS_UNKNOWN)))


def _method_weights(rows: Sequence[tuple[str, Mapping[str, Mapping[str, float]]]]) -> dict[str, float]:
    """Weights that put the right method first: conditional logistic regression over a message's candidates."""
    from scipy.optimize import minimize

    tables = []
    for method, methods in rows:
        slugs = list(methods)
        right = np.array([s == method for s in slugs])
        if right.any() and not right.all():
            tables.append((np.array([[methods[s].get(n, 0.0) for n in METHOD_SIGNS] for s in slugs]), right))

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros(len(point))
        for table, right in tables:
            scores = table @ point
            share = np.exp(scores - scores.max())
            share /= share.sum()
            among = share * right / share[right].sum()
            total -= float(np.log(share[right].sum()))
            gradient += table.T @ (share - among)
        size = max(1, len(tables))
        return total / size + METHOD_SHRINK * float(point @ point), gradient / size + 2 * METHOD_SHRINK * point

    start = np.ones(len(METHOD_SIGNS))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(METHOD_SIGNS))
    return dict(zip(METHOD_SIGNS, best.x.tolist(), strict=True))


if __name__ == "__main__":
    sys.exit(main())
