"""Messengers on loopback that speak just enough of their own language: what was sent to them is kept and can be counted.

They can be told to be down, to answer with given errors first, and to let a person read along. Not for judging our
adapters: third-party peers do that elsewhere.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
import socket
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


@dataclass
class Sent:
    """One message that arrived here."""

    to: str
    text: str
    body: dict[str, Any]
    at: float


@dataclass
class FakeServer:
    """The state of one messenger. ``failures`` are answers given before anything is taken; ``down`` answers 503."""

    sent: list[Sent] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    failures: deque[Response] = field(default_factory=deque)
    down: bool = False
    updates: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    files: dict[str, bytes] = field(default_factory=dict)
    heard: Callable[[Sent], None] = lambda _: None
    refresh_token: str = "refresh-0"
    access_token: str = "access-0"
    refreshes: int = 0
    pending: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)

    def take(self, to: str, text: str, body: dict[str, Any]) -> str:
        """Keep a message; gives its id."""
        one = Sent(to, text, body, time.monotonic())
        self.sent.append(one)
        self.heard(one)
        return str(next(self._numbers))

    def hindered(self) -> Response | None:
        """What is answered instead of working."""
        if self.down:
            return Response(status_code=503)
        return self.failures.popleft() if self.failures else None


def zalo_oa(server: FakeServer) -> Starlette:
    """Open API v3 and its OAuth; a refresh token works once."""

    async def message(request: Request) -> Response:
        body = await request.json()
        server.calls.append("message")
        if hindrance := server.hindered():
            return hindrance
        if request.headers.get("access_token") != server.access_token:
            return JSONResponse({"error": -216, "message": "Access token is invalid"})
        told = body["message"]
        number = server.take(body["recipient"]["user_id"], told.get("text", ""), told)
        return JSONResponse({"error": 0, "message": "Success", "data": {"message_id": number}})

    async def upload(request: Request) -> Response:
        async with request.form() as form:
            server.files[f"upload-{len(server.files)}"] = await form["file"].read()  # type: ignore[union-attr]
        return JSONResponse({"error": 0, "data": {"attachment_id": f"upload-{len(server.files) - 1}"}})

    async def token(request: Request) -> Response:
        async with request.form() as form:
            given = form.get("refresh_token")
        server.calls.append("token")
        if hindrance := server.hindered():
            return hindrance
        if given != server.refresh_token:
            return JSONResponse({"error": -14014, "error_name": "Invalid refresh token."})
        server.refreshes += 1
        server.access_token, server.refresh_token = f"access-{secrets.token_hex(4)}", f"refresh-{secrets.token_hex(4)}"
        return JSONResponse(
            {"access_token": server.access_token, "refresh_token": server.refresh_token, "expires_in": "90000"}
        )

    return Starlette(
        routes=[
            Route("/v3.0/oa/message/cs", message, methods=["POST"]),
            Route("/v2.0/oa/upload/image", upload, methods=["POST"]),
            Route("/v4/oa/access_token", token, methods=["POST"]),
            Route("/files/{name}", _file(server)),
        ]
    )


def bot_platform(server: FakeServer, channel: str) -> Starlette:
    """The Bot API of Telegram, or of Zalo's Bot Platform, which is made after it."""
    is_telegram = channel == "telegram"

    async def method(request: Request) -> Response:
        name = request.path_params["method"]
        body = await _content(request)
        server.calls.append(name)
        if hindrance := server.hindered():
            return hindrance
        if name == "getMe":
            me = {"id": 1, "is_bot": True, "first_name": "Cảnh Giác", "username": "canhgiac_bot", "display_name": "Bot"}
            return _ok(me)
        if name == "getUpdates":
            return await (_telegram_updates if is_telegram else _zalo_updates)(server, body)
        if name in {"sendMessage", "sendPhoto"}:
            number = server.take(str(body["chat_id"]), str(body.get("text", body.get("caption", ""))), body)
            chat = {"id": int(body["chat_id"]) if is_telegram else body["chat_id"], "type": "private"}
            return _ok({"message_id": int(number), "date": int(time.time()), "chat": chat})
        if name == "getFile":
            return _ok({"file_id": body["file_id"], "file_unique_id": "u", "file_path": body["file_id"]})
        return _ok(True if is_telegram else {})

    return Starlette(
        routes=[
            Route("/bot{token}/{method}", method, methods=["POST", "GET"]),
            Route("/file/bot{token}/{name}", _file(server)),
            Route("/files/{name}", _file(server)),
        ]
    )


def _ok(result: Any) -> Response:
    return JSONResponse({"ok": True, "result": result})


def _file(server: FakeServer) -> Callable[[Request], Any]:
    async def file(request: Request) -> Response:
        server.calls.append("file")
        if hindrance := server.hindered():
            return hindrance
        data = server.files.get(request.path_params["name"])
        return Response(data, 200) if data is not None else Response(status_code=404)

    return file


async def _content(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith("application/json"):
        told: dict[str, Any] = await request.json()
        return told
    async with request.form() as form:
        return {key: value for key, value in form.items() if isinstance(value, str)} | {
            key: {"size": value.size} for key, value in form.items() if not isinstance(value, str)
        }


async def _telegram_updates(server: FakeServer, body: dict[str, Any]) -> Response:
    """The oldest update stays until a higher offset is asked for."""
    offset = int(body.get("offset") or 0)
    if server.pending is not None and server.pending["update_id"] < offset:
        server.pending = None
    if server.pending is None:
        server.pending = await _next(server, min(float(body.get("timeout") or 0), 2.0))
    return _ok([server.pending] if server.pending else [])


async def _zalo_updates(server: FakeServer, body: dict[str, Any]) -> Response:
    """An update is forgotten once it is given."""
    update = await _next(server, min(float(body.get("timeout") or 0), 2.0))
    if update is None:
        return JSONResponse({"ok": False, "error_code": 408, "description": "Request timeout"})
    return _ok(update)


async def _next(server: FakeServer, seconds: float) -> dict[str, Any] | None:
    try:
        async with asyncio.timeout(seconds):
            return await server.updates.get()
    except TimeoutError:
        return None


def app_of(channel: str, server: FakeServer) -> Starlette:
    """The messenger of a channel."""
    return zalo_oa(server) if channel == "zalo_oa" else bot_platform(server, channel)


def listening() -> socket.socket:
    """A socket on a free port of this machine."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", 0))
    made.listen(512)
    return made


@asynccontextmanager
async def serving(app: Any, sock: socket.socket | None = None) -> AsyncIterator[str]:
    """An application on loopback for as long as the block lasts; gives its address."""
    sock = sock or listening()
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    server.capture_signals = _no_signals  # type: ignore[method-assign, assignment]
    task = asyncio.create_task(server.serve(sockets=[sock]))
    while not server.started:  # noqa: ASYNC110 - it has no event to wait for
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


class _no_signals:  # noqa: N801 - stands in for a function
    def __enter__(self) -> None:
        """Signals are the test's."""

    def __exit__(self, *_: object) -> None:
        """Nothing to give back."""
