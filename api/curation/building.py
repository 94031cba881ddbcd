"""From pieces to the knowledge that answers: laid out in a private folder and read by the loaders of the shipped files.

Takes some seconds; called in a thread. Must not know the database, nor who publishes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import ValidationError

from api.curation import pieces, reasons
from api.curation.pieces import Piece
from bot.knowledge_base import Knowledge
from knowledge import catalogue, directory, handbook, lexicon, matcher
from knowledge.catalogue import CatalogueError
from knowledge.lexicon import Lexicon

WARM_UP = "Khởi động: ngân hàng báo tài khoản bị khóa, bấm link để mở lại."
Told = Callable[[int], None]


def build(members: Sequence[Piece], unit: Path | None, told: Told = lambda _percent: None) -> Knowledge:
    """The knowledge of a publication, named by its revision and asked once. Raises CatalogueError."""
    with tempfile.TemporaryDirectory(prefix="canhgiac-") as made:
        folder = Path(made)
        pieces.write(members, folder)
        told(10)
        entries = catalogue.load(folder / "methods")
        book = handbook.load(folder, unit)
        told(25)
        judge = matcher.build(entries, folder)
    told(90)
    judge.revision = pieces.revision(members)
    judge.match(WARM_UP)
    told(100)
    return Knowledge(judge, book)


def check(members: Sequence[Piece], unit: Path | None) -> None:
    """Whether these pieces fit together, without building anything. Raises CatalogueError."""
    with tempfile.TemporaryDirectory(prefix="canhgiac-") as made:
        folder = Path(made)
        pieces.write(members, folder)
        try:
            entries = catalogue.load(folder / "methods")
            book = handbook.load(folder, unit)
            directory.load(folder / "official_domains.toml")
            _check_patterns(lexicon.load(folder / "lexicon.toml"))
        except ValidationError as invalid:
            raise CatalogueError(reasons.in_one(invalid)) from invalid
        except (ValueError, IndexError) as broken:  # a list that must not be empty
            raise CatalogueError(reasons.of_whole(str(broken))) from broken
    for method in entries.methods:
        for advice in method.advice:
            if advice.card not in book.by_card:
                raise CatalogueError(f"{method.slug}: thẻ {advice.card} không có trong sổ tay")


def _check_patterns(words: Lexicon) -> None:
    english = words.english
    written = [p for cue in words.cues for p in cue.patterns] + [p for ask in words.asks for p in ask.patterns]
    written += [p for one in words.frames for p in one.patterns] + [p for one in words.situations for p in one.patterns]
    written += [w for one in words.concepts for w in one.words] + [w for one in words.brands for w in one.words]
    named = (*english.cues, *english.asks, *english.situations, *english.frames)
    for pattern in (*written, *(p for one in named for p in one.patterns), *words.not_yet):
        if not any(c.isalnum() for c in pattern):
            raise ValueError(f"mẫu '{pattern}' không có chữ nào")
        lexicon.Patterns([("", pattern)])
