"""What the pages show of the catalogue: lists of entries, the history of one, what waits on whose desk.

Reads only. Must not know HTTP.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.curation import rows, word_forms
from api.curation.pieces import Kind
from api.curation.rows import OPEN, State, Status
from api.errors import NotFound
from api.models import CatalogueEntry, CatalogueRemark, CatalogueRevision, Publication
from knowledge.text import fold

_NAMED = re.compile(r'^(?:name|owner|title) = ".*"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in a list: what is live of it, and the draft that is under way."""

    id: int
    kind: str
    key: str
    name: str
    body: str
    status: str
    changed_at: datetime
    draft: int | None
    draft_status: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One revision on somebody's desk."""

    id: int
    kind: str
    key: str
    name: str
    author: str
    author_id: str
    status: str
    origin: str
    changed_at: datetime


def name_of(kind: str, key: str, body: str) -> str:
    """What people call an entry, read from its canonical text without parsing all of it."""
    if kind in (Kind.LEXICON, Kind.LIST):
        return word_forms.title(key, body)
    found = _NAMED.search(body.split("\n[", 1)[0])
    if found is None:
        return key
    return str(next(iter(tomllib.loads(found[0]).values())))


async def entries(session: AsyncSession, kind: Kind, words: str = "") -> list[Line]:
    """All entries of a kind that hold these words, with or without diacritics."""
    query = (
        select(CatalogueEntry, CatalogueRevision)
        .join(CatalogueRevision, CatalogueRevision.entry_id == CatalogueEntry.id)
        .where(CatalogueEntry.kind == kind, CatalogueRevision.status.not_in((Status.RETIRED, Status.DISCARDED)))
        .order_by(CatalogueEntry.position, CatalogueEntry.id, CatalogueRevision.number)
    )
    found: dict[int, tuple[CatalogueEntry, list[CatalogueRevision]]] = {}
    for owner, revision in (await session.execute(query)).all():
        found.setdefault(owner.id, (owner, []))[1].append(revision)
    wanted = fold(words).split()
    lines = [_line(owner, revisions) for owner, revisions in found.values()]
    return [one for one in lines if all(word in fold(f"{one.key} {one.name}") for word in wanted)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is found: itself, and the draft that is under way."""

    id: int
    draft: int | None


async def places(session: AsyncSession) -> dict[tuple[str, str], Place]:
    """Every entry by kind and key, without reading what it says."""
    drafted = (
        select(CatalogueRevision.entry_id, CatalogueRevision.id)
        .where(CatalogueRevision.status.in_(OPEN))
        .subquery("drafted")
    )
    query = select(CatalogueEntry.kind, CatalogueEntry.key, CatalogueEntry.id, drafted.c.id).outerjoin(
        drafted, drafted.c.entry_id == CatalogueEntry.id
    )
    return {(kind, key): Place(entry_id, draft) for kind, key, entry_id, draft in (await session.execute(query)).all()}


def _line(owner: CatalogueEntry, revisions: Sequence[CatalogueRevision]) -> Line:
    standing = next((r for r in revisions if r.status in (Status.PUBLISHED, Status.PAUSED)), revisions[-1])
    draft = next((r for r in revisions if r.status in OPEN), None)
    return Line(
        owner.id, owner.kind, owner.key, name_of(owner.kind, owner.key, standing.body), standing.body, standing.status,
        standing.changed_at, draft.id if draft else None, draft.status if draft else "",
    )  # fmt: skip


async def entry(session: AsyncSession, entry_id: int) -> tuple[CatalogueEntry, list[CatalogueRevision]]:
    """An entry and its revisions, newest first. Raises NotFound."""
    owner = await session.get(CatalogueEntry, entry_id)
    if owner is None:
        raise NotFound("Không có mục này trong kho.")
    query = select(CatalogueRevision).where(CatalogueRevision.entry_id == entry_id)
    return owner, list((await session.scalars(query.order_by(CatalogueRevision.number.desc()))).all())


async def remarks(session: AsyncSession, revision_id: int) -> Sequence[CatalogueRemark]:
    """Who did and said what, in order."""
    query = select(CatalogueRemark).where(CatalogueRemark.revision_id == revision_id).order_by(CatalogueRemark.id)
    return (await session.scalars(query)).all()


async def waiting(session: AsyncSession) -> list[Waiting]:
    """Every revision that is not yet published, the newest first."""
    query = (
        select(CatalogueEntry, CatalogueRevision)
        .join(CatalogueRevision, CatalogueRevision.entry_id == CatalogueEntry.id)
        .where(CatalogueRevision.status.in_(OPEN))
        .order_by(CatalogueRevision.changed_at.desc(), CatalogueRevision.id.desc())
        .limit(300)
    )
    return [
        Waiting(
            row.id, owner.kind, owner.key, name_of(owner.kind, owner.key, row.body), row.author, row.author_id,
            row.status, row.origin, row.changed_at,
        )
        for owner, row in (await session.execute(query)).all()
    ]  # fmt: skip


async def standing(session: AsyncSession, entry_id: int) -> CatalogueRevision | None:
    """The revision of an entry that is live, None where it is not in the live catalogue."""
    query = select(CatalogueRevision).where(
        CatalogueRevision.entry_id == entry_id, CatalogueRevision.status == Status.PUBLISHED
    )
    return (await session.scalars(query)).first()


async def publications(session: AsyncSession, most: int = 30) -> Sequence[Publication]:
    """The publications that were live, the newest first."""
    query = select(Publication).where(Publication.state.in_((State.LIVE, State.PAST)))
    return (await session.scalars(query.order_by(Publication.id.desc()).limit(most))).all()


async def preparing(session: AsyncSession) -> Publication | None:
    """The publication that is being built."""
    query = select(Publication).where(Publication.state == State.PREPARING).order_by(Publication.id.desc())
    return (await session.scalars(query.limit(1))).first()


async def changes(session: AsyncSession, made: Publication) -> list[tuple[str, str, str]]:
    """What a publication changes: an act in words, the kind, the name of each entry."""
    before = await session.get(Publication, made.previous) if made.previous else None
    if before is None:
        return []
    old = await rows.numbered(session, sorted(set(before.members) - set(made.members)))
    new = await rows.numbered(session, sorted(set(made.members) - set(before.members)))
    left = {(p.kind, p.key) for _, p in old}
    came = {(p.kind, p.key) for _, p in new}
    acts = [("sửa" if (p.kind, p.key) in left else "thêm", p) for _, p in new]
    acts += [("bỏ", p) for _, p in old if (p.kind, p.key) not in came]
    return [(act, p.kind.value, name_of(p.kind, p.key, p.body)) for act, p in acts]
