"""Telegram's Bot API, as strict as the real one and in a few points stricter: no parameter that is not documented, text
counted in UTF-16 units.

Must not know who reads along.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Collection, Mapping
from typing import Any

from PIL import Image
from starlette.applications import Starlette
from starlette.responses import Response

from bot.channels.hosts import is_loopback
from tests.simulator import bots, payloads
from tests.simulator.bots import Refused, following, only, refusal
from tests.simulator.messenger import FakeServer, Standing

TEXT_LIMIT, CAPTION_LIMIT, DATA_BYTES = 4096, 1024, 64
ROW_BUTTONS, MOST_BUTTONS, MOST_ENTITIES, MOST_RESULTS = 8, 100, 100, 50
PHOTO_BYTES, FILE_BYTES, PHOTO_SIDES, PHOTO_RATIO = 10 * 2**20, 20 * 2**20, 10_000, 20
PER_SECOND, GROUP_MINUTE = 30, 20
UPDATES = frozenset(
    "message edited_message channel_post edited_channel_post callback_query inline_query chosen_inline_result poll "
    "poll_answer my_chat_member chat_member chat_join_request message_reaction".split()
)
STYLES = frozenset({"danger", "primary", "success"})
_ENTITIES = frozenset(
    "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler blockquote "
    "expandable_blockquote code pre text_link text_mention custom_emoji".split()
)
_ANY = {"chat_id", "message_thread_id", "disable_notification", "protect_content", "reply_parameters", "reply_markup"}
_STANDING = {
    Standing.BLOCKED: (403, "Forbidden: bot was blocked by the user"),
    Standing.UNKNOWN: (400, "Bad Request: chat not found"),
}


def app(server: FakeServer) -> Starlette:
    """The Bot API for our bot."""
    methods: dict[str, bots.Method] = {
        "getMe": _me,
        "getUpdates": _updates,
        "setWebhook": _set_webhook,
        "deleteWebhook": _delete_webhook,
        "getWebhookInfo": _webhook_info,
        "setMyCommands": _set_commands,
        "sendMessage": _send,
        "editMessageText": _edit,
        "sendPhoto": _send_photo,
        "sendChatAction": _action,
        "getFile": _get_file,
        "answerCallbackQuery": _answer_tap,
        "answerInlineQuery": _answer_inline,
    }

    def busy() -> Response:
        words = f"Too Many Requests: retry after {server.busy_seconds}"
        return refusal(429, words, retry_after=server.busy_seconds)

    return bots.app(server, payloads.TOKEN["telegram"], methods, busy)


def utf16(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


async def _me(_: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    only(body, ())
    name = {"id": 1, "is_bot": True, "first_name": "Cảnh Giác", "username": payloads.BOT_NAME}
    return name | {"can_join_groups": True, "can_read_all_group_messages": True, "supports_inline_queries": True}


async def _updates(server: FakeServer, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The oldest update stays until a higher offset is asked for."""
    only(body, {"offset", "limit", "timeout", "allowed_updates"})
    if server.webhook:
        raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
    if server.pending is not None and server.pending["update_id"] < int(body.get("offset") or 0):
        server.pending = None
    if server.pending is None:
        server.pending = await following(server, float(body.get("timeout") or 0))
    return [server.pending] if server.pending else []


async def _set_webhook(server: FakeServer, body: dict[str, Any]) -> bool:
    known = {"url", "certificate", "ip_address", "max_connections", "allowed_updates", "drop_pending_updates"}
    only(body, known | {"secret_token"}, needed={"url"})
    if not body["url"].startswith("https://") and not is_loopback(body["url"]):  # as the local Bot API server
        raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", body.get("secret_token", "x")):
        raise Refused(400, "Bad Request: secret token contains unallowed characters")
    if not 1 <= int(body.get("max_connections", 40)) <= 100 or set(body.get("allowed_updates", [])) - UPDATES:
        raise Refused(400, "Bad Request: wrong parameter of the webhook")
    server.webhook = {"url": body["url"], "secret": body.get("secret_token", "")}
    return True


async def _delete_webhook(server: FakeServer, body: dict[str, Any]) -> bool:
    only(body, {"drop_pending_updates"})
    server.webhook = {}
    return True


