"""To look at something is an act that is written down; what the page shows is read while others may write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select

from api.models import AuditRow, Campaign, Indicator
from api.surroundings import Surroundings
from tests.api.casework import desk
from tests.api.conftest import Site

READ_FOR_PAGES = {
    "attachments",
    "case_events",
    "case_items",
    "cases",
    "checks",
    "fingerprints",
    "indicators",
    "reports",
}
READ_FOR_PAGES |= {"sightings"}
WHY = "Đối chiếu với sao kê ngân hàng gửi"


@contextmanager
def tables_held_up(around: Surroundings) -> Iterator[set[str]]:
    """The tables that are read or written in the transactions that hold the lock to write."""
    seen: set[str] = set()

    def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if connection.get_execution_options().get("writing"):
            seen.update(re.findall(r"(?:FROM|JOIN|INTO|UPDATE) (\w+)", statement))

    event.listen(around.database.writer.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(around.database.writer.sync_engine, "before_cursor_execute", note)


async def acts(around: Surroundings) -> list[str]:
    async with around.database.reading() as session:
        return list((await session.scalars(select(AuditRow.act).order_by(AuditRow.seq))).all())


async def paths(around: Surroundings) -> dict[str, str]:
    for sender in ("an", "binh"):
        await desk.ask(around, sender)
    await desk.report(around, "an")
    (case,) = await desk.all_cases(around)
    async with around.database.reading() as session:
        campaign = (await session.scalars(select(Campaign))).one()
        indicator = (await session.scalars(select(Indicator))).first()
    assert indicator is not None
    return {
        "case": f"/can-bo/vu-viec/{case.id}",
        "campaign": f"/can-bo/chien-dich/{campaign.id}",
        "indicator": f"/can-bo/dau-hieu/{indicator.id}",
    }


@pytest.mark.parametrize(("kind", "own"), [("case", "cases"), ("campaign", "campaigns"), ("indicator", "indicators")])
async def test_a_page_is_read_after_its_act_is_written(site: Site, kind: str, own: str) -> None:
    path = (await paths(site.around))[kind]
    await desk.sign_in(site, "operator")
    with tables_held_up(site.around) as held:
        page = await site.client.get(path)
    assert page.status_code == 200
    assert own in held
    assert not held & READ_FOR_PAGES - {own}
    assert (await acts(site.around))[-1] == f"{kind}.view"


@pytest.mark.parametrize(
    ("kind", "own", "act"),
    [("case", "cases", "identity.reveal"), ("indicator", "indicators", "indicator.reveal")],
)
async def test_what_is_uncovered_is_written_down_before_it_is_shown(site: Site, kind: str, own: str, act: str) -> None:
    path = (await paths(site.around))[kind]
    await desk.sign_in(site, "operator")
    with tables_held_up(site.around) as held:
        page = await desk.post(site, f"{path}/xem", ly_do=WHY)
    assert page.status_code == 200
    assert "audit_rows" in held
    assert not held & READ_FOR_PAGES - {own}
    assert act in await acts(site.around)


async def test_a_case_that_is_not_there_leaves_no_act(site: Site) -> None:
    await desk.sign_in(site, "operator")
    before = await acts(site.around)
    assert (await site.client.get("/can-bo/vu-viec/khong-co")).status_code == 404
    assert await acts(site.around) == before
