"""The table of states: one event in, one turn out. Pure; the moment and fresh codes are passed in.

```mermaid
stateDiagram-v2
    [*] --> welcome
    welcome --> checking: text, a sample
    checking --> checking: text, why, share, right, wrong, yes, no
    checking --> clarifying: several methods are close
    clarifying --> checking: this one, none of them
    checking --> emergency: "đã chuyển tiền" in any words, red button
    emergency --> emergency: situation, all steps
    emergency --> checking: text
    checking --> reporting: report
    emergency --> reporting: report
    reporting --> reporting: agree, answer, skip, picture
    reporting --> checking: send, cancel
    reporting --> emergency: something has happened
    checking --> subscribing: /dangky
    checking --> rights: /xoadulieu
```

Clarifying, subscribing and rights are left as soon as they are answered or something else is said. Must not know any
channel, nor carry out what a turn wants recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import answers, knowledge_base, turn
from bot.events import Event, Media, Tap, Text, Unfollow
from bot.knowledge_base import Knowledge
from bot.replies import Reply, choice_of
from bot.states import checking, clarifying, commands, emergency, groups, reporting, rights, subscribing, welcome
from bot.states.asking import Asking
from bot.turn import Context, Draw, Turn, Unsubscribed
from bot.wording import Words
from knowledge.catalogue import Situation
from knowledge.vietqr import decode

load_knowledge = knowledge_base.load
dump, load = turn.dump, turn.load

_TAPPED = {
    "welcome": welcome.tapped,
    "checking": checking.tapped,
    "clarifying": clarifying.tapped,
    "emergency": emergency.tapped,
    "reporting": reporting.tapped,
    "subscribing": subscribing.tapped,
    "rights": rights.tapped,
}
_SILENT_MEDIA = {"audio": "sound", "video": "sound", "file": "sound", "sticker": "sticker", "location": "location"}
_NOT_A_CRY = {"given", "amount", "account", "when"}
"""Questions whose honest answer sounds like a cry for help."""


def advance(
    context: Context | None, event: Event, knowledge: Knowledge, now: datetime, draw: Draw, *, group: bool = False
) -> Turn:
    """Answer one event. ``context`` is None for a new citizen; ``draw`` gives a fresh code each time. In a ``group`` we
    were spoken to; what was not meant for us goes to ``overhear``."""
    before = context or Context(session=draw())
    asking = Asking(before, knowledge, now, draw)
    if isinstance(event, Text):
        after = _text(asking, event, group=group)
    elif isinstance(event, Tap):
        after = _tap(asking, event)
    elif isinstance(event, Media):
        after = _media(asking, event)
    elif isinstance(event, Unfollow):
        after = Turn(replace(before, state="welcome"), (), (Unsubscribed(),))
    else:
        after = welcome.greet(asking)
    return replace(after, context=_offering(before, after))


def overhear(context: Context | None, event: Event, knowledge: Knowledge, now: datetime, draw: Draw) -> Turn:
    """A message in a group that was not meant for us: no reply, or a warning when we are sure."""
    before = context or Context(session=draw())
    heard = event.text if isinstance(event, Text) else _words_of(event) if isinstance(event, Media) else ""
    after = groups.overhear(Asking(before, knowledge, now, draw), heard)
    return replace(after, context=_offering(before, after))


def joined(texts: Sequence[Text]) -> Text:
    """Several bubbles as one question. Forwarded bubbles of different people keep who said what."""
    said = [text for text in texts if text.text.strip()]
    origins = {text.forwarded_from for text in said}
    if len(origins) <= 1:
        return Text("\n".join(text.text.strip() for text in said), next(iter(origins), None))
    lines = [
        f"{text.forwarded_from}: {text.text.strip()}" if text.forwarded_from else text.text.strip() for text in said
    ]
    return Text("\n".join(lines), ", ".join(sorted(origin for origin in origins if origin)))


def _offering(before: Context, after: Turn) -> Context:
    """The context with the buttons that can be answered now: the last bubble's first, for they are what one sees."""
    shown = [reply.buttons for reply in reversed(after.replies) if reply.buttons]
    if shown:
        offered = tuple((b.label, b.session, b.state, b.choice) for buttons in shown for b in buttons)
        return replace(after.context, offered=offered)
    return after.context if after.context.session == before.session else replace(after.context, offered=())


def _text(asking: Asking, said: Text, *, group: bool) -> Turn:
    text, context = said.text, asking.context
    interviewed = context.state == "reporting"
    if (command := commands.named(text)) and not (interviewed and not text.lstrip().startswith("/")):
        return (commands.obey_in_group if group else commands.obey)(asking, *command)
    if chosen := choice_of(text[:100], context.buttons):
        if context.asked and chosen.choice == "send":  # a typed number may be an answer: show first what would be sent
            return reporting.summary(asking)
        return _tap(asking, Tap(chosen.session, chosen.state, chosen.choice))
    if not interviewed:
        return checking.check(asking, text, said.forwarded_from)
    if situation := _cry(asking, text):
        return emergency.card(replace(asking, context=reporting.noted(context, text)), situation, text)
    return reporting.answered(asking, text) if text.strip() else asking.say(asking.words.empty)


def _cry(asking: Asking, text: str) -> Situation | None:
    """What has happened, where a text in the middle of an interview is a new cry for help rather than an answer."""
    context = asking.context
    if context.situation or context.asked in _NOT_A_CRY or len(text) > 2000:
        return None
    try:
        return asking.knowledge.judge.match(text).situation
    except Exception:  # an interview goes on without a judge; plain words of a loss are still heard
        return emergency.guessed(text)


def _tap(asking: Asking, tap: Tap) -> Turn:
    """A button. Of an old answer, only what helps in an emergency still works."""
    handler = _TAPPED.get(tap.state)
    if tap.choice == "emergency":
        return emergency.menu(asking)
    if tap.state == "emergency" and tap.choice != "report":
        return emergency.tapped(asking, tap)
    if handler is None or tap.session != asking.context.session:
        return asking.say(asking.words.stale)
    return handler(asking, tap)


def _media(asking: Asking, media: Media) -> Turn:
    if asking.context.state == "reporting" and media.kind in {"image", "file", "video", "audio"}:
        return reporting.attached(asking, media)
    text = _words_of(media)
    if text:
        after = checking.check(asking, text, media.forwarded_from)
        read = _reading(media, asking.words) if media.kind == "image" else ()
        return replace(after, replies=(*read, *after.replies))
    if media.kind in _SILENT_MEDIA:
        return asking.say(str(getattr(asking.words, _SILENT_MEDIA[media.kind])))
    return asking.say(asking.words.picture_unreadable)


def _words_of(media: Media) -> str:
    return "\n".join(part for part in (media.caption, media.text, *media.qr) if part.strip())


def _reading(media: Media, words: Words) -> tuple[Reply, ...]:
    """What we read in a picture, so that a misreading can be corrected: a few short lines, nothing to tap."""
    lines = [line for line in media.text.splitlines() if any(c.isalnum() for c in line)][:4]
    told = [f"“{answers.quoted(line)}”" for line in lines]
    told += [answers.transfer(code, words) for code in media.qr[:2] if decode(code)]
    return (Reply(words.picture_read.format(lines="\n".join(told))),) if told else ()
