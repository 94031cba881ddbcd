"""Entries, revisions and publications as they lie in the database, and the first import of the shipped files.

Must not decide who may do what, nor when something is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.sessions import Signed
from api.curation import pieces
from api.curation.pieces import Kind, Piece
from api.database import Database
from api.errors import NotFound
from api.models import CatalogueEntry, CatalogueRemark, CatalogueRevision, LivePublication, Publication

POINTER = 1


class Status(StrEnum):
    """Where a revision stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    REJECTED = "rejected"
    PAUSED = "paused"
    RETIRED = "retired"
    DISCARDED = "discarded"


OPEN = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.REJECTED)
"""Not yet published: an entry has at most one of these."""


class State(StrEnum):
    """Where a publication stands."""

    PREPARING = "preparing"
    LIVE = "live"
    PAST = "past"
    DROPPED = "dropped"


SOFTWARE = "Phần mềm"
Who = Signed | None
"""The person who acts, or None for the software itself."""


async def live(session: AsyncSession) -> Publication | None:
    """The publication that answers now."""
    query = select(Publication).join(LivePublication, LivePublication.publication_id == Publication.id)
    return (await session.scalars(query)).one_or_none()


async def members(session: AsyncSession, ids: Sequence[int]) -> list[Piece]:
    """The pieces of some revisions, in the order of the files."""
    return [piece for _, piece in await numbered(session, ids)]


async def numbered(session: AsyncSession, ids: Sequence[int]) -> list[tuple[int, Piece]]:
    """The same, each with the id of its revision."""
    query = (
        select(CatalogueRevision.id, CatalogueEntry.kind, CatalogueEntry.key, CatalogueRevision.body)
        .join(CatalogueEntry, CatalogueEntry.id == CatalogueRevision.entry_id)
        .where(CatalogueRevision.id.in_(ids))
        .order_by(CatalogueEntry.position, CatalogueEntry.id)
    )
    return [(i, Piece(Kind(kind), key, body)) for i, kind, key, body in (await session.execute(query)).all()]


async def replaced(session: AsyncSession, base: Sequence[int], by: Sequence[int]) -> list[int]:
    """The members ``base`` with the entries of the revisions ``by`` replaced or added."""
    query = select(CatalogueRevision.entry_id).where(CatalogueRevision.id.in_(by))
    entries = set((await session.scalars(query)).all())
    kept = select(CatalogueRevision.id).where(
        CatalogueRevision.id.in_(base), CatalogueRevision.entry_id.not_in(entries)
    )
    return sorted([*(await session.scalars(kept)).all(), *by])


async def beside_live(session: AsyncSession, revision_id: int) -> tuple[list[Piece], list[Piece]]:
    """The members of the live catalogue, and what they would be with one revision among them."""
    base = await live(session)
    before = base.members if base else []
    wanted = await replaced(session, before, [revision_id])
    return await members(session, before), await members(session, wanted)


