"""What leaves the desk: lists that a second person allows, a case on paper, letters. Each is in the audit log."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge, templates
from api.access import audit
from api.access.sessions import Signed
from api.casework import casefile, cases, exports, papers
from api.casework.cases import Acting
from api.casework.sheets import FORMATS, Mark
from api.console import guard, revealing
from api.console.casefile import back
from api.console.cases import HOME, Worker, staff, to_work_on
from api.console.indicators import STATES

PATH = "/can-bo/xuat"
router = APIRouter()
Requester = Annotated[Signed, guard.may("export.request")]
Approver = Annotated[Signed, guard.may("export.approve")]
Either = Annotated[Signed, guard.may("export.request", "export.approve")]
Revealer = Annotated[Signed, guard.may("identity.reveal")]
DONE = {
    "de-nghi": "Đã gửi đề nghị xuất, chờ người thứ hai duyệt.",
    "duyet": "Đã duyệt. Người đề nghị tải được trong 24 giờ.",
    "khong": "Đã ghi không duyệt.",
}
TITLES = {"csv": "CSV", "xlsx": "Excel (XLSX)", "stix": "STIX 2.1", "misp": "MISP JSON"}


@router.get(PATH)
async def show(request: Request, signed: Either) -> Response:
    """Who asked for what, and what was allowed."""
    async with edge.around(request).database.reading() as session:
        values = {"rows": await exports.requests(session), "people": await staff(session)}
    values["done"] = DONE.get(request.query_params.get("xong", ""), "")
    names = {"signed": signed, "formats": TITLES, "states": STATES, "most": exports.MOST_ROWS}
    return templates.page(request, "exports/list.html", values | names)


@router.post(PATH)
async def ask(request: Request, signed: Requester) -> Response:
    """Ask for a list."""
    around, form = edge.around(request), await edge.read_form(request)
    async with around.database.writing() as session:
        acting = Acting(around, signed.account_id, around.clock())
        row = await exports.ask(
            session, acting, form.get("dang", ""), form.get("tinh-trang", ""), form.get("ly-do", "")
        )
        await audit.record(session, signed, "export.ask", f"export/{row.id}", row.reason)
    return RedirectResponse(f"{PATH}?xong=de-nghi", 303)


@router.post(PATH + "/{row_id}/duyet")
async def decide(request: Request, row_id: str, signed: Approver) -> Response:
    """Allow a list or not."""
    around, form = edge.around(request), await edge.read_form(request)
    allowed = form.get("y-kien") == "duyet"
    async with around.database.writing() as session:
        row = await exports.decide(session, Acting(around, signed.account_id, around.clock()), row_id, allowed=allowed)
        await audit.record(session, signed, "export.allow" if allowed else "export.refuse", f"export/{row.id}")
    return RedirectResponse(f"{PATH}?xong={'duyet' if allowed else 'khong'}", 303)


@router.get(PATH + "/{row_id}/tai")
async def download(request: Request, row_id: str, signed: Requester) -> Response:
    """The list itself, for a day after it was allowed."""
    around = edge.around(request)
    async with around.database.writing() as session:
        row = await exports.usable(session, row_id, signed.account_id, around.clock())
        lines = await exports.lines(session, around, row.status)
        await audit.record(session, signed, "export.download", f"export/{row.id}", details={"rows": len(lines)})
    media, ending, write = FORMATS[row.format]
    mark = Mark(around.knowledge.handbook.unit.name, signed.shown, around.clock(), row.id[:8])
    body = await asyncio.to_thread(write, lines, mark)
    return _file(body, f"canh-giac-{row.format}-{row.id[:8]}.{ending}", media)


@router.get(HOME + "/{row_id}/ho-so.{kind}")
async def on_paper(request: Request, row_id: str, kind: str, signed: Requester) -> Response:
    """A case as PDF, or as a bundle with its manifest; masked, marked with who took it."""
    around, now = edge.around(request), edge.around(request).clock()
    async with around.database.writing() as session:
        case = await cases.get(session, row_id)
        file = await casefile.read(session, around, case)
        people = await staff(session)
        cases.note_step(session, Acting(around, signed.account_id, now), case, "export", ("", kind[:8]))
        await audit.record(session, signed, "case.export", f"case/{case.id}", details={"kind": kind[:8]})
    printed = exports.paper(around, file, signed.name, now, people)
    if kind == "zip":
        body = await asyncio.to_thread(exports.bundle, printed, file, now)
        return _file(body, f"{case.code}.zip", "application/zip")
    return _file(await asyncio.to_thread(papers.as_pdf, printed), f"{case.code}.pdf", "application/pdf")


@router.post(HOME + "/{row_id}/van-ban")
async def begin_letter(request: Request, row_id: str, signed: Worker) -> Response:
    """Draft a letter to another unit."""
    around, form = edge.around(request), await edge.read_form(request)
    async with around.database.writing() as session:
        case = await to_work_on(session, row_id)
        acting = Acting(around, signed.account_id, around.clock())
        row = await exports.begin_letter(session, acting, case, form.get("loai", ""), form.get("noi-nhan", ""))
        await audit.record(session, signed, "letter.draft", f"case/{case.id}", details={"letter": row.id})
    return back(case, "soan")


@router.post(HOME + "/{row_id}/van-ban/{letter_id}")
async def advance_letter(request: Request, row_id: str, letter_id: str, signed: Worker) -> Response:
    """A letter was sent, or answered."""
    around, form = edge.around(request), await edge.read_form(request)
    async with around.database.writing() as session:
        case = await to_work_on(session, row_id)
        row = await exports.letter_of(session, case, letter_id)
        acting = Acting(around, signed.account_id, around.clock())
        await exports.advance_letter(session, acting, case, row, form.get("dang", ""))
        await audit.record(session, signed, f"letter.{row.state}", f"case/{case.id}", details={"letter": row.id})
    return back(case, row.state)


@router.post(HOME + "/{row_id}/van-ban/{letter_id}/bo")
async def drop_letter(request: Request, row_id: str, letter_id: str, signed: Worker) -> Response:
    """A draft is not going to be sent."""
    around = edge.around(request)
    async with around.database.writing() as session:
        case = await to_work_on(session, row_id)
        row = await exports.letter_of(session, case, letter_id)
        await exports.drop_letter(session, Acting(around, signed.account_id, around.clock()), case, row)
        await audit.record(session, signed, "letter.drop", f"case/{case.id}", details={"letter": row.id})
    return back(case, "bo-thao")


@router.get(HOME + "/{row_id}/van-ban/{letter_id}.docx")
async def letter(request: Request, row_id: str, letter_id: str, signed: Revealer) -> Response:
    """The letter with the values in full, which whoever is to have it is the reason for."""
    around, many = edge.around(request), await revealing.is_alarming(request, signed)
    async with around.database.writing() as session:
        case = await cases.get(session, row_id)
        row = await exports.letter_of(session, case, letter_id)
        file = await casefile.read(session, around, case)
        exports.must_fit(case, row.kind, file.indicators)
        await revealing.record(
            session, signed, "letter.download", f"case/{case.id}", f"Văn bản gửi {row.recipient}", alarming=many
        )
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _file(await asyncio.to_thread(exports.letter, around, file, row), f"van-ban-{case.code}.docx", media)


def _file(body: bytes, name: str, media: str) -> Response:
    return Response(body, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=media)
