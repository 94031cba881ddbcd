"""The editor of a draft: its form, rows that come and go, the bot's answer on every channel while one is typing."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from api import edge
from api.access.sessions import Signed
from api.console import curating
from api.console.curating import Curator
from api.curation import differences, drafts, expiry, fields, forms, pieces, reasons, rows, shelf
from api.curation.differences import Difference
from api.curation.fields import Field
from api.curation.pieces import Kind, Piece
from api.curation.refusals import ChangedMeanwhile
from api.curation.rows import Status
from api.errors import Refusal
from api.models import CatalogueEntry, CatalogueRevision
from knowledge import toml_out
from knowledge.catalogue import CatalogueError

router = APIRouter(prefix="/can-bo/ban-nhap/{revision_id}")
EDITABLE = (Status.DRAFT, Status.REJECTED)
REMOVED = "bo"
"""The hidden field that holds the row that was just taken out."""


@dataclass
class Desk:
    """What lies on the table: a draft, and the form as somebody is filling it in."""

    row: CatalogueRevision
    owner: CatalogueEntry
    data: dict[str, Any]
    text: str = ""
    version: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    message: str = ""
    unsaved: bool = False
    removed: str = ""
    gone: str = ""
    focus: str = ""
    others: list[Difference] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """The kind of entry."""
        return Kind(self.owner.kind)


@router.get("/sua")
async def editor(request: Request, revision_id: int, signed: Curator) -> Response:
    """The form of a draft."""
    async with edge.around(request).database.reading() as session:
        row, owner = await rows.revision(session, revision_id)
    if row.status not in EDITABLE:
        return RedirectResponse(f"/can-bo/ban-nhap/{revision_id}", 303)
    return _page(request, signed, Desk(row, owner, tomllib.loads(row.body), version=str(row.version)))


def _page(request: Request, signed: Signed, desk: Desk, status: int = 200) -> Response:
    form = forms.of(desk.kind, desk.owner.key)
    values = {
        "desk": desk,
        "entry": desk.owner,
        "row": desk.row,
        "fields": form,
        "labels": {one.name: one.label for one in form},
        "value_at": fields.value_at,
        "in_box": fields.shown,
        "errors": desk.errors,
        "wrong": lambda name: wrong(form, desk.errors, name),
        "said": curating.said(request, desk.kind, desk.owner.key, fields.filled(form, desk.data), desk.text),
        "name": shelf.name_of(desk.owner.kind, desk.owner.key, toml_out.write_table(desk.data)),
    }
    return curating.page(request, "edit.html", signed, values, status=status)


@router.post("/sua")
async def edit(request: Request, revision_id: int, signed: Curator) -> Response:
    """Keep the draft, or only add a row, take one out, put it back, or look at the answer."""
    desk, act = await _posted(request, revision_id)
    if act.startswith(("add:", "remove:", "restore")):
        _change_rows(desk, act)
        return _page(request, signed, desk)
    desk.errors = _errors(desk, curating.today(request))
    if act == "preview":
        return _page(request, signed, desk)
    piece = Piece(desk.kind, desk.owner.key, toml_out.write_table(desk.data))
    try:
        await drafts.save(edge.around(request), signed, revision_id, piece, _number(desk.version))
    except ChangedMeanwhile as refused:
        await _tell_who(request, desk)
        return _page(request, signed, desk, refused.status)
    except Refusal as refused:
        desk.message = refused.sentence
        return _page(request, signed, desk, refused.status)
    if desk.errors:
        desk.message = "Đã lưu bản nháp. Còn vài chỗ cần điền thêm trước khi gửi duyệt."
        desk.version, desk.unsaved = str(_number(desk.version) + 1), False
        return _page(request, signed, desk)
    return RedirectResponse(f"/can-bo/ban-nhap/{revision_id}?da=luu", 303)


@router.post("/xem")
async def preview(request: Request, revision_id: int, signed: Curator) -> Response:
    """Only the bot's answer, for a form that is being filled in; nothing is kept."""
    desk, _ = await _posted(request, revision_id)
    desk.errors = _errors(desk, curating.today(request))
    form = forms.of(desk.kind, desk.owner.key)
    values = {
        "wrong": lambda name: wrong(form, desk.errors, name),
        "said": curating.said(request, desk.kind, desk.owner.key, desk.data, desk.text),
        "errors": desk.errors,
        "labels": {one.name: one.label for one in form},
        "entry": desk.owner,
    }
    return curating.page(request, "said.html", signed, values)


