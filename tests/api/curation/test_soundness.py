"""An entry that was published before a rule was tightened: the rest answers, the desk is told, nothing goes down."""

from __future__ import annotations

import asyncio

import pytest

from api.curation import drafts, fitting, pieces, publishing, replicas, rows, soundness
from api.curation.pieces import Kind, Piece
from api.curation.refusals import DoesNotFit
from api.curation.rows import State, Status
from api.models import CatalogueEntry, Publication
from api.surroundings import Surroundings
from knowledge.verdict import AddressJudgement
from tests.api.conftest import Site
from tests.api.console.staff import hire_and_enter
from tests.api.curation.desk import HOA, LAN, SLUG, approved, changed, shipped, small

EVN = next(p for p in pieces.shipped() if p.key == "evn.com.vn")
ANYBODYS = Piece(Kind.DOMAIN, "com.vn", EVN.body.replace('"evn.com.vn"', '"com.vn"'))
HOTLINE = Piece(Kind.CONTACT, "so-la", shipped(Kind.CONTACT, "cong-an-113").body.replace("cong-an-113", "so-la"))
NOT_A_NUMBER = Piece(Kind.CONTACT, "so-la", HOTLINE.body.replace('value = "113"', 'value = "gọi ai cũng được"'))
HALF = Piece(Kind.METHOD, "nua-voi", 'slug = "nua-voi"\nname = "Nửa vời"\n')


async def publish_unchecked(around: Surroundings, *bad: Piece) -> Publication:
    """What an earlier version of the software let through stands in the live publication."""
    now = around.clock()
    async with around.database.writing() as session:
        current = await rows.live(session)
        assert current is not None
        ids = list(current.members)
        for piece in bad:
            owner = await rows.entry(session, piece.kind, piece.key)
            if owner is None:
                owner = CatalogueEntry(kind=piece.kind, key=piece.key, position=9999)
                session.add(owner)
                await session.flush()
            row = await rows.add_revision(
                session, None, owner, piece.body, Status.PUBLISHED, origin="staff", created_at=now, changed_at=now
            )
            ids = await rows.replaced(session, ids, [row.id])
        made = Publication(
            revision=pieces.revision(await rows.members(session, ids)), members=ids, state=State.PREPARING,
            automatic=True, previous=current.id, author_id="x", author="Lan", reason="trước khi siết", created_at=now,
        )  # fmt: skip
        session.add(made)
        await session.flush()
        assert await rows.point_to(session, made, now)
    return made


@pytest.fixture
async def tightened(around: Surroundings) -> Publication:
    """A small catalogue that holds what today's rules refuse."""
    await rows.ensure_imported(around.database, around.clock(), small())
    return await publish_unchecked(around, ANYBODYS, NOT_A_NUMBER, HALF)


async def test_a_restart_answers_with_the_rest_and_says_so(
    around: Surroundings, tightened: Publication, capsys: pytest.CaptureFixture[str]
) -> None:
    known = await replicas.first_knowledge(around.settings, around.database, around.clock())
    assert known.judge.revision == tightened.revision
    assert set(known.judge.catalogue.by_slug) == {SLUG, "qr-dan-de-buu-pham", "phat-nguoi"}
    (link,) = known.judge.match("Vào https://evn-thanhtoan.com.vn để đóng tiền điện").indicators
    assert link.judgement is not AddressJudgement.OFFICIAL
    assert "so-la" not in known.handbook.by_contact
    told = capsys.readouterr().err
    assert '"level":"critical"' in told
    assert "domain/com.vn" in told


async def test_a_replica_that_follows_answers_with_the_rest(around: Surroundings) -> None:
    await rows.ensure_imported(around.database, around.clock(), small())
    async with replicas.running(around):
        made = await publish_unchecked(around, ANYBODYS)
        async with asyncio.timeout(120):
            while around.knowledge.judge.revision != made.revision:  # noqa: ASYNC110 - it follows by itself
                await asyncio.sleep(0.05)
    (link,) = around.knowledge.judge.match("Vào https://evn-thanhtoan.com.vn để đóng tiền điện").indicators
    assert link.judgement is not AddressJudgement.OFFICIAL


