"""Entries written as TOML, always in the same way: what is parsed from it equals what was written.

Keys keep their order; plain values come first, then tables, then rows. What equals its default is left out.
Must not know any kind of entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

WIDTH = 120
_BARE = re.compile(r"^[A-Za-z0-9_-]+$")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def write(entry: BaseModel) -> str:
    """An entry as a whole TOML file."""
    return write_table(entry.model_dump(mode="python", exclude_none=True, exclude_defaults=True))


def write_table(table: Mapping[str, Any]) -> str:
    """Plain data as a whole TOML file."""
    lines = _table(table, ())
    return "\n".join(lines).strip("\n") + "\n"


def inline(row: Mapping[str, Any]) -> str:
    """A row on one line, as inside a list of rows."""
    return _value(row)


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    kinds = {name: _kind(value) for name, value in table.items()}
    lines = [_pair(name, table[name]) for name, kind in kinds.items() if kind == "value"]
    for name, kind in kinds.items():
        below = (*path, name)
        if kind == "table":
            lines += ["", f"[{_dotted(below)}]", *_table(table[name], below)]
        if kind == "rows":
            for row in table[name]:
                lines += ["", f"[[{_dotted(below)}]]", *(_pair(key, value) for key, value in row.items())]
    return lines


def _kind(value: Any) -> str:
    if isinstance(value, Mapping):
        return "table"
    rows = isinstance(value, Sequence) and not isinstance(value, str)
    return "rows" if rows and value and all(isinstance(v, Mapping) for v in value) else "value"


def _pair(name: str, value: Any) -> str:
    short = f"{_key(name)} = {_value(value)}"
    if len(short) <= WIDTH or not isinstance(value, (list, tuple)) or not value:
        return short
    return "\n".join([f"{_key(name)} = [", *(f"    {_value(one)}," for one in value), "]"])


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_value, value))}]"
    raise TypeError(f"no TOML for {type(value).__name__}")


def _string(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(c) or (c if c.isprintable() or ord(c) > 0x9F else _code(c)) for c in text) + '"'


def _code(char: str) -> str:
    return f"\\u{ord(char):04X}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _string(name)


def _dotted(path: Sequence[str]) -> str:
    return ".".join(map(_key, path))
