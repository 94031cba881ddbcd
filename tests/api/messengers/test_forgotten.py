"""A citizen of a messenger asks, reports, shows pictures, cries for help, and then asks to be forgotten."""

from __future__ import annotations

from sqlalchemy import select, update

from api.casework import cases
from api.casework.cases import Acting, Status
from api.models import CaseItem, InboxUpdate, Report
from bot.media import Picture
from tests.api.casework.test_erasure import ASKED, COMPLAINED, CRIED, READ, TOLD, OpenVault, places
from tests.api.messengers.conftest import Make, World
from tests.api.messengers.test_reports import Someone, someone
from tests.fakes import SCAM
from tests.simulator import payloads

BURIED = "maiburied"
ALL = (ASKED, COMPLAINED, TOLD, READ, CRIED, BURIED)


class Reader:
    """Reads one text in every picture, and gives it as the copy too."""

    can_read_text = True

    async def read_soon(self, data: bytes) -> Picture:
        return Picture(f"{SCAM} {READ}", (), 10, 10, copy=b"\xff\xd8\xff" + READ.encode())


async def goes_every_way(citizen: Someone, here: World) -> None:
    """Asks, complains, reports with answers and a picture, cries for help; one more message was never understood."""
    await citizen.says(f"{SCAM} {ASKED}")
    assert "sai rồi" not in await citizen.says("sai rồi")
    await citizen.says(f"Cat dien that day, {COMPLAINED}")
    await citizen.says("sai rồi")
    await citizen.says("báo công an")
    await citizen.says("Đồng ý, hỏi tôi vài câu")
    await citizen.shows("bien-lai.png")
    await citizen.says(f"số lạ gọi, xưng là {TOLD}")
    await citizen.says("đồng ý, gửi ngay")
    await citizen.says("đồng ý, gửi ngay")
    await citizen.says(f"Tôi lỡ chuyển tiền cho {CRIED} rồi")
    await here.hear(payloads.telegram(f"{SCAM} {BURIED}"))
    async with here.around.database.writing() as session:
        waiting = update(InboxUpdate).where(InboxUpdate.handled_at.is_(None))
        await session.execute(waiting.values(dead_at=here.clock(), error="Anomalous"))


async def in_a_world(world: Make) -> tuple[Someone, World]:
    citizen = await someone(world, "telegram")
    citizen.here.around.reader = Reader()  # type: ignore[assignment]
    citizen.here.around.vault = OpenVault()
    return citizen, citizen.here


async def test_every_way_a_word_comes_in_is_forgotten(world: Make) -> None:
    citizen, here = await in_a_world(world)
    await goes_every_way(citizen, here)
    for word in ALL:
        assert await places(here.around, word), f"{word} never came in: the test shows nothing"
    await citizen.says("/xoadulieu")
    assert "Đã xóa dữ liệu của bạn" in await citizen.says("Xóa hết dữ liệu của tôi")
    assert await places(here.around, *ALL) == set()


async def test_what_is_held_is_the_report_that_somebody_works_on_and_no_more(world: Make) -> None:
    citizen, here = await in_a_world(world)
    await goes_every_way(citizen, here)
    async with here.around.database.writing() as session:
        report = (await session.scalars(select(Report).where(Report.kind == "report"))).one()
        item = (await session.scalars(select(CaseItem).where(CaseItem.report_id == report.id))).one()
        case = await cases.get(session, item.case_id)
        await cases.change_status(session, Acting(here.around, None, here.clock()), case, Status.WORKING)
    await citizen.says("/xoadulieu")
    assert "phải giữ theo quy định" in await citizen.says("Xóa hết dữ liệu của tôi")
    held = {"attachments.picture", "attachments.text", "reports.answers", "reports.text", "reports.folded"}
    assert await places(here.around, *ALL) <= held | {"cases.text", "cases.folded"}
    assert await places(here.around, TOLD) == {"reports.answers"}


IN_GROUP, GROUP = "maigroup", -1001


async def in_a_group(here: World, words: str, sender: int = 7001) -> str:
    """Ask in the group by our name; gives the answer."""
    name = f"@{payloads.BOT_NAME}"
    mention = [{"type": "mention", "offset": 0, "length": len(name)}]
    before = len(here.texts)
    await here.hear(payloads.telegram(f"{name} {words}", sender, group=GROUP, entities=mention))
    here.clock.move(4)  # a group takes a message every three seconds
    await here.settle()
    return "\n".join(here.texts[before:])


async def forgets(citizen: Someone) -> None:
    await citizen.says("/xoadulieu")
    assert "Đã xóa dữ liệu của bạn" in await citizen.says("Xóa hết dữ liệu của tôi")


async def test_a_group_forgets_what_a_citizen_asked_in_it(world: Make) -> None:
    citizen, here = await in_a_world(world)
    await here.channel.start()
    assert await in_a_group(here, f"{IN_GROUP} 0905123318 {SCAM}")
    assert "conversations.context" in await places(here.around, IN_GROUP)
    await forgets(citizen)
    assert await places(here.around, IN_GROUP) == set()
    assert IN_GROUP not in await in_a_group(here, "thật không?", 7002)


async def test_a_group_still_knows_what_somebody_else_asked_in_it(world: Make) -> None:
    citizen, here = await in_a_world(world)
    await here.channel.start()
    await in_a_group(here, f"{SCAM} {ASKED}")
    await in_a_group(here, f"{IN_GROUP} {SCAM}", 7002)
    await forgets(citizen)
    assert await places(here.around, ASKED) == set()
    assert IN_GROUP in await in_a_group(here, "thật không?", 7003)
