"""The auditor's pages: searching the log, checking that it is whole, taking it as CSV. Looking is itself an act."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from api import edge, templates
from api.access import acts, audit, journal
from api.access.journal import Found, Wanted
from api.access.sessions import Signed
from api.casework import codes
from api.console import guard
from api.surroundings import Surroundings

router = APIRouter(prefix="/can-bo/nhat-ky")
Auditor = Annotated[Signed, guard.may("audit.read")]
Exporter = Annotated[Signed, guard.fresh("audit.read")]


@router.get("")
async def show(request: Request, signed: Auditor) -> Response:
    """What was done, newest first."""
    around = edge.around(request)
    wanted = await _wanted(request)
    found = await journal.search(around, wanted, templates.VIETNAM)
    asked = {key: value for key, value in request.query_params.items() if key != "trang" and value}
    async with around.database.writing() as session:
        await audit.record(session, signed, "audit.search", details=audit.asked(asked))
    accounts = await journal.accounts(around)
    values = {
        "signed": signed,
        "found": found,
        "wanted": wanted,
        "query": urlencode(asked),
        "names": [*accounts.values(), *journal.MACHINES],
        "acts": sorted(acts.TITLES.items(), key=lambda pair: pair[1]),
        "title": acts.title,
        "thing": acts.thing,
        "details": acts.details,
        "called": accounts | await _codes(around, found),
    }
    return templates.page(request, "journal.html", values)


@router.post("/kiem-tra")
async def verify(request: Request, signed: Auditor) -> Response:
    """Every seal computed again."""
    around = edge.around(request)
    found = await journal.verify(around)
    async with around.database.writing() as session:
        details = {"rows": found.rows, "bad": found.bad}
        await audit.record(session, signed, "audit.verify", details=details)
    return templates.page(request, "journal_verified.html", {"signed": signed, "found": found})


@router.get("/xuat.csv")
async def export(request: Request, signed: Exporter) -> Response:
    """All that fits, as a file for a spreadsheet."""
    around = edge.around(request)
    wanted = await _wanted(request)
    async with around.database.writing() as session:
        await audit.record(session, signed, "audit.export", details=audit.asked(request.query_params))
    name = f"nhat-ky-{around.clock().astimezone(templates.VIETNAM):%Y%m%d-%H%M}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    pieces = journal.exported(around, wanted, templates.VIETNAM)
    return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)


async def _codes(around: Surroundings, found: Found) -> dict[str, str]:
    """The codes of the cases that these rows name, which is how people speak of them."""
    named = {row.object.removeprefix("case/") for row in found.rows}
    named |= {value for row in found.rows for value in row.details.values() if isinstance(value, str)}
    async with around.database.reading() as session:
        return await codes.of_cases(session, named)


async def _wanted(request: Request) -> Wanted:
    asked = request.query_params
    words = asked.get("tim", "")[:200]
    async with edge.around(request).database.reading() as session:
        things = await codes.things_of(session, words)
    return Wanted(
        who=asked.get("ai", "")[:40].replace("\0", ""),
        act=asked.get("viec", "")[:40].replace("\0", ""),
        words=words,
        things=things,
        since=edge.day(asked.get("tu", "")),
        until=edge.day(asked.get("den", "")),
        page=edge.page(request),
    )
