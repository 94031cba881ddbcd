"""The life of an entry, from the shipped files to a publication and back again."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from api.curation import building, drafts, pieces, publishing, regression, rows
from api.curation.pieces import Kind
from api.curation.refusals import ChangedMeanwhile, DoesNotFit, GateClosed, NotReadyYet, OwnWork, WrongStep
from api.curation.replicas import Replica
from api.errors import NotFound, Refusal
from api.models import AuditRow, CatalogueRemark, CatalogueRevision, Publication, RegressionRun
from api.surroundings import Surroundings
from knowledge import catalogue, directory, handbook, lexicon
from tests.api.curation.desk import (
    HOA,
    LAN,
    MINH,
    SLUG,
    approved,
    changed,
    live,
    published,
    quick_build,
    shipped,
    small,
    status,
    tried,
    until_ready,
)

CONTACT = shipped(Kind.CONTACT, "cong-an-113")
NOTED = changed(CONTACT, "xem lại khi có thông báo mới", "xem lại mỗi quý")


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build what a test publishes at once."""
    monkeypatch.setattr(building, "build", quick_build)


@pytest.fixture
async def desk(around: Surroundings) -> Surroundings:
    """The small catalogue published, and one replica that serves it."""
    await rows.ensure_imported(around.database, around.clock(), small())
    return around


@pytest.fixture
async def replica(desk: Surroundings) -> Replica:
    """One process that follows the pointer."""
    started = Replica(desk)
    await until_ready(desk, (await live(desk)).id, [started])
    await started.look()
    return started


def test_the_shipped_files_come_back_as_they_were(tmp_path: Path) -> None:
    pieces.write(pieces.shipped(), tmp_path)
    assert pieces.read(tmp_path) == list(pieces.shipped())
    assert catalogue.load(tmp_path / "methods") == catalogue.load()
    assert handbook.load(tmp_path) == handbook.load()
    assert directory.load(tmp_path / "official_domains.toml") == directory.load()
    assert lexicon.load(tmp_path / "lexicon.toml") == lexicon.load()


def test_the_revision_is_the_content_not_the_order() -> None:
    some = small()
    assert pieces.revision(some) == pieces.revision(some[::-1])
    assert pieces.revision(some) != pieces.revision(some[:-1])


async def test_the_first_start_publishes_what_is_shipped_and_the_next_changes_nothing(desk: Surroundings) -> None:
    first = await live(desk)
    await rows.ensure_imported(desk.database, desk.clock(), small())
    assert (await live(desk)).id == first.id
    assert first.revision == pieces.revision(small())


async def test_a_new_release_replaces_only_what_nobody_curated(desk: Surroundings, replica: Replica) -> None:
    released = [NOTED if p == CONTACT else p for p in small()]
    await rows.ensure_imported(desk.database, desk.clock(), released)
    assert (await live(desk)).revision == pieces.revision(released)
    old = len((await live(desk)).members)
    await replica.look()
    made = await publishing.pause(desk, HOA, Kind.METHOD, "phat-nguoi", "nhầm nhiều quá")
    await until_ready(desk, made, [replica])
    await rows.ensure_imported(desk.database, desk.clock(), small())
    assert len((await live(desk)).members) == old - 1


async def test_two_replicas_that_start_at_once_import_once(around: Surroundings) -> None:
    both = [rows.ensure_imported(around.database, around.clock(), small()) for _ in range(2)]
    await asyncio.gather(*both)
    async with around.database.reading() as session:
        assert len((await session.scalars(select(Publication))).all()) == 1


async def test_nobody_approves_their_own_work(desk: Surroundings) -> None:
    draft = await drafts.start(desk, LAN, NOTED)
    await drafts.save(desk, MINH, draft, NOTED, 1)
    await drafts.step(desk, LAN, draft, "submit", "")
    for author in (LAN, MINH):
        for act in ("approve", "send_back"):
            with pytest.raises(OwnWork):
                await drafts.step(desk, author, draft, act, "đồng ý nhé")
    await drafts.step(desk, HOA, draft, "approve", "")
    assert await status(desk, draft) == "approved"


