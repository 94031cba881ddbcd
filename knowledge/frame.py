"""What kind of text it is, and what the citizen wants: a message received, their own story, a warning that quotes a
scam, a genuine notice, a lawful advertisement, talk among friends, news, small talk, a bare link or number.

Decides from the lexicon's frame patterns and the indicators. Must not know the catalogue: which scam it is comes later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.catalogue import Situation
from knowledge.lexicon import Hit
from knowledge.text import Text
from knowledge.verdict import AddressJudgement, Frame, Indicator, IndicatorKind, Intent

# Where several things have happened, the one whose first minutes matter most decides the card.
URGENT_FIRST = (
    Situation.ISOLATED,
    Situation.INSTALLED,
    Situation.PAID,
    Situation.DISCLOSED,
    Situation.SIM_LOST,
    Situation.BLACKMAILED,
    Situation.ACCOUNT_LOST,
    Situation.CLICKED,
)
_LOOKED_UP = {
    IndicatorKind.LINK,
    IndicatorKind.PHONE,
    IndicatorKind.ACCOUNT,
    IndicatorKind.HANDLE,
    IndicatorKind.WALLET,
    IndicatorKind.EMAIL,
}
_NOT_YET_REACH = 3
_ENTITY_WORDS = frozenset(
    "so nay kia do la cua ai co phai lua dao khong ko k thi sao vay the cho hoi em anh chi con chau bac toi tui minh check kiem tra"
    " giup gium ho voi a nha nhe link trang web website tai khoan tk stk ngan hang bank dien thoai sdt dt zalo tele telegram"
    " facebook fb nick duong dan dia chi vi uy tin an toan duoc biet xem dum mk scam is this number safe the account legit a"
    " vietcombank vcb techcombank tcb mb mbbank bidv agribank acb vpbank sacombank tpbank shb vib msb hdbank ocb vietinbank"
    " momo ten chu nguoi nhan goi dum xin ad admin oi nhi y".split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The frame with the strength of each kind of sign, the intent and the situation."""

    frame: Frame
    intent: Intent
    situation: Situation | None
    strength: Counter[str]


def read(text: Text, hits: Sequence[Hit], indicators: Sequence[Indicator]) -> Reading:
    """Read frame, intent and situation. ``hits`` are named "frame:…", "situation:…", "not_yet", "ask:…", "cue:…"."""
    strength = _strength(hits)
    situation = situation_of(hits)
    frame = _frame(text, strength, hits, indicators)
    return Reading(frame, _intent(frame, situation, strength), situation, strength)


def situation_of(hits: Sequence[Hit]) -> Situation | None:
    """What has already happened, most urgent first; what is only feared, planned or denied does not count."""
    denied = [h for h in hits if h.name == "not_yet"]
    happened = {
        Situation(hit.name.removeprefix("situation:"))
        for hit in hits
        if hit.name.startswith("situation:") and not any(_denies(d, hit) for d in denied)
    }
    return next((s for s in URGENT_FIRST if s in happened), None)


def _denies(denied: Hit, hit: Hit) -> bool:
    return denied.first <= hit.last and hit.first - _NOT_YET_REACH <= denied.last and denied.first <= hit.first + 1


def _strength(hits: Sequence[Hit]) -> Counter[str]:
    """Distinct places a frame's patterns stand in, longer ones counting more."""
    strength: Counter[str] = Counter()
    seen: dict[str, int] = {}
    for hit in hits:
        kind, _, name = hit.name.partition(":")
        if kind != "frame" or hit.first < seen.get(name, -1):
            continue
        seen[name] = hit.last
        strength[name] += 1 if hit.words < 3 else 2
    return strength


def _frame(text: Text, strength: Counter[str], hits: Sequence[Hit], indicators: Sequence[Indicator]) -> Frame:
    looked_up = [i for i in indicators if i.kind in _LOOKED_UP]
    if looked_up and _is_bare(text, looked_up):
        return Frame.ENTITY
    asks = sum(h.name.startswith("ask:") for h in hits)
    leads_away = any(
        i.judgement in {AddressJudgement.LOOKALIKE, AddressJudgement.SUSPICIOUS, AddressJudgement.APP_FILE}
        for i in indicators
    )
    if strength["warning"] >= 2 and not leads_away and strength["warning"] >= strength["story"]:
        return Frame.WARNING_QUOTE
    if strength["smalltalk"] and not looked_up and len(text.tokens) <= 12 and not asks:
        return Frame.SMALLTALK
    scores = {
        Frame.NOTICE: strength["otp_notice"]
        + strength["balance_notice"]
        + strength["service_notice"]
        + strength["protective"],
        Frame.ADVERT: 2 * strength["lawful_ad"],
        Frame.STORY: 2 * strength["story"],
        Frame.NEWS: strength["news"],
        Frame.PERSONAL: strength["personal"],
        Frame.QUESTION: strength["question"],
    }
    best = max(scores, key=lambda f: scores[f])
    return best if scores[best] >= 2 else Frame.RECEIVED


def _is_bare(text: Text, looked_up: Sequence[Indicator]) -> bool:
    """Whether hardly anything but the thing itself was sent."""
    outside = [
        t.folded
        for t in text.tokens
        if not any(i.span.start <= t.start < i.span.end for i in looked_up) and not t.folded.isdigit()
    ]
    strangers = sum(word not in _ENTITY_WORDS for word in outside)
    return strangers <= (0 if len(outside) > 8 else 2 if len(outside) <= 5 else 1) and len(outside) <= 14


def _intent(frame: Frame, situation: Situation | None, strength: Counter[str]) -> Intent:
    if frame is Frame.WARNING_QUOTE:
        return Intent.WARNING_QUOTE
    if situation is not None:
        return Intent.EMERGENCY
    if strength["report_wish"] and frame is not Frame.ENTITY:
        return Intent.REPORT
    if frame is Frame.ENTITY:
        return Intent.ENTITY
    return Intent.SMALLTALK if frame is Frame.SMALLTALK else Intent.CHECK
