"""The stages of the judgement: each looks at one kind of sign and says what it saw where.

A stage reads the normalised text and its own index and returns evidence; it weighs nothing against anything else.
``matcher`` does that. Nothing here keeps state.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge import addresses, indicators
from knowledge.directory import Directory
from knowledge.example_index import ExampleIndex
from knowledge.lexicon import Hit
from knowledge.phrase_index import PhraseIndex
from knowledge.text import Text, Token, fold, is_syllable
from knowledge.verdict import AddressJudgement, Evidence, Indicator, IndicatorKind, Span

WEAKEST = 86.0
QUOTE_MOST = 60
NEAREST = 300
LEAST_WORDING = 5
LONGEST_RUN = 6
_BREAKS = (re.compile(r"[^\w\s]|\n"), re.compile(r"[.!?;:\n]"))
"""What ends a clause; where no clause says enough, what ends a sentence."""
ACCENTED = "as:"

# Words that everybody uses to tell, to deny and to ask, and the citizen's own name for it all: no reason by themselves.
_SAYS_NOTHING = frozenset(
    "toi tui tao minh e em anh chi con chau bac co chu ong ba ho no nguoi ban ai gi sao nao dau may chua khong ko "
    "k da dang se roi bi duoc la thi ma va cua cho nay kia do day phai thay noi bao hoi biet the nhu vay cung "
    "nhung cac mot gio lai ra vao den o tu de khi neu a oi nhe nha voi ca rat cu van deu lua dao gat scam fraud "
    "is it this i you he she they we my me not an to of in on and or did".split()
)
_POINTING = (
    ("quote", re.compile("[\"“”«»]|(?<![a-z])['‘’](?=[a-z])")),
    ("asks", re.compile(r"\?")),
    ("lines", re.compile("\n")),
)
_MANNER = "cách nói hay gặp trong chuyện lừa đảo"
_SIGNS = {
    AddressJudgement.LOOKALIKE: "đường link nhái địa chỉ thật",
    AddressJudgement.SUSPICIOUS: "đường link có địa chỉ kiểu hay gặp trong lừa đảo",
    AddressJudgement.APP_FILE: "đường link tải thẳng tệp về máy",
    AddressJudgement.SHORTENER: "đường link rút gọn che nơi đến",
    AddressJudgement.OPEN_PLATFORM: "đường link tới trang ai cũng tạo được",
    AddressJudgement.UNKNOWN: "đường link chưa có trong danh bạ chính thức",
    AddressJudgement.OFFICIAL: "đường link đúng địa chỉ chính thức",
}


@dataclass(frozen=True, slots=True)
class PhraseOwner:
    """Which method a phrase speaks for, and whether it is decisive for it."""

    method: str
    decisive: bool
    shown: str


@dataclass(frozen=True, slots=True)
class Similarity:
    """How near a text is to one method's examples: the nearest, the mean of the three nearest, and all together."""

    nearest: float
    three: float
    centre: float
    example: int


def quote_of(raw: str, span: Span) -> str:
    """The citizen's own words at a span, at most sixty characters, on one line."""
    words = " ".join(raw[span.start : span.end].split())
    return words if len(words) <= QUOTE_MOST else words[: QUOTE_MOST - 1].rstrip() + "…"


def judged(found: Iterable[indicators.Found], text: Text, directory: Directory) -> tuple[Indicator, ...]:
    """Indicators with raw spans, links judged by their address."""
    out = []
    for one in found:
        span = Span(*text.raw_span(one.start, one.end))
        if one.kind is IndicatorKind.LINK:
            address = addresses.judge(one.host, one.value, directory)
            out.append(Indicator(one.kind, one.value, span, address.judgement, address.owner, address.until))
        else:
            out.append(Indicator(one.kind, one.value, span))
    return tuple(out)


def by_indicator(found: Sequence[Indicator], text: Text) -> list[Evidence]:
    """What the links of a text say by their addresses."""
    return [
        Evidence(
            "by_indicator",
            _SIGNS[one.judgement] + (f" của {one.owner}" if one.judgement is AddressJudgement.LOOKALIKE else ""),
            one.span,
            quote_of(text.raw, one.span),
            None,
            0.0,
        )
        for one in found
        if one.judgement is not None
    ]


def canonical(tokens: Sequence[Token]) -> tuple[str, list[int]]:
    """The words of a text joined by one space, without diacritics, and for every character the number of its word."""
    owners: list[int] = []
    for number, token in enumerate(tokens):
        owners.extend([number] * (len(token.folded) + 1))
    return " ".join([t.folded for t in tokens]), owners[:-1]


