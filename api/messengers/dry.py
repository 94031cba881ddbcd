"""How a reply would look on each channel, whether the channel is on or not. Must not send, poll or ask for anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import httpx

from api.settings import Settings
from bot.channels.base import Channel, Payload
from bot.channels.telegram import Telegram
from bot.channels.web import Web
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import Account, Choices, ZaloOa, ZaloTokens
from bot.replies import Reply

Render = Callable[[Reply], Sequence[Payload]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer on one channel: its bubbles, and the buttons where the channel has them."""

    channel: str
    title: str
    bubbles: tuple[str, ...]
    buttons: tuple[str, ...] = ()


def on_channels(replies: Sequence[Reply], settings: Settings) -> list[Shown]:
    """The replies as each channel's own ``render`` cuts and numbers them; nothing for no reply."""
    if not replies:
        return []
    drawn = {
        "web": ("Trang web", Web().render, _of_page),
        "zalo_oa": ("Zalo OA", _zalo_oa(settings.zalo_oa_choices, settings.zalo_oa_text_limit), _of_zalo),
        "zalo_bot": ("Zalo Bot", _never_sent().render, _of_bot),
        "telegram": ("Telegram", _telegram().render, _of_telegram),
    }
    return [_shown(name, title, render, read, replies) for name, (title, render, read) in drawn.items()]


Read = Callable[[Payload], tuple[str, list[str]]]


def _shown(name: str, title: str, render: Render, read: Read, replies: Sequence[Reply]) -> Shown:
    told = [read(message) for reply in replies for message in render(reply)]
    return Shown(name, title, tuple(text for text, _ in told), tuple(label for _, labels in told for label in labels))


def _of_page(message: Payload) -> tuple[str, list[str]]:
    return str(message["text"]), [str(button["label"]) for button in message["buttons"]]


def _of_bot(message: Payload) -> tuple[str, list[str]]:
    return str(message["text"]), []


def _of_telegram(message: Payload) -> tuple[str, list[str]]:
    keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
    return str(message["text"]), [_label(button) for row in keyboard for button in row]


def _label(button: Any) -> str:
    return str(button["text"] if isinstance(button, Mapping) else button.text)


def _of_zalo(message: Payload) -> tuple[str, list[str]]:
    said = message["message"]
    payload = said.get("attachment", {}).get("payload", {})
    rows = payload.get("buttons") or payload.get("elements") or []
    return str(said["text"]), [str(row["title"]) for row in rows]


@cache
def _zalo_oa(choices: str, limit: int) -> Render:
    account = Account(app_id="", choices=Choices(choices), text_limit=limit)
    nothing = cast(ZaloTokens, None)  # needed to send, which this one never does
    return ZaloOa(account, nothing, httpx.AsyncClient(), cast(Any, None)).render


@cache
def _never_sent() -> Channel:
    return ZaloBot("dry", client=httpx.AsyncClient())


@cache
def _telegram() -> Channel:
    return Telegram("1:dry")
