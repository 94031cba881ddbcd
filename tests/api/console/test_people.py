"""Accounts: one-time passwords, second factor, sessions, and what nobody may do to themselves."""

from __future__ import annotations

import re

import httpx
import pytest
from sqlalchemy import select

from api.access import accounts, audit, passwords, people, sessions
from api.access.permissions import Role
from api.access.sessions import FRESH, PENDING
from api.errors import Refusal
from api.models import AuditRow, StaffAccount, StaffSession
from api.surroundings import Surroundings
from tests.api.conftest import Site
from tests.api.console.staff import enter, hire, hire_and_enter, post, set_up_second_factor
from tests.fakes import FakeClock

GOOD = "con mèo nhà tôi thích nằm nắng"


async def login(site: Site, name: str, password: str) -> httpx.Response:
    return await site.client.post("/can-bo/dang-nhap", data={"name": name, "password": password})


async def token(site: Site) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', (await site.client.get("/can-bo/mat-khau")).text)
    assert found is not None
    return found[1]


async def account(around: Surroundings, name: str) -> StaffAccount:
    return await people.named(around, name)


async def recorded(around: Surroundings) -> list[str]:
    async with around.database.reading() as session:
        return list((await session.scalars(select(AuditRow.act).order_by(AuditRow.seq))).all())


async def test_an_administrator_adds_a_person_who_must_change_the_password(site: Site) -> None:
    csrf = await hire_and_enter(site, "administrator", name="quan.tri")
    given = await post(
        site, "/can-bo/tai-khoan", csrf, name=" Nguyen.Van.A ", full_name="Nguyễn Văn A", role=["operator", "curator"]
    )
    assert given.status_code == 200
    found = re.search(r'class="once"><code>([^<]+)<', given.text)
    assert found is not None
    password = found[1]
    assert password not in (await site.client.get("/can-bo/tai-khoan")).text
    site.client.cookies.clear()

    entered = await login(site, "nguyen.van.a", password)
    assert entered.headers["location"] == "/can-bo/mat-khau"
    refused = await site.client.get("/can-bo/phan-anh")
    assert refused.headers["location"] == "/can-bo/mat-khau"
    csrf = await token(site)
    same = await post(site, "/can-bo/mat-khau", csrf, old=password, new=password, again=password)
    assert same.status_code == 400
    changed = await post(site, "/can-bo/mat-khau", csrf, old=password, new=GOOD, again=GOOD)
    assert changed.status_code == 303
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 200
    assert {"account.add", "session.open", "account.password"} <= set(await recorded(site.around))


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "ab", "role": "operator"},
        {"name": "Nguyễn", "role": "operator"},
        {"name": "có dấu cách", "role": "operator"},
        {"name": "quan.tri", "role": "operator"},
        {"name": "moi.toanh"},
        {"name": "moi.toanh", "role": "root"},
        {"name": "moi.toanh", "role": ["auditor", "administrator"]},
    ],
)
async def test_what_cannot_be_added(site: Site, fields: dict[str, str]) -> None:
    csrf = await hire_and_enter(site, "administrator", name="quan.tri")
    refused = await post(site, "/can-bo/tai-khoan", csrf, **fields)
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text
    assert len(await people.everybody(site.around)) == 1


@pytest.mark.parametrize(
    "bad",
    [
        "ngắn quá",
        "a" * 15,
        "abcabcabcabcabc",
        "123456789012345",
        "0987654321098765",
        "matkhau123456789",
        "Mật Khẩu 123456!!",
        "PasswordPassword1",
        "congan2026congan2026",
        "can-bo.a là tên tôi",
        "x" * 201,
        "abcdefghijklmnopq",
    ],
)
def test_passwords_that_are_refused(bad: str) -> None:
    with pytest.raises(Refusal):
        passwords.check(bad, "can-bo.a")


@pytest.mark.parametrize("good", [GOOD, "xe đạp 3 bánh màu xanh", "9Tz!k2#vQm7@pLw4", "mật khẩu của tôi là bông hoa"])
def test_passwords_that_are_accepted(good: str) -> None:
    passwords.check(good, "can-bo.a")


