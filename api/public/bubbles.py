"""A reply as the blocks of a bubble: headline, name, the citizen's own words with highlights, lists, steps.

The same blocks make the answer of the page with and without JavaScript. Must not word anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from api import templates
from api.messengers import share
from bot.channels.web import tap_value
from bot.replies import Reply

_STEP = re.compile(r"^\d+\. ")
_REASON = re.compile(r"^• “(?P<quote>.*)” – (?P<sign>.+)$")
_CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{9}\b")
_AROUND_QUOTE = 90
LABELS = {
    "vi": {
        "own": "Những chỗ đáng ngờ trong tin của bạn",
        "code": "Mã phản ánh của bạn",
        "share": "Gửi cho người thân",
        "copy": "Sao chép",
        "picture": "Lưu ảnh cảnh báo",
    },
    "en": {
        "own": "What is suspicious in your message",
        "code": "The code of your report",
        "share": "Send to my family",
        "copy": "Copy",
        "picture": "Save the warning as a picture",
    },
}
"""What a bubble itself says around the words of a reply."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the citizen's own words; ``sign`` where it is highlighted."""

    text: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """``kind`` is title, text, steps, reasons or items."""

    kind: str
    lines: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()


def render(replies: Sequence[Reply]) -> str:
    """The bubbles of some replies as HTML."""
    return templates.fragment("bubbles.html", {"bubbles": views(replies)})


def views(replies: Sequence[Reply]) -> list[dict[str, object]]:
    """What the template needs of some replies; a receipt code is shown large once, where it is first said."""
    seen: set[object] = {""}
    made = [view(reply) for reply in replies]
    for one in made:
        code = one["code"]
        one["code"] = "" if code in seen else code
        seen.add(code)
    return made


def view(reply: Reply) -> dict[str, object]:
    """What the template needs of one reply."""
    lines = reply.text.split("\n")
    headline = _headline(lines.pop(0)) if reply.level else ""
    name = lines.pop(0) if headline and lines and lines[0] else ""
    code = _CODE.search(reply.text)
    return {
        "level": reply.level.value if reply.level else "",
        "headline": headline,
        "name": name,
        "blocks": blocks(lines),
        "pieces": pieces(reply),
        "buttons": [(b.label, tap_value(b), b.style.value) for b in reply.buttons],
        "shareable": reply.text.startswith("⚠️"),
        "code": code.group() if code and not reply.level else "",
        "picture": share.path(reply.card, reply.language) if reply.card else "",
        "labels": LABELS.get(reply.language, LABELS["vi"]),
        "language": reply.language,
        "large": reply.large,
    }


def _headline(line: str) -> str:
    """The first line without its colour mark, which the page draws."""
    mark, _, words = line.partition(" ")
    return words if mark and not mark[0].isalnum() else line


def blocks(lines: Sequence[str]) -> list[Block]:
    """Neighbouring lines of one kind as one block; empty lines part them."""
    found = []
    for kind, group in groupby(lines, _kind):
        some = tuple(group)
        if kind == "steps":
            found.append(Block(kind, tuple(_STEP.sub("", line) for line in some)))
        elif kind == "reasons":
            matches = [match for line in some if (match := _REASON.match(line))]
            found.append(Block(kind, some, tuple((m["quote"], m["sign"]) for m in matches)))
        elif kind == "items":
            found.append(Block(kind, tuple(line.removeprefix("• ") for line in some)))
        elif kind:
            found += [Block(kind, (line,)) for line in some]
    return found


def _kind(line: str) -> str:
    if not line.strip():
        return ""
    if _STEP.match(line):
        return "steps"
    if line.startswith("• "):
        return "reasons" if _REASON.match(line) else "items"
    return "title" if line.endswith(":") and len(line) < 40 else "text"


def pieces(reply: Reply) -> list[Piece]:
    """The citizen's own words cut at the highlights; long stretches without any are shortened."""
    found: list[Piece] = []
    at = 0
    for mark in sorted(reply.marks, key=lambda m: m.start):
        if mark.start < at or mark.end > len(reply.quoted):
            continue
        found += [Piece(_shortened(reply.quoted[at : mark.start], first=at == 0))]
        found += [Piece(reply.quoted[mark.start : mark.end], mark.sign)]
        at = mark.end
    if found:
        found.append(Piece(_shortened(reply.quoted[at:], first=False, last=True)))
    return [piece for piece in found if piece.text]


def _shortened(text: str, *, first: bool, last: bool = False) -> str:
    if first and len(text) > _AROUND_QUOTE:
        return "…" + text[-_AROUND_QUOTE:]
    if last and len(text) > _AROUND_QUOTE:
        return text[:_AROUND_QUOTE] + "…"
    if not first and not last and len(text) > 2 * _AROUND_QUOTE:
        return text[:_AROUND_QUOTE] + " … " + text[-_AROUND_QUOTE:]
    return text
