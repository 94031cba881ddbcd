"""Indicators: one form however written, what people must do before the public hears anything, what can never be listed."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from api.casework import indicators, listing, named, protected, rights
from api.casework.cases import Acting
from api.casework.indicators import Status
from api.casework.named import Kind
from api.casework.whose import Whose
from api.models import Indicator, IndicatorEvent, Sighting
from api.surroundings import Surroundings
from knowledge import handbook
from tests.api.casework import desk
from tests.fakes import FakeClock

ACCOUNT = "19034567890123"
PHONE = "0905123318"
REASON = "ba người chuyển tiền, có biên lai"


async def row_of(around: Surroundings, kind: Kind = Kind.ACCOUNT, value: str = ACCOUNT) -> Indicator:
    wanted = named.read(kind, value)
    assert wanted is not None
    async with around.database.reading() as session:
        found = await indicators.find(session, around, wanted)
    assert found is not None
    return found


async def word(around: Surroundings, kind: str = "account", value: str = ACCOUNT) -> str:
    return (await listing.heard(around))(kind, value)


async def propose(around: Surroundings, to: Status, who: str, reason: str = REASON, kind: Kind = Kind.ACCOUNT) -> bool:
    row = await row_of(around, kind, PHONE if kind is Kind.PHONE else ACCOUNT)
    async with around.database.writing() as session:
        acting = Acting(around, who, around.clock())
        return await indicators.propose(session, acting, await indicators.get(session, row.id), to, reason)


async def approve(around: Surroundings, who: str) -> None:
    row = await row_of(around)
    async with around.database.writing() as session:
        await indicators.approve(session, Acting(around, who, around.clock()), await indicators.get(session, row.id))


async def officers(around: Surroundings) -> tuple[str, str]:
    async with around.database.writing() as session:
        return await desk.person(session, around, "mot"), await desk.person(session, around, "hai")


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.PHONE, "+84 905.123-318", PHONE),
        (Kind.PHONE, "0084 905 123 318", PHONE),
        (Kind.PHONE, "84905123318", PHONE),
        (Kind.PHONE, "０９０５１２３３１８", PHONE),
        (Kind.PHONE, "abc", None),
        (Kind.ACCOUNT, "1903 4567 8901 23", ACCOUNT),
        (Kind.DOMAIN, "hxxps://www.dang-nhap.evn-no[.]top/abc?x=1", "evn-no.top"),
        (Kind.DOMAIN, "https://evn-no.top:8443/x", "evn-no.top"),
        (Kind.DOMAIN, "khong phai", None),
        (Kind.HANDLE, "https://t.me/Hotro_VN", "@hotro_vn"),
        (Kind.WALLET, "0x" + "aB" * 20, "0x" + "ab" * 20),
    ],
)
def test_one_form_however_written(kind: Kind, typed: str, value: str | None) -> None:
    found = named.read(kind, typed)
    assert (found.value if found else None) == value


def test_a_text_names_what_can_be_looked_up_but_not_official_pages_or_short_numbers() -> None:
    found = named.found_in("gọi 113 hoặc 0905123318, xem vietcombank.com.vn và evn-no.top, STK 19034567890123")
    assert {one.value for one in found} == {PHONE, "evn-no.top", ACCOUNT}


async def test_values_are_sealed_and_hashed(around: Surroundings) -> None:
    await desk.report(around, "an")
    row = await row_of(around)
    assert ACCOUNT not in row.masked
    assert ACCOUNT.encode() not in row.value
    assert indicators.value_of(around, row).value == ACCOUNT


async def test_reporters_are_counted_as_people(around: Surroundings) -> None:
    for sender in ("an", "an", "an", "binh"):
        await desk.report(around, sender)
    await desk.ask(around, "chi")
    row = await row_of(around)
    assert (row.reporters, row.seen) == (2, 5)


async def test_reports_alone_change_nothing(around: Surroundings) -> None:
    before = await word(around)
    for number in range(40):
        await desk.report(around, f"người {number}")
    assert await word(around) == before == ""
    assert (await row_of(around)).status == "reported"


async def test_suspected_needs_three_people_and_reasons(around: Surroundings) -> None:
    one, _ = await officers(around)
    for _ in range(5):
        await desk.report(around, "an")
    with pytest.raises(indicators.NotEnough):
        await propose(around, Status.SUSPECTED, one)
    for sender in ("binh", "chi"):
        await desk.report(around, sender)
    with pytest.raises(indicators.NoReason):
        await propose(around, Status.SUSPECTED, one, "ok")
    assert await propose(around, Status.SUSPECTED, one)
    assert await word(around) == "suspected"
    assert await word(around, "phone", PHONE) == ""


async def test_confirmed_needs_a_second_person_and_clearing_is_heard_at_once(around: Surroundings) -> None:
    one, two = await officers(around)
    for sender in ("an", "binh", "chi"):
        await desk.report(around, sender)
    with pytest.raises(indicators.WrongState):
        await propose(around, Status.CONFIRMED, one)
    await propose(around, Status.SUSPECTED, one)
    assert not await propose(around, Status.CONFIRMED, one)
    assert await word(around) == "suspected"
    with pytest.raises(indicators.SamePerson):
        await approve(around, one)
    await approve(around, two)
    assert await word(around) == "confirmed"
    assert await propose(around, Status.CLEARED, one, "chủ tài khoản bị mạo danh")
    assert await word(around) == ""
    async with around.database.reading() as session:
        written = [(e.kind, e.before, e.after) for e in (await session.scalars(select(IndicatorEvent))).all()]
    assert written == [
        ("status", "reported", "suspected"),
        ("proposed", "suspected", "confirmed"),
        ("status", "suspected", "confirmed"),
        ("status", "confirmed", "cleared"),
    ]


async def test_a_surge_is_held_until_a_second_person_agrees(around: Surroundings) -> None:
    one, two = await officers(around)
    for number in range(12):
        await desk.report(around, f"người {number}")
    assert not await propose(around, Status.SUSPECTED, one)
    assert await word(around) == ""
    await approve(around, two)
    assert await word(around) == "suspected"


async def test_the_second_person_counts_the_reporters_again(around: Surroundings) -> None:
    one, two = await officers(around)
    for sender in ("an", "binh", "chi"):
        await desk.report(around, sender)
    await propose(around, Status.SUSPECTED, one)
    await propose(around, Status.CONFIRMED, one)
    async with around.database.writing() as session:
        await rights.erase(session, around, Whose("an", "zalo_oa", around.clock()), 0)
    with pytest.raises(indicators.NotEnough):
        await approve(around, two)
    assert (await row_of(around)).status == Status.SUSPECTED
    await desk.report(around, "dung")
    await approve(around, two)
    assert await word(around) == "confirmed"


async def test_many_from_few_is_a_surge_slow_growth_is_none(around: Surroundings, clock: FakeClock) -> None:
    for number in range(15):
        clock.move(86400)
        await desk.report(around, f"người {number}")
    row = await row_of(around)
    async with around.database.reading() as session:
        assert not (await indicators.rate(session, row, around.clock())).surge
    assert indicators.Rate(day=1, month=60, people_day=1, people_month=2).surge


async def named_by(around: Surroundings, people: int, times: int) -> Indicator:
    """Reports of one account, as many as it takes to poison it."""
    await desk.report(around, "người 0")
    row, now = await row_of(around), around.clock()
    some = [
        {"indicator_id": row.id, "source": "report", "sender": f"người {number % people}", "at": now}
        for number in range(1, times)
    ]
    async with around.database.writing() as session:
        await session.execute(insert(Sighting), some)
        await rights.count_again(session, [row.id])
    return await row_of(around)


async def test_ten_thousand_reports_of_fifty_people_count_as_fifty_and_are_a_surge(around: Surroundings) -> None:
    row = await named_by(around, people=50, times=10_000)
    assert (row.reporters, row.seen) == (50, 10_000)
    async with around.database.reading() as session:
        rate = await indicators.rate(session, row, around.clock())
    assert (rate.month, rate.people_month, rate.newcomers, rate.surge) == (10_000, 50, 50, True)


async def test_ten_thousand_reports_of_as_many_people_are_held_for_a_second_person(around: Surroundings) -> None:
    one, two = await officers(around)
    await named_by(around, people=10_000, times=10_000)
    assert not await propose(around, Status.SUSPECTED, one)
    assert await word(around) == ""
    with pytest.raises(indicators.SamePerson):
        await approve(around, one)
    assert await word(around) == ""
    await approve(around, two)
    assert await word(around) == "suspected"


async def test_newcomers_are_those_who_never_wrote_before(around: Surroundings, clock: FakeClock) -> None:
    await desk.ask(around, "an", "chào, cho hỏi tin này thế nào")
    clock.move(timedelta(days=40).total_seconds())
    for sender in ("an", "binh", "chi"):
        await desk.report(around, sender)
    row = await row_of(around)
    async with around.database.reading() as session:
        rate = await indicators.rate(session, row, clock())
    assert (rate.people_month, rate.newcomers, rate.since) == (3, 2, clock())


async def test_a_listing_expires(around: Surroundings, clock: FakeClock) -> None:
    one, _ = await officers(around)
    for sender in ("an", "binh", "chi"):
        await desk.report(around, sender)
    await propose(around, Status.SUSPECTED, one)
    clock.move(timedelta(days=listing.SUSPECTED_DAYS + 1).total_seconds())
    assert await word(around) == ""


_PHONES = ("{}", "{} ", "{0[0]}-{0[1]}-{0[2]}", "+84 {}", "(0236) {}")


@pytest.mark.parametrize(("number", "form"), [*itertools.product(("113", "114", "115", "111"), _PHONES)])
def test_emergency_numbers_are_protected_in_every_form(number: str, form: str) -> None:
    book = handbook.load()
    found = named.read(Kind.PHONE, form.format(number))
    assert found is not None
    assert protected.is_protected(book, (), found)
    account = named.read(Kind.ACCOUNT, form.format(number))
    assert account is None or protected.is_protected(book, (), account)


def test_every_contact_with_a_number_is_protected_in_every_form() -> None:
    book = handbook.load()
    numbers = [c.value for c in book.contacts if c.value.replace(" ", "").replace("+", "").isdigit()]
    assert len(numbers) > 20
    for number in [*numbers, book.unit.duty_phone]:
        national = named.read(Kind.PHONE, number)
        assert national is not None
        digits = national.value
        for form in (
            digits,
            " ".join(digits),
            "-".join(digits),
            f"+84{digits.lstrip('0')}",
            f"0084{digits.lstrip('0')}",
        ):
            found = named.read(Kind.PHONE, form)
            assert found is not None
            assert protected.is_protected(book, (), found), (number, form)


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (Kind.DOMAIN, "https://www.vietcombank.com.vn/x", True),
        (Kind.DOMAIN, "thue.gov.vn", True),
        (Kind.DOMAIN, "canhgiac.example.vn", True),
        (Kind.DOMAIN, "facebook.com", True),
        (Kind.DOMAIN, "facebook.com/evn.gia", False),
        (Kind.DOMAIN, "vietcombank.com.vn-xyz.top", False),
        (Kind.PHONE, PHONE, False),
        (Kind.PHONE, "0905113", False),
    ],
)
def test_near_misses_of_the_protected_list(kind: Kind, typed: str, expected: bool) -> None:
    found = named.read(kind, typed)
    assert found is not None
    assert protected.is_protected(handbook.load(), ("example.vn",), found) is expected


async def test_a_protected_number_is_refused_however_many_report_it(around: Surroundings) -> None:
    one, _ = await officers(around)
    hotline = next(c.value for c in around.knowledge.handbook.contacts if c.value.replace(" ", "").startswith("1900"))
    for sender in ("an", "binh", "chi"):
        await desk.report(around, sender, number=hotline)
    row = await row_of(around, Kind.PHONE, hotline)
    async with around.database.writing() as session:
        with pytest.raises(indicators.Protected):
            await indicators.propose(
                session,
                Acting(around, one, around.clock()),
                await indicators.get(session, row.id),
                Status.SUSPECTED,
                REASON,
            )