async def test_nobody_changes_their_own_roles_or_shuts_themselves(site: Site) -> None:
    me = await hire(site.around, "quan.tri", "administrator")
    await hire(site.around, "quan.tri.hai", "administrator")
    csrf = await enter(site, me)
    for path, fields in (
        ("vai-tro", {"role": ["administrator", "operator"]}),
        ("khoa", {"reason": "thử"}),
        ("cap-lai", {}),
        ("dang-nhap-chung", {"subject": "x"}),
    ):
        refused = await post(site, f"/can-bo/tai-khoan/{me.id}/{path}", csrf, **fields)
        assert refused.status_code == 400, path
    assert (await account(site.around, "quan.tri")).roles == ["administrator"]
    renamed = await post(site, f"/can-bo/tai-khoan/{me.id}/vai-tro", csrf, role="administrator", full_name="Trần B")
    assert renamed.status_code == 303
    assert (await account(site.around, "quan.tri")).full_name == "Trần B"


async def test_the_last_administrator_stays(around: Surroundings) -> None:
    last = await hire(around, "quan.tri", "administrator")
    for attempt in (
        people.disable(around, "terminal", last.id),
        people.change(around, "terminal", last.id, "", ["operator"]),
    ):
        with pytest.raises(Refusal, match="cuối cùng"):
            await attempt
    other = await hire(around, "quan.tri.hai", "administrator")
    await people.disable(around, "terminal", last.id)
    with pytest.raises(Refusal, match="cuối cùng"):  # the shut one does not count
        await people.disable(around, "terminal", other.id)


@pytest.mark.parametrize(
    ("path", "fields"),
    [("vai-tro", {"role": "curator"}), ("khoa", {"reason": "chuyển công tác"}), ("cap-lai", {})],
)
async def test_other_roles_shutting_and_a_new_password_end_every_session(
    site: Site, path: str, fields: dict[str, str]
) -> None:
    officer = await hire(site.around, "can.bo", "operator")
    await enter(site, officer)
    theirs = dict(site.client.cookies)
    csrf = await hire_and_enter(site, "administrator", name="quan.tri")
    assert (await post(site, f"/can-bo/tai-khoan/{officer.id}/{path}", csrf, **fields)).status_code in {200, 303}
    site.client.cookies.clear()
    site.client.cookies.update(theirs)
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 401


async def test_a_shut_account_cannot_sign_in_until_it_is_opened(site: Site) -> None:
    await hire(site.around, "quan.tri", "administrator")
    officer, password = await people.add(site.around, "terminal", "can.bo", "", ["operator"])
    await people.disable(site.around, "terminal", officer)
    assert (await login(site, "can.bo", password)).status_code == 401
    await people.enable(site.around, "terminal", officer)
    assert (await login(site, "can.bo", password)).status_code == 303


async def test_three_sessions_and_no_more(around: Surroundings) -> None:
    officer = await hire(around, "can.bo", "operator")
    opened = [await sessions.open_for(around, officer) for _ in range(5)]
    living = [session_id for session_id in opened if await sessions.find(around, session_id)]
    assert len(living) == 3
    assert opened[-1] in living
    assert len(await sessions.of_account(around, officer.id)) == 3


async def test_one_ends_ones_other_sessions_but_not_anothers(site: Site) -> None:
    officer, other = await hire(site.around, "can.bo", "operator"), await hire(site.around, "khac", "operator")
    await sessions.open_for(site.around, officer, device="Chrome trên Windows")
    await sessions.open_for(site.around, other)
    csrf = await enter(site, officer)
    page = (await site.client.get("/can-bo/toi")).text
    assert "Chrome trên Windows" in page
    foreign = (await sessions.of_account(site.around, other.id))[0]
    await post(site, "/can-bo/toi/phien", csrf, phien=foreign.id_hash)
    assert len(await sessions.of_account(site.around, other.id)) == 1
    mine = re.search(r'name="phien" value="([0-9a-f]{64})"', page)
    assert mine is not None
    await post(site, "/can-bo/toi/phien", csrf, phien=mine[1])
    assert len(await sessions.of_account(site.around, officer.id)) == 1
    assert (await site.client.get("/can-bo/toi")).status_code == 200


