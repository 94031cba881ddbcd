"""What the bot says, sentence by sentence: nothing called safe, nothing promised, both languages whole."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import fields

import pytest

from bot import wording
from bot.wording import COMMANDS, EN, LOSSES, VI, WITHOUT_SLASH, Words
from knowledge.catalogue import Group, Situation
from knowledge.text import fold
from knowledge.verdict import AddressJudgement, Frame, IndicatorKind, Level

BOTH = pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])


def sentences(words: Words) -> Iterator[tuple[str, str]]:
    for field in fields(words):
        value = getattr(words, field.name)
        if isinstance(value, str):
            yield field.name, value
        else:
            yield from ((f"{field.name}.{key}", text) for key, text in value.items())


@BOTH
def test_nothing_is_ever_called_safe(words: Words) -> None:
    claims = re.compile(
        r"(?i)an toàn|vô hại[^:,.]*\.$|yên tâm|không sao đâu|đáng tin|uy tín|\bsafe\b|\btrustworthy\b|\bgenuine\b"
    )
    assert [name for name, text in sentences(words) if claims.search(text)] == []


@BOTH
def test_nobody_is_promised_that_police_act_or_money_returns(words: Words) -> None:
    promises = re.compile(
        r"(?i)công an sẽ|cán bộ sẽ|sẽ (?:xử lý|điều tra|bắt|lấy lại|thu hồi|hoàn)|chắc chắn|đảm bảo|bảo đảm|cam kết"
        r"|police will|will (?:investigate|recover|arrest|be returned)|guarantee"
    )
    assert [name for name, text in sentences(words) if promises.search(text)] == []


@BOTH
def test_people_are_addressed_in_one_way(words: Words) -> None:
    other = re.compile(r"\b(?:bác|Bác|quý khách|quý vị|anh/chị|cô/chú|bà con)\b")
    assert [n for n, text in sentences(words) if other.search(text) and not n.startswith("samples")] == []


@BOTH
def test_every_key_has_a_sentence(words: Words) -> None:
    assert set(words.level) == set(words.mark) == set(words.elder_step) == set(Level)
    assert set(words.situations) == set(Situation)
    assert set(words.topics) == set(Group)
    assert set(words.address) == set(AddressJudgement)
    assert set(words.would_be_scam) == set(Frame) - {Frame.RECEIVED, Frame.SMALLTALK, Frame.ENTITY}
    assert {IndicatorKind.LINK, *words.no_conclusion} == set(words.how_to_check)


def test_both_languages_have_the_same_keys_and_places_to_fill() -> None:
    theirs = dict(sentences(EN))
    for name, text in sentences(VI):
        if name.startswith(("link_signs", "menu", "samples")):
            continue
        filled = {part for _, part, _, _ in string.Formatter().parse(text) if part}
        also = {part for _, part, _, _ in string.Formatter().parse(theirs[name]) if part}
        assert filled == also, name


@BOTH
def test_sentences_are_short(words: Words) -> None:
    assert [name for name, text in sentences(words) if len(text) > 1000] == []
    assert [name for name, text in words.buttons.items() if len(text) > 32] == []


def test_another_language_is_answered_in_vietnamese() -> None:
    assert wording.of("fr") is VI
    assert wording.of("en") is EN


def test_commands_are_told_apart() -> None:
    names = [name for group in COMMANDS.values() for name in group]
    assert len(set(names)) == len(names)
    assert set(names) >= WITHOUT_SLASH
    assert all(name == fold(name) and name.isalpha() for name in names)


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("toi lo chuyen tien roi", Situation.PAID),
        ("em vua ck cho no 5tr", Situation.PAID),
        ("bi lua mat 20 trieu", Situation.PAID),
        ("i already sent them the money", Situation.PAID),
        ("lo doc ma otp roi", Situation.DISCLOSED),
        ("toi da nhap mat khau vao trang do", Situation.DISCLOSED),
        ("con da cai app cua no", Situation.INSTALLED),
        ("no doa se tung clip cua em", Situation.BLACKMAILED),
        ("dien thoai mat song", Situation.SIM_LOST),
        ("bi hack zalo", Situation.ACCOUNT_LOST),
        ("no vua rut het tien cua toi", Situation.PAID),
        ("chuyen tien cho no roi", Situation.PAID),
        ("dua cccd cho ho roi", Situation.DISCLOSED),
        ("toi lo bam link roi", Situation.CLICKED),
        ("ho bat toi o khach san", Situation.ISOLATED),
        ("chuyen tien cho no roi moi gui hang", None),
        ("no bao toi chuyen tien", None),
        ("tin nay co phai lua dao khong", None),
        ("hom nay troi dep", None),
    ],
)
def test_plain_words_for_what_has_happened(text: str, situation: Situation | None) -> None:
    assert next((s for s, pattern in LOSSES if re.search(pattern, text)), None) is situation


@pytest.mark.parametrize(("language", "name"), [(words, name) for words in (VI, EN) for name in words.menu])
def test_every_command_of_the_menu_is_one_that_is_understood(language: Words, name: str) -> None:
    known = {spelling for spellings in COMMANDS.values() for spelling in spellings} | {"kiemtra"}
    assert name in known
    assert 1 <= len(language.menu[name]) <= 256


def test_who_is_told_how_to_call_us_back_can_do_so() -> None:
    for words in (VI, EN):
        command = re.search(r"/(\w+)", words.group_muted)
        assert command is not None
        assert command[1] in COMMANDS["unmute"]
