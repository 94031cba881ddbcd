"""Deliveries as the messengers make them, for one person who writes."""

from __future__ import annotations

import itertools
import time
from typing import Any

import orjson

from bot.channels.zalo_oa import signature

APP, OA_SECRET, APP_SECRET = "360846524940903967", "oa-secret-of-the-simulator", "app-secret-of-the-simulator"
HOOK_SECRET = "simulated-secret-simulated-secret"
TOKEN = {"zalo_bot": "simulated-token", "telegram": "1:simulated-token"}
BOT_NAME, ZALO_BOT_NAME = "canhgiac_bot", "Bot Cảnh Giác"
_numbers = itertools.count(int(time.time()) % 1_000_000_000)


def number() -> int:
    """A number that no delivery had before."""
    return next(_numbers)


def zalo_oa(text: str, sender: str = "7001", number: str = "", *, image: str = "") -> dict[str, Any]:
    """A text or a picture to the account."""
    message: dict[str, Any] = {"text": text, "msg_id": number or f"m{next(_numbers)}"}
    if image:
        message["attachments"] = [{"type": "image", "payload": {"thumbnail": image, "url": image}}]
    return {
        "app_id": APP,
        "user_id_by_app": sender,
        "event_name": "user_send_image" if image else "user_send_text",
        "sender": {"id": sender},
        "recipient": {"id": "388613280878808645"},
        "message": message,
        "timestamp": str(int(time.time() * 1000)),
    }


def zalo_oa_follow(sender: str = "7001", event: str = "follow") -> dict[str, Any]:
    """Followed, or unfollowed."""
    return {
        "app_id": APP,
        "event_name": event,
        "oa_id": "388613280878808645",
        "follower": {"id": sender},
        "timestamp": str(int(time.time() * 1000)),
        "source": "testing_purpose",
    }


def zalo_bot(text: str, sender: str = "b7001", *, image: str = "") -> dict[str, Any]:
    """A text or a picture to the bot."""
    message: dict[str, Any] = {
        "from": {"id": sender, "display_name": "Bà Năm", "is_bot": False},
        "chat": {"id": sender, "chat_type": "PRIVATE"},
        "message_id": f"z{next(_numbers)}",
        "date": int(time.time() * 1000),
    }
    message |= {"photo": image, "caption": text} if image else {"text": text}
    return {"event_name": "message.image.received" if image else "message.text.received", "message": message}


def telegram(text: str, sender: int = 7001, *, group: int = 0, **more: Any) -> dict[str, Any]:
    """A message to the bot, or in a group."""
    chat = {"id": group, "type": "supergroup", "title": "Khu phố"} if group else {"id": sender, "type": "private"}
    number = next(_numbers)
    message: dict[str, Any] = {
        "message_id": number,
        "date": int(time.time()),
        "chat": chat,
        "from": {"id": sender, "is_bot": False, "first_name": "Bà Năm"},
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    message |= ({"text": text} if text else {}) | more
    return {"update_id": number, "message": message}


def telegram_tap(data: str, sender: int = 7001) -> dict[str, Any]:
    """A tapped button."""
    number = next(_numbers)
    message = {"message_id": 1, "date": int(time.time()), "chat": {"id": sender, "type": "private"}, "text": "…"}
    who = {"id": sender, "is_bot": False, "first_name": "Bà Năm"}
    query = {"id": f"q{number}", "from": who, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": number, "callback_query": query}


def photo(name: str = "anh") -> dict[str, Any]:
    """A photo in a Telegram message."""
    return {"photo": [{"file_id": name, "file_unique_id": name, "width": 800, "height": 600}]}


def signed(payload: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of a delivery of the account."""
    body = orjson.dumps(payload)
    mac = signature.expected(APP, body, payload["timestamp"], OA_SECRET)
    return body, {"X-ZEvent-Signature": f"mac={mac}", "Content-Type": "application/json"}
