"""What every simulated messenger keeps: who got what, which calls came, and the troubles it was told to make.

Must not know a platform's format.
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
from enum import StrEnum
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import Response

SILENT_SECONDS = 25.0
"""Longer than any of our channels waits."""


class Trouble(StrEnum):
    """How a messenger fares."""

    NONE = "none"
    BUSY = "busy"  # too many requests, with the platform's own way to say when to come back
    BROKEN = "broken"  # 500
    SILENT = "silent"  # takes the connection and never answers


class Standing(StrEnum):
    """What a citizen lets a bot do."""

    OPEN = "open"
    BLOCKED = "blocked"
    CLOSED = "closed"  # the window in which an account may write is over
    UNKNOWN = "unknown"  # never wrote


@dataclass
class Sent:
    """One message that arrived here. ``photo`` is the name of a file, or an address."""

    to: str
    text: str
    body: dict[str, Any]
    at: float
    number: str = ""
    photo: str = ""
    changes: str = ""
    """The number of the message that it takes the place of."""


@dataclass
class Call:
    """One call of the service; ``refusal`` is what the platform had against it."""

    name: str
    refusal: str = ""


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
    called: Callable[[Call], None] = lambda _: None
    typing: Callable[[str], None] = lambda _: None
    standing: Callable[[str], Standing] = lambda _: Standing.OPEN
    trouble: Trouble = Trouble.NONE
    busy_seconds: int = 5
    limited: bool = False
    """Whether messages a second are counted."""
    refresh_token: str = "refresh-0"
    access_token: str = "access-0"
    refreshes: int = 0
    takes_buttons: bool = True
    pending: dict[str, Any] | None = None
    webhook: dict[str, Any] = field(default_factory=dict)
    """Address and secret, as the bot set them."""
    queries: set[str] | None = None
    """Open taps and inline questions; None takes an answer to any."""
    commands: list[dict[str, str]] = field(default_factory=list)
    spent: dict[str, int] = field(default_factory=dict)
    """Free messages since a citizen's last one."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._recent: deque[tuple[float, str]] = deque()

    def number(self) -> int:
        """A number that nothing else here has."""
        return next(self._numbers)

    def take(self, to: str, text: str, body: dict[str, Any], **more: str) -> Sent:
        """Keep a message."""
        one = Sent(to, text, body, time.monotonic(), str(self.number()), **more)
        self.sent.append(one)
        self.heard(one)
        return one

    def keep(self, data: bytes, suffix: str = "") -> str:
        """Keep a file; gives its name."""
        name = secrets.token_hex(8) + suffix
        self.files[name] = data
        return name

    def hindered(self) -> Response | None:
        """What is answered instead of working."""
        if self.down:
            return Response(status_code=503)
        return self.failures.popleft() if self.failures else None

    def crowded(self, to: str, *, per_second: int, group_minute: int = 0) -> int:
        """For how many seconds too much was sent already; 0 where it was not."""
        if not self.limited:
            return 0
        now = time.monotonic()
        while self._recent and self._recent[0][0] < now - 60:
            self._recent.popleft()
        if sum(at > now - 1 for at, _ in self._recent) >= per_second:
            return 1
        if group_minute and sum(who == to for _, who in self._recent) >= group_minute:
            return 20
        self._recent.append((now, to))
        return 0


async def troubled(server: FakeServer, busy: Callable[[], Response]) -> Response | None:
    """What a messenger in trouble answers; None when it is well."""
    if (hindrance := server.hindered()) is not None:
        return hindrance
    if server.trouble is Trouble.BUSY:
        return busy()
    if server.trouble is Trouble.BROKEN:
        return Response("<html>Internal Server Error</html>", 500, media_type="text/html")
    if server.trouble is Trouble.SILENT:
        await asyncio.sleep(SILENT_SECONDS)
        return Response(status_code=504)
    return None


def file_of(server: FakeServer) -> Callable[[Request], Any]:
    """The route that gives the files that were sent."""

    async def file(request: Request) -> Response:
        server.calls.append("file")
        if hindrance := await troubled(server, lambda: Response(status_code=429)):
            return hindrance
        data = server.files.get(request.path_params["name"])
        return Response(data, 200) if data is not None else Response(status_code=404)

    return file


def listening(port: int = 0) -> socket.socket:
    """A socket of this machine, on a free port where none is named."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
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