async def test_signing_in_with_a_second_factor(site: Site, clock: FakeClock) -> None:
    account_id, password = await people.add(site.around, "terminal", "can.bo", "", ["operator"])
    async with site.around.database.writing() as session:
        (await session.get_one(StaffAccount, account_id)).must_change = False
    csrf = await enter(site, await people.one(site.around, account_id))
    phone, spare = await set_up_second_factor(site, csrf)
    assert len(set(spare)) == 10
    site.client.cookies.clear()
    clock.move(60)

    assert (await login(site, "can.bo", password)).headers["location"] == "/can-bo/ma"
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 401
    wrong = await site.client.post("/can-bo/ma", data={"ma_xac_thuc": "000000"})
    assert wrong.status_code == 401
    before = site.client.cookies["staff"]
    code = phone.at(clock())
    assert (await site.client.post("/can-bo/ma", data={"ma_xac_thuc": f" {code[:3]} {code[3:]} "})).status_code == 303
    assert site.client.cookies["staff"] != before
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 200

    site.client.cookies.clear()
    await login(site, "can.bo", password)
    again = await site.client.post("/can-bo/ma", data={"ma_xac_thuc": code})
    assert again.status_code == 401, "a code works once"
    assert (await site.client.post("/can-bo/ma", data={"ma_xac_thuc": spare[0].lower()})).status_code == 303
    site.client.cookies.clear()
    await login(site, "can.bo", password)
    assert (await site.client.post("/can-bo/ma", data={"ma_xac_thuc": spare[0]})).status_code == 401
    stored = (await people.one(site.around, account_id)).recovery_codes
    assert len(stored) == 9
    assert not {code.replace("-", "") for code in spare} & set(stored)


async def test_a_code_used_at_another_try_is_refused_and_neighbours_in_time_are_taken_once(
    site: Site, clock: FakeClock
) -> None:
    officer = await hire(site.around, "can.bo", "operator")
    csrf = await enter(site, officer)
    phone, _ = await set_up_second_factor(site, csrf)
    for shift, status in ((-30, 401), (30, 303), (0, 401), (90, 401)):
        site.client.cookies.clear()
        pending = await sessions.open_for(site.around, officer, pending=True)
        site.client.cookies.set("staff", pending)
        code = phone.at(int(clock().timestamp()) + shift)
        assert (await site.client.post("/can-bo/ma", data={"ma_xac_thuc": code})).status_code == status, shift


async def test_the_sixth_wrong_code_waits_and_a_pending_session_ends(site: Site, clock: FakeClock) -> None:
    officer = await hire(site.around, "can.bo", "operator")
    csrf = await enter(site, officer)
    phone, _ = await set_up_second_factor(site, csrf)
    clock.move(300 - clock().timestamp() % 300 + 1)  # the start of a window
    site.client.cookies.set("staff", await sessions.open_for(site.around, officer, pending=True))
    for _ in range(5):
        assert (await site.client.post("/can-bo/ma", data={"ma_xac_thuc": "123"})).status_code == 401
    locked = await site.client.post("/can-bo/ma", data={"ma_xac_thuc": phone.at(clock())})
    assert locked.status_code == 429
    assert "chờ 5 phút" in locked.text
    clock.move(PENDING.total_seconds() + 1)
    assert (await site.client.post("/can-bo/ma", data={"ma_xac_thuc": phone.at(clock())})).status_code == 401


async def test_an_act_that_gives_rights_asks_for_the_code_and_keeps_the_form(site: Site, clock: FakeClock) -> None:
    csrf = await hire_and_enter(site, "administrator", name="quan.tri")
    phone, _ = await set_up_second_factor(site, csrf)
    form = {"name": "moi.toanh", "full_name": 'Lê "C" <b>', "role": ["operator", "curator"]}
    clock.move(FRESH.total_seconds() + 1)
    asked = await post(site, "/can-bo/tai-khoan", csrf, **form)
    assert asked.status_code == 403
    assert 'value="Lê &#34;C&#34; &lt;b&gt;"' in asked.text
    assert asked.text.count('name="role"') == 2
    assert len(await people.everybody(site.around)) == 1
    wrong = await post(site, "/can-bo/tai-khoan", csrf, **form, ma_xac_thuc="000000")
    assert wrong.status_code == 403
    done = await post(site, "/can-bo/tai-khoan", csrf, **form, ma_xac_thuc=phone.at(clock()))
    assert done.status_code == 200
    assert (await account(site.around, "moi.toanh")).roles == ["operator", "curator"]
    clock.move(FRESH.total_seconds() - 1)
    assert (await post(site, "/can-bo/tai-khoan", csrf, name="nua", role="operator")).status_code == 200


