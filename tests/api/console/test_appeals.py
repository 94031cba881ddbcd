"""An owner's appeal: in its own words at the desk, written down wherever it changes something, and put right again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from api.models import AuditRow, Indicator, IndicatorEvent
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.api.console.test_acts import said
from tests.api.console.test_indicators import REASON, the_account
from tests.fakes import SLUG

CASES = "/can-bo/vu-viec"


async def listed(site: Site) -> str:
    """The page of a number that one officer has marked as suspected."""
    path = await the_account(site)
    await desk.sign_in(site, "operator", name="lan")
    await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)
    return path


async def appeal(site: Site, path: str) -> str:
    answer = await desk.post(site, f"{path}/khieu-nai", noi_dung="Tôi là chủ tài khoản, bị mạo danh")
    return answer.headers["location"].partition("?")[0]


async def decide(site: Site, case: str, how: str) -> str:
    return await said(site, f"{case}/viec", viec="ket-luan", ket_luan=how)


async def standing(site: Site, path: str) -> tuple[str, str | None]:
    async with site.around.database.reading() as session:
        row = await session.get_one(Indicator, path.rpartition("/")[2])
    return row.status, row.proposed


async def written(site: Site, act: str) -> list[Mapping[str, Any]]:
    async with site.around.database.reading() as session:
        query = select(AuditRow.details).where(AuditRow.act == act).order_by(AuditRow.seq)
        return list((await session.scalars(query)).all())


async def history(site: Site) -> list[tuple[str, str]]:
    async with site.around.database.reading() as session:
        query = select(IndicatorEvent.kind, IndicatorEvent.after).order_by(IndicatorEvent.id)
        return [(kind, after) for kind, after in (await session.execute(query)).all()]


async def test_the_form_of_an_appeal_asks_about_the_list_and_not_about_a_scam(site: Site) -> None:
    case = await appeal(site, await listed(site))
    page = (await site.client.get(case)).text
    assert "Chấp nhận khiếu nại: gỡ khỏi danh sách" in page
    assert "Giữ nguyên trong danh sách" in page
    assert "Không phải lừa đảo" not in page
    report = next(one for one in await desk.all_cases(site.around) if one.kind == "report")
    assert "Không phải lừa đảo" in (await site.client.get(f"{CASES}/{report.id}")).text


async def test_granting_says_and_writes_what_it_did(site: Site) -> None:
    path = await listed(site)
    case = await appeal(site, path)
    assert "Đề nghị đưa lại" in await decide(site, case, "khong")
    assert await standing(site, path) == ("cleared", None)
    assert await written(site, "case.ket-luan") == [{"conclusion": "granted"}]
    assert (await written(site, "indicator.status"))[-1] == {"to": "cleared", "case": case.rpartition("/")[2]}
    page = (await site.client.get(case)).text
    assert "Kết luận: chấp nhận khiếu nại" in page
    assert "không phải lừa đảo" not in page


async def test_keeping_a_number_on_the_list_changes_nothing_about_it(site: Site) -> None:
    path = await listed(site)
    before = await written(site, "indicator.status")
    assert "giữ nguyên" in await decide(site, await appeal(site, path), "lua-dao")
    assert await standing(site, path) == ("suspected", None)
    assert await written(site, "case.ket-luan") == [{"conclusion": "kept"}]
    assert await written(site, "indicator.status") == before


async def test_the_conclusion_of_a_report_is_in_the_audit_log(site: Site) -> None:
    await desk.report(site.around, "an")
    (case,) = await desk.all_cases(site.around)
    await desk.sign_in(site, "operator")
    form = {"viec": "ket-luan", "ket_luan": "lua-dao", "thu_doan": SLUG}
    await desk.post(site, f"{CASES}/{case.id}/viec", **form)
    await desk.post(site, f"{CASES}/{case.id}/viec", viec="ket-luan", ket_luan="khong", thu_doan=SLUG)
    assert await written(site, "case.ket-luan") == [{"conclusion": "scam", "method": SLUG}, {"conclusion": "clean"}]


async def test_a_colleagues_proposal_that_ends_with_the_clearing_is_told_in_the_history(site: Site) -> None:
    path = await listed(site)
    await desk.post(site, f"{path}/de-nghi", thanh="confirmed", can_cu=REASON)
    case = await appeal(site, path)
    await desk.sign_in(site, "operator", name="minh")
    await decide(site, case, "khong")
    assert (await history(site))[-2:] == [("ended", "confirmed"), ("status", "cleared")]
    assert "Đề nghị hết hiệu lực vì đã đổi tình trạng" in (await site.client.get(path)).text


@pytest.mark.parametrize("by", ["appeal", "button"])
@pytest.mark.parametrize("was", ["suspected", "confirmed"])
async def test_a_clearing_is_undone_by_two_people_without_new_reporters(site: Site, by: str, was: str) -> None:
    path = await listed(site)
    if was == "confirmed":
        await desk.post(site, f"{path}/de-nghi", thanh="confirmed", can_cu=REASON)
        await desk.sign_in(site, "approver", name="duyet")
        await desk.post(site, f"{path}/duyet", y_kien="duyet", thanh="confirmed")
        await desk.sign_in(site, "operator", name="lan")
    if by == "appeal":
        await decide(site, await appeal(site, path), "khong")
    else:
        await desk.post(site, f"{path}/de-nghi", thanh="cleared", can_cu=REASON)
    assert await standing(site, path) == ("cleared", None)
    assert "Gỡ nhầm?" in (await site.client.get(path)).text
    assert (await desk.post(site, f"{path}/dua-lai", can_cu="ít")).status_code == 400
    assert "chờ người thứ hai duyệt" in await said(site, f"{path}/dua-lai", can_cu="bấm nhầm dòng")
    assert await standing(site, path) == ("cleared", was)
    await desk.sign_in(site, "operator", "approver", name="lan")
    assert (await desk.post(site, f"{path}/duyet", y_kien="duyet", thanh=was)).status_code == 403
    await desk.sign_in(site, "approver", name="duyet")
    page = (await site.client.get(path)).text
    assert "bấm nhầm dòng" in page
    assert "Số người phản ánh không tính lại" in page
    assert (await desk.post(site, f"{path}/duyet", y_kien="duyet", thanh=was)).status_code == 303
    assert await standing(site, path) == (was, None)
    assert await written(site, "indicator.restore") == [{"to": was}]
    assert (await written(site, "indicator.approve"))[-1] == {"to": was, "how": "restoring"}


async def test_only_what_was_listed_is_restored_and_an_ordinary_proposal_still_counts_people(site: Site) -> None:
    path = await the_account(site)
    await desk.sign_in(site, "operator", name="lan")
    assert (await desk.post(site, f"{path}/dua-lai", can_cu=REASON)).status_code == 409
    await desk.post(site, f"{path}/de-nghi", thanh="cleared", can_cu=REASON)
    assert (await desk.post(site, f"{path}/dua-lai", can_cu=REASON)).status_code == 409
    assert "Gỡ nhầm?" not in (await site.client.get(path)).text
    assert (await desk.post(site, f"{path}/de-nghi", thanh="suspected", can_cu=REASON)).status_code == 409


async def test_a_restoring_is_withdrawn_like_any_proposal(site: Site) -> None:
    path = await listed(site)
    await desk.post(site, f"{path}/de-nghi", thanh="cleared", can_cu=REASON)
    await desk.post(site, f"{path}/dua-lai", can_cu=REASON)
    assert (await desk.post(site, f"{path}/dua-lai", can_cu=REASON)).status_code == 409
    assert "Đã rút đề nghị" in await said(site, f"{path}/rut")
    assert await standing(site, path) == ("cleared", None)


async def test_the_page_says_what_a_surge_holds_up_and_what_not(site: Site) -> None:
    path = await the_account(site, people=40)
    await desk.sign_in(site, "operator")
    page = (await site.client.get(path)).text
    assert "mọi thay đổi cần người thứ hai duyệt" not in page
    assert "gỡ khỏi danh sách thì một người làm được" in page
