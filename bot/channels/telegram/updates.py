"""One Telegram update → what the citizen did. Pure.

Besides the words it keeps who a message was forwarded from, and the links that hide behind words, buttons and previews,
for those are what a scam hides. Must not call the Bot API.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from telegram import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
)
from telegram.constants import ChatMemberStatus, ChatType, UpdateType
from telegram.helpers import effective_message_type

from bot.channels.base import Anomalous, Delivery, Malformed, Payload, Unsupported
from bot.events import Event, Follow, Media, Tap, Text, Unfollow

READ = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
INLINE = "inline:"
"""Begins the address of an answer to an inline query."""
SEPARATOR = "|"
_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
_BROKEN = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
_OPAQUE = frozenset("checklist game gift giveaway invoice live_photo paid_media story unique_gift".split())
"""What a person sends and we cannot look into; everything else that is left is a service message."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot, as far as a group needs to know it. ``commands`` are names without the slash."""

    id: int
    username: str = ""
    commands: frozenset[str] = frozenset()


def update_id(payload: Payload) -> str:
    """Telegram's number of the update. Raises Malformed."""
    number = payload.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool):
        raise Malformed("no update_id")
    return str(number)


def sender(payload: Payload) -> str:
    """Who an update comes from, whatever it is; empty where nobody is named."""
    for told in payload.values():
        if isinstance(told, dict):
            who = told.get("from") or told.get("user") or told.get("sender_chat") or told.get("chat")
            return str(who.get("id", "")) if isinstance(who, dict) else ""
    return ""


def parse(payload: Payload, me: Me) -> Delivery:
    """What the citizen did. Raises Unsupported or Anomalous."""
    kinds = [key for key in payload if key != "update_id"]
    if len(kinds) != 1 or kinds[0] not in set(UpdateType):
        raise Anomalous("not one update of a known kind")
    if kinds[0] not in READ:
        raise Unsupported(kinds[0])
    try:
        return _read(kinds[0], Update.de_json(dict(payload), None), me)
    except _BROKEN as broken:  # the library checks no types
        raise Anomalous(f"not the documented shape of {kinds[0]}: {type(broken).__name__}") from None


def _read(kind: str, update: Update, me: Me) -> Delivery:
    if update.callback_query:
        return _tap(update.callback_query)
    if update.inline_query:
        return _inline(update.inline_query)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None:
        raise Anomalous(f"{kind} without content")
    return replace(_message(message, me), edited=update.edited_message is not None)


def tap_of(data: str) -> Tap:
    """The button behind the data. A client can send any data: what is not ours is answered like a stale button."""
    parts = data.split(SEPARATOR, 2)
    return Tap(*parts) if len(parts) == 3 else Tap("", "", "")


def _tap(query: CallbackQuery) -> Delivery:
    if query.data is None or query.from_user.is_bot:
        raise Unsupported("callback without data")
    chat = query.message.chat if query.message else None
    return Delivery(
        sender=str(query.from_user.id),
        address=_address(query.message) if isinstance(query.message, Message) else str((chat or query.from_user).id),
        event=tap_of(query.data),
        group=chat is not None and chat.type in _GROUPS,
        mentioned=True,
        receipt=query.id,
    )


def _inline(query: InlineQuery) -> Delivery:
    if not query.query.strip():
        raise Unsupported("inline query without words")
    return Delivery(str(query.from_user.id), INLINE + query.id, Text(query.query), mentioned=True, inline=True)


def _membership(change: ChatMemberUpdated) -> Delivery:
    """Blocked by a person, or removed from a group. Being let in again is silent: who unblocks us then writes."""
    if change.new_chat_member.status not in {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}:
        raise Unsupported("let in")
    group = change.chat.type != ChatType.PRIVATE
    return Delivery(str(change.from_user.id), str(change.chat.id), Unfollow(), group=group, at=change.date)


def _message(message: Message, me: Me) -> Delivery:
    person = message.from_user
    if message.chat.type not in {ChatType.PRIVATE, *_GROUPS}:
        raise Unsupported("channel post")
    if person is None or person.is_bot or (message.via_bot and message.via_bot.id == me.id):
        raise Unsupported("not written by a person")
    group = message.chat.type in _GROUPS
    mentioned = not group or _speaks_to(message, me)
    event = _in_group(message, _event(message), me) if group and mentioned else _event(message)
    return Delivery(
        sender=str(person.id),
        address=_address(message),
        event=_without_name(event, me),
        group=group,
        mentioned=mentioned,
        album=message.media_group_id or "",
        at=message.date,
    )


def _address(message: Message) -> str:
    """The chat, and in a group with topics the topic."""
    topic = f"/{message.message_thread_id}" if message.is_topic_message and message.message_thread_id else ""
    return f"{message.chat.id}{topic}"


