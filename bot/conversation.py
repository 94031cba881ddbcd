"""The table of states: one event in, one turn out. Pure; the moment and fresh codes are passed in.

```mermaid
stateDiagram-v2
    [*] --> welcome
    welcome --> checking: text, a sample
    checking --> checking: text, "thật không?", why, share, right, wrong, yes, no
    checking --> clarifying: several methods are close
    clarifying --> checking: this one, none of them
    checking --> emergency: "đã chuyển tiền" in any words, red button
    emergency --> emergency: situation, all steps
    emergency --> checking: text, "sai rồi"
    checking --> reporting: report
    emergency --> reporting: report
    reporting --> reporting: agree, answer, skip, back, change, picture
    reporting --> describing: send
    reporting --> checking: cancel, anything else before consent, something new after an hour
    describing --> checking: age, commune, skip
    reporting --> emergency: something has happened
    checking --> subscribing: /dangky
    checking --> rights: /xoadulieu
```

Clarifying, describing, subscribing and rights are left as soon as they are answered or something else is said. Must not
know any channel, nor carry out what a turn wants recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import knowledge_base, turn
from bot.events import Event, Media, Tap, Text, Unfollow
from bot.knowledge_base import Knowledge
from bot.replies import Reply, choice_of
from bot.states import (
    answering,
    checking,
    clarifying,
    commands,
    correcting,
    danger,
    describing,
    emergency,
    groups,
    interview,
    referring,
    reporting,
    rights,
    showing,
    subscribing,
    welcome,
)
from bot.states.asking import Asking
from bot.turn import Context, Draw, Turn, Unsubscribed

load_knowledge = knowledge_base.load
refers_back = referring.is_tied
dump, load = turn.dump, turn.load

_TAPPED = {
    "welcome": welcome.tapped,
    "checking": checking.tapped,
    "clarifying": clarifying.tapped,
    "emergency": emergency.tapped,
    "reporting": reporting.tapped,
    "describing": describing.tapped,
    "subscribing": subscribing.tapped,
    "rights": rights.tapped,
}
_PRIVATE = frozenset({"reporting", "describing"})
"""States in which somebody tells of themselves: never in front of a group."""


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
        after = showing.shown(asking, event)
    elif isinstance(event, Unfollow):
        after = Turn(replace(before, state="welcome"), (), (Unsubscribed(),))
    else:
        after = welcome.greet(asking)
    if isinstance(event, Text | Media) and not event.forwarded_from:
        after = danger.first(asking, event.text if isinstance(event, Text) else event.caption, after)
    if group and after.context.state in _PRIVATE:
        after = asking.say(asking.words.private_only)
    return _settled(asking, after)


def overhear(context: Context | None, event: Event, knowledge: Knowledge, now: datetime, draw: Draw) -> Turn:
    """A message in a group that was not meant for us: no reply, or a warning when we are sure."""
    before = context or Context(session=draw())
    heard = event.text if isinstance(event, Text) else showing.words_of(event) if isinstance(event, Media) else ""
    asking = Asking(before, knowledge, now, draw)
    return _settled(asking, groups.overhear(asking, heard))


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


def _settled(asking: Asking, after: Turn) -> Turn:
    """The turn with what every turn keeps: the buttons that can be answered, when an interview last went on, and the
    language of what a channel adds."""
    context = _offering(asking.context, after)
    active_at = asking.now.isoformat() if context.state == "reporting" else ""
    replies = tuple(replace(reply, language=context.language, large=context.elder) for reply in after.replies)
    return replace(after, context=replace(context, active_at=active_at), replies=replies)


def _offering(before: Context, after: Turn) -> Context:
    """The context with the buttons that can be answered now: the last bubble's first, for they are what one sees."""
    shown = [reply.buttons for reply in reversed(after.replies) if reply.buttons]
    if shown:
        offered = tuple((b.label, b.session, b.state, b.choice) for buttons in shown for b in buttons)
        return replace(after.context, offered=offered)
    return after.context if after.context.session == before.session else replace(after.context, offered=())


def _text(asking: Asking, said: Text, *, group: bool) -> Turn:
    text, context = said.text, asking.context
    noticed = reporting.is_noticed(context)
    interviewed = context.state == "reporting" and not noticed
    an_answer = interviewed and not text.lstrip().startswith("/") and not commands.is_cry(text)
    chosen = choice_of(text[:100], context.buttons)
    if (command := commands.named(text, own=not said.forwarded_from)) and not an_answer and not chosen:
        asking = asking.in_language_of(text) if command[0] == "emergency" else asking
        return (commands.obey_in_group if group else commands.obey)(asking, *command)
    if chosen:
        return _typed(asking, text, Tap(chosen.session, chosen.state, chosen.choice))
    if interviewed:
        return answering.told(asking, text)
    if noticed:
        return reporting.replied(asking, text) or _elsewhere(reporting.left(asking), said)
    return _elsewhere(asking, said)


def _elsewhere(asking: Asking, said: Text) -> Turn:
    """Words outside of a report."""
    text, context = said.text, asking.context
    if not said.forwarded_from and (stepped := emergency.stepped(asking, text)):
        return stepped
    if not said.forwarded_from and (named_bank := emergency.bank(asking, text)):
        return named_bank
    if context.state == "describing" and (described := describing.told(asking, text)):
        return described
    if meant := checking.meant(context, text):
        state = "emergency" if context.state == "emergency" else "checking"
        return _TAPPED[state](asking, Tap(context.session, state, meant))
    if not said.forwarded_from and (referred := referring.heard(asking, text)):
        return emergency.doubted(asking, text, referred)
    return _checked(asking, said)


def _typed(asking: Asking, text: str, chosen: Tap) -> Turn:
    """A choice that was typed. In an interview a number may be an answer: show first what would be sent or lost."""
    is_number = not any(c.isalpha() for c in text)
    ends = chosen.choice == "send" or (chosen.choice == "cancel" and is_number)
    if ends and asking.context.asked and chosen.state == "reporting":
        return interview.summary(asking)
    return _tap(asking, chosen)


def _checked(asking: Asking, said: Text) -> Turn:
    """A message to look at; or, after a picture, a line of it as it really is."""
    context = asking.context
    whole = correcting.corrected(context.last_text, said.text) if context.read else None
    if whole is None:
        return checking.check(asking, said.text, said.forwarded_from)
    after = checking.check(asking, whole)
    kept = replace(after.context, read=True, pictures=context.pictures)
    return replace(after, context=kept, replies=(Reply(asking.words.picture_corrected), *after.replies))


def _tap(asking: Asking, tap: Tap) -> Turn:
    """A button. Of an old answer, only what helps in an emergency still works."""
    handler = _TAPPED.get(tap.state)
    if tap.choice == "emergency":
        return emergency.menu(asking)
    if tap.choice == "look" and tap.session == asking.context.session and asking.context.pending:
        return _looked_at(asking)
    if tap.state == "emergency" and tap.choice not in {"report", "wrong"}:
        return emergency.tapped(asking, tap)
    if handler is None or tap.session != asking.context.session:
        return asking.say(asking.words.stale)
    return handler(asking, tap)


def _looked_at(asking: Asking) -> Turn:
    """What came long after an interview was left alone is a new question; the interview is given up."""
    text, _, *references = asking.context.pending
    asking = replace(asking, context=reporting.given_up(asking.context))
    if not text and references:
        return asking.say_with_help(asking.words.picture_unreadable)
    after = checking.check(asking, text)
    return replace(after, context=replace(after.context, read=bool(references), pictures=tuple(references)))
