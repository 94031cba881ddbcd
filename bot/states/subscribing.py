"""Warnings on demand: /dangky and /huy with a topic and a commune. Must not send any."""

from __future__ import annotations

from dataclasses import replace

from bot.events import Tap
from bot.replies import Button, Reply
from bot.states.asking import Asking
from bot.turn import Subscribed, Turn, Unsubscribed
from bot.wording import PLACES
from knowledge.catalogue import Group
from knowledge.text import fold

EVERYTHING = "all"
MOST_NAME = 60


def subscribe(asking: Asking, wanted: str) -> Turn:
    """Without words, a menu; with words, at once."""
    if not wanted.strip():
        return _menu(asking, asking.words.subscribe_menu)
    parsed = _parsed(asking, wanted)
    if parsed is None:
        return _menu(asking, asking.words.unknown_topic)
    return _subscribed(asking, *parsed)


def unsubscribe(asking: Asking, unwanted: str) -> Turn:
    """From what is named; from everything where nothing is, or nothing that we understand."""
    topic, commune = _parsed(asking, unwanted) or ("", "")
    text = asking.words.unsubscribed.format(topic=_topic(asking, topic), commune=commune or asking.words.everywhere)
    context = asking.context if topic or commune else replace(asking.context, commune="")
    return Turn(context, (Reply(text),), (Unsubscribed(topic, commune),))


def tapped(asking: Asking, tap: Tap) -> Turn:
    """A topic of the menu."""
    if tap.choice == EVERYTHING:
        return _subscribed(asking, "", "")
    if tap.choice not in {g.value for g in Group}:
        return asking.say(asking.words.stale)
    return _subscribed(asking, tap.choice, "")


def _menu(asking: Asking, text: str) -> Turn:
    words, session = asking.words, asking.context.session
    labels = {EVERYTHING: words.everything.capitalize()} | {g.value: words.topics[g] for g in Group}
    buttons = tuple(Button(label, session, "subscribing", value) for value, label in labels.items())
    return Turn(asking.context, (Reply(text, buttons=buttons),))


def _subscribed(asking: Asking, topic: str, commune: str) -> Turn:
    text = asking.words.subscribed.format(topic=_topic(asking, topic), commune=commune or asking.words.everywhere)
    context = replace(asking.context, commune=commune or asking.context.commune)
    return Turn(context, (Reply(text),), (Subscribed(topic, commune),))


def _topic(asking: Asking, topic: str) -> str:
    return asking.words.topics[Group(topic)] if topic else asking.words.everything


def _parsed(asking: Asking, wanted: str) -> tuple[str, str] | None:
    """A topic and a commune from words like "đầu tư, xã Tam Anh"; None where neither is understood."""
    words = " ".join("".join(c for c in wanted if c.isprintable()).split())[: 2 * MOST_NAME]
    starts = [at for at in range(len(words)) if at == 0 or words[at - 1] in " ,;"]
    at = next((s for s in starts if any(f"{fold(words[s:])} ".startswith(f"{p} ") for p in PLACES)), len(words))
    commune, rest = words[at:].strip(" ,;.")[:MOST_NAME], words[:at].strip(" ,;.")
    if not rest:
        return ("", commune) if commune else None
    topic = _topic_named(asking, rest)
    return (topic, commune) if topic is not None else None


def _topic_named(asking: Asking, said: str) -> str | None:
    asked = fold(said)
    if asked in {fold(asking.words.everything), "tat ca", "het", EVERYTHING}:
        return ""
    for group in Group:
        parts = [part.strip() for part in fold(asking.words.topics[group]).split(",")]
        if any(part in asked or asked in part for part in parts if len(asked) > 3):
            return group.value
    return None
