"""What a form is made of, and the way from a posted form to entry data and back.

Plain data; an incomplete entry is data, too, so that a draft can be kept half-way. Must not know HTTP, templates, nor
any kind of entry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Options = tuple[tuple[str, str], ...]
_SOURCE = ("id", "grade", "checked_on")
_PARTS = re.compile(r"\s*[·|;,]\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``kind``: line, text, lines, number, date, flag, choice, choices, rows with ``columns`` of their own,
    pairs (a line each: ``this = that``) or sources (a line each: id · grade · day)."""

    name: str
    label: str
    help: str = ""
    kind: str = "line"
    options: Options = ()
    columns: tuple[Field, ...] = ()
    fixed: bool = False

    @property
    def path(self) -> list[str]:
        """Where it stands in the entry."""
        return self.name.split(".")


_DEFAULT_ON = ("enabled",)


def options(titles: Mapping[Any, str]) -> Options:
    """The choices of an enumeration with what people read."""
    return tuple((str(value.value), title) for value, title in titles.items())


def value_at(data: Mapping[str, Any], path: Sequence[str]) -> Any:
    """What an entry says at a path, None where nothing."""
    here: Any = data
    for part in path:
        if not isinstance(here, Mapping) or part not in here:
            return True if part in _DEFAULT_ON else None
        here = here[part]
    return here


def read(
    fields: Sequence[Field], posted: Sequence[tuple[str, str]], prefix: str = "", *, blank_rows: bool = False
) -> dict[str, Any]:
    """The entry that a posted form says; what is empty is left out, rows too unless their numbers still matter."""
    given: dict[str, list[str]] = {}
    for name, typed in posted:
        given.setdefault(name, []).append(typed)
    entry: dict[str, Any] = {}
    for field in fields:
        named = f"{prefix}{field.name}"
        value: Any
        if field.kind == "rows":
            value = _read_rows(field, named, given, posted, blank=blank_rows)
        else:
            value = _value(field, named, given)
        if value is None or (prefix and value == []):
            continue
        here = entry
        for part in field.path[:-1]:
            here = here.setdefault(part, {})
        here[field.path[-1]] = value
    return entry


def _value(field: Field, name: str, given: Mapping[str, list[str]]) -> Any:
    typed = given.get(name, [""])[0].replace("\r\n", "\n").replace("\0", "").strip()
    if field.kind == "flag":
        return bool(typed) if bool(typed) != (field.name in _DEFAULT_ON) else None
    if field.kind == "choices":
        return [v for v in given.get(name, []) if v]
    if field.kind == "lines":
        return [line.strip() for line in typed.split("\n") if line.strip()]
    if field.kind in _READERS:
        return _READERS[field.kind](typed)
    return " ".join(typed.split()) if typed and field.kind == "line" else typed or None


def _read_rows(
    field: Field, name: str, given: Mapping[str, list[str]], posted: Sequence[tuple[str, str]], *, blank: bool
) -> list[dict[str, Any]]:
    rows = [read(field.columns, posted, f"{name}.{at}.") for at in _numbers(name, given)]
    return [row for row in rows if blank or (row and _said(row, field))]


def filled(fields: Sequence[Field], entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry without the rows that nobody filled in yet."""
    kept = deepcopy(dict(entry))
    for field in fields:
        rows = value_at(kept, field.path)
        if field.kind == "rows" and isinstance(rows, list):
            rows[:] = [row for row in rows if row and _said(row, field)]
    return kept


def _said(row: Mapping[str, Any], field: Field) -> bool:
    """Whether somebody filled in more than what is always chosen."""
    always = {c.name for c in field.columns if c.kind in ("choice", "date")}
    chosen_only = all(value in (None, [], "") for name, value in row.items() if name not in always)
    return not chosen_only or field.name == "advice"


def _numbers(name: str, given: Mapping[str, list[str]]) -> list[int]:
    numbers = {key.removeprefix(f"{name}.").split(".")[0] for key in given if key.startswith(f"{name}.")}
    return sorted(int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 5)


def _day(typed: str) -> date | str | None:
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return typed or None


def _number(typed: str) -> int | str | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else typed or None


def _pairs(typed: str) -> dict[str, str] | str:
    """A line without ``=`` is kept with nothing on its right, so that whoever typed it sees what is wrong.

    With a left side that stands twice all of it is kept as it was typed: which of the two is meant is not ours to say.
    """
    return typed if twice(typed) else dict(_lefts_and_rights(typed))


def _lefts_and_rights(typed: str) -> list[tuple[str, str]]:
    lines = (line.partition("=") for line in typed.split("\n") if line.strip())
    return [(left.strip(), right.strip()) for left, _, right in lines]


def twice(typed: str) -> list[str]:
    """The left sides that stand more than once in lines of pairs."""
    return [left for left, count in Counter(left for left, _ in _lefts_and_rights(typed)).items() if count > 1]


def _sources(typed: str) -> list[dict[str, Any]]:
    found = []
    for line in typed.split("\n"):
        parts = [part for part in _PARTS.split(line.strip()) if part]
        row: dict[str, Any] = dict(zip(_SOURCE, parts, strict=False))
        if "checked_on" in row:
            row["checked_on"] = _day(row["checked_on"])
        found += [row] if row else []
    return found


_READERS: dict[str, Callable[[str], Any]] = {"date": _day, "number": _number, "pairs": _pairs, "sources": _sources}


def shown(field: Field, value: Any) -> str:
    """What stands in the box of a field with more than one line."""
    if isinstance(value, str):
        return value
    if field.kind == "pairs" and isinstance(value, Mapping):
        return "\n".join(f"{left} = {right}" for left, right in value.items())
    if field.kind == "sources" and isinstance(value, Sequence):
        return "\n".join(" · ".join(str(one[part]) for part in _SOURCE if part in one) for one in value)
    return "\n".join(map(str, value or ()))


def _rows(form: Sequence[Field], data: dict[str, Any], name: str) -> list[Any] | None:
    """The rows of a field of an entry, made where there are none; None where the form has no such rows."""
    field = next((f for f in form if f.name == name and f.kind == "rows"), None)
    if field is None:
        return None
    here = data
    for part in field.path[:-1]:
        here = here.setdefault(part, {})
    rows: list[Any] = here.setdefault(field.path[-1], [])
    return rows


def add_row(form: Sequence[Field], data: dict[str, Any], name: str) -> int:
    """An empty row at the end; gives its number, 0 where the form has no such rows."""
    rows = _rows(form, data, name)
    if rows is None:
        return 0
    rows.append({})
    return len(rows) - 1


def take_row(form: Sequence[Field], data: dict[str, Any], name: str, number: str) -> dict[str, Any] | None:
    """The row that was taken out, None where there is none of that number."""
    rows = _rows(form, data, name)
    if not rows or not (number.isascii() and number.isdigit() and int(number) < len(rows)):
        return None
    taken: dict[str, Any] = rows.pop(int(number))
    return taken


def put_row(form: Sequence[Field], data: dict[str, Any], name: str, number: int, row: dict[str, Any]) -> None:
    """Put a row back where it was."""
    rows = _rows(form, data, name)
    if rows is not None:
        rows.insert(max(0, number), row)
