"""The Zalo Official Account channel: signature, rendering within the limits, sending, pictures.

Must not decide what is said, nor when: ``window.may_send`` tells the outbox.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import httpx

from bot.channels import hosts
from bot.channels.base import BadSignature, ChannelError, Delivery, Pace, Payload, Rejected
from bot.channels.splitting import numbered, split, with_choices
from bot.channels.zalo_oa import answers, signature, updates
from bot.channels.zalo_oa.answers import CodeAnswered
from bot.channels.zalo_oa.tokens import ZaloTokens
from bot.replies import Button, Reply

API = "https://openapi.zalo.me"
MOST_BUTTONS = 5
TITLE_LIMIT = 100
PICTURE_BYTES = 1024 * 1024
UPLOAD_LIVES = timedelta(days=6)  # of seven
SECONDS = 10.0


class Choices(StrEnum):
    """How choices are shown."""

    NUMBERS = "numbers"
    BUTTONS = "buttons"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Account:
    """What is set for one account; the package says which of these Zalo's documents leave open."""

    app_id: str
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    choices: Choices = Choices.NUMBERS
    api_base: str = API
    file_hosts: tuple[str, ...] = ("zdn.vn", "zadn.vn", "zalo.me")
    text_limit: int = 1900
    accept_hours: int = 26
    night_ends: int = answers.NIGHT_ENDS
    per_second: float | None = None
    proof_secret: str = field(default="", repr=False)


