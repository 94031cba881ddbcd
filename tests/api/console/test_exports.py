"""What leaves the desk: two people for a list in full, no formula in a sheet, papers that can be checked."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import docx
import pytest
import stix2

from api.casework import indicators, named
from api.casework.cases import Acting
from api.casework.indicators import Status
from api.casework.named import Kind
from api.casework.sheets import harmless
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
    assert ACCOUNT in bundle.objects[1].pattern
    event = json.loads(await exported(site, "misp"))["Event"]
    assert [(a["type"], a["value"]) for a in event["Attribute"]] == [("bank-account-nr", ACCOUNT)]
    with zipfile.ZipFile(io.BytesIO(await exported(site, "xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert ACCOUNT in book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet


@pytest.mark.parametrize("cell", ["=1+1", "+84905", "-2", "@x", "\t=1", "\u200b=1", "\0=1", " =1", "＝1", "\u00a0+1"])
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


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
    await desk.report(site.around, "an", account=ACCOUNT)
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
    assert "0905123318" not in text
    for state in ("Đã gửi", "Đã có trả lời"):
        assert (await desk.post(site, f"{path}/van-ban/{link.removesuffix('.docx')}")).status_code == 303
        assert state in (await site.client.get(path)).text
    assert (await desk.post(site, f"{path}/van-ban/{link.removesuffix('.docx')}")).status_code == 409
