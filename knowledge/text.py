"""One normalisation of a Vietnamese message, with offsets back to the citizen's own text.

Every stage reads these views and normalises nothing itself. Order matters (a byte of hostile text must not cost more
than a byte): cap, drop what cannot be seen, bound the marks of each letter, compose, fold look-alikes, lower-case, then
the token views. ``unicodedata.normalize`` is quadratic on long runs of marks (CPython gh-149079), so it only ever sees
one letter with at most four marks.

Must not know what a scam is.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

MAX_CHARS = 5000
MAX_MARKS = 4

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_LOOKALIKES = dict(
    zip(
        "аЬЪвсԁеһіјкӏмпорԛгѕтυυԝхуєзАВСЕНІЈКМОРЅТХУԜαβγδεικλνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡıℓ",
        "abbbcdehijklmnopqrstuuwxyeeabcehijkmopstxywabydeiklvoptuxwabezhikmnoptyxagil",
        strict=True,
    )
)
_FOLD = {"đ": "d", "ð": "d", "Đ": "D", "ø": "o", "ł": "l", "ħ": "h"}
_LEET = str.maketrans("013456789@$!|", "oieasbtbgasil")
_LEET_L = str.maketrans("013456789@$!|", "oleasgtbqaslI".lower())
_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
_RIME = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im"
    " in inh ip it iu o oa oac oach oai oam oan oang oanh oao oat oay oc oe oen oeo oet oi om on ong ooc oong op ot u ua"
    " uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet"
    " uynh uyt uyu y yem yen yeng yet yeu"
).split()
_SYLLABLE = re.compile(_ONSET + "(?:" + "|".join(sorted(_RIME, key=len, reverse=True)) + r")\Z")
_WORD = re.compile(r"[a-z0-9@$!|]*[a-z0-9][a-z0-9@$|]*")
_REPEAT = re.compile(r"([a-z])\1{2,}")
_SPLIT_WORD = re.compile(r"(?<![a-z0-9])(?:[a-z]{1,2}[.\-_*'~^+=/\\]{1,2}){1,12}[a-z]{1,4}(?![a-z0-9])")
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9] ){3,60}[a-z0-9](?![a-z0-9])")


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
        """The raw range of ``plain[start:end]``."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.raw)
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


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


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _FOLD:
        return _FOLD[char]
    return unicodedata.normalize("NFD", char)[0]


