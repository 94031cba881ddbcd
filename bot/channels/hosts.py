"""Which hosts a channel talks to, and how a file is fetched from them: over TLS, without redirects, up to a size.

Must not know any messenger. The texts of its errors never hold an address: tokens live in them.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import ssl
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from bot.channels.base import Rejected, Transient

MOST_BYTES = 10 * 1024 * 1024
"""Of a citizen's file: what ``bot.media`` reads at most."""
FETCH_SECONDS = 20.0
IMPOSTOR_SECONDS = 900.0


def api_base(url: str) -> str:
    """The address of a messenger's API without a slash at its end. Plain HTTP is for this machine only."""
    if not (urlsplit(url).scheme == "https" or is_loopback(url)):
        raise ValueError("the address of a messenger must be https, except on this machine")
    return url.rstrip("/")


def is_loopback(url: str) -> bool:
    """Whether an address is of this machine: a simulator or the messenger's own local server."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    try:
        return ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        return parts.hostname == "localhost"


def is_within(url: str, hosts: Sequence[str]) -> bool:
    """Whether a file may be fetched from there: https, and a host of the list or below one. An entry with a port, such
    as ``127.0.0.1:8081``, allows a server on this machine over plain HTTP."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower().rstrip(".")
    if parts.username is not None or parts.password is not None or not host:
        return False
    if f"{host}:{port}" in hosts:
        return parts.scheme == "https" or is_loopback(url)
    if parts.scheme != "https" or port not in {None, 443}:
        return False
    return any(host == allowed or host.endswith(f".{allowed}") for allowed in hosts)


def impostor(failed: BaseException) -> Transient | None:
    """The error for a server that cannot prove who it is, where that is behind another error. Nothing was sent to it,
    and a person has to look: either somebody stands between, or a certificate was let expire."""
    cause: BaseException | None = failed
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Transient("certificate not accepted", IMPOSTOR_SECONDS, alarm=True)
        cause = cause.__cause__ or cause.__context__
    return None


async def download(client: httpx.AsyncClient, url: str, hosts: Sequence[str], most: int = MOST_BYTES) -> bytes:
    """The bytes at an address of these hosts. Raises Rejected for what must not be fetched, Transient for an outage."""
    if not is_within(url, hosts):
        raise Rejected("file is not on the messenger's host")
    try:
        async with (
            asyncio.timeout(2 * FETCH_SECONDS),  # of httpx's own limits each piece has a fresh one
            client.stream("GET", url, follow_redirects=False, timeout=FETCH_SECONDS) as answer,
        ):
            if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.status_code >= 500:
                raise Transient(f"file host answered {answer.status_code}")
            if answer.status_code != httpx.codes.OK:
                raise Rejected(f"file host answered {answer.status_code}")
            return await _read(answer, most)
    except httpx.InvalidURL:
        raise Rejected("file has no usable address") from None
    except (httpx.HTTPError, TimeoutError) as failed:
        raise impostor(failed) or Transient(f"file not fetched: {type(failed).__name__}") from None


async def _read(answer: httpx.Response, most: int) -> bytes:
    data = bytearray()
    async for piece in answer.aiter_bytes():
        data += piece
        if len(data) > most:
            raise Rejected("file is larger than we read")
    return bytes(data)


def quiet_libraries() -> None:
    """Let no library write addresses into a log: a bot's token is part of them."""
    for name in ("httpx", "httpcore", "telegram"):
        logger = logging.getLogger(name)
        if logger.level < logging.WARNING:
            logger.setLevel(logging.WARNING)
