"""How good the judgement is: recall, methods, false alarms, situations, disguises, new campaigns, calibration.

Measured on the held-out half of the corpus beside two peers that see the same data in the same run: a linear SVM over
TF-IDF trained on the fit half, and brute-force rapidfuzz against the catalogue's examples. Every share comes with its
count and a 95 % interval (Wilson). ``--readme`` writes the table into README, ``--floor`` fails below the floors.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from knowledge import catalogue, corpus, matcher, peers
from knowledge.catalogue import KnownExample
from knowledge.corpus import Labelled
from knowledge.matcher import Judge
from knowledge.verdict import Intent, Level, Verdict

FLAGGED = (Level.SCAM, Level.SUSPICIOUS)
README = Path(__file__).parent.parent / "README.md"
MARKS = ("<!-- evaluate -->", "<!-- /evaluate -->")
FLOORS = {"flagged": 0.93, "benign called scam": 0.02, "benign called suspicious": 0.05, "method first": 0.80}


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``all``, with its interval."""

    right: int
    all: int

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing is 0."""
        return self.right / self.all if self.all else 0.0

    def __str__(self) -> str:
        low, high = wilson(self.right, self.all)
        return f"{100 * self.value:.1f} % ({self.right}/{self.all}; {100 * low:.1f}–{100 * high:.1f})"


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score."""
    if not count:
        return 0.0, 1.0
    z, share = 1.96, right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(rows: Sequence[bool]) -> Share:
    """The share of true values."""
    return Share(sum(rows), len(rows))


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and where asked write README or hold the floors."""
    parser = argparse.ArgumentParser(prog="python -m knowledge.evaluate", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="write the summary into README.md")
    parser.add_argument("--floor", action="store_true", help="exit 1 when a headline figure is below its floor")
    parser.add_argument("--real", type=Path, help="JSON lines (text, label scam/spam_ad/benign) to measure as well")
    parser.add_argument("--methods", action="store_true", help="print every method")
    parser.add_argument("--half", default="held_out", choices=("held_out", "fit"))
    options = parser.parse_args(arguments)
    judge = matcher.load_judge()
    rows = corpus.load()
    held = [r for r in rows if r.half == options.half]
    verdicts = [judge.match(r.text) for r in tqdm(held, disable=not sys.stderr.isatty())]
    pairs = list(zip(held, verdicts, strict=True))
    headline = headlines(pairs)
    lines = summary(headline, pairs, rows, held, judge)
    if options.real:
        lines += ["", *real_messages(judge, options.real)]
    sys.stdout.write("\n".join(lines) + "\n")
    if options.methods:
        sys.stdout.write("\n".join(by_method(pairs)) + "\n")
    if options.readme:
        write_readme(lines)
    return 1 if options.floor and below_floor(headline) else 0


Pairs = Sequence[tuple[Labelled, Verdict]]


def headlines(pairs: Pairs) -> dict[str, Share]:
    """The figures that matter most."""
    scams = [(r, v) for r, v in pairs if r.truth == "scam" and r.frame != "entity" and r.methods]
    benign = [(r, v) for r, v in pairs if r.truth == "benign" and not r.is_near_miss]
    near = [(r, v) for r, v in pairs if r.is_near_miss]
    certain = [(r, v) for r, v in pairs if r.truth != "ambiguous" and r.frame != "entity"]
    return {
        "flagged": share([v.level in FLAGGED for _, v in scams]),
        "called scam": share([v.level is Level.SCAM for _, v in scams]),
        "right when called scam": share([r.truth == "scam" for r, v in certain if v.level is Level.SCAM]),
        "right when called suspicious": share([r.truth == "scam" for r, v in certain if v.level is Level.SUSPICIOUS]),
        "method first": share([_rank(r, v) == 1 for r, v in scams]),
        "method in first three": share([0 < _rank(r, v) <= 3 for r, v in scams]),
        "benign called scam": share([v.level is Level.SCAM for _, v in benign]),
        "benign called suspicious": share([v.level is Level.SUSPICIOUS for _, v in benign]),
        "benign asked back": share([v.level is Level.UNKNOWN for _, v in benign]),
        "near miss called scam": share([v.level is Level.SCAM for _, v in near]),
        "near miss called suspicious": share([v.level is Level.SUSPICIOUS for _, v in near]),
        "emergency seen": share([v.intent is Intent.EMERGENCY for r, v in pairs if r.intent == "emergency"]),
        "situation right": share([v.situation == r.situation for r, v in pairs if r.intent == "emergency"]),
        "false emergency": share(
            [
                v.intent is Intent.EMERGENCY
                for r, v in pairs
                if r.intent in {"check", "warning_quote", "smalltalk"} and not r.situation
            ]
        ),
        "warning seen as warning": share(
            [v.intent is Intent.WARNING_QUOTE for r, v in pairs if r.intent == "warning_quote"]
        ),
        "entity seen as entity": share([v.intent is Intent.ENTITY for r, v in pairs if r.intent == "entity"]),
        "report wish seen": share([v.intent is Intent.REPORT for r, v in pairs if r.intent == "report"]),
        "small talk seen": share([v.intent is Intent.SMALLTALK for r, v in pairs if r.intent == "smalltalk"]),
    }


def _rank(row: Labelled, verdict: Verdict) -> int:
    """Place of the right method, from 1; 0 where it is not named."""
    return next((n for n, c in enumerate(verdict.methods, 1) if c.slug in row.methods), 0)


def summary(
    headline: dict[str, Share], pairs: Pairs, rows: Sequence[Labelled], held: Sequence[Labelled], judge: Judge
) -> list[str]:
    """All tables as Markdown."""
    svm, fuzzy = peers.svm([r for r in rows if r.half != held[0].half]), peers.brute(judge)
    lines = [
        f"Revision {judge.revision}, {len(held)} messages that nothing was fitted on; the emergency "
        "thresholds were chosen with these totals in view.",
        "",
        "| figure | Cảnh Giác | TF-IDF + linear SVM | brute-force rapidfuzz |",
        "|---|---|---|---|",
    ]
    beside = [_peer_headlines(peer, held) for peer in (svm, fuzzy)]
    lines += [
        f"| {name} | {value} | {beside[0].get(name, '–')} | {beside[1].get(name, '–')} |"
        for name, value in headline.items()
    ]
    lines += ["", "| disguise of held-out scams | flagged | points lost |", "|---|---|---|", *disguises(judge, held)]
    lines += ["", "| campaigns known by one example | share |", "|---|---|", *new_campaigns()]
    lines += ["", "| told by people, unseen by the makers | share |", "|---|---|", *emergencies(judge)]
    lines += ["", "| stated probability | messages | really scams |", "|---|---|---|", *calibration(pairs)]
    return lines


def _peer_headlines(
    peer: Callable[[Sequence[str]], list[tuple[bool, list[str]]]], held: Sequence[Labelled]
) -> dict[str, Share]:
    answers = list(zip(held, peer([r.text for r in held]), strict=True))
    scams = [(r, a) for r, a in answers if r.truth == "scam" and r.frame != "entity" and r.methods]
    return {
        "flagged": share([flag for _, (flag, _) in scams]),
        "method first": share([m[:1] != [] and m[0] in r.methods for r, (_, m) in scams]),
        "method in first three": share([any(s in r.methods for s in m[:3]) for r, (_, m) in scams]),
        "benign called suspicious": share([flag for r, (flag, _) in answers if r.truth == "benign"]),
    }


def disguises(judge: Judge, held: Sequence[Labelled]) -> list[str]:
    """What each disguise costs on scams that are caught when clean."""
    scams = [r for r in held if r.truth == "scam" and r.methods and r.frame != "entity"]
    clean = share([judge.match(r.text).level in FLAGGED for r in scams])
    lines = [f"| none | {clean} | – |"]
    for how in corpus.DISGUISES:
        caught = share([judge.match(corpus.disguised(r.text, how, r.id)).level in FLAGGED for r in scams])
        lines.append(f"| {how} | {caught} | {100 * (clean.value - caught.value):+.1f} |")
    return lines


def new_campaigns() -> list[str]:
    """A campaign's one example is added; are its paraphrases caught, and named, without a new false alarm?"""
    fresh = corpus.campaigns()
    entries = catalogue.load()
    before = matcher.build(entries)
    after = matcher.build(entries.with_known(KnownExample(slug=c.slug, name=c.name, example=c.example) for c in fresh))
    texts = [(c, t) for c in fresh for t in c.paraphrases]
    answers = [(c, before.match(t), after.match(t)) for c, t in texts]
    honest = [(before.match(t), after.match(t)) for c in fresh for t in c.near_misses]
    benign = [r.text for r in corpus.load() if r.truth == "benign"]
    alarms = [(before.match(t).level in FLAGGED, after.match(t).level in FLAGGED) for t in benign]
    named = [bool(a.methods) and a.methods[0].slug == c.slug for c, _, a in answers]
    flagged = {name: share([v.level in FLAGGED for v in own]) for name, own in (
        ("before", [b for _, b, _ in answers]),
        ("after", [a for _, _, a in answers]),
        ("honest before", [b for b, _ in honest]),
        ("honest after", [a for _, a in honest]),
    )}  # fmt: skip
    return [
        f"| paraphrases flagged before the example was added | {flagged['before']} |",
        f"| paraphrases flagged after | {flagged['after']} |",
        f"| … and named as the new campaign, first of all | {share(named)} |",
        f"| honest messages on the same topics flagged before | {flagged['honest before']} |",
        f"| … and after | {flagged['honest after']} |",
        f"| new false alarms on all benign messages | {share([a and not b for b, a in alarms])} |",
    ]


