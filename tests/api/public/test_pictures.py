"""Pictures on the page: stored first, read in their own place, answered once; only a copy drawn anew stays."""

from __future__ import annotations

import httpx
import orjson
import pytest
from sqlalchemy import select

from api.casework import attachments
from api.models import Attachment, InboxUpdate
from bot import wording
from bot.media import Picture, Unreadable
from tests.api.conftest import Site
from tests.api.messengers.test_conversation import png
from tests.fakes import SCAM

ID = "0123456789abcdef0123456789abcdef"
COPY = b"\xff\xd8\xff-drawn-anew"
VIETQR = (
    "00020101021238540010A00000072701240006970436011010123456780208QRIBFTTA530370454065000005802VN"
    "5912NGUYEN VAN A62130809phi ho so630488C4"
)


class Reader:
    """Reads what it was told to; counts."""

    can_read_text = True

    def __init__(self, *, fail: bool = False, payloads: tuple[str, ...] = (), text: str = SCAM) -> None:
        self.fail, self.payloads, self.text = fail, payloads, text
        self.read: list[bytes] = []

    async def read_soon(self, data: bytes) -> Picture:
        self.read.append(data)
        if self.fail:
            raise Unreadable
        return Picture(self.text, (), 10, 10, payloads=self.payloads, copy=COPY)


async def show(
    site: Site, reader: Reader, data: bytes = b"", kind: str = "image/png", name: str = ID
) -> httpx.Response:
    site.around.reader = reader  # type: ignore[assignment]
    return await site.client.post(
        "/api/web/pictures", params={"id": name}, content=data or png(), headers={"Content-Type": kind}
    )


async def test_a_picture_is_read_and_judged(site: Site) -> None:
    reader = Reader()
    answer = (await show(site, reader)).json()
    assert answer["replies"][0]["text"].startswith("Trong ảnh tôi đọc được:")
    assert answer["replies"][1]["level"] == "scam"
    assert reader.read == [png()]


async def test_a_payment_code_is_told(site: Site) -> None:
    answer = (await show(site, Reader(payloads=(VIETQR,), text=""))).json()
    assert "Vietcombank, tài khoản •••678, tên trong mã: NGUYEN VAN A" in answer["replies"][0]["text"]


async def test_a_picture_sent_again_is_read_once(site: Site) -> None:
    reader = Reader()
    first = (await show(site, reader)).json()
    assert (await show(site, reader)).json()["replies"] == first["replies"]
    assert len(reader.read) == 1


async def test_what_stays_is_a_copy_and_not_the_file(site: Site) -> None:
    await show(site, Reader())
    async with site.around.database.reading() as session:
        update = (await session.scalars(select(InboxUpdate))).one()
        kept = (await session.scalars(select(Attachment))).one()
    payload = orjson.loads(site.around.vault.open("inbox|payload", update.row, update.payload))
    assert payload["picture"] == ""
    assert attachments.picture(site.around, kept) == COPY


async def test_a_misread_line_is_corrected_on_the_page_too(site: Site) -> None:
    await show(site, Reader(text="Dien luc: 2 gi0 nua c4t d1en"))
    answer = (await site.say("Dien luc: 2 gio nua cat dien")).json()
    assert answer["replies"][0]["text"] == wording.VI.picture_corrected
    assert answer["replies"][1]["level"] == "scam"


async def test_an_unreadable_picture_is_told_kindly(site: Site) -> None:
    answer = (await show(site, Reader(fail=True))).json()
    assert answer["replies"][0]["text"] == wording.VI.picture_unreadable
    assert answer["replies"][0]["buttons"][0]["tap"].endswith("/emergency")


@pytest.mark.parametrize(("data", "kind"), [(b"x", "text/plain"), (b"x", "application/pdf"), (b"", "image/png")])
async def test_what_is_no_picture_is_refused_in_kind_words(site: Site, data: bytes, kind: str) -> None:
    site.around.reader = reader = Reader()  # type: ignore[assignment]
    answer = await site.client.post("/api/web/pictures", content=data, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert "chọn lại ảnh" in answer.json()["error"]
    assert reader.read == []


async def test_a_giant_picture_is_413_and_a_large_one_is_not(site: Site) -> None:
    assert (await show(site, Reader(), b"\x89PNG" + b"x" * (9 * 1024 * 1024))).status_code == 413
    assert (await show(site, Reader(), b"\x89PNG" + b"x" * (2 * 1024 * 1024))).status_code == 200
    assert (await site.say("x" * 300_000)).status_code == 413


async def test_another_site_cannot_send_one(site: Site) -> None:
    site.client.headers["origin"] = "https://evil.vn"
    assert (await show(site, Reader())).status_code == 403


async def test_too_many_pictures_are_told_to_wait(site: Site) -> None:
    await site.say("xin chào")
    codes = [(await show(site, Reader(), name=f"{n:032x}")).status_code for n in range(11)]
    assert codes == [200] * 10 + [429]


async def test_the_card_to_pass_on_lies_at_its_address(site: Site) -> None:
    answer = await site.client.get("/the-canh-bao/dien-luc-evn.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert (await site.client.get("/the-canh-bao/dien-luc-evn.png?en=1")).content != answer.content
    assert (await site.client.get("/the-canh-bao/khong-co.png")).status_code == 404
    signs = await site.client.get("/the-canh-bao/dau-hieu.dien-luc-evn.png")
    assert signs.content.startswith(b"\x89PNG")
    assert signs.content != answer.content


async def test_a_shared_warning_offers_its_picture_on_the_page(site: Site) -> None:
    await site.say(SCAM)
    answer = (await site.say("chia sẻ")).json()
    assert answer["replies"][0]["card"] == "dien-luc-evn"
    assert 'href="/the-canh-bao/dien-luc-evn.png"' in answer["html"]


async def test_large_words_for_whoever_asked_for_them(site: Site) -> None:
    await site.say("/chuto")
    assert 'class="bubble bot level-scam large"' in (await site.say(SCAM)).json()["html"]


async def test_what_the_page_adds_is_english_in_an_english_conversation(site: Site) -> None:
    await site.say("/language en")
    answer = (await site.say(SCAM)).json()
    assert "What is suspicious in your message" in answer["html"]
    assert 'lang="en"' in answer["html"]
    assert "Những chỗ đáng ngờ" not in answer["html"]