def by_phrase(text: Text, index: PhraseIndex, owners: Sequence[PhraseOwner]) -> list[Evidence]:
    """Catalogue phrases that stand in the text nearly letter for letter; one inside another counts once a method."""
    searched, words = canonical(text.tokens)
    if len(searched) < 8:
        return []
    found: list[Evidence] = []
    for hit in index.search(searched):
        owner = owners[hit.phrase]
        first, last = words[min(hit.start, len(words) - 1)], words[min(max(hit.end - 1, 0), len(words) - 1)]
        span = Span(text.tokens[first].start, text.tokens[last].end)
        if any(e.method == owner.method and e.span and _overlap(e.span, span) for e in found):
            continue
        weight = (hit.score - WEAKEST + 4) / (104 - WEAKEST)
        sign = "decisive" if owner.decisive else "usual"
        found.append(Evidence("by_phrase", sign, span, quote_of(text.raw, span), owner.method, weight))
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def by_cue(text: Text, hits: Sequence[Hit], labels: Mapping[str, str], words: frozenset[int]) -> list[Evidence]:
    """Levers of persuasion and requests, each named once with its longest place.

    ``words`` are word boundaries of accented text (raw offsets): a hit that begins or ends inside a word is none.
    """
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit.name not in labels or not _on_boundary(hit, text.tokens, words):
            continue
        known = best.get(hit.name)
        if known is None or hit.words > known.words:
            best[hit.name] = hit
    found = []
    for name, hit in best.items():
        span = Span(text.tokens[hit.first].start, text.tokens[hit.last - 1].end)
        found.append(Evidence("by_cue", labels[name], span, quote_of(text.raw, span), None, 0.0))
    return found


def _on_boundary(hit: Hit, tokens: Sequence[Token], words: frozenset[int]) -> bool:
    if not words or hit.words > 1:
        return True
    return tokens[hit.first].start in words and tokens[hit.last - 1].end in words


def features(text: Text, hits: Sequence[Hit], found: Sequence[Indicator]) -> dict[str, float]:
    """What a text is compared by: words, word pairs, how it opens and closes, how it is pointed, concepts and patterns
    of the lexicon, kinds of indicators; each damped by repetition.
    """
    words = [t.folded for t in text.tokens if not t.folded.isdigit()]
    counted: Counter[str] = Counter(words)
    counted.update(f"{a} {b}" for a, b in itertools.pairwise(words))
    out = {name: (1 + math.log(n)) * (0.8 if " " in name else 1.0) for name, n in counted.items()}
    out |= {f"{ACCENTED}{t.plain}": 0.7 for t in text.tokens if t.plain != t.folded}
    out |= {name: 1.4 if name.startswith("concept:") else 1.0 for name in {h.name for h in hits}}
    out |= {f"kind:{i.kind}": 0.7 for i in found} | {f"link:{i.judgement}": 0.7 for i in found if i.judgement}
    out |= {f"point:{name}": 1.0 for name, pattern in _POINTING if pattern.search(text.plain)}
    out |= {f"opens:{' '.join(words[:n])}": 1.0 for n in (1, 2) if len(words) >= n}
    out |= {f"closes:{' '.join(words[-n:])}": 0.7 for n in (1, 2) if len(words) >= n}
    out[f"length:{min(6, len(text.tokens).bit_length())}"] = 0.7
    return out


def by_wording(text: Text, speaking: Sequence[tuple[str, float]], method: str) -> list[Evidence]:
    """Where the words stand that speak most for a method by the way its examples are worded, two at the most; what
    tells a reader nothing comes last, for it still is a sign."""
    found: list[Evidence] = []
    words = [t.folded for t in text.tokens]
    for name, share in speaking:
        sought = name.split()
        starts = (i for i in range(len(words) - len(sought) + 1) if words[i : i + len(sought)] == sought)
        at = next(starts, -1) if ":" not in name and len(name) >= LEAST_WORDING else -1
        if at < 0:
            continue
        span = _as_a_word(text, at) if len(sought) == 1 else _across(text, at, at + len(sought) - 1)
        if not any(e.span and _overlap(e.span, span) for e in found):
            found.append(Evidence("by_wording", "", span, quote_of(text.raw, span), method, share))
    return sorted(found, key=lambda one: not is_telling(one.quote))[:2]


