"""Where messengers deliver. Verified, stored, then acknowledged; nothing is judged here.

400 and 401 are final answers: a messenger repeats what gets a 5xx, so hostile bodies must never cause one.
"""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api import edge, log
from api.errors import NotFound, Unreadable
from api.intake import inbox, unstored
from bot.channels.base import BadSignature, Malformed

router = APIRouter()
logger = log.get(__name__)


@router.post("/webhooks/{channel}")
async def receive(channel: str, request: Request) -> Response:
    """Take one delivery."""
    around = edge.around(request)
    messenger = around.channels.get(channel)
    if messenger is None or not messenger.webhook:
        raise NotFound
    try:
        messenger.admit(request.headers)
        body = await request.body()
        messenger.verify(request.headers, body)
    except BadSignature:
        logger.warning("bad signature", channel=channel)
        return Response(status_code=401)
    try:
        payload = orjson.loads(body)
        if not isinstance(payload, dict):
            raise Unreadable
        is_new = await inbox.record(around, messenger, payload)
    except (orjson.JSONDecodeError, Malformed):
        raise Unreadable from None
    except unstored.AWAY:  # not acknowledged: the messenger brings it again
        await unstored.first_aid(around, messenger, payload)
        raise
    logger.info("update stored", channel=channel, bytes=len(body), outcome="new" if is_new else "again")
    return JSONResponse({"ok": True})
