"""Recorded deliveries, fake messengers, and replies of every shape, for the tests of all channels."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import httpx
from hypothesis import strategies as st

from bot.channels.base import ChannelError, Delivery, Payload
from bot.replies import Button, Reply, Style
from knowledge.verdict import Level

FIXTURES = Path(__file__).parents[2] / "fixtures"
NOW = datetime.fromtimestamp(1_795_400_000, UTC)
SILENCE = (0, None)
"""The answer of a server that says nothing until the other side gives up."""
SESSION = "7KQ2M9XAB"


class Parses(Protocol):
    def parse(self, payload: Payload) -> Delivery: ...


def raw(channel: str, name: str) -> bytes:
    return (FIXTURES / channel / f"{name}.json").read_bytes()


def payload(channel: str, name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(raw(channel, name))
    return told


def names(channel: str) -> list[str]:
    return sorted(path.stem for path in (FIXTURES / channel).glob("[!_]*.json"))


def outcome(channel: Parses, told: Payload) -> Delivery | type[ChannelError]:
    """What parsing gives: a delivery, or the class of what it raises."""
    try:
        return channel.parse(told)
    except ChannelError as refused:
        return type(refused)


def client(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(answer))


def answering(told: Any = None, *, status: int = 200, text: str | None = None) -> httpx.AsyncClient:
    """A messenger that always answers the same."""
    return client(
        lambda _: httpx.Response(status, text=text) if text is not None else httpx.Response(status, json=told)
    )


def failing(error: type[httpx.HTTPError], words: str) -> httpx.AsyncClient:
    """A messenger that cannot be reached; the error's text holds the given words."""

    def raise_it(request: httpx.Request) -> httpx.Response:
        failed = error(words)
        failed.request = request
        raise failed

    return client(raise_it)


class Server:
    """A little HTTP server on loopback: what it received, and the answers it gives in turn (the last one for good)."""

    def __init__(self, *answers: tuple[int, Any] | None) -> None:
        self.answers = list(answers)
        self.requests: list[tuple[str, str]] = []
        self._open: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await asyncio.gather(*self._open)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            await self._answer(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
            self._open.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next((int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length")), 0)
        self.requests.append((head.split(" ", 2)[1], (await reader.readexactly(length)).decode("utf-8", "replace")))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer == SILENCE:
            await reader.read()
        elif answer is not None:  # None hangs up without a word
            status, told = answer
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            writer.write(
                f"HTTP/1.1 {status} X\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body
            )
            await writer.drain()


def button(choice: str = "why", label: str = "Vì sao?", style: Style = Style.PLAIN) -> Button:
    return Button(label, SESSION, "checking", choice, style)


_letters = st.characters(exclude_categories=("Cs", "Cc"))
_words = st.text(st.one_of(_letters, st.sampled_from(" \n.?!😀👨‍👩‍👧ếệ\u0301\ufe0f@#&<*_")), max_size=400)
texts = st.one_of(_words, st.builds(lambda words, times: words * times, _words, st.integers(1, 60)))
buttons = st.builds(
    Button,
    st.text(_letters, min_size=1, max_size=150).filter(str.strip),
    st.just(SESSION),
    st.sampled_from(["checking", "emergency", "reporting", "clarifying"]),
    st.from_regex(r"[a-z_-]{1,60}", fullmatch=True),
    st.sampled_from(Style),
)
replies = st.builds(
    Reply,
    texts,
    st.one_of(st.none(), st.sampled_from(Level)),
    st.lists(buttons, max_size=12).map(tuple),
)
