"""The catalogue as it stands: lists, one entry with its history, taking it out and in as TOML, pausing."""

from __future__ import annotations

import asyncio
import io
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge
from api.access import audit
from api.access.sessions import Signed
from api.console import curating
from api.console.curating import Curator, Publisher, Reader
from api.curation import at_hand, beginnings, drafts, expiry, layout, pieces, publishing, rows, shelf, word_forms
from api.curation.pieces import Kind, Piece
from api.curation.refusals import AlreadyThere, DoesNotFit
from api.curation.rows import Status
from api.errors import Refusal
from knowledge.catalogue import CatalogueError

router = APIRouter(prefix="/can-bo/kho")
SECTIONS = {Kind.METHOD: "slug", Kind.CONTACT: "slug", Kind.DOMAIN: "domain"}
"""The field by which an entry of a kind names itself."""
FILES = "tep"
"""Said instead of a kind: whole files, known by their names."""
STATES = {
    "": "Mọi tình trạng",
    "published": "Đang chạy",
    "paused": "Tạm dừng",
    "draft": "Đang có bản nháp",
    "due": "Quá hạn xem lại",
}


@router.get("")
async def show_list(request: Request, signed: Reader) -> Response:
    """All entries of a kind."""
    return await _list(request, signed, curating.kind_of(request.query_params.get("loai", "")))


async def _list(
    request: Request, signed: Signed, kind: Kind, refused: Refusal | None = None, typed: Mapping[str, str] | None = None
) -> Response:
    """The list; with what was typed for a new entry, and why there is none."""
    sought, state = request.query_params.get("tim", "")[:100], request.query_params.get("la", "")
    async with edge.around(request).database.reading() as session:
        lines = await shelf.entries(session, kind, sought)
        current = await rows.live(session)
    if state in STATES and state:
        lines = [line for line in lines if _is(line, state, curating.today(request))]
    values = {
        "kind": kind.value, "sought": sought, "state": state, "states": STATES, "lines": lines, "live": current,
        "addable": kind in beginnings.ADDABLE, "word_groups": word_forms.ADDABLE, "typed": typed or {},
        "longest": beginnings.LONGEST_NAME, "message": refused.sentence if refused else "",
        "link": curating.way_to(refused), "unusable": await curating.unusable(request),
    }  # fmt: skip
    return curating.page(request, "list.html", signed, values, status=refused.status if refused else 200)


def _is(line: shelf.Line, state: str, today: date) -> bool:
    """Whether an entry is in one of ``STATES``."""
    if state == "draft":
        return line.draft is not None
    if state == "due":
        piece = Piece(Kind(line.kind), line.key, line.body)
        return line.status == Status.PUBLISHED and any(one.over for one in expiry.due([piece], today))
    return line.status == state


@router.post("/moi")
async def add(request: Request, signed: Curator) -> Response:
    """A new entry: its name first, the rest in the editor."""
    form = await edge.read_form(request)
    kind = curating.kind_of(form.get("loai", ""))
    try:
        piece = beginnings.begin(kind, form.get("ma", ""), form.get("ten", ""), form.get("nhom", ""))
        made = await drafts.add(edge.around(request), signed, piece)
    except Refusal as refused:
        return await _list(request, signed, kind, refused, form)
    return RedirectResponse(f"/can-bo/ban-nhap/{made}/sua", 303)


@router.get("/tai-ve.zip")
async def download_all(request: Request, _signed: Reader) -> Response:
    """The live catalogue, laid out like ``knowledge/data``."""
    async with edge.around(request).database.reading() as session:
        current = await rows.live(session)
        members = await rows.members(session, current.members if current else [])
    packed = await asyncio.to_thread(_zipped, members)
    named = f'attachment; filename="kho-canh-bao-{current.revision if current else "trong"}.zip"'
    return Response(packed, headers={"Content-Disposition": named}, media_type="application/zip")


