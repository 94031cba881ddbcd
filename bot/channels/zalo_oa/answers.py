"""What the numbers mean that Zalo answers with. HTTP says 200 whatever happened. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta, timezone
from typing import Any

import httpx

from bot.channels import hosts
from bot.channels.base import ChannelError, Rejected, Transient, WindowClosed

ALARM_SECONDS = 900.0
BUSY_SECONDS = 15.0
LATER_SECONDS = 3600.0
VIETNAM = timezone(timedelta(hours=7))
NIGHT_ENDS = 6
"""The hour, by Vietnam's clock; Zalo does not say whose."""

STALE_TOKEN = frozenset({-216, -220, -124})
EXPIRED_UPLOAD = frozenset({-100})
NOT_AS_RICH = frozenset({-201, -210, -233, -240})
"""Refused for its form: the same as plain text may pass."""
_CLOSED = frozenset({-230, -232, -305, -311})
_GONE = frozenset({-213, -217, -227, -244})
_LATER = frozenset({-218, -214})
_PERSON = frozenset(
    {-204, -205, -209, -211, -212, -219, -221, -223, -224, -235, -238, -241, -242, -248, -320, -321} | STALE_TOKEN
)
_NIGHT = frozenset({-234, -133})


class CodeAnswered(Exception):
    """Zalo answered with an error number. Stays inside this package."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def read(answer: httpx.Response) -> dict[str, Any]:
    """The data of a good answer. Raises CodeAnswered, or Transient for what is not an answer of the API."""
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise Transient("too many requests", _seconds(answer.headers.get("retry-after")) or BUSY_SECONDS)
    if answer.status_code != httpx.codes.OK:
        raise Transient(f"answered {answer.status_code}")
    try:
        told = answer.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Transient("answer not understood", maybe_sent=True)
    code = told.get("error", 0)
    try:
        number = int(code)
    except (TypeError, ValueError):
        raise Transient("answer not understood", maybe_sent=True) from None
    if number:
        raise CodeAnswered(number)
    data = told.get("data")
    return data if isinstance(data, dict) else {}


def failure(code: int, now: datetime, night_ends: int = NIGHT_ENDS) -> ChannelError:
    """The error number as one of our errors."""
    why = f"Zalo error {code}"
    if code == -32:
        return Transient(why, BUSY_SECONDS)
    if code == -200:
        return Transient(why, BUSY_SECONDS, maybe_sent=True)
    if code in _CLOSED:
        return WindowClosed(why)
    if code in _GONE:
        return Rejected(why, gone=True)
    if code in _LATER:
        return Transient(why, LATER_SECONDS)
    if code in _NIGHT:
        return Transient(why, until_morning(now, night_ends))
    if code in _PERSON:
        return Transient(why, ALARM_SECONDS, alarm=True)
    return Rejected(why, alarm=code not in NOT_AS_RICH)


def broken(failed: httpx.HTTPError) -> Transient:
    """An error of the network; only where no connection was made is it sure that nothing was sent."""
    unsent = isinstance(failed, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    return hosts.impostor(failed) or Transient(f"network: {type(failed).__name__}", maybe_sent=not unsent)


def until_morning(now: datetime, night_ends: int = NIGHT_ENDS) -> float:
    """The seconds until messages are taken again."""
    local = now.astimezone(VIETNAM)
    morning = datetime.combine(local.date(), time(night_ends), VIETNAM)
    return ((morning if morning > local else morning + timedelta(days=1)) - local).total_seconds()


def quota_of(data: Mapping[str, Any]) -> tuple[str, int] | None:
    """Which quota a message was taken from and how many are left in it, where the answer says so."""
    told = data.get("quota")
    if not isinstance(told, dict):
        return None
    try:
        return str(told["quota_type"]), int(told["remain"])
    except (KeyError, TypeError, ValueError):
        return None


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header or ""))
    except ValueError:
        return None
