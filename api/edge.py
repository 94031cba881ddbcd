"""The edge of the service: every response's protective headers, the cap on bodies, where a request came from.

Plain ASGI, so that a body is counted while it streams and never gathered first. Must not know any page.
"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import orjson
from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BodyTooLarge, ForeignOrigin, Unreadable
from api.surroundings import Surroundings

MOST_BYTES = 256 * 1024
READ_SECONDS = 10.0
PICTURES = "/api/web/pictures"
_TOO_SLOW = "Mạng chậm quá, bạn gửi lại giúp nhé."
_TOO_SLOW_AT_THE_DESK = "Mạng chậm quá. Đồng chí gửi lại."
_ROOMIER = {PICTURES: (8 * 1024 * 1024, 60.0), "/can-bo/kho/tai-len": (4 * 1024 * 1024, 30.0)}
"""A picture is larger than anything else that is sent here, and a telephone far from a mast takes longer; the files of
the whole catalogue are a megabyte and a half as a form."""
MOST_PART = 4 * 1024 * 1024
"""So long may one field be; an uploaded file, or all of the catalogue's at once, is one field."""
MOST_FIELDS = 1500  # the longest form of ours, the list of brands, has some six hundred
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser sends "Origin: null" with our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class ProtectiveHeaders:
    """Adds the headers above to every response; pages are not stored by browsers or proxies."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app, self._https = app, https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers["Cache-Control"] = "no-cache" if str(scope["path"]).startswith("/static/") else "no-store"
                if self._https:
                    headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
            await send(message)

        await self._app(scope, receive, protected)


class BodyCap:
    """Refuses a body beyond the cap as soon as it is passed, and one that takes too long to arrive."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most, seconds = _ROOMIER.get(scope["path"], (MOST_BYTES, READ_SECONDS))
        if _announced(scope) > most:
            await _too_large(scope)(scope, receive, send)
            return
        body, started = _Counted(receive, most, seconds), False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, body, noted)
        except BodyTooLarge:
            if not started:
                await _too_large(scope)(scope, receive, send)
        except TimeoutError:
            if body.done or started:
                raise
            sentence = _TOO_SLOW_AT_THE_DESK if _at_the_desk(scope) else _TOO_SLOW
            await PlainTextResponse(sentence, 408)(scope, receive, send)


class _Counted:
    """A body that counts itself while it arrives."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive, self._most = receive, most
        self._deadline = asyncio.get_running_loop().time() + seconds
        self._bytes = 0
        self.done = False

    async def __call__(self) -> Message:
        if self.done:
            return await self._receive()
        async with asyncio.timeout_at(self._deadline):
            message = await self._receive()
        self._bytes += len(message.get("body", b""))
        self.done = not message.get("more_body", False)
        if self._bytes > self._most:
            raise BodyTooLarge
        return message


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0


def _too_large(scope: Scope) -> Response:
    """Said before any page knows of the request, so that it stands here by itself; at the desk a person reads it."""
    close = {"Connection": "close"}
    if _at_the_desk(scope):
        return PlainTextResponse(BodyTooLarge.for_officers, BodyTooLarge.status, close)
    body = orjson.dumps({"error": BodyTooLarge.sentence})
    return Response(body, BodyTooLarge.status, close, "application/json")


def _at_the_desk(scope: Scope) -> bool:
    return str(scope["path"]).startswith("/can-bo")


def around(request: Request) -> Surroundings:
    """What the service runs on."""
    surroundings: Surroundings = request.app.state.around
    return surroundings


def address(request: Request) -> str:
    """The address that a request came from; proxies that we trust have been unwrapped before."""
    return request.client.host if request.client else ""


def check_origin(request: Request, *, strict: bool) -> None:
    """Refuse what another site sent. ``strict`` also refuses a request that does not say. Raises ForeignOrigin."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if origin is None:
        if strict or site not in {None, "same-origin", "none"}:
            raise ForeignOrigin
        return
    ours = {request.headers.get("host", ""), urlsplit(around(request).settings.base_url).netloc} - {""}
    if urlsplit(origin).netloc not in ours:
        raise ForeignOrigin


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object of a body. Raises Unreadable."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Unreadable
    try:
        read = orjson.loads(await request.body())
    except orjson.JSONDecodeError:
        raise Unreadable from None
    if not isinstance(read, dict):
        raise Unreadable
    return read


def page(request: Request) -> int:
    """The page of a list that is asked for, from 1."""
    asked = request.query_params.get("trang", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return min(max(number, 1), 100_000)


def day(typed: str) -> date | None:
    """A day of a filter; None where none was meant."""
    try:
        typed_day = date.fromisoformat(typed)
    except ValueError:
        return None
    return typed_day if 2000 <= typed_day.year <= 2200 else None


async def read_form(request: Request) -> dict[str, str]:
    """The plain fields of a form; files are left out. Raises Unreadable."""
    try:
        async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=MOST_PART) as form:
            return {key: value for key, value in form.multi_items() if isinstance(value, str)}
    except BodyTooLarge:
        raise
    except (HTTPException, MultiPartException, FormParserError, ValueError):
        raise Unreadable from None