class ZaloOa:
    """The channel."""

    name = "zalo_oa"
    fetched = False
    pace = Pace(per_second=40, person_seconds=0.5, group_seconds=1.0)  # documented: 4,000 requests a minute

    def __init__(
        self, account: Account, tokens: ZaloTokens, client: httpx.AsyncClient, now: Callable[[], datetime]
    ) -> None:
        hosts.quiet_libraries()
        self.account, self._tokens, self._client, self._now = account, tokens, client, now
        self._secrets = tuple(secret for secret in account.webhook_secrets if secret)
        self.webhook = bool(self._secrets)
        if account.per_second:
            self.pace = replace(self.pace, per_second=account.per_second)
        self.numbered = account.choices is Choices.NUMBERS
        self._base = hosts.api_base(account.api_base)
        self._uploads: dict[str, tuple[str, datetime]] = {}
        self.quota: tuple[str, int] | None = None
        """The kind of quota that the last message was taken from, and how many are left in it."""

    def admit(self, headers: Mapping[str, str]) -> None:
        """Refuse what carries no signature at all, before the body is read. Raises BadSignature."""
        if not self._secrets or not headers.get(signature.HEADER, "").startswith("mac="):
            raise BadSignature("no signature")

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Check the signature over the raw body, and that it is of these days. Raises BadSignature."""
        timestamp = signature.require(headers.get(signature.HEADER), body, self.account.app_id, self._secrets)
        signature.require_recent(timestamp, self._now(), timedelta(hours=self.account.accept_hours))

    def update_id(self, payload: Payload) -> str:
        """The event and its message. Raises Malformed."""
        return updates.update_id(payload)

    def sender(self, payload: Payload) -> str:
        """Who it is from; empty where nobody is named."""
        return updates.sender(payload)

    def parse(self, payload: Payload) -> Delivery:
        """What the citizen did. Raises Unsupported or Anomalous."""
        return updates.parse(payload)

    def render(self, reply: Reply) -> Sequence[Payload]:
        """Texts within the limit; the last one with its choices as numbers, or as buttons with the numbers beside it
        for the case that they are refused."""
        text = unicodedata.normalize("NFC", reply.text)
        pieces = with_choices(text, reply.buttons, self.account.text_limit, reply.language)
        messages: list[Payload] = [{"message": {"text": piece}} for piece in pieces]
        attachment = self._attachment(reply.buttons)
        choices = numbered(reply.buttons, reply.language)
        if attachment and pieces[-1].endswith(choices):
            above = pieces[-1].removesuffix(choices).rstrip() or "👇"
            messages[-1] = {"message": {"text": above, "attachment": attachment}, "plain": pieces[-1]}
        return messages

    async def send(self, address: str, message: Payload) -> str:
        """Send one rendered message, in plain words where its form is refused. Raises Transient or Rejected."""
        try:
            return await self._send(address, message["message"])
        except CodeAnswered as answered:
            if answered.code not in answers.NOT_AS_RICH or "plain" not in message:
                raise self._failure(answered) from None
        return await self.send(address, {"message": {"text": message["plain"]}})

    async def send_picture(self, address: str, picture: bytes, caption: str = "") -> str:
        """Upload a PNG or JPEG of at most 1 MB and send it. Raises Transient or Rejected."""
        text = (split(caption, self.account.text_limit) or [""])[0]
        try:
            try:
                return await self._send(address, _picture(await self._uploaded(picture), text))
            except CodeAnswered as answered:
                if answered.code not in answers.EXPIRED_UPLOAD:
                    raise
            self._uploads.clear()
            return await self._send(address, _picture(await self._uploaded(picture), text))
        except CodeAnswered as answered:
            raise self._failure(answered) from None

    async def fetch(self, reference: str) -> bytes:
        """The bytes of a file that was sent to us. Raises Transient or Rejected."""
        return await hosts.download(self._client, reference, self.account.file_hosts)

    def _failure(self, answered: CodeAnswered) -> ChannelError:
        return answers.failure(answered.code, self._now(), self.account.night_ends)

    def _attachment(self, buttons: Sequence[Button]) -> dict[str, Any] | None:
        if not 1 <= len(buttons) <= MOST_BUTTONS or self.account.choices is Choices.NUMBERS:
            return None
        shown = [(button.label.strip()[:TITLE_LIMIT] or "…", updates.tap_payload(button)) for button in buttons]
        rows: list[dict[str, Any]]
        if self.account.choices is Choices.LIST:
            rows = [{"title": t, "default_action": {"type": "oa.query.hide", "payload": tap}} for t, tap in shown]
            return {"type": "template", "payload": {"template_type": "list", "elements": rows}}
        rows = [{"title": title, "type": "oa.query.hide", "payload": tap} for title, tap in shown]
        return {"type": "template", "payload": {"buttons": rows}}

    async def _send(self, address: str, message: Mapping[str, Any]) -> str:
        body = {"recipient": {"user_id": address}, "message": dict(message)}
        data = await self._call("/v3.0/oa/message/cs", json=body)
        self.quota = answers.quota_of(data) or self.quota
        return str(data.get("message_id", ""))

    async def _uploaded(self, picture: bytes) -> str:
        """The id of an uploaded picture; the same picture is uploaded once in six days."""
        if len(picture) > PICTURE_BYTES:
            raise Rejected("picture is larger than Zalo takes")
        print_, now = hashlib.sha256(picture).hexdigest(), self._now()
        self._uploads = {key: kept for key, kept in self._uploads.items() if kept[1] > now}
        if print_ not in self._uploads:
            kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
            files = {"file": (f"picture.{kind}", picture, f"image/{kind}")}
            data = await self._call("/v2.0/oa/upload/image", files=files)
            self._uploads[print_] = (str(data.get("attachment_id", "")), now + UPLOAD_LIVES)
        return self._uploads[print_][0]

    async def keep_fresh(self) -> None:
        """Renew the access token if it is due. Raises Transient."""
        await self._tokens.access()

    async def _call(self, path: str, **content: Any) -> dict[str, Any]:
        """Call the API; once more with a fresh token where Zalo says that ours is stale."""
        token = await self._tokens.access()
        try:
            return await self._post(path, token, content)
        except CodeAnswered as answered:
            if answered.code not in answers.STALE_TOKEN:
                raise
        return await self._post(path, await self._tokens.access(refused=token), content)

    async def _post(self, path: str, token: str, content: Mapping[str, Any]) -> dict[str, Any]:
        headers = {"access_token": token}
        if self.account.proof_secret:
            headers["appsecret_proof"] = hmac.digest(self.account.proof_secret.encode(), token.encode(), "sha256").hex()
        try:
            answer = await self._client.post(
                self._base + path, headers=headers, follow_redirects=False, timeout=SECONDS, **content
            )
        except httpx.HTTPError as failed:
            raise answers.broken(failed) from None
        return answers.read(answer)


def _picture(attachment_id: str, caption: str) -> dict[str, Any]:
    element = {"media_type": "image", "attachment_id": attachment_id}
    attachment = {"type": "template", "payload": {"template_type": "media", "elements": [element]}}
    return {"attachment": attachment} | ({"text": caption} if caption else {})
