"""Pictures and files that go with a report. Pictures are copies drawn anew; files are never fetched nor opened.

A picture that belongs to no report is forgotten after a day. Must not know a messenger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework.whose import Whose, fresh_id
from api.models import Attachment, Report
from api.surroundings import Surroundings

WAITS = timedelta(days=1)
"""So long a picture may still become part of a report."""
_PICTURE, _TEXT, _SOURCE = "attachments|picture", "attachments|text", "attachments|source"


@dataclass(frozen=True, slots=True)
class Sent:
    """One picture as it may be kept: the copy, and what was read in it."""

    copy: bytes
    text: str


def keep(session: AsyncSession, around: Surroundings, whose: Whose, pictures: Mapping[str, Sent]) -> None:
    """Keep pictures by the messenger's references."""
    for reference, sent in pictures.items():
        row = _row(around, whose, reference)
        row.picture = around.vault.seal(_PICTURE, row.id, sent.copy)
        row.text = around.vault.seal(_TEXT, row.id, sent.text.encode("utf-8", "replace"))
        session.add(row)


async def attach(
    session: AsyncSession, around: Surroundings, whose: Whose, report: Report, references: Sequence[str]
) -> None:
    """Pictures that were kept, and files that were not looked at, go with a report."""
    named = {_hashed(around, whose.channel, reference): reference for reference in references}
    query = select(Attachment).where(
        Attachment.sender == whose.sender, Attachment.reference.in_(named), Attachment.report_id.is_(None)
    )
    found = {row.reference: row for row in (await session.scalars(query)).all()}
    await session.flush()
    for hashed, reference in named.items():
        row = found.get(hashed)
        if row is None:
            row = _row(around, whose, reference)
            row.source = around.vault.seal(_SOURCE, row.id, reference.encode("utf-8", "replace"))
            session.add(row)
        row.report_id = report.id


async def of_report(session: AsyncSession, report_id: str) -> Sequence[Attachment]:
    """What goes with a report, in the order in which it was sent."""
    query = select(Attachment).where(Attachment.report_id == report_id)
    return (await session.scalars(query.order_by(Attachment.created_at, Attachment.id))).all()


def picture(around: Surroundings, row: Attachment) -> bytes | None:
    """The copy as a JPEG; None for a file that was not looked at."""
    return around.vault.open(_PICTURE, row.id, row.picture) if row.picture else None


def text(around: Surroundings, row: Attachment) -> str:
    """What was read in a picture, as it was read."""
    return around.vault.open(_TEXT, row.id, row.text).decode() if row.text else ""


def _row(around: Surroundings, whose: Whose, reference: str) -> Attachment:
    return Attachment(
        id=fresh_id(),
        sender=whose.sender,
        channel=whose.channel,
        reference=_hashed(around, whose.channel, reference),
        created_at=whose.at,
    )


def _hashed(around: Surroundings, channel: str, reference: str) -> str:
    return around.vault.pseudonym(channel, f"file {reference}")
