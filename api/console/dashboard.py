"""The dashboard: the desk in figures, charts with a table behind them, never a cell of fewer than five people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import edge, templates
from api.access.sessions import Signed
from api.casework import figures
from api.console import guard
from api.console.cases import names
from bot import wording

router = APIRouter(prefix="/can-bo/so-lieu")
Reader = Annotated[Signed, guard.may("stats.read")]
PERIODS = {"hom-nay": "Hôm nay", "tuan": "7 ngày", "thang": "30 ngày", "nam": "12 tháng"}


@router.get("")
async def show(request: Request, signed: Reader) -> Response:
    """The figures of a period: one with a name, or from one day to another."""
    around, asked = edge.around(request), request.query_params
    now = around.clock()
    days = [day for day in (edge.day(asked.get("tu", "")), edge.day(asked.get("den", ""))) if day]
    chosen = "" if len(days) == 2 else asked["ky"] if asked.get("ky") in PERIODS else "tuan"
    since, until = figures.period(chosen, now) if chosen else figures.between(days[0], days[1])
    async with around.database.reading() as session:
        found = await figures.read(session, since, until, now)
    known = names(request)
    charts = [
        ("Lượt hỏi theo thủ đoạn", found.by_method, known["methods"], "chưa rõ thủ đoạn"),
        ("Lượt hỏi theo kênh", found.by_channel, known["channels"], "không rõ"),
        ("Phản ánh theo xã, phường", found.by_commune, {}, "người dân không nói"),
        ("Phản ánh theo nhóm tuổi", found.by_age, wording.VI.ages, "người dân không nói"),
        ("Phản ánh theo tình huống", found.by_situation, known["situations"], "chưa xảy ra gì"),
    ]
    values = {
        "signed": signed, "found": found, "charts": charts, "periods": PERIODS, "chosen": chosen, "span": span,
        "milliseconds": milliseconds, "since": since.date(), "until": max(days) if days else now.date(),
    }  # fmt: skip
    return templates.page(request, "dashboard.html", known | values)


def span(seconds: float | None) -> str:
    """A length of time as it is read."""
    if seconds is None:
        return "–"
    for size, name in ((86400, "ngày"), (3600, "giờ"), (60, "phút")):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {name}".replace(".", ",")
    return f"{seconds:.0f} giây"


def milliseconds(measured: float | None) -> str:
    """A very short time as it is read."""
    return "–" if measured is None else f"{measured:.1f} ms".replace(".", ",")
