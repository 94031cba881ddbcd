"""Hides what opens accounts in a citizen's answer before anything of it is kept: one-time codes, passwords, card and
identity numbers, in the forms that people write them. Sums, dates, phones and the fraudster's account stay readable.

Must not know what the answer is for; where in doubt beside a word for a secret, it hides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from knowledge.text import fold

MOST = 1000
HIDDEN = "•••"
_NAME = (
    r"(?:smart\s?otp|otp|ma(?: so)?(?: (?:otp|xac nhan|xac thuc|xac minh|bao mat|pin|giao dich|cvv|khoa|dang nhap))?|"
    r"mat khau|mat ma|password|passcode|pass|pwd|mk|mpin|pin|cvv2?|cvc2?|(?:verification |security )?code)"
)
_WHOSE = (
    r"(?: (?:cua|toi|minh|em|chau|con|bac|tui|my|ngan hang|app|the|the nay|zalo|facebook|fb|telegram|tai khoan|"
    r"la cua|nhan duoc|gui ve)){0,4}"
)
_CODE = r"\d(?:[ .\-_]{0,3}\d){2,9}"
# Letters with digits or signs among them; a comma behind belongs to the sentence.
_WORD = r"(?=[^\s]{0,30}[\d@#$!])(?=[^\s]{0,30}[a-z])\S{3,63}[^\s,;]"
_TELLING = r"\s{0,3}(?:[:=]|\bla\b(?! gi)|\bis\b|\bwas\b)\s{0,3}(?:[:=]\s{0,3})?[\"'“‘(\[]?"
_PATTERNS = (
    # "mật khẩu là hoahong", "OTP: 12 34 56": whatever follows a word that tells it
    re.compile(rf"\b{_NAME}{_WHOSE}{_TELLING}(?P<secret>{_CODE}|[^\s,;]{{1,64}})"),
    # "mã OTP nó xin là 483920", "mật khẩu em đưa cho nó: Hoa@1988": a few words between, then a code or what holds one
    re.compile(
        rf"\b{_NAME}(?: [a-z]{{1,8}}){{1,6}}{_TELLING}"
        r"(?P<secret>\d(?:[ .\-_]{0,3}\d){3,7}(?![ .\-_]{0,3}\d)|" + _WORD + r")"
    ),
    # "otp 483920", "mk Hoa@1988": a number, or letters with digits or signs, right after the name
    re.compile(rf"\b{_NAME}{_WHOSE}[\s\"'“‘(\[-]{{1,4}}(?P<secret>{_CODE})"),
    re.compile(rf"\b{_NAME}{_WHOSE}[\s\"'“‘(\[-]{{1,4}}(?P<secret>{_WORD})"),
    # "483920 là mã otp", "483920 is your code"
    re.compile(rf"(?P<secret>(?<!\d){_CODE})[\s,]{{1,3}}(?:la|is)(?: (?:cai|the|my|your))? {_NAME}\b"),
    re.compile(r"\bdoc(?: cho \w{1,10})? (?P<secret>\d{4,8})(?!\d)"),
    re.compile(
        r"\b(?:cccd|cmnd|cmt|can cuoc(?: cong dan)?|ho chieu|passport)[\s:=]{0,3}(?:so |la ){0,2}"
        r"(?P<secret>[a-z]?\d[\d ]{6,14})"
    ),
)  # fmt: skip
_CARD = re.compile(r"(?<!\d)\d(?:[ .\-_/]{0,2}\d){14,18}(?!\d)")
_MONEY = r"\s{0,2}(?:k\b|d\b|dong\b|tr\b|trieu|ty\b|nghin|ngan\b|vnd|usd|\$|%)"
_ALONE = re.compile(rf"(?<![\d.,/:])\d(?:[ \-]?\d){{3,7}}(?![\d/:]|[.,]\d)(?!{_MONEY})")
_ZEROS = re.compile(r"\d{1,3}(?:[.,]?000)+")


def masked(text: str, *, codes_alone: bool = False) -> str:
    """The first thousand characters without secrets.

    ``codes_alone`` also hides a short number that stands by itself: some answer "what did you give?" with the code.
    """
    raw = unicodedata.normalize("NFKC", _seen(text[:MOST]))
    plain = "".join(_folded(char) for char in raw)
    shown, at = [], 0
    for start, end in _merged(sorted(_secrets(plain, codes_alone=codes_alone))):
        shown += [raw[at:start], HIDDEN]
        at = end
    return "".join([*shown, raw[at:]])


def _secrets(plain: str, *, codes_alone: bool) -> Iterator[tuple[int, int]]:
    for pattern in _PATTERNS:
        for found in pattern.finditer(plain):
            yield found.span("secret")
    for found in _CARD.finditer(plain):
        if _is_card([int(c) for c in found.group() if c.isdigit()]):
            yield found.span()
    if codes_alone:
        for found in _ALONE.finditer(plain):
            if not _ZEROS.fullmatch(found.group()):
                yield found.span()


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _is_card(digits: list[int]) -> bool:
    """A card of our own scheme by its beginning, another by its check digit: long account numbers are not cards."""
    if digits[:4] == [9, 7, 0, 4]:
        return True
    doubled = [d if at % 2 == 0 else d * 2 - 9 * (d > 4) for at, d in enumerate(reversed(digits))]
    return len(digits) <= 16 and digits[0] in {3, 4, 5, 6} and sum(doubled) % 10 == 0


def _seen(text: str) -> str:
    """Without what cannot be seen: it could part the digits of a code."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cs", "Co"})


def _folded(char: str) -> str:
    plain = fold(char)
    return plain if len(plain) == 1 else char.lower() if len(char.lower()) == 1 else char
