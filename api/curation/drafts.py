"""The life of one entry before it is published: draft, saved, submitted, approved or sent back by a second person.

Nothing published is edited: a draft is a new revision. Must not know how a catalogue is built or made live.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import audit
from api.access.sessions import Signed
from api.curation import pieces, reasons, regression, rows
from api.curation.pieces import Kind, Piece
from api.curation.refusals import AlreadyThere, ChangedMeanwhile, DoesNotFit, GateClosed, OwnWork, WrongStep
from api.curation.rows import OPEN, Status, Who
from api.errors import Refusal
from api.models import CatalogueEntry, CatalogueRemark, CatalogueRevision
from api.surroundings import Surroundings

WROTE = ("start", "save", "adopt")
"""Acts by which somebody becomes an author of a draft."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the life of a draft: from where, to where, and whether it is a second person's."""

    froms: tuple[Status, ...]
    to: Status
    decides: bool = False


REASON = 5
"""So many letters at least are a reason."""
STEPS = {
    "submit": Step((Status.DRAFT,), Status.IN_REVIEW),
    "take_back": Step((Status.IN_REVIEW, Status.APPROVED), Status.DRAFT),
    "discard": Step((Status.DRAFT, Status.REJECTED), Status.DISCARDED),
    "approve": Step((Status.IN_REVIEW,), Status.APPROVED, decides=True),
    "send_back": Step((Status.IN_REVIEW,), Status.REJECTED, decides=True),
}


async def add(around: Surroundings, who: Who, piece: Piece) -> int:
    """The first draft of an entry that nobody has yet; gives its id. Raises AlreadyThere."""
    async with around.database.reading() as session:
        owner = await rows.entry(session, piece.kind, piece.key)
        if owner and not await open_draft(session, owner.id) and await _has_stood(session, owner.id):
            raise AlreadyThere(f"Mã này đã có: {owner.key}. Đồng chí mở mục ấy ra soạn bản sửa.", owner.id)
    return await start(around, who, piece)


async def start(
    around: Surroundings, who: Who, piece: Piece, *, origin: str = "staff", based_on: int | None = None, words: str = ""
) -> int:
    """A new draft of an entry, which is made where it does not exist; gives its id.

    Raises AlreadyThere where the entry has a draft.
    """
    now = around.clock()
    async with around.database.writing() as session:
        owner = await rows.entry(session, piece.kind, piece.key)
        if owner is None:
            owner = CatalogueEntry(kind=piece.kind, key=piece.key, position=1_000_000)
            session.add(owner)
            await session.flush()
        if begun := await open_draft(session, owner.id):
            raise AlreadyThere("Mục này đang có một bản nháp. Đồng chí mở bản đó ra làm tiếp.", owner.id, begun.id)
        row = await rows.add_revision(
            session, who, owner, piece.body, Status.DRAFT,
            origin=origin, based_on=based_on, created_at=now, changed_at=now,
        )  # fmt: skip
        rows.add_remark(session, who, row, "adopt" if origin in ("feed", "upload") else "start", words, now)
        await _audit(session, who, "start", row, owner)
        return row.id


async def open_draft(session: AsyncSession, entry_id: int) -> CatalogueRevision | None:
    """The one revision of an entry that is not yet published."""
    query = select(CatalogueRevision).where(CatalogueRevision.entry_id == entry_id, CatalogueRevision.status.in_(OPEN))
    return (await session.scalars(query)).first()


async def _has_stood(session: AsyncSession, entry_id: int) -> bool:
    """Whether an entry was ever more than a draft that somebody gave up."""
    query = select(CatalogueRevision.id).where(
        CatalogueRevision.entry_id == entry_id, CatalogueRevision.status != Status.DISCARDED
    )
    return (await session.scalars(query.limit(1))).first() is not None


async def save(around: Surroundings, who: Signed, revision_id: int, piece: Piece, version: int) -> None:
    """Replace what a draft says. Raises ChangedMeanwhile where it was saved since ``version``."""
    now = around.clock()
    with suppress(ValueError):  # half a draft is kept as it is
        piece = pieces.parse(piece.kind, piece.key, piece.body)
    async with around.database.writing() as session:
        row, owner = await _taken(session, revision_id, Status.DRAFT, Status.REJECTED)
        if row.version != version:
            raise ChangedMeanwhile
        if (owner.kind, owner.key) != (piece.kind, piece.key):
            raise DoesNotFit("Không đổi được mã của mục. Đồng chí tạo mục mới với mã khác.")
        row.body, row.version, row.status, row.changed_at = piece.body, row.version + 1, Status.DRAFT, now
        rows.add_remark(session, who, row, "save", "", now)
        await _audit(session, who, "save", row, owner)


