"""HTTP on loopback at next to no cost, so that a bench measures the service and not its own tools: who delivers, and a
messenger that takes everything.

Must not know what is delivered.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import httptools
import orjson

_TAKEN = b'{"error":0,"message":"Success","data":{"message_id":"m1"}}'
_ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(_TAKEN), _TAKEN)


class Deliverer:
    """Posts to one address over connections that are kept open, as many as are needed at once."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer. Raises OSError where there is none. As every client does, it asks anew where the
        connection it had kept was hung up meanwhile."""
        while self._free:
            with suppress(OSError):
                return await self._ask(*self._free.pop(), body, headers)
        return await self._ask(*await asyncio.open_connection(self._host, self._port), body, headers)

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes, headers: Mapping[str, str]
    ) -> int:
        told = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        head = f"POST {self._path} HTTP/1.1\r\nhost: {self._host}\r\n{told}content-length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        try:
            answer = await reader.readuntil(b"\r\n\r\n")
            length = int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        except (asyncio.IncompleteReadError, IndexError) as cut:
            writer.close()
            raise ConnectionError from cut
        self._free.append((reader, writer))
        return int(answer.split(b" ", 2)[1])

    def close(self) -> None:
        """Hang up."""
        for _, writer in self._free:
            writer.close()


class _Call(asyncio.Protocol):
    def __init__(self, first: dict[str, float]) -> None:
        self._first, self._body = first, b""
        self._parser = httptools.HttpRequestParser(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        to = str(orjson.loads(self._body)["recipient"]["user_id"])
        self._first.setdefault(to, time.monotonic())
        self._body = b""
        self._transport.write(_ANSWER)  # type: ignore[attr-defined]


@asynccontextmanager
async def messenger(first: dict[str, float]) -> AsyncIterator[str]:
    """Takes every message; ``first`` holds when each recipient had the first one. Gives the address."""
    server = await asyncio.get_running_loop().create_server(lambda: _Call(first), "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
