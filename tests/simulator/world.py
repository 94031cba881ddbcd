"""The phones: every chat of every citizen on one messenger, as its screen shows it, and whether they let the bot write.

Must not know HTTP.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot import wording
from tests.simulator import acts
from tests.simulator.acts import GROUPS, PEOPLE, Act, Person
from tests.simulator.messenger import Call, FakeServer, Sent, Standing

MOST_CALLS = 40
TYPING_SECONDS = 5.0
TITLES = {"zalo_oa": "Zalo OA", "zalo_bot": "Zalo Bot", "telegram": "Telegram"}
_CHOICE = re.compile(r"^(\d{1,2})\. (.+)$")


class Changes:
    """Counts what changed, and wakes whoever waits for it."""

    def __init__(self) -> None:
        self.count = 0
        self._changed = asyncio.Event()

    def note(self) -> None:
        """Something changed."""
        self.count += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def after(self, count: int, seconds: float) -> None:
        """Wait until there is something newer, or no longer."""
        if self.count != count:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return


@dataclass
class Bubble:
    """One message on the screen. ``parts`` are stretches of its text, bold or not; ``buttons`` are rows of label and
    what a tap sends; ``choices`` are numbers that can be typed; ``photos`` are names of files."""

    number: int
    side: str
    who: str
    kind: str = "text"
    parts: list[tuple[str, bool]] = field(default_factory=list)
    buttons: list[list[dict[str, str]]] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    origin: str = ""
    wire: dict[str, Any] = field(default_factory=dict, repr=False)
    """The message as Telegram would quote it."""

    def shown(self) -> dict[str, Any]:
        """What the page needs of it."""
        keys = ("number", "side", "who", "kind", "parts", "buttons", "choices", "photos", "origin")
        return {key: getattr(self, key) for key in keys}


class Line:
    """One messenger and the phones on it."""

    def __init__(self, channel: str, changes: Changes, server: FakeServer | None = None) -> None:
        self.channel, self.changes = channel, changes
        self.server = server or FakeServer()
        self.server.heard, self.server.called = self._hear, self._note
        self.server.typing, self.server.standing = self._type, self.standing_of
        self.server.queries = self._queries = {""}
        self.server.limited = True
        self.address = ""
        self.twice = False
        self.chats: dict[str, list[Bubble]] = {}
        self.calls: deque[tuple[str, Call]] = deque(maxlen=MOST_CALLS)
        self.standing: dict[str, Standing] = {}
        self._typed: dict[str, float] = {}
        self._inline: dict[str, str] = {}

    def chat_of(self, who: Person, *, group: bool) -> str:
        """The address of a chat."""
        return GROUPS[self.channel] if group and self.channel in GROUPS else who.address(self.channel)

    def standing_of(self, address: str) -> Standing:
        """Whether the bot may write there."""
        return self.standing.get(address, Standing.UNKNOWN)

    def is_typing(self, chat: str) -> bool:
        """Whether the bot showed so in the last seconds."""
        return self._typed.get(chat, 0) > time.monotonic()

    def act(self, act: Act) -> list[dict[str, Any]]:
        """A person does something: it stands on their screen, and the updates of it are to be delivered."""
        chat = self.chat_of(act.who, group=act.group)
        about = self._about(chat, act)
        act = replace(act, about=about)
        made = acts.updates(self.channel, act)
        self._show(chat, act, made)
        self._let_write(chat, act)
        for update in made:
            query = update.get("callback_query") or update.get("inline_query") or {}
            self._queries.add(query.get("id", ""))
            if "inline_query" in update:
                self._inline[f"inline:{query['id']}"] = chat
        self.changes.note()
        return made

    def _let_write(self, chat: str, act: Act) -> None:
        """Whoever writes opens the window; blocking and unblocking are what they say."""
        if act.kind == "unfollow":
            self.standing[chat] = Standing.BLOCKED
        elif act.kind != "inline" and (act.kind == "follow" or self.standing_of(chat) is not Standing.BLOCKED):
            self.standing[chat] = Standing.OPEN
        self.server.spent[chat] = 0

    def _about(self, chat: str, act: Act) -> dict[str, Any] | None:
        """The message that an act refers to: by its number in ``data``'s prefix, or the newest own one to correct."""
        if act.kind == "edit":
            own = (b for b in reversed(self.chats.get(chat, [])) if b.wire and b.who == act.who.name)
            return next((b.wire for b in own), None)
        if act.about is None:
            return None
        number = act.about.get("number")
        return next((b.wire for b in self.chats.get(chat, []) if b.number == number), None)

    def _show(self, chat: str, act: Act, made: list[dict[str, Any]]) -> None:
        if act.kind == "edit" and act.about:
            number = act.about["message_id"]
            before = next(b for b in self.chats[chat] if b.wire.get("message_id") == number)
            before.parts, before.wire = [(act.text, False)], made[0]["edited_message"]
            return
        if act.kind == "tap" and not act.text:
            return
        said = act.text or {"follow": "Bắt đầu", "unfollow": "Đã chặn bot"}.get(act.kind, "")
        messages = [update["message"] for update in made if "update_id" in update and "message" in update]
        self._add(
            chat,
            Bubble(
                self.server.number(),
                "note" if act.kind in {"follow", "unfollow", "inline"} else "me",
                act.who.name,
                act.kind,
                [(f"@{said}" if act.kind == "inline" else said or act.name, False)],
                photos=[url.rsplit("/", 1)[-1] for url in act.files] if act.kind == "photo" else [],
                origin=act.origin,
                wire=messages[-1] if messages else {},
            ),
        )

    def _hear(self, sent: Sent) -> None:
        """The bot wrote."""
        chat = self._inline.get(sent.to, sent.to)
        self._typed.pop(chat, None)
        kind = "inline" if sent.to in self._inline else "text"
        bubble = Bubble(int(sent.number), "bot", "Cảnh Giác", kind, parts(sent), rows(sent), choices(sent.text))
        bubble.photos = [sent.photo] if sent.photo else []
        if self.channel == "telegram":
            bubble.wire = self._quotable(chat, sent)
        before = next((b for b in self.chats.get(chat, []) if sent.changes and str(b.number) == sent.changes), None)
        if before is not None:
            before.parts, before.buttons = bubble.parts, bubble.buttons
            self.changes.note()
            return
        self._add(chat, bubble)

    def _quotable(self, chat: str, sent: Sent) -> dict[str, Any]:
        bot = {"id": 1, "is_bot": True, "first_name": "Cảnh Giác"}
        kind = {"id": int(chat), "type": "supergroup" if chat.startswith("-") else "private"}
        if chat.startswith("-"):
            kind["title"] = acts.GROUP_TITLE
        return {"message_id": int(sent.number), "date": int(time.time()), "chat": kind, "from": bot, "text": sent.text}

    def _add(self, chat: str, bubble: Bubble) -> None:
        self.chats.setdefault(chat, []).append(bubble)
        self.changes.note()

    def _note(self, call: Call) -> None:
        self.calls.append((time.strftime("%H:%M:%S"), call))
        self.changes.note()

    def _type(self, chat: str) -> None:
        self._typed[chat] = time.monotonic() + TYPING_SECONDS
        self.changes.note()


