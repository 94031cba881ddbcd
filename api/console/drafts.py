"""The drafting table: what waits on whose desk; one draft with its differences, remarks, editor and trial run."""

from __future__ import annotations

import tomllib
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from api import edge
from api.access.sessions import Signed
from api.console import curating, methods
from api.console.curating import Approver, Curator, Reader
from api.curation import differences, drafts, forms, pieces, regression, rows, shelf
from api.curation.pieces import Kind, Piece
from api.curation.refusals import ChangedMeanwhile, DoesNotFit
from api.curation.rows import Status
from api.errors import Refusal
from api.models import RegressionRun
from knowledge import toml_out
from knowledge.catalogue import CatalogueError

router = APIRouter(prefix="/can-bo")
EDITABLE = (Status.DRAFT, Status.REJECTED)


@router.get("/ban-nhap")
async def show_board(request: Request, signed: Reader) -> Response:
    """What waits, by the desk that it waits on."""
    async with edge.around(request).database.reading() as session:
        waiting = await shelf.waiting(session)
        current = await rows.live(session)
        stale = bool(current and set(pieces.shipped()) - set(await rows.members(session, current.members)))
    desks = [
        ("Chờ người thứ hai duyệt", [w for w in waiting if w.status == Status.IN_REVIEW]),
        ("Đã duyệt, chờ ban hành", [w for w in waiting if w.status == Status.APPROVED]),
        ("Bị trả lại, cần sửa", [w for w in waiting if w.status == Status.REJECTED]),
        ("Đang soạn", [w for w in waiting if w.status == Status.DRAFT]),
    ]
    return curating.page(request, "board.html", signed, {"desks": desks, "stale": stale})


@router.get("/ban-nhap/{revision_id}")
async def show_draft(request: Request, revision_id: int, signed: Reader) -> Response:
    """One revision: what it changes, who said what, what the trial run found, and the next step."""
    return await _draft_page(request, signed, revision_id)


async def _draft_page(
    request: Request, signed: Signed, revision_id: int, message: str = "", status: int = 200
) -> Response:
    async with edge.around(request).database.reading() as session:
        row, owner = await rows.revision(session, revision_id)
        kind = Kind(owner.kind)
        said = await shelf.remarks(session, row.id)
        against = await shelf.standing(session, owner.id)
        run = await regression.of_draft(session, row.id) if row.status in rows.OPEN else None
        authors = await drafts.authors(session, row)
    data = tomllib.loads(row.body)
    old = tomllib.loads(against.body) if against else {}
    values = {
        "row": row,
        "entry": owner,
        "name": shelf.name_of(row.body, owner.key),
        "against": against,
        "differences": differences.between(kind, old, data),
        "remarks": said,
        "run": run,
        "judged": regression.judges(Piece(kind, owner.key, row.body)),
        "problems": _problems(kind, owner.key, row.body),
        "own": signed.account_id in authors,
        "said": methods.preview(request, kind, data),
        "message": message,
    }
    return curating.page(request, "draft.html", signed, values, status=status)


def _problems(kind: Kind, key: str, body: str) -> dict[str, str]:
    """What is still missing, by the label of its field."""
    try:
        pieces.parse(kind, key, body)
    except ValidationError as invalid:
        titles = {field.name: field.label for field in forms.FORMS.get(kind, ())}
        return {_titled(where, titles): why for where, why in drafts.reasons(invalid).items()}
    except CatalogueError as broken:
        return {"Nội dung": str(broken)}
    return {}


def _titled(where: str, titles: dict[str, str]) -> str:
    """A dotted place in words: the label of its field, and the number of its row."""
    name = next((n for n in sorted(titles, key=len, reverse=True) if where == n or where.startswith(f"{n}.")), "")
    number = next((int(part) + 1 for part in where.removeprefix(name).split(".") if part.isdigit()), None)
    label = titles.get(name) or where or "Toàn mục"
    return f"{label}, dòng {number}" if number else label


@router.post("/ban-nhap/{revision_id}/buoc")
async def take_own_step(request: Request, revision_id: int, signed: Curator) -> Response:
    """A curator's step: submit, take back, give up."""
    return await _step(request, signed, revision_id, ("submit", "take_back", "discard"))


@router.post("/ban-nhap/{revision_id}/duyet")
async def decide(request: Request, revision_id: int, signed: Approver) -> Response:
    """The second person's step."""
    return await _step(request, signed, revision_id, ("approve", "send_back"))


async def _step(request: Request, signed: Signed, revision_id: int, allowed: tuple[str, ...]) -> Response:
    form = await edge.read_form(request)
    act = form.get("viec", "")
    if act not in allowed:
        raise Refusal
    try:
        await drafts.step(edge.around(request), signed, revision_id, act, form.get("loi", ""))
    except Refusal as refused:
        return await _draft_page(request, signed, revision_id, refused.sentence, refused.status)
    return RedirectResponse(f"/can-bo/ban-nhap/{revision_id}", 303)


@router.post("/ban-nhap/{revision_id}/gop-y")
async def comment(request: Request, revision_id: int, signed: Reader) -> Response:
    """Say something."""
    await drafts.comment(edge.around(request), signed, revision_id, await curating.words(request))
    return RedirectResponse(f"/can-bo/ban-nhap/{revision_id}#y-kien", 303)


@router.get("/ban-nhap/{revision_id}/sua")
async def editor(request: Request, revision_id: int, signed: Curator) -> Response:
    """The form of a draft."""
    async with edge.around(request).database.reading() as session:
        row, owner = await rows.revision(session, revision_id)
    if row.status not in EDITABLE:
        return RedirectResponse(f"/can-bo/ban-nhap/{revision_id}", 303)
    kind = Kind(owner.kind)
    values = {"row": row, "entry": owner, "data": tomllib.loads(row.body), "toml": row.body, "version": row.version}
    return _editor(request, signed, kind, values)


