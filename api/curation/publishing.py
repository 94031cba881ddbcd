"""From approved revisions to the catalogue that answers: prepare, go live, pause, roll back.

Going live is one row changed in one transaction; replicas have built the catalogue before. Pausing and rolling back go
live by themselves as soon as every replica is ready: they only return to what was published. Must not know a page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import audit
from api.access.sessions import Signed
from api.curation import at_hand, pieces, regression, rows, soundness
from api.curation.pieces import Kind, Piece
from api.curation.refusals import ChangedMeanwhile, DoesNotFit, NotReadyYet, WrongStep
from api.curation.rows import State, Status
from api.errors import NotFound, Refusal
from api.models import CatalogueReplica, CatalogueRevision, Publication
from api.surroundings import Surroundings
from knowledge.catalogue import CatalogueError

ALIVE = timedelta(seconds=20)


async def prepare(around: Surroundings, who: Signed, revision_ids: Sequence[int], reason: str) -> int:
    """Make the next publication of approved revisions: replicas build it, and it is tried. Gives its id."""
    _needs(reason)
    if not revision_ids:
        raise Refusal("Chưa chọn bản nào để ban hành.")
    async with around.database.reading() as session:
        current = await _current(session)
        await _all_approved(session, revision_ids)
        wanted = await rows.replaced(session, current.members, revision_ids)
        before, members = await rows.members(session, current.members), await rows.members(session, wanted)
    await _fits(around, before, members)
    made = _made_of(current, wanted, pieces.revision(members), reason)
    made.automatic = False
    await _add(around, who, made)
    await regression.start(around, who.name, wanted)
    return made.id


async def pause(around: Surroundings, who: Signed, kind: Kind, key: str, reason: str) -> int:
    """Take an entry out of the answers. Gives the id of the publication that does it."""
    _needs(reason)
    if kind not in at_hand.PAUSABLE:
        raise Refusal("Mục này là phần khung của kho, không tạm dừng được; đồng chí soạn bản sửa.")
    async with around.database.reading() as session:
        current = await _current(session)
        numbered = await rows.numbered(session, current.members)
    left = [(i, p) for i, p in numbered if (p.kind, p.key) != (kind, key)]
    if len(left) == len(numbered):
        raise WrongStep("Mục này hiện không có trong kho đang chạy.")
    if not any(piece.kind is Kind.METHOD for _, piece in left):  # nothing else that is taken out can be missed
        raise DoesNotFit("Đây là thủ đoạn cuối cùng trong kho, không tạm dừng được.")
    revision = pieces.revision(piece for _, piece in left)
    return await _soon(around, who, _made_of(current, [i for i, _ in left], revision, f"Tạm dừng: {reason}"))


async def resume(around: Surroundings, who: Signed, revision_id: int, reason: str) -> int:
    """Put a paused revision back as it was."""
    _needs(reason)
    async with around.database.reading() as session:
        current = await _current(session)
        row, _ = await rows.revision(session, revision_id)
        if row.status != Status.PAUSED:
            raise WrongStep
        wanted = await rows.replaced(session, current.members, [row.id])
        numbered = dict(await rows.numbered(session, [*current.members, row.id]))
    members = [numbered[i] for i in numbered if i in set(wanted)]
    made = _made_of(current, wanted, pieces.revision(members), f"Chạy lại: {reason}")
    if await waiting_for(around, made.revision):  # whoever has built it knows that it fits
        await _fits(around, [numbered[i] for i in numbered if i in set(current.members)], members)
    return await _soon(around, who, made)


async def roll_back(around: Surroundings, who: Signed, target_id: int | None, reason: str) -> int:
    """Publish again what an earlier publication said, by default the one before."""
    _needs(reason)
    async with around.database.reading() as session:
        current = await _current(session)
        target = await session.get(Publication, target_id or current.previous or 0)
        if target is None or target.state != State.PAST:
            raise WrongStep("Không có bản trước để lùi về.")
    made = _made_of(current, target.members, target.revision, f"Lùi về bản {target.revision}: {reason}")
    return await _soon(around, who, made)


async def _soon(around: Surroundings, who: Signed, made: Publication) -> int:
    """Add it; it goes live at once where every replica has it, or makes it of what it answers from. Gives its id."""
    added = await _add(around, who, made)
    running = await running_replicas(around)
    behind = [one for one in running if made.revision not in one.ready]
    if (
        running
        and all(one.serving == made.previous for one in behind)
        and not (behind and await _is_learned(around, made))
    ):
        with suppress(WrongStep):  # a replica that had it ready was faster
            await _point(around, None, added)
    return added


async def _is_learned(around: Surroundings, made: Publication) -> bool:
    """Whether it takes a judge that nobody can make of what answers now."""
    async with around.database.reading() as session:
        before = await session.get_one(Publication, made.previous)
        numbered = await rows.numbered(session, [*before.members, *made.members])
    old, new = set(before.members), set(made.members)
    pair = [p for i, p in numbered if i in old], [p for i, p in numbered if i in new]
    return not await asyncio.to_thread(at_hand.suffices, *pair)


async def go_live(around: Surroundings, who: Signed | None, publication_id: int) -> None:
    """Move the pointer. Raises GateClosed, NotReadyYet, ChangedMeanwhile or WrongStep."""
    async with around.database.reading() as session:
        made = await publication(session, publication_id)
    if made.state != State.PREPARING or (who is None and not made.automatic):
        raise WrongStep
    if not made.automatic:
        await regression.demand(around, made)
    if await waiting_for(around, made.revision):
        raise NotReadyYet
    await _point(around, who, publication_id)


async def _point(around: Surroundings, who: Signed | None, publication_id: int) -> None:
    now = around.clock()
    async with around.database.writing() as session:
        made = await publication(session, publication_id)
        if made.state != State.PREPARING:
            raise WrongStep
        fresh = await _newly(session, made)
        if not made.automatic and any(row.status != Status.APPROVED for row in fresh):
            raise ChangedMeanwhile("Có bản vừa bị lấy lại hoặc sửa. Đồng chí chuẩn bị lại.")
        if not await rows.point_to(session, made, now):
            raise ChangedMeanwhile("Kho đang chạy vừa đổi. Đồng chí chuẩn bị lại trên bản mới nhất.")
        for row in fresh:
            rows.add_remark(session, who, row, "publish", made.reason, now)
        await _audit(session, who, "go_live", made)


async def drop(around: Surroundings, who: Signed, publication_id: int) -> None:
    """Give a prepared publication up; its revisions stay approved."""
    async with around.database.writing() as session:
        made = await publication(session, publication_id)
        if made.state != State.PREPARING:
            raise WrongStep
        made.state = State.DROPPED
        await _audit(session, who, "drop", made)


async def publication(session: AsyncSession, publication_id: int) -> Publication:
    """One publication. Raises NotFound."""
    found = await session.get(Publication, publication_id)
    if found is None:
        raise NotFound("Không có lần ban hành này.")
    return found


async def waiting_for(around: Surroundings, revision: str) -> int:
    """How many running replicas have not built a revision yet; 1 where none is running."""
    running = await running_replicas(around)
    return sum(revision not in replica.ready for replica in running) if running else 1


async def running_replicas(around: Surroundings) -> Sequence[CatalogueReplica]:
    """Every process that was heard of lately."""
    query = select(CatalogueReplica).where(CatalogueReplica.seen_at > around.clock() - ALIVE)
    async with around.database.reading() as session:
        return (await session.scalars(query.order_by(CatalogueReplica.id))).all()


async def _current(session: AsyncSession) -> Publication:
    current = await rows.live(session)
    if current is None:
        raise NotFound("Kho chưa có bản nào đang chạy.")
    return current


async def _all_approved(session: AsyncSession, ids: Sequence[int]) -> None:
    found = (await session.scalars(select(CatalogueRevision).where(CatalogueRevision.id.in_(ids)))).all()
    if len(found) != len(set(ids)) or any(row.status != Status.APPROVED for row in found):
        raise WrongStep("Chỉ ban hành được những bản đã có người thứ hai duyệt.")


async def _newly(session: AsyncSession, made: Publication) -> list[CatalogueRevision]:
    """The revisions that the publication before did not have."""
    before = await session.get(Publication, made.previous) if made.previous else None
    new = set(made.members) - set(before.members if before else [])
    return list((await session.scalars(select(CatalogueRevision).where(CatalogueRevision.id.in_(new)))).all())


async def _fits(around: Surroundings, before: Sequence[Piece], after: Sequence[Piece]) -> None:
    try:
        await asyncio.to_thread(soundness.check_step, before, after, around.settings.unit_profile)
    except CatalogueError as broken:
        raise DoesNotFit(f"Ghép vào kho chưa được: {broken}") from broken


def _made_of(current: Publication, ids: Sequence[int], revision: str, reason: str) -> Publication:
    """A publication on top of the live one; automatic unless somebody says otherwise."""
    return Publication(
        revision=revision,
        members=list(ids),
        state=State.PREPARING,
        automatic=True,
        previous=current.id,
        reason=reason.strip()[:2000],
    )


async def _add(around: Surroundings, who: Signed, made: Publication) -> int:
    """Let it be built; whatever else was being prepared is dropped."""
    made.author_id, made.author = rows.names(who)
    made.created_at = around.clock()
    async with around.database.writing() as session:
        others = update(Publication).where(Publication.state == State.PREPARING).values(state=State.DROPPED)
        await session.execute(others)
        session.add(made)
        await session.flush()
        await _audit(session, who, "prepare", made)
    return made.id


def _needs(reason: str) -> None:
    if len(reason.strip()) < 5:
        raise Refusal("Đồng chí ghi lý do, dù chỉ một câu ngắn.")


async def _audit(session: AsyncSession, who: Signed | None, act: str, made: Publication) -> None:
    about = {"revision": made.revision, "previous": made.previous, "automatic": made.automatic}
    await audit.record(session, who or "service", f"catalogue.{act}", f"publication/{made.id}", made.reason, about)
