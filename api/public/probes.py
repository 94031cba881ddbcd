"""What machines ask: is the process alive, is the service ready, whom to tell of a weakness. Booleans only."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api import edge, log
from api.errors import NotOurKey
from api.surroundings import Surroundings

READY_SECONDS = 1.0
router = APIRouter()
logger = log.get(__name__)


@router.get("/healthz")
async def health() -> dict[str, bool]:
    """The process answers; nothing else is touched."""
    return {"ok": True}


@router.get("/readyz")
async def ready(request: Request) -> Response:
    """Database, keys and catalogue can be used."""
    around = edge.around(request)
    state = {"database": await _database(around), "keys": _keys(around)}
    return JSONResponse(state, 200 if all(state.values()) else 503)


@router.get("/.well-known/security.txt")
async def security(request: Request) -> Response:
    """RFC 9116."""
    around = edge.around(request)
    address = around.settings.address
    expires = (around.clock() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [f"Contact: {address}/quyen-rieng-tu", f"Expires: {expires}", "Preferred-Languages: vi, en"]
    lines.append(f"Canonical: {address}/.well-known/security.txt")
    return PlainTextResponse("\n".join(lines) + "\n")


async def _database(around: Surroundings) -> bool:
    try:
        async with asyncio.timeout(READY_SECONDS), around.database.writing(first=True) as session:
            await session.execute(text("SELECT version_num FROM alembic_version"))
    except (SQLAlchemyError, OSError, TimeoutError):
        logger.exception("not ready")
        return False
    return True


def _keys(around: Surroundings) -> bool:
    try:
        return around.vault.open("probe|probe", "1", around.vault.seal("probe|probe", "1", b"x")) == b"x"
    except NotOurKey:
        return False
