"""The plain lists of checks and reports, and one entry with its evidence highlighted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api import edge, templates
from api.access import audit
from api.access.sessions import Signed
from api.casework import reports, searching
from api.casework.searching import Wanted
from api.console import guard
from api.errors import NotFound
from api.models import Case, CaseItem, Check, Report
from bot import wording
from knowledge.verdict import Level

router = APIRouter(prefix="/can-bo")
Reader = Annotated[Signed, guard.may("reports.read")]
LEVELS = {
    Level.SCAM.value: "Khớp thủ đoạn",
    Level.SUSPICIOUS.value: "Có dấu hiệu",
    Level.UNKNOWN.value: "Chưa đủ kết luận",
    Level.NONE.value: "Chưa thấy dấu hiệu",
}
CHANNELS = {
    "web": "Trang web",
    "terminal": "Dòng lệnh",
    "zalo_oa": "Zalo OA",
    "zalo_bot": "Zalo Bot",
    "telegram": "Telegram",
}
KINDS = {"report": "Phản ánh", "help": "Cần giúp gấp"}
FRAMES = {
    "received": "tin nhận được", "story": "lời kể", "warning_quote": "cảnh báo nhắc lại thủ đoạn",
    "notice": "thông báo", "advert": "quảng cáo", "personal": "tin người quen", "news": "tin tức",
    "smalltalk": "chuyện phiếm",
    "entity": "link, số, tài khoản", "question": "câu hỏi",
}  # fmt: skip
STAGES = {
    "by_phrase": "Câu trong kho", "by_similarity": "Giống ví dụ", "by_cue": "Đòn tâm lý, yêu cầu",
    "by_indicator": "Link, số, tài khoản", "by_wording": "Cách dùng từ",
}  # fmt: skip


@router.get("/phan-anh")
async def list_reports(request: Request, signed: Reader) -> Response:
    """What citizens reported, and cries for help."""
    wanted = _wanted(request)
    found = await searching.search(edge.around(request), Report, wanted, templates.VIETNAM)
    await _looked(request, signed, "report.list")
    return _list(request, "reports.html", wanted, {"signed": signed, "found": found})


@router.get("/luot-hoi")
async def list_checks(request: Request, signed: Reader) -> Response:
    """Every message that was judged."""
    wanted = _wanted(request)
    found = await searching.search(edge.around(request), Check, wanted, templates.VIETNAM)
    await _looked(request, signed, "check.list")
    return _list(request, "checks.html", wanted, {"signed": signed, "found": found})


@router.get("/luot-hoi/{row_id}")
async def show_check(request: Request, row_id: str, signed: Reader) -> Response:
    """One check."""
    around = edge.around(request)
    async with around.database.reading() as session:
        row = await session.get(Check, row_id[:32].replace("\0", ""))
    if row is None:
        raise NotFound("Không có lượt hỏi này.")
    await _looked(request, signed, "check.view", f"check/{row.id}")
    values = {"row": row, "pieces": highlighted(row.text, row.evidence)}
    return templates.page(request, "check.html", _names(request) | values | {"signed": signed})


@router.get("/phan-anh/{row_id}")
async def show_report(request: Request, row_id: str, signed: Reader) -> Response:
    """One report, with the check that it is about."""
    around = edge.around(request)
    async with around.database.reading() as session:
        row = await session.get(Report, row_id[:32].replace("\0", ""))
        check = await session.get(Check, row.check_id) if row and row.check_id else None
        case = await _case_of(session, row) if row else None
    if row is None:
        raise NotFound("Không có phản ánh này.")
    await _looked(request, signed, "report.view", f"report/{row.id}")
    evidence = check.evidence if check and check.text == row.text else []
    questions = wording.VI.report_questions
    told = [(questions.get(key, key), answer) for key, answer in reports.answers(around, row).items()]
    values = {
        "row": row, "check": check, "case": case, "told": told, "pieces": highlighted(row.text, evidence),
        "evidence": evidence,
    }  # fmt: skip
    return templates.page(request, "report.html", _names(request) | values | {"signed": signed})


async def _case_of(session: AsyncSession, row: Report) -> Case | None:
    query = select(Case).join(CaseItem, CaseItem.case_id == Case.id).where(CaseItem.report_id == row.id)
    return (await session.scalars(query)).one_or_none()


async def _looked(request: Request, signed: Signed, act: str, what: str = "") -> None:
    """Looking at what citizens said is an act."""
    async with edge.around(request).database.writing() as session:
        await audit.record(session, signed, act, what, details=audit.asked(request.query_params))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the masked text; ``sign`` where evidence was found."""

    text: str
    sign: str = ""


def highlighted(text: str, evidence: list[Any]) -> list[Piece]:
    """The text cut at the spans of the evidence; the stronger one wins where two overlap."""
    taken: list[tuple[int, int, str]] = []
    for one in evidence:
        span = one["span"]
        if span and one["weight"] > 0 and not any(span[0] < end and start < span[1] for start, end, _ in taken):
            taken.append((span[0], span[1], one["sign"]))
    pieces, at = [], 0
    for start, end, sign in sorted(taken):
        pieces += [Piece(text[at:start]), Piece(text[start:end], sign)]
        at = end
    return [piece for piece in (*pieces, Piece(text[at:])) if piece.text]


def _wanted(request: Request) -> Wanted:
    asked = request.query_params
    return Wanted(
        level=asked.get("muc", "") if asked.get("muc") in LEVELS else "",
        method=asked.get("thu-doan", "")[:60],
        words=asked.get("tim", "")[:200],
        since=edge.day(asked.get("tu", "")),
        until=edge.day(asked.get("den", "")),
        page=edge.page(request),
    )


def _list(request: Request, name: str, wanted: Wanted, values: Mapping[str, Any]) -> Response:
    asked = {key: value for key, value in request.query_params.items() if key != "trang" and value}
    methods = edge.around(request).knowledge.judge.catalogue.methods
    options = sorted(((m.slug, m.name) for m in methods), key=lambda pair: pair[1])
    more = {"wanted": wanted, "query": urlencode(asked), "options": options}
    return templates.page(request, name, _names(request) | more | dict(values))


def _names(request: Request) -> dict[str, Any]:
    catalogue = edge.around(request).knowledge.judge.catalogue
    situations = {s.value: title for s, title in wording.VI.situations.items()}
    return {
        "methods": catalogue.names,
        "levels": LEVELS,
        "channels": CHANNELS,
        "kinds": KINDS,
        "frames": FRAMES,
        "stages": STAGES,
        "situations": situations,
    }
