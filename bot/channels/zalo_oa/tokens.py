"""The access token of an Official Account, kept fresh by replicas that never use a refresh token twice.

A refresh token works once: whoever loses the new one needs a person to give consent again. So one refresh at a time,
under the store's lock; the stored pair is read again under the lock; the new pair is stored before it is used. A crash
between Zalo's answer and the store is the one gap that nobody can close; it is as short as one write.

Must not know a database: ``TokenStore`` is what it needs of one. Tokens are in no text of an error and in no ``repr``.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx

from bot.channels import hosts
from bot.channels.base import Transient
from bot.channels.zalo_oa.answers import ALARM_SECONDS

OAUTH = "https://oauth.zaloapp.com"
LIFETIME_SECONDS = 90_000
REFRESH_AFTER = timedelta(hours=20)
REFRESH_SPREAD = timedelta(hours=2)
STALE_CONSENT = timedelta(days=60)
"""Of the three months that a refresh token lives; older than this, a person should hear of it."""


@dataclass(frozen=True, slots=True)
class TokenPair:
    """An access token, the refresh token that follows it, and when they were given."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    issued_at: datetime
    expires_at: datetime

    def is_due(self, now: datetime) -> bool:
        """Whether to refresh ahead of time; the moment is spread so that accounts do not refresh together."""
        share = hashlib.sha256(self.access.encode()).digest()[0] / 255
        return now >= min(self.issued_at + REFRESH_AFTER + share * REFRESH_SPREAD, self.expires_at)

    def is_ageing(self, now: datetime) -> bool:
        """Whether the refresh token is so old that something is wrong with refreshing."""
        return now - self.issued_at > STALE_CONSENT


class TokenStore(Protocol):
    """Where the pair is kept, encrypted, for all replicas."""

    def lock(self) -> AbstractAsyncContextManager[None]:
        """Held by one replica at a time: a row lock or an advisory lock, released when its holder dies."""

    async def load(self) -> TokenPair | None:
        """The stored pair, read anew each time."""

    async def store(self, pair: TokenPair) -> None:
        """Keep a pair; durable when it returns."""


class ZaloTokens:
    """Gives the access token."""

    def __init__(
        self,
        store: TokenStore,
        client: httpx.AsyncClient,
        now: Callable[[], datetime],
        *,
        app_id: str,
        app_secret: str,
        oauth_base: str = OAUTH,
    ) -> None:
        self._store, self._client, self._now = store, client, now
        self._app_id, self._app_secret = app_id, app_secret
        self._url = f"{hosts.api_base(oauth_base)}/v4/oa"
        self._known: TokenPair | None = None
        self._spent = ""  # hash of a refresh token that Zalo refused: asking again would not help

    async def access(self, refused: str | None = None) -> str:
        """The access token; ``refused`` is one that Zalo has just refused. Raises Transient, with an alarm where a
        person has to give consent again."""
        pair = self._known
        if pair is None or pair.access == refused or pair.is_due(self._now()):  # another replica may have a newer one
            pair = self._known = await self._store.load()
        if pair is None:
            raise _consent_needed()
        if pair.access != refused and not pair.is_due(self._now()):
            return pair.access
        async with self._store.lock():
            stored = await self._store.load()
            if stored is not None and stored.access != pair.access:
                return stored.access
            return await self._renewed(pair, refused)

    async def exchange(self, code: str, verifier: str) -> None:
        """Store the first pair, for the code that the consent page gave. Raises Transient."""
        grant = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        async with self._store.lock():
            await self._store.store(await self._ask(grant))

    def consent_url(self, redirect_uri: str, verifier: str, state: str) -> str:
        """The page where the account's administrator gives consent."""
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "app_id": self._app_id,
            "redirect_uri": redirect_uri,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "state": state,
        }
        return f"{self._url}/permission?{urlencode(asked)}"

    async def _renewed(self, pair: TokenPair, refused: str | None) -> str:
        """A new access token, stored before it is used. Ahead of time, the old one still does when Zalo is away."""
        if self._spent == _hash(pair.refresh):
            raise _consent_needed()
        try:
            fresh = await self._ask({"grant_type": "refresh_token", "refresh_token": pair.refresh})
        except _Refused:
            stored = await self._store.load()
            if stored is not None and stored.access != pair.access:
                return stored.access
            self._spent = _hash(pair.refresh)
            raise _consent_needed() from None
        except Transient:
            if pair.access != refused and self._now() < pair.expires_at:
                return pair.access
            raise
        await self._store.store(fresh)
        return fresh.access

    async def _ask(self, grant: Mapping[str, str]) -> TokenPair:
        try:
            answer = await self._client.post(
                f"{self._url}/access_token",
                data={**grant, "app_id": self._app_id},
                headers={"secret_key": self._app_secret},
                follow_redirects=False,
            )
        except httpx.HTTPError as failed:
            raise hosts.impostor(failed) or Transient(f"token not renewed: {type(failed).__name__}") from None
        if answer.status_code != httpx.codes.OK:
            raise Transient(f"token not renewed: answered {answer.status_code}")
        return self._pair(_object(answer))

    def _pair(self, told: Mapping[str, Any]) -> TokenPair:
        access, refresh = told.get("access_token"), told.get("refresh_token")
        if not (isinstance(access, str) and access and isinstance(refresh, str) and refresh):
            raise _Refused("token not renewed: refused", ALARM_SECONDS, alarm=True)
        try:
            seconds = int(told.get("expires_in") or LIFETIME_SECONDS)  # a text, in the documents
        except (TypeError, ValueError):
            seconds = LIFETIME_SECONDS
        now = self._now()
        return TokenPair(access, refresh, now, now + timedelta(seconds=seconds))


class _Refused(Transient):
    """Zalo does not take this refresh token or code."""


def _consent_needed() -> Transient:
    return Transient("the account's administrator must give consent again", ALARM_SECONDS, alarm=True)


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Transient("token not renewed: answer not understood")
    return told


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
