"""Letters of a message: what is not seen dropped, look-alikes folded, diacritics taken off; and what a syllable is.

Every function keeps the way back to the citizen's own text, and none sees more of it than ``MAX_CHARS``.
Must not know words.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import lru_cache

MAX_CHARS = 5000
MAX_MARKS = 4

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20e3\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_LOOKALIKES = dict(
    zip(
        "аЬЪвсԁеһіјкӏмпорԛгѕтυυԝхуєзАВСЕНІЈКМОРЅТХУԜαβγδεικλνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡıℓᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
        "abbbcdehijklmnopqrstuuwxyeeabcehijkmopstxywabydeiklvoptuxwabezhikmnoptyxagilabcdefghijklmnoprstuvwyz",
        strict=True,
    )
)
# Letters in white squares, black circles and black squares, which have no decomposition; digits in black circles.
_LOOKALIKES |= {chr(first + n): chr(97 + n) for first in (0x1F130, 0x1F150, 0x1F170) for n in range(26)}
_LOOKALIKES |= {chr(0x2776 + n): str(n + 1) for n in range(9)} | dict.fromkeys("‐‑‒–—−", "-")
_LOOKALIKES |= {"。": ".", "∕": "/", "⁄": "/", "’": "'", "‘": "'"}
DISGUISE = re.compile(
    "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u0370-\u03ff\u0400-\u052f\u1d00-\u1d2b\u24b6-\u24e9\uff21-\uff5a"
    "\U0001d400-\U0001d7ff\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]"
)
_FOLD = {"đ": "d", "ð": "d", "Đ": "D", "ø": "o", "ł": "l", "ħ": "h"}
_ONSET = r"(?!q(?:[^u]|u\Z))(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
_RIME = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng"
    " iep iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oat oay oc oe oen oeo oet oi om"
    " on ong ooc oong op ot u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot"
    " uou up ut uu uy uya uych uyen uyet uynh uyt uyu y yem yen yeng yet yeu"
).split()
_BARE_WORD = re.compile(r"[a-z0-9]+")
_SYLLABLE = re.compile(_ONSET + "(?:" + "|".join(sorted(_RIME, key=len, reverse=True)) + r")\Z")
_CONTROLS = dict.fromkeys((*range(32), 127), " ")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return _FOLD.get(base, base)


def fold(text: str) -> str:
    """Lower-case without diacritics, đ as d; meant for short, trusted text."""
    return "".join(fold_char(c) for c in unicodedata.normalize("NFC", text).lower())


def bare(text: str) -> str:
    """The words of a short text and nothing else: folded, without signs, one space between them."""
    return " ".join(_BARE_WORD.findall(fold(text)))


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a folded word has the shape of a Vietnamese syllable."""
    return _SYLLABLE.match(word) is not None


def as_written(raw: str, start: int, end: int) -> str:
    """What stands in the message at a range of its clean views."""
    offsets = clean(raw[:MAX_CHARS])[1]
    return raw[offsets[start] : end_of(raw, offsets[end - 1])] if start < end <= len(offsets) else ""


def end_of(raw: str, at: int) -> int:
    """Where the letter that begins at ``at`` ends, its marks included."""
    end, most = at + 1, min(len(raw), MAX_CHARS)
    while end < most and unicodedata.combining(raw[end]):
        end += 1
    return end


def clean(raw: str) -> tuple[str, array[int]]:
    """Composed, look-alikes folded, lower-case; and the raw offset of every character."""
    if raw.isascii():
        return raw.translate(_CONTROLS).lower(), array("l", range(len(raw)))
    out: list[str] = []
    offsets: array[int] = array("l")
    at, length = 0, len(raw)
    while at < length:
        end = at + 1
        while end < length and unicodedata.combining(raw[end]):
            end += 1
        for char in _letter(raw[at : min(end, at + 1 + MAX_MARKS)]):
            out.append(char)
            offsets.append(at)
        at = end
    return "".join(out), offsets


@lru_cache(maxsize=16384)
def _letter(cluster: str) -> str:
    """One letter with its marks, as it is compared: at most four characters."""
    if cluster.isascii():
        return cluster.lower() if cluster.isprintable() else " "
    if _INVISIBLE.match(cluster):
        return ""
    composed = unicodedata.normalize("NFKC", cluster)[:4]
    composed = "".join(_LOOKALIKES.get(c, c) for c in composed).lower()
    composed = "".join(_LOOKALIKES.get(c, c) for c in unicodedata.normalize("NFKC", composed))
    kept = [c for c in composed if unicodedata.category(c)[0] != "M"][:4]
    return "".join(kept) if all(_is_text(c) for c in kept) else " "


def _is_text(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNP" or char in "+$=<>|~^`₫€ "


def squeeze(unaccented: str, offsets: array[int]) -> tuple[str, array[int]]:
    kept = [i for i, c in enumerate(unaccented) if c.isalnum()]
    return "".join([unaccented[i] for i in kept]), array("l", [offsets[i] for i in kept])


@lru_cache(maxsize=1024)
def has_tone(char: str) -> bool:
    return _TONES.search(unicodedata.normalize("NFD", char)) is not None