@pytest.mark.parametrize("act", ["approve", "send_back", "take_back"])
async def test_a_step_that_does_not_follow_is_refused(desk: Surroundings, act: str) -> None:
    draft = await drafts.start(desk, LAN, NOTED)
    with pytest.raises(WrongStep):
        await drafts.step(desk, MINH, draft, act, "vì sao đó")


async def test_what_is_sent_back_is_reworked_and_reviewed_again(desk: Surroundings) -> None:
    draft = await drafts.start(desk, LAN, NOTED)
    await drafts.step(desk, LAN, draft, "submit", "")
    with pytest.raises(Refusal, match="cần sửa gì"):
        await drafts.step(desk, MINH, draft, "send_back", " ")
    await drafts.step(desk, MINH, draft, "send_back", "Ghi rõ nguồn.")
    await drafts.save(desk, LAN, draft, NOTED, 1)
    assert await status(desk, draft) == "draft"
    await drafts.step(desk, LAN, draft, "submit", "")
    await drafts.step(desk, MINH, draft, "approve", "")
    async with desk.database.reading() as session:
        said = (await session.scalars(select(CatalogueRemark).order_by(CatalogueRemark.id))).all()
    acts = [(r.author, r.act) for r in said]
    assert acts == [
        ("Lan", "start"), ("Lan", "submit"), ("Minh", "send_back"), ("Lan", "save"), ("Lan", "submit"),
        ("Minh", "approve"),
    ]  # fmt: skip


async def test_a_draft_saved_by_somebody_else_is_not_overwritten(desk: Surroundings) -> None:
    draft = await drafts.start(desk, LAN, NOTED)
    await drafts.save(desk, LAN, draft, NOTED, 1)
    with pytest.raises(ChangedMeanwhile):
        await drafts.save(desk, MINH, draft, CONTACT, 1)


async def test_an_entry_has_one_open_draft_and_nothing_published_is_edited(desk: Surroundings) -> None:
    await drafts.start(desk, LAN, NOTED)
    with pytest.raises(WrongStep):
        await drafts.start(desk, MINH, NOTED)
    row = await published(desk, Kind.CONTACT, "cong-an-113")
    with pytest.raises(WrongStep):
        await drafts.save(desk, LAN, row.id, NOTED, 1)
    with pytest.raises(NotFound):
        await drafts.save(desk, LAN, 999_999, NOTED, 1)


async def test_publishing_reaches_the_answers_and_rolls_back(desk: Surroundings, replica: Replica) -> None:
    first = await live(desk)
    draft = await approved(desk, NOTED)
    made = await publishing.prepare(desk, MINH, [draft], "Ghi chú mới")
    with pytest.raises(NotReadyYet):
        await publishing.go_live(desk, MINH, made)
    await until_ready(desk, made, [replica])
    assert desk.knowledge.judge.revision == first.revision
    await publishing.go_live(desk, MINH, made)
    await replica.look()
    second = await live(desk)
    assert desk.knowledge.judge.revision == second.revision != first.revision
    assert await status(desk, draft) == "published"
    began = time.monotonic()
    await publishing.roll_back(desk, HOA, None, "Ghi chú sai")
    await replica.look()
    assert time.monotonic() - began < 2
    assert desk.knowledge.judge.revision == first.revision
    assert await status(desk, draft) == "retired"
    assert (await live(desk)).id not in (first.id, second.id)


async def test_only_approved_revisions_are_published(desk: Surroundings, replica: Replica) -> None:
    draft = await drafts.start(desk, LAN, NOTED)
    with pytest.raises(WrongStep):
        await publishing.prepare(desk, MINH, [draft], "vội quá")
    with pytest.raises(Refusal):
        await publishing.prepare(desk, MINH, [], "vội quá")
    await drafts.step(desk, LAN, draft, "submit", "")
    await drafts.step(desk, MINH, draft, "approve", "")
    made = await publishing.prepare(desk, MINH, [draft], "đã duyệt")
    await until_ready(desk, made, [replica])
    await drafts.step(desk, LAN, draft, "take_back", "")
    with pytest.raises(ChangedMeanwhile):
        await publishing.go_live(desk, MINH, made)


