"""A warning to pass on in the family: one upright picture with the name of a method, three steps, and where to ask.

Draws what it is given and writes no sentence of its own; must not know the catalogue or a channel. The same card always
gives the same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import fontpkg_be_vietnam_pro
import segno
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1080, 1350
"""Four to five: messengers show it whole in a chat and in a feed."""
_MARGIN = 72
_INNER = WIDTH - 2 * _MARGIN
_INK, _MUTED, _PAPER, _RED, _PALE = "#1b1f24", "#4b5563", "#ffffff", "#b3261e", "#fdf1ef"
_FILES: Final = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
_CODE_SIZE = 236
_MOST_LETTERS = 400


@dataclass(frozen=True, slots=True)
class Card:
    """All words of a card. ``title`` is the red band, ``method`` the large name, ``link`` leads to the bot."""

    title: str
    method: str
    steps: tuple[str, ...]
    unit: str
    link: str
    call: str = ""


def as_text(card: Card) -> str:
    """The same warning without the picture, to be forwarded as a message."""
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(card.steps[:3], 1))
    foot = " ".join(part for part in (card.call, card.link) if part)
    return "\n\n".join(part for part in (f"{card.title}: {card.method}", steps, f"{foot}\n{card.unit}".strip()) if part)


def png(card: Card) -> bytes:
    """The card as a PNG. Long words are broken, long texts set smaller, and what still does not fit ends in "…"."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(picture)
    top = _band(pen, card.title)
    top = _block(pen, card.method, (_MARGIN, top + 52), _Box(_INNER, 270, 64, 44, "Bold", _INK))
    _steps(pen, card.steps[:3], top + 48)
    _foot(picture, pen, card)
    packed = io.BytesIO()
    picture.save(packed, "PNG", optimize=True)
    return packed.getvalue()


@dataclass(frozen=True, slots=True)
class _Box:
    """Room for a text: its width and height, largest and smallest size, weight and colour."""

    width: int
    height: int
    size: int
    least: int
    weight: str
    colour: str


def _band(pen: ImageDraw.ImageDraw, title: str) -> int:
    pen.rectangle((0, 0, WIDTH, 148), fill=_RED)
    size, lines = _fit(title.upper(), _Box(_INNER, 72, 52, 34, "ExtraBold", _PAPER))
    pen.text((_MARGIN, 74), lines[0] if lines else "", font=_font("ExtraBold", size), fill=_PAPER, anchor="lm")
    return 148


def _steps(pen: ImageDraw.ImageDraw, steps: tuple[str, ...], top: int) -> None:
    room = (HEIGHT - 330 - top) // max(1, len(steps))
    for number, step in enumerate(steps, 1):
        pen.rounded_rectangle((_MARGIN, top, WIDTH - _MARGIN, top + room - 24), 28, fill=_PALE)
        middle = top + (room - 24) // 2
        pen.ellipse((_MARGIN + 28, middle - 38, _MARGIN + 104, middle + 38), fill=_RED)
        pen.text((_MARGIN + 66, middle), str(number), font=_font("Bold", 42), fill=_PAPER, anchor="mm")
        box = _Box(_INNER - 160, room - 40, 40, 28, "Medium", _INK)
        size, lines = _fit(step, box)
        height = len(lines) * _leading(size)
        _block(pen, step, (_MARGIN + 136, middle - height // 2), box)
        top += room


def _foot(picture: Image.Image, pen: ImageDraw.ImageDraw, card: Card) -> None:
    top = HEIGHT - 300
    pen.line((_MARGIN, top, WIDTH - _MARGIN, top), fill="#d6d9de", width=3)
    width = _INNER
    if card.link:
        code = _code(card.link)
        picture.paste(code, (WIDTH - _MARGIN - code.width, top + 32))
        width -= code.width + 32
    at = top + 32
    for text, box in (
        (card.call, _Box(width, 104, 38, 28, "SemiBold", _INK)),
        (card.link, _Box(width, 68, 36, 24, "Bold", _RED)),
        (card.unit, _Box(width, 68, 30, 22, "Medium", _MUTED)),
    ):
        at = _block(pen, text, (_MARGIN, at), box) + 12 if text else at


def _block(pen: ImageDraw.ImageDraw, text: str, at: tuple[int, int], box: _Box) -> int:
    """Draw the text and give back where it ends."""
    size, lines = _fit(text, box)
    left, top = at
    for line in lines:
        pen.text((left, top), line, font=_font(box.weight, size), fill=box.colour)
        top += _leading(size)
    return top


def _fit(text: str, box: _Box) -> tuple[int, list[str]]:
    text = " ".join(text.split())[:_MOST_LETTERS]
    for size in range(box.size, box.least - 1, -2):
        lines = _wrapped(text, _font(box.weight, size), box.width)
        if len(lines) * _leading(size) <= box.height:
            return size, lines
    font = _font(box.weight, box.least)
    lines = _wrapped(text, font, box.width)[: max(1, box.height // _leading(box.least))]
    while lines[-1] and font.getlength(lines[-1] + "…") > box.width:
        lines[-1] = lines[-1][:-1].rstrip()
    return box.least, [*lines[:-1], lines[-1] + "…"]


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        rest = word
        while rest:
            together = f"{line} {rest}" if line else rest
            if font.getlength(together) <= width:
                line, rest = together, ""
            elif line:
                lines.append(line)
                line = ""
            else:
                most = _longest(rest, font, width)
                lines.append(rest[:most])
                rest = rest[most:]
    return [*lines, line] if line else lines


def _longest(word: str, font: ImageFont.FreeTypeFont, width: int) -> int:
    """How many letters of a word fit, at least one."""
    fitting, beyond = 1, len(word)
    while beyond - fitting > 1:
        middle = (fitting + beyond) // 2
        fitting, beyond = (middle, beyond) if font.getlength(word[:middle]) <= width else (fitting, middle)
    return fitting


def _code(link: str) -> Image.Image:
    packed = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    scale = max(1, _CODE_SIZE // code.symbol_size(border=2)[0])
    code.save(packed, kind="png", scale=scale, border=2)
    return Image.open(packed).convert("RGB")


def _leading(size: int) -> int:
    return round(size * 1.36)


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FILES / f"BeVietnamPro-{weight}.ttf"), size)
