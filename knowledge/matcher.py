"""The judgement of one message: normalise, find, read the frame, let every stage speak, weigh, decide.

``Judge`` is built once from a revision of the catalogue (a second or so) and is then immutable: the same text always
gets the same verdict, and several threads may ask at once. Must not know who asks or how the answer is told.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge import catalogue, directory, indicators, lessons, lexicon, segmentation, stages, weights
from knowledge import frame as frames
from knowledge import signs as weighed
from knowledge.catalogue import DATA, Catalogue
from knowledge.directory import Directory
from knowledge.example_index import ExampleIndex
from knowledge.lessons import Lesson
from knowledge.lexicon import Hit, Lexicon, Patterns
from knowledge.linear_model import LinearModel
from knowledge.phrase_index import PhraseIndex
from knowledge.stages import PhraseOwner
from knowledge.text import Text, fold, normalise
from knowledge.verdict import (
    AddressJudgement,
    Candidate,
    Evidence,
    Frame,
    Indicator,
    IndicatorKind,
    Level,
    Verdict,
)
from knowledge.weights import Weights

MOST_METHODS = 5
SURE = 0.6
BRIEF = 16
CLEARLY_ABOUT = 0.4
_WARNED = (Level.SCAM, Level.SUSPICIOUS)
_TELLING = (Frame.STORY, Frame.RECEIVED)
_EXAMPLES = ("example", "seen")
# Indicators that are also words of a sentence: patterns such as "lỡ chuyển * triệu" read through them.
_WORDS = (IndicatorKind.OTP, IndicatorKind.MONEY)
_CALLS = (IndicatorKind.ACCOUNT, IndicatorKind.HANDLE, IndicatorKind.WALLET)
_ENGLISH = frozenset(
    (
        "the you your to is are and we please for my this that of in on with was have has me they it he she i "
        "from will not "
    ).split()
)


@dataclass(frozen=True, slots=True)
class Signs:
    """Everything the stages said about one text, before it is weighed: what ``fit`` learns from."""

    text: Text
    indicators: tuple[Indicator, ...]
    hits: tuple[Hit, ...]
    reading: frames.Reading
    evidence: tuple[Evidence, ...]
    level: dict[str, float]
    methods: dict[str, dict[str, float]]
    language: str


class Judge:
    """All indexes over one revision of the catalogue."""

    def __init__(
        self,
        entries: Catalogue,
        words: Lexicon,
        addresses: Directory,
        taught: Sequence[Lesson],
        weigh: Weights,
    ) -> None:
        self.catalogue = entries
        self.revision = entries.revision
        self._directory = addresses
        self._weights = weigh
        self._spelling = words.spelling()
        self._labels = words.labels()
        self._patterns = Patterns(_named_patterns(words))
        self._impersonates = Patterns(
            (f"poses:{m.slug}", name) for m in entries.methods for name in m.signals.impersonates if fold(name)
        )
        self._known = frozenset(k.slug for k in entries.known)
        self._gone: frozenset[str] = frozenset()
        self._phrase_owners = [
            PhraseOwner(m.slug, phrase in m.signals.decisive, phrase)
            for m in entries.methods
            for phrase in m.signals.phrases
        ]
        self._phrases = PhraseIndex([stages.canonical(self.read(o.shown)[0].tokens)[0] for o in self._phrase_owners])
        self._learn(taught)
        segmentation.warm_up()

    def _learn(self, taught: Sequence[Lesson]) -> None:
        """Build every index and model from the lessons."""
        pairs = [(lesson, self._compared(lesson.text)) for lesson in taught]
        # Every other lesson is learned as if typed without diacritics, so that their absence teaches nothing.
        pairs = [(one, stages.unaccented(c) if at % 2 else c) for at, (one, c) in enumerate(pairs)]
        examples = [(lesson.method, c) for lesson, c in pairs if lesson.method and lesson.source in _EXAMPLES]
        alike = [stages.words_of(c) for _, c in examples]
        unlike = [stages.words_of(c) for lesson, c in pairs if lesson.scam is False]
        self._example_owners = [slug for slug, _ in examples]
        self._index = ExampleIndex(alike, unlike)
        self._honest = ExampleIndex(unlike, alike)
        self._slugs = list(dict.fromkeys(self._example_owners))
        self._centres = ExampleIndex([_centre(slug, pairs) for slug in self._slugs], unlike)
        self._wording = _model(
            [("scam" if lesson.scam else "honest", c) for lesson, c in pairs if lesson.scam is not None]
        )
        self._kinds = _model([(lesson.frame, c) for lesson, c in pairs if lesson.frame])
        self._happened = _model([(lesson.situation, c) for lesson, c in pairs if lesson.situation])
        self._topics = _model(
            [(lesson.method, c) for lesson, c in pairs if lesson.method and lesson.method not in self._known]
        )

    def without(self, methods: Collection[str], domains: Collection[str]) -> Judge:
        """A judge that never names these methods nor reasons by them, and knows nobody to own these domains: at once,
        for nothing is learned again. How likely a text is a scam at all it still says as it has learned."""
        other = copy.copy(self)
        kept = [m for m in self.catalogue.methods if m.slug not in methods]
        other.catalogue = Catalogue(methods=tuple(kept), known=self.catalogue.known)
        other._gone = self._gone.union(methods)
        other._directory = self._directory.without(domains) if domains else self._directory
        return other

    def _compared(self, raw: str) -> dict[str, float]:
        text, found = self.read(raw)
        return stages.features(text, self._patterns.find(text.tokens), found)

    def read(self, raw: str) -> tuple[Text, tuple[Indicator, ...]]:
        """The normalised text and its judged indicators."""
        found: list[indicators.Found] = []

        def skip(unaccented: str) -> list[tuple[int, int]]:
            found.extend(indicators.find(unaccented, raw))
            return [(f.start, f.end) for f in found if f.kind not in _WORDS]

        text = normalise(raw, self._spelling, skip)
        return text, stages.judged(found, text, self._directory)

    def signs(self, raw: str) -> Signs:
        """Let every stage speak about a text; nothing is weighed yet."""
        text, found = self.read(raw)
        hits = self._patterns.find(text.tokens)
        compared = stages.features(text, hits, found)
        reading = frames.read(text, hits, found, self._kinds.log_odds(compared), self._happened.log_odds(compared))
        words = _word_boundaries(text)
        phrases = stages.by_phrase(text, self._phrases, self._phrase_owners)
        cues = stages.by_cue(text, hits, self._labels, words)
        near = stages.by_similarity(
            stages.words_of(compared), self._index, self._example_owners, self._centres, self._slugs
        )
        topics = self._topics.log_odds(compared)
        if self._gone:
            phrases = [one for one in phrases if one.method not in self._gone]
            near = {slug: one for slug, one in near.items() if slug not in self._gone}
            topics = _among(topics, self._gone)
        posing = self._impersonates.find(text.tokens)
        methods = weighed.of_methods(text, [*hits, *posing], phrases, near, topics, self.catalogue)
        level = weighed.of_level(text, found, hits, reading, phrases, methods)
        said = self._wording.log_odds(compared)
        level["wording"] = max(-6.0, min(6.0, said["scam"] - said["honest"]))
        level["honest_similarity"] = float(self._honest.similarities(stages.words_of(compared)).max(initial=0.0))
        level["topic"] = math.exp(max(topics.values()))
        level["near_known"] = float(weighed.is_near_known(near, self._known, level["honest_similarity"]))
        likeliest = max(topics, key=lambda slug: topics[slug])
        worded = stages.by_wording(text, self._topics.speaking(compared, likeliest, 12), likeliest)
        disguised = stages.by_disguise(text) if level.get("hidden_call") else []
        evidence = (*stages.by_indicator(found, text), *phrases, *cues, *disguised, *worded)
        return Signs(text, found, tuple(hits), reading, evidence, level, methods, _language(text))

    def match(self, raw: str) -> Verdict:
        """The verdict on a text of any length and origin; never raises for its content."""
        signs = self.signs(raw)
        probability = self._weights.probability(signs.level)
        ranked = self.rank(signs)
        reading = signs.reading
        entity = reading.frame is Frame.ENTITY
        level = _entity_level(signs.indicators) if entity else self._level(probability, ranked, signs)
        unnamed = entity or reading.untold or reading.frame is Frame.SMALLTALK
        named = () if unnamed else tuple(ranked[:MOST_METHODS])
        told = self._told(signs, named)
        if level in _WARNED and not any(e.quote and e.weight > 0 for e in told):
            manner = self._by_manner(signs)
            level, told = level if manner else Level.UNKNOWN, (*manner, *told)
        return Verdict(
            level=level,
            probability=round(probability, 4),
            methods=named,
            evidence=told,
            frame=reading.frame,
            intent=reading.intent,
            situation=reading.situation,
            indicators=signs.indicators,
            language=signs.language,
            revision=self.revision,
            question=self._question(level, named),
            truncated=signs.text.truncated,
        )

    def rank(self, signs: Signs) -> list[Candidate]:
        """Methods, best first, with scores between 0 and 1."""
        raw = {slug: self._weights.rank(own) for slug, own in signs.methods.items()}
        if not raw:
            return []
        top = max(raw.values())
        total = sum(math.exp(v - top) for v in raw.values())
        ranked = sorted(raw.items(), key=lambda item: (-item[1], item[0]))
        return [Candidate(slug, round(math.exp(value - top) / total, 4)) for slug, value in ranked]

    def _level(self, probability: float, ranked: Sequence[Candidate], signs: Signs) -> Level:
        if signs.reading.untold:
            return Level.UNKNOWN
        if probability < self._weights.scam and _is_quiet(signs):
            return Level.NONE
        top = self.catalogue.by_slug.get(ranked[0].slug) if ranked else None
        if not signs.evidence:
            probability = min(probability, self._weights.suspicious - 0.01)
        if probability >= self._weights.scam and not (top and top.weak) and not _is_barely_said(signs, ranked):
            return Level.SCAM
        if probability >= self._weights.suspicious:
            return Level.SUSPICIOUS
        if probability >= self._weights.unknown or _is_told_in_brief(signs, ranked):
            return Level.UNKNOWN
        return Level.NONE

    def _question(self, level: Level, named: Sequence[Candidate]) -> str | None:
        if level not in {Level.UNKNOWN, Level.SUSPICIOUS}:
            return None
        method = self.catalogue.by_slug.get(named[0].slug) if named else None
        return method.question if method else None

    def _told(self, signs: Signs, named: Sequence[Candidate]) -> tuple[Evidence, ...]:
        """Evidence with its weight and a sign that a citizen can read; strongest first."""
        shown = {c.slug for c in named[:3]}
        out = []
        for one in signs.evidence:
            if one.stage == "by_phrase":
                if one.method not in shown:
                    continue
                name = self.catalogue.names[one.method or ""]
                decisive = one.sign == "decisive"
                weight = self._weights.level.get("decisive" if decisive else "usual", 0.0) * one.weight
                out.append(replace(one, sign=f"câu quen thuộc của: {name}", weight=round(max(weight, 0.3), 3)))
            elif one.stage == "by_wording":
                if one.method in shown and stages.is_telling(one.quote):
                    sign = f"cách nói thường gặp ở: {self.catalogue.names[one.method or '']}"
                    out.append(replace(one, sign=sign, weight=round(min(0.25, one.weight), 3)))
            else:
                out.append(replace(one, weight=round(self._weight_of(one, signs), 3)))
        out.sort(key=lambda e: -e.weight)
        return tuple(out[:12])

    def _by_manner(self, signs: Signs) -> tuple[Evidence, ...]:
        """The words that made the text look like a scam, where no stage has named any: a warning names its reason."""
        compared = stages.features(signs.text, signs.hits, signs.indicators)
        speaking = self._wording.speaking(compared, "scam", len(compared))
        found = stages.by_manner(signs.text, speaking, _word_boundaries(signs.text))
        return tuple(replace(one, weight=round(min(0.25, one.weight), 3)) for one in found)

    def _weight_of(self, one: Evidence, signs: Signs) -> float:
        if one.stage == "by_indicator":
            found = next(i for i in signs.indicators if i.span == one.span)
            return self._weights.level.get(f"link_{found.judgement}", 0.0)
        if one.stage == "by_disguise":
            return self._weights.level.get("hidden_call", 0.0)
        name = next((n for n, label in self._labels.items() if label == one.sign), "")
        return self._weights.level.get(name.replace(":", "_"), 0.0) + 0.3


def _model(labelled: Sequence[tuple[str, Mapping[str, float]]]) -> LinearModel:
    return LinearModel([features for _, features in labelled], [label for label, _ in labelled])


def _among(topics: Mapping[str, float], gone: Collection[str]) -> dict[str, float]:
    """The log of each probability, given that it is none of those that are gone."""
    left = {slug: said for slug, said in topics.items() if slug not in gone}
    top = max(left.values())
    total = top + math.log(sum(math.exp(said - top) for said in left.values()))
    return {slug: said - total for slug, said in left.items()}


def _centre(slug: str, pairs: Sequence[tuple[Lesson, Mapping[str, float]]]) -> dict[str, float]:
    """All that is said for one method, as one text."""
    total: dict[str, float] = {}
    for lesson, compared in pairs:
        if lesson.method == slug:
            for name, value in stages.words_of(compared).items():
                total[name] = total.get(name, 0.0) + value
    return {name: 1 + math.log(value) if value > 1 else value for name, value in total.items()}


def _named_patterns(words: Lexicon) -> list[tuple[str, str]]:
    named = [(f"concept:{c.name}", w) for c in words.concepts for w in c.words]
    named += [(f"cue:{c.cue}", p) for c in words.cues for p in c.patterns]
    named += [(f"ask:{a.ask}", p) for a in words.asks for p in a.patterns]
    named += [(f"frame:{f.frame}", p) for f in words.frames for p in f.patterns]
    named += [(f"situation:{s.situation}", p) for s in words.situations for p in s.patterns]
    named += [("not_yet", p) for p in words.not_yet]
    named += [(f"brand:{b.kind}", w) for b in words.brands for w in b.words]
    english = words.english
    for kind, entries in (
        ("cue", english.cues),
        ("ask", english.asks),
        ("situation", english.situations),
        ("frame", english.frames),
    ):
        named += [(f"{kind}:{e.name}", p) for e in entries for p in e.patterns]
    return named


def _word_boundaries(text: Text) -> frozenset[int]:
    """Raw offsets where a word of accented text begins or ends; empty for unaccented text."""
    if not text.accented:
        return frozenset()
    offsets = text.offsets
    return frozenset(offsets[at] if at < len(offsets) else len(text.raw) for at in segmentation.boundaries(text.plain))


def _is_quiet(signs: Signs) -> bool:
    """Whether it is small talk, or a warning that leads nowhere: a criminal's own "warning" brings a link or number."""
    frame = signs.reading.frame
    if frame is Frame.SMALLTALK:
        return signs.reading.kinds[frame] >= SURE
    leads = any(i.judgement in weighed.UNOFFICIAL or i.kind in _CALLS for i in signs.indicators)
    return frame is Frame.WARNING_QUOTE and (not leads or signs.reading.kinds[frame] >= SURE)


