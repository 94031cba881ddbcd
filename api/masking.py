"""Hides what identifies people or opens accounts in a text that is kept, sign for sign, so that offsets stay true.

When in doubt it hides: a masked sum of money does less harm than a kept account. Must not know why the text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.verdict import Indicator, IndicatorKind

HIDDEN = "•"
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+")
_NAME = (
    r"(?i)\b(?:otp|m[ãa](?: (?:otp|x[áa]c (?:nh[ậa]n|th[ựu]c)|b[ảa]o m[ậa]t|pin))?|pin|cvv|cvc|m[ậa]t kh[ẩa]u|password|"
    r"pass|mk|code)\b"
)
_SECRETS = (
    re.compile(_NAME + r"[^\w\n]{0,4}(?:l[àa]|is|:|=)?[^\w\n]{0,4}(\S*\d\S*)"),
    # "mã OTP nó xin là 483920": a few words between; a whole telephone or account number is hidden by its own rule
    re.compile(_NAME + r"(?: [^\W\d]{1,8}){1,6}\s{0,2}(?:l[àa]\b|is\b|:|=)\s{0,2}(?!\+?\d{9})(\S*\d\S*)"),
)
_GAP = r"[ .\-_/()\u00a0\u200b-\u200f\u2060\ufeff]{0,3}"
_DIGITS = re.compile(rf"\+?\d(?:{_GAP}\d){{6,23}}")
_GROUPED = re.compile(r"^[1-9]\d{0,2}(?:[.,]\d{3})+$")
_UNIT = re.compile(r"(?i)^\s?(?:đ|d|vn[dđ]|đồng|dong|usd|\$|k\b|tr|triệu|trieu|tỷ|ty\b)")
_DATE = re.compile(r"^(?:[0-3]?\d[./-][01]?\d[./-](?:19|20)\d\d|(?:19|20)\d\d[./-][01]?\d[./-][0-3]?\d)$")
_HIDDEN_KINDS = {
    IndicatorKind.PHONE,
    IndicatorKind.ACCOUNT,
    IndicatorKind.WALLET,
    IndicatorKind.EMAIL,
    IndicatorKind.OTP,
}
_PHONE_DIGITS = range(9, 13)


def mask(text: str, found: Iterable[Indicator] = ()) -> str:
    """The text with phones, accounts, cards, ID numbers, one-time codes, passwords and e-mails hidden.

    Of a phone the first four and last three digits stay, of other numbers the last three or four, of a code nothing.
    NUL is replaced, for PostgreSQL keeps none.
    """
    chars = list(text.replace("\0", "\ufffd"))
    for secret in _SECRETS:
        for match in secret.finditer(text):
            _hide(chars, *match.span(1))
    for match in _EMAIL.finditer(text):
        _hide(chars, match.start() + 1, match.start() + match.group().index("@"))
    for match in _DIGITS.finditer(text):
        if not _is_sum_or_date(match.group(), text[match.end() : match.end() + 6]):
            _hide_number(chars, *match.span())
    for one in found:
        if one.kind is IndicatorKind.OTP:
            _hide(chars, one.span.start, one.span.end)
        elif one.kind in _HIDDEN_KINDS and HIDDEN not in chars[one.span.start : one.span.end]:
            _hide_number(chars, one.span.start, one.span.end)
    return "".join(chars).encode("utf-8", "replace").decode()


def _is_sum_or_date(number: str, after: str) -> bool:
    if _DATE.match(number):
        return True
    return bool(_GROUPED.match(number) and (number.endswith("000") or _UNIT.match(after)))


def _hide(chars: list[str], start: int, end: int) -> None:
    for at in range(start, end):
        if not chars[at].isspace():
            chars[at] = HIDDEN


def _hide_number(chars: list[str], start: int, end: int) -> None:
    places = [at for at in range(start, end) if chars[at].isalnum()]
    phone = len(places) in _PHONE_DIGITS and chars[places[0]] in "0+8"
    keep = (places[:4] if phone else []) + places[-(4 if len(places) > 12 else 3) :]
    for at in places:
        if at not in keep:
            chars[at] = HIDDEN
