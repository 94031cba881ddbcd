"""One normalisation of a Vietnamese message, with offsets back to the citizen's own text.

Every stage reads these views and normalises nothing itself. Order matters (a byte of hostile text must not cost more
than a byte): cap, drop what cannot be seen, bound the marks of each letter, compose, fold look-alikes, lower-case, then
the token views. ``unicodedata.normalize`` is quadratic on long runs of marks (CPython gh-149079), so it only ever sees
one letter with at most four marks. Every pattern here is linear: bounded or possessive.

Must not know what a scam is.
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge.text.letters import (
    DISGUISE,
    MAX_CHARS,
    as_written,
    bare,
    clean,
    end_of,
    fold,
    fold_char,
    has_tone,
    is_syllable,
    squeeze,
)

__all__ = [
    "MAX_CHARS",
    "NO_SPELLING",
    "Spelling",
    "Text",
    "Token",
    "as_written",
    "bare",
    "fold",
    "is_syllable",
    "normalise",
]

_LEET = tuple(str.maketrans("013456789@$!|", letters) for letters in ("oieasbtbgasil", "oleasgtbqasli"))
_WORD = re.compile(r"[a-z0-9@$!|]++")
_REPEAT = re.compile(r"([a-z])\1{2,}")
_RUN = re.compile(r"([a-z])\1+")
_SPLIT_WORD = re.compile(r"(?<![a-z0-9])(?:[a-z]{1,6}[.\-_*'~^+=/\\]{1,2}){1,12}[a-z]{1,6}(?![a-z0-9])")
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9] ){3,60}[a-z0-9](?![a-z0-9])")
_LETTER_FOR_DIGIT = re.compile(r"\d+o[\do]*(?:k|tr|%)?|o[\do]*\d[\do]*k")
_MARK_IN_NUMBER = re.compile(r"\d['~>^\"]{1,2}(?=\d)")
_COUNTED = re.compile(r"(?!0[a-z]{2})\d+[a-z]{1,3}\d*|[a-z]\d+|[a-z]+[1235-9]\d*|([a-z]+)4\d*")
_JOINT = re.compile(r"(?<=[a-z])[~<>;_\"*!?^{}|=\[\]()]++(?=[a-z])")
_LIGHT_JOINT = re.compile(r"(?<=[a-z])[,:](?=[a-z])")
_TOLERATED = ((_JOINT, 1), (_LIGHT_JOINT, 2), (_MARK_IN_NUMBER, 1))
_FOREIGN_MARK = re.compile("[äëïöüÿåçñîû]")
_UNREADABLE = re.compile("[bcdfghjklmnpqrstvwxz]{5}|^[^aeiouy0-9]+$")


@dataclass(frozen=True, slots=True)
class Token:
    """One syllable or foreign word. ``start``/``end`` are offsets in the raw text; ``plain`` keeps diacritics."""

    start: int
    end: int
    plain: str
    folded: str


@dataclass(frozen=True, slots=True)
class Text:
    """All views of one message.

    ``plain`` is clean, lower-case and keeps diacritics; ``unaccented`` has the same length; ``offsets[i]`` is the raw
    offset of character ``i`` of both. ``squeezed`` is ``unaccented`` without anything but letters and digits, with
    ``squeezed_offsets`` into the raw text. ``tokens`` are the cleaned words in order (an abbreviation becomes several
    tokens over one span). ``garble`` is the share of words written so that a filter should not read them.
    """

    raw: str
    plain: str
    unaccented: str
    offsets: array[int]
    squeezed: str
    squeezed_offsets: array[int]
    tokens: tuple[Token, ...]
    garble: float
    truncated: bool

    @property
    def accented(self) -> bool:
        """Whether the text is written with diacritics."""
        return self.plain != self.unaccented

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw range of ``plain[start:end]``, with the marks of its last letter."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.raw)
            return at, at
        return self.offsets[start], end_of(self.raw, self.offsets[end - 1])


@dataclass(frozen=True, slots=True)
class Spelling:
    """What the normaliser knows of words: abbreviations, and words that are no Vietnamese syllable but are real."""

    teencode: dict[str, tuple[tuple[str, str], ...]]
    words: frozenset[str]

    @classmethod
    def of(cls, teencode: dict[str, str], words: Iterable[str]) -> Spelling:
        """Build from ``{"ck": "chuyển khoản"}`` and a list of known words."""
        folded = {fold(short): tuple((w, fold(w)) for w in full.lower().split()) for short, full in teencode.items()}
        return cls(folded, frozenset(fold(w) for w in words))

    def knows(self, word: str) -> bool:
        """Whether a folded word is a syllable or a known foreign word."""
        return is_syllable(word) or word in self.words


NO_SPELLING = Spelling({}, frozenset())


def normalise(
    raw: str, spelling: Spelling = NO_SPELLING, skip: Callable[[str], list[tuple[int, int]]] | None = None
) -> Text:
    """All views of a message.

    ``skip(unaccented)`` names ranges that are no words (links, numbers) and stay untouched.
    """
    capped = raw[:MAX_CHARS]
    plain, offsets = clean(capped)
    unaccented = "".join([fold_char(c) for c in plain])
    keep = skip(unaccented) if skip else []
    tokens, garble = _Reader(capped, plain, unaccented, offsets, spelling).read(keep)
    squeezed, squeezed_offsets = squeeze(unaccented, offsets)
    return Text(raw, plain, unaccented, offsets, squeezed, squeezed_offsets, tokens, garble, len(raw) > MAX_CHARS)


class _Reader:
    """Reads the words of one message, and counts those written so that a filter should not read them."""

    def __init__(self, raw: str, plain: str, unaccented: str, offsets: array[int], spelling: Spelling) -> None:
        self._raw = raw
        self._plain = plain
        self._folded = unaccented
        self._offsets = offsets
        self._spelling = spelling
        self._hidden = 0
        self._odd: set[str] = set()

    def read(self, keep: list[tuple[int, int]]) -> tuple[tuple[Token, ...], float]:
        """The tokens, and the share of garbled words. One word that is merely odd (a code, a name) is none."""
        masked = _mask(self._folded, keep)
        joined = [m for m in _candidates(masked) if _reads_joined(m.group(), self._spelling)]
        single = _mask(masked, [m.span() for m in joined])
        ranges = [(*m.span(), True) for m in joined]
        ranges += [(m.start(), m.start() + len(m.group().rstrip("!")), False) for m in _WORD.finditer(single)]
        tokens: list[Token] = []
        written = 0
        for start, end, apart in sorted(ranges):
            if not any(c.isalnum() for c in self._folded[start:end]):
                continue
            tokens.extend(self._word(start, end, apart))
            written += 1
        kept = sum(self._is_disguised(start, end) for start, end in keep)
        garbled = self._hidden + kept + max(0, len(self._odd) - 1)
        garbled += sum(max(0, len(sign.findall(single)) - few) for sign, few in _TOLERATED)
        return tuple(tokens), min(1.0, garbled / max(1, written + kept))

    def _word(self, start: int, end: int, apart: bool) -> list[Token]:
        first, last = self._offsets[start], end_of(self._raw, self._offsets[end - 1])
        plain, folded, shown = self._plain[start:end], self._folded[start:end], self._raw[first:last]
        after_digit = start > 0 and self._folded[start - 1].isdigit()
        spelled, hidden = _spell(plain, folded, apart, self._spelling, after_digit)
        if hidden or (not shown.isascii() and _is_scribbled(plain, shown, len(spelled))):
            self._hidden += 1
        elif _is_odd(folded, shown, spelled, self._spelling):
            self._odd.add(folded)
        return [Token(first, last, accented, bare) for accented, bare in spelled]

    def _is_disguised(self, start: int, end: int) -> bool:
        """Whether a link or number is written against filters: capitals at random in a host, signs between digits."""
        shown = self._raw[self._offsets[start] : end_of(self._raw, self._offsets[end - 1])]
        if len(_MARK_IN_NUMBER.findall(shown)) > 1 or DISGUISE.search(shown):
            return True
        host = re.split(r"[/?#]", shown.split("://")[-1], maxsplit=1)[0]
        return "." in host and _rises(host) >= 2


def _mask(text: str, ranges: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in sorted(ranges):
        parts += [text[at:start], "\x00" * (end - max(at, start))]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _candidates(text: str) -> list[re.Match[str]]:
    """Rows of short pieces that may be one word taken apart: "t h u o n g", "l.u.a"."""
    spaced = list(_SPACED.finditer(text))
    rest = _mask(text, [m.span() for m in spaced])
    return spaced + list(_SPLIT_WORD.finditer(rest))


def _reads_joined(shown: str, spelling: Spelling) -> bool:
    """Whether the pieces are a word together and not words of their own ("tp.hcm", "di.em", "p.an" are not)."""
    pieces = re.findall("[a-z0-9]+", shown)
    word = "".join(pieces)
    if word in spelling.teencode:
        return True
    if len(word) < 3 or word.isdigit() or all(spelling.knows(p) for p in pieces):
        return False
    if len(pieces) == 2 and len(pieces[0]) == 1:
        return False
    return spelling.knows(word) or _behind(word, spelling) is not None or _segment(word, spelling) is not None


def _spell(
    plain: str, folded: str, apart: bool, spelling: Spelling, after_digit: bool
) -> tuple[list[tuple[str, str]], bool]:
    """The cleaned words of one range as (with diacritics, folded), and whether it was written to hide."""
    if apart:
        plain, folded = "".join(filter(str.isalnum, plain)), "".join(filter(str.isalnum, folded))
    plain, folded = _unrepeat(plain, folded)
    if not after_digit and folded in spelling.teencode:
        return list(spelling.teencode[folded]), False
    if folded.isdigit() or spelling.knows(folded):
        return [(plain, folded)], apart
    if _LETTER_FOR_DIGIT.fullmatch(folded):
        number = folded.replace("o", "0")
        return [(number, number)], True
    meant = _behind(folded, spelling)
    if meant is not None:
        return meant, True
    pieces = _segment(folded, spelling)
    if pieces:
        return _cut(plain, pieces), apart
    return [(plain, folded)], False


def _behind(word: str, spelling: Spelling) -> list[tuple[str, str]] | None:
    """The words behind digits and signs used as letters ("th0ng", "d!eu") or letters doubled as noise, or None."""
    for plainer in (*_unleet(word), *_undouble(word)):
        if plainer in spelling.teencode:
            return list(spelling.teencode[plainer])
        if spelling.knows(plainer):
            return [(plainer, plainer)]
    for plainer in _undouble(word):
        pieces = _segment(plainer, spelling)
        if pieces:
            return [(p, p) for p in pieces]
    return None


def _unrepeat(plain: str, folded: str) -> tuple[str, str]:
    """Letters written thrice or more are meant once ("quáaaa"); an accented one is kept among them."""
    if _REPEAT.search(folded) is None:
        return plain, folded
    for run in reversed(list(_REPEAT.finditer(folded))):
        start, end = run.span()
        best = max(range(start, end), key=lambda i: (plain[i] != folded[i], -i))
        plain = plain[:start] + plain[best] + plain[end:]
        folded = folded[:start] + folded[best] + folded[end:]
    return plain, folded


def _unleet(word: str) -> list[str]:
    """What digits and signs may stand for; nothing where they count ("2tr5", "A4", "tổ 5" written "to5")."""
    counted = _COUNTED.fullmatch(word)
    if word.isalpha() or (counted and (counted.group(1) is None or is_syllable(counted.group(1)))):
        return []
    return [plainer for table in _LEET if (plainer := word.translate(table)).isalpha()]


def _undouble(word: str) -> list[str]:
    """The word with each doubled letter once, where doubling is the rule in it and not the exception."""
    single = _RUN.sub(r"\1", word)
    return [single] if len(word) - len(single) >= 3 and len(word) * 2 >= len(single) * 3 and word.isalpha() else []


@lru_cache(maxsize=8192)
def _segments(word: str) -> tuple[str, ...] | None:
    """The fewest syllables of two letters or more that a glued word is made of, or None."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - 7), end - 1):
            before = best[start]
            if before is not None and is_syllable(word[start:end]):
                here = (*before, word[start:end])
                known = best[end]
                if known is None or len(here) < len(known):
                    best[end] = here
    return best[-1]


