"""What the small models learn from: every text of which something is known, whatever file it stands in.

The catalogue's examples, phrases and near misses; ordinary messages; texts by kind; what has happened to people; how
people tell of a call or a chat in a few words, honest ones among them (``data/retold.jsonl``); and the fit half of the
labelled corpus (``data/seen.jsonl``, written by ``make fit``). A lesson says only what is known.
Must not know how anything is learned.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.catalogue import DATA, Catalogue, CatalogueError, Example, Method, Register
from knowledge.verdict import Frame

NOTHING = "none"
REPORT_WISH = "report_wish"
# What kind of text an ordinary message of a kind is; kinds of mixed texts are left open.
_ORDINARY = {
    **dict.fromkeys(("otp", "bank_balance", "bank_notice", "public_notice", "delivery", "utility", "school"), "notice"),
    **dict.fromkeys(("health", "insurance", "lender_notice"), "notice"),
    **dict.fromkeys(("lawful_ad", "job", "sale"), "advert"),
    **dict.fromkeys(
        ("personal_friend", "personal_family", "personal_work", "personal_trade", "group_chat"), "personal"
    ),
    "warning": "warning_quote",
    "news": "news",
}
SCAM_FRAMES = (Frame.RECEIVED.value, Frame.STORY.value)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text and what is known of it; None is "not said".

    ``scam`` tells whether it is part of a scam, ``method`` which, ``frame`` what kind of text it is, ``situation`` what
    has happened ("none" for nothing). ``source`` names where it stands: example, about, near_miss, ordinary, kind,
    happened, retold or seen.
    """

    text: str
    source: str
    scam: bool | None = None
    method: str | None = None
    frame: str | None = None
    situation: str | None = None


def of_catalogue(entries: Catalogue) -> list[Lesson]:
    """What the catalogue itself teaches."""
    return [lesson for method in entries.methods for lesson in _of_method(method)] + [
        Lesson(k.example, "example", scam=True, method=k.slug, frame=Frame.RECEIVED, situation=NOTHING)
        for k in entries.known
    ]


def _of_method(method: Method) -> Iterator[Lesson]:
    for example in method.examples:
        frame = _frame_of(example)
        happened = NOTHING if frame == Frame.RECEIVED else None
        yield Lesson(example.text, "example", scam=True, method=method.slug, frame=frame, situation=happened)
    for miss in method.near_misses:
        yield Lesson(miss.text, "near_miss", scam=False, situation=NOTHING)
    said = (
        *method.signals.phrases,
        f"{method.name}. {method.summary}",
        " ".join(method.script),
        ". ".join((*method.aliases, *method.signals.impersonates)),
    )
    for text in said:
        yield Lesson(text, "about", method=method.slug)


def _frame_of(example: Example) -> str:
    return Frame.STORY if example.kind is Register.STORY else Frame.RECEIVED


def load(data: Path = DATA) -> list[Lesson]:
    """The lessons of the practice files. Raises catalogue.CatalogueError naming file and line."""
    lessons = [
        Lesson(row["text"], "ordinary", scam=False, frame=_ORDINARY.get(row["kind"]), situation=NOTHING)
        for row in _rows(data / "ordinary.jsonl", "kind", "text")
    ]
    for row in _rows(data / "kinds.jsonl", "frame", "text"):
        frame = row["frame"]
        scam = None if frame == REPORT_WISH else frame in SCAM_FRAMES
        lessons.append(Lesson(row["text"], "kind", scam=scam, frame=frame, situation=None if scam else NOTHING))
    for row in _rows(data / "happened.jsonl", "situation", "text"):
        befell = row["situation"]
        lessons.append(Lesson(row["text"], "happened", scam=None if befell == NOTHING else True, situation=befell))
    for row in _rows(data / "retold.jsonl", "text", "method", "situation"):
        frame = Frame.STORY if row["method"] else Frame.PERSONAL
        lessons.append(Lesson(source="retold", scam=bool(row["method"]), frame=frame, **row))
    seen = _rows(data / "seen.jsonl", "text", "scam", "method", "frame", "situation")
    return lessons + [Lesson(source="seen", **row) for row in seen]


def without_strangers(taught: Iterable[Lesson], slugs: Container[str]) -> list[Lesson]:
    """The lessons, none of which names a method that the catalogue does not hold: it may have been paused."""
    return [one if one.method is None or one.method in slugs else replace(one, method=None) for one in taught]


def _rows(path: Path, *keys: str) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            rows.append({key: row[key] for key in keys})
        except (ValueError, KeyError, TypeError) as broken:
            raise CatalogueError(f"{path.name}: line {number}: needs {', '.join(keys)}: {broken}") from broken
    return rows
