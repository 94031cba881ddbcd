"""Messages in different words that name the same thing are one campaign; what everybody names ties nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from api.casework import campaigns, rights, spreading
from api.casework.indicators import Status
from api.casework.whose import Whose
from api.models import Campaign, Case, Check, Fingerprint, Indicator
from api.surroundings import Surroundings
from tests.api.casework import desk
from tests.fakes import FakeClock

ACCOUNT = "số tài khoản 19034567890123"
WORDS = (
    "Em bán thanh lý máy giặt còn mới, ai lấy thì cọc trước một nửa qua {it} rồi em cho xe chở tới tận nhà",
    "Lớp học bơi hè cho bé còn ba suất cuối cùng, phụ huynh giữ chỗ bằng cách gửi học phí vào {it} trước tối nay",
    "Vé xem bóng đá khán đài A giá gốc, mình cần nhượng lại hai tấm, thanh toán {it} xong nhận mã ngay",
    "Nhóm thiện nguyện quyên góp áo ấm vùng cao, mọi người ủng hộ theo {it}, danh sách công khai mỗi tuần",
    "Phòng trọ gần trường rộng hai mươi mét vuông, muốn xem phải đặt cọc vào {it} vì nhiều bạn đang hỏi thuê",
    "Chó con lạc mẹ được tìm thấy ở công viên, chủ nhân vui lòng hoàn phí chăm sóc mấy hôm vừa rồi qua {it}",
)
SAMPLES = [words.format(it=ACCOUNT) for words in WORDS]


async def ask_all(around: Surroundings, texts: Sequence[str], who: str = "người") -> list[Check]:
    return [await desk.ask(around, f"{who} {number}", text) for number, text in enumerate(texts)]


async def found(around: Surroundings) -> list[tuple[int, int]]:
    async with around.database.reading() as session:
        rows = (await session.scalars(select(Campaign))).all()
    return sorted(((row.size, row.reach) for row in rows), reverse=True)


@pytest.mark.parametrize(
    "it",
    [
        ACCOUNT,
        "số điện thoại 0905123318",
        "trang https://quatang-tri-an.xyz/nhan",
        "https://bit.ly/3abcXYZ",
        "ví 0x52908400098527886E0F7030069857D2E4169EE7",
    ],
)
async def test_different_words_about_the_same_thing_are_one_campaign(
    around: Surroundings, clock: FakeClock, it: str
) -> None:
    await ask_all(around, [words.format(it=it) for words in WORDS[:2]])
    assert await found(around) == []
    await desk.ask(around, "người 2", WORDS[2].format(it=it))
    assert await found(around) == [(3, 3)]
    await desk.ask(around, "người 3", WORDS[3].format(it=it))
    await desk.ask(around, "người 3", WORDS[4].format(it=it))
    assert await found(around) == [(5, 4)]


async def test_it_is_raised_as_what_may_be_a_new_method(around: Surroundings, clock: FakeClock) -> None:
    await ask_all(around, SAMPLES[:4])
    async with around.database.writing() as session:
        row = (await session.scalars(select(Campaign))).one()
        row.method = None
    async with around.database.reading() as session:
        assert await campaigns.count_new(session, clock()) == 1
        known = await campaigns.known(session, row, clock())
    assert [(one.kind, times) for one, times in known.shared] == [("account", 4)]


async def test_those_who_come_at_once_count_like_those_who_trickle(around: Surroundings) -> None:
    await desk.ask_together(around, [(f"người {number}", text) for number, text in enumerate(SAMPLES)])
    assert await found(around) == [(6, 6)]


async def test_two_replicas_make_one_campaign(around: Surroundings) -> None:
    await ask_all(around, SAMPLES[:2])
    await asyncio.gather(*(desk.ask(around, f"bà {number}", text) for number, text in enumerate(SAMPLES[2:])))
    assert await found(around) == [(6, 6)]
    async with around.database.reading() as session:
        assert len((await session.scalars(select(Fingerprint).where(Fingerprint.campaign_id.is_not(None)))).all()) == 6


async def test_it_joins_the_campaign_of_one_message_that_several_people_got(around: Surroundings) -> None:
    await ask_all(around, [SAMPLES[0]] * 3)
    await desk.ask(around, "ai đó", SAMPLES[1])
    assert await found(around) == [(4, 4)]


@pytest.mark.parametrize(
    "it",
    ["số 113", "tổng đài 1900 545413", "trang https://vietcombank.com.vn", "trang bit.ly", "trang facebook.com", "đó"],
)
async def test_what_is_official_or_everybodys_ties_nothing(around: Surroundings, it: str) -> None:
    await ask_all(around, [words.format(it=it) for words in WORDS])
    assert await found(around) == []


async def test_one_or_two_people_tie_nothing(around: Surroundings) -> None:
    for number, text in enumerate(SAMPLES):
        await desk.ask(around, f"người {number % 2}", text)
    assert await found(around) == []


async def test_nobody_ties_a_strangers_account_to_a_campaign_alone(around: Surroundings) -> None:
    await ask_all(around, [WORDS[0].format(it="tài khoản 8887776655001")] * 3)
    await desk.ask(around, "kẻ xấu", f"{WORDS[0].format(it='tài khoản 8887776655001')} {ACCOUNT}")
    await desk.ask(around, "ai đó", SAMPLES[1])
    assert await found(around) == [(4, 4)]


async def test_what_was_named_long_ago_ties_nothing(around: Surroundings, clock: FakeClock) -> None:
    await ask_all(around, SAMPLES[:2])
    clock.move(15 * 86400)
    await ask_all(around, SAMPLES[2:4], "bà")
    assert await found(around) == []


@pytest.mark.parametrize("status", [Status.OFFICIAL, Status.CLEARED])
async def test_what_officers_found_harmless_ties_nothing(around: Surroundings, status: Status) -> None:
    await ask_all(around, SAMPLES[:2])
    async with around.database.writing() as session:
        (await session.scalars(select(Indicator))).one().status = status.value
    await ask_all(around, SAMPLES[2:], "bà")
    assert await found(around) == []


async def test_a_warning_that_lists_accounts_ties_nothing(around: Surroundings) -> None:
    for number, text in enumerate(SAMPLES[:4]):
        await desk.ask(around, f"người {number}", text)
        async with around.database.writing() as session:
            for row in (await session.scalars(select(Check))).all():
                row.frame = "warning_quote"
    assert await found(around) == []


async def test_what_two_campaigns_name_links_them_and_draws_nobody(around: Surroundings) -> None:
    await ask_all(around, [SAMPLES[0]] * 3, "ông")
    await ask_all(around, [WORDS[1].format(it="số tài khoản 8887776655001")] * 2, "bà")
    await ask_all(around, [SAMPLES[1]] * 2, "cô")
    assert await found(around) == [(4, 4), (3, 3)]
    await desk.ask(around, "ai đó", SAMPLES[2])
    assert await found(around) == [(4, 4), (3, 3)]
    async with around.database.reading() as session:
        rows = (await session.scalars(select(Campaign).order_by(Campaign.size))).all()
        known = await campaigns.known(session, rows[0], around.clock())
    assert [(other.id, common) for other, common in known.kin] == [(rows[1].id, 1)]


async def test_what_very_many_messages_name_draws_no_more(around: Surroundings) -> None:
    names = "xoài mít ổi mận nho lê táo dâu cam quýt bưởi chanh dừa chuối vải nhãn".split()
    texts = [
        f"{a} tươi và {b} khô bán {a} {b} giá {a} rẻ, {b} {a} {b} hẹn {a} tại chợ {b}, gửi {b} {a} {ACCOUNT} nha {a} {b}"
        for n, a in enumerate(names)
        for b in names[n + 1 : n + 5]
    ]
    await desk.ask_together(around, [(f"người {number}", text) for number, text in enumerate(texts)])
    assert max(size for size, _ in await found(around)) < len(texts) - 10


async def test_a_decision_is_told_to_those_who_asked_about_these_words_only(around: Surroundings) -> None:
    await ask_all(around, [*SAMPLES[:4], SAMPLES[0]])
    assert await found(around) == [(5, 5)]
    await desk.report(around, "người 0", SAMPLES[0])
    async with around.database.reading() as session:
        case = (await session.scalars(select(Case))).one()
        assert await spreading.count_askers(session, case) == 2


async def test_who_is_forgotten_is_in_no_campaign(around: Surroundings) -> None:
    await ask_all(around, SAMPLES[:4])
    async with around.database.writing() as session:
        await rights.erase(session, around, Whose("người 1", "web", around.clock()), 0)
    assert await found(around) == [(3, 3)]
    async with around.database.reading() as session:
        assert (await session.scalars(select(Fingerprint).where(Fingerprint.sender == "người 1"))).all() == []