def _segment(word: str, spelling: Spelling) -> tuple[str, ...] | None:
    """Glued syllables; not the many short ones that English words seem to be made of ("ca me ra")."""
    if not 5 < len(word) <= 40 or not word.isalpha() or word in spelling.words:
        return None
    pieces = _segments(word)
    return pieces if pieces and len(pieces) > 1 and len(word) >= 2.6 * len(pieces) else None


def _cut(plain: str, pieces: tuple[str, ...]) -> list[tuple[str, str]]:
    ends = list(itertools.accumulate(map(len, pieces)))
    return [(plain[end - len(piece) : end], piece) for piece, end in zip(pieces, ends, strict=True)]


def _rises(shown: str) -> int:
    """How often a small letter is followed by a capital."""
    return sum(a.islower() and b.isupper() for a, b in itertools.pairwise(shown))


def _is_scribbled(plain: str, shown: str, words: int) -> bool:
    """Letters of other alphabets or invisible ones among ours, more tone marks than words, marks that are not ours."""
    if DISGUISE.search(shown):
        return True
    return sum(map(has_tone, plain)) > words or (
        words == 1 and _FOREIGN_MARK.search(plain) is not None and is_syllable(fold(plain))
    )


def _is_odd(folded: str, shown: str, spelled: list[tuple[str, str]], spelling: Spelling) -> bool:
    """No word that can be read aloud, and no code in capitals; or syllables glued with capitals at random."""
    if shown.isdigit() or folded in spelling.teencode:
        return False
    if len(spelled) > 2:
        return True
    plainly = shown.isupper() or shown[1:].islower()
    if len(spelled) == 2 or shown.isupper() or spelling.knows(spelled[0][1]):
        return not plainly and _rises(shown) > 2
    return (
        _rises(shown) > 1
        or sum(a.isdigit() != b.isdigit() for a, b in itertools.pairwise(folded)) > 3
        or (len(folded) > 5 and _UNREADABLE.search(folded) is not None)
        or len(folded) > 18
    )
