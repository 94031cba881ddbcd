"""What a link's address itself says: official, imitating somebody, a shortener, open to anyone, strange, or unknown.

Judged by its letters alone: nothing is opened, resolved or looked up on a network. An official address never makes a
message safe; it only means that the link leads where it says.

A long name of a bank or a state body inside a foreign host is imitation enough. A short name, or one that is a word too
("vietcom", "congan", "acb"), must stand as a whole part, and something else must speak for it: a cheap ending, "vn" in
the middle, a word such as "login" beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge import indicators
from knowledge import text as texts
from knowledge.directory import Brand, Directory, Kind
from knowledge.verdict import AddressJudgement

STATE = "cơ quan nhà nước"

_PARTS = re.compile(r"[-._]+")
_SINGLES = re.compile(r"(?<![a-z0-9])(?:[a-z][-._]){1,5}[a-z](?![a-z0-9])")
_SWAPS = (
    ("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("5", "s"), ("3", "e"), ("8", "b"), ("j", "i"), ("i", "l"),
    ("ll", "l"), ("nn", "n"),
)  # fmt: skip
# Names that are also words, names of places, people or other firms: never enough by themselves.
_COMMON = frozenset(
    "vietcom vietin techcom sacom agri exim kienlong congan dienluc buudien toaan chinhphu dinhdanh csgt"
    " phatnguoi hoanthue sendo timo cake momo meta octo tiki amazon outlook woori shinhan digibank freefire"
    " lienquan telegram prudential nasdaq ipay gdt cand policevn redcross icloud".split()
)
# What fraudsters write beside a borrowed name; longer ones also count inside a part.
_HINTS = frozenset(
    "vn viet vietnam com net org gov govvn online login dangnhap secure security baomat xacthuc xacminh verify"
    " bank banking ebank ibank smartbanking internetbanking app apps ung ungdung vip svip pro pay card the"
    " tindung visa credit vay diem doidiem qua nhanqua thuong trungthuong khuyenmai uudai hoantien hoanthue"
    " hotro cskh support help service dichvu trangchu home web priority diamond reward rewards gift tri trian"
    " event sukien member thanhvien user account taikhoan capnhat update dangky tuyendung ctv binhchon hoadon"
    " cod giaohang buucuc nap rut live center trungtam dientu digital phatnguoi police csgt congan cong portal"
    " mb mobile ms ib ipay otp sms i e v m my x".split()
)
_LONG_HINTS = tuple(h for h in _HINTS if len(h) >= 5)
# Shops, agencies and fans write these names into honest hosts.
_COPIED_IN_TRADE = frozenset({Kind.COMMERCE, Kind.MEDIA, Kind.PLATFORM, Kind.TECHNOLOGY, Kind.TRAVEL})
_HOME_ENDINGS = frozenset("com net org info co biz asia vn com.vn net.vn org.vn".split())
_CHEAP_ENDINGS = frozenset("io.vn id.vn web.id name.vn info.vn biz.vn pro.vn web.vn".split())
# Deep links of applications: a company's own name stands before these by right.
_APP_LINKS = frozenset(
    "onelink.me app.link page.link go.link smart.link adj.st branch.io sharepoint.com facebook.com zalo.me t.me".split()
)
_STATE_PART = re.compile(
    r"(?:^|[-.])(?:gov|govvn|gov-vn|bocongan\w*|dichvucong\w*|vneid\w*|vssid\w*)(?:$|[-.])|gov[-.]vn"
)
_VN_INSIDE = re.compile(r"(?:^|[.-])(?:com|gov|org|net)?[-.]?vn[-.](?!$)|\.vn-|-vn\.|\.com-")
_RANDOM = re.compile(r"(?=[a-z]{0,9}[bcdfghjklmnpqrstvwxz]{4})[a-z]{5,12}")
_APP_FILE = re.compile(r"\.(?:apks?|xapk|apkm|exe|msi|ipa|dmg|zip|rar|html?)(?:$|[?#])")


@dataclass(frozen=True, slots=True)
class Address:
    """The judgement of one link; ``owner`` is the official owner or the one imitated; ``why`` is for citizens;
    ``until`` is the last day on which the owner is told, None where that has no end."""

    judgement: AddressJudgement
    owner: str | None
    why: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class _Host:
    """A host taken apart.

    ``parts`` have no digits at their ends, ``letters`` no signs between; ``marked`` says that the host smells already.
    """

    host: str
    suffix: str
    body: str
    letters: str
    parts: tuple[str, ...]
    marked: bool
    free: bool

    def has_hint(self, beside: str) -> bool:
        """Whether a suspicious word stands beside the part ``beside``."""
        others = [p for p in self.parts if p != beside]
        return any(p in _HINTS or any(h in p for h in _LONG_HINTS) for p in others)


def judge(host: str, value: str, directory: Directory) -> Address:
    """Judge a link by its host and its whole value (host and path), both lower-case."""
    official = directory.owner_of(host)
    owner = official.owner if official else (STATE if host.endswith(".gov.vn") else None)
    path = value[len(host.removeprefix("www.")) :]
    if _APP_FILE.search(path) and not owner:
        return Address(AddressJudgement.APP_FILE, None, "đường dẫn tải thẳng một tệp về máy")
    if directory.is_open(host):
        return _on_platform(host, directory)
    if directory.is_shortener(host):
        return Address(AddressJudgement.SHORTENER, None, "link rút gọn, không thấy nơi đến")
    if owner:
        until = official.last_told_on if official and not host.endswith(".gov.vn") else None  # registered by the state
        return Address(AddressJudgement.OFFICIAL, owner, f"địa chỉ của {owner}", until)
    suffix = indicators.suffix_of(host)
    imitated = _imitated(_taken_apart(host, suffix, directory, free=False), directory)
    if imitated:
        return Address(AddressJudgement.LOOKALIKE, imitated, f"địa chỉ nhái {imitated}")
    if _is_strange(host, suffix, directory):
        return Address(AddressJudgement.SUSPICIOUS, None, "địa chỉ kiểu hay gặp trong lừa đảo")
    return Address(AddressJudgement.UNKNOWN, None, "địa chỉ chưa có trong danh bạ chính thức")


def _on_platform(host: str, directory: Directory) -> Address:
    """A place where anyone publishes; under its free names ("brand-login.web.app") brands are imitated all the same."""
    labels = host.split(".")
    parents = (".".join(labels[i:]) for i in range(1, len(labels)))
    platform = next((p for p in parents if p in directory.open_platforms), None)
    if platform and platform not in _APP_LINKS:
        imitated = _imitated(_taken_apart(host, platform, directory, free=True), directory)
        if imitated:
            return Address(AddressJudgement.LOOKALIKE, imitated, f"địa chỉ nhái {imitated}")
    return Address(AddressJudgement.OPEN_PLATFORM, None, "trang ai cũng tạo được, không nói lên người đứng sau")


def _taken_apart(host: str, suffix: str, directory: Directory, *, free: bool) -> _Host:
    body = (host.removesuffix("." + suffix) if suffix else host).removeprefix("www.")
    body = ".".join(_shown(label) for label in body.split("."))
    joined = _SINGLES.sub(lambda m: re.sub(r"[-._]", "", m.group()), body)
    parts = [re.sub(r"^\d+|\d+$", "", p) for p in (*_PARTS.split(joined), *_PARTS.split(body))]
    marked = not free and (
        directory.has_fraud_ending(host)
        or suffix in _CHEAP_ENDINGS
        or _VN_INSIDE.search(host) is not None
        or "xn--" in host
    )
    letters = _PARTS.sub("", body)
    return _Host(host, suffix, body, letters, tuple(dict.fromkeys(p for p in parts if p)), marked, free)


def _shown(label: str) -> str:
    """What the reader takes a label for: letters of other alphabets as the ones they look like."""
    if not label.startswith("xn--"):
        return label
    try:
        return texts.normalise(label[4:64].encode().decode("punycode")).unaccented.replace(" ", "")
    except (UnicodeError, OverflowError):
        return label


def _imitated(seen: _Host, directory: Directory) -> str | None:
    for part in sorted(seen.parts, key=len, reverse=True):
        brand = directory.by_string.get(part) or (directory.by_string.get(part + "bank") if part in _COMMON else None)
        if brand and _stands_whole(seen, part, brand):
            return brand.name
    for test in (_is_contained, _resembles):
        for string, brand in directory.by_string.items():
            if test(seen, string, brand):
                return brand.name
    return STATE if _STATE_PART.search(seen.body) and not seen.free else None


def _is_strong(string: str, brand: Brand) -> bool:
    """Whether nobody else would write these letters into a host."""
    if string in _COMMON or brand.kind in _COPIED_IN_TRADE:
        return False
    return len(string) >= 8 or (len(string) >= 6 and "bank" in string)


def _stands_whole(seen: _Host, string: str, brand: Brand) -> bool:
    if _is_strong(string, brand) or seen.marked or seen.has_hint(string):
        return True
    alone = len(string) >= 5 and string not in _COMMON and seen.suffix in _HOME_ENDINGS
    return alone and _PARTS.split(seen.body)[-1] == string


def _is_contained(seen: _Host, string: str, brand: Brand) -> bool:
    if string not in seen.letters:
        return False
    if _is_strong(string, brand):
        return not seen.letters.partition(string)[2].startswith(("er", "ing"))
    if len(string) < 4:
        return string == "vcb" and any(p.startswith("vcb") and len(p) > 6 for p in seen.parts)
    return any(_borrows(seen, part, string) for part in seen.parts if string in part and part != string)


def _borrows(seen: _Host, part: str, string: str) -> bool:
    """Whether what is left of a part without the name is a hint, or letters where more speaks against the host."""
    before, _, after = part.partition(string)
    rest = before + after
    if string in _COMMON:
        return rest in _HINTS and len(rest) >= 5
    if rest in _HINTS and len(rest) > 1:
        return True
    if len(string) == 4:
        return string == "bidv" and len(rest) <= 4
    return seen.marked or any(h in rest for h in _LONG_HINTS)


def _resembles(seen: _Host, string: str, _: Brand) -> bool:
    if string in _COMMON or len(string) < 4:
        return False
    meant = _skeleton(string)
    for part in seen.parts:
        if part != string and abs(len(part) - len(string)) <= 3:
            distance = OSA.distance(_skeleton(part), meant, score_cutoff=3)
            if distance <= 3 and _is_nearly(seen, part, string, distance):
                return True
    return False


def _is_nearly(seen: _Host, part: str, string: str, distance: int) -> bool:
    """Whether so many changed letters are imitation: one in a long name, more where more speaks against the host."""
    if len(string) < 6:
        digit = sum(c.isdigit() for c in part) == 1 and len(part) == len(string)
        return digit and OSA.distance(part, string) == 1 and (seen.marked or seen.has_hint(part))
    if distance == 0:
        return True
    more = seen.marked or seen.has_hint(part)
    if len(string) < 8:
        return more and distance == 1 and part[0] == string[0]
    long = len(string) >= 10
    return distance <= 1 + (long and more) + (long and seen.marked and "bank" in part)


@lru_cache(maxsize=2048)
def _skeleton(part: str) -> str:
    """Letters that look alike made one."""
    for shown, meant in _SWAPS:
        part = part.replace(shown, meant)
    return part


def _is_strange(host: str, suffix: str, directory: Directory) -> bool:
    body = host.removesuffix("." + suffix) if suffix else host
    *below, name = body.split(".")
    digits = sum(c.isdigit() for c in name)
    parts = [p for p in _PARTS.split(body) if p]
    return (
        directory.has_fraud_ending(host)
        or suffix in _CHEAP_ENDINGS
        or "xn--" in host
        or not suffix
        or _VN_INSIDE.search(host) is not None
        or (len(name) >= 4 and digits * 2 >= len(name) and not (suffix == "vn" and len(name) == 4))
        or name.count("-") >= 3
        or (not suffix.endswith("vn") and any(_RANDOM.fullmatch(label) for label in below))
        or sum(p in _HINTS and len(p) > 3 for p in parts) >= 2
    )
