"""Calling a number official silences warnings: two people, a way back, every step written. And owners who complain
again about the same number are heard in the same case."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from api.models import AuditRow, Case, CaseEvent, Indicator, IndicatorEvent
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.api.console.test_acts import said
from tests.api.console.test_indicators import REASON, the_account
from tests.fakes import FakeClock

WORDS = "Tôi là chủ tài khoản, bị mạo danh"


async def status(site: Site, path: str) -> tuple[str, str | None]:
    async with site.around.database.reading() as session:
        row = await session.get_one(Indicator, path.rpartition("/")[2])
    return row.status, row.proposed


async def asked(site: Site, *, to: str = "official") -> str:
    """A number that one officer wants to have another status."""
    path = await the_account(site)
    await desk.sign_in(site, "operator", name="de-nghi")
    assert "chờ người thứ hai duyệt" in await said(site, f"{path}/de-nghi", thanh=to, can_cu=REASON)
    return path


async def test_official_takes_a_second_person(site: Site) -> None:
    path = await asked(site)
    assert await status(site, path) == ("reported", "official")
    await desk.sign_in(site, "operator", "approver", name="de-nghi")
    assert (await desk.post(site, f"{path}/duyet", y_kien="duyet")).status_code == 403
    assert await status(site, path) == ("reported", "official")
    await desk.sign_in(site, "approver", name="nguoi-duyet")
    assert REASON in (await site.client.get(path)).text
    assert "Đã duyệt" in await said(site, f"{path}/duyet", y_kien="duyet", thanh="official")
    assert await status(site, path) == ("official", None)
    async with site.around.database.reading() as session:
        query = select(AuditRow.who, AuditRow.act).where(AuditRow.act.in_(("indicator.propose", "indicator.approve")))
        assert (await session.execute(query.order_by(AuditRow.seq))).all() == [
            ("de-nghi", "indicator.propose"), ("nguoi-duyet", "indicator.approve"),
        ]  # fmt: skip


async def test_a_listed_number_does_not_become_official_by_one_person_either(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator")
    await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)
    await desk.post(site, f"{path}/de-nghi", thanh="official", can_cu=REASON)
    assert await status(site, path) == ("suspected", "official")


async def test_a_request_is_withdrawn_by_whoever_made_it(site: Site) -> None:
    path = await asked(site)
    await desk.sign_in(site, "operator", name="khac")
    assert (await desk.post(site, f"{path}/rut")).status_code == 409
    assert "Rút đề nghị" not in (await site.client.get(path)).text
    await desk.sign_in(site, "operator", name="de-nghi")
    assert "Rút đề nghị" in (await site.client.get(path)).text
    assert "Đã rút đề nghị" in await said(site, f"{path}/rut")
    assert await status(site, path) == ("reported", None)
    assert (await desk.post(site, f"{path}/rut")).status_code == 409
    await desk.sign_in(site, "approver", name="nguoi-duyet")
    assert (await desk.post(site, f"{path}/duyet", y_kien="duyet")).status_code == 409
    async with site.around.database.reading() as session:
        assert (await session.scalars(select(AuditRow).where(AuditRow.act == "indicator.withdraw"))).one()
        kinds = (await session.scalars(select(IndicatorEvent.kind).order_by(IndicatorEvent.id))).all()
    assert list(kinds) == ["proposed", "withdrawn"]


@pytest.mark.parametrize("before", ["reported", "cleared", "suspected"])
async def test_official_is_taken_back_to_what_accuses_nobody(site: Site, before: str) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator", name="de-nghi")
    if before != "reported":
        await desk.post(site, f"{path}/de-nghi", thanh=before, can_cu=REASON)
    await desk.post(site, f"{path}/de-nghi", thanh="official", can_cu=REASON)
    await desk.sign_in(site, "approver", name="nguoi-duyet")
    await desk.post(site, f"{path}/duyet", y_kien="duyet")
    await desk.sign_in(site, "operator", name="khac")
    assert (await desk.post(site, f"{path}/thoi-chinh-thuc", can_cu="nhầm")).status_code == 400
    assert "Đã thôi coi" in await said(site, f"{path}/thoi-chinh-thuc", can_cu="trang này không phải của ngân hàng")
    assert await status(site, path) == ("cleared" if before == "cleared" else "reported", None)
    assert (await desk.post(site, f"{path}/thoi-chinh-thuc", can_cu=REASON)).status_code == 409
    again = await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)
    assert again.status_code == (409 if before == "cleared" else 303)


@pytest.mark.parametrize("to", ["suspected", "confirmed", "cleared"])
async def test_what_is_official_is_not_accused_again_by_one_person(site: Site, clock: FakeClock, to: str) -> None:
    path = await asked(site)
    await desk.sign_in(site, "approver", name="nguoi-duyet")
    await desk.post(site, f"{path}/duyet", y_kien="duyet")
    clock.move(3600)
    for number in range(3):
        await desk.report(site.around, f"mới {number}")
    await desk.sign_in(site, "operator", name="de-nghi")
    assert (await desk.post(site, f"{path}/de-nghi", thanh=to, can_cu=REASON)).status_code == 409
    assert await status(site, path) == ("official", None)
    assert (await desk.post(site, f"{path}/thoi-chinh-thuc", can_cu=REASON)).status_code == 303
    assert (await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)).status_code == 303


async def test_nobody_approves_what_they_did_not_see(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator", name="mot")
    for to in ("suspected", "confirmed"):
        await desk.post(site, f"{path}/de-nghi", thanh=to, can_cu=REASON)
    await desk.sign_in(site, "operator", name="hai")
    await desk.post(site, f"{path}/de-nghi", thanh="official", can_cu=REASON)
    await desk.sign_in(site, "approver", name="nguoi-duyet")
    assert (await desk.post(site, f"{path}/duyet", y_kien="duyet", thanh="confirmed")).status_code == 409
    assert await status(site, path) == ("suspected", "official")


@pytest.mark.parametrize("role", ["curator", "auditor", "administrator", "approver"])
async def test_only_who_proposes_withdraws_and_takes_back(site: Site, role: str) -> None:
    path = await asked(site)
    await desk.sign_in(site, role, name="khac")
    assert (await desk.post(site, f"{path}/rut")).status_code == 403
    assert (await desk.post(site, f"{path}/thoi-chinh-thuc", can_cu=REASON)).status_code == 403


async def appeals(site: Site) -> list[Case]:
    return [case for case in await desk.all_cases(site.around) if case.kind == "appeal"]


async def test_a_second_appeal_joins_the_open_one(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator")
    assert await said(site, f"{path}/khieu-nai", noi_dung=WORDS) == "Đã mở vụ khiếu nại."
    assert "vụ khiếu nại đang mở" in await said(site, f"{path}/khieu-nai", noi_dung="Gọi lại lần hai, gửi thêm giấy tờ")
    (case,) = await appeals(site)
    page = (await site.client.get(f"/can-bo/vu-viec/{case.id}")).text
    assert "Khiếu nại thêm" in page
    assert "gửi thêm giấy tờ" in page
    async with site.around.database.reading() as session:
        sealed = (await session.scalars(select(CaseEvent.text).where(CaseEvent.kind == "appealed"))).one()
    assert "gửi thêm".encode() not in (sealed or b"")


async def test_an_appeal_after_the_decision_is_a_new_case(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator")
    await desk.post(site, f"{path}/khieu-nai", noi_dung=WORDS)
    (first,) = await appeals(site)
    await desk.post(site, f"/can-bo/vu-viec/{first.id}/viec", viec="ket-luan", ket_luan="lua-dao")
    assert await said(site, f"{path}/khieu-nai", noi_dung=WORDS) == "Đã mở vụ khiếu nại."
    assert len(await appeals(site)) == 2


async def test_two_owners_at_the_same_moment_share_a_case(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator")
    await asyncio.gather(*(desk.post(site, f"{path}/khieu-nai", noi_dung=f"{WORDS}, lần {n}") for n in range(3)))
    assert len(await appeals(site)) == 1
