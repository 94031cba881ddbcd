"""The dashboard: true percentiles, nobody recognisable, and only for whom it is meant."""

from __future__ import annotations

import pytest

from api.casework import figures
from api.casework.cases import Acting, decide, get
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.fakes import FakeClock


@pytest.mark.parametrize(
    ("seconds", "median", "p90"),
    [([5.0], 5.0, 5.0), ([1.0, 3.0], 2.0, 3.0), (list(range(1, 11)), 5.5, 9), (list(range(1, 101)), 50.5, 90)],
)
def test_true_percentiles(seconds: list[float], median: float, p90: float) -> None:
    found = figures.times(seconds)
    assert (found.median, found.p90) == (median, p90)


def test_nothing_measured_is_said_so() -> None:
    assert figures.times([]) == figures.Times(0, None, None)


def test_no_cell_under_five() -> None:
    rows = figures.bars([("a", 12), ("b", 4), ("c", 1), (None, 6)])
    assert [(row.key, row.shown) for row in rows] == [("a", "12"), ("", "6"), ("*", "5")]
    assert [row.shown for row in figures.bars([("b", 2)])] == ["<5"]
    assert figures.bars([]) == []


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
