"""What the curators' pages share: titles, who may, the entry or draft that a path names. Must not know one page."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Request
from fastapi.responses import Response

from api import edge, templates
from api.access import permissions
from api.access.sessions import Signed
from api.console import guard
from api.curation import building, previews, rows
from api.curation.pieces import Kind
from api.curation.refusals import AlreadyThere
from api.errors import Refusal
from api.messengers import dry
from api.messengers.dry import Shown

Reader = Annotated[
    Signed,
    guard.may(permissions.CATALOGUE_DRAFT, permissions.CATALOGUE_APPROVE, permissions.CATALOGUE_PUBLISH),
]
Curator = Annotated[Signed, guard.may(permissions.CATALOGUE_DRAFT)]
Approver = Annotated[Signed, guard.fresh(permissions.CATALOGUE_APPROVE)]
Publisher = Annotated[Signed, guard.fresh(permissions.CATALOGUE_PUBLISH)]
"""What reaches citizens is decided with the telephone in the hand, within the last five minutes."""
KINDS = {
    Kind.METHOD.value: "Thủ đoạn",
    Kind.CARD.value: "Thẻ cẩm nang",
    Kind.CONTACT.value: "Danh bạ",
    Kind.DOMAIN.value: "Tên miền chính thức",
    Kind.LEXICON.value: "Từ vựng",
    Kind.LIST.value: "Danh sách khác",
}
STATUSES = {
    "draft": "Đang soạn",
    "in_review": "Chờ duyệt",
    "approved": "Đã duyệt, chờ ban hành",
    "published": "Đang chạy",
    "rejected": "Cần sửa lại",
    "paused": "Tạm dừng",
    "retired": "Bản cũ",
    "discarded": "Đã bỏ",
}
ACTS = {
    "start": "bắt đầu soạn", "adopt": "nhận về", "save": "lưu", "submit": "gửi duyệt", "take_back": "lấy lại để sửa",
    "discard": "bỏ bản nháp", "approve": "duyệt", "send_back": "trả lại", "comment": "góp ý", "publish": "ban hành",
}  # fmt: skip
LEVELS = {
    "scam": "Khớp thủ đoạn",
    "suspicious": "Có dấu hiệu",
    "unknown": "Chưa đủ kết luận",
    "none": "Chưa thấy dấu hiệu",
}
ORIGINS = {"staff": "cán bộ soạn", "software": "theo phần mềm", "upload": "tải lên", "feed": "từ đơn vị khác"}


def page(
    request: Request, name: str, signed: Signed, values: dict[str, Any] | None = None, *, status: int = 200
) -> Response:
    """A page of the curators."""
    shared = {
        "watch": 0,
        "link": None,
        "signed": signed,
        "kinds": KINDS,
        "statuses": STATUSES,
        "acts": ACTS,
        "origins": ORIGINS,
    }
    return templates.page(request, f"catalogue/{name}", shared | (values or {}), status=status)


def said(request: Request, kind: Kind, key: str, data: Mapping[str, Any], text: str = "") -> list[Shown]:
    """The bot's answer on every channel, where the entry is one that the bot says."""
    around = edge.around(request)
    replies = previews.of(kind, key, data, text, around.knowledge.handbook, today(request))
    return dry.on_channels(replies, around.settings)


async def unusable(request: Request) -> list[str]:
    """What of the live catalogue cannot be used and why, a sentence each."""
    around = edge.around(request)
    async with around.database.reading() as session:
        current = await rows.live(session)
        members = await rows.members(session, current.members if current else [])
    sound = await asyncio.to_thread(building.usable, members, around.settings.unit_profile)
    return sound.told


def today(request: Request) -> date:
    """The day in Vietnam."""
    return edge.around(request).clock().astimezone(templates.VIETNAM).date()


async def posted(request: Request) -> list[tuple[str, str]]:
    """Every field of a form in its order, a name as often as it was sent; the guard has read it already."""
    form = await request.form()
    return [(key, value) for key, value in form.multi_items() if isinstance(value, str)]


async def words(request: Request, name: str = "loi") -> str:
    """One field of a form."""
    return (await edge.read_form(request)).get(name, "")


def way_to(refused: Refusal | None) -> tuple[str, str] | None:
    """Where what a refusal speaks of is found: a path, and the words of the link."""
    if not isinstance(refused, AlreadyThere):
        return None
    if refused.draft_id:
        return f"/can-bo/ban-nhap/{refused.draft_id}", "Mở bản nháp"
    return f"/can-bo/kho/muc/{refused.entry_id}", "Mở mục đã có"


def kind_of(value: str) -> Kind:
    """The kind that a query names; methods where it names none."""
    return Kind(value) if value in KINDS else Kind.METHOD
