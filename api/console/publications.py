"""What is live, what is being prepared, what was live before: publishing and rolling back."""

from __future__ import annotations

from collections.abc import Awaitable

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge
from api.access.sessions import Signed
from api.console import curating
from api.console.curating import Publisher, Reader
from api.curation import publishing, regression, rows, shelf
from api.curation.rows import Status
from api.errors import Refusal

router = APIRouter(prefix="/can-bo/ban-hanh")


@router.get("")
async def show(request: Request, signed: Reader) -> Response:
    """The page of publications."""
    return await _page(request, signed)


async def _page(request: Request, signed: Signed, message: str = "", status: int = 200) -> Response:
    around = edge.around(request)
    async with around.database.reading() as session:
        current = await rows.live(session)
        made = await shelf.preparing(session)
        changes = await shelf.changes(session, made) if made else []
        past = await shelf.publications(session)
        waiting = [w for w in await shelf.waiting(session) if w.status == Status.APPROVED]
        run = await regression.latest(session, made.revision, made.previous or 0) if made else None
        judged = bool(made and current and await regression.needed(session, current.members, made.members))
    running = await publishing.running_replicas(around)
    behind = [r for r in running if made and made.revision not in r.ready]
    tried = not judged or (run is not None and run.state == regression.DONE)
    moving = any(current is not None and r.serving != current.id for r in running)
    waited_for = bool(made and (behind or not tried))
    values = {
        "watch": 1 if moving else 2 if waited_for else 0,
        "live": current, "made": made, "changes": changes, "past": past, "waiting": waiting, "run": run,
        "judged": judged, "running": running, "behind": behind, "tried": tried, "message": message,
        "unusable": await curating.unusable(request),
        "passed": not judged or bool(run and run.result and run.result["passed"]),
    }  # fmt: skip
    return curating.page(request, "publications.html", signed, values, status=status)


@router.post("/chuan-bi")
async def prepare(request: Request, signed: Publisher) -> Response:
    """Prepare the approved revisions that were ticked."""
    posted = await curating.posted(request)
    chosen = [int(v) for name, v in posted if name == "ban" and v.isascii() and v.isdigit() and len(v) < 12]
    return await _acted(
        request, signed, publishing.prepare(edge.around(request), signed, chosen, dict(posted).get("loi", ""))
    )


@router.post("/lui")
async def roll_back(request: Request, signed: Publisher) -> Response:
    """Back to the publication before, or to the one that was chosen."""
    form = await edge.read_form(request)
    target = form.get("ve", "")
    chosen = int(target) if target.isascii() and target.isdigit() and len(target) < 12 else None
    return await _acted(
        request, signed, publishing.roll_back(edge.around(request), signed, chosen, form.get("loi", ""))
    )


@router.post("/{publication_id}/phat-hanh")
async def go_live(request: Request, publication_id: int, signed: Publisher) -> Response:
    """Let it answer."""
    return await _acted(request, signed, publishing.go_live(edge.around(request), signed, publication_id))


@router.post("/{publication_id}/bo")
async def drop(request: Request, publication_id: int, signed: Publisher) -> Response:
    """Give a prepared publication up."""
    return await _acted(request, signed, publishing.drop(edge.around(request), signed, publication_id))


async def _acted(request: Request, signed: Signed, act: Awaitable[object]) -> Response:
    """Carry an act out, and show the page with its refusal where it is refused."""
    try:
        await act
    except Refusal as refused:
        return await _page(request, signed, refused.sentence, refused.status)
    return RedirectResponse("/can-bo/ban-hanh", 303)
