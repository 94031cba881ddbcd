"""The methods as pages to read. Only what a citizen may know: no phrase, weight or rule is shown."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import edge, templates
from api.errors import NotFound
from knowledge.catalogue import Group, Situation
from knowledge.text import fold

router = APIRouter(prefix="/thu-doan")
GROUPS = {
    Group.IMPERSONATION: "Giả danh cơ quan, tổ chức, người quen",
    Group.DEEPFAKE: "Giả giọng nói, khuôn mặt",
    Group.INVESTMENT_WORK: "Đầu tư, việc làm",
    Group.TRADE: "Mua bán, dịch vụ",
    Group.DATA_THEFT: "Lấy cắp thông tin, chiếm máy, chiếm tài khoản",
    Group.EXTORTION: "Đe dọa, tống tiền",
    Group.RELATIONSHIP: "Tình cảm, quà tặng, từ thiện",
}


@router.get("")
async def index(request: Request, tim: str = "") -> Response:
    """All methods by family; ``tim`` narrows by words, with or without diacritics."""
    catalogue = edge.around(request).knowledge.judge.catalogue
    wanted = fold(tim[:100]).split()
    found = [
        m for m in catalogue.methods if all(word in fold(" ".join((m.name, *m.aliases, m.summary))) for word in wanted)
    ]
    families = [(title, [m for m in found if m.group is group]) for group, title in GROUPS.items()]
    values = {"families": [f for f in families if f[1]], "asked": tim[:100], "count": len(found)}
    return templates.page(request, "methods.html", values)


@router.get("/{slug}")
async def one(request: Request, slug: str) -> Response:
    """One method."""
    around = edge.around(request)
    method = around.knowledge.method(slug)
    if method is None:
        raise NotFound("Không có thủ đoạn này trong kho cảnh báo.")
    today = around.clock().astimezone(templates.VIETNAM).date()
    advice = around.knowledge.handbook.advice_for(method, Situation.CONTACTED, today)
    values = {"method": method, "advice": advice, "family": GROUPS[method.group]}
    return templates.page(request, "method.html", values)