def fold(text: str) -> str:
    """Lower-case without diacritics, đ as d; meant for short, trusted text."""
    return "".join(_fold_char(c) for c in unicodedata.normalize("NFC", text).lower())


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a folded word has the shape of a Vietnamese syllable."""
    return _SYLLABLE.match(word) is not None


def normalise(
    raw: str, spelling: Spelling = NO_SPELLING, skip: Callable[[str], list[tuple[int, int]]] | None = None
) -> Text:
    """All views of a message. ``skip(unaccented)`` names ranges that are no words (links, numbers) and stay untouched."""
    capped = raw[:MAX_CHARS]
    plain, offsets = _clean(capped)
    unaccented = "".join([_fold_char(c) for c in plain])
    keep = skip(unaccented) if skip else []
    tokens, garbled = _tokens(plain, unaccented, offsets, spelling, keep)
    squeezed, squeezed_offsets = _squeeze(unaccented, offsets)
    share = garbled / max(1, len({(t.start, t.end) for t in tokens}))
    return Text(
        raw, plain, unaccented, offsets, squeezed, squeezed_offsets, tokens, min(1.0, share), len(raw) > MAX_CHARS
    )


def _clean(raw: str) -> tuple[str, array[int]]:
    """Composed, look-alikes folded, lower-case; and the raw offset of every character."""
    out: list[str] = []
    offsets: array[int] = array("l")
    at, length = 0, len(raw)
    while at < length:
        end = at + 1
        while end < length and unicodedata.combining(raw[end]):
            end += 1
        for char in _letter(raw[at : min(end, at + 1 + MAX_MARKS)]):
            out.append(char)
            offsets.append(at)
        at = end
    return "".join(out), offsets


@lru_cache(maxsize=16384)
def _letter(cluster: str) -> str:
    """One letter with its marks, as it is compared: at most four characters."""
    if cluster.isascii():
        return cluster.lower() if cluster.isprintable() else " "
    if _INVISIBLE.match(cluster):
        return ""
    composed = unicodedata.normalize("NFC", cluster)
    if len(composed) > 1 or unicodedata.category(composed) in {
        "Lm",
        "Sk",
        "No",
        "Nl",
        "So",
        "Lo",
        "Lu",
        "Ll",
        "Nd",
        "Pc",
    }:
        composed = unicodedata.normalize("NFKC", composed)
    composed = "".join(_LOOKALIKES.get(c, c) for c in composed[:4]).lower()[:4]
    return composed if all(_is_text(c) for c in composed) else " "


def _is_text(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNP" or char in "+$=<>|~^`₫€ "


def _squeeze(unaccented: str, offsets: array[int]) -> tuple[str, array[int]]:
    kept = [i for i, c in enumerate(unaccented) if c.isalnum()]
    return "".join([unaccented[i] for i in kept]), array("l", [offsets[i] for i in kept])


def _tokens(
    plain: str, unaccented: str, offsets: array[int], spelling: Spelling, keep: list[tuple[int, int]]
) -> tuple[tuple[Token, ...], int]:
    tokens: list[Token] = []
    garbled = 0
    for start, end, joined in _words(unaccented, keep):
        spelled, strange = _spell(
            plain[start:end], unaccented[start:end], joined, spelling, _after_digit(unaccented, start)
        )
        garbled += strange
        first, last = offsets[start], offsets[end - 1] + 1
        tokens.extend(Token(first, last, accented, folded) for accented, folded in spelled)
    return tuple(tokens), garbled


def _after_digit(text: str, start: int) -> bool:
    return start > 0 and text[start - 1].isdigit()


def _words(text: str, keep: list[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """Ranges of words in order, and whether letters stood apart in them; ranges in ``keep`` yield no word."""
    masked = text
    for start, end in keep:
        masked = masked[:start] + "\x00" * (end - start) + masked[end:]
    joined = [(m.start(), m.end(), True) for m in _SPACED.finditer(masked)]
    for match in _SPLIT_WORD.finditer(masked):
        if not any(s < match.end() and match.start() < e for s, e, _ in joined):
            joined.append((match.start(), match.end(), True))
    for start, end, _ in joined:
        masked = masked[:start] + "\x00" * (end - start) + masked[end:]
    single = [(m.start(), m.end(), False) for m in _WORD.finditer(masked)]
    return sorted(joined + single)


def _spell(
    plain: str, folded: str, joined: bool, spelling: Spelling, after_digit: bool
) -> tuple[list[tuple[str, str]], int]:
    """The cleaned words of one range as (with diacritics, folded), and 1 where it was written to hide."""
    if joined:
        plain = "".join(c for c in plain if c.isalnum())
        folded = "".join(c for c in folded if c.isalnum())
    if len(folded) == len(plain):
        plain, folded = _unrepeat(plain, folded)
    if not after_digit and folded in spelling.teencode:
        return list(spelling.teencode[folded]), 0
    if spelling.knows(folded) or folded.isdigit():
        return [(plain, folded)], int(joined and len(folded) > 1)
    plainer = _unleet(folded, spelling)
    if plainer is not None:
        if plainer in spelling.teencode:
            return list(spelling.teencode[plainer]), 1
        return [(plainer, plainer)], 1
    pieces = _segment(folded, spelling) if len(folded) > 5 and folded.isalpha() else None
    if pieces:
        return _cut(plain, folded, pieces), int(joined or len(pieces) > 2)
    return [(plain, folded)], int(_is_strange(folded))


def _unrepeat(plain: str, folded: str) -> tuple[str, str]:
    if _REPEAT.search(folded) is None:
        return plain, folded
    kept = [i for i, c in enumerate(folded) if not (i >= 2 and c.isalpha() and c == folded[i - 1] == folded[i - 2])]
    kept = [i for n, i in enumerate(kept) if not (n and folded[i] == folded[kept[n - 1]] and _in_run(folded, i))]
    return "".join(plain[i] for i in kept), "".join(folded[i] for i in kept)


def _in_run(folded: str, at: int) -> bool:
    return folded[max(0, at - 2) : at + 3].count(folded[at]) >= 3


def _unleet(word: str, spelling: Spelling) -> str | None:
    """The word behind digits and signs used as letters ("th0ng", "d!eu"), or None."""
    if word.isalpha() or not any(c.isalpha() for c in word) or re.fullmatch(r"\d+[a-z]{1,3}\d*|[a-z]\d+", word):
        return None
    for table in (_LEET, _LEET_L):
        plainer = word.translate(table)
        if plainer.isalpha() and (spelling.knows(plainer) or plainer in spelling.teencode):
            return plainer
    return None


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
    if word in spelling.words or len(word) > 40:
        return None
    pieces = _segments(word)
    return pieces if pieces and len(pieces) > 1 else None


def _cut(plain: str, folded: str, pieces: tuple[str, ...]) -> list[tuple[str, str]]:
    cut, at = [], 0
    same = len(plain) == len(folded)
    for piece in pieces:
        cut.append((plain[at : at + len(piece)] if same else piece, piece))
        at += len(piece)
    return cut


def _is_strange(word: str) -> bool:
    """Neither a syllable nor a number, a code or an English-looking word: long, or letters and digits mixed thrice."""
    changes = sum(a.isdigit() != b.isdigit() for a, b in itertools.pairwise(word))
    return len(word) > 11 or changes > 2 or (len(word) > 5 and not re.search("[aeiouy]", word))
