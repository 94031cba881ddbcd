"""When an Official Account may write to a citizen. Pure: the moment and the counts are passed in.

Within 48 hours of the citizen's last interaction a consultation message is free, until the seventh day it is paid,
after that it is refused. Interactions are messages, follows, taps on buttons or menu items, accepted calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Sending(StrEnum):
    """What may be done with a message now."""

    FREE = "free"
    PAID = "paid"
    WAIT = "wait"  # until the citizen writes


@dataclass(frozen=True, slots=True)
class Rules:
    """Zalo's terms. Of the free messages some sources say 8 an interaction, others no limit: None is no limit."""

    free: timedelta = timedelta(hours=48)
    open: timedelta = timedelta(days=7)
    free_messages: int | None = 8
    pay: bool = False
    margin: timedelta = timedelta(minutes=2)  # the message travels, and clocks differ


STANDARD = Rules()


def may_send(last_interaction_at: datetime | None, sent_free: int, now: datetime, rules: Rules = STANDARD) -> Sending:
    """Whether a message may go out, ``sent_free`` being how many went out since the citizen's last interaction."""
    if last_interaction_at is None:
        return Sending.WAIT
    since = now - last_interaction_at + rules.margin
    is_left = rules.free_messages is None or sent_free < rules.free_messages
    if since <= rules.free and is_left:
        return Sending.FREE
    return Sending.PAID if rules.pay and since <= rules.open else Sending.WAIT
