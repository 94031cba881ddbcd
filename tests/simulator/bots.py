"""What the Bot API of Telegram and Zalo's Bot Platform, which is made after it, have in common on the wire.

A call is a method under the token's address; its answer is ``{"ok": …}``. Must not know what a method takes.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.simulator.messenger import Call, FakeServer, file_of, troubled

POLL_SECONDS = 2.0
"""The longest that ``getUpdates`` waits here, whatever it was asked: a test has no patience."""
NOTHING_NEW = 408
QUIET = frozenset({"getMe", "getUpdates", "sendChatAction"})
"""Calls that nobody needs to read about when they went well."""


class Refused(Exception):
    """The platform says no."""

    def __init__(self, code: int, words: str, **parameters: int) -> None:
        super().__init__(code, words)
        self.code, self.words, self.parameters = code, words, parameters


Method = Callable[[FakeServer, dict[str, Any]], Awaitable[Any]]


def app(server: FakeServer, token: str, methods: dict[str, Method], busy: Callable[[], Response]) -> Starlette:
    """The platform with these methods for the bot of one token."""

    async def call(request: Request) -> Response:
        name = request.path_params["method"]
        body = await _content(request)
        server.calls.append(name)
        trouble = server.trouble
        if hindrance := await troubled(server, busy):
            if name not in QUIET:
                server.called(Call(name, trouble))
            return hindrance
        method = methods.get(name, _missing) if request.path_params["token"] == token else _stranger
        try:
            result = await method(server, body)
        except Refused as refused:
            if refused.code != NOTHING_NEW:
                server.called(Call(name, f"{refused.code} {refused.words}"))
            return refusal(refused.code, refused.words, **refused.parameters)
        if name not in QUIET:
            server.called(Call(name))
        return JSONResponse({"ok": True} if result is None else {"ok": True, "result": result})

    return Starlette(
        routes=[
            Route("/bot{token}/{method}", call, methods=["POST", "GET"]),
            Route("/file/bot{token}/{name}", file_of(server)),
            Route("/files/{name}", file_of(server)),
        ]
    )


async def _stranger(_: FakeServer, __: dict[str, Any]) -> None:
    raise Refused(401, "Unauthorized")


async def _missing(_: FakeServer, __: dict[str, Any]) -> None:
    raise Refused(404, "Not Found: method not found")


def refusal(code: int, words: str, status: int = 0, **parameters: int) -> Response:
    """An error as both platforms write it."""
    told: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
    return JSONResponse(told | ({"parameters": parameters} if parameters else {}), status or code)


def only(body: Collection[str], known: Collection[str], *, needed: Collection[str] = ()) -> None:
    """These parameters and no others. Raises Refused."""
    if unknown := next((key for key in body if key not in known), None):
        raise Refused(400, f"Bad Request: unknown parameter {unknown}")
    if missing := next((key for key in needed if key not in body), None):
        raise Refused(400, f"Bad Request: parameter {missing} is required")


async def following(server: FakeServer, seconds: float) -> dict[str, Any] | None:
    """The next update that is polled; None when there is none in time."""
    try:
        async with asyncio.timeout(min(seconds, POLL_SECONDS)):
            return await server.updates.get()
    except TimeoutError:
        return None


async def _content(request: Request) -> dict[str, Any]:
    """Parameters of a JSON body, a form or the query. A file is its bytes; what is JSON inside a form is read."""
    if request.headers.get("content-type", "").startswith("application/json"):
        told: dict[str, Any] = await request.json()
        return told
    found: dict[str, Any] = {key: _inner(value) for key, value in request.query_params.items()}
    async with request.form() as form:
        for key, value in form.items():
            found[key] = _inner(value) if isinstance(value, str) else await value.read()
    attached = {
        key: value.removeprefix("attach://")
        for key, value in found.items()
        if isinstance(value, str) and value.startswith("attach://")
    }
    files = {name: found.pop(name, b"") for name in attached.values()}
    return found | {key: files[name] for key, name in attached.items()}


def _inner(value: str) -> Any:
    if value[:1] not in {"{", "["}:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
