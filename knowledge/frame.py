"""What kind of text it is, and what the citizen wants: a message received, their own story, a warning that quotes a
scam, a genuine notice, a lawful advertisement, talk among friends, news, small talk, a bare link or number.

Decides from what two small models learned of labelled texts (``data/kinds.jsonl``, ``data/happened.jsonl``) and from
the indicators. Must not know the catalogue: which scam it is comes later.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from knowledge import telling
from knowledge.catalogue import Situation
from knowledge.lessons import NOTHING, REPORT_WISH
from knowledge.lexicon import Hit
from knowledge.telling import FEW_WORDS, Deeds
from knowledge.text import Text
from knowledge.verdict import Frame, Indicator, IndicatorKind, Intent

LEAST_HAPPENED = 0.28
SURELY_HAPPENED = 0.6
SURELY_ASKED = 0.85
ASKED_BRIEFLY = 1.0
SURELY_RECEIVED = 0.6
"""What was written to somebody tells what shall be done, rarely what was."""
BARELY_SAID = 8
"""In so few words the models guess: what is asked for there is never taken for done."""
SAID_TO_HAVE_HAPPENED = 0.1
"""Enough where a phrase of the lexicon says it too."""
_ASKED = re.compile(
    r"\b(?:ho|no|nguoi|ai|ben|thang|con|shipper|tong dai)\b.*?\b(?:keu|bao|bat|ru|doi|noi|nhan|goi|hoi)\b"
    r"|\b(?:chuyen|ck|gui|nap|dong)\b(?: \w+){0,2} (?:giup|gium|dum)\b"
)
_DEEDS = {Situation.PAID, Situation.DISCLOSED, Situation.INSTALLED, Situation.CLICKED}
"""What people do themselves because they were told to, and what others want of them."""
_DONE = frozenset("lo da roi r vua trot xong mat".split())
NOT_YET = "not_yet"
_SAID = "situation:"
_NOTICES = ("frame:balance_notice", "frame:otp_notice")
LEAST_FRAME = 0.35
LEAST_WISH = 0.25
GARBLED = 0.2
_LOOKED_UP = {
    IndicatorKind.LINK,
    IndicatorKind.PHONE,
    IndicatorKind.ACCOUNT,
    IndicatorKind.HANDLE,
    IndicatorKind.WALLET,
    IndicatorKind.EMAIL,
}
_ENTITY_WORDS = frozenset(
    (
        "so nay kia do la cua ai co phai lua dao khong ko k thi sao vay the cho hoi em anh chi con chau bac toi "
        "tui minh check kiem tra giup gium ho voi a nha nhe link trang web website tai khoan tk stk ngan hang bank "
        "dien thoai sdt dt zalo tele telegram facebook fb nick duong dan dia vi uy tin an toan duoc biet xem dum "
        "mk scam is this number safe account legit vietcombank vcb techcombank tcb mb mbbank bidv agribank acb "
        "vpbank sacombank tpbank shb vib msb hdbank ocb vietinbank momo ten chu nguoi nhan goi xin ad admin oi nhi "
        "y bi bao cao chua lien tuc hoai mai that gia shop page nhom group cong quan nuoc mo thay tu dau va hay "
        "nao quen den ma qr usdt mail email hop thu official real fake phone who owns please techcom vietcom agri "
        "sacom vp tp seabank thong doc chinh thuc day ne may nua roi cai thang mua ban san tim cuu dieu "
    ).split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The frame, the intent and the situation, with the probability of every kind and of every happening.

    ``untold``: somebody cries out or was written to, and what has happened must be asked.
    """

    frame: Frame
    intent: Intent
    situation: Situation | None
    kinds: Mapping[str, float]
    happened: Mapping[str, float]
    untold: bool = False


