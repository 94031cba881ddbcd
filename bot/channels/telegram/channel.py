"""The Telegram channel: secret token, rendering within the limits, sending, files, long polling.

Replies are plain text with entities: a citizen's words can never become markup. Previews are always off, so that no
quoted link is fetched or shown. Must not decide what is said.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
)
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from bot import wording
from bot.channels import hosts, secrets
from bot.channels.base import Delivery, Pace, Payload, Rejected
from bot.channels.splitting import split, utf16_length, with_choices
from bot.channels.telegram import failures, updates
from bot.replies import Button, Reply, Style

ALLOWED_UPDATES: Final = updates.READ
TEXT_LIMIT = 4000  # of 4,096
CAPTION_LIMIT = 1024
DATA_BYTES = 64
MOST_BUTTONS = 100
SHORT_LABEL = 18
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of the header
GROUP_COMMANDS: Final = frozenset({*wording.VI.menu, *wording.COMMANDS["mute"], *wording.COMMANDS["unmute"]})
"""Ours in a group without our name behind them; of the others, other bots there may have the same."""
_STYLES = {Style.PRIMARY: "primary", Style.DANGER: "danger"}
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Telegram:
    """The channel. ``secrets`` are the webhook's, the one in use first; a second one is taken during a rotation.

    ``base_url`` is Telegram's own or that of a local Bot API server; files are fetched from the same host.
    """

    name = "telegram"
    fetched = False
    numbered = False
    pace = Pace(per_second=28, person_seconds=1.0, group_seconds=3.0)  # documented: 30 a second, 20 a minute in a group

    def __init__(
        self,
        token: str,
        webhook_secrets: Sequence[str] = (),
        *,
        base_url: str = "https://api.telegram.org",
        username: str = "",
        seconds: float = 15.0,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        hosts.quiet_libraries()
        number, _, rest = token.partition(":")
        if not number.isdecimal() or not rest:
            raise ValueError("a Telegram token is a number, a colon and a secret")
        base = hosts.api_base(base_url)
        self._secrets = secrets.checked(webhook_secrets)
        self.webhook = bool(self._secrets)
        self._me = updates.Me(int(number), username.removeprefix("@"), GROUP_COMMANDS)
        self._file_hosts = (urlsplit(base).netloc.lower(),)
        self._files = client or httpx.AsyncClient()
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=_request(32, seconds),
            get_updates_request=_request(1, seconds),
        )

    def admit(self, headers: Mapping[str, str]) -> None:
        """Refuse by the secret token, before the body is read. Raises BadSignature."""
        secrets.require_one_of(self._secrets, headers.get(SECRET_HEADER))

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """The secret token again: Telegram signs no body. Raises BadSignature."""
        self.admit(headers)

    def update_id(self, payload: Payload) -> str:
        """Telegram's number of the update. Raises Malformed."""
        return updates.update_id(payload)

    def sender(self, payload: Payload) -> str:
        """Who it is from; empty where nobody is named."""
        return updates.sender(payload)

    def parse(self, payload: Payload) -> Delivery:
        """What the citizen did. Raises Unsupported or Anomalous."""
        return updates.parse(payload, self._me)

    def render(self, reply: Reply) -> Sequence[Payload]:
        """Messages of at most 4,096 UTF-16 units, the buttons under the last; numbers where a button cannot hold its
        choice."""
        keyboard = _keyboard(reply.buttons)
        choices = () if keyboard else reply.buttons
        texts = with_choices(self._led(reply.text), choices, TEXT_LIMIT, reply.language) or (["👇"] if keyboard else [])
        messages: list[dict[str, Any]] = [{"text": t, "link_preview_options": {"is_disabled": True}} for t in texts]
        if messages and reply.level is not None:
            headline = texts[0].split("\n", 1)[0].rstrip()
            messages[0]["entities"] = [{"type": "bold", "offset": 0, "length": utf16_length(headline)}]
        if messages and keyboard:
            messages[-1]["reply_markup"] = {"inline_keyboard": keyboard}
        return messages

    def _led(self, text: str) -> str:
        """Where a group is told to write to us alone, the way there."""
        known = text in wording.PRIVATE_ONLY and self._me.username
        return f"{text}\nhttps://t.me/{self._me.username}" if known else text

    async def send(self, address: str, message: Payload) -> str:
        """Send one rendered message, or answer an inline query with it. Raises Transient or Rejected."""
        if address.startswith(updates.INLINE):
            return await self._answer_inline(address.removeprefix(updates.INLINE), message)
        try:
            return await self._send(address, message)
        except BadRequest as refused:
            if not message.get("entities") or "entit" not in refused.message.lower():
                raise failures.named(refused) from None
        except (TelegramError, KeyError) as failed:
            raise failures.named(failed) from None
        return await self.send(address, {key: value for key, value in message.items() if key != "entities"})

    async def send_picture(self, address: str, picture: bytes, caption: str = "") -> str:
        """Send a PNG or JPEG. Raises Transient or Rejected."""
        chat, topic = _chat(address)
        text = (split(caption, CAPTION_LIMIT) or [""])[0]
        try:
            sent = await self._bot.send_photo(chat, picture, caption=text or None, message_thread_id=topic)
        except (TelegramError, KeyError) as failed:
            raise failures.named(failed) from None
        return str(sent.message_id)

    async def acknowledge(self, receipt: str) -> None:
        """End the spinner of a tapped button. Too late or not at all makes no difference to anybody."""
        with contextlib.suppress(TelegramError, KeyError):
            await self._bot.answer_callback_query(receipt)

    async def show_typing(self, address: str) -> None:
        """Show that an answer is being written; unimportant if it fails."""
        chat, topic = _chat(address)
        with contextlib.suppress(TelegramError, KeyError):
            await self._bot.send_chat_action(chat, "typing", message_thread_id=topic)

    async def fetch(self, reference: str) -> bytes:
        """The bytes of a file that was sent to us. Raises Transient or Rejected."""
        if not reference:
            raise Rejected("nothing to fetch")
        try:
            file = await self._bot.get_file(reference)
        except (TelegramError, KeyError) as failed:
            raise failures.named(failed) from None
        if (file.file_size or 0) > hosts.MOST_BYTES:
            raise Rejected("file is larger than we read")
        return await hosts.download(self._files, file.file_path or "", self._file_hosts)

    async def start(self) -> None:
        """Learn our own name, which groups need, and show the menu of commands. Raises Transient or Rejected."""
        try:
            me = await self._bot.get_me()
            for language, words in (("", wording.VI), ("en", wording.EN)):
                commands = [BotCommand(name, told) for name, told in words.menu.items()]
                await self._bot.set_my_commands(commands, language_code=language or None)
        except (TelegramError, KeyError) as failed:
            raise failures.named(failed) from None
        self._me = updates.Me(me.id, me.username or "", self._me.commands)

    async def set_webhook(self, url: str) -> None:
        """Let Telegram deliver to an address. What waits there is kept. Raises Transient or Rejected."""
        if not self._secrets:
            raise Rejected("no webhook secret is set")
        try:
            await self._bot.set_webhook(
                url, secret_token=self._secrets[0].decode(), allowed_updates=ALLOWED_UPDATES, max_connections=40
            )
        except (TelegramError, KeyError) as failed:
            raise failures.named(failed) from None

    async def updates(self, *, wait: int = 25) -> AsyncIterator[Payload]:
        """Updates by long polling, for a laptop without a public address. An update is acknowledged to Telegram only
        when the next one is asked for: store it before that. Raises Transient or Rejected; call again to go on."""
        try:
            await self._bot.delete_webhook()
            offset = 0
            while True:
                batch = await self._bot.get_updates(offset, timeout=wait, allowed_updates=ALLOWED_UPDATES)
                for update in batch:
                    yield update.to_dict()
                    offset = update.update_id + 1
                await asyncio.sleep(0)
        except (TelegramError, KeyError) as failed:
            raise failures.named(failed) from None

    async def close(self) -> None:
        """Close the connections."""
        for request in self._bot._request:  # ``Bot.shutdown`` closes only what ``Bot.initialize`` opened
            await request.shutdown()
        await self._files.aclose()

    async def _send(self, address: str, message: Payload) -> str:
        chat, topic = _chat(address)
        sent = await self._bot.send_message(
            chat,
            message["text"],
            entities=MessageEntity.de_list(message.get("entities", []), self._bot) or None,
            reply_markup=_markup(message.get("reply_markup")),
            link_preview_options=_NO_PREVIEW,
            message_thread_id=topic,
        )
        return str(sent.message_id)

    async def _answer_inline(self, query: str, message: Payload) -> str:
        """One article, for this person only. Buttons are left out: their session is not of that chat."""
        text = str(message["text"])
        title, _, rest = text.partition("\n")
        content = InputTextMessageContent(
            text,
            entities=MessageEntity.de_list(message.get("entities", []), self._bot) or None,
            link_preview_options=_NO_PREVIEW,
        )
        article = InlineQueryResultArticle("answer", title[:64], content, description=rest.strip()[:120] or None)
        try:
            await self._bot.answer_inline_query(query, [article], cache_time=30, is_personal=True)
        except (TelegramError, KeyError) as failed:
            raise failures.named(failed) from None
        return query


