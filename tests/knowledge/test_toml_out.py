"""Writing an entry as TOML: what is read back equals what was written, and writing again changes nothing."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import toml_out
from knowledge.catalogue import DATA, Entry, Method, read_method
from knowledge.directory import Directory
from knowledge.directory import load as load_directory
from knowledge.lexicon import Lexicon
from knowledge.lexicon import load as load_lexicon

METHODS = sorted((DATA / "methods").glob("*.toml"))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PLAIN = WORDS | st.integers(-9999, 9999) | st.booleans() | st.dates(date(1, 1, 1)) | st.lists(WORDS, max_size=3)
TABLES = st.dictionaries(WORDS, PLAIN | st.dictionaries(WORDS, PLAIN, max_size=3), max_size=4)


@pytest.mark.parametrize("path", METHODS, ids=lambda path: path.stem)
def test_every_method_comes_back_as_it_was(path: Path) -> None:
    method = read_method(path)
    written = toml_out.write(method)
    again = Method.model_validate(tomllib.loads(written))
    assert again == method
    assert toml_out.write(again) == written


@pytest.mark.parametrize(("entry", "kind"), [(load_directory(), Directory), (load_lexicon(), Lexicon)])
def test_whole_files_come_back_as_they_were(entry: Entry, kind: type[Entry]) -> None:
    assert kind.model_validate(tomllib.loads(toml_out.write(entry))) == entry


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_any_plain_data_comes_back(table: dict[str, object]) -> None:
    assert tomllib.loads(toml_out.write_table(table)) == table


def test_rows_inside_rows_and_hostile_text() -> None:
    table = {"a": 'x"""\\\n]\u007f\u0085', "rows": [{"b": [{"c": 1}, {"c": 2}], "d": {}}], "long": ["ă" * 100, "b"]}
    written = toml_out.write_table(table)
    assert tomllib.loads(written) == table
    assert written.count("[[rows]]") == 1


def test_what_toml_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="NoneType"):
        toml_out.write_table({"a": None})
