"""From a campaign that no method explains straight into the curators' editor."""

from __future__ import annotations

import tomllib
from html import unescape

from sqlalchemy import select

from api.curation import rows
from api.models import Campaign, CatalogueRevision
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.api.console.staff import hire_and_enter, post
from tests.api.curation.desk import small

PRIZE = 'Chúc mừng {name} đã trúng thưởng xe máy SH, vui lòng đóng phí nhận quà vào tài khoản 19034567890123 trong "hôm nay"\\'


async def wave(site: Site) -> str:
    """Four people ask about the same message; gives the address of its campaign."""
    await rows.ensure_imported(site.around.database, site.around.clock(), small())
    for number in range(4):
        await desk.ask(site.around, f"người {number}", PRIZE.format(name=f"bạn {number}"))
    async with site.around.database.reading() as session:
        return f"/can-bo/chien-dich/{(await session.scalars(select(Campaign))).one().id}"


async def test_a_curator_begins_a_method_with_one_click(site: Site) -> None:
    where = await wave(site)
    csrf = await hire_and_enter(site, "curator")
    page = unescape((await site.client.get(where)).text)
    assert "Soạn thành thủ đoạn mới" in page
    name = page.split('id="ten"')[1].split('value="')[1].split('"')[0]
    begun = await post(site, f"{where}/soan", csrf, ten=name)
    assert begun.status_code == 303
    form = unescape((await site.client.get(begun.headers["location"])).text)
    assert "trúng thưởng xe máy SH" in form
    assert "19034567890123" not in form
    number = int(begun.headers["location"].split("/")[3])
    async with site.around.database.reading() as session:
        row = await session.get_one(CatalogueRevision, number)
    data = tomllib.loads(row.body)
    assert data["name"] == name
    assert data["signals"]["usual"]
    assert data["examples"][0]["text"].endswith('"hôm nay"\\')
    shown = unescape((await site.client.get(f"/can-bo/ban-nhap/{number}")).text)
    assert "4 lượt hỏi của 4 người" in shown
    again = await post(site, f"{where}/soan", csrf, ten=name)
    assert again.status_code == 409


async def test_what_a_method_explains_is_not_drafted_anew(site: Site) -> None:
    where = await wave(site)
    async with site.around.database.writing() as session:
        (await session.scalars(select(Campaign))).one().method = "dien-luc-evn"
    await hire_and_enter(site, "curator")
    assert "Soạn thành thủ đoạn mới" not in (await site.client.get(where)).text


async def test_a_name_of_signs_only_is_refused_and_an_operator_drafts_nothing(site: Site) -> None:
    where = await wave(site)
    assert (await post(site, f"{where}/soan", await hire_and_enter(site, "curator"), ten="??!")).status_code == 400
    csrf = await hire_and_enter(site, "operator")
    assert "Soạn thành thủ đoạn mới" not in (await site.client.get(where)).text
    assert (await post(site, f"{where}/soan", csrf, ten="Trúng thưởng giả")).status_code == 403