def _event(message: Message) -> Event:
    origin = _origin(message.forward_origin or (message.external_reply.origin if message.external_reply else None))
    if message.text is not None and not message.photo:
        return Text(_words(message), origin)
    if message.contact:
        person = message.contact
        told = f"{person.first_name} {person.last_name or ''}".strip()
        return Media("contact", "", text=f"{told} {person.phone_number}", forwarded_from=origin)
    if message.poll:
        return Text("\n".join([message.poll.question, *(option.text for option in message.poll.options)]), origin)
    kind, reference, name = _file(message)
    return Media(kind, reference, caption=_words(message), forwarded_from=origin, name=name)


def _file(message: Message) -> tuple[str, str, str]:
    """Kind, reference and name of what came with a message."""
    if message.photo:
        return "image", max(message.photo, key=lambda size: size.width * size.height).file_id, ""
    if film := message.video or message.video_note or message.animation:
        return "video", film.file_id, getattr(film, "file_name", None) or ""
    if sound := message.voice or message.audio:
        return "audio", sound.file_id, getattr(sound, "file_name", None) or ""
    if file := message.document:
        kind = "image" if (file.mime_type or "").startswith("image/") else "file"
        return kind, file.file_id, file.file_name or ""
    if message.sticker or message.dice:
        return "sticker", "", ""
    if message.location or message.venue:
        return "location", "", ""
    kind = str(effective_message_type(message) or "")
    if kind in _OPAQUE:
        return "file", "", ""
    if not kind and not message.migrate_from_chat_id:
        raise Anomalous("message of no known kind")
    raise Unsupported(f"service message {kind}".strip())


def _words(message: Message) -> str:
    """The text or caption, the part that was quoted from another chat, and on lines of their own the hidden links."""
    quoted = message.quote.text if message.quote and message.external_reply else ""
    words = _joined(message.text or message.caption or "", quoted)
    hidden = dict.fromkeys(url for url in _hidden_links(message) if url and url not in words)
    return "\n".join([words, *hidden]) if hidden else words


def _hidden_links(message: Message) -> Iterator[str]:
    for entity in (*message.entities, *message.caption_entities):
        if entity.type == MessageEntity.TEXT_LINK:
            yield entity.url or ""
    if message.link_preview_options and message.link_preview_options.url:
        yield str(message.link_preview_options.url)
    for row in message.reply_markup.inline_keyboard if message.reply_markup else ():
        for button in row:
            yield button.url or ""


def _origin(origin: MessageOrigin | None) -> str | None:
    """Who a message was forwarded from, in words."""
    if isinstance(origin, MessageOriginUser):
        return _named(origin.sender_user.full_name, origin.sender_user.username)
    if isinstance(origin, MessageOriginHiddenUser):
        return origin.sender_user_name
    if isinstance(origin, MessageOriginChat):
        return _named(origin.sender_chat.title or "", origin.sender_chat.username, origin.author_signature)
    if isinstance(origin, MessageOriginChannel):
        return _named(origin.chat.title or "", origin.chat.username, origin.author_signature)
    return None


def _named(name: str, username: str | None, signed: str | None = None) -> str:
    return name + (f" (@{username})" if username else "") + (f" – {signed}" if signed else "")


def _speaks_to(message: Message, me: Me) -> bool:
    """Whether a message in a group is for us: a reply to us, our name, or one of our commands."""
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == me.id:
        return True
    found = message.parse_entities() | message.parse_caption_entities()
    return any(_names(entity, text, me) for entity, text in found.items())


def _names(entity: MessageEntity, text: str, me: Me) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    if entity.type == MessageEntity.MENTION:
        return bool(me.username) and text.lower() == f"@{me.username}".lower()
    if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
        command, _, bot = text[1:].lower().partition("@")
        return bot == me.username.lower() if bot else command in me.commands
    return False


def _in_group(message: Message, event: Event, me: Me) -> Event:
    """The question of a person who replies to somebody's message with our name or a command is about that message."""
    about = message.reply_to_message
    if about is None or not isinstance(event, Text) or (about.from_user and about.from_user.id == me.id):
        return event
    try:
        other = _event(about)
    except (Unsupported, Anomalous):
        return event
    asked = _without_name(event, me)
    own = asked.text if isinstance(asked, Text) and not asked.text.startswith("/kiemtra") else ""
    from_whom = about.from_user.full_name if about.from_user else None
    if isinstance(other, Text):
        return Text(_joined(own, other.text), other.forwarded_from or from_whom)
    if isinstance(other, Media):
        return replace(other, caption=_joined(own, other.caption), forwarded_from=other.forwarded_from or from_whom)
    return event


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _without_name(event: Event, me: Me) -> Event:
    """The words without our own @name; ``/start`` with whatever a link added to it is a start."""
    if not isinstance(event, Text):
        return event
    words = re.sub(rf"@{re.escape(me.username)}(?!\w)", "", event.text, flags=re.I) if me.username else event.text
    if words.split(maxsplit=1)[:1] == ["/start"]:
        return Follow()
    return event if words == event.text else replace(event, text=words.strip())
