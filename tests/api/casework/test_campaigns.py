"""Campaigns: the same message with other numbers is one, another message is not, and a new method is raised."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from api.casework import campaigns, likeness
from api.models import Campaign
from api.surroundings import Surroundings
from knowledge.text import fold
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.fakes import FakeClock

PRIZE = "Chúc mừng {name} đã trúng thưởng xe máy SH, vui lòng đóng phí nhận quà vào tài khoản {account} trong hôm nay"
PARCEL = (
    "Bưu điện báo bạn có bưu kiện bị giữ ở kho, đóng phí lưu kho vào tài khoản {account} trước 17 giờ chiều nay nhé"
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (PRIZE.format(name="chị Hoa", account="190345678"), PRIZE.format(name="anh Nam", account="8887776665"), True),
        (PRIZE.format(name="chị Hoa", account="1"), PRIZE.format(name="chị Hoa", account="1") + " nhé", True),
        (PRIZE.format(name="chị Hoa", account="1"), PARCEL.format(account="1"), False),
    ],
)
def test_likeness(one: str, other: str, same: bool) -> None:
    one, other = fold(one), fold(other)
    assert likeness.alike(one, other) is same
    assert bool(set(zip(range(4), likeness.bands(one), strict=True)) & set(enumerate(likeness.bands(other)))) is same


def test_what_is_short_has_no_likeness() -> None:
    assert likeness.bands("chao ban nhe") == ()


async def ask_many(around: Surroundings, people: int) -> None:
    for number in range(people):
        await desk.ask(around, f"người {number}", PRIZE.format(name=f"bạn {number}", account="19034567890123"))
        await desk.ask(around, f"người {number}", PARCEL.format(account=f"8887776{number}55"))


async def test_people_with_the_same_message_are_one_campaign(around: Surroundings, clock: FakeClock) -> None:
    await ask_many(around, 4)
    await desk.ask(around, "người 0", PRIZE.format(name="bạn 0", account="19034567890123"))
    await desk.ask(
        around, "một mình", "đây là một tin nhắn riêng lẻ chẳng giống ai cả, chỉ hỏi một lần cho biết thôi nhé"
    )
    async with around.database.reading() as session:
        found = (await session.scalars(select(Campaign).order_by(Campaign.size.desc()))).all()
        assert [(row.size, row.reach) for row in found] == [(5, 4), (4, 4)]
        known = await campaigns.known(session, found[0], clock())
        assert known.growing
        assert "trúng thưởng" in known.terms or "chúc mừng" in known.terms
        assert [indicator.kind for indicator, _ in known.shared] == ["account"]
        assert await campaigns.count_new(session, clock()) == 2
    clock.move(8 * 86400)
    async with around.database.reading() as session:
        assert await campaigns.count_new(session, clock()) == 0


async def test_a_wave_that_is_followed_at_once_counts_like_one_that_trickles(around: Surroundings) -> None:
    def texts(numbers: range) -> list[tuple[str, str]]:
        return [(f"người {n}", PRIZE.format(name=f"bạn {n}", account=f"1903456789{n}")) for n in numbers]

    for sender, text in texts(range(2)):
        await desk.ask(around, sender, text)
    again = [("người 0", PRIZE.format(name="bạn 0", account="1"))]
    await desk.ask_together(around, [*texts(range(2, 7)), *again, ("ai đó", PARCEL.format(account="8887776655"))])
    await desk.ask_together(around, [(f"bà {n}", PARCEL.format(account=f"888777665{n}")) for n in range(3)])
    async with around.database.reading() as session:
        found = (await session.scalars(select(Campaign).order_by(Campaign.size.desc()))).all()
    assert [(row.size, row.reach) for row in found] == [(8, 7), (4, 4)]


async def test_only_what_grows_may_be_a_new_method(around: Surroundings, clock: FakeClock) -> None:
    async def count() -> int:
        async with around.database.reading() as session:
            return await campaigns.count_new(session, clock())

    for number in range(4):
        await desk.ask(around, f"người {number}", PRIZE.format(name=f"bạn {number}", account="19034567890123"))
    assert await count() == 1
    clock.move(8 * 86400)
    for number in range(4, 8):
        assert await count() == 0
        await desk.ask(around, f"người {number}", PRIZE.format(name=f"bạn {number}", account="19034567890123"))
    assert await count() == 0
    await desk.ask(around, "người 8", PRIZE.format(name="bạn 8", account="19034567890123"))
    assert await count() == 1


async def test_a_known_method_is_no_news(around: Surroundings, clock: FakeClock) -> None:
    for number in range(4):
        await desk.ask(around, f"người {number}")
    async with around.database.reading() as session:
        assert await campaigns.count_new(session, clock()) == 0
        assert (await session.scalars(select(Campaign))).one().size == 4


async def test_the_pages_show_it(site: Site) -> None:
    await ask_many(site.around, 3)
    await desk.sign_in(site, "operator")
    page = (await site.client.get("/can-bo/chien-dich", params={"loai": "moi"})).text
    assert "Thủ đoạn mới?" in page
    assert "19034567890123" not in page
    path = page.split('href="/can-bo/chien-dich/')[1].split('"')[0]
    shown = (await site.client.get(f"/can-bo/chien-dich/{path}")).text
    assert "<svg" in shown
    assert "19034567890123" not in shown
    await desk.sign_in(site, "auditor")
    assert (await site.client.get("/can-bo/chien-dich")).status_code == 403


async def test_a_new_method_is_raised_to_the_curators_wherever_they_are(site: Site, clock: FakeClock) -> None:
    await desk.sign_in(site, "curator")
    assert 'class="alarm"' not in (await site.client.get("/can-bo/kho")).text
    await ask_many(site.around, 3)
    assert 'class="alarm"' not in (await site.client.get("/can-bo/kho")).text, "counted again on every page"
    clock.move(30)
    page = (await site.client.get("/can-bo/kho")).text
    assert 'href="/can-bo/chien-dich">Chiến dịch <b class="alarm">2<' in page
