"""What is due to be looked at again, from when on, and what citizens hear meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

from api.curation import expiry, pieces
from api.curation.pieces import Kind
from tests.api.curation.desk import SLUG, shipped

CHECKED = date(2026, 11, 24)


def whys(kind: Kind, key: str, after: int, **changes: object) -> list[tuple[bool, str]]:
    """Whether it is over, and what happens, so many days after the last check."""
    piece = shipped(kind, key)
    piece = pieces.of_data(kind, key, piece.data | changes)
    return [(one.over, one.why[:8]) for one in expiry.due([piece], CHECKED + timedelta(days=after))]


def test_a_banks_number_is_due_after_half_a_year_and_gone_after_a_year() -> None:
    banks = (p for p in pieces.shipped() if p.kind is Kind.CONTACT and p.data["kind"] == "bank")
    bank = next(p.key for p in banks if p.data.get("value") and p.data["status"] in "VR")
    assert whys(Kind.CONTACT, bank, 100) == []
    assert whys(Kind.CONTACT, bank, 170) == [(False, "cần gọi,")]
    assert whys(Kind.CONTACT, bank, 367) == [(True, "cần gọi,"), (True, "hết hạn:")]
    assert (True, "hết hạn:") in whys(Kind.CONTACT, bank, 60, valid_to=CHECKED + timedelta(days=30))


def test_113_is_due_but_never_gone() -> None:
    assert whys(Kind.CONTACT, "cong-an-113", 4000) == [(True, "cần gọi,")]


def test_domains_cards_and_methods_are_due_in_their_time() -> None:
    assert whys(Kind.DOMAIN, "evn.com.vn", 366) == [(True, "cần xem ")]
    assert whys(Kind.DOMAIN, "evn.com.vn", 731) == [(True, "cần xem "), (True, "hết hạn:")]
    assert whys(Kind.CARD, "R4", 200) == [(True, "quá hạn ")]
    assert whys(Kind.METHOD, SLUG, 366) == [(True, "nguồn đã")]
    assert whys(Kind.LEXICON, "ask:otp", 5000) == []


def test_the_oldest_comes_first() -> None:
    found = expiry.due(pieces.shipped(), date(2030, 1, 1))
    assert [one.on for one in found] == sorted(one.on for one in found)
    assert all(one.over for one in found)
