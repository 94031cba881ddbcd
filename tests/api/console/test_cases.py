"""The desk's queue and case page: what an officer sees, may do, and leaves behind in the audit log."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from sqlalchemy import select

from api.console import casefile
from api.models import AuditRow, Case, OutboxReply
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.fakes import FakeClock

PATH = "/can-bo/vu-viec"


async def one(site: Site) -> Case:
    return (await desk.all_cases(site.around))[0]


async def test_the_queue_shows_masked_cases_most_urgent_first(site: Site) -> None:
    await desk.report(site.around, "an", account="19034567890123")
    await desk.cry(site.around, "binh", "paid")
    await desk.sign_in(site, "operator")
    page = (await site.client.get(PATH)).text
    assert page.index("TLG-2026-000001") < page.index("ZOA-2026-000001")
    assert "19034567890123" not in page
    assert "0905•••318" in page
    assert 'name="viec" value="giao"' not in page


async def test_an_open_queue_learns_of_news_only_when_there_is_some(site: Site) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    table = (await site.client.get(f"{PATH}/bang")).text
    version = table.split('data-version="')[1].split('"')[0]
    again = await site.client.get(f"{PATH}/bang", headers={"X-Shown": version})
    assert again.status_code == 204
    await desk.cry(site.around, "binh", "paid")
    news = await site.client.get(f"{PATH}/bang", headers={"X-Shown": version})
    assert news.status_code == 200
    assert 'data-urgent="1"' in news.text


async def test_a_case_shows_words_evidence_answers_and_leaves_a_trace(site: Site) -> None:
    await desk.ask(site.around, "an")
    await desk.report(site.around, "an", account="19034567890123", amount="5 triệu", when="sáng nay")
    await desk.sign_in(site, "operator")
    case = await one(site)
    page = (await site.client.get(f"{PATH}/{case.id}")).text
    assert '<mark title="dọa cắt điện">cat dien</mark>' in page
    assert "fake00000001" in page
    assert "5 triệu" in page
    assert "19034567890123" not in page
    async with site.around.database.reading() as session:
        acts = [(row.act, row.object) for row in (await session.scalars(select(AuditRow))).all()]
    assert ("case.view", f"case/{case.id}") in acts


async def test_uncovering_needs_a_reason_and_is_written_down(site: Site) -> None:
    await desk.report(site.around, "an", account="19034567890123")
    await desk.sign_in(site, "operator")
    case = await one(site)
    assert (await desk.post(site, f"{PATH}/{case.id}/xem", ly_do="xem")).status_code == 400
    page = await desk.post(site, f"{PATH}/{case.id}/xem", ly_do="cần gọi ngân hàng để chặn tiền")
    assert "19034567890123" in page.text
    async with site.around.database.reading() as session:
        row = (await session.scalars(select(AuditRow).where(AuditRow.act == "identity.reveal"))).one()
    assert row.reason == "cần gọi ngân hàng để chặn tiền"


async def test_the_fifty_first_look_raises_an_alarm(site: Site) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    case = await one(site)
    for _ in range(51):
        assert (await desk.post(site, f"{PATH}/{case.id}/xem", ly_do="kiểm tra hàng loạt")).status_code == 200
    async with site.around.database.reading() as session:
        alarms = (await session.scalars(select(AuditRow).where(AuditRow.act == "identity.alarm"))).all()
    assert len(alarms) == 1


async def test_hidden_numbers_come_back_into_the_words_with_the_evidence_where_it_was(site: Site) -> None:
    await desk.ask(site.around, "an")
    await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    case = await one(site)
    plain = (await desk.post(site, f"{PATH}/{case.id}/xem", ly_do="cần gọi ngân hàng để chặn tiền")).text
    quote = plain.split('<blockquote class="text">')[1].split("</blockquote>")[0]
    assert "19034567890123" in quote
    assert "0905123318" in quote
    assert '<mark title="dọa cắt điện">cat dien</mark>' in quote


async def test_opening_a_case_is_seen_by_everybody_else(site: Site) -> None:
    await desk.cry(site.around, "binh", "paid")
    await desk.sign_in(site, "operator")
    assert 'data-urgent="1"' in (await site.client.get(PATH)).text
    await site.client.get(f"{PATH}/{(await one(site)).id}")
    table = (await site.client.get(f"{PATH}/bang")).text
    assert 'data-urgent="0"' in table
    assert 'class="fresh"' not in table


async def test_the_notice_of_unopened_urgent_cases_leads_to_them(site: Site) -> None:
    await desk.report(site.around, "an")
    await desk.cry(site.around, "binh", "paid")
    await desk.sign_in(site, "operator")
    assert '<a href="?han=unopened">Có <b>1</b> vụ khẩn' in (await site.client.get(PATH)).text
    there = (await site.client.get(PATH, params={"han": "unopened"})).text
    assert "TLG-2026-000001" in there
    assert "ZOA-2026-000001" not in there
    await site.client.get(f"{PATH}/{next(c for c in await desk.all_cases(site.around) if c.sender == 'binh').id}")
    there = (await site.client.get(PATH, params={"han": "unopened"})).text
    assert '<a href="?han=unopened" hidden>' in there
    assert "TLG-2026-000001" not in there


async def test_a_case_shows_others_about_the_same_message(site: Site) -> None:
    message = "Ban da trung thuong xe may SH vui long dong phi nhan qua qua so tai khoan {} trong hom nay nhe ban oi"
    for number, sender in enumerate(("an", "binh")):
        await desk.ask(site.around, sender, message.format(f"8887776665{number}"))
        await desk.report(site.around, sender, message.format(f"8887776665{number}"))
    await desk.sign_in(site, "operator")
    first, second = await desk.all_cases(site.around)
    page = (await site.client.get(f"{PATH}/{first.id}")).text
    assert f"{second.code}</a> Mới · cùng nội dung tin" in page
    assert "2 lượt hỏi của 2 người" in page


async def test_an_open_page_does_not_keep_the_session_of_somebody_who_left(site: Site, clock: FakeClock) -> None:
    await desk.sign_in(site, "operator")
    for _ in range(8):
        clock.move(240)
        live = await site.client.get(f"{PATH}/bang", headers={"X-Shown": "x"})
    assert live.status_code == 401


async def test_looking_at_the_queue_is_an_act_but_not_every_glance_of_an_open_page(site: Site) -> None:
    await desk.sign_in(site, "operator")
    await site.client.get(PATH, params={"tim": "0905123318"})
    await site.client.get(f"{PATH}/bang")
    async with site.around.database.reading() as session:
        rows = (await session.scalars(select(AuditRow).where(AuditRow.act == "case.list"))).all()
    assert [row.details for row in rows] == [{"tim": "0905•••318"}]


async def test_many_are_told_only_after_asking_again(site: Site) -> None:
    message = "Ban da trung thuong xe may SH vui long dong phi nhan qua qua so tai khoan trong hom nay nhe ban oi"
    for number in range(casefile.MANY_TOLD + 1):
        await desk.ask(site.around, f"s{number}", message)
    await desk.report(site.around, "s0", message, level="none")
    await desk.sign_in(site, "operator")
    path = f"{PATH}/{(await one(site)).id}/viec"
    form = {"viec": "ket-luan", "ket_luan": "lua-dao", "thu_doan": "dien-luc-evn", "bao": "1"}
    asked = await desk.post(site, path, **form)
    assert "Báo cho 21 người?" in asked.text
    assert "Xin đính chính" in asked.text
    assert (await one(site)).status == "new"
    assert (await desk.post(site, path, **form, chac="1")).status_code == 303
    assert (await one(site)).status == "decided"


async def test_claim_note_decide_and_reopen(site: Site) -> None:
    await desk.report(site.around, "an")
    me = await desk.sign_in(site, "operator")
    case = await one(site)
    path = f"{PATH}/{case.id}/viec"
    assert (await desk.post(site, path, viec="nhan")).status_code == 303
    await desk.post(site, path, viec="ghi-chu", ghi="đã gọi ngân hàng")
    form = {"viec": "ket-luan", "ket_luan": "lua-dao", "thu_doan": "dien-luc-evn", "ghi": "ba người nhận"}
    assert (await desk.post(site, path, **form)).status_code == 303
    assert (await desk.post(site, path, **form | {"thu_doan": "khong-co"})).status_code == 400
    page = (await site.client.get(f"{PATH}/{case.id}")).text
    assert "đã gọi ngân hàng" in page
    assert "Đang xác minh → Đã kết luận" in page
    assert (await desk.post(site, path, viec="mo-lai", ghi="có tin mới")).status_code == 303
    case = await one(site)
    assert (case.status, case.assignee_id, case.label) == ("working", me, "right")


async def test_a_note_typed_beside_another_button_is_kept(site: Site) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    case = await one(site)
    await desk.post(site, f"{PATH}/{case.id}/viec", viec="nhan", ghi="nạn nhân đang ở ngân hàng")
    assert "nạn nhân đang ở ngân hàng" in (await site.client.get(f"{PATH}/{case.id}")).text


async def test_an_old_page_decides_nothing_over_a_colleague(site: Site) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    case = await one(site)
    page = (await site.client.get(f"{PATH}/{case.id}")).text
    seen = re.findall(r'name="thay" value="(\d+)"', page)[0]
    decided = {"viec": "ket-luan", "ket_luan": "lua-dao", "thu_doan": "dien-luc-evn", "thay": seen}
    assert (await desk.post(site, f"{PATH}/{case.id}/viec", **decided)).status_code == 303
    await desk.sign_in(site, "operator", name="nguoi-khac")
    late = {"viec": "ket-luan", "ket_luan": "khong", "thay": seen, "bao": "1"}
    refused = await desk.post(site, f"{PATH}/{case.id}/viec", **late)
    assert refused.status_code >= 400
    assert "đã cập nhật vụ này" in refused.text
    assert (await one(site)).label == "right"


async def seen_on(site: Site, case: Case) -> str:
    """What the page of a case says that it shows."""
    found = re.search(r'name="thay" value="(\d+)"', (await site.client.get(f"{PATH}/{case.id}")).text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("act", ["pdf", "note of a colleague"])
async def test_a_copy_on_paper_or_a_note_does_not_make_a_page_old(site: Site, act: str) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    case = await one(site)
    seen = await seen_on(site, case)
    if act == "pdf":
        assert (await site.client.get(f"{PATH}/{case.id}/ho-so.pdf")).status_code == 200
    else:
        await desk.sign_in(site, "operator", name="nguoi-khac")
        await desk.post(site, f"{PATH}/{case.id}/viec", viec="ghi-chu", ghi="đã gọi lại")
        await desk.sign_in(site, "operator")
    form = {"viec": "ket-luan", "ket_luan": "khong", "thay": seen, "ghi": "có giấy của ngân hàng"}
    assert (await desk.post(site, f"{PATH}/{case.id}/viec", **form)).status_code == 303
    assert (await one(site)).status == "decided"


async def test_what_was_typed_is_not_lost_with_an_old_page(site: Site) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    case = await one(site)
    seen = await seen_on(site, case)
    await desk.sign_in(site, "operator", name="nguoi-khac")
    await desk.post(site, f"{PATH}/{case.id}/viec", viec="muc", muc="1")
    await desk.sign_in(site, "operator")
    form = {"viec": "ket-luan", "ket_luan": "khong", "thay": seen, "ghi": "một đoạn căn cứ dài"}
    refused = await desk.post(site, f"{PATH}/{case.id}/viec", **form)
    assert refused.status_code == 409
    assert "nguoi-khac đã cập nhật vụ này (Mức xử lý" in refused.text
    assert refused.text.count("một đoạn căn cứ dài</textarea>") == 1
    assert 'value="khong" checked' in refused.text
    assert (await one(site)).status == "new"
    fresh = re.findall(r'name="thay" value="(\d+)"', refused.text)[0]
    assert (await desk.post(site, f"{PATH}/{case.id}/viec", **form | {"thay": fresh})).status_code == 303
    assert (await one(site)).status == "decided"


async def test_another_officers_case_is_not_taken_away(site: Site) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    case = await one(site)
    await desk.post(site, f"{PATH}/{case.id}/viec", viec="nhan")
    await desk.sign_in(site, "operator", name="nguoi-khac")
    assert (await desk.post(site, f"{PATH}/{case.id}/viec", viec="nhan")).status_code == 409


@pytest.mark.parametrize("role", ["curator", "approver", "auditor", "administrator"])
async def test_other_roles_see_no_case(site: Site, role: str) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, role)
    case = await one(site)
    for path in (PATH, f"{PATH}/bang", f"{PATH}/{case.id}"):
        assert (await site.client.get(path)).status_code == 403
    assert (await desk.post(site, f"{PATH}/{case.id}/viec", viec="nhan")).status_code == 403


async def test_only_a_lead_acts_on_many_and_merges(site: Site) -> None:
    await desk.report(site.around, "an", "STK 19034567890123 cat dien")
    await desk.report(site.around, "binh", "STK 19034567890123 cat dien nhe")
    first, second = await desk.all_cases(site.around)
    chosen = {f"vu-{first.id}": "1", f"vu-{second.id}": "1"}
    me = await desk.sign_in(site, "operator")
    assert (await desk.post(site, f"{PATH}/hang-loat", viec="uu-tien", **chosen)).status_code == 403
    await desk.sign_in(site, "lead_operator")
    assert (await desk.post(site, f"{PATH}/hang-loat", viec="giao", cho=me, **chosen)).status_code == 303
    assert {case.assignee_id for case in await desk.all_cases(site.around)} == {me}
    assert (await desk.post(site, f"{PATH}/hang-loat", viec="giao")).status_code == 400
    merged = await desk.post(site, f"{PATH}/{first.id}/truong-ca", viec="nhap", vao=second.code)
    assert merged.headers["location"].endswith(f"{second.id}?xong=nhap")


async def test_two_who_merge_the_same_cases_towards_each_other(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """One is first; the other is told so. Neither waits for what the other holds."""
    await desk.report(site.around, "an", "STK 19034567890123 cat dien")
    await desk.report(site.around, "binh", "STK 19034567890123 cat dien nhe")
    first, second = await desk.all_cases(site.around)
    await desk.sign_in(site, "lead_operator")
    coded = casefile._coded

    async def after_the_other(*given: Any) -> str:
        await asyncio.sleep(0.5)  # the other has come as far, where the database lets two come at a time
        return await coded(*given)

    monkeypatch.setattr(casefile, "_coded", after_the_other)
    answers = await asyncio.gather(
        desk.post(site, f"{PATH}/{first.id}/truong-ca", viec="nhap", vao=second.code),
        desk.post(site, f"{PATH}/{second.id}/truong-ca", viec="nhap", vao=first.code),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert sorted(case.is_open for case in await desk.all_cases(site.around)) == [False, True]


async def test_saved_views_are_ones_own(site: Site) -> None:
    await desk.sign_in(site, "operator")
    assert (await desk.post(site, f"{PATH}/bo-loc", ten="Khẩn", loc="muc=1&x=<b>")).status_code == 303
    assert '<a href="?muc=1">Khẩn</a>' in (await site.client.get(PATH)).text
    await desk.sign_in(site, "operator", name="nguoi-khac")
    assert "Khẩn</a>" not in (await site.client.get(PATH)).text


async def test_a_decision_reaches_everybody_who_asked_about_the_same_message(site: Site) -> None:
    message = "Ban da trung thuong xe may SH vui long dong phi nhan qua qua so tai khoan {} trong hom nay nhe ban"
    first = (await site.say(message.format("19034567890123"))).json()
    assert "CHƯA THẤY DẤU HIỆU" in str(first)
    site.client.cookies.clear()
    await site.say(message.format("88887777666655"))
    site.client.cookies.clear()
    await site.say("chào buổi sáng cả nhà, hôm nay trời đẹp quá nhỉ, mình đi chơi đâu đây")
    async with site.around.database.reading() as session:
        asked = {row.sender for row in await desk.checks_saying(session, "trung thuong")}
    assert len(asked) == 2
    await desk.report(site.around, next(iter(asked)), message, level="none")
    await desk.sign_in(site, "operator")
    case = await one(site)
    form = {"viec": "ket-luan", "ket_luan": "lua-dao", "thu_doan": "dien-luc-evn", "bao": "1"}
    await desk.post(site, f"{PATH}/{case.id}/viec", **form)
    async with site.around.database.reading() as session:
        told = (await session.scalars(select(OutboxReply).where(OutboxReply.key.startswith("decision:")))).all()
    assert {row.recipient for row in told} == asked
    assert "2 người" in (await site.client.get(f"{PATH}/{case.id}")).text


async def test_a_page_hears_of_a_decision_with_its_next_answer(site: Site) -> None:
    message = "Ban da trung thuong xe may SH vui long dong phi nhan qua qua so tai khoan trong hom nay nhe ban oi"
    await site.say(message)
    page = dict(site.client.cookies)
    async with site.around.database.reading() as session:
        (asked,) = await desk.checks_saying(session, "trung thuong")
    await desk.report(site.around, asked.sender, message, level="none")
    await desk.sign_in(site, "operator")
    case = await one(site)
    form = {"viec": "ket-luan", "ket_luan": "lua-dao", "thu_doan": "dien-luc-evn", "bao": "1"}
    await desk.post(site, f"{PATH}/{case.id}/viec", **form)
    site.client.cookies.clear()
    site.client.cookies.update(page)
    said = [reply["text"] for reply in (await site.say("chào em")).json()["replies"]]
    assert "Xin đính chính" in said[0]
    assert len(said) > 1
    assert "Xin đính chính" not in str((await site.say("chào em")).json())


async def test_a_case_is_given_only_to_who_works_cases(site: Site) -> None:
    await desk.report(site.around, "an")
    auditor = await desk.sign_in(site, "auditor", name="kiem-tra")
    await desk.sign_in(site, "lead_operator")
    case = await one(site)
    page = (await site.client.get(f"{PATH}/{case.id}")).text
    assert f'<option value="{auditor}"' not in page
    for path, more in ((f"{PATH}/{case.id}/truong-ca", {}), (f"{PATH}/hang-loat", {f"vu-{case.id}": "1"})):
        assert (await desk.post(site, path, viec="giao", cho=auditor, **more)).status_code == 400


async def test_a_bulk_act_that_one_case_refuses_changes_none_and_names_it(site: Site) -> None:
    for sender in ("an", "binh"):
        await desk.report(site.around, sender)
    await desk.sign_in(site, "lead_operator")
    first, second = await desk.all_cases(site.around)
    await desk.post(site, f"{PATH}/{second.id}/viec", viec="dong")
    chosen = {f"vu-{case.id}": "1" for case in (first, second)}
    refused = await desk.post(site, f"{PATH}/hang-loat", viec="dong", **chosen)
    assert refused.status_code == 409
    assert f"Vụ {second.code}" in refused.text
    assert {case.status for case in await desk.all_cases(site.around)} == {"new", "closed"}


async def test_what_was_done_is_said_and_a_refusal_leads_back(site: Site) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    path = f"{PATH}/{(await one(site)).id}"
    done = await desk.post(site, f"{path}/viec", viec="nhan")
    assert "Đã nhận vụ." in (await site.client.get(done.headers["location"])).text
    site.client.headers["referer"] = f"http://test{path}"
    assert f'href="{path}"' in (await desk.post(site, f"{path}/xem", ly_do="ít")).text
    site.client.headers["referer"] = 'http://test/can-bo/x"><script>alert(1)</script>'
    assert "<script>alert" not in (await desk.post(site, f"{path}/xem", ly_do="ít")).text
    site.client.headers["referer"] = "https://evil.vn/can-bo/vu-viec"
    assert "Quay lại trang trước" not in (await desk.post(site, f"{path}/xem", ly_do="ít")).text


async def test_a_receipt_or_a_part_of_a_code_finds_the_case_and_its_report(site: Site) -> None:
    report = await desk.report(site.around, "an")
    await desk.cry(site.around, "binh", "paid")
    await desk.sign_in(site, "operator")
    case = next(c for c in await desk.all_cases(site.around) if c.code.startswith("ZOA"))
    for typed in (report.code, f" {report.code.lower()} ", "zoa-2026", "ZOA-2026-000001"):
        found = (await site.client.get(PATH, params={"tim": typed})).text
        assert case.code in found
        assert "TLG-2026-000001" not in found
        listed = (await site.client.get("/can-bo/phan-anh", params={"tim": typed})).text
        assert f"/can-bo/phan-anh/{report.id}" in listed
    both = (await site.client.get(PATH, params={"tim": "000001"})).text
    assert case.code in both
    assert "TLG-2026-000001" in both
    assert case.code not in (await site.client.get(PATH, params={"tim": "000002"})).text


async def test_a_case_and_its_report_lead_to_each_other(site: Site) -> None:
    report = await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    case = await one(site)
    page = (await site.client.get(f"{PATH}/{case.id}")).text
    assert f'<a href="/can-bo/phan-anh/{report.id}"><code>{report.code}</code></a>' in page
    shown = (await site.client.get(f"/can-bo/phan-anh/{report.id}")).text
    assert f'<a href="{PATH}/{case.id}">{case.code}</a>' in shown


def forms(page: str) -> list[str]:
    return [part.split("</form>")[0] for part in page.split("<form ")[1:]]


async def test_enter_in_a_box_never_does_another_act(site: Site) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, "lead_operator")
    page = (await site.client.get(f"{PATH}/{(await one(site)).id}")).text
    (merging,) = [form for form in forms(page) if 'name="vao"' in form]
    assert 'value="nhap"' in merging
    assert 'value="giao"' not in merging
    (many,) = [form for form in forms((await site.client.get(PATH)).text) if 'id="hang-loat"' in form]
    assert many[many.index("<button") :].startswith("<button hidden disabled>")


@pytest.mark.parametrize(
    ("level", "decision", "words"),
    [
        ("scam", "khong", "không phải lừa đảo (máy báo sai)"),
        ("scam", "lua-dao", "lừa đảo (máy báo đúng)"),
        ("none", "lua-dao", "lừa đảo (máy không báo)"),
    ],
)
async def test_a_conclusion_is_what_the_person_said(site: Site, level: str, decision: str, words: str) -> None:
    await desk.report(site.around, "an", level=level)
    await desk.sign_in(site, "operator")
    path = f"{PATH}/{(await one(site)).id}"
    await desk.post(site, f"{path}/viec", viec="ket-luan", ket_luan=decision)
    assert f"Đã kết luận: {words}" in (await site.client.get(path)).text
    assert words in (await site.client.get(PATH, params={"trang-thai": "all"})).text


async def test_a_refusal_speaks_to_an_officer(site: Site) -> None:
    await desk.report(site.around, "an")
    await desk.sign_in(site, "operator")
    refused = await desk.post(site, f"{PATH}/{(await one(site)).id}/viec", viec="ghi-chu", ghi=" ")
    assert refused.status_code == 400
    assert "Đồng chí kiểm tra lại" in refused.text
    assert "Bạn thử lại" not in refused.text
