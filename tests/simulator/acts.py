"""What a person does on a phone, as the updates that the messenger makes of it.

What a platform does not tell is lost here too: a message forwarded on Zalo says nothing of where it comes from. Must not
know to whom an update goes, nor how it gets there.
"""

from __future__ import annotations

import io
import json
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from tests.simulator import payloads
from tests.simulator.telegram import utf16

GROUP_TITLE = "Tổ dân phố 5"
GROUPS = {"telegram": "-1001700000005", "zalo_bot": "zgr-5f0e9afa66b88fe6"}


@dataclass(frozen=True, slots=True)
class Person:
    """A citizen and what the messengers call them."""

    key: str
    name: str
    number: int

    def address(self, channel: str) -> str:
        """Their id on a messenger."""
        return {
            "telegram": str(700_111_000 + self.number),
            "zalo_oa": str(246_845_883_529_197_000 + self.number),
            "zalo_bot": f"6ede9afa66b88fe6{self.number:04x}",
        }[channel]


PEOPLE = tuple(Person(*one) for one in (("nam", "Bà Năm", 1), ("tuan", "Anh Tuấn", 2), ("lan", "Cô Lan", 3)))


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person did. ``files`` are addresses for Zalo and names for Telegram; ``data`` is a button's."""

    kind: str
    who: Person
    group: bool = False
    text: str = ""
    origin: str = ""
    files: tuple[str, ...] = ()
    sizes: tuple[tuple[int, int], ...] = ()
    name: str = ""
    data: str = ""
    about: dict[str, Any] | None = None
    """The message that is replied to or corrected, as Telegram would show it."""


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height of a picture; of anything else nothing."""
    try:
        size: tuple[int, int] = Image.open(io.BytesIO(data)).size
    except OSError:
        return (0, 0)
    return size


def updates(channel: str, act: Act) -> list[dict[str, Any]]:
    """The updates of an act, in order; none where the platform says nothing of it."""
    return {"zalo_oa": _zalo_oa, "zalo_bot": _zalo_bot, "telegram": _telegram}[channel](act)


_OA_EVENTS = {
    "photo": ("user_send_image", "image"),
    "voice": ("user_send_audio", "audio"),
    "file": ("user_send_file", "file"),
    "sticker": ("user_send_sticker", "sticker"),
}


def _zalo_oa(act: Act) -> list[dict[str, Any]]:
    who = act.who.address("zalo_oa")
    if act.kind in {"follow", "unfollow"}:
        return [payloads.zalo_oa_follow(who, act.kind)]
    if act.kind == "tap":
        return [payloads.zalo_oa(act.data, who)]
    if act.kind in {"text", "forward"}:
        return [payloads.zalo_oa(act.text, who)]
    update = payloads.zalo_oa(act.text, who)
    if act.kind == "location":
        update["event_name"] = "user_send_location"
        place = {"coordinates": {"latitude": "15.880058", "longitude": "108.338047"}}
        update["message"]["attachments"] = [{"type": "location", "payload": place}]
    elif act.kind == "contact":
        update["event_name"] = "user_send_business_card"
        card = {"thumbnail": "", "url": "", "description": json.dumps({"phone": act.data, "qrCodeUrl": ""})}
        update["message"] |= {"text": act.name, "attachments": [{"type": "link", "payload": card}]}
    elif act.kind in _OA_EVENTS:
        update["event_name"], kind = _OA_EVENTS[act.kind]
        update["message"]["attachments"] = [
            {"type": kind, "payload": _attached(act, url)} for url in act.files or ("",)
        ]
    else:
        return []
    return [update]


def _attached(act: Act, url: str) -> dict[str, str]:
    if act.kind == "sticker":
        return {"id": "20490", "url": url}
    if act.kind == "file":
        kind = act.name.rsplit(".", 1)[-1]
        return {"url": url, "name": act.name, "size": "7340032", "checksum": secrets.token_hex(16), "type": kind}
    return {"url": url, "thumbnail": url} if act.kind == "photo" else {"url": url}


def _zalo_bot(act: Act) -> list[dict[str, Any]]:
    """The platform shows bots only text, pictures, stickers and voice, and in a group only what names the bot."""
    who = act.who.address("zalo_bot")
    if act.group and f"@{payloads.ZALO_BOT_NAME}" not in act.text and act.about is None:
        return []
    if act.kind in {"text", "forward"}:
        made = [payloads.zalo_bot(act.text, who)]
    elif act.kind == "photo":
        made = [payloads.zalo_bot(act.text if not n else "", who, image=url) for n, url in enumerate(act.files)]
    elif act.kind in {"sticker", "voice"}:
        update = payloads.zalo_bot("", who)
        told = {"sticker": "0e078a2fb66a5f34067b", "url": ""} if act.kind == "sticker" else {"voice_url": act.files[0]}
        update["message"] = {k: v for k, v in update["message"].items() if k != "text"} | told
        made = [update | {"event_name": f"message.{act.kind}.received"}]
    elif act.kind in {"file", "location", "contact"}:
        made = [{"event_name": "message.unsupported.received"}]
    else:
        return []
    for update in made:
        if "message" in update:
            update["message"]["from"]["display_name"] = act.who.name
            if act.group:
                update["message"]["chat"] = {"id": GROUPS["zalo_bot"], "chat_type": "GROUP"}
    return made


def _telegram(act: Act) -> list[dict[str, Any]]:
    if act.kind in {"unfollow", "follow"}:
        return [_membership(act), *([_message(act, "/start")] if act.kind == "follow" else [])]
    if act.kind == "tap":
        return [_tap(act)]
    if act.kind == "inline":
        query = {"id": f"q{payloads.number()}", "from": _from(act), "query": act.text, "offset": ""}
        return [{"update_id": payloads.number(), "inline_query": query | {"chat_type": "private"}}]
    if act.kind == "edit" and act.about:
        told = act.about | {"text": act.text, "entities": entities(act.text), "edit_date": int(time.time())}
        return [{"update_id": payloads.number(), "edited_message": told}]
    if act.kind == "photo":
        album = {"media_group_id": str(payloads.number())} if len(act.files) > 1 else {}
        return [
            _message(act, "", **_photo(name, size), **album, **_caption(act.text if not n else ""))
            for n, (name, size) in enumerate(zip(act.files, act.sizes, strict=True))
        ]
    return [_message(act, act.text if act.kind in {"text", "forward"} else "", **_content(act))]


def _content(act: Act) -> dict[str, Any]:
    file = {"file_id": act.files[0], "file_unique_id": f"u{act.files[0]}"} if act.files else {}
    if act.kind == "voice":
        return {"voice": file | {"duration": 7, "mime_type": "audio/ogg", "file_size": 28_000}}
    if act.kind == "file":
        return {"document": file | {"file_name": act.name, "file_size": 7_340_032}} | _caption(act.text)
    if act.kind == "sticker":
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "👍"}
        return {"sticker": {"file_id": "sticker", "file_unique_id": "usticker"} | shape}
    if act.kind == "location":
        return {"location": {"latitude": 15.880058, "longitude": 108.338047}}
    if act.kind == "contact":
        return {"contact": {"phone_number": act.data, "first_name": act.name}}
    if act.kind == "forward" and act.origin:
        return {"forward_origin": origin(act.origin)}
    return {}


def origin(words: str) -> dict[str, Any]:
    """Where a message came from: ``@name`` is a channel, any other name a person who hides their account."""
    at = int(time.time()) - 600
    if words.startswith("@"):
        chat = {"id": -1008888, "title": words[1:], "username": words[1:], "type": "channel"}
        return {"type": "channel", "chat": chat, "message_id": 42, "date": at}
    return {"type": "hidden_user", "sender_user_name": words, "date": at}


def _message(act: Act, text: str, **more: Any) -> dict[str, Any]:
    update = payloads.telegram("", int(act.who.address("telegram")), group=_group(act), **more)
    message = update["message"]
    message["from"] = _from(act)
    if act.group:
        message["chat"]["title"] = GROUP_TITLE
    if text:
        message |= {"text": text} | ({"entities": found} if (found := entities(text)) else {})
    if act.about and act.kind != "edit":
        message["reply_to_message"] = act.about
    return update


def _membership(act: Act) -> dict[str, Any]:
    """Blocked, or let in again."""
    before, after = ("member", "kicked") if act.kind == "unfollow" else ("kicked", "member")
    bot = {"id": 1, "is_bot": True, "first_name": "Cảnh Giác", "username": payloads.BOT_NAME}
    chat = {"id": int(act.who.address("telegram")), "type": "private"}
    states = [{"user": bot, "status": s} | ({"until_date": 0} if s == "kicked" else {}) for s in (before, after)]
    change = {"chat": chat, "from": _from(act), "date": int(time.time()), "old_chat_member": states[0]}
    return {"update_id": payloads.number(), "my_chat_member": change | {"new_chat_member": states[1]}}


def _tap(act: Act) -> dict[str, Any]:
    query = {"id": f"q{payloads.number()}", "from": _from(act), "chat_instance": "1", "data": act.data}
    return {"update_id": payloads.number(), "callback_query": query | {"message": act.about}}


def _from(act: Act) -> dict[str, Any]:
    return {"id": int(act.who.address("telegram")), "is_bot": False, "first_name": act.who.name, "language_code": "vi"}


def _group(act: Act) -> int:
    return int(GROUPS["telegram"]) if act.group else 0


def _photo(name: str, size: tuple[int, int]) -> dict[str, Any]:
    width, height = size
    small = {"file_id": name, "file_unique_id": f"s{name}", "width": max(1, width // 8), "height": max(1, height // 8)}
    return {"photo": [small, {"file_id": name, "file_unique_id": f"u{name}", "width": width, "height": height}]}


def _caption(text: str) -> dict[str, Any]:
    return {"caption": text, "caption_entities": entities(text)} if text else {}


def entities(text: str) -> list[dict[str, Any]]:
    """Commands, names and addresses, as Telegram's own clients find them."""
    patterns = {"bot_command": r"(?<!\S)/\w+(?:@\w+)?", "mention": r"(?<!\S)@\w+", "url": r"https?://\S+"}
    found = [
        {"type": kind, "offset": utf16(text[: m.start()]), "length": utf16(m.group())}
        for kind, pattern in patterns.items()
        for m in re.finditer(pattern, text)
    ]
    return sorted(found, key=lambda entity: int(str(entity["offset"])))


def names(files: Sequence[str], base: str, channel: str) -> tuple[str, ...]:
    """Kept files as a delivery names them: Zalo by their address."""
    return tuple(files) if channel == "telegram" else tuple(f"{base}/files/{name}" for name in files)