def _request(connections: int, seconds: float) -> HTTPXRequest:
    return HTTPXRequest(
        connections,
        read_timeout=seconds,
        write_timeout=seconds,
        connect_timeout=min(5.0, seconds),
        pool_timeout=seconds,
    )


def _chat(address: str) -> tuple[int, int | None]:
    chat, _, topic = address.partition("/")
    try:
        return int(chat), int(topic) if topic else None
    except ValueError:
        raise Rejected("not an address of Telegram") from None


def _markup(stored: Any) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json(stored, None) if stored else None


def _keyboard(buttons: Sequence[Button]) -> list[list[dict[str, str]]]:
    """Rows of one button, or of two short ones; none where some choice does not fit into a button."""
    keys = [_key(button) for button in buttons]
    if len(keys) > MOST_BUTTONS or any(len(key["callback_data"].encode()) > DATA_BYTES for key in keys):
        return []
    rows: list[list[dict[str, str]]] = []
    for key in keys:
        is_short = len(key["text"]) <= SHORT_LABEL
        if is_short and rows and len(rows[-1]) == 1 and len(rows[-1][0]["text"]) <= SHORT_LABEL:
            rows[-1].append(key)
        else:
            rows.append([key])
    return rows


def _key(button: Button) -> dict[str, str]:
    data = updates.SEPARATOR.join((button.session, button.state, button.choice))
    key = {"text": button.label.strip() or "…", "callback_data": data}
    return key | ({"style": _STYLES[button.style]} if button.style in _STYLES else {})
