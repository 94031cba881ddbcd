"""The curators' pages, as a curator and an approver use them; and what they refuse to everybody else."""

from __future__ import annotations

import re
import tomllib
from html import unescape

import httpx
import pytest

from api.casework import rights
from api.casework.whose import Whose
from api.console.curating import KINDS
from api.curation import building, pieces, publishing, rows
from api.curation.pieces import Kind
from api.curation.replicas import Replica
from api.models import StaffAccount
from tests.api.casework import desk as casework
from tests.api.conftest import Site
from tests.api.console.staff import enter, hire, hire_and_enter, post
from tests.api.curation.desk import SLUG, live, published, quick_build, small, tried

CONTACT = "cong-an-113"


@pytest.fixture
async def desk(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The site with the small catalogue and a replica that serves it."""
    monkeypatch.setattr(building, "build", quick_build)
    await rows.ensure_imported(site.around.database, site.around.clock(), small())
    return site


@pytest.fixture
async def lan(desk: Site) -> StaffAccount:
    """A curator."""
    return await hire(desk.around, "lan", "curator")


@pytest.fixture
async def minh(desk: Site) -> StaffAccount:
    """An approver."""
    return await hire(desk.around, "minh", "approver")


async def get(site: Site, path: str) -> str:
    """A page that must be there."""
    response = await site.client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return unescape(response.text)


async def entry(site: Site, kind: Kind, key: str) -> str:
    """Where an entry is shown."""
    return f"/can-bo/kho/muc/{(await published(site.around, kind, key)).entry_id}"


def form_of(page: str) -> dict[str, list[str]]:
    """The fields of the editor as a browser would send them."""
    form = page[page.index('class="editor"') :]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if "name" in given and (given.get("type") != "checkbox" or " checked" in tag):
            found.setdefault(given["name"], []).append(given.get("value", ""))
    for name, value in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = [value]
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = [chosen[1] if chosen else ""]
    return found


async def start_editing(site: Site, csrf: str, kind: Kind, key: str) -> str:
    """A draft of an entry; gives its address."""
    begun = await post(site, f"{await entry(site, kind, key)}/soan", csrf)
    assert begun.status_code == 303
    return begun.headers["location"].removesuffix("/sua")


async def save(site: Site, csrf: str, draft: str, **changes: str | list[str]) -> httpx.Response:
    """The editor's form with some fields changed."""
    fields = form_of(await get(site, f"{draft}/sua"))
    return await site.client.post(f"{draft}/sua", data=fields | changes | {"csrf": csrf})


async def test_every_kind_is_listed_and_found_with_and_without_diacritics(desk: Site, lan: StaffAccount) -> None:
    await enter(desk, lan)
    for kind, title in KINDS.items():
        assert title in await get(desk, f"/can-bo/kho?loai={kind}")
    found = await get(desk, "/can-bo/kho?loai=method&tim=dien luc")
    assert "Giả điện lực" in found
    assert "phat-nguoi" not in found
    assert "Không có mục nào khớp" in await get(desk, "/can-bo/kho?loai=contact&tim=%25%25")


async def test_an_untouched_form_saves_exactly_what_was_there(desk: Site, lan: StaffAccount) -> None:
    csrf = await enter(desk, lan)
    lists = [(Kind.LIST, p.key) for p in small() if p.kind is Kind.LIST]
    words = [(Kind.LEXICON, p.key) for p in small() if p.kind is Kind.LEXICON]
    named = [(Kind.METHOD, SLUG), (Kind.CONTACT, CONTACT), (Kind.CARD, "R4"), (Kind.DOMAIN, "evn.com.vn")]
    for kind, key in (*named, *lists, *words):
        draft = await start_editing(desk, csrf, kind, key)
        assert (await save(desk, csrf, draft)).status_code == 303, key
        async with desk.around.database.reading() as session:
            row, _ = await rows.revision(session, int(draft.rsplit("/", 1)[1]))
        kept, was = tomllib.loads(row.body), tomllib.loads((await published(desk.around, kind, key)).body)
        for data in (kept, was):
            if "signals" in data:  # boxes have the order of the form
                data["signals"] = {k: sorted(v) if k in ("cues", "asks") else v for k, v in data["signals"].items()}
        assert kept == was, key
        assert "Không khác." in await get(desk, draft), key


async def test_a_contact_from_the_form_to_the_answers_and_back(
    desk: Site, lan: StaffAccount, minh: StaffAccount
) -> None:
    replica = Replica(desk.around)
    await replica.look()
    csrf = await enter(desk, lan)
    draft = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    assert (await save(desk, csrf, draft, note="Xem lại mỗi quý.", valid_to="2027-06-30")).status_code == 303
    page = await get(desk, draft)
    assert "<ins>Xem lại mỗi quý.</ins>" in page
    assert "<ins>2027-06-30</ins>" in page
    assert (await post(desk, f"{draft}/buoc", csrf, viec="submit", loi="Nhờ xem")).status_code == 303
    assert (await post(desk, f"{draft}/duyet", csrf, viec="approve")).status_code == 403
    csrf = await enter(desk, minh)
    assert (await post(desk, f"{draft}/buoc", csrf, viec="take_back")).status_code == 403
    assert (await post(desk, f"{draft}/duyet", csrf, viec="approve", loi="Đúng rồi")).status_code == 303
    assert "Đúng rồi" in await get(desk, draft)
    number = draft.rsplit("/", 1)[1]
    assert (
        await post(desk, "/can-bo/ban-hanh/chuan-bi", csrf, ban=[number], loi="Cập nhật danh bạ")
    ).status_code == 303
    made = re.search(r"/can-bo/ban-hanh/(\d+)/phat-hanh", await get(desk, "/can-bo/ban-hanh"))
    assert made is not None
    early = await post(desk, made[0], csrf)
    assert early.status_code == 409
    assert "chưa dựng xong" in early.text
    for _ in range(3):
        await replica.look()
        if replica._task:
            await replica._task
    await replica.look()
    assert (await post(desk, made[0], csrf)).status_code == 303
    await replica.look()
    assert desk.around.knowledge.judge.revision == (await live(desk.around)).revision != pieces.revision(small())
    assert (await post(desk, "/can-bo/ban-hanh/lui", csrf, loi="Ghi nhầm ngày")).status_code == 303
    await replica.look()
    assert desk.around.knowledge.judge.revision == pieces.revision(small())


async def test_nobody_approves_their_own_draft_on_the_page_either(desk: Site) -> None:
    both = await hire(desk.around, "hai-vai", "curator", "approver")
    csrf = await enter(desk, both)
    draft = await start_editing(desk, csrf, Kind.CONTACT, CONTACT)
    await save(desk, csrf, draft, note="Tự làm tự duyệt.")
    await post(desk, f"{draft}/buoc", csrf, viec="submit")
    assert "không tự duyệt được" in await get(desk, draft)
    refused = await post(desk, f"{draft}/duyet", csrf, viec="approve")
    assert refused.status_code == 403
    assert "không được tự duyệt" in refused.text


async def test_an_error_stands_beside_its_field_and_the_draft_is_kept(desk: Site, lan: StaffAccount) -> None:
    csrf = await enter(desk, lan)
    draft = await start_editing(desk, csrf, Kind.METHOD, SLUG)
    kept = unescape((await save(desk, csrf, draft, **{"signals.decisive": "một câu thôi nhé", "name": ""})).text)
    assert "Đã lưu bản nháp" in kept
    beside = kept[kept.index('for="signals.decisive"') :]
    assert "cần ít nhất 3 dòng, mới có 1" in beside[: beside.index('for="signals.usual"')]
    assert "<b>Tên gọi</b>: cần điền" in await get(desk, draft)
    refused = await post(desk, f"{draft}/buoc", csrf, viec="submit")
    assert refused.status_code == 400
    stale = await site_save_with_version(desk, csrf, draft, "1")
    assert stale.status_code == 409
    assert "lan vừa sửa bản này" in unescape(stale.text)


async def site_save_with_version(site: Site, csrf: str, draft: str, version: str) -> httpx.Response:
    return await save(site, csrf, draft, version=version)


async def test_the_bots_words_are_shown_before_anything_is_published(desk: Site, lan: StaffAccount) -> None:
    csrf = await enter(desk, lan)
    draft = await start_editing(desk, csrf, Kind.METHOD, SLUG)
    shown = unescape((await save(desk, csrf, draft, viec="preview", name="Điện lực giả <b>mới</b>")).text)
    assert "Điện lực giả <b>mới</b>" in shown
    assert "Telegram" in shown
    assert "Zalo" in shown
    raw = (await save(desk, csrf, draft, viec="preview", name="<script>x</script>")).text
    assert "<script>x" not in raw


async def test_a_new_method_starts_with_its_name_and_says_what_is_missing(desk: Site, lan: StaffAccount) -> None:
    csrf = await enter(desk, lan)
    made = await post(desk, "/can-bo/kho/moi", csrf, loai="method", ma="gia-tham-tu", ten="Giả thám tử tìm tiền")
    assert made.status_code == 303
    assert "Giả thám tử tìm tiền" in await get(desk, made.headers["location"])
    for key in ("Có Dấu", "a/b", "x"):
        assert (await post(desk, "/can-bo/kho/moi", csrf, loai="method", ma=key, ten="Tên")).status_code == 400
    assert (await post(desk, "/can-bo/kho/moi", csrf, loai="method", ma="gia-tham-tu", ten="Lại")).status_code == 409


async def test_the_trial_run_is_shown_with_what_flips(desk: Site, lan: StaffAccount) -> None:
    csrf = await enter(desk, lan)
    draft = await start_editing(desk, csrf, Kind.METHOD, SLUG)
    await save(desk, csrf, draft, name="Giả điện lực, mới")
    begun = await post(desk, f"{draft}/chay-thu", csrf)
    where = begun.headers["location"]
    waiting = await desk.client.get(where)
    assert 'data-watch="2"' in waiting.text
    assert '<noscript><meta http-equiv="refresh" content="2">' in waiting.text
    seen = {"level": "scam", "methods": [SLUG], "signs": []}
    unseen = {"level": "none", "methods": [], "signs": []}
    flip = {
        "tried": {"source": "example", "text": "Nhà bác bị cắt điện", "method": SLUG, "honest": False},
        "before": seen, "after": unseen, "why": ["mất “cắt điện”: dọa cắt"],
    }  # fmt: skip
    result = {"lost": [flip], "flips": [flip], "flagged": [], "share": 0.0, "counts": {"example:all": 9}}
    number = int(where.split("/")[-1].split("?")[0])
    await tried(desk.around, number, passed=False, refused=["1 ví dụ phải nhận ra mà kho mới không nhận ra."], **result)
    page = await get(desk, where)
    assert "1 ví dụ phải nhận ra" in page
    assert "mất “cắt điện”: dọa cắt" in page
    assert "chưa đạt" in await get(desk, draft)


async def test_a_trial_run_shows_a_report_for_as_long_as_it_is_kept(desk: Site, lan: StaffAccount) -> None:
    csrf = await enter(desk, lan)
    draft = await start_editing(desk, csrf, Kind.METHOD, SLUG)
    await save(desk, csrf, draft, name="Giả điện lực, mới")
    where = (await post(desk, f"{draft}/chay-thu", csrf)).headers["location"]
    report = await casework.report(desk.around, "an", "Chị Mai bị dọa cat dien")
    seen = {"level": "scam", "methods": [SLUG], "signs": []}
    told = {"source": "report", "text": "", "method": SLUG, "honest": False, "report": report.id}
    flip = {"tried": told, "before": seen, "after": seen, "why": ["thêm dọa cắt điện"]}
    result = {"lost": [], "flips": [flip], "flagged": [], "share": 0.0, "counts": {"report:all": 1}}
    await tried(desk.around, int(where.split("/")[-1].split("?")[0]), **result)
    assert "Chị Mai bị dọa" in await get(desk, where)
    async with desk.around.database.writing() as session:
        await rights.erase(session, desk.around, Whose("an", "zalo_oa", desk.around.clock()), 0)
    page = await get(desk, where)
    assert "Chị Mai" not in page
    assert "phản ánh đã được xóa" in page


async def test_a_message_is_tried_with_the_live_catalogue_and_stored_nowhere(desk: Site, lan: StaffAccount) -> None:
    csrf = await enter(desk, lan)
    shown = await post(desk, "/can-bo/xet-thu", csrf, tin="Nhà bạn sắp bị cắt điện <i>ngay</i>")
    assert "Khớp thủ đoạn" in shown.text
    assert "dọa cắt điện" in shown.text
    assert "&lt;i&gt;ngay" in shown.text
    await enter(desk, await hire(desk.around, "nhat", "operator"))
    assert "Lượt hỏi <small>0" in await get(desk, "/can-bo/luot-hoi")


async def test_a_draft_is_tried_beside_it(desk: Site, lan: StaffAccount) -> None:
    csrf = await enter(desk, lan)
    draft = (await start_editing(desk, csrf, Kind.METHOD, SLUG)).rsplit("/", 1)[1]
    first = await post(desk, "/can-bo/xet-thu", csrf, tin="cắt điện", ban=draft)
    assert "Đang dựng kho" in first.text
    await desk.app.state.draft_bench.task
    second = await post(desk, "/can-bo/xet-thu", csrf, tin="cắt điện", ban=draft)
    assert "Bản nháp: " in second.text


async def test_what_is_due_is_listed(desk: Site, lan: StaffAccount) -> None:
    await enter(desk, lan)
    assert "cần gọi, xem lại" not in await get(desk, "/can-bo/can-xem-lai?loai=contact")
    desk.around.clock.move(86400 * 200)  # type: ignore[attr-defined]
    await enter(desk, lan)
    assert "cần gọi, xem lại" in await get(desk, "/can-bo/can-xem-lai?loai=contact")
    assert "cần gọi, xem lại" not in await get(desk, "/can-bo/can-xem-lai?loai=card")


@pytest.mark.parametrize("role", ["operator", "lead_operator", "auditor", "administrator"])
async def test_others_see_nothing_of_it(desk: Site, role: str) -> None:
    csrf = await hire_and_enter(desk, role)
    for path in ("kho", "ban-nhap", "ban-hanh", "xet-thu", "can-xem-lai", "kho/tai-ve.zip", "chay-thu/1"):
        assert (await desk.client.get(f"/can-bo/{path}")).status_code == 403
    assert (await post(desk, "/can-bo/ban-hanh/lui", csrf, loi="tôi muốn thế")).status_code == 403
    assert (await post(desk, "/can-bo/kho/moi", csrf, loai="method", ma="abc")).status_code == 403


async def test_a_curator_publishes_nothing_and_an_approver_writes_nothing(
    desk: Site, lan: StaffAccount, minh: StaffAccount
) -> None:
    where = await entry(desk, Kind.METHOD, "phat-nguoi")
    csrf = await enter(desk, lan)
    for path in (
        f"{where}/tam-dung",
        "/can-bo/ban-hanh/lui",
        "/can-bo/ban-hanh/chuan-bi",
        "/can-bo/ban-hanh/1/phat-hanh",
    ):
        assert (await post(desk, path, csrf, loi="vì tôi muốn")).status_code == 403
    csrf = await enter(desk, minh)
    for path in (f"{where}/soan", "/can-bo/kho/moi", "/can-bo/kho/tai-len"):
        assert (await post(desk, path, csrf, loai="method", ma="abc-def")).status_code == 403
    assert (await post(desk, f"{where}/tam-dung", csrf, loi="đang báo nhầm")).status_code == 303
    replica = Replica(desk.around)
    for _ in range(4):
        await replica.look()
        if replica._task:
            await replica._task
    assert [r.id for r in await publishing.running_replicas(desk.around)] == [replica.id]
    assert "Cho chạy lại" in await get(desk, where)
