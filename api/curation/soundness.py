"""Which pieces of a catalogue can be used together. A live one must answer whatever its entries hold: one that was
published before a rule was tightened is left out, and named; the rest stands. What is new is refused as a whole.

Must not know the database, nor who asks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from api.curation import forms, pieces, reasons
from api.curation.pieces import Kind, Piece
from knowledge import catalogue, directory, handbook, lexicon
from knowledge.catalogue import CatalogueError
from knowledge.lexicon import Lexicon

VOUCHING = (Kind.DOMAIN, Kind.CONTACT)
"""What vouches for an address or a number: without a sound entry nothing of the kind is said."""
NAMED = 3
BRANDS = (Kind.LIST, "brands")


@dataclass(frozen=True, slots=True)
class Sound:
    """The pieces that answer, and of those that cannot be used the reason."""

    pieces: tuple[Piece, ...]
    left_out: Mapping[Piece, str]

    @property
    def told(self) -> list[str]:
        """A sentence for each that is left out."""
        return [f"Mục {piece.key} không dùng được: {why}" for piece, why in self.left_out.items()]


@lru_cache(maxsize=4)
def of(members: tuple[Piece, ...], unit: Path | None) -> Sound:
    """What of a live catalogue can be used. Raises CatalogueError where not even what is shipped fits."""
    left_out = {piece: _in_short(found) for piece in members if (found := wrong(piece))}
    whole = _without(members, left_out)
    if _clash(whole, unit):
        _leave_out_more(members, left_out, unit)
        whole = _without(members, left_out)
    told = {p: f"{why.rstrip('.')}. {_instead(p)}" for p, why in left_out.items()}
    return Sound(whole, told)


def check_step(before: Sequence[Piece], after: Sequence[Piece], unit: Path | None) -> None:
    """Whether what ``after`` adds to the live catalogue fits into it. Raises CatalogueError."""
    standing = of(tuple(before), unit).pieces if before else ()
    fresh, wanted = set(after) - set(before), {(p.kind, p.key) for p in after}
    made = {(p.kind, p.key): p for p in standing if (p.kind, p.key) in wanted}
    made |= {(p.kind, p.key): p for p in fresh}
    strictly = made[BRANDS] in fresh if BRANDS in made else False
    check(tuple(made.values()) if strictly else _pruned(tuple(made.values())), unit)


def check(members: Sequence[Piece], unit: Path | None) -> None:
    """Whether all these pieces fit together, without building anything. Raises CatalogueError."""
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


def wrong(piece: Piece) -> dict[str, str]:
    """What is missing or not valid in a piece by itself, by the label of its field; nothing where it is whole."""
    if _shipped().get((piece.kind, piece.key)) == piece:
        return {}
    try:
        pieces.parse(piece.kind, piece.key, piece.body)
    except ValidationError as invalid:
        titles = {field.name: field.label for field in forms.of(piece.kind, piece.key)}
        return {_titled(where, titles): why for where, why in reasons.of(invalid).items()}
    except CatalogueError as broken:
        return {"Nội dung": str(broken)}
    return {}


def _titled(where: str, titles: Mapping[str, str]) -> str:
    """A dotted place in words: the label of its field, and the number of its row."""
    name = next((n for n in sorted(titles, key=len, reverse=True) if where == n or where.startswith(f"{n}.")), "")
    number = next((int(part) + 1 for part in where.removeprefix(name).split(".") if part.isdigit()), None)
    label = titles.get(name) or where or "Toàn mục"
    return f"{label}, dòng {number}" if number else label


def _in_short(found: Mapping[str, str]) -> str:
    said = [f"{label}: {why}" for label, why in found.items()]
    more = len(said) - NAMED
    return "; ".join(said[:NAMED]) + (f"; và {more} chỗ khác" if more > 0 else "")


def _leave_out_more(members: tuple[Piece, ...], left_out: dict[Piece, str], unit: Path | None) -> None:
    """Begin with what the software brought, and add what was written here for as long as it fits, by halves."""
    shipped = set(_shipped().values())
    own = [piece for piece in members if piece not in shipped and piece not in left_out]
    missing = set(own)

    def add(some: Sequence[Piece]) -> None:
        nonlocal missing
        attempt = missing.difference(some)
        why = _clash(_without(members, {*left_out, *attempt}), unit)
        if not why:
            missing = attempt
        elif len(some) == 1:
            left_out[some[0]] = why
        else:
            add(some[: len(some) // 2])
            add(some[len(some) // 2 :])

    if why := _clash(_without(members, {*left_out, *own}), unit):
        raise CatalogueError(why)
    add(own)


def _clash(members: Sequence[Piece], unit: Path | None) -> str:
    try:
        check(members, unit)
    except CatalogueError as broken:
        return str(broken)
    return ""


def _without(members: Iterable[Piece], left_out: Collection[Piece]) -> tuple[Piece, ...]:
    kept = (_stand_in(piece) if piece in left_out else piece for piece in members)
    return _pruned(tuple(piece for piece in kept if piece is not None))


def _stand_in(piece: Piece) -> Piece | None:
    return None if piece.kind in VOUCHING else _shipped().get((piece.kind, piece.key))


def _instead(piece: Piece) -> str:
    return "Máy tạm dùng bản đi kèm phần mềm." if _stand_in(piece) else "Máy tạm bỏ mục này."


def _pruned(members: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The names that are copied, without addresses that were taken out: a domain that fell into wrong hands must not
    stay because a name points to it."""
    known = {p.key for p in members if p.kind is Kind.DOMAIN}
    for piece in members:
        if piece.kind is Kind.LIST and piece.key in ("open_platforms", "shorteners"):
            known |= set(piece.data[piece.key])

    def pruned(piece: Piece) -> Piece:
        brands = piece.data["brands"]
        kept = [one | {"domains": [h for h in one["domains"] if _stands(h, known)]} for one in brands]
        return piece if kept == brands else pieces.of_data(Kind.LIST, "brands", {"brands": kept})

    return tuple(pruned(piece) if (piece.kind, piece.key) == BRANDS else piece for piece in members)


def _stands(host: str, known: Collection[str]) -> bool:
    labels = host.split(".")
    return any(".".join(labels[at:]) in known for at in range(len(labels) - 1))


@lru_cache(maxsize=1)
def _shipped() -> Mapping[tuple[Kind, str], Piece]:
    return {(piece.kind, piece.key): piece for piece in pieces.shipped()}


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
