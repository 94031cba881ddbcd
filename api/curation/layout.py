"""The catalogue as the files of ``knowledge/data``, letter for letter: what nobody changed keeps comments and lines.

A changed entry is written in the canonical way at its place, a new one after its like, one that was taken out is gone.
Must not know the database.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from api.curation import pieces
from api.curation.pieces import Kind, Piece
from knowledge import toml_out
from knowledge.catalogue import DATA, CatalogueError

_HEADER = re.compile(r"\[\[?([A-Za-z0-9_-]+)(\.[^\]]+)?\]")
_KEY = re.compile(r"([A-Za-z0-9_-]+) = ")
_MARK = re.compile(r"^### (\S+\.(?:toml|jsonl?))[ \t]*$", re.MULTILINE)
"""What parts the files of one upload."""


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level part of a file: the comments before it, its lines, what it is called."""

    name: str
    before: str
    body: str


def files(members: Iterable[Piece]) -> dict[str, bytes]:
    """Every file of the catalogue by its path, those that are not curated among them."""
    found = list(members)
    plain = pieces.files(found)
    for piece in found:
        if piece.kind is Kind.METHOD:
            plain[f"methods/{piece.key}.toml"] = of_method(piece)
    curated = {name: _laid_out(name, text) if "/methods/" not in f"/{name}" else text for name, text in plain.items()}
    return {name: text.encode() for name, text in curated.items()} | {
        name: (DATA / name).read_bytes() for name in pieces.COPIED
    }


def of_method(piece: Piece) -> str:
    """The file of a method: the shipped one where it says the same."""
    path = DATA / "methods" / f"{piece.key}.toml"
    return path.read_text(encoding="utf-8") if piece in _shipped() and path.is_file() else piece.body


@cache
def _shipped() -> frozenset[Piece]:
    return frozenset(pieces.shipped())


def _laid_out(name: str, canonical: str) -> str:
    """The shipped file with what differs replaced; the canonical text where that cannot be done in place."""
    original = (DATA / name).read_text(encoding="utf-8")
    wanted = tomllib.loads(canonical)
    written = "".join(_written(name, blocks(original), wanted))
    try:
        fits = _plain(name, tomllib.loads(written)) == wanted
    except (tomllib.TOMLDecodeError, CatalogueError):
        fits = False
    return written if fits else canonical


def _plain(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """A file's table as the canonical text would say it."""
    return tomllib.loads(pieces.files(pieces.of_table(name, table))[name]) if table else {}


def blocks(text: str) -> list[Block]:
    """A file in its top-level parts; together they are the file."""
    found: list[tuple[str, list[str], list[str]]] = []
    before: list[str] = []
    inside = False
    for line in text.splitlines(keepends=True):
        name, starts = _start(line, found[-1][0] if found else "", inside=inside)
        inside = inside or line.startswith("[")
        if starts:
            found.append((name, before, [line]))
            before = []
        elif not line.strip() or line.startswith("#") or not found:
            before.append(line)  # belongs to what comes next
        else:
            found[-1][2].extend([*before, line])
            before = []
    made = [Block(name, "".join(above), "".join(lines)) for name, above, lines in found]
    return [*made, Block("", "".join(before), "")] if before else made


def _start(line: str, current: str, *, inside: bool) -> tuple[str, bool]:
    """The name of the part that a line begins; after the first header only headers begin one."""
    header = _HEADER.match(line)
    if header:
        return header[1], header[1] != current or header[2] is None
    key = None if inside else _KEY.match(line)
    return (key[1], True) if key else ("", False)


def _written(file: str, parts: Sequence[Block], wanted: Mapping[str, Any]) -> Iterator[str]:
    """The parts, each as it is where it still says what is wanted."""
    rows = {name: list(value) for name, value in wanted.items() if _is_rows(file, name)}
    last = {part.name: number for number, part in enumerate(parts)}
    for number, part in enumerate(parts):
        if part.name in rows and part.body.startswith("["):
            yield from _row(file, part, rows[part.name])
        elif part.name in wanted:
            yield from _whole(file, part, wanted[part.name])
            rows.pop(part.name, None)
        else:
            yield part.before if not part.name else ""
        if number == last[part.name]:
            for new in rows.pop(part.name, []):
                yield "\n" + toml_out.write_table({part.name: [new]})


def _is_rows(file: str, name: str) -> bool:
    return name in pieces.row_names(file)


def _row(file: str, part: Block, left: list[Any]) -> Iterator[str]:
    """One row: as it is, reworded, or gone. What is written is taken from ``left``."""
    raw = tomllib.loads(part.body)
    said = _plain(file, raw)[part.name][0]
    identity = next(iter(said))
    same = next((one for one in left if one.get(identity) == said[identity]), None)
    if same is None:
        return
    for new in left[: left.index(same)]:  # a new one that was put before it
        yield "\n" + toml_out.write_table({part.name: [new]})
    del left[: left.index(same) + 1]
    yield part.before
    yield part.body if same == said else toml_out.write_table({part.name: [same]})


def _whole(file: str, part: Block, value: Any) -> Iterator[str]:
    """A table or list: as it is; a list of one row a line with its changed lines; or anew."""
    yield part.before
    raw = tomllib.loads(part.body)
    if _plain(file, raw).get(part.name) == value:
        yield part.body
        return
    lines = part.body.splitlines(keepends=True)
    if isinstance(value, list) and len(lines) > 2 and all(_is_listed(line) for line in lines[1:-1]):
        yield from (lines[0], *_one_a_line(lines[1:-1], list(value)), lines[-1])
    else:
        yield toml_out.write_table({part.name: value})


def _is_listed(line: str) -> bool:
    return not line.strip() or line.lstrip()[0] in "{#"


def _one_a_line(lines: Sequence[str], left: list[Any]) -> Iterator[str]:
    """A list of one row a line: each line as it is, reworded, or gone; new ones where they belong."""
    for line in lines:
        if "{" not in line or line.lstrip().startswith("#"):
            yield line
            continue
        said = tomllib.loads(f"rows = [{line}]")["rows"][0]
        identity = next(iter(said))
        same = next((one for one in left if isinstance(one, dict) and one.get(identity) == said[identity]), None)
        if same is None:
            continue
        at = left.index(same)
        yield from (f"    {toml_out.inline(new)},\n" for new in left[:at])
        yield line if same == said else f"    {toml_out.inline(same)},\n"
        del left[: at + 1]
    yield from (f"    {toml_out.inline(new)},\n" for new in left)


def read(text: str, name: str) -> list[Piece]:
    """The pieces of uploaded files: one by its name, or several, each after a line ``### its/name.toml``.

    Raises CatalogueError naming file, entry and reason.
    """
    curated = [(known, part) for known, part in _parts(text, name) if _short(known) not in pieces.COPIED]
    return [piece for known, part in curated for piece in _of_file(known, part)]


def not_curated(text: str, name: str) -> list[str]:
    """The files among them that belong to the software and not to the curated catalogue: they are left alone."""
    return [_short(known) for known, _ in _parts(text, name) if _short(known) in pieces.COPIED]


def _parts(text: str, name: str) -> list[tuple[str, str]]:
    marks = list(_MARK.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [(mark[1], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=False)] or [(name, text)]


def _short(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def _of_file(name: str, text: str) -> list[Piece]:
    short = _short(name)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise CatalogueError(f"{short}: không đọc được TOML: {broken}") from broken
    file = next((known for known in pieces.file_names() if known.rsplit("/", 1)[-1] == short), None)
    if file:
        return pieces.of_table(file, table)
    return [pieces.named(short, Kind.METHOD, str(table.get("slug", "")), table)]
