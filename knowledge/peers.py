"""Two simple rivals of the judgement, measured beside it on the same data: what the project must be better than.

Must not be used to answer anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.corpus import Labelled
from knowledge.matcher import Judge
from knowledge.text import fold

Peer = Callable[[Sequence[str]], list[tuple[bool, list[str]]]]
HONEST = ""
FUZZY_CUTOFF = 60


def svm(rows: Sequence[Labelled]) -> Peer:
    """TF-IDF of words and letters with a linear SVM, trained on labelled rows: each class a method, or honest."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    kept = [r for r in rows if r.truth == "benign" or r.methods]
    labels = [r.methods[0] if r.truth == "scam" else HONEST for r in kept]
    model = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True),
        ),
        LinearSVC(C=1.0, random_state=0),
    )
    model.fit([fold(r.text) for r in kept], labels)
    classes = list(model.classes_)

    def answer(texts: Sequence[str]) -> list[tuple[bool, list[str]]]:
        scores = model.decision_function([fold(t) for t in texts])
        out = []
        for row in scores:
            order = [classes[i] for i in np.argsort(-row)]
            out.append((order[0] != HONEST, [c for c in order if c != HONEST][:5]))
        return out

    return answer


def brute(judge: Judge) -> Peer:
    """rapidfuzz's token-set ratio against every example of the catalogue, no index and nothing else."""
    examples = [(m.slug, fold(e.text)) for m in judge.catalogue.methods for e in m.examples]
    texts_of = [text for _, text in examples]

    def answer(texts: Sequence[str]) -> list[tuple[bool, list[str]]]:
        out = []
        for text in texts:
            best = process.extract(fold(text), texts_of, scorer=fuzz.token_set_ratio, limit=12)
            slugs = list(dict.fromkeys(examples[at][0] for _, _, at in best))
            out.append((bool(best) and best[0][1] >= FUZZY_CUTOFF, slugs[:5]))
        return out

    return answer
