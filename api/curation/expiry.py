"""What is due to be checked again: contacts, domains, cards and sources past their day. Must not know pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from api.curation.pieces import Kind, Piece
from knowledge import contacts, directory
from knowledge.catalogue import Method
from knowledge.contacts import Contact
from knowledge.directory import OfficialDomain
from knowledge.handbook import Card

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Due:
    """One entry, the day it is due, what happens to citizens meanwhile; ``over`` where that day is past."""

    piece: Piece
    name: str
    on: date
    why: str
    over: bool


def due(pieces: Iterable[Piece], today: date) -> list[Due]:
    """What is overdue or due within a month, the oldest first."""
    found = [one for piece in pieces for one in _of(piece, today) if one.on <= today + SOON]
    return sorted(found, key=lambda one: (one.on, one.name))


def ahead(data: Mapping[str, Any], today: date) -> dict[str, str]:
    """Days on which something is said to have been looked at and that are yet to come, by their dotted place."""
    return {where: f"chưa tới ngày này, hôm nay mới {today:%d/%m/%Y}" for where, on in _checks(data) if on > today}


def _checks(data: Any, where: str = "") -> Iterator[tuple[str, date]]:
    inside = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, (list, tuple)) else ()
    for name, value in inside:
        if name == "checked_on" and isinstance(value, date):
            yield f"{where}{name}", value
        else:
            yield from _checks(value, f"{where}{name}.")


def _of(piece: Piece, today: date) -> list[Due]:
    try:
        name, dates = _dates(piece)
    except ValidationError:  # left out of the answers, and told so: see soundness
        return []
    return [Due(piece, name, on, why, on < today) for on, why in dates]


@lru_cache(maxsize=4096)
def _dates(piece: Piece) -> tuple[str, tuple[tuple[date, str], ...]]:
    """What it is called, and the days on which something is due; read once for each wording of an entry."""
    if piece.kind is Kind.CONTACT:
        contact = Contact.model_validate(piece.data)
        dates = [(contact.checked_on + contacts.RECHECK, "cần gọi, xem lại xem số còn đúng không")]
        if contact.last_shown_on and contact.printable:
            dates.append((contact.last_shown_on, "hết hạn: từ hôm sau máy nói câu chung thay cho số này"))
        return contact.owner, tuple(dates)
    if piece.kind is Kind.DOMAIN:
        domain = OfficialDomain.model_validate(piece.data)
        look = (domain.checked_on + directory.RECHECK, "cần xem lại chủ của tên miền")
        return domain.domain, (look, (domain.last_told_on, "hết hạn: từ hôm sau máy thôi nói tên miền này của ai"))
    if piece.kind is Kind.CARD:
        card = Card.model_validate(piece.data)
        why = "quá hạn thì máy chỉ nói ba việc làm ngay, không nói chi tiết"
        return f"{card.code} · {card.title}", ((card.check_after, why),)
    if piece.kind is Kind.METHOD:
        method = Method.model_validate(piece.data)
        why = "nguồn đã cũ: quá hạn thì máy nói lời khuyên chung thay cho lời khuyên riêng"
        return method.name, ((method.check_after, why),)
    return "", ()
