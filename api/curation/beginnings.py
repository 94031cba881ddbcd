"""A new entry as it begins: its kind, its code, its name. Must not know HTTP nor the database.

A code never changes later, so that one that the entry's own model would refuse must not become a draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pydantic import TypeAdapter, ValidationError

from api.curation import reasons, word_forms
from api.curation.pieces import Kind, Piece
from api.curation.refusals import DoesNotFit
from knowledge import toml_out
from knowledge.catalogue import Slug
from knowledge.directory import Owned
from knowledge.text import bare

ADDABLE = (Kind.METHOD, Kind.CONTACT, Kind.DOMAIN, Kind.LEXICON)
SHORTEST_CODE = 3
LONGEST_NAME = 120
LONGEST_WORD = 30
"""A name without spaces beyond this is no name that people say."""
_SLUG: TypeAdapter[str] = TypeAdapter(Slug)
_DOMAIN: TypeAdapter[str] = TypeAdapter(Owned)
_CODE_SHAPE = "Mã chỉ gồm chữ thường không dấu và số, nối bằng một gạch ngang, từ 3 đến 60 ký tự, ví dụ: gia-cong-an."
_DOMAIN_SHAPE = "Tên miền viết thường, không có https:// và dấu gạch chéo, có ít nhất một dấu chấm, ví dụ: evn.com.vn."


def begin(kind: Kind, code: str, name: str = "", group: str = "") -> Piece:
    """The first half-empty draft of a new entry. Raises DoesNotFit with the sentence for whoever typed it."""
    code, name = code.strip(), " ".join(name.split())
    _check_name(name)
    if kind is Kind.METHOD:
        slug = _fit(_SLUG, code or slug_of(name), _CODE_SHAPE)
        return _piece(kind, slug, {"slug": slug} | ({"name": name} if name else {}))
    if kind is Kind.CONTACT:
        slug = _fit(_SLUG, code, _CODE_SHAPE)
        return _piece(kind, slug, {"slug": slug})
    if kind is Kind.DOMAIN:
        domain = _fit(_DOMAIN, code.lower(), _DOMAIN_SHAPE)
        return _piece(kind, domain, {"domain": domain})
    if kind is Kind.LEXICON:
        return _words(group, code)
    raise DoesNotFit("Loại mục này do phần mềm định sẵn, không thêm mục mới được.")


def slug_of(name: str) -> str:
    """The code of a method of this name: its letters without diacritics."""
    return bare(name).replace(" ", "-")[:60].strip("-")


def _piece(kind: Kind, key: str, body: dict[str, str]) -> Piece:
    return Piece(kind, key, toml_out.write_table(body))


def _check_name(name: str) -> None:
    if len(name) > LONGEST_NAME or any(len(word) > LONGEST_WORD for word in name.split()):
        raise DoesNotFit(f"Tên gọi nhiều nhất {LONGEST_NAME} ký tự, mỗi từ nhiều nhất {LONGEST_WORD}.")


def _fit(model: TypeAdapter[str], typed: str, shape: str) -> str:
    if len(typed) < SHORTEST_CODE:
        raise DoesNotFit(shape)
    try:
        return model.validate_python(typed)
    except ValidationError as invalid:
        own = invalid.errors()[0]["type"] == "value_error"
        raise DoesNotFit(f"{typed}: {reasons.of(invalid)['']}." if own else shape) from None


def _words(group: str, name: str) -> Piece:
    if group not in word_forms.ADDABLE or not _WORD_SHAPES[group](name):
        raise DoesNotFit(
            "Nhóm từ cần một mã ngắn: chữ thường không dấu, số, gạch dưới. Thương hiệu cần một cái tên, dài từ 2 đến "
            "60 ký tự."
        )
    return _piece(Kind.LEXICON, f"{group}:{name}", {"name": name})


_WORD_SHAPES: dict[str, Callable[[str], bool]] = {
    "concept": lambda name: bool(re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name)) and 1 < len(name) <= 60,
    "brand": lambda name: 1 < len(name) <= 60 and all(len(word) <= LONGEST_WORD for word in name.split()),
}
