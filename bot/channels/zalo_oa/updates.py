"""One event of an Official Account → what the citizen did. Pure.

Ids and times stay text: they are larger than a float can hold. A button comes back as an ordinary text whose words are
the button's payload; anybody can type the same, so that it means no more than any stale button. Must not send anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.channels.base import Anomalous, Delivery, Malformed, Payload, Unsupported
from bot.channels.zalo_oa import signature
from bot.events import Event, Follow, Media, Tap, Text, Unfollow
from bot.replies import Button

IGNORED = frozenset(
    "oa_send_text oa_send_image oa_send_gif oa_send_list oa_send_file oa_send_sticker oa_send_template"
    " anonymous_send_text anonymous_send_image anonymous_send_file anonymous_send_sticker"
    " oa_send_anonymous_text oa_send_anonymous_image oa_send_anonymous_file oa_send_anonymous_sticker"
    " user_submit_info add_user_to_tag user_received_message user_seen_message user_click_chatnow user_reacted_message"
    " oa_reacted_message oa_call_user user_call_oa user_feedback widget_interaction_accepted"
    " change_template_status change_template_quality change_oa_daily_quota change_oa_template_tags"
    " user_send_group_text user_send_group_image user_send_group_link user_send_group_audio user_send_group_video"
    " user_send_group_gif user_send_group_sticker user_send_group_location user_send_group_business_card"
    " user_send_group_file oa_send_group_text oa_send_group_image oa_send_group_link oa_send_group_sticker"
    " oa_send_group_gif oa_send_group_file create_group user_join_group user_request_join_group"
    " reject_user_request_join_group user_out_group add_group_admin remove_group_admin update_group_info".split()
)
"""Known and not answered: our own echoes, receipts, visitors without an account, groups, changes of the account."""

_TAP = re.compile(r"#cg\|([^|\s]{0,64})\|([^|\s]{0,64})\|(\S{0,200})")
_KINDS = {
    "user_send_image": "image",
    "user_send_gif": "image",
    "user_send_audio": "audio",
    "user_send_video": "video",
    "user_send_file": "file",
    "user_send_sticker": "sticker",
    "user_send_location": "location",
}
_FETCHED = {"image", "audio", "video", "file"}


def update_id(payload: Payload) -> str:
    """The event with the message's id, or with its time and its person. Raises Malformed."""
    event = payload.get("event_name")
    if not isinstance(event, str) or not event:
        raise Malformed("no event_name")
    message = _object(payload, "message")
    named = message.get("msg_id") or next(iter(_list(message, "msg_ids")), None)
    if not named:
        named = f"{_text(payload, 'timestamp')}:{sender(payload)}"
    return f"{event}:{named}"[:200]


def sender(payload: Payload) -> str:
    """Who an event comes from; empty where nobody is named."""
    return _text(_object(payload, "sender"), "id") or _text(_object(payload, "follower"), "id")


def tap_payload(button: Button) -> str:
    """What a button sends back as the citizen's text."""
    return f"#cg|{button.session}|{button.state}|{button.choice}"


def parse(payload: Payload) -> Delivery:
    """What the citizen did. Raises Unsupported or Anomalous."""
    name = _text(payload, "event_name")
    if name in IGNORED:
        raise Unsupported(name)
    read = _READERS.get(name)
    if read is None:
        raise Anomalous("event is not documented")
    person = sender(payload)
    if not person:
        raise Anomalous(f"{name} of nobody")
    return Delivery(person, person, read(payload), at=_at(payload))


def _words(payload: Payload) -> Event:
    text = _text(_object(payload, "message"), "text")
    tapped = _TAP.fullmatch(text.strip())
    return Tap(*tapped.groups()) if tapped else Text(text)


def _link(payload: Payload) -> Event:
    """The text, the address and the title of the link: each may be the bait."""
    told = _attachment(payload)
    parts = [_text(_object(payload, "message"), "text"), _text(told, "url"), _text(told, "description")]
    return Text("\n".join(dict.fromkeys(part.strip() for part in parts if part.strip())))


def _media(payload: Payload) -> Event:
    kind = _KINDS[str(payload["event_name"])]
    message = _object(payload, "message")
    told = [_object(entry, "payload") for entry in _list(message, "attachments") if isinstance(entry, dict)]
    urls = [_text(one, "url") for one in told if _text(one, "url")] if kind in _FETCHED else []
    if kind in _FETCHED and not urls:
        raise Anomalous(f"{payload['event_name']} without an address")
    name = _text(told[0], "name") if told else ""
    return Media(kind, urls[0] if urls else "", caption=_text(message, "text"), name=name, more=tuple(urls[1:]))


def _card(payload: Payload) -> Event:
    """A business card: its description is JSON inside the JSON, with the phone number."""
    phone = ""
    try:
        inner = json.loads(_text(_attachment(payload), "description"))
        phone = _text(inner, "phone") if isinstance(inner, dict) else ""
    except (ValueError, RecursionError):
        pass
    number = f"0{phone[2:]}" if phone.startswith("84") and len(phone) > 9 else phone
    return Media("contact", "", text=f"{_text(_object(payload, 'message'), 'text')} {number}".strip())


_READERS: Mapping[str, Callable[[Payload], Event]] = {
    "user_send_text": _words,
    "user_send_link": _link,
    "user_send_business_card": _card,
    "follow": lambda _: Follow(),
    "unfollow": lambda _: Unfollow(),
    **dict.fromkeys(_KINDS, _media),
}
ANSWERED = frozenset(_READERS)


def _attachment(payload: Payload) -> Mapping[str, Any]:
    first = next(iter(_list(_object(payload, "message"), "attachments")), None)
    return _object(first, "payload") if isinstance(first, dict) else {}


def _at(payload: Payload) -> datetime | None:
    try:
        return signature.moment(_text(payload, "timestamp"))
    except ValueError:
        return None


def _object(told: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = told.get(key)
    return value if isinstance(value, dict) else {}


def _list(told: Mapping[str, Any], key: str) -> list[Any]:
    value = told.get(key)
    return value if isinstance(value, list) else []


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
