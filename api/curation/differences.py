"""What changed between two revisions of an entry, field by field, in the words of the form. Must not know pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.curation import forms
from api.curation.forms import Field
from api.curation.pieces import Kind


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what was taken away and what was added; for a single value the old and the new one."""

    label: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


def between(kind: Kind, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Every field that differs, in the order of the form."""
    fields = forms.FORMS.get(kind) or tuple(Field(name, name) for name in dict.fromkeys((*old, *new)))
    found = []
    for field in fields:
        before = _lines(field, forms.value_at(old, field.path))
        after = _lines(field, forms.value_at(new, field.path))
        if before == after:
            continue
        removed = tuple(line for line in before if line not in after)
        added = tuple(line for line in after if line not in before)
        found.append(Difference(field.label, removed, added) if removed or added else _moved(field))
    return found


def _moved(field: Field) -> Difference:
    return Difference(field.label, (), ("(chỉ đổi thứ tự)",))


def _lines(field: Field, value: Any) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return ["có"] if value else ["không"]
    if isinstance(value, Mapping):
        return [f"{key}: {_flat(one)}" for key, one in value.items()]
    if isinstance(value, Sequence) and not isinstance(value, str):
        told = [_row(field, one) for one in value]
        return sorted(told) if field.kind == "choices" else told
    return [_titled(field, value)]


def _row(field: Field, one: Any) -> str:
    if not isinstance(one, Mapping):
        return _titled(field, one)
    columns = {column.name: column for column in field.columns}
    return " · ".join(_parts(one, columns))


def _parts(row: Mapping[str, Any], columns: Mapping[str, Field]) -> Iterator[str]:
    for name, value in row.items():
        if value not in ("", [], ()):
            yield _titled(columns[name], value) if name in columns else f"{name}: {_flat(value)}"


def _titled(field: Field, value: Any) -> str:
    titles = dict(field.options)
    return titles.get(str(value), _flat(value))


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {_flat(one)}" for key, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(_flat, value))
    return str(value)
