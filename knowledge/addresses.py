"""What a link's address itself says: official, imitating somebody, a shortener, open to anyone, strange, or unknown.

Judged by its letters alone: nothing is opened, resolved or looked up on a network. An official address never makes a
message safe; it only means that the link leads where it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from knowledge import indicators
from knowledge.directory import Directory
from knowledge.verdict import AddressJudgement

_PARTS = re.compile(r"[-._]+")
_SWAPS = (
    ("rn", "m"),
    ("vv", "w"),
    ("0", "o"),
    ("1", "l"),
    ("5", "s"),
    ("3", "e"),
    ("8", "b"),
    ("ii", "i"),
    ("nn", "n"),
)
_STATE = re.compile(
    r"(?:^|[-.])(?:gov|govvn|chinhphu|congan|bocongan|dichvucong\w*|vneid\w*|csgt\w*|phatnguoi\w*|vssid\w*)(?:$|[-.])"
)
_VN_INSIDE = re.compile(r"(?:^|[.-])(?:com|gov|org|net)?[-.]?vn[-.](?!$)|\.vn-|-vn\.|\.com-")
_APP_FILE = re.compile(r"\.(?:apk|xapk|exe|msi|ipa|dmg|zip|rar|html?)(?:$|[?#])")


@dataclass(frozen=True, slots=True)
class Address:
    """The judgement of one link; ``owner`` is the official owner or the one imitated; ``why`` is for citizens."""

    judgement: AddressJudgement
    owner: str | None
    why: str


def judge(host: str, value: str, directory: Directory) -> Address:
    """Judge a link by its host and its whole value (host and path), both lower-case."""
    official = directory.owner_of(host)
    owner = official.owner if official else ("cơ quan nhà nước" if host.endswith(".gov.vn") else None)
    path = value[len(host.removeprefix("www.")) :]
    if _APP_FILE.search(path) and not owner:
        return Address(AddressJudgement.APP_FILE, None, "đường dẫn tải thẳng một tệp về máy")
    if directory.is_open(host):
        return Address(AddressJudgement.OPEN_PLATFORM, None, "trang ai cũng tạo được, không nói lên người đứng sau")
    if directory.is_shortener(host):
        return Address(AddressJudgement.SHORTENER, None, "link rút gọn, không thấy nơi đến")
    if owner:
        return Address(AddressJudgement.OFFICIAL, owner, f"địa chỉ của {owner}")
    imitated = _imitated(host, directory)
    if imitated:
        return Address(AddressJudgement.LOOKALIKE, imitated, f"địa chỉ nhái {imitated}")
    if _is_strange(host, directory):
        return Address(AddressJudgement.SUSPICIOUS, None, "địa chỉ kiểu hay gặp trong lừa đảo")
    return Address(AddressJudgement.UNKNOWN, None, "địa chỉ chưa có trong danh bạ chính thức")


def _imitated(host: str, directory: Directory) -> str | None:
    suffix = indicators.suffix_of(host)
    body = host.removesuffix("." + suffix) if suffix else host
    parts = [p for p in _PARTS.split(body) if p and p != "www"]
    for string, brand in directory.by_string.items():
        if _borrows(parts, body, string):
            return brand.name
    if _STATE.search(body):
        return "cơ quan nhà nước"
    return None


def _borrows(parts: list[str], body: str, string: str) -> bool:
    bare = [re.sub(r"^\d+|\d+$", "", p) for p in parts]
    if len(string) < 5:
        return string in bare
    if string in body.replace("-", "").replace(".", ""):
        return True
    return any(_resembles(p, string) for p in bare if len(p) >= len(string) - 1)


def _resembles(part: str, string: str) -> bool:
    if len(string) < 6:
        return False
    straight = part
    for shown, meant in _SWAPS:
        straight = straight.replace(shown, meant)
    if string in straight:
        return True
    allowed = 2 if len(string) >= 10 else 1
    return OSA.distance(part[: len(string) + allowed], string, score_cutoff=allowed) <= allowed


def _is_strange(host: str, directory: Directory) -> bool:
    suffix = indicators.suffix_of(host)
    name = host.removesuffix("." + suffix).split(".")[-1] if suffix else host
    digits = sum(c.isdigit() for c in name)
    return (
        directory.has_fraud_ending(host)
        or host.startswith("xn--")
        or ".xn--" in host
        or re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", host) is not None
        or _VN_INSIDE.search(host) is not None
        or (len(name) >= 4 and digits * 2 >= len(name))
        or name.count("-") >= 3
        or not suffix
    )
