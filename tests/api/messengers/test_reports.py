"""A report from the first message to the figures, on each messenger and on the page, with what is stored of it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from sqlalchemy import func, select

from api import codes
from api.casework import attachments, retention
from api.models import Attachment, Consent, Report
from bot import wording
from bot.channels import web
from bot.media import Picture
from tests.api.messengers.conftest import Make, World
from tests.api.messengers.test_conversation import png
from tests.fakes import SCAM
from tests.simulator import payloads

VI = wording.VI
MESSENGERS = ["zalo_oa", "zalo_bot", "telegram"]
COPY = b"\xff\xd8\xff-drawn-anew"
_numbers = itertools.count(1)


class Reader:
    """Reads one text in every picture, and gives a copy of it."""

    can_read_text = True

    async def read_soon(self, data: bytes) -> Picture:
        return Picture(SCAM, (), 10, 10, copy=COPY)


class Someone:
    """A citizen on one channel, who types everything."""

    def __init__(self, here: World, channel: str) -> None:
        self.here, self.channel = here, channel

    async def says(self, text: str) -> str:
        """Write; gives everything that is answered."""
        if self.channel == "web":
            return await self._on_the_page(text)
        before = len(self.here.texts)
        await self.here.hear(getattr(payloads, self.channel)(text))
        await self.here.settle()
        return "\n".join(self.here.texts[before:])

    async def shows(self, name: str) -> str:
        """Send a picture."""
        self.here.server.files[name] = png()
        before = len(self.here.texts)
        if self.channel == "telegram":
            update = payloads.telegram("", **payloads.photo(name))
        else:
            update = getattr(payloads, self.channel)("", image=f"{self.here.address}/files/{name}")
        await self.here.hear(update)
        self.here.clock.move(2)
        await self.here.settle()
        return "\n".join(self.here.texts[before:])

    async def _on_the_page(self, text: str) -> str:
        from api.intake import inbox, outbox, worker

        around, name = self.here.around, f"w{next(_numbers)}"
        await inbox.record(around, around.channels["web"], web.payload(name, "visitor", text=text))
        while await worker.take_one(around):
            pass
        sender = around.vault.pseudonym("web", "visitor")
        return "\n".join(web.restore(m).text for m in await outbox.fetch(around, "web", sender, name))


async def someone(world: Make, channel: str) -> Someone:
    here = await world("telegram" if channel == "web" else channel)
    here.around.reader = Reader()  # type: ignore[assignment]
    return Someone(here, channel)


async def the_report(here: World) -> Report:
    async with here.around.database.reading() as session:
        return (await session.scalars(select(Report).where(Report.kind == "report"))).one()


async def count(here: World, table: Any) -> int:
    async with here.around.database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(table))).scalar_one())


@pytest.mark.parametrize("channel", [*MESSENGERS, "web"])
async def test_a_report_from_the_message_to_the_figures(world: Make, channel: str) -> None:
    citizen = await someone(world, channel)
    here = citizen.here
    assert "🔴" in await citizen.says(SCAM)
    assert "Bên giữ" in await citizen.says("báo công an")
    assert "Câu 1/" in await citizen.says("Đồng ý, hỏi tôi vài câu")
    await citizen.says("số lạ gọi, xưng điện lực")
    await citizen.says("0905123318")
    told = await citizen.says("quay lại câu trước")
    assert "Đang ghi: “0905123318”" in told
    await citizen.says("0905123319, mã OTP nó xin là 483920")
    summary = await citizen.says("đồng ý, gửi ngay")
    assert VI.report_summary in summary
    assert "483920" not in summary
    sent = await citizen.says("đồng ý, gửi ngay")
    row = await the_report(here)
    assert f"/tinhtrang {row.code}" in sent
    assert "chưa phải đơn tố giác" in sent
    assert "LD 0905123319 gia dien luc doa cat dien" in sent
    assert VI.ask_age in sent
    assert await count(here, Consent) == 1
    assert b"483920" not in row.answers
    assert await citizen.says("tôi 67 tuổi")
    assert VI.described in await citizen.says("xã tam anh")
    row = await the_report(here)
    assert (row.age_group, row.commune) == ("60+", "xã Tam Anh")
    assert "chờ cán bộ xem" in await citizen.says(f"/tinhtrang {row.code}")


@pytest.mark.parametrize("channel", MESSENGERS)
async def test_pictures_go_with_the_report_as_copies_drawn_anew(world: Make, channel: str) -> None:
    citizen = await someone(world, channel)
    here = citizen.here
    assert "Trong ảnh tôi đọc được:" in await citizen.shows("tin.png")
    await citizen.says("báo công an")
    await citizen.says("Đồng ý, hỏi tôi vài câu")
    assert VI.report_attached in await citizen.shows("bien-lai.png")
    await citizen.says("số lạ")
    await citizen.says("đồng ý, gửi ngay")
    assert "Kèm 1 ảnh, tệp" in here.texts[-1]
    await citizen.says("đồng ý, gửi ngay")
    row = await the_report(here)
    async with here.around.database.reading() as session:
        kept = await attachments.of_report(session, row.id)
    assert [attachments.picture(here.around, one) for one in kept] == [COPY, COPY]
    assert {attachments.text(here.around, one) for one in kept} == {SCAM}
    assert all(one.picture is not None and COPY not in one.picture for one in kept)


async def test_a_file_goes_with_the_report_unopened(world: Make) -> None:
    citizen = await someone(world, "telegram")
    here = citizen.here
    await citizen.says(SCAM)
    await citizen.says("báo công an")
    await citizen.says("Đồng ý, hỏi tôi vài câu")
    document = {"file_id": "don-xin", "file_unique_id": "d", "file_name": "don.pdf", "mime_type": "application/pdf"}
    await here.hear(payloads.telegram("", document=document))
    await here.settle()
    await citizen.says("đồng ý, gửi ngay")
    await citizen.says("đồng ý, gửi ngay")
    row = await the_report(here)
    async with here.around.database.reading() as session:
        (kept,) = await attachments.of_report(session, row.id)
    assert attachments.picture(here.around, kept) is None
    assert "file" not in here.server.calls


async def test_a_picture_of_no_report_is_forgotten_after_a_day_and_one_of_a_report_stays(world: Make) -> None:
    citizen = await someone(world, "telegram")
    here = citizen.here
    await citizen.shows("mot.png")
    here.clock.move(23 * 3600)
    assert await retention.STEPS["pictures"](here.around) == 0
    await citizen.shows("hai.png")
    await citizen.says("báo công an")
    await citizen.says("đồng ý, gửi ngay")
    here.clock.move(30 * 3600)
    assert await retention.STEPS["pictures"](here.around) == 1
    assert await count(here, Attachment) == 1


async def test_erasing_forgets_the_pictures_too(world: Make) -> None:
    citizen = await someone(world, "telegram")
    await citizen.shows("mot.png")
    await citizen.says("/xoadulieu")
    await citizen.says("Xóa hết dữ liệu của tôi")
    assert await count(citizen.here, Attachment) == 0


async def test_pictures_of_a_group_are_not_kept(world: Make) -> None:
    citizen = await someone(world, "telegram")
    here = citizen.here
    await here.channel.start()
    here.server.files["anh"] = png()
    mention = [{"type": "mention", "offset": 0, "length": len("@canhgiac_bot")}]
    update = payloads.telegram(
        "", group=-1001, **payloads.photo(), caption="@canhgiac_bot xem giúp", caption_entities=mention
    )
    await here.hear(update)
    here.clock.move(2)
    await here.settle()
    assert here.texts
    assert await count(here, Attachment) == 0


async def test_a_commune_is_spelled_as_others_spelled_it(world: Make) -> None:
    citizen = await someone(world, "telegram")
    here = citizen.here
    spelled = []
    for typed in ("xã Tam Anh", "xa tam anh"):
        await citizen.says(SCAM)
        await citizen.says("báo công an")
        while "Mã của bạn" not in await citizen.says("đồng ý, gửi ngay"):
            pass
        await citizen.says("Bỏ qua")
        await citizen.says(typed)
        async with here.around.database.reading() as session:
            spelled = list(await session.scalars(select(Report.commune).order_by(Report.created_at)))
    assert spelled == ["xã Tam Anh", "xã Tam Anh"]


async def test_nobody_describes_somebody_elses_report(world: Make) -> None:
    from api.casework import reports
    from api.casework.whose import Whose
    from bot.turn import ReportDescribed

    citizen = await someone(world, "telegram")
    here = citizen.here
    await citizen.says(SCAM)
    await citizen.says("báo công an")
    await citizen.says("đồng ý, gửi ngay")
    row = await the_report(here)
    stranger = Whose("0" * 32, "telegram", here.clock())
    async with here.around.database.writing() as session:
        await reports.describe(session, stranger, ReportDescribed(row.code, age_group="0-17"))
        await reports.describe(session, stranger, ReportDescribed(codes.draw(), commune="xã Lạ"))
    row = await the_report(here)
    assert (row.age_group, row.commune) == (None, None)
