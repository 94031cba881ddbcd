"""Trial runs: asked for here, watched here, read here. Must not know how two catalogues are compared."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api import edge
from api.access import audit
from api.console import curating
from api.console.curating import Reader
from api.console.drafts import show_with
from api.curation import fitting, regression, rows, shelf
from api.curation.pieces import Kind
from api.curation.refusals import DoesNotFit
from api.errors import NotFound
from api.models import RegressionRun

router = APIRouter(prefix="/can-bo")
SOURCES = {
    "example": "ví dụ của thủ đoạn", "old_example": "ví dụ đã bỏ", "near_miss": "tin thật dễ lẫn",
    "ordinary": "tin bình thường", "corpus": "bộ tin đã gán nhãn", "report": "phản ánh 90 ngày qua",
}  # fmt: skip


@router.post("/ban-nhap/{revision_id}/chay-thu")
async def try_draft(request: Request, revision_id: int, signed: Reader) -> Response:
    """Compare the draft with what is live, in the background."""
    around = edge.around(request)
    try:
        await fitting.check(around, revision_id)
    except DoesNotFit as refused:
        return await show_with(request, signed, revision_id, refused.sentence, refused.status)
    run = await regression.try_draft(around, signed.name, revision_id)
    async with around.database.writing() as session:
        tried = f"catalogue_revision/{revision_id}"
        await audit.record(session, signed, "catalogue.try", tried, details={"trial": run})
    return RedirectResponse(f"/can-bo/chay-thu/{run}?ban={revision_id}", 303)


@router.get("/chay-thu/{run_id}")
async def show_run(request: Request, run_id: int, signed: Reader) -> Response:
    """A trial run: how far it is, and what it found. It goes on whether anybody looks or not."""
    around = edge.around(request)
    async with around.database.reading() as session:
        run = await session.get(RegressionRun, run_id)
        if run is None:
            raise NotFound("Không có lần chạy thử này.")
        members = [piece for piece in await rows.members(session, run.members) if piece.kind is Kind.METHOD]
        places = await shelf.places(session)
        back = request.query_params.get("ban", "")
        own = await _method_of(session, back)
        reports = await regression.words_of_reports(session, run)
    live = around.knowledge.judge.catalogue.names
    names = live | {piece.key: shelf.name_of(piece.kind, piece.key, piece.body) for piece in members}
    under_way = run.state in (regression.WAITING, regression.RUNNING)
    if not under_way:  # until then the page looks again by itself, and shows nobody's words
        async with around.database.writing() as session:
            await audit.record(session, signed, "trial.view", f"trial/{run_id}")
    values = {
        "run": run, "names": names, "back": back if back.isascii() and back.isdigit() else "", "sources": SOURCES,
        "reports": reports, "own": own,
        "entries": {key: place.id for (kind, key), place in places.items() if kind == Kind.METHOD},
        "levels": curating.LEVELS, "watch": 2 if under_way else 0,
    }  # fmt: skip
    return curating.page(request, "run.html", signed, values)


async def _method_of(session: AsyncSession, revision_id: str) -> str:
    """The method that a draft is of, empty where it is of none."""
    if not (revision_id.isascii() and revision_id.isdigit() and len(revision_id) < 12):
        return ""
    try:
        _, owner = await rows.revision(session, int(revision_id))
    except NotFound:
        return ""
    return owner.key if owner.kind == Kind.METHOD else ""
