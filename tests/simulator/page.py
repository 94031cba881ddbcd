"""The phone as a web page: its screen as JSON, what a person does as a form, and the switches for trouble.

Must not know a platform's format.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.simulator import acts, world
from tests.simulator.acts import PEOPLE, Act
from tests.simulator.messenger import Standing, Trouble
from tests.simulator.post import Post
from tests.simulator.world import TITLES, Changes, Line

HERE = Path(__file__).parent / "page"
WAIT_SECONDS = 20.0
KINDS = frozenset("text forward photo voice file sticker location contact tap edit inline follow unfollow".split())
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Runs(Protocol):
    """The service, as far as the page can see it."""

    @property
    def state(self) -> str:
        """``running``, ``starting`` or ``stopped``."""

    @property
    def address(self) -> str:
        """Where it listens."""

    async def start(self) -> None:
        """Start it."""

    async def kill(self) -> None:
        """End it at once."""


class Phone:
    """All phones, the messengers they are on, and the service behind these."""

    def __init__(self, lines: Mapping[str, tuple[Line, Post]], service: Runs, changes: Changes) -> None:
        self._lines, self._service, self._changes = lines, service, changes
        self._begun = secrets.token_hex(4)

    def app(self) -> Starlette:
        """The page."""
        return Starlette(
            routes=[
                Route("/", self._index),
                Route("/state", self._state),
                Route("/act", self._act, methods=["POST"]),
                Route("/trouble", self._trouble, methods=["POST"]),
                Route("/file/{channel}/{name}", self._file),
                Mount("/static", StaticFiles(directory=HERE)),
            ]
        )

    async def _index(self, _: Request) -> Response:
        return FileResponse(HERE / "index.html", headers=HEADERS)

    def _line(self, channel: str) -> tuple[Line, Post]:
        return self._lines.get(channel) or next(iter(self._lines.values()))

    async def _state(self, request: Request) -> Response:
        """What the screen shows, as soon as it is newer than ``after``."""
        asked = request.query_params
        await self._changes.after(int(asked.get("after", -1)), WAIT_SECONDS)
        line, _ = self._line(asked.get("channel", ""))
        who = world.person(asked.get("who", ""))
        chat = line.chat_of(who, group=asked.get("group") == "1")
        server = line.server
        told = {
            "run": self._begun,
            "version": self._changes.count,
            "channel": line.channel,
            "channels": [(name, TITLES[name]) for name in self._lines],
            "people": [(one.key, one.name) for one in PEOPLE],
            "groups": sorted(acts.GROUPS.keys() & self._lines.keys()),
            "bubbles": [bubble.shown() for bubble in line.chats.get(chat, [])],
            "typing": line.is_typing(chat),
            "commands": server.commands,
            "standing": line.standing_of(chat),
            "trouble": server.trouble,
            "twice": line.twice,
            "buttons": server.takes_buttons,
            "calls": [{"at": at, "name": call.name, "refusal": call.refusal} for at, call in line.calls],
            "service": self._service.state,
            "address": self._service.address,
        }
        return JSONResponse(told, headers=HEADERS)

    async def _act(self, request: Request) -> Response:
        """A person does something."""
        async with request.form(max_files=12, max_part_size=25 * 2**20) as form:
            line, post = self._line(_word(form, "channel"))
            kind = _word(form, "kind")
            if kind not in KINDS:
                return JSONResponse({"error": "không có việc này"}, 400)
            files = [await f.read() for f in form.getlist("files") if isinstance(f, UploadFile) and f.size]
            kept = [line.server.keep(data) for data in files]
            act = Act(
                kind,
                world.person(_word(form, "who")),
                group=_word(form, "group") == "1",
                text=_word(form, "text"),
                origin=_word(form, "origin"),
                files=acts.names(kept, line.address, line.channel),
                sizes=tuple(acts.size_of(data) for data in files),
                name=_word(form, "name"),
                data=_word(form, "data"),
                about={"number": int(_word(form, "about"))} if _word(form, "about").isdecimal() else None,
            )
        post.put(line.act(act))
        return JSONResponse({"ok": True}, headers=HEADERS)

    async def _trouble(self, request: Request) -> Response:
        """A switch is turned: of the messenger, of one citizen, or of the service."""
        async with request.form() as form:
            line, _ = self._line(_word(form, "channel"))
            switch, value = _word(form, "switch"), _word(form, "value")
            who = world.person(_word(form, "who"))
        if switch == "messenger":
            line.server.trouble = Trouble(value)
        elif switch == "standing":
            line.standing[line.chat_of(who, group=False)] = Standing(value)
        elif switch == "twice":
            line.twice = value == "1"
        elif switch == "buttons":
            line.server.takes_buttons = value == "1"
        elif switch == "service":
            await (self._service.start() if value == "start" else self._service.kill())
        self._changes.note()
        return JSONResponse({"ok": True}, headers=HEADERS)

    async def _file(self, request: Request) -> Response:
        line, _ = self._line(request.path_params["channel"])
        data = line.server.files.get(request.path_params["name"])
        if data is None:
            return Response(status_code=404)
        kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
        return Response(data, media_type=kind, headers=HEADERS)


def _word(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""
