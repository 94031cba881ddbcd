"""A small OpenID provider on loopback: it really checks what a provider checks, and can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.fakes import FakeClock

CLIENT, SECRET = "canh-giac", "bi-mat-thu-nghiem"


class Provider:
    """Its keys, the codes it gave, and the lies it tells."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.signs_with: RSAKey | OctKey = self.key
        self.algorithm = "RS256"
        self.lies: dict[str, Any] = {}
        self.issuer = ""
        self.says_issuer = ""
        self.away = False
        self._codes: dict[str, dict[str, str]] = {}

    def signs_in(self, address: str, subject: str) -> dict[str, str]:
        """Somebody followed the address and signed in; gives what their browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["scope"] == "openid"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked | {"sub": subject}
        return {"code": code, "state": asked["state"]}

    def answers(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """One request."""
        if self.away:
            return 503, {}
        if path == "/.well-known/openid-configuration":
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            found: dict[str, Any] = {name: f"{self.issuer}/{name}" for name in names}
            return 200, found | {"issuer": self.says_issuer or self.issuer}
        if path == "/jwks_uri":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        known = self._codes.pop(form.get("code", ""), None)
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        right = known and known["code_challenge"] == challenge.decode().rstrip("=")
        if known is None or not right or form["redirect_uri"] != known["redirect_uri"] or authorization != basic:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self._token(known)}

    def _token(self, known: dict[str, str]) -> str:
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": known["sub"], "nonce": known["nonce"], "iat": now, "exp": now + 300,
        } | self.lies  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        return jwt.encode(header, claims, self.signs_with, algorithms=[self.algorithm])


@contextmanager
def running(clock: FakeClock) -> Iterator[Provider]:
    """The provider on a free port."""
    provider = Provider(clock)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form: dict[str, str]) -> None:
            path = urlsplit(self.path).path
            status, content = provider.answers(path, form, self.headers.get("authorization", ""))
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