async def test_of_two_prepared_on_the_same_base_one_goes_live(desk: Surroundings, replica: Replica) -> None:
    draft = await approved(desk, NOTED)
    made = await publishing.prepare(desk, MINH, [draft], "bản thứ nhất")
    paused = await publishing.pause(desk, MINH, Kind.METHOD, "phat-nguoi", "đang báo nhầm")
    with pytest.raises(WrongStep):
        await publishing.go_live(desk, MINH, made)
    await until_ready(desk, paused, [replica])
    await replica.look()
    assert (await live(desk)).id == paused


async def test_a_paused_method_is_silent_until_it_is_resumed(desk: Surroundings, replica: Replica) -> None:
    row = await published(desk, Kind.METHOD, "phat-nguoi")
    with pytest.raises(Refusal, match="lý do"):
        await publishing.pause(desk, MINH, Kind.METHOD, "phat-nguoi", "")
    made = await publishing.pause(desk, MINH, Kind.METHOD, "phat-nguoi", "đang báo nhầm")
    await until_ready(desk, made, [replica])
    await replica.look()
    assert await status(desk, row.id) == "paused"
    with pytest.raises(WrongStep):
        await publishing.pause(desk, MINH, Kind.METHOD, "phat-nguoi", "lần nữa")
    made = await publishing.resume(desk, HOA, row.id, "đã xem lại")
    await until_ready(desk, made, [replica])
    await replica.look()
    assert await status(desk, row.id) == "published"


async def test_what_does_not_fit_the_rest_is_refused(desk: Surroundings) -> None:
    orphan = shipped(Kind.LIST, "brands")
    data = orphan.data
    data["brands"][0]["domains"] = ["khong-co-trong-danh-sach.vn"]
    draft = await approved(desk, pieces.of_data(Kind.LIST, "brands", data))
    with pytest.raises(DoesNotFit, match="khong-co-trong-danh-sach"):
        await publishing.prepare(desk, MINH, [draft], "thử xem sao")
    with pytest.raises(Refusal, match="khung"):
        await publishing.pause(desk, MINH, Kind.CARD, "R0", "thử xem sao")


async def test_a_method_waits_for_its_trial_run(desk: Surroundings, replica: Replica) -> None:
    method = changed(shipped(Kind.METHOD, SLUG), 'name = "', 'name = "Mới: ')
    draft = await approved(desk, method)
    async with desk.database.writing() as session:
        await session.execute(delete(RegressionRun))
    made = await publishing.prepare(desk, MINH, [draft], "đổi tên")
    await until_ready(desk, made, [replica])
    with pytest.raises(GateClosed, match="Chưa chạy thử xong"):
        await publishing.go_live(desk, MINH, made)
    async with desk.database.writing() as session:
        run = (await session.scalars(select(RegressionRun))).one()
        run.state = regression.DONE
        run.result = {"passed": False, "refused": ["2 ví dụ phải nhận ra thì không còn nhận ra."]}
    with pytest.raises(GateClosed, match="2 ví dụ"):
        await publishing.go_live(desk, MINH, made)
    async with desk.database.writing() as session:
        (await session.scalars(select(RegressionRun))).one().result = {"passed": True, "refused": []}
    await publishing.go_live(desk, MINH, made)
    assert (await live(desk)).id == made


