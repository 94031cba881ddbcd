"""Zalo Bot Platform: a pilot channel (50 people a bot), with numbered choices for it has no buttons.

Its documents do not say how long a webhook may take, whether it repeats a delivery, in which field a photo comes, or
how 2,000 characters are counted: we answer at once, recognise repetitions by chat and message, read both fields, and
stay at 1,900. The token is part of every address, so that no address is ever in the text of an error. Must not decide
what is said.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from bot.channels import hosts, secrets
from bot.channels.base import (
    Anomalous,
    ChannelError,
    Delivery,
    Malformed,
    Pace,
    Payload,
    Rejected,
    Transient,
    Unsupported,
)
from bot.channels.splitting import split, with_choices
from bot.events import Event, Media, Text
from bot.replies import Reply

API = "https://bot-api.zaloplatforms.com"
TEXT_LIMIT = 1900
ALARM_SECONDS = 3600.0
SECONDS = 10.0
SECRET_HEADER = "x-bot-api-secret-token"  # noqa: S105 - the name of the header
EVENTS = frozenset({"message.text.received", "message.image.received", "message.sticker.received",
                    "message.voice.received"})  # fmt: skip
IGNORED = frozenset({"message.unsupported.received", "webhook.test"})
"""Withheld by the platform (of children and other protected people), and the check of an address."""


class ZaloBot:
    """The channel. ``secrets`` are the webhook's, the one in use first; a second one is taken during a rotation."""

    name = "zalo_bot"
    fetched = False
    numbered = True
    pace = Pace(per_second=5, person_seconds=1.0, group_seconds=2.0)  # not documented

    def __init__(
        self,
        token: str,
        webhook_secrets: Sequence[str] = (),
        *,
        client: httpx.AsyncClient,
        base_url: str = API,
        bot_name: str = "",
        file_hosts: Sequence[str] = ("zdn.vn", "zadn.vn", "zalo.me"),
    ) -> None:
        hosts.quiet_libraries()
        if not token:
            raise ValueError("a bot of Zalo needs a token")
        self._secrets = secrets.checked(webhook_secrets)
        self.webhook = bool(self._secrets)
        self._url = f"{hosts.api_base(base_url)}/bot{token}"
        self._client = client
        self._file_hosts, self._bot_name = tuple(file_hosts), bot_name

    def admit(self, headers: Mapping[str, str]) -> None:
        """Refuse by the secret token, before the body is read. Raises BadSignature."""
        secrets.require_one_of(self._secrets, headers.get(SECRET_HEADER))

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """The secret token again: the platform signs no body. Raises BadSignature."""
        self.admit(headers)

    def update_id(self, payload: Payload) -> str:
        """Chat and message together, for a message's id alone may be another chat's too. Raises Malformed."""
        update = _update(payload)
        if not isinstance(update.get("event_name"), str):
            raise Malformed("no event_name")
        message = _object(update, "message")
        chat, named = _text(_object(message, "chat"), "id"), _text(message, "message_id")
        if chat and named:
            return f"{chat}:{named}"
        told = json.dumps(update, sort_keys=True, ensure_ascii=True, default=str)
        return f"{update['event_name']}:{hashlib.sha256(told.encode()).hexdigest()[:32]}"

    def sender(self, payload: Payload) -> str:
        """Who it is from; empty where nobody is named."""
        return _text(_object(_object(_update(payload), "message"), "from"), "id")

    def parse(self, payload: Payload) -> Delivery:
        """What the citizen did. Raises Unsupported or Anomalous."""
        update = _update(payload)
        name = _text(update, "event_name")
        if name in IGNORED:
            raise Unsupported(name)
        if name not in EVENTS:
            raise Anomalous("event is not documented")
        message = _object(update, "message")
        person, chat = _object(message, "from"), _object(message, "chat")
        sender = _text(person, "id")
        if person.get("is_bot"):
            raise Unsupported("not written by a person")
        if not sender or not _text(message, "message_id"):
            raise Anomalous(f"{name} of nobody")
        group = str(chat.get("chat_type", "PRIVATE")).upper() == "GROUP"
        address = _text(chat, "id") or sender
        event = self._event(name, message)
        return Delivery(sender, address, event, group=group, mentioned=True, at=_moment(message.get("date")))

    def render(self, reply: Reply) -> Sequence[Payload]:
        """Texts within the limit, the last one with its choices as numbers."""
        return [{"text": piece} for piece in with_choices(reply.text, reply.buttons, TEXT_LIMIT, reply.language)]

    async def send(self, address: str, message: Payload) -> str:
        """Send one rendered message. Raises Transient or Rejected."""
        result = await self._call("sendMessage", {"chat_id": address, "text": message["text"]})
        return str(result.get("message_id", ""))

    async def send_picture(self, address: str, url: str, caption: str = "") -> str:
        """Send a picture that lies at a public address. Raises Transient or Rejected."""
        body = {"chat_id": address, "photo": url, "caption": (split(caption, TEXT_LIMIT) or [""])[0]}
        return str((await self._call("sendPhoto", body)).get("message_id", ""))

    async def show_typing(self, address: str) -> None:
        """Show that an answer is being written; unimportant if it fails."""
        with contextlib.suppress(ChannelError):
            await self._call("sendChatAction", {"chat_id": address, "action": "typing"})

    async def fetch(self, reference: str) -> bytes:
        """The bytes of a picture that was sent to us. Raises Transient or Rejected."""
        return await hosts.download(self._client, reference, self._file_hosts)

    async def start(self) -> None:
        """Learn our own name, to take it out of what is said to us in groups. Raises Transient or Rejected."""
        me = await self._call("getMe", {})
        self._bot_name = self._bot_name or _text(me, "display_name") or _text(me, "account_name")

    async def set_webhook(self, url: str) -> None:
        """Let the platform deliver to an address. Raises Transient or Rejected."""
        if not self._secrets:
            raise Rejected("no webhook secret is set")
        await self._call("setWebhook", {"url": url, "secret_token": self._secrets[0].decode()})

    async def updates(self, *, wait: int = 30) -> AsyncIterator[Payload]:
        """Updates by long polling, for a laptop without a public address. The platform forgets an update once it has
        given it: what is not stored then is lost. Raises Transient or Rejected; call again to go on."""
        while True:
            try:
                result = await self._call("getUpdates", {"timeout": str(wait)}, seconds=wait + SECONDS)
            except _NothingNew:
                await asyncio.sleep(0)
                continue
            if result.get("event_name"):
                yield result

    async def stop_webhook(self) -> None:
        """Let updates be polled: the platform gives them only to one. Raises Transient or Rejected."""
        await self._call("deleteWebhook", {})

    def _event(self, name: str, message: Mapping[str, Any]) -> Event:
        caption = self._without_name(_text(message, "caption"))
        if name == "message.text.received":
            return Text(self._without_name(_text(message, "text")))
        if name == "message.sticker.received":
            return Media("sticker", "")
        if name == "message.voice.received":
            return Media("audio", _text(message, "voice_url"))
        photo = _text(message, "photo") or _text(message, "photo_url")
        if not photo:
            raise Anomalous("image without an address")
        return Media("image", photo, caption=caption)

    def _without_name(self, text: str) -> str:
        return text.replace(f"@{self._bot_name}", "").strip() if self._bot_name else text

    async def _call(self, method: str, body: Mapping[str, str], *, seconds: float = SECONDS) -> Mapping[str, Any]:
        try:
            answer = await self._client.post(
                f"{self._url}/{method}", json=body, follow_redirects=False, timeout=seconds
            )
        except httpx.HTTPError as failed:
            unsent = isinstance(failed, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
            outage = Transient(f"network: {type(failed).__name__}", maybe_sent=not unsent)
            raise hosts.impostor(failed) or outage from None
        try:
            told = answer.json()
        except ValueError:
            told = None
        if not isinstance(told, dict) or "ok" not in told:
            raise _without_answer(answer)
        if told["ok"] is True:
            return _object(told, "result")
        raise _failure(told.get("error_code", told.get("errorCode", answer.status_code)))


class _NothingNew(Transient):
    """The platform waited and has nothing for us."""


def _without_answer(answer: httpx.Response) -> Transient:
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        return Transient("quota used up", ALARM_SECONDS, alarm=True)
    known_unsent = answer.status_code in {httpx.codes.BAD_GATEWAY, httpx.codes.SERVICE_UNAVAILABLE}
    return Transient(f"answered {answer.status_code} without an answer", maybe_sent=not known_unsent)


_FAILURES: Mapping[int, Callable[[str], ChannelError]] = {
    400: Rejected,
    401: lambda why: Transient(why, ALARM_SECONDS, alarm=True),
    403: lambda why: Transient(why, maybe_sent=True),  # described as an internal error of the platform
    404: lambda why: Rejected(why, alarm=True),
    408: _NothingNew,
    429: lambda why: Transient(why, ALARM_SECONDS, alarm=True),  # a month's quota does not come back in seconds
}


def _failure(code: Any) -> ChannelError:
    number = code if isinstance(code, int) else 0
    make = _FAILURES.get(number)
    return make(f"bot error {number}") if make else Transient(f"bot error {number}", maybe_sent=True)


def _update(payload: Payload) -> Mapping[str, Any]:
    """The update, with or without the envelope of an answer around it."""
    inner = payload.get("result")
    return inner if isinstance(inner, dict) else payload


def _moment(date: Any) -> datetime | None:
    """Milliseconds, sometimes seconds."""
    if not isinstance(date, int | float) or isinstance(date, bool) or not 0 < date < 10**14:
        return None
    return datetime.fromtimestamp(date / 1000 if date > 10**11 else date, UTC)


def _object(told: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = told.get(key)
    return value if isinstance(value, dict) else {}


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
