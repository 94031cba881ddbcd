"""The lists of the catalogue: narrowed by words and by state, added to, with a way out where nothing is found."""

from __future__ import annotations

from html import unescape

import pytest

from api.curation import rows
from api.curation.pieces import Kind
from tests.api.conftest import Site
from tests.api.console.staff import enter, hire, post
from tests.api.console.test_curation import get, start_editing
from tests.api.curation.desk import SLUG, small


@pytest.fixture
async def desk(site: Site) -> Site:
    """The site with the small catalogue."""
    await rows.ensure_imported(site.around.database, site.around.clock(), small())
    return site


@pytest.fixture
async def csrf(desk: Site) -> str:
    """A curator's token."""
    return await enter(desk, await hire(desk.around, "lan", "curator"))


async def test_a_list_is_narrowed_to_what_is_being_drafted(desk: Site, csrf: str) -> None:
    await start_editing(desk, csrf, Kind.METHOD, SLUG)
    drafted = await get(desk, "/can-bo/kho?loai=method&la=draft")
    assert f"<code>{SLUG}</code>" in drafted
    assert "<code>phat-nguoi</code>" not in drafted
    assert "<code>phat-nguoi</code>" in await get(desk, "/can-bo/kho?loai=method&la=published")
    empty = await get(desk, "/can-bo/kho?loai=method&la=paused")
    assert '<p class="empty card" id="khong-co">Không có mục nào khớp.' in empty
    assert "Bỏ lọc" in empty


async def test_what_is_past_its_date_is_a_list_of_its_own(desk: Site, csrf: str) -> None:
    assert '<b id="con-lai">0</b>' in await get(desk, "/can-bo/kho?loai=method&la=due")
    desk.around.clock.move(86400 * 370)  # type: ignore[attr-defined]
    await enter(desk, await hire(desk.around, "hoa", "curator"))
    assert '<b id="con-lai">3</b>' in await get(desk, "/can-bo/kho?loai=method&la=due")
    assert '<b id="con-lai">0</b>' not in await get(desk, "/can-bo/kho?loai=contact&la=due")


async def test_a_method_may_be_named_only_and_gets_its_code_from_the_name(desk: Site, csrf: str) -> None:
    made = await post(desk, "/can-bo/kho/moi", csrf, loai="method", ma="", ten="Giả đòi nợ thuê")
    assert made.status_code == 303
    assert "<code>gia-doi-no-thue</code>" in await get(desk, "/can-bo/kho?loai=method")
    assert (await post(desk, "/can-bo/kho/moi", csrf, loai="method", ma="", ten="?")).status_code == 400


async def test_words_are_added_to_the_lexicon(desk: Site, csrf: str) -> None:
    made = await post(desk, "/can-bo/kho/moi", csrf, loai="lexicon", nhom="brand", ma="Điện máy Xanh")
    assert made.status_code == 303
    page = await get(desk, made.headers["location"])
    assert 'value="Điện máy Xanh"' in page
    assert (
        await post(desk, "/can-bo/kho/moi", csrf, loai="lexicon", nhom="concept", ma="loan_shark")
    ).status_code == 303
    for group, name in (("concept", "có dấu"), ("ask", "otp2"), ("brand", "x")):
        refused = await post(desk, "/can-bo/kho/moi", csrf, loai="lexicon", nhom=group, ma=name)
        assert refused.status_code == 400
    assert "Nhóm từ cần một mã ngắn" in unescape(refused.text)