async def test_a_method_is_whole_and_tried_before_somebody_reviews_it(desk: Surroundings) -> None:
    method = changed(shipped(Kind.METHOD, SLUG), 'name = "', 'name = "Mới: ')
    half = pieces.Piece(Kind.METHOD, SLUG, f'slug = "{SLUG}"\n')
    draft = await drafts.start(desk, LAN, half)
    with pytest.raises(DoesNotFit, match="examples: cần điền"):
        await drafts.step(desk, LAN, draft, "submit", "")
    await drafts.save(desk, LAN, draft, method, 1)
    with pytest.raises(GateClosed, match="chạy thử"):
        await drafts.step(desk, LAN, draft, "submit", "")
    run = await regression.try_draft(desk, "Lan", draft)
    assert await regression.try_draft(desk, "Lan", draft) == run
    await tried(desk, run, passed=False, refused=["mất ví dụ"])
    with pytest.raises(GateClosed, match="mất ví dụ"):
        await drafts.step(desk, LAN, draft, "submit", "Xem giúp, chưa đạt.")
    await tried(desk, run)
    await drafts.step(desk, LAN, draft, "submit", "Đạt rồi, xem giúp.")
    await tried(desk, run, passed=False, refused=["mất ví dụ"])
    with pytest.raises(GateClosed, match="mất ví dụ"):
        await drafts.step(desk, MINH, draft, "approve", "")


async def test_a_silent_replica_is_not_waited_for_but_a_slow_one_is(desk: Surroundings, replica: Replica) -> None:
    slow = Replica(desk)
    await slow.look()
    await asyncio.sleep(0)
    draft = await approved(desk, NOTED)
    made = await publishing.prepare(desk, MINH, [draft], "ghi chú")
    await until_ready(desk, made, [replica, slow])
    await slow.leave()
    await publishing.go_live(desk, MINH, made)
    await replica.look()
    assert [r.serving for r in await publishing.running_replicas(desk)] == [made]


async def test_every_act_is_in_the_log(desk: Surroundings, replica: Replica) -> None:
    draft = await approved(desk, NOTED)
    made = await publishing.prepare(desk, MINH, [draft], "ghi chú")
    await until_ready(desk, made, [replica])
    await publishing.go_live(desk, MINH, made)
    async with desk.database.reading() as session:
        acts = [(r.who, r.act) for r in (await session.scalars(select(AuditRow).order_by(AuditRow.seq))).all()]
    assert acts == [
        ("Lan", "catalogue.start"), ("Lan", "catalogue.submit"), ("Minh", "catalogue.approve"),
        ("Minh", "catalogue.prepare"), ("Minh", "catalogue.go_live"),
    ]  # fmt: skip


async def test_a_body_that_is_no_entry_names_every_field(desk: Surroundings) -> None:
    broken = CONTACT.body.replace('status = "V"', 'status = "Q"').replace("2026-11-24", '"hôm qua"')
    with pytest.raises(DoesNotFit) as refused:
        drafts.piece_of(Kind.CONTACT, CONTACT.key, broken)
    assert "status: chưa chọn đúng" in refused.value.sentence
    assert "checked_on: ngày chưa đúng" in refused.value.sentence
    with pytest.raises(DoesNotFit, match="mã của mục"):
        drafts.piece_of(Kind.CONTACT, "khac", CONTACT.body)
    with pytest.raises(DoesNotFit, match="TOML"):
        drafts.piece_of(Kind.CONTACT, "khac", "a = [")
    with pytest.raises(DoesNotFit, match="dài quá"):
        drafts.piece_of(Kind.CONTACT, "khac", "#" * 70_000)
    async with desk.database.reading() as session:
        drafted = select(CatalogueRevision).where(CatalogueRevision.status == "draft")
        assert (await session.scalars(drafted)).first() is None


async def test_a_pause_answers_at_once_and_is_learned_when_it_is_calm(desk: Surroundings, replica: Replica) -> None:
    before = desk.knowledge.judge
    await publishing.pause(desk, HOA, Kind.METHOD, SLUG, "nhầm nhiều quá")
    await replica.look()
    stopgap = desk.knowledge.judge
    assert stopgap.revision == (await live(desk)).revision
    assert stopgap.catalogue.methods == ()  # the fake judge knew this one only
    await replica.look()
    assert desk.knowledge.judge is stopgap
    replica._calm_at = 0.0  # ten seconds later
    await replica.look()
    assert replica._task is not None
    await replica._task
    await replica.look()
    assert desk.knowledge.judge not in (before, stopgap)
    assert desk.knowledge.judge.revision == stopgap.revision