def person(key: str) -> Person:
    """A citizen by their key; the first where there is none."""
    return next((one for one in PEOPLE if one.key == key), PEOPLE[0])


def parts(sent: Sent) -> list[tuple[str, bool]]:
    """The text in stretches, bold where an entity says so; offsets count UTF-16 units."""
    units = sent.text.encode("utf-16-le")
    found, at = [], 0
    marks = [e for e in sent.body.get("entities") or () if e["type"] == "bold"]
    for mark in sorted(marks, key=lambda entity: int(entity["offset"])):
        start, end = 2 * mark["offset"], 2 * (mark["offset"] + mark["length"])
        found += [(units[at:start].decode("utf-16-le"), False), (units[start:end].decode("utf-16-le"), True)]
        at = end
    return [part for part in (*found, (units[at:].decode("utf-16-le"), False)) if part[0]]


def rows(sent: Sent) -> list[list[dict[str, str]]]:
    """The buttons, row by row: Telegram's keyboard, or those of an account, one a row."""
    keyboard = (sent.body.get("reply_markup") or {}).get("inline_keyboard", [])
    made = [
        [{"label": b["text"], "data": b.get("callback_data", ""), "style": b.get("style", "")} for b in row]
        for row in keyboard
    ]
    payload = (sent.body.get("attachment") or {}).get("payload", {})
    made += [[{"label": b["title"], "data": str(b["payload"]), "style": ""}] for b in payload.get("buttons", [])]
    return made


def choices(text: str) -> list[tuple[str, str]]:
    """The numbered choices under a text, where it asks for a number."""
    for words in (wording.VI, wording.EN):
        _, asked, below = text.rpartition(words.choose)
        if asked:
            return [(m[1], m[2]) for m in _numbered(below)]
    return []


def _numbered(text: str) -> Iterator[re.Match[str]]:
    for line in text.strip().splitlines():
        if match := _CHOICE.match(line):
            yield match
