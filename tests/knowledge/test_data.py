"""The shipped data holds together: sources, codes, dates, duplicates, and every example is recognised as its own method."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date

import pytest

from knowledge import catalogue, corpus, lessons
from knowledge.catalogue import DATA, Grade, Method, Register, Situation
from knowledge.matcher import Judge
from knowledge.text import fold
from knowledge.verdict import Frame, Level

METHODS = catalogue.load().methods
FIRST_CHECK = date(2026, 1, 1)


def ids(method: Method) -> str:
    return method.slug


def test_the_official_lists_are_covered() -> None:
    codes = {code for m in METHODS for code in m.codes}
    assert {f"AIS-{n}" for n in range(1, 25)} <= codes
    assert {f"BCA-{n}" for n in range(1, 26)} <= codes


@pytest.mark.parametrize("method", METHODS, ids=ids)
def test_an_entry_is_whole(method: Method) -> None:
    sources = {s.id: s for s in method.sources}
    assert all(t.source in sources for t in method.truths), "a truth without its source"
    assert all(sources[t.source].grade is not Grade.K for t in method.truths), "an unsourced truth"
    assert all(s.checked_on >= FIRST_CHECK for s in method.sources)
    assert len({e.kind for e in method.examples}) >= 4, "examples in too few registers"
    assert any(e.text.isascii() for e in method.examples if e.kind is Register.SMS), "no unaccented text message"
    assert method.question.endswith("?")
    assert all(2 <= len(p.split()) <= 12 for p in method.signals.phrases)


def test_no_text_stands_twice_anywhere() -> None:
    texts = [e.text for m in METHODS for e in m.examples] + [n.text for m in METHODS for n in m.near_misses]
    twins = [t for t, n in Counter(" ".join(fold(t).split()) for t in texts).items() if n > 1]
    assert twins == []


def test_no_phrase_speaks_for_two_methods() -> None:
    phrases = [fold(p) for m in METHODS for p in m.signals.phrases]
    assert [p for p, n in Counter(phrases).items() if n > 1] == []


def test_no_real_looking_secret_stands_in_the_data() -> None:
    card = re.compile(r"\b\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}\b")
    for path in DATA.rglob("*"):
        if path.is_file():
            assert not card.search(path.read_text(encoding="utf-8")), path.name


def test_examples_are_recognised_as_their_own_method(judge: Judge) -> None:
    wrong = []
    for method in METHODS:
        for example in method.examples:
            ranked = [c.slug for c in judge.rank(judge.signs(example.text))[:3]]
            if method.slug not in ranked:
                wrong.append((method.slug, example.text[:60], ranked))
    assert wrong == []


def test_near_misses_are_not_called_scams(judge: Judge) -> None:
    called = [(m.slug, n.text[:60]) for m in METHODS for n in m.near_misses if judge.match(n.text).level is Level.SCAM]
    assert len(called) <= 0.03 * sum(len(m.near_misses) for m in METHODS), called


def test_the_lessons_name_known_kinds() -> None:
    taught = lessons.load()
    assert sum(t.source == "ordinary" for t in taught) >= 600
    assert {t.situation for t in taught if t.situation} == {"none", *Situation} - {"contacted"}
    assert {t.frame for t in taught if t.frame} == {lessons.REPORT_WISH, *Frame} - {Frame.ENTITY}
    assert {t.method for t in taught if t.method} <= {m.slug for m in METHODS}


def test_the_held_out_half_is_apart_from_every_lesson() -> None:
    taught = [*lessons.of_catalogue(catalogue.load()), *lessons.load()]
    known = {" ".join(fold(t.text).split()) for t in taught if len(t.text) > 40}
    assert [r.id for r in corpus.load() if r.half == "held_out" and " ".join(fold(r.text).split()) in known] == []


def test_what_was_told_by_people_is_in_no_lesson_and_names_every_situation() -> None:
    rows = corpus.told()
    taught = [*lessons.of_catalogue(catalogue.load()), *lessons.load()]
    known = {" ".join(fold(t.text).split()) for t in taught}
    assert [row.text for row in rows if len(row.text) > 25 and " ".join(fold(row.text).split()) in known] == []
    assert {row.situation for row in rows} == {"none", *Situation} - {"contacted"}
    assert all((row.situation == "none") == (row.kind != "told") for row in rows)


def test_families_never_straddle_the_halves() -> None:
    halves: dict[str, set[str]] = {}
    for row in corpus.load():
        halves.setdefault(row.family, set()).add(row.half)
    assert [f for f, own in halves.items() if len(own) > 1] == []


def test_the_corpus_covers_every_method_and_is_large_enough() -> None:
    rows = corpus.load()
    campaigns = corpus.campaigns()
    lines = len(rows) + sum(1 + len(c.paraphrases) + len(c.near_misses) for c in campaigns)
    assert lines >= 1500
    assert {m.slug for m in METHODS} <= {slug for r in rows for slug in r.methods}
    assert json.dumps([r.id for r in rows]).count('"') == 2 * len({r.id for r in rows})
