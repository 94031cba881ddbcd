"""A conversation through telemelya, a Bot API server that nobody here wrote: a citizen's side and ours, over HTTP.

It sends no secret token and no edits, knows no groups and no limits; those are tested against our own fakes.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels.base import Delivery
from bot.channels.telegram import Telegram
from bot.events import Follow, Media, Tap, Text
from bot.replies import Reply
from knowledge.verdict import Level
from tests.bot.channels.recorded import Server, button

TOKEN, KEY, LAN = "123456789:ABCDefGhIjKlMnOpQrStUvWxYz", "key-for-tests", 700111222
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture(scope="module")
def telemelya() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-W", "ignore", "-m", "tests.bot.channels.telemelya_server", port, KEY]
    with subprocess.Popen(command, cwd=Path(__file__).parents[3]) as process:  # noqa: S603 - our own module
        try:
            yield _when_up(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()


def _when_up(url: str, process: subprocess.Popen[bytes]) -> str:
    for _ in range(300):
        try:
            httpx.get(url)
        except httpx.TransportError:
            assert process.poll() is None, "telemelya did not start"
            time.sleep(0.1)
        else:
            return url
    raise AssertionError("telemelya did not answer")


class Chat:
    """Both sides: ``does`` is the citizen acting, ``seen`` what has reached the citizen."""

    def __init__(self, channel: Telegram, citizen: Any, webhook: Server) -> None:
        self.channel, self.citizen, self.webhook = channel, citizen, webhook

    async def does(self, what: str, *given: Any, **named: Any) -> Delivery:
        before = len(self.webhook.requests)
        act: Callable[..., Any] = getattr(self.citizen, what)
        await asyncio.to_thread(act, *given, **named)
        [(_, body)] = self.webhook.requests[before:]
        return self.channel.parse(json.loads(body))

    async def seen(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await asyncio.to_thread(self.citizen.get_responses)
        return found


@asynccontextmanager
async def chatting(url: str) -> AsyncIterator[Chat]:
    client = importlib.import_module("telemelya.client").TelegramTestClient(url, KEY, TOKEN)
    channel = Telegram(TOKEN, ["s" * 43], base_url=url, username="canhbao_bot")
    async with Server((200, {})) as webhook:
        await channel.set_webhook(f"{webhook.url}/webhooks/telegram")
        await asyncio.to_thread(client.reset)
        await channel.set_webhook(f"{webhook.url}/webhooks/telegram")
        try:
            yield Chat(channel, client, webhook)
        finally:
            client.close()
            await channel.close()


async def test_a_question_an_answer_and_a_tap(telemelya: str) -> None:
    async with chatting(telemelya) as chat:
        assert (await chat.does("send_command", LAN, "/start")).event == Follow()
        asked = await chat.does("send_message", LAN, "Có người xưng công an bảo chuyển tiền 😀")
        assert asked.event == Text("Có người xưng công an bảo chuyển tiền 😀")
        [message] = chat.channel.render(Reply("🔴 LỪA ĐẢO\nĐừng chuyển tiền.", Level.SCAM, (button(),)))
        number = await chat.channel.send(asked.address, message)
        tapped = await chat.does("send_callback_query", LAN, "7KQ2M9XAB|checking|why", int(number))
        assert tapped.event == Tap("7KQ2M9XAB", "checking", "why")
        await chat.channel.acknowledge(tapped.receipt)
        shown = json.dumps(await chat.seen(), ensure_ascii=False)
    assert "Đừng chuyển tiền." in shown
    assert "7KQ2M9XAB|checking|why" in shown


async def test_pictures_go_both_ways(telemelya: str, tmp_path: Path) -> None:
    (tmp_path / "anh.png").write_bytes(PICTURE)
    async with chatting(telemelya) as chat:
        asked = await chat.does("send_photo", LAN, str(tmp_path / "anh.png"), caption="Thật không?")
        assert isinstance(asked.event, Media)
        assert (asked.event.kind, asked.event.caption) == ("image", "Thật không?")
        assert await chat.channel.fetch(asked.event.reference) == PICTURE
        await chat.channel.send_picture(asked.address, PICTURE, "Chia sẻ cho người thân")
        assert "Chia sẻ cho người thân" in json.dumps(await chat.seen(), ensure_ascii=False)


async def test_an_inline_question_is_answered(telemelya: str) -> None:
    async with chatting(telemelya) as chat:
        asked = await chat.does("send_inline_query", "vcb-xacminh.top", chat_id=LAN)
        assert (asked.event, asked.inline) == (Text("vcb-xacminh.top"), True)
        await chat.channel.send(asked.address, chat.channel.render(Reply("🔴 LỪA ĐẢO", Level.SCAM))[0])
        assert "LỪA ĐẢO" in json.dumps(await chat.seen(), ensure_ascii=False)
