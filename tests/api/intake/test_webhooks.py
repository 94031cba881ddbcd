"""Where messengers deliver: verified before anything, stored before 200, hostile bodies never a 5xx."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
from sqlalchemy import func, select

from api.edge import MOST_BYTES
from api.models import InboxUpdate
from tests.api.conftest import Site
from tests.fakes import Messenger

BODY = b'{"id": 1, "from": "a", "text": "xin chao"}'


async def stored(site: Site) -> int:
    async with site.around.database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(InboxUpdate))).scalar_one())


async def post(site: Site, body: Any, signature: str | None) -> int:
    headers = {"x-signature": signature} if signature is not None else {}
    return (await site.client.post("/webhooks/messenger", content=body, headers=headers)).status_code


async def test_a_signed_delivery_is_stored_and_acknowledged(site: Site, messenger: Messenger) -> None:
    assert await post(site, BODY, messenger.sign(BODY).decode()) == 200
    assert await stored(site) == 1


@pytest.mark.parametrize("change", ["missing", "empty", "upper", "prefix", "space", "other body"])
async def test_a_wrong_signature_is_401_and_stores_nothing(site: Site, messenger: Messenger, change: str) -> None:
    right = messenger.sign(BODY).decode()
    given = {
        "missing": None,
        "empty": "",
        "upper": right.upper(),
        "prefix": right[:-1],
        "space": right + " x",
        "other body": messenger.sign(BODY + b" ").decode(),
    }[change]
    assert await post(site, BODY, given) == 401
    assert await stored(site) == 0


async def test_a_signature_that_is_not_ascii_is_401(site: Site) -> None:
    headers = [(b"x-signature", "bí mật".encode())]
    response = await site.client.post("/webhooks/messenger", content=BODY, headers=headers)
    assert response.status_code == 401


async def test_without_the_header_the_body_is_never_read(site: Site) -> None:
    async def body() -> AsyncIterator[bytes]:
        pytest.fail("the body was read")
        yield b""

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/webhooks/messenger", "raw_path": b"/webhooks/messenger", "query_string": b"", "headers": [],
        "client": ("127.0.0.1", 1), "server": ("test", 80), "root_path": "",
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> Any:
        return await anext(body())

    async def send(message: Any) -> None:
        sent.append(message)

    await site.app(scope, receive, send)
    assert sent[0]["status"] == 401


@pytest.mark.parametrize("channel", ["web", "terminal", "zalo_oa", "nobody"])
async def test_a_channel_without_a_secret_is_404(site: Site, channel: str) -> None:
    assert (await site.client.post(f"/webhooks/{channel}", content=BODY)).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[1]",
        b"null",
        b'{"id": "x"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a": NaN}',
        b'"\\ud800"',
        b'{"id": 1e999}',
    ],
)
async def test_what_cannot_be_read_is_400_in_kind_words(site: Site, messenger: Messenger, body: bytes) -> None:
    headers = {"x-signature": messenger.sign(body).decode()}
    response = await site.client.post("/webhooks/messenger", content=body, headers=headers)
    assert response.status_code == 400
    assert "Bạn" in response.json()["error"]


async def test_a_body_is_cut_off_while_it_streams(site: Site) -> None:
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while given < 100 * MOST_BYTES:
            given += 65_536
            yield b"x" * 65_536

    response = await site.client.post("/webhooks/messenger", content=endless(), headers={"x-signature": "x"})
    assert response.status_code == 413
    assert await stored(site) == 0


async def test_an_announced_giant_is_refused_unread(site: Site) -> None:
    headers = {"x-signature": "x", "content-length": "100000000"}
    assert (await site.client.post("/webhooks/messenger", content=b"x", headers=headers)).status_code == 413


async def test_redelivery_is_acknowledged_and_stored_once(site: Site, messenger: Messenger) -> None:
    for _ in range(3):
        assert await post(site, BODY, messenger.sign(BODY).decode()) == 200
    other = orjson.dumps({"id": 0, "from": "a", "text": "lower id, later"})
    assert await post(site, other, messenger.sign(other).decode()) == 200
    assert await stored(site) == 2
