"""What leaves the desk: two people for a list in full, no formula in a sheet, papers that can be checked."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import docx
import pytest
import stix2
from sqlalchemy import select
from stix2patterns.validator import run_validator  # type: ignore[import-untyped]

from api.casework import indicators, named
from api.casework.cases import Acting
from api.casework.indicators import Status
from api.casework.named import Kind
from api.casework.sheets import FORMATS, Line, Mark, harmless
from api.models import AuditRow, Case
from tests.api.casework import desk
from tests.api.conftest import Site

ACCOUNT = "19034567890123"


async def list_one(site: Site) -> None:
    for sender in ("an", "binh", "chi"):
        await desk.report(site.around, sender)
    wanted = named.read(Kind.ACCOUNT, ACCOUNT)
    assert wanted is not None
    async with site.around.database.writing() as session:
        who = await desk.person(session, site.around, "nguoi-danh-dau")
        row = await indicators.find(session, site.around, wanted)
        assert row is not None
        acting = Acting(site.around, who, site.around.clock())
        assert await indicators.propose(session, acting, row, Status.SUSPECTED, "ba người, có biên lai")


async def exported(site: Site, form: str) -> bytes:
    await desk.sign_in(site, "operator")
    await desk.post(site, "/can-bo/xuat", dang=form, tinh_trang="suspected", ly_do="gửi ngân hàng rà soát")
    page = (await site.client.get("/can-bo/xuat")).text
    await desk.sign_in(site, "approver", name="nguoi-duyet")
    page = (await site.client.get("/can-bo/xuat")).text
    path = page.split('action="/can-bo/xuat/')[1].split("/duyet")[0]
    assert (await desk.post(site, f"/can-bo/xuat/{path}/duyet", y_kien="duyet")).status_code == 303
    await desk.sign_in(site, "operator")
    answer = await site.client.get(f"/can-bo/xuat/{path}/tai")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    return answer.content


async def test_a_list_needs_a_second_person(site: Site) -> None:
    await list_one(site)
    await desk.sign_in(site, "operator", "approver")
    assert (await desk.post(site, "/can-bo/xuat", dang="csv", tinh_trang="suspected", ly_do="ít")).status_code == 400
    await desk.post(site, "/can-bo/xuat", dang="csv", tinh_trang="suspected", ly_do="gửi ngân hàng rà soát")
    await desk.sign_in(site, "approver", name="xem")
    path = (await site.client.get("/can-bo/xuat")).text.split('action="/can-bo/xuat/')[1].split("/duyet")[0]
    await desk.sign_in(site, "operator", "approver")
    assert (await desk.post(site, f"/can-bo/xuat/{path}/duyet", y_kien="duyet")).status_code == 403
    assert (await site.client.get(f"/can-bo/xuat/{path}/tai")).status_code == 403


async def test_every_format_holds_the_value(site: Site) -> None:
    await list_one(site)
    assert ACCOUNT in (await exported(site, "csv")).decode("utf-8-sig")
    bundle = stix2.parse(await exported(site, "stix"))
    assert [ACCOUNT in one.pattern for one in bundle.objects if one.type == "indicator"] == [True]
    event = json.loads(await exported(site, "misp"))["Event"]
    assert [(a["type"], a["value"]) for a in event["Attribute"]] == [("bank-account-nr", ACCOUNT)]
    with zipfile.ZipFile(io.BytesIO(await exported(site, "xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert ACCOUNT in book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet


HEADS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "\u200b=", "\0=", " =", "\u00a0+", "\ufeff@")
FORMULAS = (
    "1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://evil.vn";"bấm")', "SUM(1+1)*cmd|' /C calc'!A0", "WEBSERVICE(A1)",
    "IMPORTXML(CONCAT(A1);B1)", "84905123318", "DDE(a;b;c)",
)  # fmt: skip
HOSTILE = [head + formula for head in HEADS for formula in FORMULAS]


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def lines(values: Sequence[str]) -> list[Line]:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    return [Line(f"{n}", Kind.HANDLE, value, value, 3, 3, at, at, (value,)) for n, value in enumerate(values)]


MARK = Mark("Phòng An ninh mạng", "Nguyễn Văn Xuất", datetime(2026, 11, 24, tzinfo=UTC), "0a1b2c3d")


def test_a_workbook_holds_text_and_nothing_else() -> None:
    with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"][2](lines(HOSTILE), MARK))) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    cells = [one for one in sheet.iter() if one.tag.endswith("}c")]
    assert len(cells) == 9 * (len(HOSTILE) + 1)
    assert {one.get("t") for one in cells} == {"s"}
    assert not [one for one in sheet.iter() if one.tag.endswith("}f")]


def test_phones_survive_a_sheet() -> None:
    rows = list(csv.reader(io.StringIO(FORMATS["csv"][2](lines(["+84905123318"]), MARK).decode("utf-8-sig"))))
    assert rows[1][1].removeprefix("'") == "+84905123318"


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_file_says_whose_export_it_is(form: str) -> None:
    body = FORMATS[form][2](lines(["@ke_gian"]), MARK)
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    assert MARK.export.encode() in body
    assert form == "csv" or MARK.by in body.decode() or json.dumps(MARK.by).strip('"').encode() in body


def test_a_bundle_is_whole_and_its_patterns_are_patterns() -> None:
    values = {
        Kind.PHONE: "0905123318", Kind.ACCOUNT: "19034567890123", Kind.DOMAIN: "facebook.com/evn.gia",
        Kind.WALLET: "0x" + "ab" * 20, Kind.HANDLE: "@ke_gian' OR '1'='1",
    }  # fmt: skip
    at = datetime(2026, 11, 24, tzinfo=UTC)
    some = [Line(kind, kind, value, "Đã xác nhận", 3, 3, at, at, ("lừa",)) for kind, value in values.items()]
    bundle = stix2.parse(FORMATS["stix"][2](some, MARK))
    found = [one for one in bundle.objects if one.type == "indicator"]
    known = {one.id for one in bundle.objects}
    assert len(found) == len(values)
    for one in found:
        assert set(one.object_marking_refs) <= known
        assert one.created_by_ref in known
        assert not run_validator(one.pattern, stix_version="2.1")


@pytest.mark.parametrize("cell", ["0905123318", "a=1", "", "evn.top"])
def test_a_harmless_cell_stays(cell: str) -> None:
    assert harmless(cell) == cell


async def test_a_case_on_paper_is_masked_and_its_manifest_holds(site: Site) -> None:
    await desk.report(site.around, "an", account=ACCOUNT)
    await desk.sign_in(site, "operator")
    case = (await desk.all_cases(site.around))[0]
    assert (await site.client.get(f"/can-bo/vu-viec/{case.id}/ho-so.pdf")).content.startswith(b"%PDF-")
    body = (await site.client.get(f"/can-bo/vu-viec/{case.id}/ho-so.zip")).content
    with zipfile.ZipFile(io.BytesIO(body)) as bundle:
        for line in bundle.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(bundle.read(name)).hexdigest() == digest
            assert ACCOUNT.encode() not in bundle.read(name)
    await desk.sign_in(site, "approver", name="khac")
    assert (await site.client.get(f"/can-bo/vu-viec/{case.id}/ho-so.pdf")).status_code == 403


async def test_a_letter_to_a_bank_has_the_account_and_its_state(site: Site) -> None:
    await desk.report(site.around, "an", "paid", account=ACCOUNT, amount="20 triệu", when="9 giờ sáng nay")
    await desk.sign_in(site, "operator")
    case = (await desk.all_cases(site.around))[0]
    path = f"/can-bo/vu-viec/{case.id}"
    assert (await desk.post(site, f"{path}/van-ban", loai="gi-do", noi_nhan="Ngân hàng A")).status_code == 400
    await desk.post(site, f"{path}/van-ban", loai="bank", noi_nhan="Ngân hàng A")
    page = (await site.client.get(path)).text
    link = page.split(f'href="{path}/van-ban/')[1].split('"')[0]
    text = "\n".join(
        p.text for p in docx.Document(io.BytesIO((await site.client.get(f"{path}/van-ban/{link}")).content)).paragraphs
    )
    assert ACCOUNT in text
    assert "số tiền 20 triệu, lúc 9 giờ sáng nay" in text
    assert "0905123318" not in text
    async with site.around.database.reading() as session:
        taken = (await session.scalars(select(AuditRow).where(AuditRow.act == "letter.download"))).one()
    assert taken.reason == "Văn bản gửi Ngân hàng A"
    for state in ("Đã gửi", "Đã có trả lời"):
        assert (await desk.post(site, f"{path}/van-ban/{link.removesuffix('.docx')}")).status_code == 303
        assert state in (await site.client.get(path)).text
    assert (await desk.post(site, f"{path}/van-ban/{link.removesuffix('.docx')}")).status_code == 409


async def printed(site: Site, case: Case) -> dict[str, dict[str, str]]:
    """What the paper of a case says, by section and row."""
    body = (await site.client.get(f"/can-bo/vu-viec/{case.id}/ho-so.zip")).content
    with zipfile.ZipFile(io.BytesIO(body)) as bundle:
        sections = json.loads(bundle.read(f"{case.code}.json"))["sections"]
    return {title: dict(rows) for title, rows in sections}


async def test_paper_and_letters_follow_what_a_person_decided(site: Site) -> None:
    await desk.report(site.around, "an", account=ACCOUNT)
    await desk.sign_in(site, "operator")
    case = (await desk.all_cases(site.around))[0]
    path = f"/can-bo/vu-viec/{case.id}"
    facts = (await printed(site, case))["Thông tin"]
    assert facts["Kết luận"] == "chưa có"
    assert facts["Thủ đoạn"].endswith("(máy đoán)")
    await desk.post(site, f"{path}/van-ban", loai="bank", noi_nhan="Ngân hàng A")
    letter = (await site.client.get(path)).text.split(f'href="{path}/van-ban/')[1].split('"')[0]
    await desk.post(site, f"{path}/viec", viec="ket-luan", ket_luan="khong", ghi="tin thật của điện lực")
    facts = (await printed(site, case))["Thông tin"]
    assert (facts["Kết luận"], facts["Thủ đoạn"]) == ("không phải lừa đảo", "–")
    for kind in ("bank", "telco"):
        refused = await desk.post(site, f"{path}/van-ban", loai=kind, noi_nhan="Đơn vị A")
        assert refused.status_code == 400
        assert "đã kết luận không phải lừa đảo" in refused.text
    assert (await site.client.get(f"{path}/van-ban/{letter}")).status_code == 400
    assert (await desk.post(site, f"{path}/van-ban/{letter.removesuffix('.docx')}")).status_code == 400
    await desk.post(site, f"{path}/viec", viec="ket-luan", ket_luan="lua-dao", thu_doan="dien-luc-evn")
    facts = (await printed(site, case))["Thông tin"]
    assert facts["Kết luận"] == "lừa đảo"
    assert "máy đoán" not in facts["Thủ đoạn"]
    assert (await site.client.get(f"{path}/van-ban/{letter}")).status_code == 200


async def test_a_letter_without_a_number_to_act_on_is_refused(site: Site) -> None:
    await desk.report(site.around, "an", "Cắt điện trong 2 giờ nữa nếu không đóng tiền")
    await desk.sign_in(site, "operator")
    path = f"/can-bo/vu-viec/{(await desk.all_cases(site.around))[0].id}/van-ban"
    for kind, missing in (("bank", "số tài khoản"), ("telco", "số điện thoại")):
        refused = await desk.post(site, path, loai=kind, noi_nhan="Đơn vị A")
        assert f"Vụ này chưa có {missing} nào để gửi." in refused.text
    assert (await desk.post(site, path, loai="police", noi_nhan="Công an phường")).status_code == 303


async def test_paper_tells_who_did_what_and_why_masked(site: Site) -> None:
    await desk.report(site.around, "an", account=ACCOUNT)
    await desk.sign_in(site, "operator", name="dong-chi-nam")
    case = (await desk.all_cases(site.around))[0]
    path = f"/can-bo/vu-viec/{case.id}/viec"
    await desk.post(site, path, viec="nhan")
    await desk.post(site, path, viec="ghi-chu", ghi=f"đã gọi ngân hàng, STK {ACCOUNT}")
    await desk.post(site, path, viec="ket-luan", ket_luan="lua-dao", ghi="ba người nhận cùng tin")
    body = (await site.client.get(f"/can-bo/vu-viec/{case.id}/ho-so.zip")).content
    with zipfile.ZipFile(io.BytesIO(body)) as bundle:
        sections = dict(json.loads(bundle.read(f"{case.code}.json"))["sections"])
    steps = [f"{when}: {what}" for when, what in sections["Diễn biến"]]
    assert any(" · dong-chi-nam: Ghi chú. đã gọi ngân hàng" in step for step in steps)
    assert any("Giao việc: dong-chi-nam" in step for step in steps)
    assert any("Đã kết luận. ba người nhận cùng tin" in step for step in steps)
    assert any(" · hệ thống: Mở vụ" in step for step in steps)
    assert ACCOUNT not in "".join(steps)
