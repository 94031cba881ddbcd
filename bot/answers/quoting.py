"""A citizen's own words inside an answer: short, on one line, nothing in them to tap.

An answer must never serve as bait when it is passed on: links, handles, commands and numbers are broken. Must not know
why something is quoted.
"""

from __future__ import annotations

import re

MOST = 60
_HTTP = re.compile(r"(?i)http(?=s?\[:\])")
_DOT = re.compile(r"(?<=\w)[.\u3002\uff0e\uff61](?=[^\W\d_]\w)")
_IP = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)")
_SIGNED = re.compile(r"(?<!\w)[@#](?=\w)|(?<=\w)@(?=\w)|(?<![\w/\]])/(?=\w)")
_NUMBER = re.compile(r"\+?\d(?:[ .\-()\u00a0]{0,2}\d){8,}")
_SUM = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_PUBLIC_LINE = re.compile(r"1[89]00\d{4}(?:\d\d)?")
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]")
_HIDDEN = "•••"


def defang(text: str) -> str:
    """The text with everything broken that a messenger would make tappable."""
    return _NUMBER.sub(_broken_number, _links_broken(text))


def _links_broken(text: str) -> str:
    text = _UNSEEN.sub("", text)
    text = _HTTP.sub("hxxp", text.replace("://", "[:]//"))
    text = _DOT.sub("[.]", text)
    text = _IP.sub(lambda m: m.group().replace(".", "[.]"), text)
    return _SIGNED.sub(lambda m: f"[{m.group()}]", text)


def quoted(text: str, most: int = MOST) -> str:
    """At most ``most`` characters of it on one line, defanged; an ellipsis where more follows."""
    line = " ".join("".join(c if c.isprintable() else " " for c in defang(text[: most * 20])).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def recited(text: str, most: int = MOST) -> str:
    """A citizen's own answer, back to them: like ``quoted``, but with its numbers whole. They check them before they
    send, and read them out to the police and the bank."""
    line = " ".join("".join(c if c.isprintable() else " " for c in _links_broken(text[: most * 20])).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def shortened(number: str) -> str:
    """A phone, account or wallet by its ends: enough to recognise, too little to call or pay. An 1800 or 1900 line is
    a public one, and three digits of it say nothing."""
    bare = "".join(c for c in number if c.isalnum())
    if len(bare) < 8 or _PUBLIC_LINE.fullmatch(bare):
        return bare
    return f"{bare[:4] if bare[0] in '0+8' else ''}{_HIDDEN}{bare[-3:]}"


def _broken_number(found: re.Match[str]) -> str:
    number = found.group()
    return number if _SUM.fullmatch(number) else shortened(number)
