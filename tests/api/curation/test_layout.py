"""The files of knowledge/data come out of the catalogue letter for letter, and go back in without losing anything."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from api.curation import layout, pieces
from api.curation.pieces import Kind, Piece
from knowledge.catalogue import DATA, CatalogueError
from tests.api.curation.desk import SLUG, changed, shipped

CONTACT = shipped(Kind.CONTACT, "cong-an-113")
NOTED = changed(CONTACT, "xem lại khi có thông báo mới", "xem lại mỗi quý")


def exported(members: Sequence[Piece], folder: Path) -> dict[str, bytes]:
    """The files, which must be read back as exactly these pieces."""
    made = layout.files(members)
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    assert set(pieces.read(folder)) == set(members)
    return made


def with_(new: Piece) -> list[Piece]:
    """The shipped catalogue with one piece replaced, or added after its like."""
    members = [new if (p.kind, p.key) == (new.kind, new.key) else p for p in pieces.shipped()]
    return members if new in members else [*members, new]


def test_what_nobody_changed_is_the_shipped_files_byte_for_byte(tmp_path: Path) -> None:
    made = exported(pieces.shipped(), tmp_path)
    shipped_files = {str(p.relative_to(DATA)): p.read_bytes() for p in DATA.rglob("*.*") if p.suffix != ".md"}
    assert made == shipped_files


def test_a_changed_row_changes_its_own_lines_and_no_others(tmp_path: Path) -> None:
    before = (DATA / "contacts.toml").read_text(encoding="utf-8").splitlines()
    after = exported(with_(NOTED), tmp_path)["contacts.toml"].decode().splitlines()
    assert [line for line in before if line not in after] == [
        line for line in CONTACT.body.splitlines() if line.startswith("note")
    ]
    assert [line for line in after if line not in before] == [
        line for line in NOTED.body.splitlines() if line.startswith("note")
    ]
    assert len(after) == len(before)


def test_a_changed_line_of_a_long_list_leaves_the_others_alone(tmp_path: Path) -> None:
    domain = shipped(Kind.DOMAIN, "evn.com.vn")
    owned = pieces.of_data(Kind.DOMAIN, domain.key, domain.data | {"owner": "Tập đoàn Điện lực"})
    before = (DATA / "official_domains.toml").read_bytes().splitlines()
    after = exported(with_(owned), tmp_path)["official_domains.toml"].splitlines()
    assert sum(a != b for a, b in zip(after, before, strict=True)) == 1


def test_lists_that_lose_their_last_entry_keep_the_rest_and_every_comment(tmp_path: Path) -> None:
    keys = ("golden", "guides", "laws", "teencode", "not_yet", "english", "fallbacks", "brands")
    members = list(pieces.shipped())
    for key in keys:
        piece = shipped(Kind.LIST, key)
        data = piece.data
        inner = data[key]["cues"] if key == "english" else data[key]
        inner.popitem() if isinstance(inner, dict) else inner.pop()
        members[members.index(piece)] = pieces.of_data(Kind.LIST, key, data)
    made = exported(members, tmp_path)
    for name in pieces.file_names():
        lost = set((DATA / name).read_bytes().splitlines()) - set(made[name].splitlines())
        assert not [line for line in lost if line.startswith(b"#")], name


def test_new_ones_come_and_paused_ones_go(tmp_path: Path) -> None:
    contact = pieces.of_data(Kind.CONTACT, "ngan-hang-moi", CONTACT.data | {"slug": "ngan-hang-moi", "kind": "bank"})
    word = pieces.of_data(Kind.LEXICON, "concept:loan_shark", {"name": "loan_shark", "words": ["tín dụng đen"]})
    method = shipped(Kind.METHOD, SLUG)
    left = [p for p in pieces.shipped() if p not in (method, CONTACT)]
    made = exported([*left, contact, word], tmp_path)
    assert f"methods/{SLUG}.toml" not in made
    assert b"ngan-hang-moi" in made["contacts.toml"]
    assert b'slug = "cong-an-113"' not in made["contacts.toml"]
    assert made["contacts.toml"].startswith((DATA / "contacts.toml").read_bytes().splitlines()[0])


@pytest.mark.parametrize("seed", range(2))
def test_out_in_and_out_again_is_the_same_bytes_whatever_was_changed(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same changes each time
    members = [p for p in pieces.shipped() if p.kind in (Kind.CARD, Kind.LIST) or chance.random() > 0.03]
    members = [p if chance.random() > 0.05 or p.kind is not Kind.LEXICON else _fewer(p) for p in members]
    first = exported(members, tmp_path)
    text = "".join(f"### {name}\n{content.decode()}" for name, content in first.items() if name not in pieces.COPIED)
    assert set(layout.read(text, "")) == set(members)
    assert exported(pieces.read(tmp_path), tmp_path) == first


def _fewer(piece: Piece) -> Piece:
    """Words or patterns of the lexicon without the last one."""
    data = piece.data
    name = "words" if "words" in data else "patterns"
    return pieces.of_data(piece.kind, piece.key, data | {name: data[name][:-1] or data[name]})


def test_one_file_is_known_by_its_name_a_method_by_its_slug() -> None:
    contacts = (DATA / "contacts.toml").read_text(encoding="utf-8")
    read = layout.read(contacts, "C:\\tai-ve\\contacts.toml")
    assert {p.kind for p in read} == {Kind.CONTACT, Kind.LIST}
    body = shipped(Kind.METHOD, SLUG).body
    assert layout.read(body, "bất kỳ.toml") == [shipped(Kind.METHOD, SLUG)]


def test_a_broken_file_is_named_with_its_reason() -> None:
    with pytest.raises(CatalogueError, match=r"contacts\.toml: không đọc được TOML"):
        layout.read("a = [", "contacts.toml")
    with pytest.raises(CatalogueError, match=r"cards\.toml"):
        layout.read("### handbook/cards.toml\n[[cards]]\ncode = 'R0'\n", "")
