"""What the library's errors mean for us. Pure."""

from __future__ import annotations

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels import hosts
from bot.channels.base import ChannelError, Rejected, Transient

ALARM_SECONDS = 900.0


def named(failed: Exception) -> ChannelError:
    """The library's error as one of ours, in our own words: its text may hold the token or the citizen's words."""
    if isinstance(failed, ChatMigrated):
        return Transient("chat moved", 0.0, moved_to=str(failed.new_chat_id))
    if isinstance(failed, RetryAfter):
        wait = failed._retry_after.total_seconds()  # the public one is of two types, and warns
        return Transient("too many requests", wait)
    if isinstance(failed, Forbidden):
        return Rejected("blocked or removed", gone=True)
    if isinstance(failed, InvalidToken):
        return Transient("token or method not accepted", ALARM_SECONDS, alarm=True)
    if isinstance(failed, Conflict):
        return Transient("another process takes the updates", alarm=True)  # perhaps one that has just died
    if isinstance(failed, BadRequest):  # before NetworkError, whose child it is
        return Rejected("refused as a bad request", gone="chat not found" in failed.message.lower())
    if impostor := hosts.impostor(failed):
        return impostor
    unsent = isinstance(failed.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    if isinstance(failed, TimedOut):
        return Transient("no answer in time", maybe_sent=not unsent)
    if isinstance(failed, NetworkError):
        answered = failed.__cause__ is None or isinstance(failed.__cause__, TelegramError)
        return Transient("network or server error", maybe_sent=not (unsent or answered))
    return Transient("answer not understood", maybe_sent=True)