async def test_a_page_that_asks_for_the_code_is_reached_afterwards(site: Site, clock: FakeClock) -> None:
    csrf = await hire_and_enter(site, "auditor")
    phone, _ = await set_up_second_factor(site, csrf)
    clock.move(FRESH.total_seconds() + 1)
    asked = await site.client.get("/can-bo/nhat-ky/xuat.csv?ai=x")
    assert asked.status_code == 403
    assert 'value="/can-bo/nhat-ky/xuat.csv?ai=x"' in asked.text
    fields = {"tiep": "/can-bo/nhat-ky/xuat.csv?ai=x", "ma_xac_thuc": phone.at(clock())}
    assert (await post(site, "/can-bo/xac-nhan", csrf, **fields)).headers["location"] == fields["tiep"]
    assert (await site.client.get(fields["tiep"])).status_code == 200
    for elsewhere in ("https://evil.vn/can-bo", "//evil.vn/can-bo", "/\\evil.vn", "/can-bo\\..\\x", "javascript:1", ""):
        clock.move(31)
        sent = await post(site, "/can-bo/xac-nhan", csrf, tiep=elsewhere)
        assert sent.headers["location"] == "/can-bo", elsewhere


async def test_where_the_unit_demands_it_nobody_works_without(site: Site) -> None:
    site.around.settings = site.around.settings.model_copy(update={"require_second_factor": True})
    csrf = await hire_and_enter(site, "operator")
    refused = await site.client.get("/can-bo/phan-anh")
    assert refused.headers["location"] == "/can-bo/toi/hai-lop"
    await set_up_second_factor(site, csrf)
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 200


async def test_the_secret_is_sealed_and_shown_only_while_it_is_set_up(site: Site) -> None:
    officer = await hire(site.around, "can.bo", "operator")
    csrf = await enter(site, officer)
    assert (await site.client.get("/can-bo/toi/hai-lop/ma.svg")).headers["content-type"] == "image/svg+xml"
    phone, _ = await set_up_second_factor(site, csrf)
    stored = (await people.one(site.around, officer.id)).totp_secret
    assert stored is not None
    assert phone.secret.encode() not in stored
    assert (await site.client.get("/can-bo/toi/hai-lop/ma.svg")).status_code == 400
    assert (await site.client.get("/can-bo/toi/hai-lop")).status_code == 303


async def test_a_lost_phone_is_cleared_by_an_administrator(site: Site) -> None:
    officer = await hire(site.around, "can.bo", "operator")
    await set_up_second_factor(site, await enter(site, officer))
    csrf = await hire_and_enter(site, "administrator", name="quan.tri")
    given = await post(site, f"/can-bo/tai-khoan/{officer.id}/cap-lai", csrf, second="1")
    found = re.search(r'class="once"><code>([^<]+)<', given.text)
    assert found is not None
    site.client.cookies.clear()
    assert (await login(site, "can.bo", found[1])).headers["location"] == "/can-bo/mat-khau"


async def test_the_lock_out_names_the_wait(site: Site) -> None:
    await people.add(site.around, "terminal", "can.bo", "", ["operator"])
    for _ in range(10):
        await login(site, "can.bo", "sai")
    assert re.search(r"chờ \d phút", (await login(site, "can.bo", "sai")).text)


async def test_the_first_account_at_home_and_in_production(around: Surroundings) -> None:
    assert await accounts.ensure_first(around) is not None
    first = await account(around, accounts.FIRST)
    assert set(first.roles) == {Role.ADMINISTRATOR, Role.LEAD, Role.CURATOR}
    assert await accounts.ensure_first(around) is None
    async with around.database.writing() as session:
        await session.delete(await session.get_one(StaffAccount, first.id))
    around.settings = around.settings.model_copy(update={"environment": "production"})
    assert await accounts.ensure_first(around) is not None
    first = await account(around, accounts.FIRST)
    assert first.roles == [Role.ADMINISTRATOR]
    assert first.must_change


async def test_pending_sessions_do_not_push_out_working_ones(around: Surroundings) -> None:
    officer = await hire(around, "can.bo", "operator")
    working = await sessions.open_for(around, officer)
    for _ in range(5):
        await sessions.open_for(around, officer, pending=True)
    assert await sessions.find(around, working) is not None
    async with around.database.reading() as session:
        assert len((await session.scalars(select(StaffSession))).all()) == 4


def test_what_is_searched_for_goes_into_the_log_with_its_numbers_hidden() -> None:
    assert audit.asked({"tim": "0905123318", "muc": ""}) == {"tim": "0905•••318"}
