"""The labelled messages that the judgement is fitted on and measured with, and ways to disguise them.

Families of like messages never straddle the two halves. Must not know the judge.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.text import fold

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message with what a careful reader says of it. ``truth`` is scam, benign or ambiguous."""

    id: str
    family: str
    text: str
    truth: str
    methods: tuple[str, ...]
    frame: str
    intent: str
    situation: str | None
    half: str
    kind: str

    @property
    def is_near_miss(self) -> bool:
        """Whether it was written to look like a scam without being one."""
        return self.truth == "benign" and self.family.startswith("near")


@dataclass(frozen=True, slots=True)
class Campaign:
    """A scam that the catalogue does not hold: one example, paraphrases of it, and honest messages on its topic."""

    slug: str
    name: str
    example: str
    paraphrases: tuple[str, ...]
    near_misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody writes, with what has happened: a situation, or "none" and what makes it look like one."""

    text: str
    situation: str
    kind: str


def told(folder: Path = CORPUS) -> list[Told]:
    """Emergencies and what is none, written by hand by one who knew neither the judge nor its catalogue."""
    return [Told(**row) for row in _lines(folder / "told.jsonl")]


def load(folder: Path = CORPUS) -> list[Labelled]:
    """All labelled messages, in the order of the files."""
    names = ("scams", "benign", "frames")
    return [_labelled(row) for name in names for row in _lines(folder / f"{name}.jsonl")]


def _labelled(row: dict[str, Any]) -> Labelled:
    situation = row.get("situation")
    return Labelled(
        id=row["id"],
        family=row["family"],
        text=row["text"],
        truth=row["truth"],
        methods=tuple(row.get("methods") or ()),
        frame=row["frame"],
        intent=row.get("intent") or ("emergency" if situation and situation != "contacted" else "check"),
        situation=situation,
        half=row["half"],
        kind=row["kind"],
    )


def campaigns(folder: Path = CORPUS) -> list[Campaign]:
    """Campaigns unknown to the catalogue."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for row in _lines(folder / "new_campaigns.jsonl"):
        by_name.setdefault(row["campaign"], []).append(row)
    out = []
    for rows in by_name.values():
        example = next(r for r in rows if r["role"] == "example")
        texts = {role: tuple(r["text"] for r in rows if r["role"] == role) for role in ("paraphrase", "near_miss")}
        out.append(Campaign(example["slug"], example["name"], example["text"], texts["paraphrase"], texts["near_miss"]))
    return out


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _each_word(change: Callable[[str, random.Random], str], share: float) -> Callable[[str, random.Random], str]:
    def disguise(text: str, dice: random.Random) -> str:
        def one(match: re.Match[str]) -> str:
            word = match.group()
            return change(word, dice) if dice.random() < share else word

        return re.sub(r"(?<![\w./@:-])[^\W\d_]{3,7}(?![\w./@:-])", one, text)

    return disguise


_LEET = str.maketrans("oieasgOIEASG", "01345901345 9".replace(" ", ""))
_CYRILLIC = str.maketrans("aeocpxyAEOCPXBHKMT", "аеосрхуАЕОСРХВНКМТ")


def _mathematical(word: str, _: random.Random) -> str:
    return "".join(chr(0x1D68A + ord(c) - 97) if "a" <= c <= "z" else c for c in word)


DISGUISES: dict[str, Callable[[str, random.Random], str]] = {
    "without diacritics": lambda text, _: "".join(
        (fold(c).upper() if c.isupper() else fold(c)) if c.isalpha() else c for c in text
    ),
    "dots in words": _each_word(lambda w, d: d.choice(".-_*").join(w), 0.35),
    "spaces in words": _each_word(lambda w, _: " ".join(w), 0.15),
    "zero-width": _each_word(lambda w, _: "\u200b".join(w), 0.8),
    "look-alike letters": _each_word(lambda w, _: w.translate(_CYRILLIC), 0.6),
    "mathematical letters": _each_word(_mathematical, 0.5),
    "digits for letters": _each_word(lambda w, _: w.translate(_LEET), 0.4),
    "repeated letters": _each_word(lambda w, _: w + w[-1] * 3, 0.3),
    "words glued": lambda text, dice: re.sub(
        r"(?<=[a-zà-ỹ]) (?=[a-zà-ỹ])", lambda _: "" if dice.random() < 0.2 else " ", text
    ),
    "emoji between words": lambda text, dice: re.sub(r" ", lambda _: dice.choice([" ", " ", " 🔥", " 💰 "]), text),
}


def disguised(text: str, how: str, seed: str) -> str:
    """The text disguised in one of ``DISGUISES``; the same seed gives the same text."""
    return DISGUISES[how](text, random.Random(f"{how}/{seed}"))  # noqa: S311 - repeatable test data, no secret