async def _posted(request: Request, revision_id: int) -> tuple[Desk, str]:
    posted = await curating.posted(request)
    form = dict(posted)
    async with edge.around(request).database.reading() as session:
        row, owner = await rows.revision(session, revision_id)
    act = form.get("viec", "save")
    moved = act.startswith(("add:", "remove:", "restore"))  # rows that were emptied still count while others move
    data = fields.read(forms.of(Kind(owner.kind), owner.key), posted, blank_rows=moved)
    desk = Desk(row, owner, data, form.get("xem", "")[:1400], form.get("version", ""), unsaved=True)
    desk.removed = form.get(REMOVED, "")[:20_000]
    return desk, act


async def _tell_who(request: Request, desk: Desk) -> None:
    """After somebody else saved: who, and where what is typed here differs. The next save is meant to replace it."""
    async with edge.around(request).database.reading() as session:
        row, owner = await rows.revision(session, desk.row.id)
        saved = [one for one in await shelf.remarks(session, row.id) if one.act in drafts.WROTE]
    who = saved[-1].author if saved else row.author
    desk.others = differences.between(desk.kind, owner.key, tomllib.loads(row.body), desk.data)
    desk.message = (
        f"{who} vừa sửa bản này trước khi đồng chí lưu, nên chưa lưu gì. Chỗ khác nhau ở ngay dưới đây: gạch đi là chữ "
        f"của {who}, thêm vào là chữ của đồng chí. Sửa cho khớp rồi bấm lưu lần nữa thì chữ của đồng chí thay vào."
    )
    desk.row, desk.version = row, str(row.version)


def _change_rows(desk: Desk, act: str) -> None:
    """Carry the act out; what was taken out can be put back with the next one."""
    form = forms.of(desk.kind, desk.owner.key)
    verb, name, number = [*act.split(":"), "", ""][:3]
    if verb == "restore":
        _restore(desk, form)
    elif verb == "add":
        columns = next((one.columns for one in form if one.name == name), ()) or (Field("", ""),)
        desk.focus = f"{name}.{fields.add_row(form, desk.data, name)}.{columns[0].name}"
    elif (row := fields.take_row(form, desk.data, name, number)) is not None:
        desk.removed = json.dumps({"name": name, "number": int(number), "row": row}, ensure_ascii=False, default=str)
        desk.gone = f"Đã bỏ dòng {int(number) + 1}."
        desk.focus = name


def _restore(desk: Desk, form: Sequence[Field]) -> None:
    try:
        kept = json.loads(desk.removed)
        name, number, row = str(kept["name"]), int(kept["number"]), dict(kept["row"])
        fields.put_row(form, desk.data, name, number, row)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):  # not what we put there
        return
    desk.removed, desk.focus = "", name


_INSIDE = {"id": "ký hiệu", "grade": "hạng", "checked_on": "ngày xem"}


def wrong(form: Sequence[Field], errors: Mapping[str, str], name: str) -> list[str]:
    """What is wrong with one control, in sentences that stand beside it."""
    field = next((one for one in form if one.name == name), None)
    said = []
    for where, why in errors.items():
        inside = where.startswith(f"{name}.") and not (field and field.kind == "rows")
        if where == name or inside or (field and _spoken_for(form, where) is field):
            said.append(_placed(where.removeprefix(name).strip("."), why))
    return said


def _spoken_for(form: Sequence[Field], where: str) -> Field | None:
    """The field that tells what is wrong with several together."""
    if any(where == one.name or where.startswith(f"{one.name}.") for one in form):
        return None
    return next((one for one in form if where and one.name.startswith(f"{where}.")), None)


def _placed(rest: str, why: str) -> str:
    number, _, part = rest.partition(".")
    if not (number.isascii() and number.isdigit()):
        return f"{number}: {why}" if number and not part else why
    return f"dòng {int(number) + 1}{f', {_INSIDE.get(part, part)}' if part else ''}: {why}"


def _errors(desk: Desk, today: date) -> dict[str, str]:
    found = expiry.ahead(desk.data, today) | _twice(desk)
    try:
        pieces.parse(desk.kind, desk.owner.key, toml_out.write_table(desk.data))
    except ValidationError as invalid:
        return reasons.of(invalid) | found
    except CatalogueError as broken:
        return {"": str(broken)} | found
    return found


def _twice(desk: Desk) -> dict[str, str]:
    pairs = [one for one in forms.of(desk.kind, desk.owner.key) if one.kind == "pairs"]
    kept = {one.name: fields.value_at(desk.data, one.path) for one in pairs}
    return {
        name: f"{', '.join(fields.twice(typed))} viết hai lần; chỉ giữ một dòng"
        for name, typed in kept.items()
        if isinstance(typed, str)
    }


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 9):
        raise ChangedMeanwhile
    return int(typed)
