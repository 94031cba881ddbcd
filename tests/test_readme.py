"""README stays true: settings, commands and the judge's keys are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from api.settings import Settings
from knowledge.verdict import Frame, Intent, Level

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_settings_is_the_settings() -> None:
    table = README.split("<!-- settings -->")[1].split("<!-- /settings -->")[0]
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", table, re.MULTILINE))
    defaults = {n.upper(): f.default for n, f in Settings.model_fields.items()}
    assert rows == {n: "" if d in ("", None) else f"`{d}`" for n, d in defaults.items()}


def test_every_command_named_is_a_command() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z-]+)", README)) <= targets


def test_the_judges_words_are_listed() -> None:
    assert all(f"`{value}`" in README for value in (*Level, *Frame, *Intent))


def test_every_folder_named_is_there() -> None:
    tree = README.split("## Where things are")[1].split("```")[1]
    named = re.findall(r"^([a-z]+)/", tree, re.MULTILINE)
    assert named
    assert all((ROOT / name).is_dir() for name in named)


def test_what_zalo_leaves_open_is_told_with_its_setting() -> None:
    rows = re.findall(r"^\|[^|]+\|[^|]+\| ((?:`[A-Z_]+`(?:, )?)+) \|$", README, re.MULTILINE)
    told = {f"ZALO_OA_{name}" for row in rows for name in re.findall(r"[A-Z_]+", row)}
    marked = set(re.findall(r"^\| `(ZALO_OA_[A-Z_]+)` \|[^|]*\| ⚠", README, re.MULTILINE))
    assert told == marked
