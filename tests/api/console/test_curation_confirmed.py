"""What reaches citizens takes the second factor, given within the last minutes: approving, publishing, pausing, going back."""

from __future__ import annotations

import re
from html import unescape

import pyotp
import pytest

from api.curation import drafts, publishing, rows
from api.curation.pieces import Kind
from api.models import StaffAccount
from tests.api.conftest import Site
from tests.api.console.staff import enter, hire, post, set_up_second_factor
from tests.api.curation.desk import LAN, MINH, SLUG, approved, changed, live, published, shipped, small, status

CONTACT = shipped(Kind.CONTACT, "cong-an-113")
NOTED = changed(CONTACT, "xem lại khi có thông báo mới", "xem lại mỗi quý")


@pytest.fixture
async def desk(site: Site) -> Site:
    """The site with the small catalogue published."""
    await rows.ensure_imported(site.around.database, site.around.clock(), small())
    return site


@pytest.fixture
async def hoa(desk: Site) -> StaffAccount:
    """An approver."""
    return await hire(desk.around, "hoa", "approver")


@pytest.fixture
async def phone(desk: Site, hoa: StaffAccount) -> pyotp.TOTP:
    """Hoa's telephone, whose last code was given too long ago to count."""
    made, _ = await set_up_second_factor(desk, await enter(desk, hoa))
    desk.around.clock.move(600)  # type: ignore[attr-defined]
    return made


async def test_an_approval_asks_for_the_code_and_keeps_what_was_typed(
    desk: Site, hoa: StaffAccount, phone: pyotp.TOTP
) -> None:
    draft = await drafts.start(desk.around, LAN, NOTED)
    await drafts.step(desk.around, LAN, draft, "submit", "")
    csrf = await enter(desk, hoa)
    where = f"/can-bo/ban-nhap/{draft}/duyet"
    asked = await post(desk, where, csrf, viec="approve", loi="Đọc kỹ rồi nhé")
    assert asked.status_code == 403
    assert 'name="viec" value="approve"' in asked.text
    assert "Đọc kỹ rồi nhé" in unescape(asked.text)
    assert await status(desk.around, draft) == "in_review"
    wrong = await post(desk, where, csrf, viec="approve", ma_xac_thuc="000000")
    assert wrong.status_code == 403
    assert await status(desk.around, draft) == "in_review"
    code = phone.at(desk.around.clock())
    assert (await post(desk, where, csrf, viec="approve", ma_xac_thuc=code)).status_code == 303
    assert await status(desk.around, draft) == "approved"


async def test_nothing_that_citizens_hear_is_changed_without_it(
    desk: Site, hoa: StaffAccount, phone: pyotp.TOTP
) -> None:
    draft = await approved(desk.around, NOTED)
    entry = (await published(desk.around, Kind.METHOD, SLUG)).entry_id
    made = await publishing.prepare(desk.around, MINH, [draft], "ghi chú mới")
    csrf, before = await enter(desk, hoa), (await live(desk.around)).id
    for path, fields in (
        ("ban-hanh/chuan-bi", {"ban": str(draft)}),
        (f"ban-hanh/{made}/phat-hanh", {}),
        ("ban-hanh/lui", {}),
        (f"kho/muc/{entry}/tam-dung", {}),
        (f"kho/muc/{entry}/chay-lai", {}),
    ):
        refused = await post(desk, f"/can-bo/{path}", csrf, loi="vì sao đó", **fields)
        assert refused.status_code == 403, path
        assert re.search(r'name="ma_xac_thuc"', refused.text), path
    assert (await live(desk.around)).id == before


async def test_within_five_minutes_nobody_is_asked_again(desk: Site, hoa: StaffAccount, phone: pyotp.TOTP) -> None:
    entry = (await published(desk.around, Kind.METHOD, SLUG)).entry_id
    csrf = await enter(desk, hoa, confirmed=True)
    paused = await post(desk, f"/can-bo/kho/muc/{entry}/tam-dung", csrf, loi="đang báo nhầm")
    assert paused.status_code == 303
