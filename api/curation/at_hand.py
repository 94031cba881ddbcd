"""What can answer at once, made of what is built already, where building would take seconds.

A publication that only takes entries out is answered by the judge at hand, which never names them; one that changes
nothing by which messages are judged keeps its judge. Must not know the database, nor who publishes.
"""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.curation import pieces, soundness
from api.curation.pieces import Kind, Piece
from bot.knowledge_base import Knowledge
from knowledge import handbook

PAUSABLE = (Kind.METHOD, Kind.CONTACT, Kind.DOMAIN)
"""What the catalogue can do without; cards and lists belong to its frame."""


@dataclass(frozen=True, slots=True)
class Built:
    """The knowledge of some pieces. ``learned`` says that its judge learned from just these, and is no stopgap."""

    members: frozenset[Piece]
    knowledge: Knowledge
    learned: bool = True


def suffices(before: Collection[Piece], after: Collection[Piece]) -> bool:
    """Whether who answers from ``before`` can answer from ``after`` at once."""
    return _only_taken_out(before, after) or _judging(before) == _judging(after)


def make(members: Sequence[Piece], unit: Path | None, hands: Iterable[Built]) -> Built | None:
    """The knowledge of a publication, made of one that is built; None where it has to be built."""
    wanted, found = frozenset(members), list(hands)
    learned = [one for one in found if one.learned and _judging(one.members) == _judging(wanted)]
    narrowed = [one for one in found if _only_taken_out(one.members, wanted)]
    if near := [one for one in narrowed if one in learned] or (narrowed if not learned else []):
        one = min(near, key=lambda built: len(built.members - wanted))
        made = _narrowed(one.knowledge, one.members - wanted)
    elif learned:
        one, made = learned[-1], _with_handbook(learned[-1].knowledge, members, unit)
    else:
        return None
    made.judge.revision = pieces.revision(members)
    return Built(wanted, made, learned=one in learned)


def _only_taken_out(before: Collection[Piece], after: Collection[Piece]) -> bool:
    gone = set(before).difference(after)
    return set(after) < set(before) and all(piece.kind in PAUSABLE for piece in gone)


def _judging(members: Iterable[Piece]) -> frozenset[Piece]:
    return frozenset(piece for piece in members if pieces.judges(piece))


def _narrowed(known: Knowledge, gone: Collection[Piece]) -> Knowledge:
    def keys(kind: Kind) -> set[str]:
        return {piece.key for piece in gone if piece.kind is kind}

    judge = known.judge.without(keys(Kind.METHOD), keys(Kind.DOMAIN))
    return Knowledge(judge, known.handbook.without(keys(Kind.CONTACT)))


def _with_handbook(known: Knowledge, members: Sequence[Piece], unit: Path | None) -> Knowledge:
    sound = soundness.of(tuple(members), unit)
    with tempfile.TemporaryDirectory(prefix="canhgiac-") as made:
        pieces.write(sound.pieces, Path(made))
        return Knowledge(copy.copy(known.judge), handbook.load(Path(made), unit))
