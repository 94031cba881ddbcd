"""Lines that were read off a picture become the text that is judged, and a QR payload becomes words.

Knows boxes and letters only; must not know how they were read, nor what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge import vietqr

_DOUBTFUL = 40
"""Mean confidence of a line below which it is a pattern in a photograph rather than letters."""
_HOPELESS = 24
TRANSFER: Final = "Mã QR chuyển tiền: "
"""Begins a payment code as it is judged."""
_LINKISH = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]+")
_SCHEME = re.compile(r"(?i)\b(https?)\s?:\s?/\s?/\s?")
_STARTED = re.compile(r"(?i)(?:https?://|www\.)\S*|(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*")
_BROKEN_AT: Final = tuple("-/?=&_%.")
_ENDING = re.compile(
    r"(?:com|net|org|info|top|xyz|vip|club|shop|site|online|icu|cc|me|io|gov|edu|vn)(?:[./:?]\S*)?[.,]?"
)
_CLOCK = re.compile(r"\b\d{1,2}\s?[:.]\s?\d{2}\b(?:\s?(?:AM|PM|SA|CH))?", re.IGNORECASE)
_DAY = re.compile(
    r"(?i)\b(?:hôm nay|hôm qua|th(?:ứ)?\.?\s?(?:[2-7]|hai|ba|tư|năm|sáu|bảy)|cn|chủ nhật|today|yesterday"
    r"|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,2}\s?thg?\.?\s?\d{1,2})\b"
)
_STATUS = re.compile(
    r"(?i)\b(?:viettel|vinaphone|mobifone|vietnamobile|itel|wintel|vn|[2345]g\+?|lte|4,5g|volte|vowifi|hd|kb/s|mb/s)\b|\d{1,3}\s?%"
)
_RECEIPT = re.compile(r"(?i)\W*(?:đã xem|đã nhận|đã gửi|đang gửi|delivered|sent|seen|read)\W*")
_FIELD = re.compile(
    r"(?i)\W*(?:aa|tin nhắn(?: văn bản| sms)?|nhập tin nhắn|nhắn tin|imessage|text message|message|type a message)\W*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its letters, how sure the reader was (0-100), and its box in thousandths of the picture."""

    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int


def text_of(lines: Sequence[Line]) -> str:
    """The message: without what the telephone and the chat drew around it, links whole again."""
    kept = [_mended(line) for line in lines if _is_letters(line) and not _is_around(line)]
    text = ""
    for index, line in enumerate(kept):
        joined = index > 0 and _continues(kept[index - 1], line, kept)
        text = text + line.text if joined else f"{text}\n{line.text}"
    return text.strip()


def confidence_of(lines: Sequence[Line]) -> int:
    """How sure the reader was of the letters that ``text_of`` keeps: 0-100."""
    kept = [line for line in lines if _is_letters(line)]
    letters = sum(len(line.text) for line in kept)
    return round(sum(line.confidence * len(line.text) for line in kept) / letters) if letters else 0


def words_of(payload: str) -> str:
    """A QR code as the judgement reads it: a transfer told in words; a link as it stands; anything else as text."""
    transfer = vietqr.decode(payload)
    return _told(transfer) if transfer else " ".join(payload.split())


def _told(transfer: vietqr.Transfer) -> str:
    bank = transfer.bank or f"mã {transfer.bin}"
    parts = [f"ngân hàng {bank}", f"{'số thẻ' if transfer.is_card else 'số tài khoản'} {transfer.account}"]
    if transfer.name:
        parts.append(f"tên {transfer.name}")
    if transfer.amount:
        parts.append(f"số tiền {transfer.amount:,} đồng".replace(",", "."))
    if transfer.purpose:
        parts.append(f"nội dung {transfer.purpose}")
    if not transfer.intact:
        parts.append("mã sai số kiểm tra")
    return TRANSFER + ", ".join(parts)


def _mended(line: Line) -> Line:
    """Links as they were written: the reader puts a space into "https://" and takes a final l for a bar."""
    text = _SCHEME.sub(r"\1://", line.text)
    return replace(line, text=re.sub(r"(?<=[/\w.-])\|(?=\S|$)", "l", text) if _STARTED.search(text) else text)


def _is_letters(line: Line) -> bool:
    if re.search(r"(?i)\bhttps?\s?:|\bwww\.", line.text):
        return True
    if line.confidence >= _HOPELESS and (_STARTED.search(line.text) or re.search(r"\d{6}", line.text)):
        return True  # a link is in no dictionary, so the reader is never sure of it, and it is what matters most
    solid = sum(c.isalnum() for c in line.text)
    return line.confidence >= _DOUBTFUL and solid > 0 and solid >= 0.3 * len(line.text.replace(" ", ""))


def _is_around(line: Line) -> bool:
    rest = _STATUS.sub("", _DAY.sub("", _CLOCK.sub("", line.text)))
    letters = sum(c.isalpha() for c in rest)
    timed = _CLOCK.search(line.text) is not None
    if timed and (letters == 0 and not re.search(r"\d{3}", rest)):
        return True
    if line.top < 70 and line.bottom < 110 and letters <= 5 and (timed or rest.strip() != line.text.strip()):
        return True
    return _RECEIPT.fullmatch(line.text) is not None or (line.top > 880 and _FIELD.fullmatch(line.text) is not None)


def _continues(before: Line, line: Line, lines: Sequence[Line]) -> bool:
    """Whether a link was broken between the two: nothing but the end of the bubble can have parted them."""
    last, first = before.text.split()[-1], line.text.split()[0]
    if _LINKISH.fullmatch(last) is None or _LINKISH.fullmatch(first) is None:
        return False
    if re.match(r"(?i)https?:|www\.", first):
        return False
    if last.endswith(".") and _ENDING.fullmatch(first) and re.search(r"\w{2}\.$", last):
        return True
    if last.endswith("-") and re.search(r"\w{2}-$", last):
        return "." in first or "/" in first or _STARTED.fullmatch(last) is not None
    if _STARTED.fullmatch(last) is None or last.endswith((",", ";", "!", ")")):
        return False
    return (last.endswith(_BROKEN_AT) and last[-1] != ".") or _had_no_room(before, first, line, lines)


def _had_no_room(before: Line, first: str, line: Line, lines: Sequence[Line]) -> bool:
    bubble = [other for other in lines if abs(other.left - before.left) <= 25]
    edge = max(other.right for other in bubble)
    letter = (before.right - before.left) / max(1, len(before.text))
    looks_like_rest = re.search(r"[./=?&\d_-]", first[:-1]) is not None or (
        line.text == first and first == first.lower()
    )
    return looks_like_rest and before.right + letter * (len(first) - 0.5) > edge and before.right > 0.8 * edge
