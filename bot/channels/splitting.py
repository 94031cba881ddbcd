"""Long text cut into bubbles within a channel's limit, and choices written as numbers.

Cuts where a reader would pause: paragraph, line, sentence, word; inside a word only when nothing else is there. Must
not know any messenger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot import wording
from bot.replies import Button

_PAUSES = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…。])\s+"), re.compile(r"\s+"))
_JOINERS = "\u200d\ufe0e\ufe0f\u20e3"

Measure = Callable[[str], int]


def utf16_length(text: str) -> int:
    """The length as Telegram counts it: characters outside the basic plane are two."""
    return len(text) + sum(c > "\uffff" for c in text)


def split(text: str, limit: int, measure: Measure = utf16_length) -> list[str]:
    """The text in pieces of at most ``limit``, none of them blank; nothing but white space at the cuts is lost."""
    pieces = []
    rest = text.strip()
    while rest:
        if len(rest) <= limit and measure(rest) <= limit:
            pieces.append(rest)
            break
        cut = _cut(rest[: _fitting(rest, limit, measure)], rest)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [piece for piece in pieces if piece]


def numbered(buttons: Sequence[Button], language: str = "vi") -> str:
    """The choices as lines that a citizen answers with a number; ``bot.replies.choice_of`` reads the answer."""
    lines = [f"{number}. {' '.join(button.label.split())}" for number, button in enumerate(buttons, start=1)]
    return "\n".join([wording.of(language).choose, *lines])


def with_choices(text: str, buttons: Sequence[Button], limit: int, language: str = "vi") -> list[str]:
    """The bubbles of a text with its numbered choices, which stay together where they fit; as Telegram counts."""
    pieces = split(text, limit)
    if not buttons:
        return pieces
    choices = numbered(buttons, language)
    joined = f"{pieces[-1]}\n\n{choices}" if pieces else choices
    if utf16_length(joined) <= limit:
        return [*pieces[:-1], joined]
    return [*pieces, *split(choices, limit)]


def _fitting(text: str, limit: int, measure: Measure) -> int:
    """How many characters of the text are within the limit: at least one."""
    end = min(len(text), limit)
    while end > 1 and (over := measure(text[:end]) - limit) > 0:
        end -= max(1, over // 2)
    return max(1, end)


def _cut(head: str, text: str) -> int:
    """Where to cut a text whose ``head`` fits."""
    if text[len(head) : len(head) + 1].isspace():
        head += " "
    for pause in _PAUSES:
        *_, last = (0, *_ends(pause, head))
        if last > len(head) // 3:
            return last
    return _between_characters(text, len(head.rstrip(" ")) or len(head))


def _ends(pause: re.Pattern[str], head: str) -> Iterator[int]:
    return (found.end() for found in pause.finditer(head) if head[: found.start()].strip())


def _between_characters(text: str, cut: int) -> int:
    """The cut moved left, a little, so that an accent or an emoji sequence stays whole."""
    for back in range(min(cut - 1, 24)):
        at = cut - back
        if not (_continues(text[at]) or text[at - 1] == "\u200d"):
            return at
    return cut


def _continues(char: str) -> bool:
    return char in _JOINERS or "\u0300" <= char <= "\u036f" or "\U0001f3fb" <= char <= "\U0001f3ff"
