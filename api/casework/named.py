"""What can be looked up of a text: phones, accounts, domains, wallets and handles, each in one form however written.

Must not know the database, nor judge what it finds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from knowledge import directory, indicators, vietqr
from knowledge.directory import Directory
from knowledge.text import fold
from knowledge.verdict import IndicatorKind

HIDDEN = "•"
MOST_CHARS = 120


class Kind(StrEnum):
    """Kinds of indicators that the staff keep."""

    PHONE = "phone"
    ACCOUNT = "account"
    DOMAIN = "domain"
    WALLET = "wallet"
    HANDLE = "handle"


TITLES = {
    Kind.PHONE: "Số điện thoại",
    Kind.ACCOUNT: "Tài khoản nhận tiền",
    Kind.DOMAIN: "Tên miền, trang",
    Kind.WALLET: "Ví tiền số",
    Kind.HANDLE: "Tài khoản mạng",
}
_KINDS = {
    IndicatorKind.PHONE: Kind.PHONE,
    IndicatorKind.ACCOUNT: Kind.ACCOUNT,
    IndicatorKind.WALLET: Kind.WALLET,
    IndicatorKind.HANDLE: Kind.HANDLE,
    IndicatorKind.LINK: Kind.DOMAIN,
}
_LINK_HEAD = re.compile(r"^(?:h[tx]{2}ps?:?/{0,2})?(?:www\.)?")
_WALLET = re.compile(r"(?:0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|bc1[a-z0-9]{25,59})")


@dataclass(frozen=True, slots=True)
class Named:
    """One indicator in its one form."""

    kind: Kind
    value: str

    @property
    def masked(self) -> str:
        """What all of the staff may see: pages in full with the dot broken, numbers with a hidden middle."""
        value = self.value
        if self.kind is Kind.DOMAIN:
            return value.replace(".", "[.]")
        if self.kind is Kind.HANDLE:
            return value[:3] + HIDDEN * max(2, len(value) - 5) + value[-2:]
        head = 4 if self.kind is Kind.PHONE and len(value) >= 9 else 0
        tail = 3 if len(value) <= 12 else 4
        return value[:head] + HIDDEN * (len(value) - head - tail) + value[-tail:]


@cache
def official() -> Directory:
    """The directory of official domains, read once."""
    return directory.load()


def found_in(text: str, given_up: Set[str] = frozenset()) -> tuple[Named, ...]:
    """All indicators of a text, each once; official addresses and short numbers are left out, but not those domains
    that were given up as official."""
    seen: dict[Named, None] = {}
    for one in indicators.find(fold(text), text):
        named = of(one.kind, one.value)
        if named and not _is_official(named, given_up):
            seen[named] = None
    return tuple(seen)


def _is_official(named: Named, given_up: Set[str]) -> bool:
    owner = official().owner_of(named.value.partition("/")[0]) if named.kind is Kind.DOMAIN else None
    return owner is not None and owner.domain not in given_up


def of(kind: IndicatorKind, value: str) -> Named | None:
    """The indicator of something found in a message; None for what is not kept."""
    if kind is IndicatorKind.QR:
        transfer = vietqr.decode(value)
        return read(Kind.ACCOUNT, transfer.account) if transfer else None
    if kind not in _KINDS:
        return None
    named = read(_KINDS[kind], value)
    return None if named is None or (named.kind is Kind.PHONE and len(named.value) < 7) else named


def read(kind: Kind, typed: str) -> Named | None:
    """The one form of what was written, None where it cannot be one of that kind."""
    value = _READERS[kind](unicodedata.normalize("NFKC", typed).strip()[:600])
    return Named(kind, value[:MOST_CHARS]) if value else None


def guess(typed: str) -> tuple[Named, ...]:
    """What an officer may have meant by something typed into a search box."""
    bare = typed.strip()
    if not bare or len(bare) > MOST_CHARS:
        return ()
    if any(c.isdigit() for c in bare) and not re.search(r"[a-zA-Z]", bare):
        kinds: tuple[Kind, ...] = (Kind.PHONE, Kind.ACCOUNT)
    elif bare.startswith("@"):
        kinds = (Kind.HANDLE,)
    elif _WALLET.fullmatch(bare):
        kinds = (Kind.WALLET,)
    else:
        kinds = (Kind.DOMAIN,) if "." in bare and " " not in bare else ()
    return tuple(named for kind in kinds if (named := read(kind, bare)))


def _digits(typed: str) -> str:
    return "".join(str(unicodedata.decimal(c)) for c in typed if c.isdecimal())


def _phone(typed: str) -> str:
    digits = _digits(typed)
    if typed.startswith("+") and not digits.startswith("84"):
        return "+" + digits
    national = re.sub(r"^(?:00)?84(?:0(?=[2-9]))?(?=[1-9]\d{2})", "0", digits) if len(digits) > 4 else digits
    return national if 3 <= len(national) <= 15 else ""


def _account(typed: str) -> str:
    digits = _digits(typed)
    return digits if 3 <= len(digits) <= 19 else ""


def _wallet(typed: str) -> str:
    found = _WALLET.search(typed)
    return "" if found is None else found.group().lower() if found.group().startswith("0x") else found.group()


def _handle(typed: str) -> str:
    name = typed.rpartition("/")[2].lstrip("@").lower()
    return f"@{name}" if re.fullmatch(r"[\w.]{3,64}", name) else ""


def _domain(typed: str) -> str:
    """The registrable domain; below a platform or a shortener, where anyone may publish, the first part of the path."""
    address = _LINK_HEAD.sub("", typed.lower().replace("[.]", ".").replace("(.)", "."))
    host, _, path = re.split(r"[?#]", address, maxsplit=1)[0].partition("/")
    host = host.rpartition("@")[2].partition(":")[0].rstrip(".")
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", host):
        return ""
    if official().is_open(host) or official().is_shortener(host):
        first = path.partition("/")[0]
        return f"{host}/{first}" if first else host
    return indicators.registrable(host) or host


_READERS = {
    Kind.PHONE: _phone,
    Kind.ACCOUNT: _account,
    Kind.WALLET: _wallet,
    Kind.HANDLE: _handle,
    Kind.DOMAIN: _domain,
}
