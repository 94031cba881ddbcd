"""Merging and splitting: nothing open vanishes, an appeal stays an appeal, and every merge can be undone in any order."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from api.casework import cases
from api.models import Case, CaseItem
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.api.console.test_acts import now, said
from tests.api.console.test_indicators import REASON, the_account

PATH = "/can-bo/vu-viec"
SECRET = "bí mật của tôi là con mèo xanh"


async def merge(site: Site, case: Case, into: Case) -> str:
    """What a lead is told who tries; "" where it is done."""
    answer = await desk.post(site, f"{PATH}/{case.id}/truong-ca", viec="nhap", vao=into.code)
    return "" if answer.status_code == 303 else answer.text


async def undo(site: Site, case: Case) -> int:
    return (await desk.post(site, f"{PATH}/{case.id}/viec", viec="mo-lai")).status_code


async def parts(site: Site, case: Case) -> list[str]:
    """Whose reports a case holds."""
    async with site.around.database.reading() as session:
        return [item.sender for item in await cases.items(session, case)]


async def three(site: Site) -> list[Case]:
    for sender in ("an", "binh", "chi"):
        await desk.report(site.around, sender, f"tin của {sender}")
    await desk.sign_in(site, "lead_operator")
    return await desk.all_cases(site.around)


async def an_appeal(site: Site, path: str) -> Case:
    answer = await desk.post(site, f"{path}/khieu-nai", noi_dung="Tôi là chủ tài khoản, bị mạo danh")
    case_id = answer.headers["location"].split("/")[3].partition("?")[0]
    return next(case for case in await desk.all_cases(site.around) if case.id == case_id)


@pytest.mark.parametrize("how", [{"viec": "dong"}, {"viec": "ket-luan", "ket_luan": "khong"}])
async def test_a_cry_for_help_does_not_vanish_in_a_case_that_is_done(site: Site, how: dict[str, str]) -> None:
    await desk.report(site.around, "an", "tin của an")
    await desk.cry(site.around, "binh", "paid")
    done, urgent = sorted(await desk.all_cases(site.around), key=lambda case: case.kind != "report")
    await desk.sign_in(site, "lead_operator")
    await desk.post(site, f"{PATH}/{done.id}/viec", **how)
    assert "mở lại vụ kia trước" in await merge(site, urgent, done)
    assert (await now(site, urgent)).is_open
    assert urgent.code in (await site.client.get(PATH)).text
    assert await undo(site, done) == 303
    assert await merge(site, urgent, done) == ""
    assert (await now(site, done)).triage == 1


async def test_what_is_done_may_go_into_what_is_open_or_done(site: Site) -> None:
    first, second, third = await three(site)
    for case in (first, second):
        await desk.post(site, f"{PATH}/{case.id}/viec", viec="dong")
    assert await merge(site, first, second) == ""
    assert await merge(site, second, third) == ""


async def test_only_open_cases_are_offered_to_merge_an_open_one_into(site: Site) -> None:
    for sender in ("an", "binh", "chi"):
        await desk.report(site.around, sender, f"chuyen khoan STK 19034567890123 ngay {sender}")
    mine, done, other = await desk.all_cases(site.around)
    await desk.sign_in(site, "lead_operator")
    await desk.post(site, f"{PATH}/{done.id}/viec", viec="dong")
    page = (await site.client.get(f"{PATH}/{mine.id}")).text
    assert f'<option value="{other.code}">' in page
    assert f'<option value="{done.code}">' not in page
    assert f">{done.code}</a>" in page, "that another case names the same account is still told"


async def test_an_appeal_and_a_report_stay_apart_and_so_do_appeals_about_two_numbers(site: Site) -> None:
    path = await the_account(site)
    await desk.report(site.around, "dung", "goi so 0912345678 ngay", number="0912345678")
    report = (await desk.all_cases(site.around))[0]
    await desk.sign_in(site, "lead_operator")
    appeal = await an_appeal(site, path)
    page = (await site.client.get("/can-bo/dau-hieu", params={"tim": "0912345678"})).text
    other = await an_appeal(site, "/can-bo/dau-hieu/" + page.split('href="/can-bo/dau-hieu/')[1].split('"')[0])
    for one, into in ((appeal, report), (report, appeal), (appeal, other)):
        assert "chỉ nhập được vào vụ khiếu nại về cùng một số" in await merge(site, one, into)


async def test_two_appeals_about_one_number_each_keep_their_words(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "lead_operator")
    first = await an_appeal(site, path)
    await desk.post(site, f"{PATH}/{first.id}/viec", viec="ket-luan", ket_luan="lua-dao")
    answer = await desk.post(site, f"{path}/khieu-nai", noi_dung="Gửi thêm giấy của ngân hàng")
    second = next(c for c in await desk.all_cases(site.around) if c.id in answer.headers["location"])
    assert await undo(site, first) == 303
    assert await merge(site, second, first) == ""
    page = (await site.client.get(f"{PATH}/{first.id}")).text
    assert "bị mạo danh" in page.split("case-side")[0]
    assert "Gửi thêm giấy của ngân hàng" in page.split("case-side")[0]


async def test_an_appeal_that_was_merged_into_a_report_is_not_split_off_with_anothers_words(site: Site) -> None:
    path = await the_account(site)
    await desk.report(site.around, "kín", SECRET)
    await desk.sign_in(site, "lead_operator")
    await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)
    appeal = await an_appeal(site, path)
    report = next(case for case in await desk.all_cases(site.around) if SECRET in case.text)
    async with site.around.database.writing() as session:  # as it was done before it was refused
        item = (await session.scalars(select(CaseItem).where(CaseItem.case_id == appeal.id))).one()
        item.case_id, item.moved_from = report.id, appeal.id
        merged = await session.get_one(Case, appeal.id)
        merged.status, merged.is_open, merged.merged_into = "merged", False, report.id
        item_id = item.id
    form = {"viec": "tach", f"phan-{item_id}": "1"}
    refused = await desk.post(site, f"{PATH}/{report.id}/truong-ca", **form)
    assert refused.status_code == 409
    assert "Khiếu nại không tách ra được" in refused.text
    assert [case.code for case in await desk.all_cases(site.around) if SECRET in case.text] == [report.code]
    assert "lấy lại phần của mình" in await said(site, f"{PATH}/{appeal.id}/viec", viec="mo-lai")
    assert (await now(site, appeal)).indicator_id == path.rpartition("/")[2]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_a_chain_of_merges_is_undone_in_any_order(site: Site, order: tuple[int, int]) -> None:
    a, b, c = await three(site)
    assert await merge(site, a, b) == await merge(site, b, c) == ""
    assert [len(await parts(site, case)) for case in (a, b, c)] == [0, 0, 3]
    for index in order:
        assert await undo(site, (a, b)[index]) == 303
    for case in (a, b, c):
        assert await parts(site, case) == [case.sender]
        assert (await now(site, case)).merged_into is None


async def test_undoing_the_last_of_a_chain_leaves_the_first_merge_standing(site: Site) -> None:
    a, b, c = await three(site)
    await merge(site, a, b)
    await merge(site, b, c)
    assert await undo(site, b) == 303
    assert sorted(await parts(site, b)) == sorted([a.sender, b.sender])
    assert (await now(site, a)).status == "merged"
    assert await undo(site, a) == 303
    assert await parts(site, b) == [b.sender]


async def test_a_chain_without_its_middle_is_undone_only_where_something_is_left(site: Site) -> None:
    a, b, c = await three(site)
    await merge(site, a, b)
    await merge(site, b, c)
    async with site.around.database.reading() as session:
        own = next(item.id for item in await cases.items(session, c) if item.sender == c.sender)
    await desk.post(site, f"{PATH}/{c.id}/truong-ca", viec="tach", **{f"phan-{own}": "1"})
    assert await undo(site, b) == 409
    assert await undo(site, a) == 303
    assert await undo(site, b) == 409
