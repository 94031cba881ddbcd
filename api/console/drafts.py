"""The drafting table: what waits on whose desk; one revision with its differences, remarks and next step."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge
from api.access.sessions import Signed
from api.console import curating
from api.console.curating import Approver, Curator, Reader
from api.curation import differences, drafts, expiry, fitting, pieces, regression, rows, shelf, soundness
from api.curation.pieces import Kind, Piece
from api.curation.rows import Status
from api.errors import NotFound, Refusal
from api.models import CatalogueRevision

router = APIRouter(prefix="/can-bo")


@router.get("/ban-nhap")
async def show_board(request: Request, signed: Reader) -> Response:
    """What waits, by the desk that it waits on."""
    async with edge.around(request).database.reading() as session:
        waiting = await shelf.waiting(session)
        current = await rows.live(session)
        members = await rows.members(session, current.members if current else [])
    due = await asyncio.to_thread(expiry.due, members, curating.today(request))
    over = sum(one.over for one in due)
    desks = [
        ("Chờ người thứ hai duyệt", [w for w in waiting if w.status == Status.IN_REVIEW]),
        ("Đã duyệt, chờ ban hành", [w for w in waiting if w.status == Status.APPROVED]),
        ("Bị trả lại, cần sửa", [w for w in waiting if w.status == Status.REJECTED]),
        ("Đang soạn", [w for w in waiting if w.status == Status.DRAFT]),
    ]
    stale = bool(current and set(pieces.shipped()) - set(members))
    values: dict[str, object] = {"desks": desks, "stale": stale, "over": over, "soon": len(due) - over}
    values["unusable"] = await curating.unusable(request)
    values["taken"] = request.query_params.get("nhan", "")[:6]
    left_out = request.query_params.get("bo-qua", "").split(",")
    values["left_out"] = [name for name in pieces.COPIED if name in left_out]
    return curating.page(request, "board.html", signed, values)


@router.get("/ban-nhap/{revision_id}")
async def show_draft(request: Request, revision_id: int, signed: Reader) -> Response:
    """One revision: what it changes, who said what, what the trial run found, and the next step."""
    return await show_with(request, signed, revision_id)


async def show_with(
    request: Request, signed: Signed, revision_id: int, message: str = "", status: int = 200
) -> Response:
    """The page of a revision with a message on top."""
    async with edge.around(request).database.reading() as session:
        row, owner = await rows.revision(session, revision_id)
        kind = Kind(owner.kind)
        remarks = await shelf.remarks(session, row.id)
        _, others = await shelf.entry(session, owner.id)
        run = await regression.of_draft(session, row.id) if row.status in rows.OPEN else None
        authors = await drafts.authors(session, row)
    data = tomllib.loads(row.body)
    against = _against(row, others, request.query_params.get("so", ""))
    old = tomllib.loads(against.body) if against else {}
    values = {
        "row": row,
        "entry": owner,
        "name": shelf.name_of(owner.kind, owner.key, row.body),
        "against": against,
        "differences": differences.between(kind, owner.key, old, data),
        "others": [one for one in others if one.id != row.id],
        "remarks": remarks,
        "run": run,
        "judged": pieces.judges(Piece(kind, owner.key, row.body)),
        "problems": soundness.wrong(Piece(kind, owner.key, row.body)),
        "own": signed.account_id in authors,
        "said": curating.said(request, kind, owner.key, data),
        "message": message,
        "saved": request.query_params.get("da") == "luu",
    }
    return curating.page(request, "draft.html", signed, values, status=status)


def _against(row: CatalogueRevision, others: Sequence[CatalogueRevision], asked: str) -> CatalogueRevision | None:
    """What a revision is compared with: the one that was asked for, else what is live, else the one before it."""
    chosen = next((one for one in others if str(one.id) == asked and one.id != row.id), None)
    live = next((one for one in others if one.status == Status.PUBLISHED and one.id != row.id), None)
    before = next((one for one in others if one.number < row.number), None)
    return chosen or (live if row.status in rows.OPEN else before)


@router.post("/ban-nhap/{revision_id}/buoc")
async def take_own_step(request: Request, revision_id: int, signed: Curator) -> Response:
    """A curator's step: submit, take back, give up."""
    return await _step(request, signed, revision_id, ("submit", "take_back", "discard"))


@router.post("/ban-nhap/{revision_id}/duyet")
async def decide(request: Request, revision_id: int, signed: Approver) -> Response:
    """The second person's step."""
    return await _step(request, signed, revision_id, ("approve", "send_back"))


async def _step(request: Request, signed: Signed, revision_id: int, allowed: tuple[str, ...]) -> Response:
    form = await edge.read_form(request)
    act = form.get("viec", "")
    if act not in allowed:
        raise Refusal
    try:
        if act == "submit":
            await fitting.check(edge.around(request), revision_id)
        await drafts.step(edge.around(request), signed, revision_id, act, form.get("loi", ""))
    except Refusal as refused:
        return await show_with(request, signed, revision_id, refused.sentence, refused.status)
    return RedirectResponse(f"/can-bo/ban-nhap/{revision_id}", 303)


@router.post("/ban-nhap/{revision_id}/gop-y")
async def comment(request: Request, revision_id: int, signed: Reader) -> Response:
    """Say something."""
    try:
        await drafts.comment(edge.around(request), signed, revision_id, await curating.words(request))
    except NotFound:
        raise
    except Refusal as refused:
        return await show_with(request, signed, revision_id, refused.sentence, refused.status)
    return RedirectResponse(f"/can-bo/ban-nhap/{revision_id}#y-kien", 303)
