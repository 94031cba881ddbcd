"""What the curators' desk refuses, and how: beside what was typed, with a way to go on, in words of ours."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from html import unescape

import pytest

from api.console import tryout
from api.curation import pieces, rows
from api.curation.pieces import Kind
from api.models import StaffAccount
from knowledge.verdict import Indicator, IndicatorKind, Span
from tests.api.conftest import Site
from tests.api.console.staff import enter, hire, post
from tests.api.console.test_curation import CONTACT, entry, form_of, get, save, start_editing
from tests.api.curation.desk import SLUG, shipped, small, status, tried


@pytest.fixture
async def desk(site: Site) -> Site:
    """The site with the small catalogue."""
    await rows.ensure_imported(site.around.database, site.around.clock(), small())
    return site


@pytest.fixture
async def lan(desk: Site) -> StaffAccount:
    """A curator."""
    return await hire(desk.around, "lan", "curator")


@pytest.fixture
async def csrf(desk: Site, lan: StaffAccount) -> str:
    """Her token."""
    return await enter(desk, lan)


def number(draft: str) -> int:
    return int(draft.rsplit("/", 1)[1])


async def test_a_code_that_exists_leads_to_its_entry_and_opens_no_draft(desk: Site, csrf: str) -> None:
    refused = await post(desk, "/can-bo/kho/moi", csrf, loai="contact", ma=CONTACT)
    assert refused.status_code == 409
    assert f"Mã này đã có: {CONTACT}" in unescape(refused.text)
    assert f'<a href="{await entry(desk, Kind.CONTACT, CONTACT)}">' in refused.text
    assert 'Đang soạn <small class="soft">0' in await get(desk, "/can-bo/ban-nhap")


async def test_an_open_draft_is_linked_where_another_is_asked_for(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    again = await post(desk, f"{await entry(desk, Kind.CONTACT, CONTACT)}/soan", csrf)
    assert again.status_code == 409
    assert f'<a href="{draft}">Mở bản nháp</a>' in again.text


@pytest.mark.parametrize(("kind", "code", "says"), [
    ("method", "ABC_def", "chữ thường không dấu"),
    ("method", "-----", "chữ thường không dấu"),
    ("contact", "ABC_def", "chữ thường không dấu"),
    ("domain", "google", "ít nhất một dấu chấm"),
    ("domain", "abc..vn", "ít nhất một dấu chấm"),
    ("domain", "com.vn", "cần tên miền riêng"),
    ("domain", "blogspot.com", "cần tên miền riêng"),
    ("domain", "103.1.2.3", "địa chỉ IP"),
    ("lexicon", "Có Dấu", "mã ngắn"),
])  # fmt: skip
async def test_a_code_that_could_never_be_finished_is_refused_and_stays_in_its_box(
    desk: Site, csrf: str, kind: str, code: str, says: str
) -> None:
    refused = await post(desk, "/can-bo/kho/moi", csrf, loai=kind, ma=code, ten="Giả thám tử", nhom="concept")
    assert refused.status_code == 400
    assert says in unescape(refused.text)
    assert f'name="ma" maxlength="120" value="{code}"' in unescape(refused.text)


async def test_a_name_that_no_page_can_hold_is_refused(desk: Site, csrf: str) -> None:
    refused = await post(desk, "/can-bo/kho/moi", csrf, loai="method", ma="ten-dai", ten="x" * 100)
    assert refused.status_code == 400
    assert "mỗi từ nhiều nhất" in unescape(refused.text)


async def test_a_day_that_is_yet_to_come_is_told_and_not_submitted(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    ahead = (desk.around.clock() + timedelta(days=3)).date().isoformat()
    told = await save(desk, csrf, draft, checked_on=ahead)
    assert "chưa tới ngày này" in unescape(told.text)
    refused = await post(desk, f"{draft}/buoc", csrf, viec="submit")
    assert refused.status_code == 400
    assert "Có ngày xem chưa tới" in unescape(refused.text)


async def test_a_contacts_days_have_an_order_and_its_number_is_a_number(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    turned = await save(desk, csrf, draft, valid_from="2027-02-01", valid_to="2027-01-01")
    assert "đứng trước ngày bắt đầu" in unescape(turned.text)
    odd = await save(desk, csrf, draft, valid_from="", valid_to="", value="0905 123 318 <script>")
    assert "có ký tự không dùng trong số" in unescape(odd.text)


async def test_the_row_that_is_pointed_at_goes_though_another_was_emptied(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.METHOD, SLUG)
    examples = shipped(Kind.METHOD, SLUG).data["examples"]
    left = await save(desk, csrf, draft, viec="remove:examples:2", **{"examples.0.text": ""})
    shown = form_of(unescape(left.text.replace("&#34;", "&amp;quot;")))
    assert shown["examples.0.text"] == [""]
    assert shown["examples.1.text"] == [examples[1]["text"]]
    assert shown["examples.2.text"] == [examples[3]["text"]]


async def test_what_the_catalogue_cannot_hold_is_told_before_the_trial(desk: Site, csrf: str) -> None:
    made = await post(desk, "/can-bo/kho/moi", csrf, loai="domain", ma="zalo.me")
    draft = made.headers["location"].removesuffix("/sua")
    today = desk.around.clock().date().isoformat()
    await save(desk, csrf, draft, owner="Zalo", kind="platform", grade="C", checked_on=today)
    refused = await post(desk, f"{draft}/chay-thu", csrf)
    assert refused.status_code == 400
    assert "zalo.me đã có trong một danh sách khác" in unescape(refused.text)


async def test_a_pattern_without_letters_is_told_before_the_trial(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.LEXICON, "ask:otp")
    await save(desk, csrf, draft, patterns="***")
    assert "mẫu '***' không có chữ nào" in unescape((await post(desk, f"{draft}/chay-thu", csrf)).text)


@pytest.mark.parametrize(("field", "typed", "says"), [
    ("law", "L999", "L999 không có trong danh sách Điều luật"),
    ("truths.0.source", "KHONG-CO", "nguồn KHONG-CO không có trong phần Nguồn"),
])  # fmt: skip
async def test_a_law_or_source_that_is_nowhere_is_named(
    desk: Site, csrf: str, field: str, typed: str, says: str
) -> None:
    draft = await start_editing(desk, csrf, Kind.METHOD, SLUG)
    await save(desk, csrf, draft, **{field: typed})
    assert says in unescape((await post(desk, f"{draft}/chay-thu", csrf)).text)


async def test_a_left_side_that_stands_twice_is_named_and_nothing_is_lost(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.LIST, "teencode")
    typed = "ck = chuyển khoản\nko = không\nck = chồng"
    told = unescape((await save(desk, csrf, draft, teencode=typed)).text)
    assert "ck viết hai lần" in told
    assert typed in (await get(desk, f"{draft}/sua"))


async def test_an_unchanged_draft_has_nothing_to_review(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    refused = await post(desk, f"{draft}/buoc", csrf, viec="submit")
    assert refused.status_code == 409
    assert "chưa khác gì bản đang chạy" in unescape(refused.text)


async def test_an_empty_remark_or_reason_is_asked_for_on_the_page_itself(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    remark = await post(desk, f"{draft}/gop-y", csrf, loi=" ")
    assert remark.status_code == 400
    assert 'id="y-kien"' in remark.text
    where = await entry(desk, Kind.CONTACT, CONTACT)
    csrf = await enter(desk, await hire(desk.around, "minh", "approver"))
    paused = await post(desk, f"{where}/tam-dung", csrf, loi="")
    assert paused.status_code == 400
    assert "ghi lý do" in unescape(paused.text)
    assert f'action="{where}/tam-dung"' in paused.text


async def test_publishing_needs_a_reason(desk: Site, csrf: str) -> None:
    csrf = await enter(desk, await hire(desk.around, "minh", "approver"))
    refused = await post(desk, "/can-bo/ban-hanh/chuan-bi", csrf, ban=["1"], loi=" ")
    assert refused.status_code == 400
    assert "ghi lý do" in unescape(refused.text)


async def test_after_a_conflict_the_other_person_and_what_differs_are_shown(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    mine = form_of(await get(desk, f"{draft}/sua")) | {"note": ["Chữ của Lan."]}
    csrf = await enter(desk, await hire(desk.around, "hoa", "curator"))
    await save(desk, csrf, draft, note="Chữ của Hoa.")
    csrf = await enter(desk, await hire(desk.around, "mai", "curator"))
    late = await desk.client.post(f"{draft}/sua", data=mine | {"csrf": csrf})
    assert late.status_code == 409
    told = unescape(late.text)
    assert "hoa vừa sửa bản này" in told
    assert "<del>Hoa.</del><ins>Lan.</ins>" in told
    again = await desk.client.post(f"{draft}/sua", data=form_of(told) | {"csrf": csrf})
    assert again.status_code == 303
    assert "Chữ của Lan." in await get(desk, draft)


async def test_somebody_elses_draft_is_given_up_with_a_reason_only(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    csrf = await enter(desk, await hire(desk.around, "hoa", "curator"))
    refused = await post(desk, f"{draft}/buoc", csrf, viec="discard")
    assert refused.status_code == 400
    assert "do người khác soạn" in unescape(refused.text)
    await post(desk, f"{draft}/buoc", csrf, viec="discard", loi="Số này đã đổi rồi.")
    assert await status(desk.around, number(draft)) == "discarded"
    assert "Đã bỏ" in await get(desk, await entry(desk, Kind.CONTACT, CONTACT))


async def test_a_code_whose_only_draft_was_given_up_can_be_begun_anew(desk: Site, csrf: str) -> None:
    for _ in range(2):
        made = await post(desk, "/can-bo/kho/moi", csrf, loai="contact", ma="quy-tin-dung")
        assert made.status_code == 303
        await post(desk, f"{made.headers['location'].removesuffix('/sua')}/buoc", csrf, viec="discard")


async def test_a_path_that_is_none_speaks_to_staff(desk: Site, csrf: str) -> None:
    odd = await desk.client.get("/can-bo/ban-nhap/abc")
    assert odd.status_code == 404
    assert "Đồng chí kiểm tra lại đường dẫn" in unescape(odd.text)


async def test_all_that_was_taken_out_goes_back_in_and_says_what_is_not_curated(desk: Site, csrf: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO((await desk.client.get("/can-bo/kho/tai-ve.zip")).content))
    text = "".join(f"### {name}\n{archive.read(name).decode()}\n" for name in archive.namelist())
    assert len(text.encode()) > 1024 * 1024
    made = await post(desk, "/can-bo/kho/tai-len", csrf, loai="tep", ten="", toml=text)
    assert made.status_code == 303, unescape(made.text)[-900:]
    board = await get(desk, made.headers["location"])
    assert "Đã nhận 0 bản nháp" in board
    for name in pieces.COPIED:
        assert name in board


async def test_an_uploaded_entry_with_an_odd_number_is_refused_in_vietnamese(desk: Site, csrf: str) -> None:
    text = "[[golden]]\nnumber = 'ba'\ntext = 'Dừng lại đã.'\nwhy = 'Vì thế.'\nsources = []\n"
    refused = unescape((await post(desk, "/can-bo/kho/tai-len", csrf, loai="tep", ten="rules.toml", toml=text)).text)
    assert "cần là số nguyên" in refused
    assert "pydantic" not in refused
    assert "Input should" not in refused


async def test_the_trial_run_names_the_method_and_how_near_it_was(desk: Site, csrf: str) -> None:
    draft = await start_editing(desk, csrf, Kind.METHOD, SLUG)
    await save(desk, csrf, draft, name="Giả điện lực, tên mới")
    where = (await post(desk, f"{draft}/chay-thu", csrf)).headers["location"]

    def lost(slug: str) -> dict[str, object]:
        seen = {"level": "scam", "methods": [slug], "signs": [], "probability": 0.91}
        tried_text = {"source": "example", "text": f"Tin của {slug}", "method": slug, "honest": False}
        gone = seen | {"level": "none", "methods": [], "probability": 0.438}
        return {"tried": tried_text, "before": seen, "after": gone, "why": ["mất dấu"]}

    flips = [lost(SLUG), lost("phat-nguoi")]
    await tried(
        desk.around, int(where.split("/")[-1].split("?")[0]), passed=False, refused=["2 ví dụ."], lost=flips,
        flips=flips, flagged=[], missed=[], share=0.0006, missed_share=0.0, counts={"example:all": 9},
    )  # fmt: skip
    page = await get(desk, where)
    assert f'<a href="{await entry(desk, Kind.METHOD, SLUG)}">Giả điện lực, tên mới</a>' in page
    assert "91 % → 44 %" in page
    assert page.index("Của mục đang sửa") < page.index(f"Tin của {SLUG}") < page.index("Của mục khác")
    assert "0,06 %" in page


def test_sums_are_written_in_vietnamese_in_the_try_it_box() -> None:
    assert tryout.shown(Indicator(IndicatorKind.MONEY, "2000000 VND", Span(0, 3))) == "2.000.000 đồng"
    assert all(kind.value in tryout.THINGS for kind in IndicatorKind)
