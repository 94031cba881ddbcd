"""Campaigns: messages that many people asked about, how they grow, what they share, and what may be a new method."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge, templates
from api.access import audit
from api.access.sessions import Signed
from api.casework import campaigns
from api.console import guard
from api.console.cases import names
from api.console.indicators import KINDS, STATES
from api.curation import beginnings, drafts
from api.curation.pieces import Kind, Piece
from api.curation.refusals import DoesNotFit
from knowledge import toml_out

router = APIRouter(prefix="/can-bo/chien-dich")
Reader = Annotated[Signed, guard.may("cases.read", "catalogue.draft")]
Curator = Annotated[Signed, guard.may("catalogue.draft")]


@router.get("")
async def show_list(request: Request, signed: Reader) -> Response:
    """Campaigns, last seen first, and what may be a new method."""
    around = edge.around(request)
    state = "new" if request.query_params.get("loai") == "moi" else ""
    after, now = request.query_params.get("sau", "")[:80], around.clock()
    async with around.database.reading() as session:
        page = await campaigns.search(session, state, after, now)
        new = await campaigns.count_new(session, now)
        fresh = await campaigns.new_among(session, [row.id for row in page.rows], now)
    async with around.database.writing() as session:
        await audit.record(session, signed, "campaign.list", details=audit.asked({"loai": "moi"} if state else {}))
    values = {"signed": signed, "page": page, "new": new, "fresh": fresh, "state": state, "after": after}
    return templates.page(request, "campaigns/list.html", names(request) | values)


@router.get("/{row_id}")
async def show(request: Request, row_id: str, signed: Reader) -> Response:
    """One campaign."""
    return templates.page(request, "campaigns/one.html", await _values(request, row_id, signed, "campaign.view"))


@router.post("/{row_id}/soan")
async def draft(request: Request, row_id: str, signed: Curator) -> Response:
    """A new method's draft of what people sent; its curator goes on in the editor."""
    around, name = edge.around(request), " ".join((await edge.read_form(request)).get("ten", "").split())[:120]
    known = (await _values(request, row_id, signed, "campaign.draft"))["known"]
    slug = beginnings.slug_of(name)
    if len(slug) < 3:
        raise DoesNotFit("Đồng chí đặt một tên tạm, vài chữ là đủ.")
    body = toml_out.write_table({"slug": slug, "name": name} | campaigns.draft(known))
    made = await drafts.start(around, signed, Piece(Kind.METHOD, slug, body), words=campaigns.told(known))
    return RedirectResponse(f"/can-bo/ban-nhap/{made}/sua", 303)


async def _values(request: Request, row_id: str, signed: Signed, act: str) -> dict[str, Any]:
    around = edge.around(request)
    async with around.database.writing() as session:
        await audit.record(session, signed, act, f"campaign/{(await campaigns.get(session, row_id)).id}")
    async with around.database.reading() as session:  # hundreds of messages are read while others may write
        row = await campaigns.get(session, row_id)
        known = await campaigns.known(session, row, around.clock())
    middle, dots = campaigns.graph(known)
    most = max([number for _, number in known.days] + [1])
    return names(request) | {
        "signed": signed, "known": known, "row": row, "middle": middle, "dots": dots, "most": most,
        "indicator_kinds": KINDS, "indicator_statuses": STATES,
    }  # fmt: skip