async def _webhook_info(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    only(body, ())
    url = server.webhook.get("url", "")
    return {"url": url, "has_custom_certificate": False, "pending_update_count": server.updates.qsize()}


async def _set_commands(server: FakeServer, body: dict[str, Any]) -> bool:
    only(body, {"commands", "scope", "language_code"}, needed={"commands"})
    commands = body["commands"]
    if not isinstance(commands, list) or len(commands) > 100:
        raise Refused(400, "Bad Request: too many commands")
    for command in commands:
        only(command, {"command", "description"}, needed={"command", "description"})
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    server.commands = server.commands if body.get("language_code") else commands
    return True


async def _send(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    only(body, _ANY | {"text", "parse_mode", "entities", "link_preview_options"}, needed={"chat_id", "text"})
    _require_text(body["text"], body.get("entities"))
    _require_keyboard(body.get("reply_markup"))
    return _taken(server, body, body["text"])


async def _edit(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    known = {"chat_id", "message_id", "text", "parse_mode", "entities", "link_preview_options", "reply_markup"}
    only(body, known, needed={"chat_id", "message_id", "text"})
    _require_text(body["text"], body.get("entities"))
    _require_keyboard(body.get("reply_markup"))
    number, to = str(body["message_id"]), str(body["chat_id"])
    before = next((one for one in reversed(server.sent) if number in (one.changes or one.number, one.number)), None)
    if before is None or before.to != to:
        raise Refused(400, "Bad Request: message to edit not found")
    if before.text == body["text"] and before.body.get("reply_markup") == body.get("reply_markup"):
        raise Refused(400, "Bad Request: message is not modified")
    return _taken(server, body, body["text"], changes=number)


async def _send_photo(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    known = _ANY | {"photo", "caption", "caption_entities", "parse_mode", "has_spoiler", "show_caption_above_media"}
    only(body, known, needed={"chat_id", "photo"})
    caption = body.get("caption", "")
    if utf16(caption) > CAPTION_LIMIT:
        raise Refused(400, "Bad Request: message caption is too long")
    photo = body["photo"]
    if not isinstance(photo, bytes):
        raise Refused(400, "Bad Request: wrong remote file identifier specified")
    if len(photo) > PHOTO_BYTES:
        raise Refused(413, "Request Entity Too Large")
    try:
        width, height = Image.open(io.BytesIO(photo)).size
    except OSError:
        raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED") from None
    if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
        raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    return _taken(server, body | {"photo": {"size": len(photo)}}, caption, photo=server.keep(photo))


async def _action(server: FakeServer, body: dict[str, Any]) -> bool:
    only(body, {"chat_id", "action", "message_thread_id"}, needed={"chat_id", "action"})
    server.typing(str(body["chat_id"]))
    return True


async def _get_file(server: FakeServer, body: dict[str, Any]) -> dict[str, Any]:
    only(body, {"file_id"}, needed={"file_id"})
    name = body["file_id"]
    if name not in server.files:
        raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    size = len(server.files[name])
    if size > FILE_BYTES:
        raise Refused(400, "Bad Request: file is too big")
    return {"file_id": name, "file_unique_id": f"u{name}", "file_size": size, "file_path": name}


async def _answer_tap(server: FakeServer, body: dict[str, Any]) -> bool:
    only(body, {"callback_query_id", "text", "show_alert", "url", "cache_time"}, needed={"callback_query_id"})
    if utf16(body.get("text", "")) > 200:
        raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
    _require_open(server, body["callback_query_id"])
    return True


async def _answer_inline(server: FakeServer, body: dict[str, Any]) -> bool:
    known = {"inline_query_id", "results", "cache_time", "is_personal", "next_offset", "button"}
    only(body, known, needed={"inline_query_id", "results"})
    results = body["results"]
    if not isinstance(results, list) or len(results) > MOST_RESULTS:
        raise Refused(400, "Bad Request: RESULTS_TOO_MUCH")
    for result in results:
        only(result, {"type", "id", "title", "description", "input_message_content", "reply_markup"},
             needed={"type", "id", "title", "input_message_content"})  # fmt: skip
        if not 1 <= len(str(result["id"]).encode()) <= 64:
            raise Refused(400, "Bad Request: RESULT_ID_INVALID")
        content = result["input_message_content"]
        _require_text(content["message_text"], content.get("entities"))
    _require_open(server, body["inline_query_id"])
    for result in results:
        server.take(f"inline:{body['inline_query_id']}", result["input_message_content"]["message_text"], result)
    return True


def _require_open(server: FakeServer, query: str) -> None:
    if server.queries is None:
        return
    if query not in server.queries:
        raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    server.queries.discard(query)


def _require_text(text: Any, entities: Any) -> None:
    if not isinstance(text, str) or not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if utf16(text) > TEXT_LIMIT:
        raise Refused(400, "Bad Request: message is too long")
    for entity in entities or ():
        only(entity, {"type", "offset", "length", "url", "user", "language", "custom_emoji_id"},
             needed={"type", "offset", "length"})  # fmt: skip
        start, length = entity["offset"], entity["length"]
        if entity["type"] not in _ENTITIES or start < 0 or length < 1 or start + length > utf16(text):
            raise Refused(400, "Bad Request: can't parse entities: wrong range or type")
    if len(entities or ()) > MOST_ENTITIES:
        raise Refused(400, "Bad Request: too many entities")


def _require_keyboard(markup: Any) -> None:
    if markup is None:
        return
    only(markup, {"inline_keyboard"}, needed={"inline_keyboard"})
    rows = markup["inline_keyboard"]
    if sum(len(row) for row in rows) > MOST_BUTTONS or any(len(row) > ROW_BUTTONS for row in rows):
        raise Refused(400, "Bad Request: reply markup is too long")
    for row in rows:
        for button in row:
            _require_button(button)


def _require_button(button: Mapping[str, Any]) -> None:
    known: Collection[str] = {"text", "callback_data", "url", "style", "icon_custom_emoji_id"}
    only(button, known, needed={"text"})
    if not button["text"]:
        raise Refused(400, "Bad Request: text buttons are unallowed in the inline keyboard")
    if ("callback_data" in button) == ("url" in button):
        raise Refused(400, "Bad Request: exactly one optional field of an inline keyboard button must be used")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
        raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    if button.get("style", "primary") not in STYLES:
        raise Refused(400, "Bad Request: invalid button style specified")


def _taken(server: FakeServer, body: dict[str, Any], text: str, **more: str) -> dict[str, Any]:
    """Keep a message for a chat that lets us write."""
    to = str(body["chat_id"])
    if not re.fullmatch(r"-?\d{1,16}", to):
        raise Refused(400, "Bad Request: chat not found")
    standing = server.standing(to)
    if standing in _STANDING:
        raise Refused(*_STANDING[standing])
    group_minute = GROUP_MINUTE if to.startswith("-") else 0
    if wait := server.crowded(to, per_second=PER_SECOND, group_minute=group_minute):
        raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
    sent = server.take(to, text, body, **more)
    chat = {"id": int(to), "type": "supergroup" if to.startswith("-") else "private"}
    return {"message_id": int(more.get("changes") or sent.number), "date": int(time.time()), "chat": chat}
