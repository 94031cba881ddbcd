"""What is due to be checked again: contacts, domains, cards and sources past their day. Must not know pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from api.curation.pieces import Kind, Piece
from knowledge.contacts import RECHECK, Contact
from knowledge.directory import OfficialDomain
from knowledge.handbook import Card

SOON = timedelta(days=30)
DOMAIN_RECHECK = timedelta(days=365)
SOURCE_RECHECK = timedelta(days=365)


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


def _of(piece: Piece, today: date) -> list[Due]:
    if piece.kind is Kind.CONTACT:
        contact = Contact.model_validate(piece.data)
        dates = [(contact.checked_on + RECHECK, "cần gọi, xem lại xem số còn đúng không")]
        if contact.valid_to:
            dates.append((contact.valid_to + timedelta(days=1), "hết hạn: máy nói câu chung thay cho số này"))
        return [Due(piece, contact.owner, on, why, on < today) for on, why in dates]
    if piece.kind is Kind.DOMAIN:
        domain = OfficialDomain.model_validate(piece.data)
        on = domain.checked_on + DOMAIN_RECHECK
        return [Due(piece, domain.domain, on, "cần xem lại chủ của tên miền", on < today)]
    if piece.kind is Kind.CARD:
        card = Card.model_validate(piece.data)
        why = "lời khuyên đến hạn xem lại; việc làm ngay vẫn hiện"
        return [Due(piece, f"{card.code} · {card.title}", card.check_after, why, card.check_after < today)]
    if piece.kind is Kind.METHOD:
        data = piece.data
        on = max(source["checked_on"] for source in data["sources"]) + SOURCE_RECHECK
        return [Due(piece, data["name"], on, "nguồn mới nhất đã cũ, lời khuyên cần xem lại", on < today)]
    return []
