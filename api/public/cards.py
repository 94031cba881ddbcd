"""The pictures of warnings, to be passed on: on the page, and for the messenger that takes a picture by its address.

Must not draw anything itself.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import edge
from api.errors import NotFound
from api.messengers import share

router = APIRouter()


@router.get("/the-canh-bao/{name}.png")
async def one(request: Request, name: str, en: str = "") -> Response:
    """One picture."""
    picture = await share.png(edge.around(request), name, "en" if en else "vi")
    if picture is None:
        raise NotFound("Không có cảnh báo này.")
    return Response(picture, media_type="image/png")