def read(
    text: Text,
    hits: Sequence[Hit],
    indicators: Sequence[Indicator],
    kinds: Mapping[str, float],
    happened: Mapping[str, float],
) -> Reading:
    """Read frame, intent and situation from the log-probabilities that the models give the text."""
    likely = {name: math.exp(value) for name, value in kinds.items()}
    befell = {name: math.exp(value) for name, value in happened.items()}
    looked_up = [i for i in indicators if i.kind in _LOOKED_UP]
    notice = any(h.name in _NOTICES for h in hits)
    if looked_up and text.garble < GARBLED and not notice and _is_bare(text, looked_up):
        return Reading(Frame.ENTITY, Intent.ENTITY, None, likely, befell)
    if telling.is_only_fear(text) or telling.is_only_contact(text):
        return Reading(Frame.STORY, Intent.CHECK, None, likely, befell, untold=True)
    best = max(likely, key=lambda name: likely[name])
    doubtful = (
        likely[Frame.QUESTION] >= LEAST_FRAME
        or likely[Frame.RECEIVED] >= SURELY_RECEIVED
        or any(h.name == NOT_YET for h in hits)
    )
    said = {h.name.removeprefix(_SAID) for h in hits if h.name.startswith(_SAID)}
    told = telling.deeds(text)
    situation = None
    if best not in {Frame.WARNING_QUOTE, Frame.NEWS} or (told.done and likely[best] < SURELY_HAPPENED):
        asked = ASKED_BRIEFLY if len(text.tokens) <= BARELY_SAID else SURELY_ASKED
        situation = _situation(befell, said, told, doubtful=doubtful, asked=asked if _is_only_asked_for(text) else 0.0)
    wishes = likely[REPORT_WISH] >= LEAST_WISH and situation is None
    certain = best != REPORT_WISH and likely[best] >= LEAST_FRAME and not wishes and text.garble < GARBLED
    frame = Frame(best) if certain else Frame.STORY if situation or wishes else Frame.RECEIVED
    return Reading(frame, _intent(frame, situation, wishes), situation, likely, befell)


def _situation(
    befell: Mapping[str, float], said: Set[str], told: Deeds, *, doubtful: bool, asked: float
) -> Situation | None:
    """What has already happened; what is only feared, planned, denied or asked for has not: then it must be surer.

    ``asked``: how sure, where others only ask for it; 0 where they do not.
    """
    likeliest = Situation(max((s for s in befell if s != NOTHING), key=lambda s: befell[s]))
    least = SURELY_HAPPENED if doubtful else SAID_TO_HAVE_HAPPENED if likeliest in said else LEAST_HAPPENED
    if told.done:
        least = SAID_TO_HAVE_HAPPENED
    elif likeliest in told.undone or (asked and likeliest in _DEEDS):
        least = max(asked, SURELY_ASKED)
    return None if 1 - befell[NOTHING] < least else likeliest


def _is_only_asked_for(text: Text) -> bool:
    """Whether a few words tell what somebody else wants, and none that it was done; a long story tells both."""
    words = [t.folded for t in text.tokens]
    return len(words) <= FEW_WORDS and not _DONE.intersection(words) and _ASKED.search(" ".join(words)) is not None


def _intent(frame: Frame, situation: Situation | None, wishes: bool) -> Intent:
    if frame is Frame.WARNING_QUOTE:
        return Intent.WARNING_QUOTE
    if situation is not None:
        return Intent.EMERGENCY
    if wishes:
        return Intent.REPORT
    return Intent.SMALLTALK if frame is Frame.SMALLTALK else Intent.CHECK


def _is_bare(text: Text, looked_up: Sequence[Indicator]) -> bool:
    """Whether hardly anything but the thing itself was sent; an account's holder is written in capitals beside it."""
    has_holder = any(i.kind is IndicatorKind.ACCOUNT for i in looked_up) and not text.raw.isupper()
    outside = [
        t.folded
        for t in text.tokens
        if not any(i.span.start <= t.start < i.span.end for i in looked_up)
        and not t.folded.isdigit()
        and not (has_holder and text.raw[t.start : t.end][:1].isupper())
    ]
    strangers = sum(word not in _ENTITY_WORDS for word in outside)
    return strangers <= (0 if len(outside) > 8 else 2 if len(outside) <= 5 else 1) and len(outside) <= 14
