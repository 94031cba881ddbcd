"""What is asked for by its name: /trogiup, /xoadulieu, /ngonngu … with or without diacritics and spaces, or in English.

Must not do anything itself: each command belongs to a state.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot import wording
from bot.replies import Reply
from bot.states import checking, emergency, referring, reporting, rights, subscribing, welcome
from bot.states.asking import Asking
from bot.turn import Turn
from knowledge.text import bare, fold

MOST_WORDS = 4
MOST_OWN_WORDS = 9
_OWN_WORDS = [(re.compile(said), command, rest) for said, command, rest in wording.MEANS_COMMAND]
_POLITE = re.compile(r"^dạ\b", re.IGNORECASE)
"""Without its mark it is "đã": then something was done, and nothing is wished."""
_BY_NAME = {name: command for command, names in wording.COMMANDS.items() for name in names}


def named(text: str, *, own: bool = True) -> tuple[str, str] | None:
    """The command and the words after it; None where the text is no command. What is passed on, and not the sender's
    ``own``, wishes nothing."""
    said = " ".join(text[:300].split())
    slash = said.startswith("/")
    words = re.sub(r"^(/[\w-]+)@\w+", r"\1", said).lstrip("/").split(" ")
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        name = re.sub(r"[^a-z]", "", fold("".join(words[:count])))
        whole = count == len(words)
        if name in _BY_NAME and (slash or (whole and name in wording.WITHOUT_SLASH)):
            return _BY_NAME[name], " ".join(words[count:])
    if own and (meant := _meant(said)):
        return meant
    return ("help", "") if re.fullmatch(r"/[a-z_]{2,30}", fold(said)) else None


def _meant(said: str) -> tuple[str, str] | None:
    """A command in somebody's own few words, "nói ngắn thôi" or "speak English please"."""
    plain = bare(_POLITE.sub("", said))
    if len(plain.split()) > MOST_OWN_WORDS:
        return None
    return next(((command, rest) for pattern, command, rest in _OWN_WORDS if pattern.search(plain)), None)


def is_cry(text: str) -> bool:
    """Whether somebody writes "khẩn cấp" and nothing else: it helps everywhere, also in the middle of an interview."""
    command = named(text)
    return command is not None and command[0] == "emergency"


def obey(asking: Asking, command: str, rest: str) -> Turn:
    """Carry on with the state that a command belongs to; a notice that nobody agreed to is left."""
    if command not in {"report", "cancel"}:
        asking = reporting.left(asking)
    return _PLAIN[command](asking) if command in _PLAIN else _WITH_WORDS[command](asking, rest)


def obey_in_group(asking: Asking, command: str, rest: str) -> Turn:
    """In a group, silence can be asked for and ended; nobody's own data is shown or erased there."""
    if command in {"mute", "unmute"}:
        muted = command == "mute"
        said = asking.words.group_muted if muted else asking.words.group_awake
        return Turn(replace(asking.context, muted=muted, quiet_until=""), (Reply(said),))
    if command in {"data", "erase", "withdraw", "status", "report"}:
        return asking.say(asking.words.private_only)
    return obey(asking, command, rest)


def _unsubscribe(asking: Asking, rest: str) -> Turn:
    """In the middle of an interview /huy means the interview."""
    if asking.context.state == "reporting" and asking.context.agreed and not rest:
        return reporting.cancelled(asking)
    return subscribing.unsubscribe(asking, rest)


def _emergency(asking: Asking, rest: str) -> Turn:
    return checking.check(asking, rest) if rest and not referring.asks(rest) else emergency.menu(asking)


def _elder(asking: Asking) -> Turn:
    """Three short lines from now on, or full answers again."""
    return _sized(asking, elder=not asking.context.elder)


def _sized(asking: Asking, *, elder: bool) -> Turn:
    said = asking.words.elder_on if elder else asking.words.elder_off
    return Turn(replace(asking.context, elder=elder), (Reply(said),))


def _language(asking: Asking, rest: str) -> Turn:
    context = asking.context
    language = _LANGUAGES.get(fold(rest).strip().removeprefix("tieng "), "")
    if not language:
        return asking.say(asking.words.language_usage)
    context = replace(context, language=language, chosen_language=language)
    return Turn(context, (Reply(wording.of(language).language_set),))


_LANGUAGES = {"vi": "vi", "viet": "vi", "vietnamese": "vi", "en": "en", "anh": "en", "english": "en"}
_PLAIN: dict[str, Callable[[Asking], Turn]] = {
    "start": welcome.greet,
    "help": lambda asking: asking.say(asking.words.help),
    "privacy": rights.explain,
    "data": rights.show,
    "erase": rights.ask_erasure,
    "withdraw": rights.withdraw,
    "report": reporting.begin,
    "cancel": reporting.cancelled,
    "elder": _elder,
    "elder_on": lambda asking: _sized(asking, elder=True),
    "mute": lambda asking: asking.say(asking.words.group_only),
    "unmute": lambda asking: asking.say(asking.words.group_only),
}
_WITH_WORDS: dict[str, Callable[[Asking, str], Turn]] = {
    "emergency": _emergency,
    "subscribe": subscribing.subscribe,
    "unsubscribe": _unsubscribe,
    "status": rights.status,
    "language": _language,
}