def emergencies(judge: Judge) -> list[str]:
    """Of those who tell of a loss, how many get its card; of those who do not, how many get one."""
    answers = [(row, judge.match(row.text)) for row in corpus.told()]
    lost = [(row, verdict) for row, verdict in answers if row.situation != "none"]
    seen = [verdict.intent is Intent.EMERGENCY for _, verdict in lost]
    right = [verdict.intent is Intent.EMERGENCY and verdict.situation == row.situation for row, verdict in lost]
    lines = [f"| emergency seen | {share(seen)} |", f"| … and its card is the right one | {share(right)} |"]
    for situation in dict.fromkeys(row.situation for row, _ in lost):
        own = [one for (row, _), one in zip(lost, seen, strict=True) if row.situation == situation]
        lines.append(f"| seen: {situation} | {share(own)} |")
    for kind in dict.fromkeys(row.kind for row, _ in answers if row.situation == "none"):
        own = [v.intent is Intent.EMERGENCY for row, v in answers if row.situation == "none" and row.kind == kind]
        lines.append(f"| false emergency: {kind} | {share(own)} |")
    return lines


def calibration(pairs: Pairs) -> list[str]:
    """Of the messages given a probability in each band, how many were scams."""
    judged = [(v.probability, r.truth == "scam") for r, v in pairs if r.truth != "ambiguous" and r.frame != "entity"]
    edges = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0001)
    lines = []
    for low, high in itertools.pairwise(edges):
        inside = [truth for p, truth in judged if low <= p < high]
        lines.append(f"| {low:.1f}–{min(high, 1):.1f} | {len(inside)} | {share(inside)} |")
    return lines


