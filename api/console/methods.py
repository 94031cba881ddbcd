"""The catalogue as it stands: lists, one entry with its history, taking it out and in as TOML, pausing."""

from __future__ import annotations

import asyncio
import io
import re
import tomllib
import zipfile
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge
from api.access import audit
from api.access.sessions import Signed
from api.console import curating
from api.console.curating import Curator, Publisher, Reader
from api.curation import drafts, expiry, layout, pieces, publishing, rows, shelf, word_forms
from api.curation.pieces import Kind, Piece
from api.curation.refusals import DoesNotFit
from api.curation.rows import Status
from knowledge import toml_out
from knowledge.catalogue import CatalogueError
from knowledge.text import fold

router = APIRouter(prefix="/can-bo/kho")
SECTIONS = {Kind.METHOD: "slug", Kind.CONTACT: "slug", Kind.DOMAIN: "domain"}
"""Kinds that a person can add to, and the field that names an entry."""
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
    kind = curating.kind_of(request.query_params.get("loai", ""))
    sought, state = request.query_params.get("tim", "")[:100], request.query_params.get("la", "")
    async with edge.around(request).database.reading() as session:
        lines = await shelf.entries(session, kind, sought)
        current = await rows.live(session)
    if state in STATES and state:
        lines = [line for line in lines if _is(line, state, curating.today(request))]
    values = {
        "kind": kind.value, "sought": sought, "state": state, "states": STATES, "lines": lines, "live": current,
        "addable": kind in SECTIONS or kind is Kind.LEXICON, "word_groups": word_forms.ADDABLE,
    }  # fmt: skip
    return curating.page(request, "list.html", signed, values)


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
    kind, named = curating.kind_of(form.get("loai", "")), form.get("ma", "").strip()
    if kind is Kind.LEXICON:
        key, body = _words(form.get("nhom", ""), named)
    else:
        key = named.lower() or (slug(form.get("ten", "")) if kind is Kind.METHOD else "")
        if kind not in SECTIONS or not 2 < len(key) <= 120 or not key.isascii() or set(key) & set(" /\\:?#"):
            raise DoesNotFit("Mã của mục: chữ thường không dấu, số, gạch ngang (tên miền thì có dấu chấm).")
        body = {SECTIONS[kind]: key} | ({"name": form.get("ten", "").strip()} if kind is Kind.METHOD else {})
    made = await drafts.start(edge.around(request), signed, Piece(kind, key, toml_out.write_table(body)))
    return RedirectResponse(f"/can-bo/ban-nhap/{made}/sua", 303)


def slug(name: str) -> str:
    """The code of a method of this name: its letters without diacritics."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:60].strip("-")


def _words(group: str, name: str) -> tuple[str, dict[str, str]]:
    """The key and the beginning of new words of the lexicon. Raises DoesNotFit."""
    code = name.isascii() and name.replace("_", "").isalnum() and name == name.lower()
    if group not in word_forms.ADDABLE or not 1 < len(name) <= 60 or (group == "concept" and not code):
        raise DoesNotFit("Nhóm từ cần một mã ngắn: chữ thường không dấu, số, gạch dưới. Thương hiệu cần một cái tên.")
    return f"{group}:{name}", {"name": name}


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
    except DoesNotFit as refused:
        values = {"kind": kind.value, "text": text, "message": refused.sentence}
        return curating.page(request, "upload.html", signed, values, status=400)
    made = await drafts.start(edge.around(request), signed, piece, origin="upload")
    return RedirectResponse(f"/can-bo/ban-nhap/{made}", 303)


async def _take_files(request: Request, signed: Signed, text: str, name: str) -> Response:
    """One file of the catalogue, or many of them at once."""
    try:
        offered = await asyncio.to_thread(layout.read, text, name)
    except CatalogueError as broken:
        values = {"kind": FILES, "text": text, "message": str(broken)[:600]}
        return curating.page(request, "upload.html", signed, values, status=400)
    words = f"Từ tệp {name}" if name else "Từ tệp tải lên"
    made = await drafts.adopt(edge.around(request), signed, offered, "upload", words)
    return RedirectResponse(f"/can-bo/ban-nhap?nhan={made}", 303)


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
        "pausable": kind in publishing.PAUSABLE and shown.status == Status.PUBLISHED,
    }
    return curating.page(request, "entry.html", signed, values)


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
    made = await drafts.start(edge.around(request), signed, piece, based_on=live.id)
    return RedirectResponse(f"/can-bo/ban-nhap/{made}/sua", 303)


@router.post("/muc/{entry_id}/tam-dung")
async def pause(request: Request, entry_id: int, signed: Publisher) -> Response:
    """Take an entry out of the answers."""
    around = edge.around(request)
    async with around.database.reading() as session:
        owner, _ = await shelf.entry(session, entry_id)
    await publishing.pause(around, signed, Kind(owner.kind), owner.key, await curating.words(request))
    return RedirectResponse("/can-bo/ban-hanh", 303)


@router.post("/muc/{entry_id}/chay-lai")
async def resume(request: Request, entry_id: int, signed: Publisher) -> Response:
    """Put a paused entry back."""
    around = edge.around(request)
    async with around.database.reading() as session:
        _, revisions = await shelf.entry(session, entry_id)
    paused = next((r.id for r in revisions if r.status == Status.PAUSED), 0)
    await publishing.resume(around, signed, paused, await curating.words(request))
    return RedirectResponse("/can-bo/ban-hanh", 303)


@router.post("/theo-phan-mem")
async def adopt_shipped(request: Request, signed: Curator) -> Response:
    """Drafts of what the software brought and the live catalogue does not say."""
    around = edge.around(request)
    count = await drafts.adopt(around, signed, pieces.shipped(), "software", "Theo bản phần mềm mới")
    async with around.database.writing() as session:
        await audit.record(session, signed, "catalogue.adopt", "software", details={"drafts": count})
    return RedirectResponse("/can-bo/ban-nhap", 303)
