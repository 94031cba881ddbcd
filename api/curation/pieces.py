"""The catalogue in pieces that are drafted, reviewed and published one by one, and put together again as its files.

A piece is one method, card, contact, domain, part of the lexicon, or list. Reads and writes the layout of
``knowledge/data``, so that a publication is loaded by the very loaders of the shipped files. Must not know the
database.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints, TypeAdapter, ValidationError

from api.curation import reasons
from knowledge import contacts, directory, handbook, lexicon, toml_out
from knowledge.catalogue import DATA, CatalogueError, Method, Sentence

MOST_BYTES = 64 * 1024
COPIED = (
    "ordinary.jsonl",
    "kinds.jsonl",
    "retold.jsonl",
    "happened.jsonl",
    "seen.jsonl",
    "weights.json",
    "bank_bins.toml",
    "unit.toml",
)
"""What is not curated, but belongs to the software: lessons, weights, the example profile."""
_JUDGED_BY = ("open_platforms", "shorteners", "fraud_endings", "brands", "teencode", "not_yet", "english")
"""Lists by which messages are judged."""


class Kind(StrEnum):
    """What a piece is."""

    METHOD = "method"
    CARD = "card"
    CONTACT = "contact"
    DOMAIN = "domain"
    LEXICON = "lexicon"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry: its kind, its key, and its canonical TOML."""

    kind: Kind
    key: str
    body: str

    @property
    def data(self) -> dict[str, Any]:
        """The body as plain data."""
        return tomllib.loads(self.body)


def judges(piece: Piece) -> bool:
    """Whether the answers to messages can change with this piece: contacts and cards are told, not judged by."""
    if piece.kind is Kind.LIST:
        return piece.key in _JUDGED_BY
    return piece.kind in (Kind.METHOD, Kind.DOMAIN, Kind.LEXICON)


@dataclass(frozen=True, slots=True)
class _Row:
    """Rows of one file that are a piece each: where they stand and which field names them."""

    kind: Kind
    file: str
    path: tuple[str, ...]
    model: type[BaseModel]
    name: str
    prefix: str = ""


_ROWS = (
    _Row(Kind.CARD, "handbook/cards.toml", ("cards",), handbook.Card, "code"),
    _Row(Kind.CONTACT, "contacts.toml", ("contacts",), contacts.Contact, "slug"),
    _Row(Kind.DOMAIN, "official_domains.toml", ("domains",), directory.OfficialDomain, "domain"),
    _Row(Kind.LEXICON, "lexicon.toml", ("concepts",), lexicon.Concept, "name", "concept:"),
    _Row(Kind.LEXICON, "lexicon.toml", ("cues",), lexicon.CueEntry, "cue", "cue:"),
    _Row(Kind.LEXICON, "lexicon.toml", ("asks",), lexicon.AskEntry, "ask", "ask:"),
    _Row(Kind.LEXICON, "lexicon.toml", ("frames",), lexicon.FrameEntry, "frame", "frame:"),
    _Row(Kind.LEXICON, "lexicon.toml", ("situations",), lexicon.SituationEntry, "situation", "situation:"),
    _Row(Kind.LEXICON, "lexicon.toml", ("brands",), lexicon.Brand, "name", "brand:"),
)
_Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
_WHOLES: dict[str, tuple[str, str, Any]] = {
    "fallbacks": ("contacts.toml", "fallbacks", dict[str, Sentence]),
    "open_platforms": ("official_domains.toml", "open_platforms", tuple[directory.Host, ...]),
    "shorteners": ("official_domains.toml", "shorteners", tuple[directory.Host, ...]),
    "fraud_endings": ("official_domains.toml", "fraud_endings", tuple[directory.Ending, ...]),
    "brands": ("official_domains.toml", "brands", tuple[directory.Brand, ...]),
    "teencode": ("lexicon.toml", "teencode", dict[_Word, _Word]),
    "not_yet": ("lexicon.toml", "not_yet", tuple[str, ...]),
    "english": ("lexicon.toml", "english", lexicon.English),
    "golden": ("handbook/rules.toml", "golden", tuple[handbook.GoldenRule, ...]),
    "guides": ("handbook/rules.toml", "guides", tuple[handbook.Guide, ...]),
    "laws": ("handbook/law.toml", "laws", tuple[handbook.Law, ...]),
}
"""Pieces of kind ``list``: key -> file, name in the file, type."""


