"""Whether a draft is whole, fits into the live catalogue, and names nothing unknown: before it is tried or reviewed.

Must not know who asks, nor how two catalogues are compared.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date

from api.casework.triage import VIETNAM
from api.curation import drafts, expiry, rows, soundness
from api.curation.pieces import Kind, Piece
from api.curation.refusals import DoesNotFit
from api.surroundings import Surroundings
from knowledge.catalogue import CatalogueError


async def check(around: Surroundings, revision_id: int) -> None:
    """Raises DoesNotFit with the sentence for whoever wrote the draft."""
    async with around.database.reading() as session:
        row, owner = await rows.revision(session, revision_id)
        before, members = await rows.beside_live(session, revision_id)
    piece = drafts.piece_of(Kind(owner.kind), owner.key, row.body)
    wrong = [*_too_early(piece, around.clock().astimezone(VIETNAM).date()), *_unknown(piece, members)]
    if wrong:
        raise DoesNotFit(" ".join(wrong))
    try:
        await asyncio.to_thread(soundness.check_step, before, members, around.settings.unit_profile)
    except CatalogueError as broken:
        raise DoesNotFit(f"Ghép vào kho chưa được: {broken}.") from broken


def _too_early(piece: Piece, today: date) -> Iterator[str]:
    if expiry.ahead(piece.data, today):
        yield "Có ngày xem chưa tới. Đồng chí ghi ngày đã thật sự xem nguồn."


def _unknown(piece: Piece, members: Sequence[Piece]) -> Iterator[str]:
    """What a method names that is nowhere. Only of the draft: pausing must never wait for an old entry to be mended."""
    if piece.kind is not Kind.METHOD:
        return
    said = piece.data
    laws = {law["code"] for one in members if (one.kind, one.key) == (Kind.LIST, "laws") for law in one.data["laws"]}
    if lost := [code for code in said.get("law", ()) if code not in laws]:
        yield f"Điều luật liên quan: {', '.join(lost)} không có trong danh sách Điều luật."
    sources = {source["id"] for source in said["sources"]}
    if lost := sorted({truth["source"] for truth in said["truths"]} - sources):
        yield f"Sự thật phản bác: nguồn {', '.join(lost)} không có trong phần Nguồn của mục này."
