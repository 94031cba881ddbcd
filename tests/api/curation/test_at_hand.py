"""What answers at once, made of a judge that is built: never names what was paused, says the rest as before."""

from __future__ import annotations

import pytest

from api.curation import at_hand, building, pieces
from api.curation.at_hand import Built
from api.curation.pieces import Kind, Piece
from bot.knowledge_base import Knowledge
from knowledge.verdict import AddressJudgement
from tests.api.curation.desk import SLUG, changed, shipped, small
from tests.fakes import SCAM

METHOD, DOMAIN = shipped(Kind.METHOD, SLUG), shipped(Kind.DOMAIN, "evn.com.vn")
CONTACT = shipped(Kind.CONTACT, "cong-an-113")
OTHER = shipped(Kind.DOMAIN, "vietcombank.com.vn")
EVERYTHING = [*small(), OTHER]


@pytest.fixture(scope="module")
def built() -> Built:
    """The small catalogue, built as in the service."""
    return Built(frozenset(EVERYTHING), building.build(EVERYTHING, None))


def made_without(built: Built, *gone: Piece) -> Built:
    left = [piece for piece in EVERYTHING if piece not in gone]
    assert at_hand.suffices(EVERYTHING, left)
    made = at_hand.make(left, None, [built])
    assert made is not None
    assert made.knowledge.judge.revision == pieces.revision(left)
    return made


def named(known: Knowledge, text: str) -> set[str]:
    return {candidate.slug for candidate in known.judge.match(text).methods}


def test_a_paused_method_is_never_named_nor_quoted(built: Built) -> None:
    assert SLUG in named(built.knowledge, SCAM)
    made = made_without(built, METHOD)
    assert SLUG not in named(made.knowledge, SCAM)
    assert {e.method for e in made.knowledge.judge.match(SCAM).evidence} <= {None, "qr-dan-de-buu-pham", "phat-nguoi"}
    assert made.knowledge.method(SLUG) is None
    assert not made.learned  # its judge shall still be built without it
    assert SLUG in named(built.knowledge, SCAM)  # the judge at hand stays as it was


def test_what_was_not_paused_is_judged_as_before(built: Built) -> None:
    fine = shipped(Kind.METHOD, "phat-nguoi").data["examples"][0]["text"]
    before, after = built.knowledge.judge.match(fine), made_without(built, METHOD).knowledge.judge.match(fine)
    assert (after.level, after.methods[0].slug) == (before.level, "phat-nguoi")


def test_a_paused_domain_is_nobodys_at_once(built: Built) -> None:
    link = "https://evn.com.vn/hoa-don"
    assert built.knowledge.judge.match(link).indicators[0].judgement is AddressJudgement.OFFICIAL
    made = made_without(built, DOMAIN)
    assert made.knowledge.judge.match(link).indicators[0].judgement is not AddressJudgement.OFFICIAL
    assert not made.learned


def test_a_paused_contact_needs_no_other_judge(built: Built) -> None:
    made = made_without(built, CONTACT)
    assert CONTACT.key not in made.knowledge.handbook.by_contact
    assert made.learned


def test_two_pauses_one_after_the_other(built: Built) -> None:
    first = made_without(built, METHOD)
    left = [piece for piece in EVERYTHING if piece not in (METHOD, CONTACT)]
    second = at_hand.make(left, None, [first])
    assert second is not None
    assert SLUG not in named(second.knowledge, SCAM)
    assert not second.learned


def test_a_changed_contact_keeps_the_judge(built: Built) -> None:
    noted = changed(CONTACT, "xem lại khi có thông báo mới", "xem lại mỗi quý")
    made = at_hand.make([noted if p == CONTACT else p for p in EVERYTHING], None, [built])
    assert made is not None
    assert made.learned
    assert made.knowledge.handbook.by_contact[CONTACT.key].note != CONTACT.data["note"]


def test_what_must_be_learned_is_not_made_at_once(built: Built) -> None:
    renamed = changed(METHOD, 'name = "', 'name = "Mới: ')
    after = [renamed if p == METHOD else p for p in EVERYTHING]
    assert not at_hand.suffices(EVERYTHING, after)
    assert at_hand.make(after, None, [built]) is None
    stopgap = made_without(built, METHOD)
    assert at_hand.make(EVERYTHING, None, [stopgap]) is None  # a method that is put back is learned, or still at hand
