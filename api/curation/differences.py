"""What changed between two revisions of an entry, field by field, in the words of the form. Must not know pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz, process

from api.curation import fields, forms
from api.curation.fields import Field
from api.curation.pieces import Kind

ALIKE = 55
"""From this likeness on a line that went and one that came are one line that was reworded."""
_WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a reworded line: ``same``, ``gone`` or ``came``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: lines that were taken away, that were added, and that were reworded."""

    label: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    reworded: tuple[tuple[Part, ...], ...] = ()


def between(kind: Kind, key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Every field that differs, in the order of the form."""
    found = []
    for field in forms.of(kind, key):
        before = _lines(field, fields.value_at(old, field.path))
        after = _lines(field, fields.value_at(new, field.path))
        if before != after:
            found.append(_differing(field.label, before, after))
    return found


def _differing(label: str, before: Sequence[str], after: Sequence[str]) -> Difference:
    removed = [line for line in before if line not in after]
    added = [line for line in after if line not in before]
    if not removed and not added:
        return Difference(label, (), ("(chỉ đổi thứ tự)",))
    reworded = []
    for line in list(removed):
        likest = process.extractOne(line, added, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if likest:
            removed.remove(line)
            added.remove(likest[0])
            reworded.append(_parts(line, likest[0]))
    return Difference(label, tuple(removed), tuple(added), tuple(reworded))


def _parts(old: str, new: str) -> tuple[Part, ...]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Part] = []
    for act, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            found.append(Part("same", "".join(before[a:b])))
            continue
        found += [Part(kind, "".join(words)) for kind, words in (("gone", before[a:b]), ("came", after[c:d])) if words]
    return tuple(found)


def _lines(field: Field, value: Any) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return ["có"] if value else ["không"]
    if isinstance(value, Mapping):
        return [f"{key}: {_flat(one)}" for key, one in value.items()]
    if isinstance(value, Sequence) and not isinstance(value, str):
        told = [_row_of(field, one) for one in value]
        return sorted(told) if field.kind == "choices" else told
    return [_titled(field, value)]


def _row_of(field: Field, one: Any) -> str:
    if not isinstance(one, Mapping):
        return _titled(field, one)
    columns = {column.name: column for column in field.columns}
    return " · ".join(_cells(one, columns))


def _cells(row: Mapping[str, Any], columns: Mapping[str, Field]) -> Iterator[str]:
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