async def step(around: Surroundings, who: Signed, revision_id: int, act: str, words: str) -> None:
    """Take one of ``STEPS``. Raises WrongStep, and OwnWork where an author would decide on their own draft."""
    taken, now = STEPS[act], around.clock()
    if act == "send_back" and not words.strip():
        raise Refusal("Đồng chí ghi rõ cần sửa gì để người soạn biết.")
    async with around.database.writing() as session:
        row, owner = await _taken(session, revision_id, *taken.froms)
        if taken.decides and who.account_id in await authors(session, row):
            raise OwnWork
        if act == "discard" and len(words.strip()) < REASON and await _is_anothers(session, who, row):
            raise Refusal("Bản này do người khác soạn. Đồng chí ghi lý do bỏ để họ biết.")
        if act in ("submit", "approve"):
            await _ready_for_review(session, row, owner, act)
        row.status, row.changed_at = taken.to, now
        row.approver_id = who.account_id if act == "approve" else None
        rows.add_remark(session, who, row, act, words, now)
        await _audit(session, who, act, row, owner, words)


async def comment(around: Surroundings, who: Signed, revision_id: int, words: str) -> None:
    """Say something about a revision."""
    if not words.strip():
        raise Refusal("Ý kiến đang để trống.")
    async with around.database.writing() as session:
        row, owner = await rows.revision(session, revision_id)
        rows.add_remark(session, who, row, "comment", words, around.clock())
        await _audit(session, who, "comment", row, owner)


async def _ready_for_review(session: AsyncSession, row: CatalogueRevision, owner: CatalogueEntry, act: str) -> None:
    """A reviewer's time is for what is whole, differs, was tried well. Raises DoesNotFit, WrongStep or GateClosed."""
    piece = piece_of(Kind(owner.kind), owner.key, row.body)
    if act == "submit" and await _says_nothing_new(session, row, piece):
        raise WrongStep("Bản nháp chưa khác gì bản đang chạy nên chưa có gì để duyệt.")
    if not pieces.judges(piece):
        return
    run = await regression.of_draft(session, row.id)
    if act == "submit" and (run is None or run.state != regression.DONE):
        raise GateClosed("Đồng chí chạy thử xong rồi hãy gửi duyệt, để người duyệt thấy điều gì thay đổi.")
    if run and run.result and not run.result["passed"]:
        raise GateClosed(f"Chạy thử chưa đạt: {' '.join(run.result['refused'])}")


async def _says_nothing_new(session: AsyncSession, row: CatalogueRevision, piece: Piece) -> bool:
    query = select(CatalogueRevision.body).where(
        CatalogueRevision.entry_id == row.entry_id, CatalogueRevision.status == Status.PUBLISHED
    )
    return (await session.scalars(query)).first() == piece.body


async def authors(session: AsyncSession, row: CatalogueRevision) -> set[str]:
    """Everybody who wrote any of a revision; of what the software brought, whoever submitted it."""
    acts = WROTE if row.author_id else (*WROTE, "submit")
    query = select(CatalogueRemark.author_id).where(
        CatalogueRemark.revision_id == row.id, CatalogueRemark.act.in_(acts)
    )
    return {row.author_id, *(await session.scalars(query)).all()} - {""}


async def _is_anothers(session: AsyncSession, who: Signed, row: CatalogueRevision) -> bool:
    by = await authors(session, row)
    return bool(by) and who.account_id not in by


async def _taken(session: AsyncSession, revision_id: int, *froms: Status) -> tuple[CatalogueRevision, CatalogueEntry]:
    """The revision, locked, if it is in one of these states. Raises NotFound or WrongStep."""
    await session.execute(select(CatalogueRevision.id).where(CatalogueRevision.id == revision_id).with_for_update())
    row, owner = await rows.revision(session, revision_id)
    if row.status not in froms:
        raise WrongStep
    return row, owner


async def _audit(
    session: AsyncSession, who: Who, act: str, row: CatalogueRevision, owner: CatalogueEntry, words: str = ""
) -> None:
    about = {"entry": f"{owner.kind}/{owner.key}", "number": row.number, "status": row.status}
    await audit.record(session, who or "service", f"catalogue.{act}", f"catalogue_revision/{row.id}", words, about)


def piece_of(kind: Kind, key: str, body: str) -> Piece:
    """A checked piece. Raises DoesNotFit with every reason, in one sentence for each field."""
    try:
        return pieces.parse(kind, key, body)
    except ValidationError as invalid:
        raise DoesNotFit(reasons.in_one(invalid)) from None
    except ValueError as broken:
        raise DoesNotFit(str(broken)) from None


async def adopt(around: Surroundings, who: Who, offered: Iterable[Piece], origin: str, words: str) -> int:
    """Drafts of every offered piece that differs from what is live, to be reviewed here; gives how many.

    An entry that has a draft already is left alone; so is what the software itself has offered before, for somebody
    here has discarded it.
    """
    async with around.database.reading() as session:
        current = await rows.live(session)
        standing = set(await rows.members(session, current.members if current else []))
        if who is None:
            earlier = select(CatalogueRevision.id).where(CatalogueRevision.origin == origin)
            standing |= set(await rows.members(session, (await session.scalars(earlier)).all()))
    made = 0
    for piece in offered:
        if piece in standing:
            continue
        with suppress(WrongStep):
            await start(around, who, piece, origin=origin, words=words)
            made += 1
    return made
