"""Zalo's Bot Platform: no buttons, one update a poll, a monthly quota. Must not know who reads along."""

from __future__ import annotations

import re
import time
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.channels.hosts import is_loopback
from tests.simulator import bots, payloads
from tests.simulator.bots import Refused, following, only, refusal
from tests.simulator.messenger import FakeServer, Standing

TEXT_LIMIT = 2000
MONTH = 3000
_CHECK = {
    "date": 0,
    "message_id": "webhook-test",
    "text": "Zalo Bot Platform webhook test - please respond with HTTP 200",
}


def app(server: FakeServer) -> Starlette:
    """The platform for our bot."""
    methods: dict[str, bots.Method] = {
        "getMe": _me,
        "getUpdates": _updates,
        "setWebhook": _set_webhook,
        "deleteWebhook": _delete_webhook,
        "getWebhookInfo": _webhook_info,
        "sendMessage": _send,
        "sendPhoto": _send_photo,
        "sendChatAction": _action,
    }
    return bots.app(server, payloads.TOKEN["zalo_bot"], methods, lambda: refusal(429, "Quota exceeded", 200))


async def _me(_: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    only(body, ())
    return {"id": "1", "account_name": "bot.canhgiac", "account_type": "BASIC", "can_join_groups": True,
            "display_name": payloads.ZALO_BOT_NAME}  # fmt: skip


async def _updates(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    """An update is forgotten once it is given."""
    only(body, {"timeout"})
    if server.webhook:
        raise Refused(400, "getUpdates is not available while a webhook is set")
    update = await following(server, float(body.get("timeout") or 30))
    if update is None:
        raise Refused(408, "Request timeout")
    return update


async def _set_webhook(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    only(body, {"url", "secret_token"}, needed={"url", "secret_token"})
    if not body["url"].startswith("https://") and not is_loopback(body["url"]):
        raise Refused(400, "url must be https")
    if not re.fullmatch(r".{8,256}", body["secret_token"]):
        raise Refused(400, "secret_token must have 8 to 256 characters")
    server.webhook = {"url": body["url"], "secret": body["secret_token"]}
    outcome = await _checked(body["url"], body["secret_token"])
    verification = {"ok": outcome == "webhook.ok", "url": body["url"], "outcome": outcome, "hint": ""}
    return {"url": body["url"], "updated_at": int(time.time() * 1000), "verification": verification}


async def _checked(url: str, secret: str) -> str:
    """The platform calls the address once; it is kept whatever comes of that."""
    if not is_loopback(url):
        return "webhook.err.unreachable"
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=3) as client:
            headers = {"X-Bot-Api-Secret-Token": secret, "User-Agent": "Java/21"}
            answer = await client.post(url, headers=headers, json={"event_name": "webhook.test", "message": _CHECK})
    except httpx.HTTPError:
        return "webhook.err.unreachable"
    return "webhook.ok" if answer.is_success else f"webhook.http.{answer.status_code}"


async def _delete_webhook(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    only(body, ())
    server.webhook = {}
    return {"url": "", "updated_at": int(time.time() * 1000)}


async def _webhook_info(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    only(body, ())
    if not server.webhook:
        raise Refused(404, "Webhook not found")
    return {"url": server.webhook["url"], "updated_at": 0}


async def _send(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    only(body, {"chat_id", "text", "parse_mode", "text_styles"}, needed={"chat_id", "text"})
    if not isinstance(body["text"], str) or not 1 <= len(body["text"].strip()) <= len(body["text"]) <= TEXT_LIMIT:
        raise Refused(400, "text must have 1 to 2000 characters")
    return _taken(server, body, body["text"])


async def _send_photo(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    """The platform fetches the picture from its address before it takes the message."""
    only(body, {"chat_id", "photo", "caption"}, needed={"chat_id", "photo"})
    if len(body.get("caption", "")) > TEXT_LIMIT:
        raise Refused(400, "caption must have at most 2000 characters")
    photo = await _fetched(server, body["photo"])
    return _taken(server, body, body.get("caption", ""), photo=photo)


async def _fetched(server: FakeServer, url: str) -> str:
    """Only from this machine: nothing here opens a foreign address."""
    if not is_loopback(url):
        return ""
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
            answer = await client.get(url)
    except httpx.HTTPError:
        raise Refused(400, "photo could not be fetched") from None
    if not answer.is_success or not answer.headers.get("content-type", "").startswith("image/"):
        raise Refused(400, "photo could not be fetched")
    return server.keep(answer.content)


async def _action(server: FakeServer, body: dict[str, Any]) -> None:
    only(body, {"chat_id", "action"}, needed={"chat_id", "action"})
    if body["action"] != "typing":
        raise Refused(400, "action is not supported")
    server.typing(str(body["chat_id"]))


def _taken(server: FakeServer, body: dict[str, Any], text: str, **more: str) -> dict[str, Any]:
    if server.standing(str(body["chat_id"])) is not Standing.OPEN:
        raise Refused(400, "chat_id is invalid")
    if server.limited and len(server.sent) >= MONTH:
        raise Refused(429, "Quota exceeded")
    sent = server.take(str(body["chat_id"]), text, body, **more)
    return {"message_id": sent.number, "date": int(time.time() * 1000)}
