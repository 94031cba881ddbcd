"""The dashboard: true percentiles, nobody recognisable however one reckons, and only for whom it is meant."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from api.casework import disclosure, figures
from api.casework.cases import Acting, decide, get
from api.models import Report
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.fakes import FakeClock

Show = Callable[[list[tuple[str, int]]], list[disclosure.Bar]]


@pytest.mark.parametrize(
    ("seconds", "median", "p90", "p99"),
    [
        ([5.0] * 5, 5.0, 5.0, 5.0),
        ([1.0, 1.0, 1.0, 3.0, 3.0, 3.0], 2.0, 3.0, 3.0),
        (list(range(1, 11)), 5.5, 9, 10),
        (list(range(1, 101)), 50.5, 90, 99),
    ],
)
def test_true_percentiles(seconds: list[float], median: float, p90: float, p99: float) -> None:
    found = figures.times(seconds)
    assert (found.median, found.p90, found.p99) == (median, p90, p99)


def test_too_few_measured_is_said_so() -> None:
    assert figures.times([]) == figures.Times("0", None, None, None)
    assert figures.times([1.0] * 4) == figures.Times("<5", None, None, None)


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        ([("a", 12), ("b", 4), ("c", 1), (None, 6)], [("a", "12"), ("*", "11")]),
        ([("a", 12), ("b", 7), ("c", 4), ("d", 7)], [("a", "12"), ("*", "18")]),
        ([("a", 12), ("b", 9), ("c", 2)], [("a", "12"), ("*", "11")]),
        ([("a", 12), ("b", 2)], [("*", "14")]),
        ([("b", 2)], [("*", "<5")]),
        ([("a", 1234)], [("a", "1.234")]),
        ([], []),
    ],
)
def test_no_cell_under_five(counted: list[tuple[str | None, int]], shown: list[tuple[str, str]]) -> None:
    assert [(row.key, row.shown) for row in disclosure.bars(counted)] == shown


def test_days_in_a_row_hide_the_small_one_and_one_more() -> None:
    days = [("1", 9), ("2", 0), ("3", 3), ("4", 7), ("5", 12)]
    assert [(row.key, row.shown) for row in disclosure.series(days)] == [
        ("1", "9"), ("2", "0"), ("3", "•"), ("4", "•"), ("5", "12"),
    ]  # fmt: skip


@pytest.mark.parametrize("show", [disclosure.bars, disclosure.series])
@pytest.mark.parametrize(("cells", "most"), [(2, 15), (3, 12), (4, 7)])
def test_no_hidden_cell_follows_from_the_total_and_the_others(show: Show, cells: int, most: int) -> None:
    """Tried for all small tables: what is published, with its total, fits several values of each small cell."""
    fits: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for table in itertools.product(range(most), repeat=cells):
        rows = show(list(zip("abcd", table, strict=False)))
        total = disclosure.shown(sum(table))
        fits[total, tuple((row.key, row.shown) for row in rows)].append(table)
    for tables in fits.values():
        for cell in range(cells):
            values = {table[cell] for table in tables}
            assert len(values) > 1 or not values <= set(range(1, disclosure.LEAST)), tables


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(10, 40, "25%"), (3, 40, "–"), (37, 40, "–"), (0, 40, "0%"), (1, 4, "–")]
)
def test_a_share_gives_no_small_number_away(part: int, whole: int, shown: str) -> None:
    assert disclosure.share(part, whole) == shown


async def decided(site: Site, number: int, *, level: str, scam: bool, method: str | None = "dien-luc-evn") -> None:
    for one in range(number):
        await desk.report(site.around, f"{level}{scam}{one}", level=level)
        case = next(case for case in await desk.all_cases(site.around) if case.sender == f"{level}{scam}{one}")
        async with site.around.database.writing() as session:
            acting = Acting(site.around, None, site.around.clock())
            await decide(session, acting, await get(session, case.id), scam=scam, method=method)


async def test_false_alarms_and_misses_are_counted_apart(site: Site, clock: FakeClock) -> None:
    await decided(site, 10, level="scam", scam=True)
    await decided(site, 5, level="suspicious", scam=False)
    await decided(site, 6, level="none", scam=True)
    clock.move(60)
    async with site.around.database.reading() as session:
        since, until = figures.period("tuan", site.around.clock())
        (row,) = (await figures.read(session, since, until, site.around.clock())).wrong
    assert (row.method, row.right, row.alarms, row.misses) == ("dien-luc-evn", "10", "5", "6")
    assert (row.alarm_share, row.miss_share, row.mistaken) == ("33%", "38%", "0")


async def test_communes_and_ages_are_counted_and_the_few_are_hidden(site: Site, clock: FakeClock) -> None:
    for number in range(24):
        await desk.report(site.around, f"người {number}")
    async with site.around.database.writing() as session:
        for commune, age, few in (("xã Tam Anh", "60+", 9), ("phường Hội An", "30-44", 8), ("xã Ít Người", "0-17", 2)):
            unsaid = select(Report.id).where(Report.commune.is_(None)).limit(few)
            ids = (await session.scalars(unsaid)).all()
            await session.execute(update(Report).where(Report.id.in_(ids)).values(commune=commune, age_group=age))
    clock.move(60)
    await desk.sign_in(site, "operator")
    page = (await site.client.get("/can-bo/so-lieu")).text
    for title, shown, hidden in (
        ("xã, phường", ["xã Tam Anh", "phường Hội An"], ["xã Ít Người"]),
        ("nhóm tuổi", ["60 trở lên", "30–44"], ["Dưới 18"]),
    ):
        chart = page.split(f"Phản ánh theo {title}</h2>")[1].split("</section>")[0]
        assert all(name in chart for name in shown)
        assert not any(name in chart for name in hidden)
        assert re.findall(r'class="number">([^<]+)<', chart) == ["9", "8", "7"]


async def test_a_period_from_day_to_day(site: Site, clock: FakeClock) -> None:
    for number in range(6):
        await desk.ask(site.around, f"người {number}")
    today = clock().date()
    clock.move(3 * 86400)
    await desk.sign_in(site, "operator")
    for tu, den, asked in ((today, today, "6"), (clock().date(), today, "6"), (clock().date(), clock().date(), "0")):
        page = (await site.client.get("/can-bo/so-lieu", params={"tu": str(tu), "den": str(den)})).text
        assert f"<b>{asked}</b><span>lượt hỏi" in page
    for odd in ({"tu": "hôm qua", "den": "2026-01-01"}, {"tu": "0001-01-01", "den": "9999-12-31"}, {"tu": ""}):
        assert (await site.client.get("/can-bo/so-lieu", params=odd)).status_code == 200


async def test_the_page_counts_and_hides_the_few(site: Site, clock: FakeClock) -> None:
    for number in range(6):
        await desk.ask(site.around, f"người {number}")
        await desk.report(site.around, f"người {number}")
    await desk.report(site.around, "một", situation="paid")
    clock.move(3600)
    for case in (await desk.all_cases(site.around))[:6]:
        async with site.around.database.writing() as session:
            mine = await get(session, case.id)
            await decide(session, Acting(site.around, None, clock()), mine, scam=True, method=None)
    await desk.sign_in(site, "operator")
    for period in ("hom-nay", "tuan", "thang", "nam", "gì đó"):
        page = (await site.client.get("/can-bo/so-lieu", params={"ky": period})).text
        assert "Giả điện lực dọa cắt điện" in page
        assert "60,0 phút" in page
        assert "Đã chuyển tiền" not in page
    await desk.sign_in(site, "auditor")
    assert (await site.client.get("/can-bo/so-lieu")).status_code == 403
