"""Letters to other units: one press is one step, they go where their case goes, and a draft can be dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select

from api.models import Case, Handover
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.api.console.test_acts import acts, now, said

PATH = "/can-bo/vu-viec"
ACCOUNT = "19034567890123"


async def letters(site: Site) -> Sequence[Handover]:
    async with site.around.database.reading() as session:
        return (await session.scalars(select(Handover).order_by(Handover.at))).all()


async def two_with_a_letter(site: Site) -> tuple[Case, Case, str]:
    """A case with the draft of a letter, another case, and the way to the letter."""
    await desk.report(site.around, "an", account=ACCOUNT)
    await desk.report(site.around, "binh", "tin trúng thưởng")
    case, other = await desk.all_cases(site.around)
    await desk.sign_in(site, "lead_operator")
    await desk.post(site, f"{PATH}/{case.id}/van-ban", loai="bank", noi_nhan="Ngân hàng A")
    (letter,) = await letters(site)
    return case, other, letter.id


async def test_a_second_press_on_an_old_page_records_no_answer(site: Site) -> None:
    case, _, letter = await two_with_a_letter(site)
    page = (await site.client.get(f"{PATH}/{case.id}")).text
    seen = re.findall(r'name="dang" value="(\w+)"', page)
    assert seen == ["draft"]
    assert "Đã ghi nhận văn bản gửi đi" in await said(site, f"{PATH}/{case.id}/van-ban/{letter}", dang=seen[0])
    refused = await desk.post(site, f"{PATH}/{case.id}/van-ban/{letter}", dang=seen[0])
    assert refused.status_code == 409
    assert "Ngân hàng A đã ghi là đã gửi từ trước" in refused.text
    assert [row.state for row in await letters(site)] == ["sent"]
    assert (await now(site, case)).status == "transferred"
    assert "có trả lời" in await said(site, f"{PATH}/{case.id}/van-ban/{letter}", dang="sent")
    assert "letter.answered" in await acts(site)


async def test_letters_go_with_the_case_that_is_merged_and_come_back(site: Site) -> None:
    case, other, letter = await two_with_a_letter(site)
    await desk.post(site, f"{PATH}/{case.id}/van-ban/{letter}")
    await desk.post(site, f"{PATH}/{case.id}/truong-ca", viec="nhap", vao=other.code)
    away = (await site.client.get(f"{PATH}?trang-thai=all&han=away")).text
    assert other.code in away
    assert case.code not in away
    assert "Ngân hàng A" in (await site.client.get(f"{PATH}/{other.id}")).text
    assert "có trả lời" in await said(site, f"{PATH}/{other.id}/van-ban/{letter}", dang="sent")
    await desk.post(site, f"{PATH}/{case.id}/viec", viec="mo-lai")
    assert [(row.case_id, row.moved_from, row.state) for row in await letters(site)] == [(case.id, None, "answered")]
    assert letter not in (await site.client.get(f"{PATH}/{other.id}")).text


async def test_letters_of_the_target_stay_where_they_are(site: Site) -> None:
    case, other, letter = await two_with_a_letter(site)
    await desk.post(site, f"{PATH}/{other.id}/truong-ca", viec="nhap", vao=case.code)
    await desk.post(site, f"{PATH}/{other.id}/viec", viec="mo-lai")
    assert [(row.id, row.case_id) for row in await letters(site)] == [(letter, case.id)]


async def test_a_draft_is_dropped_and_a_sent_letter_is_not(site: Site) -> None:
    case, _, letter = await two_with_a_letter(site)
    path = f"{PATH}/{case.id}/van-ban/{letter}"
    assert "Bỏ bản thảo" in (await site.client.get(f"{PATH}/{case.id}")).text
    assert "Đã bỏ bản thảo" in await said(site, f"{path}/bo")
    assert await letters(site) == []
    page = (await site.client.get(f"{PATH}/{case.id}")).text
    assert "Bỏ bản thảo văn bản" in page
    assert "letter.drop" in await acts(site)
    assert (await desk.post(site, path)).status_code == 404

    await desk.post(site, f"{PATH}/{case.id}/van-ban", loai="bank", noi_nhan="Ngân hàng B")
    (row,) = await letters(site)
    await desk.post(site, f"{PATH}/{case.id}/van-ban/{row.id}", dang="draft")
    assert (await desk.post(site, f"{PATH}/{case.id}/van-ban/{row.id}/bo")).status_code == 409
    assert len(await letters(site)) == 1
