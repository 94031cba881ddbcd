"""The words of scams and of honest messages: concepts, cues, requests, frames, situations, brands, abbreviations.

A pattern is a row of words; ``*`` stands for up to three words. Words are compared by syllable: without diacritics
always, with diacritics only where a short pattern could otherwise mean something else ("mã", "má", "ma").
Must not know what a hit is worth.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.catalogue import DATA, Ask, Cue, Entry, Situation, read_entry
from knowledge.text import Spelling, Token, fold

MAX_GAP = 3


class Concept(Entry):
    """Words that mean the same to us."""

    name: str
    words: tuple[str, ...]


class CueEntry(Entry):
    """Patterns of one lever of persuasion; ``label`` is what a citizen reads."""

    cue: Cue
    label: str
    patterns: tuple[str, ...]


class AskEntry(Entry):
    """Patterns of one request; ``label`` is what a citizen reads."""

    ask: Ask
    label: str
    patterns: tuple[str, ...]


class FrameEntry(Entry):
    """Patterns that show what kind of text it is."""

    frame: str
    patterns: tuple[str, ...]


class SituationEntry(Entry):
    """How people say that something has happened to them."""

    situation: Situation
    patterns: tuple[str, ...]


class Brand(Entry):
    """A name that criminals borrow."""

    name: str
    kind: str
    words: tuple[str, ...]


class Named(Entry):
    """Patterns of one name, in English."""

    name: str
    patterns: tuple[str, ...]


class English(Entry):
    """The same for messages in English."""

    cues: tuple[Named, ...] = ()
    asks: tuple[Named, ...] = ()
    situations: tuple[Named, ...] = ()
    frames: tuple[Named, ...] = ()


class Lexicon(Entry):
    """The whole file ``lexicon.toml``."""

    teencode: dict[str, str]
    concepts: tuple[Concept, ...]
    cues: tuple[CueEntry, ...]
    asks: tuple[AskEntry, ...]
    frames: tuple[FrameEntry, ...]
    situations: tuple[SituationEntry, ...]
    not_yet: tuple[str, ...]
    brands: tuple[Brand, ...]
    english: English = English()

    def spelling(self) -> Spelling:
        """What the normaliser needs: abbreviations, and the words of brands and concepts."""
        words = [w for b in self.brands for entry in b.words for w in entry.split()]
        words += [w for c in self.concepts for entry in c.words for w in entry.split()]
        return Spelling.of(self.teencode, words)

    def labels(self) -> dict[str, str]:
        """What a citizen reads for "cue:urgency", "ask:otp" …"""
        return {f"cue:{c.cue}": c.label for c in self.cues} | {f"ask:{a.ask}": a.label for a in self.asks}


@dataclass(frozen=True, slots=True)
class Hit:
    """Pattern ``name`` found in tokens ``first`` to ``last`` (half-open)."""

    name: str
    first: int
    last: int
    words: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    name: str
    words: tuple[tuple[str, str] | None, ...]
    length: int


class Patterns:
    """Named patterns, indexed by their first word (and second, where it is no gap)."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._by_pair: dict[tuple[str, str], list[_Pattern]] = defaultdict(list)
        self._by_word: dict[str, list[_Pattern]] = defaultdict(list)
        for name, written in named:
            words = tuple(None if w == "*" else (w, fold(w)) for w in _split(written))
            pattern = _Pattern(name, words, sum(w is not None for w in words))
            first = words[0]
            if first is None:
                raise ValueError(f"pattern '{written}' begins with a gap")
            second = words[1] if len(words) > 1 else None
            if second is None:
                self._by_word[first[1]].append(pattern)
            else:
                self._by_pair[first[1], second[1]].append(pattern)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every pattern that is there, once for each place, in order of place."""
        hits = []
        for at, token in enumerate(tokens):
            near = self._by_word.get(token.folded, ())
            pair = self._by_pair.get((token.folded, tokens[at + 1].folded), ()) if at + 1 < len(tokens) else ()
            for pattern in (*near, *pair):
                end = _match(pattern.words, tokens, at)
                if end and _agrees(pattern, tokens, at, end):
                    hits.append(Hit(pattern.name, at, end, pattern.length))
        return hits


def _split(written: str) -> list[str]:
    cleaned = "".join(c if c.isalnum() or c == "*" else " " for c in unicodedata.normalize("NFC", written).lower())
    return cleaned.replace("*", " * ").split()


def _match(words: Sequence[tuple[str, str] | None], tokens: Sequence[Token], at: int) -> int:
    """The index after the last matched token, 0 where the pattern is not there."""
    for number, word in enumerate(words):
        if word is None:
            rest = words[number + 1 :]
            ends = (_match(rest, tokens, at + skip) for skip in range(MAX_GAP + 1) if at + skip < len(tokens))
            return next((end for end in ends if end), 0)
        if at >= len(tokens) or tokens[at].folded != word[1]:
            return 0
        at += 1
    return at


def _agrees(pattern: _Pattern, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether diacritics, where both have them, say the same word; three syllables and more speak for themselves."""
    if pattern.length >= 3:
        return True
    written = {word[1]: word[0] for word in pattern.words if word}
    return all(
        token.plain == token.folded or token.folded not in written or _same_word(token.plain, written[token.folded])
        for token in tokens[first:last]
    )


@lru_cache(maxsize=8192)
def _same_word(one: str, other: str) -> bool:
    """Equal, wherever the tone mark is put ("hoà", "hòa")."""
    return one == other or sorted(unicodedata.normalize("NFD", one)) == sorted(unicodedata.normalize("NFD", other))


def load(path: Path = DATA / "lexicon.toml") -> Lexicon:
    """Read the lexicon. Raises catalogue.CatalogueError."""
    return read_entry(path, Lexicon)
