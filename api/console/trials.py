"""Trial runs: asked for here, watched here, read here. Must not know how two catalogues are compared."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge
from api.console import curating
from api.console.curating import Reader
from api.console.drafts import show_with
from api.curation import drafts, regression, rows
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
    async with around.database.reading() as session:
        row, owner = await rows.revision(session, revision_id)
    try:
        drafts.piece_of(Kind(owner.kind), owner.key, row.body)
    except DoesNotFit as refused:
        return await show_with(request, signed, revision_id, refused.sentence, refused.status)
    run = await regression.try_draft(around, signed.name, revision_id)
    return RedirectResponse(f"/can-bo/chay-thu/{run}?ban={revision_id}", 303)


@router.get("/chay-thu/{run_id}")
async def show_run(request: Request, run_id: int, signed: Reader) -> Response:
    """A trial run: how far it is, and what it found. It goes on whether anybody looks or not."""
    async with edge.around(request).database.reading() as session:
        run = await session.get(RegressionRun, run_id)
    if run is None:
        raise NotFound("Không có lần chạy thử này.")
    names = edge.around(request).knowledge.judge.catalogue.names
    back = request.query_params.get("ban", "")
    under_way = run.state in (regression.WAITING, regression.RUNNING)
    values = {
        "run": run, "names": names, "back": back if back.isascii() and back.isdigit() else "", "sources": SOURCES,
        "levels": curating.LEVELS, "watch": 2 if under_way else 0,
    }  # fmt: skip
    return curating.page(request, "run.html", signed, values)
