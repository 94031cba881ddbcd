"""Whether a delivery is Zalo's: ``mac = sha256(app id + raw body + timestamp + OA secret)``. Pure.

The timestamp is inside the body that is not yet trusted, so that the body is read within bounds first: at most 256 KiB,
no key twice, numbers as their own text. It has no nonce: repetitions are recognised by the inbox.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.base import BadSignature

HEADER = "x-zevent-signature"
MOST_BYTES = 256 * 1024
_PREFIX = "mac="


def expected(app_id: str, body: bytes, timestamp: str, secret: str) -> str:
    """The signature that Zalo computes: a plain hash of the concatenation, not an HMAC."""
    signed = app_id.encode() + body + timestamp.encode("utf-8", "surrogatepass") + secret.encode()
    return hashlib.sha256(signed).hexdigest()


def require(header: str | None, body: bytes, app_id: str, secrets: Sequence[str]) -> str:
    """The timestamp of a body that is signed with one of the secrets. Raises BadSignature."""
    if len(body) > MOST_BYTES:
        raise BadSignature("body is too large")
    if not header or not header.startswith(_PREFIX):
        raise BadSignature("no signature")
    given = header.removeprefix(_PREFIX).lower().encode("utf-8", "replace")
    told = _read(body)
    timestamp = told.get("timestamp")
    if told.get("app_id") != app_id or not isinstance(timestamp, str):
        raise BadSignature("of another app")
    matches = [hmac.compare_digest(expected(app_id, body, timestamp, s).encode(), given) for s in secrets]
    if not any(matches):
        raise BadSignature("signature does not match")
    return timestamp


def require_recent(timestamp: str, now: datetime, most: timedelta) -> None:
    """Raise BadSignature for a delivery that is too old, or from the future, to be anything but a replay."""
    try:
        sent_at = moment(timestamp)
    except ValueError:
        raise BadSignature("no time") from None
    if abs(now - sent_at) > most:
        raise BadSignature("too old")


def moment(timestamp: str) -> datetime:
    """Zalo's milliseconds as an instant. Raises ValueError."""
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 14:
        raise ValueError("not a time in milliseconds")
    return datetime.fromtimestamp(int(timestamp) / 1000, UTC)


def _read(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body.decode(), object_pairs_hook=_once, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        raise BadSignature("not readable") from None
    if not isinstance(told, dict):
        raise BadSignature("not an object")
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object without repeated keys: of two timestamps each reader would take another one."""
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a key stands twice")
    return told
