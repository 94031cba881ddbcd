"""Fits the weights of the judgement on the fit half of the corpus and writes ``data/weights.json``.

Signs that can only speak for a scam (or only against one) are kept on their side of zero, so that every weight can be
explained. Thresholds come from predictions on families that a fold did not see. The held-out half is never read here.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge import corpus, matcher, weights
from knowledge.corpus import Labelled
from knowledge.matcher import Judge, Signs
from knowledge.weights import Weights

LEVEL_SHRINK = 1.0
METHOD_SHRINK = 0.02
FOLDS = 5
BENIGN_AS_SCAM = 0.004
BENIGN_AS_SUSPICIOUS = 0.02
BENIGN_AS_UNKNOWN = 0.06

FOR = {"wording", "similarity", "decisive", "usual", "brand_and_unofficial_link", "fear_and_secrecy", "garble",
       "garbled_link", "garbled_leads", "link_lookalike", "link_suspicious", "link_app_file", "link_shortener",
       "link_unknown", "happened", "cues", "asks"}  # fmt: skip
AGAINST = {"link_official", "has_otp", "frame_says_protective", "frame_says_otp_notice", "frame_says_balance_notice",
           "frame_says_service_notice", "frame_says_lawful_ad", "frame_notice", "frame_advert", "frame_personal",
           "frame_news", "frame_smalltalk", "frame_warning_quote", "frame_question"}  # fmt: skip
METHOD_SIGNS = ("topic", "nearest", "three", "centre", "decisive", "usual", "impersonates", "asks", "garble")


def main() -> int:
    """Fit, write, and say what came out."""
    judge = matcher.load_judge()
    rows = [r for r in corpus.load() if r.half == "fit" and r.frame != "entity"]
    signs = [judge.signs(r.text) for r in rows]
    fitted = fit(judge, rows, signs)
    weights.save(fitted)
    sys.stdout.write(
        f"{len(rows)} messages; bias {fitted.bias:.2f}; scam ≥ {fitted.scam:.2f}, "
        f"suspicious ≥ {fitted.suspicious:.2f}, unknown ≥ {fitted.unknown:.2f}\n"
    )
    for name, value in sorted(fitted.level.items(), key=lambda item: -abs(item[1])):
        sys.stdout.write(f"  {value:+7.3f}  {name}\n")
    sys.stdout.write(f"method: {fitted.method}\n")
    return 0


def fit(judge: Judge, rows: Sequence[Labelled], signs: Sequence[Signs]) -> Weights:
    """Weights and thresholds from messages and what the stages said about them."""
    kept = [(r, s) for r, s in zip(rows, signs, strict=True) if r.truth != "ambiguous"]
    names = sorted({n for _, s in kept for n in s.level})
    matrix = np.array([[s.level.get(n, 0.0) for n in names] for _, s in kept])
    truth = np.array([r.truth == "scam" for r, _ in kept], dtype=float)
    families = [r.family for r, _ in kept]
    values, bias = _level_weights(names, matrix, truth)
    scam, suspicious, unknown = _thresholds(_unseen(names, matrix, truth, families), truth)
    return Weights(
        bias=bias,
        level={n: v for n, v in zip(names, values.tolist(), strict=True) if abs(v) > 1e-3},
        method=_method_weights([(r, s.methods) for r, s in kept if r.methods]),
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

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (matrix @ point[:-1] + point[-1])
        pull = -sign / (1 + np.exp(np.clip(margin, -30, 30)))
        gradient = np.append(matrix.T @ pull + LEVEL_SHRINK * point[:-1], pull.sum())
        return float(np.logaddexp(0, -margin).sum() + LEVEL_SHRINK / 2 * point[:-1] @ point[:-1]), gradient

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=_bounds(names))
    return best.x[:-1], float(best.x[-1])


def _unseen(
    names: Sequence[str], matrix: NDArray[np.float64], truth: NDArray[np.float64], families: Sequence[str]
) -> NDArray[np.float64]:
    """The probability of every message by weights that did not see its family."""
    order = {f: i % FOLDS for i, f in enumerate(dict.fromkeys(families))}
    fold = np.array([order[f] for f in families])
    out = np.zeros(len(truth))
    for number in range(FOLDS):
        seen = fold != number
        values, bias = _level_weights(names, matrix[seen], truth[seen])
        out[~seen] = 1 / (1 + np.exp(-(matrix[~seen] @ values + bias)))
    return out


def _thresholds(probability: NDArray[np.float64], truth: NDArray[np.float64]) -> tuple[float, float, float]:
    benign = np.sort(probability[truth == 0])

    def above(share: float) -> float:
        return float(benign[min(len(benign) - 1, int(len(benign) * (1 - share)))])

    scam = max(0.7, min(0.95, above(BENIGN_AS_SCAM)))
    suspicious = max(0.25, min(0.6, above(BENIGN_AS_SUSPICIOUS)))
    return scam, suspicious, max(0.15, min(suspicious - 0.05, above(BENIGN_AS_UNKNOWN)))


def _method_weights(rows: Sequence[tuple[Labelled, Mapping[str, Mapping[str, float]]]]) -> dict[str, float]:
    """Weights that put the right method first: conditional logistic regression over a message's candidates."""
    from scipy.optimize import minimize

    tables = []
    for row, methods in rows:
        slugs = list(methods)
        right = np.array([s in row.methods for s in slugs])
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
