"""The table of states: one event in, one turn out. Pure; the moment and fresh codes are passed in.

```mermaid
stateDiagram-v2
    [*] --> welcome
    welcome --> checking: text
    checking --> checking: text, why, share, right, wrong, yes, no
    checking --> emergency: "đã chuyển tiền" in any words, red button
    emergency --> emergency: situation, all steps
    emergency --> checking: text
    checking --> reporting: report
    emergency --> reporting: report
    reporting --> reporting: answer, skip
    reporting --> checking: send, cancel
    reporting --> emergency: something has happened
```

Must not know any channel, nor carry out what a turn wants recorded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import knowledge_base, turn
from bot.events import Event, Follow, Media, Tap, Text, Unfollow
from bot.knowledge_base import Knowledge
from bot.states import checking, emergency, reporting, welcome
from bot.states.asking import Asking
from bot.turn import Context, Draw, Turn

load_knowledge = knowledge_base.load
dump, load = turn.dump, turn.load

_TAPPED = {"checking": checking.tapped, "emergency": emergency.tapped, "reporting": reporting.tapped}
_SILENT_MEDIA = {"audio": "sound", "video": "sound", "file": "sound", "sticker": "sticker", "location": "location"}


def advance(context: Context | None, event: Event, knowledge: Knowledge, now: datetime, draw: Draw) -> Turn:
    """Answer one event. ``context`` is None for a new citizen; ``draw`` gives a fresh code each time."""
    asking = Asking(context or Context(session=draw()), knowledge, now, draw)
    if isinstance(event, Text):
        return _text(asking, event.text)
    if isinstance(event, Tap):
        return _tap(asking, event)
    if isinstance(event, Media):
        return _media(asking, event)
    if isinstance(event, Follow):
        return welcome.greet(asking)
    assert isinstance(event, Unfollow)
    return Turn(replace(asking.context, state="welcome"), ())


def _text(asking: Asking, text: str) -> Turn:
    if text.strip() in {"/start", "/batdau"}:
        return welcome.greet(asking)
    if asking.context.state == "reporting" and not _interrupts(asking, text):
        return reporting.answered(asking, text)
    return checking.check(asking, text)


def _interrupts(asking: Asking, text: str) -> bool:
    """Whether a text in the middle of an interview is a new cry for help rather than an answer."""
    if asking.context.situation or len(text) > 2000:
        return False
    verdict = asking.knowledge.judge.match(text)
    return verdict.situation is not None and asking.context.asked not in {"given", "amount", "account", "when"}


def _tap(asking: Asking, tap: Tap) -> Turn:
    handler = _TAPPED.get(tap.state)
    if handler is None or tap.session != asking.context.session:
        if tap.choice == "emergency":
            return emergency.menu(asking)
        return asking.say(asking.words.stale)
    return handler(asking, tap)


def _media(asking: Asking, media: Media) -> Turn:
    text = "\n".join(part for part in (media.caption, media.text, *media.qr) if part.strip())
    if text:
        return checking.check(asking, text)
    if media.kind in _SILENT_MEDIA:
        return asking.say(str(getattr(asking.words, _SILENT_MEDIA[media.kind])))
    return asking.say(asking.words.picture_unreadable)