def _is_barely_said(signs: Signs, ranked: Sequence[Candidate]) -> bool:
    """Whether a handful of words, like many methods and clearly like none, is all there is to be sure by."""
    few = len(signs.text.tokens) <= frames.BARELY_SAID and all(i.kind is IndicatorKind.MONEY for i in signs.indicators)
    return few and not (ranked and ranked[0].score >= CLEARLY_ABOUT)


def _is_told_in_brief(signs: Signs, ranked: Sequence[Candidate]) -> bool:
    """Whether a few words say what it is about, and too little for more: then it is better to ask."""
    few = len(signs.text.tokens) <= BRIEF
    return few and bool(ranked) and ranked[0].score >= CLEARLY_ABOUT and signs.reading.frame in _TELLING


def _entity_level(found: Sequence[Indicator]) -> Level:
    """A bare link, number or account is judged by itself alone."""
    judgements = {i.judgement for i in found if i.judgement}
    if judgements & {AddressJudgement.LOOKALIKE, AddressJudgement.APP_FILE}:
        return Level.SCAM
    if AddressJudgement.SUSPICIOUS in judgements:
        return Level.SUSPICIOUS
    return Level.NONE if judgements == {AddressJudgement.OFFICIAL} else Level.UNKNOWN


def _language(text: Text) -> str:
    if text.accented or not text.tokens:
        return "vi"
    english = sum(t.folded in _ENGLISH for t in text.tokens)
    return "en" if english >= 2 and english * 5 >= len(text.tokens) else "vi"


def load_judge(data: Path = DATA) -> Judge:
    """Build a judge from the data files. Raises catalogue.CatalogueError."""
    return build(catalogue.load(data / "methods"), data)


def build(entries: Catalogue, data: Path = DATA, taught: Sequence[Lesson] | None = None) -> Judge:
    """Build a judge from a catalogue and the other data files. Raises catalogue.CatalogueError."""
    return Judge(
        entries,
        lexicon.load(data / "lexicon.toml"),
        directory.load(data / "official_domains.toml"),
        lessons.without_strangers(
            [*lessons.of_catalogue(entries), *lessons.load(data)] if taught is None else taught, entries.names
        ),
        weights.load(data / "weights.json"),
    )
