"""The desk: nothing without signing in, forms only from ourselves, lists that find what was reported."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select

from api.access import accounts
from api.access.sessions import IDLE
from api.models import StaffSession
from tests.api.conftest import Site
from tests.fakes import SCAM, FakeClock


async def sign_in(site: Site) -> str:
    password = await accounts.ensure_first(site.around)
    assert password is not None
    response = await login(site, "truc-ban", password)
    assert response.status_code == 303
    return password


async def login(site: Site, name: str, password: str) -> httpx.Response:
    return await site.client.post("/can-bo/dang-nhap", data={"name": name, "password": password})


async def token(site: Site) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', (await site.client.get("/can-bo/mat-khau")).text)
    assert found is not None
    return found[1]


async def test_signing_in_shows_reports_and_checks(site: Site) -> None:
    answer = (await site.say(SCAM)).json()
    report = next(b["tap"] for b in answer["replies"][0]["buttons"] if b["tap"].endswith("/report"))
    answer = (await site.client.post("/api/web/messages", json={"tap": report})).json()
    send = next(b["tap"] for b in answer["replies"][-1]["buttons"] if b["tap"].endswith("/send"))
    await site.client.post("/api/web/messages", json={"tap": send})
    await sign_in(site)
    page = (await site.client.get("/can-bo/phan-anh")).text
    assert "Giả điện lực dọa cắt điện" in page
    assert "0905123318" not in page
    detail = re.search(r"/can-bo/phan-anh/[0-9a-f]{32}", page)
    assert detail is not None
    shown = (await site.client.get(detail[0])).text
    assert '<mark title="dọa cắt điện">cat dien</mark>' in shown
    assert "fake00000001" in shown


async def test_filters_find_with_and_without_diacritics_and_take_percent_as_itself(site: Site) -> None:
    await site.say("Nhà bạn sắp bị cat dien, giảm 100% phí")
    await site.say("xin chào")
    await sign_in(site)

    async def total(**asked: str) -> int:
        found = re.search(r"<small>(\d+)", (await site.client.get("/can-bo/luot-hoi", params=asked)).text)
        assert found is not None
        return int(found[1])

    assert await total() == 2
    assert await total(tim="nhà bạn") == await total(tim="nha ban") == 1
    assert await total(tim="100%") == 1
    assert await total(tim="1_0") == await total(tim="%%%") == 0
    assert await total(muc="scam") == 1
    assert await total(muc="' OR 1=1 --") == 2
    assert await total(**{"thu-doan": "dien-luc-evn"}) == 1
    assert await total(tu="2026-11-24", den="2026-11-24") == 2
    assert await total(tu="2026-11-25") == 0
    assert await total(tu="không phải ngày", trang="99999999999") == 2
    assert await total(tim="\0';--") == 0


async def test_a_wrong_name_and_a_wrong_password_look_alike(site: Site) -> None:
    await accounts.ensure_first(site.around)
    known, unknown = await login(site, "truc-ban", "sai"), await login(site, "ai-do", "sai")
    assert known.status_code == unknown.status_code == 401
    assert known.text == unknown.text


async def test_ten_failures_lock_the_name_for_a_while(site: Site, clock: FakeClock) -> None:
    password = await accounts.ensure_first(site.around)
    assert password is not None
    for _ in range(10):
        assert (await login(site, "truc-ban", "sai")).status_code == 401
    locked = await login(site, "truc-ban", password)
    assert locked.status_code == 429
    assert "phút" in locked.text
    clock.move(301)
    assert (await login(site, "truc-ban", password)).status_code == 303


@pytest.mark.parametrize(
    ("headers", "form"),
    [
        ({"Origin": "http://test"}, {}),
        ({"Origin": "http://test"}, {"csrf": "0" * 64}),
        ({"Origin": "http://test"}, {"csrf": "không"}),
        ({"Origin": "https://evil.vn"}, {"csrf": "right"}),
        ({}, {"csrf": "right"}),
    ],
)
async def test_a_form_that_is_not_ours_is_refused(site: Site, headers: dict[str, str], form: dict[str, str]) -> None:
    await sign_in(site)
    right = await token(site)
    del site.client.headers["origin"]
    given = {key: value.replace("right", right) for key, value in form.items()}
    for path in ("/can-bo/dang-xuat", "/can-bo/mat-khau"):
        assert (await site.client.post(path, data=given, headers=headers)).status_code == 403
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 200


async def test_signing_out_ends_the_session_for_good(site: Site) -> None:
    await sign_in(site)
    cookie = site.client.cookies["staff"]
    await site.client.post("/can-bo/dang-xuat", data={"csrf": await token(site)})
    site.client.cookies.set("staff", cookie)
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 401


async def test_an_idle_session_ends_and_ids_are_hashed(site: Site, clock: FakeClock) -> None:
    await sign_in(site)
    async with site.around.database.reading() as session:
        row = (await session.scalars(select(StaffSession))).one()
    assert site.client.cookies["staff"] not in row.id_hash
    clock.move(IDLE.total_seconds() - 5)
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 200
    clock.move(IDLE.total_seconds() + 5)
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 401


async def test_a_new_sign_in_is_a_new_session(site: Site) -> None:
    password = await sign_in(site)
    first = site.client.cookies["staff"]
    await login(site, "truc-ban", password)
    assert site.client.cookies["staff"] != first


async def test_changing_the_password_ends_every_session(site: Site) -> None:
    password = await sign_in(site)
    old = site.client.cookies["staff"]
    new = "một câu dài dễ nhớ của tôi"
    form = {"csrf": await token(site), "old": password, "new": new, "again": new}
    short = await site.client.post("/can-bo/mat-khau", data=form | {"new": "ngắn", "again": "ngắn"})
    assert short.status_code == 400
    assert (await site.client.post("/can-bo/mat-khau", data=form)).status_code == 303
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 200
    site.client.cookies.clear()
    site.client.cookies.set("staff", old)
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 401
    assert (await login(site, "truc-ban", new)).status_code == 303


@pytest.mark.parametrize("announced", [True, False])
async def test_what_is_too_long_for_the_desk_is_refused_in_words_for_officers(site: Site, announced: bool) -> None:
    async def in_parts() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 10_000

    body = b"x" * 400_000 if announced else in_parts()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    refused = await site.client.post("/can-bo/dang-nhap", content=body, headers=form)
    assert refused.status_code == 413
    assert "Đồng chí rút ngắn" in refused.text
    citizen = await site.client.post("/api/web/messages", content=b"x" * 400_000)
    assert citizen.json()["error"].startswith("Nội dung dài quá. Bạn")
