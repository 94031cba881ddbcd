"""Files out of the desk and into it: the ZIP is the catalogue letter for letter, what comes in differs or is left alone."""

from __future__ import annotations

import io
import zipfile
from html import unescape
from pathlib import Path

import pytest

from api.curation import pieces, rows
from api.curation.pieces import Kind
from knowledge.catalogue import DATA
from tests.api.conftest import Site
from tests.api.console.staff import enter, hire, post
from tests.api.console.test_curation import entry, get
from tests.api.curation.desk import SLUG, shipped, small

CONTACTS = (DATA / "contacts.toml").read_text(encoding="utf-8")


@pytest.fixture
async def csrf(site: Site) -> str:
    """A curator's token, with the small catalogue published."""
    await rows.ensure_imported(site.around.database, site.around.clock(), small())
    return await enter(site, await hire(site.around, "lan", "curator"))


async def test_the_zip_is_the_catalogue_letter_for_letter(site: Site, csrf: str, tmp_path: Path) -> None:
    packed = await site.client.get("/can-bo/kho/tai-ve.zip")
    archive = zipfile.ZipFile(io.BytesIO(packed.content))
    archive.extractall(tmp_path)
    assert set(pieces.read(tmp_path)) == set(small())
    for name in ("contacts.toml", f"methods/{SLUG}.toml", "handbook/law.toml", "weights.json", "unit.toml"):
        assert archive.read(name) == (DATA / name).read_bytes()
    one = await site.client.get(f"{await entry(site, Kind.METHOD, SLUG)}/toml")
    assert one.content == (DATA / "methods" / f"{SLUG}.toml").read_bytes()


async def test_what_comes_back_unchanged_makes_no_draft(site: Site, csrf: str) -> None:
    made = await post(site, "/can-bo/kho/tai-len", csrf, loai="tep", ten="contacts.toml", toml=CONTACTS)
    assert made.headers["location"] == "/can-bo/ban-nhap?nhan=0"


async def test_of_a_whole_file_only_what_differs_becomes_drafts(site: Site, csrf: str) -> None:
    text = CONTACTS.replace("xem lại khi có thông báo mới", "xem lại mỗi quý").replace("\n", "\r\n")
    made = await post(site, "/can-bo/kho/tai-len", csrf, loai="tep", ten="contacts.toml", toml=text)
    board = await get(site, made.headers["location"])
    assert "Đã nhận 1 bản nháp" in board
    assert "Công an - khẩn cấp" in board
    assert "tải lên" in board


async def test_several_files_at_once(site: Site, csrf: str) -> None:
    method = shipped(Kind.METHOD, SLUG).body.replace('name = "', 'name = "Mới: ', 1)
    text = f"### contacts.toml\n{CONTACTS}\n### {SLUG}.toml\n{method}"
    made = await post(site, "/can-bo/kho/tai-len", csrf, loai="tep", ten="", toml=text)
    assert made.headers["location"] == "/can-bo/ban-nhap?nhan=1"


async def test_the_largest_file_fits_through_the_door(site: Site, csrf: str) -> None:
    text = (DATA / "lexicon.toml").read_text(encoding="utf-8")
    made = await post(site, "/can-bo/kho/tai-len", csrf, loai="tep", ten="lexicon.toml", toml=text)
    assert made.status_code == 303


async def test_a_broken_file_is_shown_again_with_its_reason_and_leaves_nothing(site: Site, csrf: str) -> None:
    broken = await post(site, "/can-bo/kho/tai-len", csrf, loai="tep", ten="contacts.toml", toml="[[contacts]]\nslug=1")
    assert broken.status_code == 400
    assert "contacts.toml" in broken.text
    one = shipped(Kind.METHOD, SLUG).body.replace("group =", "nhom =")
    refused = await post(site, "/can-bo/kho/tai-len", csrf, loai="method", toml=one)
    assert refused.status_code == 400
    assert "group: cần điền" in unescape(refused.text)
    assert 'Đang soạn <small class="soft">0' in await get(site, "/can-bo/ban-nhap")


async def test_one_entry_pasted_becomes_a_draft_of_its_own(site: Site, csrf: str) -> None:
    contact = shipped(Kind.CONTACT, "cong-an-113").body
    made = await post(site, "/can-bo/kho/tai-len", csrf, loai="contact", toml=contact)
    assert made.status_code == 303
    assert "tải lên" in await get(site, "/can-bo/ban-nhap")