def _editor(request: Request, signed: Signed, kind: Kind, values: dict[str, Any], status: int = 200) -> Response:
    data = values["data"]
    more = {
        "fields": forms.FORMS.get(kind, ()),
        "value_at": forms.value_at,
        "errors": values.get("errors", {}),
        "message": values.get("message", ""),
        "said": methods.preview(request, kind, data, values.get("text", "")),
        "text": values.get("text", ""),
        "name": data.get("name") or data.get("owner") or data.get("title") or values["entry"].key,
    }
    return curating.page(request, "edit.html", signed, values | more, status=status)


@router.post("/ban-nhap/{revision_id}/sua")
async def edit(request: Request, revision_id: int, signed: Curator) -> Response:
    """Keep the draft, or only add a row, take one out, or look at the answer."""
    around = edge.around(request)
    posted = await curating.posted(request)
    form = dict(posted)
    async with around.database.reading() as session:
        row, owner = await rows.revision(session, revision_id)
    kind, act = Kind(owner.kind), form.get("viec", "save")
    values: dict[str, Any] = {
        "row": row, "entry": owner, "version": form.get("version", "0"), "text": form.get("xem", ""),
        "toml": form.get("toml", ""),
    }  # fmt: skip
    try:
        data = _typed(kind, posted, form)
    except tomllib.TOMLDecodeError as broken:
        values |= {"data": {}, "errors": {"toml": f"không đọc được: {broken}"}}
        return _editor(request, signed, kind, values, 400)
    if act.startswith(("add:", "remove:")):
        forms.change_rows(forms.FORMS.get(kind, ()), data, act)
        return _editor(request, signed, kind, values | {"data": data})
    body = toml_out.write_table(data)
    errors = _errors(kind, owner.key, body)
    if act == "preview":
        return _editor(request, signed, kind, values | {"data": data, "errors": errors})
    try:
        await drafts.save(around, signed, revision_id, Piece(kind, owner.key, body), _number(form.get("version", "")))
    except Refusal as refused:
        return _editor(request, signed, kind, values | {"data": data, "message": refused.sentence}, refused.status)
    if errors:
        message = "Đã lưu bản nháp. Còn vài chỗ cần điền thêm trước khi trình duyệt."
        more = {"data": data, "errors": errors, "message": message, "version": _number(form["version"]) + 1}
        return _editor(request, signed, kind, values | more)
    return RedirectResponse(f"/can-bo/ban-nhap/{revision_id}", 303)


def _typed(kind: Kind, posted: list[tuple[str, str]], form: dict[str, str]) -> dict[str, Any]:
    """What the form says: its fields, or for kinds without a form its TOML."""
    if kind in forms.FORMS:
        return forms.read(forms.FORMS[kind], posted)
    if len(form.get("toml", "")) > pieces.MOST_BYTES:
        raise DoesNotFit("Nội dung dài quá.")
    return tomllib.loads(form.get("toml", ""))


def _errors(kind: Kind, key: str, body: str) -> dict[str, str]:
    try:
        pieces.parse(kind, key, body)
    except ValidationError as invalid:
        found = drafts.reasons(invalid)
        return found if kind in forms.FORMS else {"toml": "; ".join(f"{k}: {v}" for k, v in found.items())}
    except CatalogueError as broken:
        return {"toml" if kind not in forms.FORMS else "": str(broken)}
    return {}


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 9):
        raise ChangedMeanwhile
    return int(typed)


@router.post("/ban-nhap/{revision_id}/chay-thu")
async def try_draft(request: Request, revision_id: int, signed: Reader) -> Response:
    """Compare the draft with what is live, in the background."""
    around = edge.around(request)
    async with around.database.reading() as session:
        row, owner = await rows.revision(session, revision_id)
    try:
        drafts.piece_of(Kind(owner.kind), owner.key, row.body)
    except DoesNotFit as refused:
        return await _draft_page(request, signed, revision_id, refused.sentence, refused.status)
    run = await regression.try_draft(around, signed.name, revision_id)
    return RedirectResponse(f"/can-bo/chay-thu/{run}?ban={revision_id}", 303)


@router.get("/chay-thu/{run_id}")
async def show_run(request: Request, run_id: int, signed: Reader) -> Response:
    """A trial run: how far it is, and what it found."""
    async with edge.around(request).database.reading() as session:
        run = await session.get(RegressionRun, run_id)
    if run is None:
        raise Refusal("Không có lần chạy thử này.")
    names = edge.around(request).knowledge.judge.catalogue.names
    back = request.query_params.get("ban", "")
    values = {"run": run, "names": names, "back": back if back.isascii() and back.isdigit() else ""}
    response = curating.page(request, "run.html", signed, values | {"sources": SOURCES, "levels": LEVELS})
    if run.state in (regression.WAITING, regression.RUNNING):
        response.headers["Refresh"] = "2"
    return response


SOURCES = {
    "example": "ví dụ của thủ đoạn", "old_example": "ví dụ đã bỏ", "near_miss": "tin thật dễ lẫn",
    "ordinary": "tin bình thường", "corpus": "bộ tin đã gán nhãn", "report": "phản ánh 90 ngày qua",
}  # fmt: skip
LEVELS = {
    "scam": "Khớp thủ đoạn",
    "suspicious": "Có dấu hiệu",
    "unknown": "Chưa đủ kết luận",
    "none": "Chưa thấy dấu hiệu",
}
