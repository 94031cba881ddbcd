"""From pieces to the knowledge that answers: laid out in a private folder and read by the loaders of the shipped files.

Takes some seconds; called in a thread. Must not know the database, nor who publishes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from api import log
from api.curation import pieces, soundness
from api.curation.pieces import Piece
from api.curation.soundness import Sound
from bot.knowledge_base import Knowledge
from knowledge import catalogue, handbook, matcher
from knowledge.catalogue import CatalogueError

WARM_UP = "Khởi động: ngân hàng báo tài khoản bị khóa, bấm link để mở lại."
Told = Callable[[int], None]
logger = log.get(__name__)


def build(members: Sequence[Piece], unit: Path | None, told: Told = lambda _percent: None) -> Knowledge:
    """The knowledge of a publication, named by its revision and asked once. What cannot be used is left out, with an
    alarm: a service that answers from the rest is better than none."""
    sound = usable(members, unit)
    for piece, why in sound.left_out.items():
        logger.critical("catalogue entry unusable", path=f"{piece.kind}/{piece.key}", reason=why)
    with tempfile.TemporaryDirectory(prefix="canhgiac-") as made:
        folder = Path(made)
        pieces.write(sound.pieces, folder)
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


def usable(members: Sequence[Piece], unit: Path | None) -> Sound:
    """What of a publication answers; where nothing of it can be used, what the software brought."""
    try:
        sound = soundness.of(tuple(members), unit)
    except CatalogueError:  # checked before each publication; a unit's profile that is wrong is told by the loaders
        return Sound(pieces.shipped(), dict.fromkeys(members, "cả kho không ghép lại được"))
    return sound
