"""A citizen's own words inside an answer: short, on one line, nothing in them to tap, and no secret kept.

An answer must never serve as bait when it is passed on: links, handles, commands and numbers are broken. Must not know
why something is quoted.
"""

from __future__ import annotations

import re

MOST = 60
_SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,15}):(?=/|\S+@)")
_DOT = re.compile(r"(?<=\w)[.\u3002\uff0e\uff61](?=[^\W\d_]\w)|(?<=\d)\.(?=\d{1,3}\.\d{1,3}\.\d)")
_SIGNED = re.compile(r"(?<!\w)([@#/])(?=\w)|(?<=\w)@(?=\w)")
_NUMBER = re.compile(r"\+?\d(?:[ .\-()\u00a0]{0,2}\d){8,22}")
_SUM = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]")
_HIDDEN = "•••"


def defang(text: str) -> str:
    """The text with everything broken that a messenger would make tappable."""
    text = _UNSEEN.sub("", text)
    text = _SCHEME.sub(_broken_scheme, text)
    text = _DOT.sub("[.]", text)
    text = _SIGNED.sub(lambda m: f"[{m.group()}]", text)
    return _NUMBER.sub(_broken_number, text)


def quoted(text: str, most: int = MOST) -> str:
    """At most ``most`` characters of it on one line, defanged; an ellipsis where more follows."""
    line = " ".join("".join(c if c.isprintable() else " " for c in defang(text[: most * 20])).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def shortened(number: str) -> str:
    """A phone, account or wallet by its ends: enough to recognise, too little to call or pay."""
    bare = "".join(c for c in number if c.isalnum())
    if len(bare) < 8:
        return bare
    return f"{bare[:4] if bare[0] in '0+8' else ''}{_HIDDEN}{bare[-3:]}"


def _broken_scheme(found: re.Match[str]) -> str:
    scheme = found.group(1).lower()
    return {"http": "hxxp[:]", "https": "hxxps[:]"}.get(scheme, f"{scheme}[:]")


def _broken_number(found: re.Match[str]) -> str:
    number = found.group()
    return number if _SUM.fullmatch(number) else shortened(number)


# ---- Secrets, hidden before anything is kept

_NAMES = (
    r"otp|m[ãa]\s*(?:s[ốo]\s*)?(?:otp|x[áa]c\s*(?:nh[ậa]n|th[ựu]c|minh)|b[ảa]o\s*m[ậa]t|pin|giao\s*d[ịi]ch|cvv|kh[óo]a)?|"
    r"m[ậa]t\s*kh[ẩa]u|m[ậa]t\s*m[ãa]|pass(?:word|code)?|pwd|mk|mpin|pin|smart\s*otp|cvv2?|cvc2?|code|verification\s*code"
)
_OWNER = r"(?:\s+(?:c[ủu]a\s+)?(?:t[ôo]i|m[ìi]nh|em|ch[áa]u|con|b[áa]c|my|ng[âa]n\s*h[àa]ng|app|zalo|facebook|telegram|t[àa]i\s*kho[ảa]n)){0,3}"
_CODE = r"\d(?:[ .\-]{0,3}\d){2,9}"
_SAID = re.compile(
    rf"(?i)\b({_NAMES}){_OWNER}\s*(?::|=|-|l[àa](?=\s)|is\b|was\b)\s*[\"“'(]?(\S+(?:(?<=\d)[ .\-]+\d+)*)"
)
_NAKED = re.compile(rf"(?i)\b({_NAMES}){_OWNER}[\s:=\"“'(]{{0,4}}({_CODE}|\S*\d\S*[a-z]\S*|\S*[a-z]\S*\d\S*)")
_BEFORE = re.compile(rf"(?i)({_CODE})(?=[\s,]{{1,3}}(?:l[àa]|is)\s+(?:c[áa]i\s+)?(?:the\s+|my\s+)?(?:{_NAMES}))")
_CARD = re.compile(r"(?<!\d)\d(?:[ .\-_/]{0,2}\d){14,18}(?!\d)")
_PAPER = re.compile(
    r"(?i)\b((?:cccd|cmnd|cmt|c[ăa]n\s*c[ướu]+[cớ]*\s*(?:c[ôo]ng\s*d[âa]n)?|passport)[\s:=]{0,3}(?:s[ốo]\s*)?)(\d[\d ]{7,14})"
)
_ALONE = re.compile(
    r"(?<![\d.,/:-])\d(?:[ -]?\d){3,7}(?![\d.,/:-]*\d|\s*(?:k\b|đ|tr|triệu|trieu|tỷ|ty\b|ngh?[ìi]n|ng[àa]n|vnd|vnđ|usd))"
)


def masked(text: str, *, codes_alone: bool = False) -> str:
    """The text without one-time codes, passwords, card and identity numbers; sums, dates, phones and accounts stay.

    ``codes_alone`` also hides a short number that stands by itself: to "what did you give them?" people answer with it.
    """
    text = _UNSEEN.sub("", text)
    text = _CARD.sub(_hidden_card, text)
    text = _PAPER.sub(lambda m: f"{m.group(1)}{_HIDDEN}", text)
    text = _BEFORE.sub(_HIDDEN, text)
    text = _SAID.sub(_hidden_word, text)
    text = _NAKED.sub(_hidden_word, text)
    return _ALONE.sub(_HIDDEN, text) if codes_alone else text


def _hidden_word(found: re.Match[str]) -> str:
    secret = found.group(2)
    if secret.startswith(_HIDDEN):
        return found.group()
    return found.group()[: found.start(2) - found.start()] + _HIDDEN


def _hidden_card(found: re.Match[str]) -> str:
    digits = [int(c) for c in found.group() if c.isdigit()]
    plain = "".join(map(str, digits))
    if plain.startswith("9704") or (len(digits) <= 16 and plain[0] in "3456" and _luhn(digits)):
        return f"{_HIDDEN} {plain[-4:]}"
    return found.group()


def _luhn(digits: list[int]) -> bool:
    doubled = [d if at % 2 == 0 else d * 2 - 9 * (d > 4) for at, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0
