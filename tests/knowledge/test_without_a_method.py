"""A method that was taken out of the catalogue is never named, whatever the lessons still hold of it."""

from __future__ import annotations

from knowledge import catalogue, lessons, matcher
from knowledge.catalogue import Catalogue

GONE = "hack-mxh-nhan-vay-tien"


def test_messages_of_a_paused_method_are_answered_without_its_name() -> None:
    whole = catalogue.load()
    left = Catalogue(methods=tuple(m for m in whole.methods if m.slug != GONE))
    judge = matcher.build(left)
    texts = [one.text for one in lessons.load() if one.method == GONE] + [e.text for e in whole.by_slug[GONE].examples]
    assert texts
    for text in texts:
        verdict = judge.match(text)
        assert GONE not in {candidate.slug for candidate in verdict.methods}
        assert GONE not in {evidence.method for evidence in verdict.evidence}