def parse(kind: Kind, key: str, body: str) -> Piece:
    """A checked piece in canonical form. Raises CatalogueError, or pydantic's ValidationError with every reason."""
    if len(body.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise CatalogueError(f"dài quá {MOST_BYTES // 1024} KB")
    try:
        return of_data(kind, key, tomllib.loads(body))
    except tomllib.TOMLDecodeError as broken:
        raise CatalogueError(f"không đọc được TOML: {broken}") from broken


def of_data(kind: Kind, key: str, data: Mapping[str, Any]) -> Piece:
    """A checked piece of plain data. Raises CatalogueError, or pydantic's ValidationError with every reason."""
    if kind is Kind.LIST:
        return Piece(kind, key, toml_out.write_table(_checked_whole(key, data)))
    model, name = model_of(kind, key)
    entry = model.model_validate(dict(data))
    if (found := name(entry)) != key:
        raise CatalogueError(f"mã của mục là '{found}', không phải '{key}'")
    return Piece(kind, key, toml_out.write(entry))


def model_of(kind: Kind, key: str) -> tuple[type[BaseModel], Callable[[BaseModel], str]]:
    """The model of a kind, and what gives the key of an entry. Raises CatalogueError for an unknown piece."""
    if kind is Kind.METHOD:
        return Method, lambda entry: str(getattr(entry, "slug"))  # noqa: B009
    for row in _ROWS:
        if row.kind is kind and key.startswith(row.prefix):
            return row.model, lambda entry, row=row: row.prefix + str(getattr(entry, row.name))
    raise CatalogueError(f"không có loại mục '{kind}/{key}'")


def _checked_whole(key: str, data: Mapping[str, Any]) -> dict[str, Any]:
    if key not in _WHOLES or set(data) != {key}:
        raise CatalogueError(f"danh sách '{key}': cần đúng một khóa mang tên đó")
    adapter: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, _WHOLES[key][2]])  # type: ignore[misc]
    checked = adapter.validate_python(data)
    plain: dict[str, Any] = adapter.dump_python(checked, exclude_none=True, exclude_defaults=True)
    return plain


def read(folder: Path = DATA) -> list[Piece]:
    """All pieces of a folder that is laid out like ``knowledge/data``. Raises CatalogueError."""
    methods = sorted((folder / "methods").glob("*.toml"))
    found = [named(path.name, Kind.METHOD, path.stem, _toml(path)) for path in methods]
    tables = {name: _toml(folder / name) for name in file_names()}
    for row in _ROWS:
        found += _rows_of(row, tables[row.file])
    for key in _WHOLES:
        found += _whole_of(key, tables[_WHOLES[key][0]])
    return found


def file_names() -> list[str]:
    """The files that hold several pieces."""
    return sorted({row.file for row in _ROWS} | {whole[0] for whole in _WHOLES.values()})


def row_names(file: str) -> set[str]:
    """What the rows are called that are a piece each, or stand alone under a header of their own."""
    wholes = {"golden", "guides", "laws"}
    return {row.path[0] for row in _ROWS if row.file == file} | {
        name for key, (of, name, _) in _WHOLES.items() if of == file and key in wholes
    }


def of_table(file: str, table: Mapping[str, Any]) -> list[Piece]:
    """The pieces of one of these files. Raises CatalogueError."""
    found = [piece for row in _ROWS if row.file == file for piece in _rows_of(row, table)]
    return found + [piece for key in _WHOLES if _WHOLES[key][0] == file for piece in _whole_of(key, table)]


def _rows_of(row: _Row, table: Mapping[str, Any]) -> list[Piece]:
    rows = table.get(row.path[0], [])
    return [named(row.file, row.kind, f"{row.prefix}{one.get(row.name)}", one) for one in rows]


def _whole_of(key: str, table: Mapping[str, Any]) -> list[Piece]:
    file, name, _ = _WHOLES[key]
    return [named(file, Kind.LIST, key, {key: table[name]})] if name in table else []


def named(file: str, kind: Kind, key: str, data: Mapping[str, Any]) -> Piece:
    """A checked piece of a file. Raises CatalogueError naming file, entry and reason."""
    try:
        return of_data(kind, key, data)
    except ValidationError as invalid:
        raise CatalogueError(f"{file}: {key}: {reasons.in_one(invalid)}") from invalid
    except CatalogueError as broken:
        raise CatalogueError(f"{file}: {key}: {broken}") from broken


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as broken:
        raise CatalogueError(f"{path.name}: không đọc được: {broken}") from broken


@cache
def shipped() -> tuple[Piece, ...]:
    """The pieces that came with the software."""
    return tuple(read())


def files(pieces: Iterable[Piece]) -> dict[str, str]:
    """The files of ``knowledge/data`` that these pieces make, by their path there."""
    out: dict[str, dict[str, Any]] = {}
    written: dict[str, str] = {}
    for piece in pieces:
        if piece.kind is Kind.METHOD:
            written[f"methods/{piece.key}.toml"] = piece.body
        elif piece.kind is Kind.LIST:
            file, name, _ = _WHOLES[piece.key]
            out.setdefault(file, {})[name] = piece.data[piece.key]
        else:
            row = next(r for r in _ROWS if r.kind is piece.kind and piece.key.startswith(r.prefix))
            out.setdefault(row.file, {}).setdefault(row.path[0], []).append(piece.data)
    return written | {file: toml_out.write_table(table) for file, table in out.items()}


def write(pieces: Iterable[Piece], folder: Path) -> None:
    """Lay the pieces out as files, with what is not curated copied from the software."""
    for name, text in files(pieces).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in COPIED:
        (folder / name).write_bytes((DATA / name).read_bytes())


def revision(pieces: Iterable[Piece]) -> str:
    """Twelve hex digits over all pieces: equal content, equal revision, whatever the order."""
    body = json.dumps(sorted((p.kind, p.key, p.body) for p in pieces), ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()[:12]
