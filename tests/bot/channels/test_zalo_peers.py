"""Our Zalo channels beside clients that nobody here wrote: the same request on the wire, the same reading of a delivery.

There is no server of Zalo's to test against; what these clients send to our fake, ours must send too.
"""

from __future__ import annotations

import asyncio
import importlib
import json
from typing import Any

import httpx
import pytest

from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import Choices
from bot.events import Text
from bot.replies import Reply
from tests.bot.channels import recorded
from tests.bot.channels.recorded import Server, button
from tests.bot.channels.zalo import Store, account, oa, pair

LAN = "246845883529197922"
SENT = (200, {"error": 0, "message": "Success", "data": {"message_id": "m1"}})
BOT_SENT = (200, {"ok": True, "result": {"message_id": "m1", "date": 1_795_400_000_000}})


def _oa_client(url: str) -> tuple[Any, Any]:
    module = importlib.import_module("zalo_sdk.oa")
    return module, module.Client("app", "secret", "access-one", "refresh-one", endpoint_prefix=url)


async def test_a_consultation_message_is_that_of_another_client() -> None:
    async with Server(SENT) as server, httpx.AsyncClient() as client:
        module, theirs = _oa_client(server.url)
        to, body = module.ZaloRecipient(user_id=LAN), module.ZaloMessageBody(text="Chào bác")
        await asyncio.to_thread(theirs.send_message, to, body)
        await oa(client, account(api_base=server.url), store=Store(pair())).send(LAN, {"message": {"text": "Chào bác"}})
    (path, they_sent), (our_path, we_sent) = server.requests
    assert (our_path, json.loads(we_sent)) == (path, json.loads(they_sent))


async def test_buttons_are_that_of_another_client() -> None:
    async with Server(SENT) as server, httpx.AsyncClient() as client:
        module, theirs = _oa_client(server.url)
        ours = oa(client, account(api_base=server.url, choices=Choices.BUTTONS), store=Store(pair()))
        await ours.send(LAN, ours.render(Reply("Xem.", buttons=(button(),)))[0])
        sent = json.loads(server.requests[0][1])["message"]
        attachment = module.ZaloAttachment("template", sent["attachment"]["payload"])
        await asyncio.to_thread(
            theirs.send_message, module.ZaloRecipient(user_id=LAN), module.ZaloMessageBody("Xem.", attachment)
        )
    assert json.loads(server.requests[1][1])["message"] == sent


async def test_an_upload_goes_where_another_client_uploads() -> None:
    async with (
        Server((200, {"error": 0, "data": {"attachment_id": "a", "message_id": "m"}})) as server,
        httpx.AsyncClient() as client,
    ):
        _, theirs = _oa_client(server.url)
        await asyncio.to_thread(theirs.upload_file, b"\x89PNG", "image", "picture.png", "image/png")
        await oa(client, account(api_base=server.url), store=Store(pair())).send_picture(LAN, b"\x89PNG")
    (path, they_sent), (our_path, we_sent), _ = server.requests
    assert our_path == path == "/v2.0/oa/upload/image"
    assert all('name="file"; filename="picture.png"' in sent for sent in (they_sent, we_sent))


async def test_a_bot_message_is_that_of_another_client() -> None:
    async with Server(BOT_SENT) as server, httpx.AsyncClient() as client:
        theirs = importlib.import_module("pyzalo.main").PyZALO("1:token", server.url)
        told = await asyncio.to_thread(theirs.sendMessage, LAN, "Chào bác")
        theirs.session.close()
        assert (
            await ZaloBot("1:token", client=client, base_url=server.url).send(LAN, {"text": "Chào bác"})
            == told["result"]["message_id"]
        )
    (path, they_sent), (our_path, we_sent) = server.requests
    assert (our_path, json.loads(we_sent)) == (path, json.loads(they_sent))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
@pytest.mark.parametrize("name", ["text", "group_mention"])
def test_a_delivery_is_read_as_another_client_reads_it(name: str) -> None:
    told = recorded.payload("zalo_bot", name)
    theirs = importlib.import_module("zalo_bot").Update.de_json(told["result"], None).message
    ours = ZaloBot("1:token", client=recorded.answering({})).parse(told)
    assert (ours.sender, ours.address, ours.event) == (theirs.from_user.id, theirs.chat.id, Text(theirs.text))


def test_the_check_of_an_address_breaks_another_client_but_not_ours() -> None:
    ping = recorded.payload("zalo_bot", "webhook_test_ping_flat")
    with pytest.raises(AttributeError):
        importlib.import_module("zalo_bot").Update.de_json(ping, None).message.chat.id  # noqa: B018
    assert recorded.outcome(ZaloBot("1:token", client=recorded.answering({})), ping).__name__ == "Unsupported"  # type: ignore[union-attr]
