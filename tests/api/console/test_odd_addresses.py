"""An address of the desk that no page can have is no page: never a broken service, on either database."""

from __future__ import annotations

import json
from html import unescape

import pytest

from api.console.editing import REMOVED
from api.curation import rows
from api.curation.pieces import Kind
from tests.api.casework.desk import ask
from tests.api.conftest import Site
from tests.api.console.staff import enter, hire, post
from tests.api.console.test_curation import get, save, start_editing
from tests.api.curation.desk import SLUG, small

HUGE = "9" * 25
EVERYTHING = ("lead_operator", "curator", "approver")
DRAFT = f"/can-bo/ban-nhap/{HUGE}"
READ = [
    "/can-bo/vu-viec/%00", "/can-bo/vu-viec/a%00b", "/can-bo/dau-hieu/%00", "/can-bo/chien-dich/%00",
    "/can-bo/xuat/%00/tai", "/can-bo/vu-viec/%00/van-ban/%00.docx", "/can-bo/luot-hoi/%00", "/can-bo/phan-anh/%00",
    DRAFT, f"{DRAFT}/sua", f"/can-bo/chay-thu/{HUGE}", f"/can-bo/kho/muc/{HUGE}", f"/can-bo/kho/muc/{HUGE}/toml",
]  # fmt: skip
SENT = [
    f"{DRAFT}/sua", f"{DRAFT}/xem", f"{DRAFT}/buoc", f"{DRAFT}/duyet", f"{DRAFT}/gop-y", f"{DRAFT}/chay-thu",
    f"/can-bo/kho/muc/{HUGE}/soan", f"/can-bo/ban-hanh/{HUGE}/bo", "/can-bo/vu-viec/%00/viec",
    "/can-bo/vu-viec/%00/truong-ca", "/can-bo/dau-hieu/%00/de-nghi", "/can-bo/chien-dich/%00/soan",
]  # fmt: skip
FILTERS = [f"{HUGE}~1~a", f"-{HUGE}~1~a", "1~1~%00", "0~1~%00", "1~1e999~a", "1~nan~a", "1~1", "5~1~a"]
FORMS = {"viec": "submit", "loi": "Đã đọc kỹ rồi", "ten": "Tên tạm", "thanh": "watched", "ly-do": "Đã đọc kỹ rồi"}


@pytest.fixture
async def csrf(site: Site) -> str:
    """Somebody who may see everything."""
    await rows.ensure_imported(site.around.database, site.around.clock(), small())
    await ask(site.around, "an")
    return await enter(site, await hire(site.around, "lan", *EVERYTHING), confirmed=True)


async def test_what_cannot_be_is_not_there(site: Site, csrf: str) -> None:
    for path in READ:
        answer = await site.client.get(path)
        assert answer.status_code == 404, path
        assert "trục trặc" not in unescape(answer.text), path


async def test_nor_can_anything_be_done_with_it(site: Site, csrf: str) -> None:
    for path in SENT:
        answer = await post(site, path, csrf, **FORMS)
        assert answer.status_code in {400, 404}, path
        assert "trục trặc" not in unescape(answer.text), path


@pytest.mark.parametrize("path", ["/can-bo/vu-viec", "/can-bo/vu-viec/bang"])
async def test_a_mark_that_is_none_shows_the_first_page(site: Site, csrf: str, path: str) -> None:
    for mark in FILTERS:
        for state in ("open", "all"):
            assert (await site.client.get(f"{path}?sau={mark}&trang-thai={state}")).status_code == 200, mark


async def test_a_hidden_field_that_is_not_ours_brings_nothing_back(site: Site, csrf: str) -> None:
    draft = await start_editing(site, csrf, Kind.METHOD, SLUG)
    before = await get(site, f"{draft}/sua")
    for number in (HUGE, "1e999", "-1e999", "null"):
        kept = f'{{"name": "examples", "number": {number}, "row": {{"text": "x"}}}}'
        assert (await save(site, csrf, draft, viec="restore", **{REMOVED: kept})).status_code == 200, number
    assert (await save(site, csrf, draft, viec="restore", **{REMOVED: "[" * 15_000})).status_code == 200
    assert await get(site, f"{draft}/sua") == before


async def test_what_was_taken_out_is_still_put_back(site: Site, csrf: str) -> None:
    draft = await start_editing(site, csrf, Kind.METHOD, SLUG)
    kept = json.dumps({"name": "examples", "number": 0, "row": {"text": "Tin được đặt lại"}})
    assert "Tin được đặt lại" in unescape((await save(site, csrf, draft, viec="restore", **{REMOVED: kept})).text)


async def test_an_error_of_our_own_is_not_taken_for_an_odd_address(
    site: Site, csrf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("ours")

    monkeypatch.setattr("api.console.cases.read_wanted", broken)
    with pytest.raises(ValueError, match="ours"):
        await site.client.get("/can-bo/vu-viec")
