"""Acts at the desk: each says what it did, what changes nothing is no act, and what was merged is worked on elsewhere."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from api.models import AuditRow, Case, CaseEvent, Handover
from tests.api.casework import desk
from tests.api.conftest import Site

PATH = "/can-bo/vu-viec"
ACCOUNT = "19034567890123"


async def said(site: Site, path: str, **form: str) -> str:
    """The page that an officer stands on after an act."""
    answer = await desk.post(site, path, **form)
    assert answer.status_code == 303, answer.text
    page = (await site.client.get(answer.headers["location"])).text
    return page.split('role="status">')[1].split("<")[0] if 'role="status">' in page else ""


async def acts(site: Site) -> list[str]:
    async with site.around.database.reading() as session:
        return list((await session.scalars(select(AuditRow.act).order_by(AuditRow.seq))).all())


async def steps(site: Site, case: Case) -> list[str]:
    async with site.around.database.reading() as session:
        query = select(CaseEvent.kind).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
        return list((await session.scalars(query)).all())


async def now(site: Site, case: Case) -> Case:
    return next(one for one in await desk.all_cases(site.around) if one.id == case.id)


async def test_every_act_on_a_case_says_what_it_did(site: Site) -> None:
    await desk.report(site.around, "an", account=ACCOUNT)
    await desk.report(site.around, "binh", "tin trúng thưởng")
    case, other = await desk.all_cases(site.around)
    me = await desk.sign_in(site, "lead_operator")
    work, lead = f"{PATH}/{case.id}/viec", f"{PATH}/{case.id}/truong-ca"
    assert await said(site, work, viec="nhan") == "Đã nhận vụ."
    assert await said(site, work, viec="uu-tien") == "Đã đánh dấu ưu tiên."
    assert await said(site, work, viec="uu-tien") == "Đã bỏ ưu tiên."
    assert "Đã đổi mức" in await said(site, work, viec="muc", muc="2")
    assert await said(site, work, viec="ghi-chu", ghi="đã gọi lại") == "Đã lưu ghi chú."
    assert await said(site, work, viec="tra-lai") == "Đã trả vụ về hàng chờ."
    assert await said(site, lead, viec="giao", cho=me) == "Đã giao vụ."
    assert "Đã nhập vụ kia" in await said(site, f"{PATH}/{other.id}/truong-ca", viec="nhap", vao=case.code)
    assert "Đã hoàn tác nhập vụ" in await said(site, f"{PATH}/{other.id}/viec", viec="mo-lai")
    assert "Đã soạn văn bản" in await said(site, f"{PATH}/{case.id}/van-ban", loai="bank", noi_nhan="Ngân hàng A")


async def test_acts_on_many_say_how_many_changed(site: Site) -> None:
    for sender in ("an", "binh"):
        await desk.report(site.around, sender, f"tin của {sender}")
    first, second = await desk.all_cases(site.around)
    await desk.sign_in(site, "lead_operator")
    await desk.post(site, f"{PATH}/{first.id}/viec", viec="uu-tien")
    both = {f"vu-{case.id}": "1" for case in (first, second)}
    assert await said(site, f"{PATH}/hang-loat", viec="uu-tien", **both) == (
        "Đã đánh dấu ưu tiên 1 vụ. 1 vụ vốn đã như vậy nên giữ nguyên."
    )
    assert await said(site, f"{PATH}/hang-loat", viec="uu-tien", **both) == (
        "Không có gì thay đổi: 2 vụ vốn đã như vậy nên giữ nguyên."
    )
    assert (await acts(site)).count("case.bulk.uu-tien") == 1
    assert await said(site, f"{PATH}/hang-loat", viec="dong", **both) == "Đã đóng 2 vụ."
    assert await said(site, f"{PATH}/bo-loc", ten="Của tôi", loc="muc=1") == "Đã lưu bộ lọc."


@pytest.mark.parametrize("asked", ["xong=dong&so=x", "xong=khong-co&so=1", "xong=dong&so=²", "xong=dong"])
async def test_an_address_that_somebody_made_up_says_nothing_odd(site: Site, asked: str) -> None:
    await desk.sign_in(site, "operator")
    answer = await site.client.get(f"{PATH}?{asked}")
    assert answer.status_code == 200
    assert "khong-co" not in answer.text.split("<main")[1].split("<form")[0]


async def test_what_changes_nothing_is_no_step_and_no_act(site: Site) -> None:
    await desk.report(site.around, "an")
    (case,) = await desk.all_cases(site.around)
    me = await desk.sign_in(site, "lead_operator")
    await desk.post(site, f"{PATH}/{case.id}/truong-ca", viec="giao", cho=me)
    before, done = await steps(site, case), await acts(site)
    assert "không có gì thay đổi" in await said(site, f"{PATH}/{case.id}/viec", viec="muc", muc=str(case.triage))
    assert "vốn đã giao" in await said(site, f"{PATH}/{case.id}/truong-ca", viec="giao", cho=me)
    assert "đang giữ rồi" in await said(site, f"{PATH}/{case.id}/viec", viec="nhan")
    assert await steps(site, case) == before
    assert [act for act in await acts(site) if act != "case.view"] == [act for act in done if act != "case.view"]
    await said(site, f"{PATH}/{case.id}/viec", viec="muc", muc="1")
    assert (await steps(site, case))[-1] == "triage"


@pytest.mark.parametrize(
    ("where", "form"),
    [
        ("viec", {"viec": "uu-tien"}),
        ("viec", {"viec": "muc", "muc": "1"}),
        ("viec", {"viec": "ghi-chu", "ghi": "đã gọi lại"}),
        ("viec", {"viec": "xac-minh"}),
        ("viec", {"viec": "dong"}),
        ("viec", {"viec": "ket-luan", "ket_luan": "khong"}),
        ("viec", {"viec": "nhan"}),
        ("truong-ca", {"viec": "giao"}),
        ("truong-ca", {"viec": "nhap", "vao": "ZOA-2026-000003"}),
        ("truong-ca", {"viec": "tach"}),
        ("van-ban", {"loai": "police", "noi_nhan": "Công an phường"}),
    ],
)
async def test_a_merged_case_is_worked_on_where_it_went(site: Site, where: str, form: dict[str, str]) -> None:
    for sender in ("an", "binh", "chi"):
        await desk.report(site.around, sender, f"tin của {sender}")
    merged, into, _ = await desk.all_cases(site.around)
    me = await desk.sign_in(site, "lead_operator")
    await desk.post(site, f"{PATH}/{merged.id}/truong-ca", viec="nhap", vao=into.code)
    before = await steps(site, merged)
    refused = await desk.post(site, f"{PATH}/{merged.id}/{where}", **form, cho=me)
    assert refused.status_code == 409
    assert f'href="{PATH}/{into.id}">Mở vụ {into.code}</a>' in refused.text
    assert await steps(site, merged) == before
    assert (await now(site, merged)).status == "merged"


async def test_the_page_of_a_merged_case_offers_nothing_but_the_way_back(site: Site) -> None:
    for sender in ("an", "binh"):
        await desk.report(site.around, sender, f"tin của {sender}")
    merged, into = await desk.all_cases(site.around)
    await desk.sign_in(site, "lead_operator")
    await desk.post(site, f"{PATH}/{merged.id}/truong-ca", viec="nhap", vao=into.code)
    page = (await site.client.get(f"{PATH}/{merged.id}")).text
    assert into.code in page
    assert "Hoàn tác nhập vụ" in page
    for act in ("uu-tien", "ghi-chu", "muc", "ket-luan", "giao", "nhap"):
        assert f'value="{act}"' not in page, act
    assert "Soạn văn bản" not in page


async def test_nothing_is_merged_into_what_was_merged_and_many_at_once_leave_it_alone(site: Site) -> None:
    for sender in ("an", "binh", "chi"):
        await desk.report(site.around, sender, f"tin của {sender}")
    merged, into, third = await desk.all_cases(site.around)
    await desk.sign_in(site, "lead_operator")
    await desk.post(site, f"{PATH}/{merged.id}/truong-ca", viec="nhap", vao=into.code)
    refused = await desk.post(site, f"{PATH}/{third.id}/truong-ca", viec="nhap", vao=merged.code)
    assert f"Mở vụ {into.code}" in refused.text
    both = {f"vu-{case.id}": "1" for case in (merged, third)}
    refused = await desk.post(site, f"{PATH}/hang-loat", viec="uu-tien", **both)
    assert refused.status_code == 409
    assert merged.code in refused.text
    assert not (await now(site, third)).priority


async def test_a_sent_letter_hands_the_case_over_and_the_answer_brings_it_back(site: Site) -> None:
    await desk.report(site.around, "an", "tôi đã chuyển tiền", "paid", account=ACCOUNT)
    (case,) = await desk.all_cases(site.around)
    path = f"{PATH}/{case.id}"
    await desk.sign_in(site, "operator")
    await desk.post(site, f"{path}/van-ban", loai="bank", noi_nhan="Ngân hàng A")
    async with site.around.database.reading() as session:
        letter = (await session.scalars(select(Handover.id))).one()
    assert case.code in (await site.client.get(PATH)).text
    assert "Đã ghi nhận văn bản gửi đi" in await said(site, f"{path}/van-ban/{letter}")
    assert (await now(site, case)).status == "transferred"
    page = (await site.client.get(path)).text
    assert "Đã chuyển đơn vị: Ngân hàng A" in page
    assert "<b>Đã chuyển văn bản</b>" in page
    assert case.code not in (await site.client.get(PATH)).text
    away = (await site.client.get(f"{PATH}?trang-thai=all&han=away")).text
    assert "Ngân hàng A: đã gửi" in away
    assert "Chờ đơn vị khác <b>1</b>" in away

    assert "Đã ghi nhận có trả lời" in await said(site, f"{path}/van-ban/{letter}")
    assert (await now(site, case)).status == "working"
    assert "Ngân hàng A: đã có trả lời" in (await site.client.get(PATH)).text
    assert case.code not in (await site.client.get(f"{PATH}?trang-thai=all&han=away")).text


async def test_a_case_stays_away_until_the_last_answer_and_with_police_for_good(site: Site) -> None:
    await desk.report(site.around, "an", account=ACCOUNT)
    (case,) = await desk.all_cases(site.around)
    path = f"{PATH}/{case.id}"
    await desk.sign_in(site, "operator")
    sent = []
    for kind, recipient in (("bank", "Ngân hàng A"), ("bank", "Ngân hàng B"), ("police", "Công an phường")):
        await desk.post(site, f"{path}/van-ban", loai=kind, noi_nhan=recipient)
        async with site.around.database.reading() as session:
            query = select(Handover.id).where(Handover.recipient == recipient)
            sent.append((await session.scalars(query)).one())
    for letter in sent[:2]:
        await desk.post(site, f"{path}/van-ban/{letter}")
    await desk.post(site, f"{path}/van-ban/{sent[0]}")
    assert (await now(site, case)).status == "transferred"
    await desk.post(site, f"{path}/van-ban/{sent[1]}")
    assert (await now(site, case)).status == "working"
    for _ in ("sent", "answered"):
        await desk.post(site, f"{path}/van-ban/{sent[2]}")
        assert (await now(site, case)).status == "transferred"


async def test_a_decided_case_stays_decided_when_its_letter_goes_out(site: Site) -> None:
    await desk.report(site.around, "an", account=ACCOUNT)
    (case,) = await desk.all_cases(site.around)
    path = f"{PATH}/{case.id}"
    await desk.sign_in(site, "operator")
    await desk.post(site, f"{path}/van-ban", loai="bank", noi_nhan="Ngân hàng A")
    await desk.post(site, f"{path}/viec", viec="ket-luan", ket_luan="lua-dao")
    async with site.around.database.reading() as session:
        letter = (await session.scalars(select(Handover.id))).one()
    for _ in ("sent", "answered"):
        await desk.post(site, f"{path}/van-ban/{letter}")
        assert (await now(site, case)).status == "decided"