def by_manner(text: Text, speaking: Sequence[tuple[str, float]], words: frozenset[int]) -> list[Evidence]:
    """The few words beside each other that speak most for a scam by how scams are worded, whatever the method; none
    where no such words stand together and tell a reader something.

    ``words`` are word boundaries of accented text (raw offsets): half a word is not quoted.
    """
    shares = dict(speaking)
    folded = [t.folded for t in text.tokens]
    score = [shares.get(word, 0.0) for word in folded]
    for at, pair in enumerate(itertools.pairwise(folded)):
        half = shares.get(" ".join(pair), 0.0) / 2
        score[at] += half
        score[at + 1] += half
    for ends in _BREAKS:
        runs = [
            (sum(score[first:last]), -first, last)
            for first, last in _runs(text, score, words, ends)
            if is_telling(" ".join(folded[first:last]))
        ]
        if runs:
            most, first, last = max(runs)
            span = _across(text, -first, last - 1)
            return [Evidence("by_wording", _MANNER, span, quote_of(text.raw, span), None, most)]
    return []


def _runs(
    text: Text, score: Sequence[float], words: frozenset[int], ends: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """Every run of a few words (first, past the last), nothing that ends it inside, that begins and ends with one
    that counts."""
    tokens = text.tokens
    for first in (at for at, counts in enumerate(score) if counts):
        for last in range(first, min(first + LONGEST_RUN, len(tokens))):
            if last > first and ends.search(text.raw[tokens[last - 1].end : tokens[last].start]):
                break
            if score[last] and (not words or (tokens[first].start in words and tokens[last].end in words)):
                yield first, last + 1


def _across(text: Text, first: int, last: int) -> Span:
    return Span(text.tokens[first].start, text.tokens[last].end)


def _as_a_word(text: Text, at: int) -> Span:
    """The place of a syllable with the one after or before it: most words have two, and half of one says nothing."""
    tokens, alone = text.tokens, _across(text, at, at)
    if not is_syllable(tokens[at].folded):
        return alone
    for first, beside in ((at, at + 1), (at - 1, at - 1)):
        if first < 0 or beside >= len(tokens) or text.raw[tokens[first].end : tokens[first + 1].start] != " ":
            continue
        if is_syllable(tokens[beside].folded) and tokens[beside].folded not in _SAYS_NOTHING:
            return _across(text, first, first + 1)
    return alone


def is_telling(quote: str) -> bool:
    """Whether a reader understands a few words by themselves: no half of a word, nothing that only asks or denies."""
    words = fold(quote).split()
    if len(words) == 1:
        return len(words[0]) >= LEAST_WORDING and not is_syllable(words[0])
    return any(word.strip(".,;:!?\"'()“”") not in _SAYS_NOTHING for word in words)


def by_disguise(text: Text) -> list[Evidence]:
    """That the text is written so that no filter should read it, shown by its first words."""
    span = Span(0, min(len(text.raw), QUOTE_MOST))
    return [
        Evidence("by_disguise", "chữ bị chen ký tự để né bộ lọc tin rác", span, quote_of(text.raw, span), None, 0.0)
    ]


def unaccented(compared: Mapping[str, float]) -> dict[str, float]:
    """The features as the same text typed without diacritics would have them."""
    return {n: v for n, v in compared.items() if not n.startswith(ACCENTED)}


def words_of(compared: Mapping[str, float]) -> dict[str, float]:
    """Of a text's features those that likeness is measured by: words and concepts, no pairs and no patterns."""
    return {n: v for n, v in compared.items() if n.startswith("concept:") or (" " not in n and ":" not in n)}


def by_similarity(
    compared: Mapping[str, float],
    index: ExampleIndex,
    owners: Sequence[str],
    centres: ExampleIndex,
    slugs: Sequence[str],
) -> dict[str, Similarity]:
    """Nearness to every method that shares anything with the text."""
    near = index.similarities(compared)
    middle = dict(zip(slugs, centres.similarities(compared).tolist(), strict=True))
    nearest: dict[str, list[int]] = {}
    for at in np.argsort(-near)[:NEAREST].tolist():
        if near[at] <= 0:
            break
        nearest.setdefault(owners[at], []).append(at)
    return {
        slug: Similarity(float(near[own[0]]), float(near[own[:3]].sum()) / 3, middle.get(slug, 0.0), own[0])
        for slug, own in nearest.items()
    }
