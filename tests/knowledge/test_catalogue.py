"""The catalogue loads whole or says in one sentence what is wrong with which file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from knowledge import catalogue
from knowledge.catalogue import CatalogueError, KnownExample, Situation

SHIPPED = catalogue.DATA / "methods"
ONE = SHIPPED / "khoa-sim-chuan-hoa.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ONE.name).write_text(ONE.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def changed(folder: Path, old: str, new: str) -> Path:
    path = folder / ONE.name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_all_shipped_methods_load() -> None:
    assert len(catalogue.load().methods) == 74


def test_equal_content_has_equal_revision(folder: Path) -> None:
    assert catalogue.load(folder).revision == catalogue.load(folder).revision


def test_any_change_makes_a_new_revision(folder: Path) -> None:
    before = catalogue.load(folder).revision
    assert catalogue.load(changed(folder, "Giả nhà mạng", "Giả tổng đài")).revision != before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('slug = "khoa-sim-chuan-hoa"', 'slug = "khoa-sim"', "khoa-sim-chuan-hoa.toml: slug: must be"),
        ('group = "impersonation"', 'group = "police"', "khoa-sim-chuan-hoa.toml: group:"),
        ('codes = ["AIS-3", "BCA-12"]', 'codes = ["AIS3"]', "khoa-sim-chuan-hoa.toml: codes.0:"),
        ("weak", "week", None),
        ('situation = "contacted"', 'situation = "clicked"', "advice: the situation 'contacted' is missing"),
        ('kind = "sms"', 'kind = "fax"', "examples.0.kind:"),
        ("checked_on = 2026-11-24", 'checked_on = "soon"', "sources.0.checked_on:"),
        ("[signals]", "[signals", "cannot be read"),
        ('    "đóng phí mở lại SIM",\n', '    "bấm phím 9 để gặp tổng đài viên",\n', "a phrase stands twice"),
    ],
)
def test_a_bad_entry_is_named_with_key_and_reason(folder: Path, old: str, new: str, reason: str | None) -> None:
    if reason is None:
        changed(folder, 'slug = "khoa-sim-chuan-hoa"', 'slug = "khoa-sim-chuan-hoa"\nweek = true')
        reason = "week: Extra inputs are not permitted"
    else:
        changed(folder, old, new)
    with pytest.raises(CatalogueError, match=r"khoa-sim-chuan-hoa\.toml") as wrong:
        catalogue.load(folder)
    assert reason in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_too_few_phrases_are_counted_for_the_curator(folder: Path) -> None:
    text = (folder / ONE.name).read_text(encoding="utf-8")
    phrases = tomllib.loads(text)["signals"]["usual"]
    for phrase in phrases[3:]:
        text = text.replace(f'    "{phrase}",\n', "")
    (folder / ONE.name).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="8 phrases, at least 12"):
        catalogue.load(folder)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="holds no method file"):
        catalogue.load(tmp_path)


def test_a_known_example_may_not_take_a_slug_that_stands(folder: Path) -> None:
    entry = KnownExample(slug="khoa-sim-chuan-hoa", name="Tên khác", example="Một tin nhắn nào đó")
    with pytest.raises(CatalogueError, match="stands twice"):
        catalogue.load(folder).with_known([entry])


def test_advice_of_a_situation_is_found_or_none() -> None:
    method = catalogue.read_method(ONE)
    contacted = method.advice_in(Situation.CONTACTED)
    assert contacted
    assert contacted.card == "R0"
    assert method.advice_in(Situation.BLACKMAILED) is None
