"""Two catalogues judge the same texts, in a process of its own: what flips, what is lost, what is newly flagged.

``python -m api.curation.trial FOLDER`` reads ``before/``, ``after/`` (laid out like ``knowledge/data``) and
``reports.jsonl`` of a folder, and writes one JSON object a line: progress, at last the result. Must not know the
database nor who asked.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from knowledge import catalogue, lessons, matcher
from knowledge.catalogue import Catalogue
from knowledge.matcher import Judge
from knowledge.verdict import Level, Verdict

CORPUS = Path(__file__).parents[2] / "tests" / "corpus"
MOST_FLIPS = 300
NAMED = 3
"""An example counts as recognised when its method is among so many named first."""
MOST_FLAGGED = 0.02
MOST_MISSED = 0.02
"""Of the messages that are known to be scams, so many may lose their warning by one publication."""
FOLDS = 2
"""A new example is also judged by a judge that learned the new ones of the other half only, and so never saw it."""
FEW = 4
LEAST_UNSEEN = 1 / 3
"""Of so many new examples of one method, or more, this share must be recognised without having been learned: or the
method knows its examples by heart, and nothing else. One message that was missed may still be taught. Of the shipped
methods, every sixth was tried as if it were new: they are met in 45 to 100 of a hundred."""
STEP = 40
RISKY = (Level.SCAM, Level.SUSPICIOUS)
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Tried:
    """A text to judge: where it is from, what it is an example of, whether it is known to be honest or a scam; the id
    of a citizen's report, whose words are not in the result: that is kept for longer than they are."""

    source: str
    text: str
    method: str | None = None
    honest: bool = False
    scam: bool = False
    report: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one catalogue said."""

    level: str
    methods: tuple[str, ...]
    signs: tuple[str, ...]
    probability: float = 0.0

    @property
    def risky(self) -> bool:
        """Whether a citizen would have been warned."""
        return self.level in RISKY


@dataclass(frozen=True, slots=True)
class Flip:
    """A text whose answer changes, and why."""

    tried: Tried
    before: Seen
    after: Seen
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a run comes upon: every flip, and those of them that count at the gate."""

    flips: list[Flip] = field(default_factory=list)
    lost: list[Flip] = field(default_factory=list)
    flagged: list[Flip] = field(default_factory=list)
    missed: list[Flip] = field(default_factory=list)
    unseen: list[tuple[Tried, Seen]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def compare(
    before: Judge, after: Judge, texts: Sequence[Tried], told: Told, unseen: Sequence[tuple[Tried, Seen]] = ()
) -> dict[str, Any]:
    """Judge every text twice; gives the result as plain data. ``unseen`` is what was said of new examples by a judge
    that had not learned them."""
    found = Found(unseen=list(unseen))
    old_examples = {e.text for m in before.catalogue.methods for e in m.examples}
    for number, tried in enumerate(texts):
        if number % STEP == 0:
            told("Đang xét từng tin", number, len(texts))
        old, new = (_seen(judge.match(tried.text), quoting=not tried.report) for judge in (before, after))
        _count(found, Flip(tried, old, new, _why(old, new)), new_example=tried.text not in old_examples)
    return verdict(found)


def _count(found: Found, flip: Flip, *, new_example: bool) -> None:
    tried, old, new = flip.tried, flip.before, flip.after
    found.counts[f"{tried.source}:all"] += 1
    found.counts["honest"] += tried.honest
    found.counts["scam"] += tried.scam
    demanded = tried.source == "example" and (_recognised(tried, old) or new_example)
    taken_out = tried.source == "old_example" and old.risky
    if (demanded and not _recognised(tried, new)) or (taken_out and not new.risky):
        found.lost.append(flip)
    if tried.honest and new.risky and not old.risky:
        found.flagged.append(flip)
    if tried.scam and old.risky and not new.risky:
        found.missed.append(flip)
    if old.risky != new.risky or (new.risky and old.methods[:1] != new.methods[:1]):
        found.flips.append(flip)
        found.counts[f"{tried.source}:flips"] += 1


def new_examples(before: Catalogue, after: Catalogue) -> list[Tried]:
    """The examples that the live catalogue does not have."""
    old = {e.text for m in before.methods for e in m.examples}
    return [one for one in _of_methods(after) if one.source == "example" and one.text not in old]


def said_unseen(after: Catalogue, fresh: Sequence[Tried], folder: Path, told: Told) -> list[tuple[Tried, Seen]]:
    """What is said of each new example by a judge that has not learned it."""
    taught = [*lessons.of_catalogue(after), *lessons.load(folder)]
    out = []
    for fold in range(FOLDS if fresh else 0):
        told("Đang giấu bớt ví dụ mới để thử", fold, FOLDS)
        hidden = fresh[fold::FOLDS]
        texts = {one.text for one in hidden}
        if hidden:
            judge = matcher.build(after, folder, taught=[one for one in taught if one.text not in texts])
            out += [(one, _seen(judge.match(one.text), quoting=True)) for one in hidden]
    return out


def _known_by_heart(unseen: Sequence[tuple[Tried, Seen]]) -> list[str]:
    """Methods whose new examples are recognised only where they were learned."""
    all_of = Counter(tried.method for tried, _ in unseen)
    met = Counter(tried.method for tried, seen in unseen if _recognised(tried, seen))
    return [m for m in all_of if m and all_of[m] >= FEW and met[m] < LEAST_UNSEEN * all_of[m]]


def verdict(found: Found) -> dict[str, Any]:
    """The gate: nothing that must match is lost, hardly an honest text is newly flagged, hardly a scam missed."""
    share = len(found.flagged) / (found.counts["honest"] or 1)
    missed = len(found.missed) / (found.counts["scam"] or 1)
    refused = []
    if found.lost:
        refused.append(f"{len(found.lost)} ví dụ phải nhận ra mà kho mới không nhận ra.")
    if share > MOST_FLAGGED:
        most = _percent(MOST_FLAGGED, 0)
        refused.append(f"{_percent(share)} tin bình thường bị cảnh báo nhầm thêm; mức cho phép là {most}.")
    if missed > MOST_MISSED:
        most = _percent(MOST_MISSED, 0)
        refused.append(f"{_percent(missed)} tin lừa đảo đã biết không còn được cảnh báo; mức cho phép là {most}.")
    if by_heart := _known_by_heart(found.unseen):
        refused.append(
            f"{len(by_heart)} thủ đoạn chỉ nhận ra ví dụ đã học thuộc: giấu đi thì hơn hai phần ba ví dụ mới không "
            "nhận ra. Đồng chí thêm câu quen thuộc hoặc ví dụ gần nhau hơn."
        )
    return {
        "passed": not refused,
        "refused": refused,
        "share": round(share, 5),
        "missed_share": round(missed, 5),
        "unseen": [{"tried": asdict(tried), "met": _recognised(tried, seen)} for tried, seen in found.unseen],
        "counts": dict(found.counts),
        "lost": _plain(found.lost),
        "flagged": _plain(found.flagged),
        "missed": _plain(found.missed),
        "flips": _plain(found.flips),
    }


def _plain(flips: Sequence[Flip]) -> list[dict[str, Any]]:
    """The first flips as data, without a citizen's words."""
    return [asdict(replace(f, tried=replace(f.tried, text="")) if f.tried.report else f) for f in flips[:MOST_FLIPS]]


def _percent(share: float, places: int = 1) -> str:
    return f"{share * 100:.{places}f} %".replace(".", ",")


def _recognised(tried: Tried, seen: Seen) -> bool:
    return seen.risky and tried.method in seen.methods[:NAMED]


def _seen(said: Verdict, *, quoting: bool) -> Seen:
    found = [e for e in said.evidence if e.weight > 0 and e.quote.strip()]
    signs = tuple(dict.fromkeys(f"“{e.quote}”: {e.sign}" if quoting else e.sign for e in found))
    return Seen(said.level.value, tuple(c.slug for c in said.methods), signs[:6], said.probability)


def _why(old: Seen, new: Seen) -> tuple[str, ...]:
    came = [f"thêm {sign}" for sign in new.signs if sign not in old.signs]
    gone = [f"mất {sign}" for sign in old.signs if sign not in new.signs]
    return (*came, *gone)[:3] or ("cách dùng từ giống hoặc khác các ví dụ đã học",)


def texts(before: Catalogue, after: Catalogue, taught: Iterable[lessons.Lesson], folder: Path) -> list[Tried]:
    """Everything to judge: examples, near misses, honest lessons, the corpus, masked reports."""
    found: dict[tuple[str, bool], Tried] = {}
    known, excused = list(taught), {m.text for method in after.methods for m in method.near_misses}
    everything = (_of_methods(after), _honest(known), _corpus(), _seen_before(known), _reports(folder))
    left = (one for one in _of_methods(before, old=True) if one.text not in excused and one.method in after.by_slug)
    for one in (*chain.from_iterable(everything), *left):
        # An honest text stays honest when a draft claims it as its example: both are judged, both count.
        found.setdefault((one.text, one.honest), one)
    return list(found.values())


def _of_methods(entries: Catalogue, *, old: bool = False) -> Iterator[Tried]:
    for method in entries.methods:
        # Who takes an example out still has to warn of it, or to say that it is honest: a near miss.
        source = "old_example" if old else "example"
        yield from (Tried(source, e.text, method.slug, scam=True) for e in method.examples)
        yield from (Tried("near_miss", m.text, method.slug, honest=True) for m in method.near_misses)


def _honest(taught: Iterable[lessons.Lesson]) -> list[Tried]:
    honest = (one for one in taught if one.scam is False and one.source in ("ordinary", "kind"))
    return [Tried("ordinary", one.text, honest=True) for one in honest]


def _seen_before(taught: Iterable[lessons.Lesson]) -> Iterator[Tried]:
    """The half of the labelled corpus that every installation has."""
    for one in taught:
        if one.source == "seen" and one.scam is not None:
            yield Tried("corpus", one.text, one.method, honest=not one.scam, scam=one.scam)


def _corpus() -> Iterator[Tried]:
    """The whole of it, where the tests came along."""
    for name in ("benign", "scams", "new_campaigns"):
        path = CORPUS / f"{name}.jsonl"
        for row in _lines(path) if path.is_file() else ():
            known, truth = next(iter(row.get("methods") or ()), None), row.get("truth")
            yield Tried("corpus", row["text"], known, honest=truth == "benign", scam=truth == "scam")


def _reports(folder: Path) -> Iterator[Tried]:
    path = folder / "reports.jsonl"
    for row in _lines(path) if path.is_file() else ():
        yield Tried("report", row["text"], row.get("method"), report=row["id"])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def main(folder: Path) -> int:
    """Run one comparison."""
    os.nice(10)
    told("Đang dựng kho đang chạy", 0, 0)
    before = matcher.build(catalogue.load(folder / "before" / "methods"), folder / "before")
    told("Đang dựng kho mới", 0, 0)
    after = matcher.build(catalogue.load(folder / "after" / "methods"), folder / "after")
    tried = texts(before.catalogue, after.catalogue, lessons.load(folder / "after"), folder)
    unseen = said_unseen(after.catalogue, new_examples(before.catalogue, after.catalogue), folder / "after", told)
    _say({"result": compare(before, after, tried, told, unseen)})
    return 0


def told(step: str, done: int, total: int) -> None:
    """One line of progress."""
    _say({"step": step, "done": done, "total": total})


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
