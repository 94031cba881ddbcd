"""Everything a turn may ask: the judge and the handbook of one revision, swapped whole when a revision is published.

Must not know where a conversation stands.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge import handbook, matcher
from knowledge.catalogue import Method
from knowledge.handbook import Handbook
from knowledge.matcher import Judge
from knowledge.text import fold

MOST_SEARCHED = 400
ENOUGH_SHARED = 0.5
FEW, LONG = 3, 5
"""A single telling word names a method only where few others have it too, and it is more than a syllable."""
_COMMON = frozenset(
    (
        "la gi gia danh mao lua dao chieu tro thu doan the nao sao co khong hay va hoac cua bang cach cho toi minh hoi "
        "ve kieu loai vu vi nay do mot nhung cac de thi ma bi duoc ban qua what is the scam scams fraud fake "
        "how does of in to by with gap pho bien gan day moi nhat hien biet lam"
    ).split()
)

_CALLING = re.compile(r"\bgoi dien(?: thoai)?\b")
"""Its second word would be taken for the first of "điện lực"."""


def unheard(_kind: str, _value: str) -> str:
    """Nobody has decided anything about any number."""
    return ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A judge and the handbook; ``heard`` tells what officers decided about an indicator of a kind and value: "",
    "suspected" or "confirmed". ``page`` is our own web page, for when the unit's profile names no other way to us."""

    judge: Judge
    handbook: Handbook
    heard: Callable[[str, str], str] = unheard
    page: str = ""

    @property
    def link(self) -> str:
        """Where people find us, to be passed on; empty where that is nowhere yet."""
        return next((url for url in self.handbook.unit.bot_links.values() if url), self.page)

    def method(self, slug: str) -> Method | None:
        """The method of a slug, None where it is known by one example only or not at all."""
        return self.judge.catalogue.by_slug.get(slug)

    def named_in(self, question: str) -> Method | None:
        """The method that a question names: in full, else the one whose names hold most of its telling words."""
        if in_full := self._in_full(question[:MOST_SEARCHED]):
            return in_full
        asked = _features(question[:MOST_SEARCHED])
        methods = self.judge.catalogue.methods
        names = [_features(m.slug.replace("-", " "), m.name, m.english_name, *m.aliases) for m in methods]
        spread = Counter(feature for own in names for feature in own)
        if len(asked) == 1 and (len(alone := next(iter(asked))) < LONG or spread[alone] > FEW):
            return None
        worth = {feature: math.log((1 + len(names)) / (1 + spread[feature])) for feature in asked}
        whole = sum(worth.values())
        best, score = None, ENOUGH_SHARED
        for method, own in zip(methods, names, strict=True):
            shared = asked & own
            known = sum(worth[f] for f in shared) / whole if whole else 0.0
            # Of methods that hold the same words, the one that is named so, not one that mentions them in passing.
            known += 0.1 * len(shared & _features(method.name, method.slug.replace("-", " "))) / len(asked or {""})
            if known > score:
                best, score = method, known
        return best

    def _in_full(self, question: str) -> Method | None:
        line = f" {' '.join(_words(question))} "
        named = [
            (len(words), method)
            for method in self.judge.catalogue.methods
            for words in map(_words, (method.name, *method.aliases))
            if len(words) > 1 and f" {' '.join(words)} " in line
        ]
        return max(named, key=lambda pair: pair[0])[1] if named else None


def load(unit: Path | None = None) -> Knowledge:
    """Read all data files; ``unit`` is the deployment's own profile. Raises catalogue.CatalogueError."""
    return Knowledge(matcher.load_judge(), handbook.load(unit=unit))


def _features(*names: str) -> set[str]:
    """The telling words of some names, and their neighbours in pairs, for "an" alone says little of "công an"."""
    out: set[str] = set()
    for name in names:
        words = [w for w in _words(_CALLING.sub(" ", fold(name))) if w not in _COMMON]
        out |= {*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))}
    return out


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
