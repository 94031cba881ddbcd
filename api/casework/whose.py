"""Who an effect belongs to, and when. Must not know the effect."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Whose:
    """The sender's keyed hash, the channel, the moment."""

    sender: str
    channel: str
    at: datetime


def fresh_id() -> str:
    """A random row id that tells nothing of order or number."""
    return secrets.token_hex(16)
