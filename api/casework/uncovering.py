"""A masked text with its numbers put back, from the indicators that are kept sealed beside it.

The text itself is never kept unmasked: what is no indicator, such as a one-time code or an ID number, stays hidden for
good. Pure; must not know who asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from api import masking
from api.casework.named import Kind, Named

_GAP = r"[ .\-_/()\u00a0\u200b-\u200f\u2060\ufeff]{0,3}"
_HIDDEN = masking.HIDDEN


def restored(text: str, named: Iterable[Named]) -> str:
    """The text, sign for sign as long as before. A mask that fits two of the numbers stays a mask."""
    by_mask: dict[str, set[str]] = {}
    for one in named:
        for spelled in _spellings(one):
            masked = masking.mask(spelled)
            if _HIDDEN in masked:
                by_mask.setdefault(masked, set()).add(spelled)
    chars = list(text)
    for masked, spellings in by_mask.items():
        if len(spellings) == 1:
            _put_back(chars, text, masked, *spellings)
    return "".join(chars)


def _put_back(chars: list[str], text: str, masked: str, spelled: str) -> None:
    pattern = rf"(?<![\w{_HIDDEN}]){_GAP.join(map(re.escape, masked))}(?![\w{_HIDDEN}])"
    for match in re.finditer(pattern, text):
        places = [at for at in range(*match.span()) if text[at] == _HIDDEN]
        hidden = [sign for sign, shown in zip(spelled, masked, strict=True) if shown == _HIDDEN]
        for at, sign in zip(places, hidden, strict=True):
            chars[at] = sign


def _spellings(one: Named) -> tuple[str, ...]:
    """An indicator as people write it, without the gaps between digits."""
    if one.kind is Kind.PHONE and one.value.startswith("0"):
        return one.value, f"+84{one.value[1:]}", f"84{one.value[1:]}"
    return (one.value,) if one.kind in {Kind.PHONE, Kind.ACCOUNT} else ()