def by_method(pairs: Pairs) -> list[str]:
    """Recall and first place of every method."""
    lines = ["", "| method | flagged | first | first three |", "|---|---|---|---|"]
    slugs = sorted({r.methods[0] for r, _ in pairs if r.methods})
    for slug in slugs:
        own = [(r, v) for r, v in pairs if r.methods[:1] == (slug,) and r.truth == "scam"]
        lines.append(
            f"| {slug} | {share([v.level in FLAGGED for _, v in own])} | {share([_rank(r, v) == 1 for r, v in own])} "
            f"| {share([0 < _rank(r, v) <= 3 for r, v in own])} |"
        )
    return lines


def real_messages(judge: Judge, path: Path) -> list[str]:
    """The same on real messages kept outside the project; heads of near-identical clusters only."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    heads = [r for r in rows if not r.get("near_dup_of") and not r.get("borderline")]
    answers = [(r, judge.match(r["text"])) for r in heads]

    def flagged(keep: Callable[[dict[str, str]], bool], levels: Sequence[Level]) -> Share:
        return share([v.level in levels for r, v in answers if keep(r)])

    return [
        "| real messages (outside the project) | share |",
        "|---|---|",
        f"| scams flagged | {flagged(lambda r: r['label'] == 'scam', FLAGGED)} |",
        f"| … without gambling | {flagged(lambda r: r['label'] == 'scam' and r['scam_type'] != 'co-bac', FLAGGED)} |",
        f"| benign called scam | {flagged(lambda r: r['label'] == 'benign', (Level.SCAM,))} |",
        f"| benign called suspicious | {flagged(lambda r: r['label'] == 'benign', (Level.SUSPICIOUS,))} |",
        f"| advertising called scam | {flagged(lambda r: r['label'] == 'spam_ad', (Level.SCAM,))} |",
        f"| advertising called suspicious | {flagged(lambda r: r['label'] == 'spam_ad', (Level.SUSPICIOUS,))} |",
    ]


def below_floor(headline: dict[str, Share]) -> bool:
    """Whether a headline figure is on the wrong side of its floor; says which."""
    wrong = []
    for name, floor in FLOORS.items():
        value = headline[name].value
        if value > floor if name.startswith("benign") else value < floor:
            wrong.append(f"{name}: {headline[name]}, floor {100 * floor:.0f} %")
    sys.stderr.write("".join(f"below the floor: {line}\n" for line in wrong))
    return bool(wrong)


def write_readme(lines: Sequence[str]) -> None:
    """Put the tables between the marks in README."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(MARKS[0], 1)
    after = rest.split(MARKS[1], 1)[1]
    README.write_text(f"{before}{MARKS[0]}\n" + "\n".join(lines) + f"\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