def _zipped(members: Sequence[Piece]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(layout.files(members).items()):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return packed.getvalue()


@router.get("/tai-len")
async def upload_form(request: Request, signed: Curator) -> Response:
    """Where a file is chosen or its text pasted."""
    return curating.page(request, "upload.html", signed, {"kind": FILES, "text": "", "message": ""})


@router.post("/tai-len")
async def upload(request: Request, signed: Curator) -> Response:
    """Drafts of what files say otherwise than the live catalogue; nothing is kept of a file that is not valid."""
    form = await edge.read_form(request)
    text = form.get("toml", "").replace("\r\n", "\n")
    if form.get("loai") == FILES:
        return await _take_files(request, signed, text, form.get("ten", "")[:200])
    kind = curating.kind_of(form.get("loai", ""))
    try:
        piece = drafts.piece_of(kind, _key(kind, text, form.get("ma", "").strip()), text)
        made = await drafts.start(edge.around(request), signed, piece, origin="upload")
    except Refusal as refused:
        values = {"kind": kind.value, "text": text, "message": refused.sentence, "link": curating.way_to(refused)}
        return curating.page(request, "upload.html", signed, values, status=refused.status)
    return RedirectResponse(f"/can-bo/ban-nhap/{made}", 303)


async def _take_files(request: Request, signed: Signed, text: str, name: str) -> Response:
    """One file of the catalogue, or many of them at once."""
    try:
        offered = await asyncio.to_thread(layout.read, text, name)
        left_out = layout.not_curated(text, name)
    except CatalogueError as broken:
        values = {"kind": FILES, "text": text, "message": str(broken)[:600]}
        return curating.page(request, "upload.html", signed, values, status=400)
    words = f"Từ tệp {name}" if name else "Từ tệp tải lên"
    made = await drafts.adopt(edge.around(request), signed, offered, "upload", words)
    told = f"&bo-qua={quote(','.join(left_out))}" if left_out else ""
    return RedirectResponse(f"/can-bo/ban-nhap?nhan={made}{told}", 303)


def _key(kind: Kind, text: str, named: str) -> str:
    """The key that a file names itself by, else the one that was typed."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise DoesNotFit(f"Không đọc được TOML: {broken}") from None
    own = SECTIONS.get(kind) or ("code" if kind is Kind.CARD else "")
    return str(data.get(own) or named)[:160]


@router.get("/muc/{entry_id}")
async def show_entry(request: Request, entry_id: int, signed: Reader) -> Response:
    """One entry: what it says, how the bot says it, its history."""
    return await _entry(request, signed, entry_id)


async def _entry(request: Request, signed: Signed, entry_id: int, refused: Refusal | None = None) -> Response:
    around = edge.around(request)
    async with around.database.reading() as session:
        owner, revisions = await shelf.entry(session, entry_id)
    kind = Kind(owner.kind)
    shown = next((r for r in revisions if r.status in (Status.PUBLISHED, Status.PAUSED)), revisions[0])
    data = tomllib.loads(shown.body)
    values = {
        "entry": owner,
        "revisions": revisions,
        "shown": shown,
        "name": shelf.name_of(owner.kind, owner.key, shown.body),
        "said": curating.said(request, kind, owner.key, data),
        "due": expiry.due([Piece(kind, owner.key, shown.body)], curating.today(request)),
        "draft": next((r for r in revisions if r.status in rows.OPEN), None),
        "pausable": kind in at_hand.PAUSABLE and shown.status == Status.PUBLISHED,
        "message": refused.sentence if refused else "",
        "link": curating.way_to(refused),
    }
    return curating.page(request, "entry.html", signed, values, status=refused.status if refused else 200)


@router.get("/muc/{entry_id}/toml")
async def download(request: Request, entry_id: int, _signed: Reader) -> Response:
    """What is live of an entry, or its newest revision, as TOML."""
    async with edge.around(request).database.reading() as session:
        owner, revisions = await shelf.entry(session, entry_id)
    shown = next((r for r in revisions if r.status == Status.PUBLISHED), revisions[0])
    named = f"attachment; filename*=UTF-8''{quote(owner.key, safe='')}.toml"
    body = layout.of_method(Piece(Kind.METHOD, owner.key, shown.body)) if owner.kind == Kind.METHOD else shown.body
    return Response(body, headers={"Content-Disposition": named}, media_type="text/plain; charset=utf-8")


@router.post("/muc/{entry_id}/soan")
async def draft(request: Request, entry_id: int, signed: Curator) -> Response:
    """A draft that begins as a revision stands; the live one where none is named."""
    asked = (await edge.read_form(request)).get("ban", "")
    async with edge.around(request).database.reading() as session:
        owner, revisions = await shelf.entry(session, entry_id)
    live = next((r for r in revisions if r.status in (Status.PUBLISHED, Status.PAUSED)), revisions[0])
    begun = next((r for r in revisions if str(r.id) == asked), live)
    piece = Piece(Kind(owner.kind), owner.key, begun.body)
    try:
        made = await drafts.start(edge.around(request), signed, piece, based_on=live.id)
    except AlreadyThere as refused:
        return await _entry(request, signed, entry_id, refused)
    return RedirectResponse(f"/can-bo/ban-nhap/{made}/sua", 303)


@router.post("/muc/{entry_id}/tam-dung")
async def pause(request: Request, entry_id: int, signed: Publisher) -> Response:
    """Take an entry out of the answers."""
    around = edge.around(request)
    async with around.database.reading() as session:
        owner, _ = await shelf.entry(session, entry_id)
    try:
        await publishing.pause(around, signed, Kind(owner.kind), owner.key, await curating.words(request))
    except Refusal as refused:
        return await _entry(request, signed, entry_id, refused)
    return RedirectResponse("/can-bo/ban-hanh", 303)


@router.post("/muc/{entry_id}/chay-lai")
async def resume(request: Request, entry_id: int, signed: Publisher) -> Response:
    """Put a paused entry back."""
    around = edge.around(request)
    async with around.database.reading() as session:
        _, revisions = await shelf.entry(session, entry_id)
    paused = next((r.id for r in revisions if r.status == Status.PAUSED), 0)
    try:
        await publishing.resume(around, signed, paused, await curating.words(request))
    except Refusal as refused:
        return await _entry(request, signed, entry_id, refused)
    return RedirectResponse("/can-bo/ban-hanh", 303)


@router.post("/theo-phan-mem")
async def adopt_shipped(request: Request, signed: Curator) -> Response:
    """Drafts of what the software brought and the live catalogue does not say."""
    around = edge.around(request)
    count = await drafts.adopt(around, signed, pieces.shipped(), "software", "Theo bản phần mềm mới")
    async with around.database.writing() as session:
        await audit.record(session, signed, "catalogue.adopt", "software", details={"drafts": count})
    return RedirectResponse("/can-bo/ban-nhap", 303)
