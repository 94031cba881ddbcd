"""Every warning can be passed on in the family, and no card is surer than the answer that it comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot import answers, cards, wording
from bot.events import Tap
from knowledge.catalogue import Situation
from knowledge.verdict import AddressJudgement, Candidate, Frame, Indicator, IndicatorKind, Level, Span, Verdict
from tests.bot.citizen import POWER, SCAM, Citizen, book, entity, entries, knowing, verdict, warned

VI = wording.VI
TODAY = date(2026, 11, 24)
FINE = "Trường báo chiều nay họp phụ huynh lúc 14 giờ"
FIRST, SECOND = Candidate(POWER, 0.3), Candidate("phat-nguoi", 0.29)
NAMED = "Giả điện lực dọa cắt điện"


def told(decided: Verdict) -> Citizen:
    return Citizen(knowing({SCAM: decided})).asks(SCAM)


def warning(level: Level, *methods: Candidate) -> Citizen:
    return told(verdict(level, methods=methods))


# ---- Every warning has the button, and nothing else has


@pytest.mark.parametrize("level", [Level.SCAM, Level.SUSPICIOUS])
@pytest.mark.parametrize("methods", [(Candidate(POWER, 0.9),), (FIRST,), (FIRST, SECOND), ()])
def test_every_warning_can_be_passed_on(level: Level, methods: tuple[Candidate, ...]) -> None:
    asks = warning(level, *methods)
    assert "share" in asks.choices
    assert asks.taps_choice("share").reads.startswith(f"⚠️ Cảnh báo từ {book().unit.name}")
    assert "share" in warning(level, *methods).taps_choice("why").choices


@pytest.mark.parametrize("level", [Level.NONE, Level.UNKNOWN])
def test_where_nothing_was_found_there_is_nothing_to_pass_on(level: Level) -> None:
    asks = warning(level, Candidate(POWER, 0.9))
    assert "share" not in asks.choices
    assert asks.does(Tap(asks.context.session, "checking", "share")).reads == VI.nothing_to_share


def test_a_calm_answer_after_a_warning_does_not_pass_the_warning_on() -> None:
    asks = warning(Level.SCAM, FIRST).asks(FINE)
    assert asks.asks("chia sẻ").reads == VI.nothing_to_share


def test_a_question_that_is_answered_from_the_handbook_is_no_warning() -> None:
    text = "chiêu xyzw là gì"
    asks = Citizen(knowing({text: verdict(Level.SUSPICIOUS, methods=())})).asks(text)
    assert asks.asks("chia sẻ").reads == VI.nothing_to_share


def test_a_bare_link_that_imitates_a_bank_can_be_passed_on() -> None:
    link = Indicator(IndicatorKind.LINK, "vcb-xacthuc.top", Span(0, 15), AddressJudgement.LOOKALIKE, "Vietcombank")
    said = told(entity(Level.SCAM, link)).taps_choice("share").reads
    assert VI.share_signs in said
    assert "vcb" not in said


@pytest.mark.parametrize("frame", [Frame.ENTITY, Frame.NOTICE])
def test_what_officers_listed_can_be_passed_on(frame: Frame) -> None:
    phone = Indicator(IndicatorKind.PHONE, "0905123318", Span(0, 10))
    found = verdict(Level.NONE, frame=frame, indicators=(phone,))
    known = replace(knowing({SCAM: found}), heard=lambda _kind, _value: "suspected")
    asks = Citizen(known).asks(SCAM)
    assert asks.replies[0].level is Level.SUSPICIOUS
    said = asks.taps_choice("share").reads
    assert VI.share_signs in said
    assert "0905" not in said


# ---- Never surer than the answer


@pytest.mark.parametrize("level", [Level.SCAM, Level.SUSPICIOUS])
def test_a_settled_method_is_warned_of_by_name(level: Level) -> None:
    said = warning(level, Candidate(POWER, 0.9)).taps_choice("share").reads
    assert f"\n{NAMED}\n" in said
    assert entries().by_slug[POWER].summary in said


@pytest.mark.parametrize("level", [Level.SCAM, Level.SUSPICIOUS])
def test_a_method_that_is_not_settled_is_named_as_the_answer_named_it(level: Level) -> None:
    asks = warning(level, FIRST)
    assert NAMED in asks.reads
    asks.taps_choice("share")
    assert VI.may_look_like.format(name=NAMED) in asks.reads
    assert "CÓ DẤU HIỆU" in asks.reads
    assert VI.level[Level.SCAM] not in asks.reads
    assert entries().by_slug[POWER].summary not in asks.reads


@pytest.mark.parametrize("methods", [(FIRST, SECOND), ()])
def test_what_the_answer_did_not_name_is_not_named(methods: tuple[Candidate, ...]) -> None:
    shared = warning(Level.SCAM, *methods).taps_choice("share")
    assert not any(method.name in shared.reads for method in entries().methods)
    card = answers.card_for(shared.replies[0].card, knowing(), "vi", TODAY)
    assert card is not None
    assert (card.title, card.method) == (VI.level[Level.SUSPICIOUS], VI.share_unnamed)
    assert card.steps == book().advice_for(None, Situation.CONTACTED, TODAY).now


def test_whoever_says_which_it_was_passes_that_one_on() -> None:
    asks = warning(Level.SCAM, FIRST, SECOND).taps("Phạt nguội giả").taps_choice("share")
    assert "\nPhạt nguội giả\n" in asks.reads


def test_the_yes_to_the_one_question_makes_a_warning_that_can_be_passed_on() -> None:
    asks = told(verdict(Level.UNKNOWN, methods=(FIRST,), question="Họ có giục không?")).taps_choice("yes")
    assert VI.may_look_like.format(name=NAMED) in asks.taps_choice("share").reads
    asks = told(verdict(Level.UNKNOWN, methods=(FIRST,), question="Họ có giục không?")).taps_choice("no")
    assert "share" not in asks.choices


def test_a_shared_warning_quotes_nobody() -> None:
    for methods in ((Candidate(POWER, 0.9),), (FIRST,), ()):
        said = told(warned(methods=methods)).taps_choice("share").reads
        assert "evn-dongtien" not in said
        assert "2 gio nua" not in said


def test_an_english_card_is_english() -> None:
    asks = told(verdict(Level.SCAM, methods=(FIRST,), language="en")).taps_choice("share")
    assert "SIGNS OF A SCAM" in asks.reads
    assert entries().by_slug[POWER].english_name in asks.reads


# ---- The picture


def test_a_settled_warning_is_drawn_with_its_name() -> None:
    card = answers.card_for(POWER, knowing(), "vi", TODAY)
    assert card is not None
    assert (card.title, card.method, len(card.steps)) == (VI.card_title, NAMED, 3)
    assert card.call == ""  # the example unit has no link yet


def test_a_warning_of_signs_is_drawn_as_one() -> None:
    shared = warning(Level.SCAM, FIRST).taps_choice("share").replies[0]
    card = answers.card_for(shared.card, knowing(), "vi", TODAY)
    assert card is not None
    assert (card.title, card.method) == ("CÓ DẤU HIỆU LỪA ĐẢO", f"Có nét giống: {NAMED}")
    assert cards.png(card).startswith(b"\x89PNG")


@pytest.mark.parametrize("key", ["", "khong-co", "dau-hieu.khong-co", "dau-hieu.", "dau-hieu.dau-hieu"])
def test_nothing_is_drawn_for_what_is_not_there(key: str) -> None:
    assert answers.card_for(key, knowing(), "vi", TODAY) is None


def test_a_method_that_left_the_catalogue_meanwhile_is_not_named() -> None:
    said = answers.for_sharing("dau-hieu.khong-co", knowing(), "vi", TODAY).text
    assert VI.share_signs in said
