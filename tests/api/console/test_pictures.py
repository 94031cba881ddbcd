"""What a citizen's picture becomes at the desk: drawn anew, covered until a reason is given, shown for a while."""

from __future__ import annotations

import io
import re

import pytest
from PIL import ExifTags, Image
from sqlalchemy import select

from api.casework.attachments import Sent
from api.models import Attachment, AuditRow
from bot.media import MediaError, Reader
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.fakes import FakeClock

PATH = "/can-bo/vu-viec"
READ = "Chuyển vào STK 19034567890123"
REASON = "đối chiếu ảnh biên lai với ngân hàng"
PAYLOADS = (
    b"<script>alert(1)</script>", b"*/=1;alert(1)//", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj", b"<?php system($_GET[0]); ?>",
    b"PK\x03\x04 payload", b"<html><body onload=alert(1)>", b"MZ\x90\x00 payload", b"#!/bin/sh\nid\n", b"GIFAR payload",
)  # fmt: skip


def drawn(form: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, form, **more)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "MayAnhCuaToi"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (15.0, 34.0, 12.0)
    return drawn(exif=exif.tobytes())


def reread(data: bytes) -> bytes:
    reader = Reader(warm=0)
    try:
        return reader.read(data).copy
    finally:
        reader.close()


async def filed(site: Site, copy: bytes) -> str:
    await desk.report(site.around, "an", pictures={"ref-1": Sent(copy, READ)}, files=("tep-la.apk",))
    return (await desk.all_cases(site.around))[0].id


async def uncovered(site: Site, case_id: str) -> str:
    return (await desk.post(site, f"{PATH}/{case_id}/xem", ly_do=REASON)).text


def address(page: str) -> str:
    found = re.search(r'<img src="([^"]+/anh/[^"]+)"', page)
    assert found is not None
    return found[1]


async def test_a_picture_is_covered_until_a_reason_is_given(site: Site) -> None:
    case_id = await filed(site, drawn())
    await desk.sign_in(site, "operator")
    page = (await site.client.get(f"{PATH}/{case_id}")).text
    assert "<img" not in page
    assert "Ảnh đang che" in page
    assert "19034567890123" not in page
    assert "Máy không mở tệp lạ" in page
    plain = await uncovered(site, case_id)
    assert READ in plain
    shown = await site.client.get(address(plain))
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["cache-control"] == "no-store"
    async with site.around.database.reading() as session:
        rows = (await session.scalars(select(AuditRow).order_by(AuditRow.seq))).all()
    seen = [(row.act, row.object) for row in rows if row.act in {"identity.reveal", "picture.view"}]
    assert seen == [("identity.reveal", f"case/{case_id}"), ("picture.view", f"case/{case_id}")]
    assert next(row.reason for row in rows if row.act == "identity.reveal") == REASON


async def test_the_pass_opens_one_case_for_one_person_for_a_while(site: Site) -> None:
    case_id = await filed(site, drawn())
    await desk.report(site.around, "binh", pictures={"ref-2": Sent(drawn(), "")})
    other = next(case.id for case in await desk.all_cases(site.around) if case.id != case_id)
    await desk.sign_in(site, "operator")
    path = address(await uncovered(site, case_id))
    bare, _, given = path.partition("?phep=")
    for changed in ("", "?phep=", "?phep=9999999999-0", f"?phep={given[:-1]}0x", f"?phep=9{given}", "?phep=²-1"):
        assert (await site.client.get(bare + changed)).status_code == 403
    assert (await site.client.get(path.replace(case_id, other))).status_code == 403
    own = address(await uncovered(site, other))
    assert (
        await site.client.get(own.replace(own.split("/anh/")[1][:32], path.split("/anh/")[1][:32]))
    ).status_code == 404
    await desk.sign_in(site, "operator", name="nguoi-khac")
    assert (await site.client.get(path)).status_code == 403
    for role in ("curator", "approver", "auditor", "administrator"):
        await desk.sign_in(site, role, name=role)
        assert (await site.client.get(path)).status_code == 403


async def test_the_pass_ends(site: Site, clock: FakeClock) -> None:
    case_id = await filed(site, drawn())
    await desk.sign_in(site, "operator")
    path = address(await uncovered(site, case_id))
    clock.move(14 * 60)
    assert (await site.client.get(path)).status_code == 200
    clock.move(2 * 60)
    assert (await site.client.get(path)).status_code == 403


async def test_nothing_but_a_jpeg_is_ever_shown(site: Site) -> None:
    """Even if something else had come into the table."""
    case_id = await filed(site, b"<svg onload='alert(1)'/>")
    await desk.sign_in(site, "operator")
    assert (await site.client.get(address(await uncovered(site, case_id)))).status_code == 404


async def test_pictures_are_sealed_in_the_table(site: Site) -> None:
    await filed(site, drawn())
    async with site.around.database.reading() as session:
        row = (await session.scalars(select(Attachment).where(Attachment.picture.is_not(None)))).one()
    assert row.picture is not None
    assert row.text is not None
    assert b"\xff\xd8\xff" not in row.picture
    assert b"19034567890123" not in row.text


def test_place_and_camera_are_gone() -> None:
    copy = reread(with_place())
    assert b"MayAnhCuaToi" in with_place()
    with Image.open(io.BytesIO(copy)) as picture:
        assert picture.format == "JPEG"
        assert not picture.getexif()
    assert b"Exif" not in copy


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_hides_in_a_picture_does_not_survive_being_drawn_anew(form: str) -> None:
    reader = Reader(warm=0)
    try:
        for payload in PAYLOADS:
            copy = reader.read(drawn(form) + payload).copy
            assert copy.startswith(b"\xff\xd8\xff")
            assert payload not in copy
    finally:
        reader.close()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_no_picture_is_not_kept_at_all(payload: bytes) -> None:
    with pytest.raises(MediaError):
        reread(payload)
