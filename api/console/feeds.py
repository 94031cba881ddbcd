"""Sharing the catalogue: our own signed feed, which anybody may read, and the feed of the unit that we follow."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge
from api.console import curating
from api.console.curating import Curator, Reader
from api.curation import feed, rows, subscriber
from api.errors import NotFound

router = APIRouter()


@router.get("/feed/catalogue.json")
async def share(request: Request) -> Response:
    """The published catalogue, signed. It holds what every citizen may be told; contacts stay with us."""
    around = edge.around(request)
    async with around.database.reading() as session:
        current = await rows.live(session)
        if current is None or current.live_at is None:
            raise NotFound
        if request.headers.get("if-none-match") == f'"{current.revision}"':
            return Response(status_code=304)
        members = await rows.members(session, current.members)
    unit = around.knowledge.handbook.unit
    signing = feed.key(around.settings.feed_key_file)
    name = f"{unit.short_name}, {unit.parent}"
    document = await asyncio.to_thread(feed.write, signing, members, name, current.live_at)
    return Response(document, headers={"ETag": f'"{current.revision}"'}, media_type="application/json")


@router.get("/can-bo/nguon-ngoai")
async def show(request: Request, signed: Reader) -> Response:
    """Our feed and its key; whom we follow and what came of it."""
    around = edge.around(request)
    values = {
        "address": f"{around.settings.address}/feed/catalogue.json",
        "key": feed.public_key(feed.key(around.settings.feed_key_file)),
        "followed": around.settings.feed_url,
        "history": await subscriber.history(around),
    }
    return curating.page(request, "feeds.html", signed, values)


@router.post("/can-bo/nguon-ngoai")
async def fetch(request: Request, signed: Curator) -> Response:
    """Look at the followed feed now."""
    await subscriber.fetch(edge.around(request), signed)
    return RedirectResponse("/can-bo/nguon-ngoai", 303)
