"""What has to be checked again by a day: contacts, domains, cards, sources. Their forms are the drafts' own."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import edge
from api.console import curating
from api.console.curating import Reader
from api.curation import expiry, rows, shelf

router = APIRouter(prefix="/can-bo/can-xem-lai")


@router.get("")
async def show_due(request: Request, signed: Reader) -> Response:
    """Everything overdue or due within a month, with what citizens hear meanwhile."""
    wanted = request.query_params.get("loai", "")
    async with edge.around(request).database.reading() as session:
        current = await rows.live(session)
        members = await rows.members(session, current.members if current else [])
        places = await shelf.places(session)
    found = await asyncio.to_thread(expiry.due, members, curating.today(request))
    due = [one for one in found if not wanted or one.piece.kind == wanted]
    values = {"due": due, "places": places, "wanted": wanted, "over": sum(one.over for one in due)}
    return curating.page(request, "due.html", signed, values)