async def revision(session: AsyncSession, revision_id: int) -> tuple[CatalogueRevision, CatalogueEntry]:
    """A revision and its entry. Raises NotFound."""
    query = (
        select(CatalogueRevision, CatalogueEntry)
        .join(CatalogueEntry, CatalogueEntry.id == CatalogueRevision.entry_id)
        .where(CatalogueRevision.id == revision_id)
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise NotFound("Không có bản này trong kho.")
    return found[0], found[1]


async def entry(session: AsyncSession, kind: Kind, key: str) -> CatalogueEntry | None:
    """An entry by its name."""
    query = select(CatalogueEntry).where(CatalogueEntry.kind == kind, CatalogueEntry.key == key)
    return (await session.scalars(query)).one_or_none()


def names(who: Who) -> tuple[str, str]:
    """The account's id, empty for the software, and the name to show."""
    return (who.account_id, who.name) if who else ("", SOFTWARE)


def add_remark(session: AsyncSession, who: Who, row: CatalogueRevision, act: str, words: str, at: datetime) -> None:
    """Who did or said what."""
    said = words.strip()[:2000]
    by, name = names(who)
    session.add(CatalogueRemark(revision_id=row.id, author_id=by, author=name, act=act, words=said, at=at))


async def add_revision(
    session: AsyncSession, who: Who, owner: CatalogueEntry, body: str, status: Status, **more: object
) -> CatalogueRevision:
    """A new revision of an entry, numbered after its newest."""
    newest = select(func.max(CatalogueRevision.number)).where(CatalogueRevision.entry_id == owner.id)
    by, name = names(who)
    row = CatalogueRevision(
        entry_id=owner.id,
        number=((await session.scalar(newest)) or 0) + 1,
        body=body,
        status=status,
        author_id=by,
        author=name,
        **more,
    )
    session.add(row)
    await session.flush()
    return row


async def ensure_imported(database: Database, now: datetime, shipped: Sequence[Piece] = ()) -> None:
    """Publish the shipped files where nothing is published yet, or where only the software ever published."""
    offered = tuple(shipped) or pieces.shipped()
    try:
        async with database.writing() as session:
            current = await live(session)
            touched = await session.scalar(select(Publication.id).where(Publication.author_id != "").limit(1))
            if touched or (current and current.revision == pieces.revision(offered)):
                return
            await _import(session, offered, current, now)
    except IntegrityError:  # another replica was faster; what it imported is there now
        async with database.reading() as session:
            if await live(session) is None:
                raise


async def _import(session: AsyncSession, offered: Iterable[Piece], current: Publication | None, now: datetime) -> None:
    known = {(e.kind, e.key): e for e in (await session.scalars(select(CatalogueEntry))).all()}
    standing = {p: i for i, p in await numbered(session, current.members if current else [])}
    ids: list[int] = []
    fresh: list[tuple[CatalogueEntry, Piece]] = []
    for place, piece in enumerate(offered):
        owner = known.get((piece.kind, piece.key))
        if owner is None:
            owner = CatalogueEntry(kind=piece.kind, key=piece.key, position=place)
            session.add(owner)
        owner.position = place
        if piece in standing:
            ids.append(standing[piece])
        else:
            fresh.append((owner, piece))
    await session.flush()
    newest = select(CatalogueRevision.entry_id, func.max(CatalogueRevision.number))
    found = await session.execute(newest.group_by(CatalogueRevision.entry_id))
    numbers = {row[0]: row[1] for row in found}
    rows = [
        CatalogueRevision(
            entry_id=owner.id, number=(numbers.get(owner.id) or 0) + 1, body=piece.body, status=Status.PUBLISHED,
            origin="software", author_id="", author=SOFTWARE, created_at=now, changed_at=now,
        )
        for owner, piece in fresh
    ]  # fmt: skip
    session.add_all(rows)
    await session.flush()
    made = Publication(
        revision=pieces.revision(offered), members=sorted([*ids, *(r.id for r in rows)]), state=State.PREPARING,
        automatic=True, previous=current.id if current else None, author_id="", author=SOFTWARE,
        reason="Nội dung đi kèm phần mềm", created_at=now,
    )  # fmt: skip
    session.add(made)
    await session.flush()
    await point_to(session, made, now)


async def point_to(session: AsyncSession, made: Publication, now: datetime) -> bool:
    """Move the pointer to a publication made on top of the live one; False where the live one is another by now."""
    pointer = (
        await session.scalars(select(LivePublication).where(LivePublication.id == POINTER).with_for_update())
    ).one_or_none()
    if pointer is None:
        session.add(LivePublication(id=POINTER, publication_id=made.id, changed_at=now))
    elif pointer.publication_id != made.previous:
        return False
    else:
        (await session.get_one(Publication, pointer.publication_id)).state = State.PAST
        pointer.publication_id, pointer.changed_at = made.id, now
    made.state, made.live_at = State.LIVE, now
    await session.flush()
    await _restate(session, made, now)
    return True


async def _restate(session: AsyncSession, made: Publication, now: datetime) -> None:
    """Give every revision that was ever published the status that follows from what is live now."""
    inside = set(made.members)
    entries = set(
        (await session.scalars(select(CatalogueRevision.entry_id).where(CatalogueRevision.id.in_(inside)))).all()
    )
    published = (Status.PUBLISHED, Status.PAUSED, Status.RETIRED)
    before = await session.get(Publication, made.previous) if made.previous else None
    left = set(before.members) - inside if before else set()
    query = select(CatalogueRevision).where(
        CatalogueRevision.id.in_(inside | left) | (CatalogueRevision.status == Status.PAUSED)
    )
    for row in (await session.scalars(query)).all():
        if row.id in inside:
            status = Status.PUBLISHED
        elif row.status in published:
            status = Status.RETIRED if row.entry_id in entries else Status.PAUSED
        else:
            continue
        if row.status != status:
            row.status, row.changed_at = status, now
