"""The unit's own sign-on: OpenID Connect, authorization code with PKCE, for accounts that an administrator has linked.

It stands for the password only: whoever has a second factor here still gives it, and roles stay ours. What has to be
remembered between the two visits lies sealed in the browser's cookie. Must not know pages.
"""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx2
import orjson
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import select

from api import log
from api.errors import NotOurKey, SignOnFailed
from api.models import StaffAccount
from api.surroundings import Surroundings

CALLBACK = "/can-bo/dang-nhap-chung/ve"
REMEMBERED = timedelta(minutes=10)
_ALGORITHMS = ["RS256", "PS256", "ES256"]
_WAIT = 10.0
_LEEWAY = 60
_SEALED = "cookie|sign_on"
logger = log.get(__name__)


async def begin(around: Surroundings) -> tuple[str, str]:
    """Where to send the browser, and what its cookie must remember. Raises SignOnFailed."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    async with _client(around) as client:
        known = await _discovered(around, client)
        address, _ = client.create_authorization_url(
            _address(known, "authorization_endpoint"), state=state, nonce=nonce, code_verifier=verifier
        )
    until = int((around.clock() + REMEMBERED).timestamp())
    remembered = orjson.dumps({"state": state, "nonce": nonce, "verifier": verifier, "until": until})
    return str(address), base64.urlsafe_b64encode(around.vault.seal(_SEALED, "", remembered)).decode()


async def finish(around: Surroundings, cookie: str, given: dict[str, str]) -> str:
    """Who came back, as the sign-on names them. Raises SignOnFailed."""
    remembered = _opened(around, cookie)
    if not secrets.compare_digest(remembered["state"].encode(), given.get("state", "").encode()):
        raise SignOnFailed
    if not given.get("code"):
        logger.warning("sign-on refused")
        raise SignOnFailed
    async with _client(around) as client:
        known = await _discovered(around, client)
        try:
            token = await client.fetch_token(
                _address(known, "token_endpoint"), code=given["code"], code_verifier=remembered["verifier"]
            )
            published = await client.request("GET", _address(known, "jwks_uri"), withhold_token=True)
            keys = KeySet.import_key_set(published.json())
            return _subject(around, keys, str(token["id_token"]), remembered["nonce"])
        except (httpx2.HTTPError, OAuthError, JoseError, ValueError, KeyError, TypeError) as failed:
            logger.warning("sign-on failed", error=type(failed).__name__)
            raise SignOnFailed from None


async def account(around: Surroundings, subject: str) -> StaffAccount | None:
    """The account that an administrator linked to this person."""
    async with around.database.reading() as session:
        query = select(StaffAccount).where(StaffAccount.subject == subject, StaffAccount.disabled.is_(False))
        return (await session.scalars(query)).one_or_none()


def _subject(around: Surroundings, keys: KeySet, written: str, nonce: str) -> str:
    settings = around.settings
    claims = jwt.decode(written, keys, algorithms=_ALGORITHMS).claims
    jwt.JWTClaimsRegistry(
        now=int(around.clock().timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": settings.sign_on_issuer},
        aud={"essential": True, "value": settings.sign_on_client_id},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    ).validate(claims)
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if len(audiences) > 1 and claims.get("azp") != settings.sign_on_client_id:
        raise ValueError("azp")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
        raise ValueError("sub")
    return subject


def _client(around: Surroundings) -> Any:
    settings = around.settings
    return AsyncOAuth2Client(
        settings.sign_on_client_id,
        settings.sign_on_client_secret,
        scope="openid",
        redirect_uri=settings.address + CALLBACK,
        code_challenge_method="S256",
        timeout=_WAIT,
        follow_redirects=False,
        trust_env=False,
    )


async def _discovered(around: Surroundings, client: Any) -> dict[str, Any]:
    """What the sign-on says about itself; it must be who it is meant to be."""
    issuer = around.settings.sign_on_issuer
    where = issuer.rstrip("/") + "/.well-known/openid-configuration"
    try:
        response = await client.request("GET", where, withhold_token=True)
        response.raise_for_status()
        known: dict[str, Any] = response.json()
        if known["issuer"] != issuer:
            raise ValueError("issuer")  # noqa: TRY301
    except (httpx2.HTTPError, ValueError, KeyError, TypeError) as failed:
        logger.warning("sign-on away", error=type(failed).__name__)
        raise SignOnFailed from None
    return known


def _address(known: dict[str, Any], name: str) -> str:
    address = known.get(name)
    parts = urlsplit(address if isinstance(address, str) else "")
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}):
        return str(address)
    raise SignOnFailed


def _opened(around: Surroundings, cookie: str) -> dict[str, Any]:
    try:
        remembered: dict[str, Any] = orjson.loads(
            around.vault.open(_SEALED, "", base64.urlsafe_b64decode(cookie.encode("ascii", "replace")))
        )
    except (ValueError, NotOurKey):
        raise SignOnFailed from None
    if remembered["until"] < around.clock().timestamp():
        raise SignOnFailed
    return remembered
