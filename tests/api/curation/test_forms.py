"""Every shipped entry goes through its form and comes back as it was; what people type is read as they mean it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from api.curation import fields, forms, pieces, word_forms
from api.curation.fields import Field
from api.curation.pieces import Kind, Piece
from tests.api.curation.desk import SLUG, shipped


def posted(form: Sequence[Field], data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """What a browser sends of a form that nobody touched."""
    for field in form:
        value, name = fields.value_at(data, field.path), f"{prefix}{field.name}"
        if field.kind == "rows":
            for number, row in enumerate(value or ()):
                yield from posted(field.columns, row, f"{name}.{number}.")
        elif field.kind == "choices":
            yield from ((name, one) for one in value or ())
        elif field.kind in ("lines", "pairs", "sources"):
            yield name, fields.shown(field, value).replace("\n", "\r\n")
        elif field.kind == "flag":
            yield from [(name, "1")] if value else []
        else:
            yield name, "" if value is None else str(value)


def through_its_form(piece: Piece) -> Piece:
    form = forms.of(piece.kind, piece.key)
    return pieces.of_data(piece.kind, piece.key, fields.read(form, list(posted(form, piece.data))))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_shipped_entry_has_a_form_that_loses_nothing(kind: Kind) -> None:
    of_kind = [p for p in pieces.shipped() if p.kind is kind]
    assert of_kind
    for piece in of_kind:
        assert through_its_form(piece) == piece, piece.key


def test_every_field_says_what_it_is_and_boxes_with_many_lines_say_how() -> None:
    everything = {p.key: forms.of(p.kind, p.key) for p in pieces.shipped()}
    for key, form in everything.items():
        assert form, key
        for field in form:
            assert field.label, (key, field.name)
            assert field.help or field.kind in ("choice", "choices", "date", "line", "text", "rows", "flag"), (
                key,
                field.name,
            )


def test_a_name_for_every_entry_and_none_is_only_a_code() -> None:
    for piece in pieces.shipped():
        if piece.kind in (Kind.LEXICON, Kind.LIST):
            assert word_forms.title(piece.key, piece.body) != piece.key
    assert word_forms.title("concept:transfer", shipped(Kind.LEXICON, "concept:transfer").body).startswith(
        "Nhóm từ: chuyển"
    )
    assert word_forms.title("ask:otp", shipped(Kind.LEXICON, "ask:otp").body) == "Đòi làm gì: xin mã OTP"
    assert word_forms.title("x:y", "") == "x:y"


def test_pairs_sources_days_and_numbers_are_read_as_people_type_them() -> None:
    pairs = word_forms.LISTS["teencode"]
    assert fields.read(pairs, [("teencode", " ck=chuyển khoản \n\n ko = không")]) == {
        "teencode": {"ck": "chuyển khoản", "ko": "không"}
    }
    assert fields.read(pairs, [("teencode", "quên dấu bằng")]) == {"teencode": {"quên dấu bằng": ""}}
    golden = word_forms.LISTS["golden"]
    typed = [("golden.0.number", "3"), ("golden.0.text", "Dừng lại."), ("golden.0.sources", "BCA25; A | 24/11/2026")]
    source = {"id": "BCA25", "grade": "A", "checked_on": date(2026, 11, 24)}
    assert fields.read(golden, typed) == {"golden": [{"number": 3, "text": "Dừng lại.", "sources": [source]}]}
    assert fields.read(golden, [("golden.0.number", "ba"), ("golden.0.text", "x")])["golden"][0]["number"] == "ba"


def test_rows_are_taken_out_and_put_back_where_they_were() -> None:
    piece = shipped(Kind.METHOD, SLUG)
    form, data = forms.of(piece.kind, piece.key), piece.data
    taken = fields.take_row(form, data, "examples", "1")
    assert taken == piece.data["examples"][1]
    fields.put_row(form, data, "examples", 1, taken or {})
    assert data == piece.data
    assert fields.take_row(form, data, "examples", "99") is None
    assert fields.take_row(form, data, "slug", "0") is None
    assert fields.take_row(form, data, "examples", "-1") is None
    english = shipped(Kind.LIST, "english")
    inner = english.data
    number = fields.add_row(forms.of(Kind.LIST, "english"), inner, "english.cues")
    assert inner["english"]["cues"][number] == {}
