"""How long a citizen is told whose a domain is."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge import addresses, directory
from knowledge.directory import EXPIRES, OfficialDomain
from knowledge.verdict import AddressJudgement

TODAY = date(2026, 11, 24)


def domain(**changes: object) -> OfficialDomain:
    plain = {"domain": "mau.com.vn", "owner": "Ngân hàng Mẫu", "kind": "bank", "grade": "A", "checked_on": TODAY}
    return OfficialDomain.model_validate(plain | changes)


def test_two_years_after_the_last_check_it_is_told_no_more() -> None:
    assert domain().told_on(TODAY + EXPIRES)
    assert not domain().told_on(TODAY + EXPIRES + timedelta(days=1))


def test_a_domain_that_was_given_up_ends_on_its_day() -> None:
    given_up = domain(valid_to=date(2026, 12, 31))
    assert given_up.told_on(date(2026, 12, 31))
    assert not given_up.told_on(date(2027, 1, 1))


def test_a_link_says_until_when_its_owner_may_be_told_and_is_no_imitation_of_itself() -> None:
    listed = directory.load()
    one = listed.by_domain["evn.com.vn"]
    judged = addresses.judge("evn.com.vn", "evn.com.vn", listed)
    assert (judged.judgement, judged.until) == (AddressJudgement.OFFICIAL, one.last_told_on)
    state = addresses.judge("xyz.gov.vn", "xyz.gov.vn", listed)
    assert (state.judgement, state.until) == (AddressJudgement.OFFICIAL, None)