async def test_the_desk_says_which_entry_and_why(site: Site, tightened: Publication) -> None:
    await hire_and_enter(site, "curator", "approver")
    for path in ("/can-bo/ban-nhap", "/can-bo/ban-hanh", "/can-bo/kho?loai=domain"):
        page = (await site.client.get(path)).text
        assert "Mục com.vn không dùng được: Tên miền: ai cũng đăng ký được tên dưới đuôi này" in page
    for path in ("/can-bo/can-xem-lai", "/can-bo/kho?loai=contact&la=due"):
        assert (await site.client.get(path)).status_code == 200


async def test_other_work_goes_on_beside_it(around: Surroundings, tightened: Publication) -> None:
    noted = changed(shipped(Kind.CONTACT, "cong-an-113"), "xem lại khi có thông báo mới", "xem lại mỗi quý")
    assert await publishing.prepare(around, HOA, [await approved(around, noted)], "ghi chú mới")
    assert await publishing.pause(around, HOA, Kind.METHOD, "phat-nguoi", "nhầm nhiều quá")
    assert await publishing.pause(around, HOA, Kind.DOMAIN, "com.vn", "không của riêng ai")
    draft = await drafts.start(around, LAN, changed(shipped(Kind.METHOD, SLUG), 'name = "', 'name = "Mới: '))
    await fitting.check(around, draft)


async def test_what_is_new_is_refused_as_before(around: Surroundings, tightened: Publication) -> None:
    with pytest.raises(DoesNotFit, match="ai cũng đăng ký được"):
        drafts.piece_of(Kind.DOMAIN, "com.vn", ANYBODYS.body)
    evn_is_open = pieces.of_data(
        Kind.LIST, "open_platforms",
        {"open_platforms": [*shipped(Kind.LIST, "open_platforms").data["open_platforms"], "evn.com.vn"]},
    )  # fmt: skip
    draft = await drafts.start(around, LAN, evn_is_open)
    with pytest.raises(DoesNotFit, match=r"evn\.com\.vn đã có trong một danh sách khác"):
        await fitting.check(around, draft)


async def test_a_domain_that_fell_into_wrong_hands_is_paused_although_a_brand_names_it(around: Surroundings) -> None:
    other = shipped(Kind.DOMAIN, "vietcombank.com.vn")
    await rows.ensure_imported(around.database, around.clock(), [*small(), other])
    assert await publishing.pause(around, HOA, Kind.DOMAIN, "evn.com.vn", "tên miền đã bị chiếm")


def test_what_the_catalogue_cannot_do_without_is_taken_from_the_software() -> None:
    card = shipped(Kind.CARD, "R0")
    broken = Piece(card.kind, card.key, 'code = "R0"\n')
    found = soundness.of(tuple(broken if p == card else p for p in small()), None)
    assert card in found.pieces
    assert "bản đi kèm phần mềm" in found.left_out[broken]


def test_two_that_do_not_go_together_leave_the_rest() -> None:
    platforms = shipped(Kind.LIST, "open_platforms").data["open_platforms"]
    clash = pieces.of_data(Kind.LIST, "open_platforms", {"open_platforms": [*platforms, "evn.com.vn"]})
    changed_name = changed(shipped(Kind.METHOD, SLUG), 'name = "', 'name = "Mới: ')
    own = {(clash.kind, clash.key): clash, (changed_name.kind, changed_name.key): changed_name}
    found = soundness.of(tuple(own.get((p.kind, p.key), p) for p in small()), None)
    assert changed_name in found.pieces
    assert list(found.left_out) == [clash]
    assert shipped(Kind.LIST, "open_platforms") in found.pieces


def test_nothing_is_wrong_with_what_is_shipped() -> None:
    found = soundness.of(pieces.shipped(), None)
    assert found.pieces == pieces.shipped()
    assert not found.left_out
