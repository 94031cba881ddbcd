"""The auditor's pages: everything looked at is there, it can be searched, checked and taken away."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select, text

from api.access import audit
from api.models import AuditRow, Report
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.api.console.staff import hire_and_enter, post
from tests.fakes import SCAM


async def rows(site: Site) -> list[tuple[str, str, str]]:
    async with site.around.database.reading() as session:
        found = (await session.scalars(select(AuditRow).order_by(AuditRow.seq))).all()
    return [(row.who, row.act, row.object) for row in found]


async def report(site: Site) -> str:
    answer = (await site.say(SCAM)).json()
    tap = next(b["tap"] for b in answer["replies"][0]["buttons"] if b["tap"].endswith("/report"))
    answer = (await site.client.post("/api/web/messages", json={"tap": tap})).json()
    send = next(b["tap"] for b in answer["replies"][-1]["buttons"] if b["tap"].endswith("/send"))
    await site.client.post("/api/web/messages", json={"tap": send})
    async with site.around.database.reading() as session:
        return (await session.scalars(select(Report.id))).one()


async def test_looking_at_a_report_is_an_act(site: Site) -> None:
    row_id = await report(site)
    await hire_and_enter(site, "operator", name="can.bo")
    assert (await site.client.get("/can-bo/phan-anh", params={"tim": "0905123318"})).status_code == 200
    assert (await site.client.get(f"/can-bo/phan-anh/{row_id}")).status_code == 200
    assert (await site.client.get("/can-bo/phan-anh/khong-co")).status_code == 404
    assert (await rows(site))[-2:] == [("can.bo", "report.list", ""), ("can.bo", "report.view", f"report/{row_id}")]
    async with site.around.database.reading() as session:
        details = (await session.scalars(select(AuditRow.details).where(AuditRow.act == "report.list"))).all()
    assert "0905123318" not in str(details)


async def test_whoever_may_not_look_leaves_no_row_of_looking(site: Site) -> None:
    row_id = await report(site)
    await hire_and_enter(site, "administrator")
    assert (await site.client.get(f"/can-bo/phan-anh/{row_id}")).status_code == 403
    assert not [act for _, act, _ in await rows(site) if act.startswith("report.")]


async def test_an_auditor_searches_turns_pages_and_that_is_an_act_too(site: Site) -> None:
    for number in range(60):
        async with site.around.database.writing() as session:
            await audit.record(session, "can.bo", "account.add", f"account/{number}", "đối chiếu")
    await hire_and_enter(site, "auditor", name="kiem.tra")
    page = (await site.client.get("/can-bo/nhat-ky", params={"viec": "account.add", "tim": "doi chieu"})).text
    assert "60 dòng" in page
    assert "thêm tài khoản" in page
    assert 'rel="next"' in page
    second = (await site.client.get("/can-bo/nhat-ky", params={"viec": "account.add", "trang": "2"})).text
    assert 'account/0"' in second
    assert ("kiem.tra", "audit.search", "") in await rows(site)


@pytest.mark.parametrize(
    "asked",
    [
        {"trang": "0"},
        {"trang": "99999999999"},
        {"trang": "²"},
        {"tu": "hôm qua", "den": "9999-99-99"},
        {"ai": "\0", "viec": "' OR 1=1 --", "tim": "\0%_"},
        {"tu": "2026-11-24", "den": "2026-11-24"},
    ],
)
async def test_odd_filters_are_taken_calmly(site: Site, asked: dict[str, str]) -> None:
    await hire_and_enter(site, "auditor")
    assert (await site.client.get("/can-bo/nhat-ky", params=asked)).status_code == 200


async def test_the_auditor_checks_the_whole_log(site: Site) -> None:
    csrf = await hire_and_enter(site, "auditor")
    await site.client.get("/can-bo/nhat-ky")
    whole = await post(site, "/can-bo/nhat-ky/kiem-tra", csrf)
    assert "Nhật ký nguyên vẹn: 1 dòng" in whole.text
    async with site.around.database.writing() as session:
        if site.around.database.is_sqlite:
            await session.execute(text("DROP TRIGGER audit_rows_no_update"))
        else:
            await session.execute(text("ALTER TABLE audit_rows DISABLE TRIGGER USER"))
        await session.execute(text("UPDATE audit_rows SET who = 'ai khác' WHERE seq = 1"))
    broken = await post(site, "/can-bo/nhat-ky/kiem-tra", csrf)
    assert "không còn nguyên vẹn từ dòng 1" in broken.text


async def test_the_csv_is_what_the_filter_shows_and_has_no_formula(site: Site) -> None:
    for reason in ("=HYPERLINK(1)", "thường"):
        async with site.around.database.writing() as session:
            await audit.record(session, "can.bo", "account.add", "account/1", reason)
    await hire_and_enter(site, "auditor")
    response = await site.client.get("/can-bo/nhat-ky/xuat.csv", params={"viec": "account.add"})
    assert "attachment" in response.headers["content-disposition"]
    read = list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert [row[5] for row in read] == ["ly_do", "'=HYPERLINK(1)", "thường"]
    assert (await rows(site))[-1][1] == "audit.export"


async def shown(site: Site, words: str) -> str:
    """The rows that an auditor finds, as text."""
    page = (await site.client.get("/can-bo/nhat-ky", params={"tim": words})).text
    return page.split("<tbody>")[1] if "<tbody>" in page else ""


async def test_the_code_of_a_case_finds_what_was_done_with_it(site: Site) -> None:
    first, other = await desk.report(site.around, "an"), await desk.report(site.around, "binh", "tin trúng thưởng")
    mine, another = await desk.all_cases(site.around)
    await desk.sign_in(site, "operator", name="can.bo")
    for case in (mine, another):
        await site.client.get(f"/can-bo/vu-viec/{case.id}")
    await site.client.get(f"/can-bo/phan-anh/{first.id}")
    await desk.sign_in(site, "auditor", name="kiem.tra")
    for typed in (mine.code, mine.code.lower(), f" {mine.code} ", first.code):
        found = await shown(site, typed)
        assert f"case/{mine.id}" in found, typed
        assert f"report/{first.id}" in found, typed
        assert f"vụ việc {mine.code}" in found, typed
        assert another.id not in found, typed
        assert other.id not in found, typed
    exported = (await site.client.get("/can-bo/nhat-ky/xuat.csv", params={"tim": mine.code})).text
    assert f"case/{mine.id}" in exported
    assert another.id not in exported
    assert not await shown(site, "ZOA-2026-999999")


async def test_a_part_of_a_code_finds_all_that_may_be_meant(site: Site) -> None:
    for sender in ("an", "binh"):
        await desk.report(site.around, sender, f"tin của {sender}")
    await desk.sign_in(site, "operator", name="can.bo")
    both = await desk.all_cases(site.around)
    for case in both:
        await site.client.get(f"/can-bo/vu-viec/{case.id}")
    await desk.sign_in(site, "auditor", name="kiem.tra")
    assert [f"case/{case.id}" in await shown(site, "ZOA-2026") for case in both] == [True, True]
    assert [f"case/{case.id}" in await shown(site, "000002") for case in both] == [False, True]


async def test_a_case_is_found_where_an_act_on_another_names_it(site: Site) -> None:
    for sender in ("an", "binh"):
        await desk.report(site.around, sender, f"tin của {sender}")
    into, merged = await desk.all_cases(site.around)
    await desk.sign_in(site, "lead_operator", name="truong.ca")
    await desk.post(site, f"/can-bo/vu-viec/{merged.id}/truong-ca", viec="nhap", vao=into.code)
    await desk.sign_in(site, "auditor", name="kiem.tra")
    found = await shown(site, into.code)
    assert "nhập hai vụ việc" in found
    assert f"với vụ: {into.code}" in found


async def test_an_auditor_sees_codes_and_still_no_receipt(site: Site) -> None:
    told = await desk.report(site.around, "an")
    await desk.sign_in(site, "operator", name="can.bo")
    await site.client.get(f"/can-bo/phan-anh/{told.id}")
    await desk.sign_in(site, "auditor", name="kiem.tra")
    assert told.code not in await shown(site, "can.bo")
