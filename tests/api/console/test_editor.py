"""The editor of a draft: rows come, go and come back, words and lists have forms, the answer is shown while typing."""

from __future__ import annotations

import re
from html import unescape

import pytest

from api.curation import rows
from api.curation.pieces import Kind
from tests.api.conftest import Site
from tests.api.console.staff import enter, hire, post
from tests.api.console.test_curation import CONTACT, form_of, get, save, start_editing
from tests.api.curation.desk import SLUG, shipped, small

EXAMPLE = "examples.1.text"


@pytest.fixture
async def desk(site: Site) -> Site:
    """The site with the small catalogue."""
    await rows.ensure_imported(site.around.database, site.around.clock(), small())
    return site


@pytest.fixture
async def csrf(desk: Site) -> str:
    """A curator's token."""
    return await enter(desk, await hire(desk.around, "lan", "curator"))


def boxes(page: str, name: str) -> list[str]:
    """The numbers of the rows of a field that a page shows."""
    return re.findall(rf'name="{re.escape(name)}\.(\d+)\.text"', page)


async def version(site: Site, draft: str) -> int:
    async with site.around.database.reading() as session:
        row, _ = await rows.revision(session, int(draft.rsplit("/", 1)[1]))
    return row.version


async def test_rows_come_and_go_and_come_back_without_being_saved(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.METHOD, SLUG)
    before = shipped(Kind.METHOD, SLUG).data["examples"]
    longer = await save(desk, csrf, draft, viec="add:examples")
    assert len(boxes(longer.text, "examples")) == len(before) + 1
    assert 'id="xem-zalo_oa"' in longer.text, "what the bot says is shown while a new row is still empty"
    assert re.search(rf'id="examples\.{len(before)}\.kind"[^>]* autofocus', longer.text)
    shorter = await save(desk, csrf, draft, viec="remove:examples:1")
    assert "Đã bỏ dòng 2." in shorter.text
    assert "data-unsaved" in shorter.text
    fields = form_of(unescape(shorter.text.replace("&#34;", "&amp;quot;")))
    assert fields[EXAMPLE] == [before[2]["text"]]
    kept = re.search(r'name="bo" value="([^"]+)"', shorter.text)
    assert kept is not None
    back = await desk.client.post(
        f"{draft}/sua", data=fields | {"csrf": csrf, "viec": "restore", "bo": unescape(kept[1])}
    )
    assert form_of(unescape(back.text))[EXAMPLE] == [before[1]["text"]]
    assert len(boxes(back.text, "examples")) == len(before)
    for odd in ("remove:slug:99", "remove:examples:x", "restore", "add:nothing"):
        assert (await save(desk, csrf, draft, viec=odd, bo="[]")).status_code == 200
    assert await version(desk, draft) == 1


async def test_words_are_edited_in_a_form_that_says_how_to_write_them(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.LEXICON, "ask:otp")
    page = await get(desk, f"{draft}/sua")
    assert "Dấu * thay cho không đến ba từ" in page
    assert (await save(desk, csrf, draft, label="xin mã OTP qua điện thoại")).status_code == 303
    assert "<ins> qua điện thoại</ins>" in await get(desk, draft)


async def test_a_list_is_edited_in_a_form_and_an_error_names_its_line(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.LIST, "shorteners")
    refused = unescape((await save(desk, csrf, draft, shorteners="bit.ly\nhttps://sai.vn/")).text)
    assert "Đã lưu bản nháp" in refused
    assert "dòng 2: viết chưa đúng mẫu" in refused
    assert 'aria-describedby="loi-shorteners"' in refused
    assert (await save(desk, csrf, draft, shorteners="bit.ly\nt.co")).status_code == 303


async def test_the_rule_of_several_fields_stands_beside_the_first_of_them(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.METHOD, SLUG)
    said = unescape((await save(desk, csrf, draft, **{"signals.usual": "câu một\ncâu hai\ncâu ba"})).text)
    beside = said[said.index('id="loi-signals.decisive"') :]
    assert "hai ô câu cộng lại mới có" in beside[:200]


async def test_the_answer_is_shown_on_each_channel_while_typing_and_nothing_is_kept(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.METHOD, SLUG)
    fields = form_of(await get(desk, f"{draft}/sua"))
    shown = await desk.client.post(f"{draft}/xem", data=fields | {"csrf": csrf, "name": "Giả điện lực <b>mới</b>"})
    assert shown.status_code == 200
    for channel in ("Trang web", "Zalo OA", "Zalo Bot", "Telegram"):
        assert channel in shown.text
    assert unescape(shown.text).count("Giả điện lực <b>mới</b>") >= 4
    assert "<b>mới" not in shown.text
    assert "Trả lời bằng số:" in shown.text
    half = await desk.client.post(f"{draft}/xem", data=fields | {"csrf": csrf, "name": ""})
    assert "Tên gọi: cần điền" in half.text
    assert await version(desk, draft) == 1


async def test_what_a_number_that_ran_out_becomes_is_seen_before_it_is_published(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    fields = form_of(await get(desk, f"{draft}/sua"))
    now = await desk.client.post(f"{draft}/xem", data=fields | {"csrf": csrf})
    assert ": 113" in now.text
    over = await desk.client.post(f"{draft}/xem", data=fields | {"csrf": csrf, "valid_to": "2020-01-01"})
    assert ": 113" not in over.text
    assert "số trên trang chính thức" in over.text


@pytest.mark.parametrize(("kind", "key", "says"), [
    (Kind.DOMAIN, "evn.com.vn", "đúng địa chỉ của"),
    (Kind.CARD, "R4", "1. "),
    (Kind.LIST, "golden", "Bị giục là dừng"),
    (Kind.LIST, "fallbacks", "số in ở mặt sau thẻ"),
    (Kind.LIST, "teencode", "không tự nói thành câu"),
])  # fmt: skip
async def test_every_kind_of_entry_shows_what_it_says(desk: Site, csrf: str, kind: Kind, key: str, says: str) -> None:
    draft = await start_editing(desk, csrf, kind, key)
    page = await get(desk, f"{draft}/sua")
    assert says in page[page.index('id="loi-noi"') :]


async def test_a_draft_is_compared_with_any_revision_of_its_entry(desk: Site, csrf: str) -> None:
    first = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    await save(desk, csrf, first, note="Ghi chú thứ nhất.")
    await post(desk, f"{first}/buoc", csrf, viec="discard")
    second = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    await save(desk, csrf, second, note="Ghi chú thứ hai.")
    assert "Khác gì bản đang chạy" in await get(desk, second)
    number = first.rsplit("/", 1)[1]
    compared = await get(desk, f"{second}?so={number}")
    assert "<del>nhất.</del><ins>hai.</ins>" in compared
