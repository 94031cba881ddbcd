"""How soon somebody must look: four levels, and the moment each is due. Pure; must not know the database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from enum import IntEnum

from knowledge.catalogue import Situation
from knowledge.text import fold
from knowledge.verdict import Level

VIETNAM = timezone(timedelta(hours=7))
MINUTES = timedelta(minutes=15)
SAME_DAY = timedelta(hours=24)
WORKING_DAYS = 3
REST = timedelta(days=14)
_SATURDAY = 5


class Triage(IntEnum):
    """T1 within minutes, T2 the same day, T3 three working days, T4 the rest."""

    NOW = 1
    SAME_DAY = 2
    THREE_DAYS = 3
    REST = 4


_AT_ONCE = frozenset({Situation.PAID, Situation.ISOLATED, Situation.INSTALLED})
_SAME_DAY = frozenset(
    {
        Situation.PAID,
        Situation.ISOLATED,
        Situation.INSTALLED,
        Situation.DISCLOSED,
        Situation.ACCOUNT_LOST,
        Situation.SIM_LOST,
        Situation.BLACKMAILED,
    }
)
_THREATENED = re.compile(
    r"\b(?:doa giet|bi giu|giam long|bat coc|tu tu|muon chet|nhay cau|bi nhot|cach ly|dang dieu khien|khong cho ve|"
    r"be (?:trai|gai)|tre em|con toi (?:bi|dang)|chau (?:be|nho))\b"
)
_JUST_NOW = re.compile(r"\b(?:vua|moi|dang)\b.{0,24}\b(?:chuyen|nop|ck|quet|dong tien)\b|\b\d{1,2} phut\b|\bluc nay\b")
_LONG_AGO = re.compile(r"\b(?:hom qua|hom truoc|tuan truoc|thang truoc|nam ngoai|may ngay|lau roi)\b")


def of(kind: str, level: str, situation: str | None, text: str, answers: Mapping[str, str] | None = None) -> Triage:
    """The triage of what was filed. ``kind`` is help, report, feedback or appeal."""
    told = fold(" ".join([text, *(answers or {}).values()]))
    if kind == "appeal":
        return Triage.SAME_DAY
    if kind == "feedback":
        return Triage.THREE_DAYS if level in {Level.NONE, Level.UNKNOWN} else Triage.REST
    happened = Situation(situation) if situation in set(Situation) else None
    if happened and _THREATENED.search(told):
        return Triage.NOW
    if happened in _AT_ONCE and (kind == "help" or _JUST_NOW.search(told)) and not _LONG_AGO.search(told):
        return Triage.NOW
    if happened in _SAME_DAY:
        return Triage.SAME_DAY
    if level in {Level.SCAM, Level.SUSPICIOUS} or happened:
        return Triage.THREE_DAYS
    return Triage.REST


def due(triage: int, opened_at: datetime) -> datetime:
    """When a case of this triage must have been looked at; working days are those of Vietnam."""
    if triage == Triage.NOW:
        return opened_at + MINUTES
    if triage == Triage.SAME_DAY:
        return opened_at + SAME_DAY
    if triage == Triage.REST:
        return opened_at + REST
    day, left = opened_at.astimezone(VIETNAM), WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day.astimezone(opened_at.tzinfo)
