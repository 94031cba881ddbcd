"""Numbers and addresses that can never be called a fraudster's: emergency numbers, banks, state offices, our own.

A fraudster may fake them as sender, and whoever wants to harm the police would report them. Must not know the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from api.casework import named
from api.casework.named import Kind, Named
from knowledge import handbook as shipped
from knowledge.contacts import Contact
from knowledge.handbook import Handbook

EMERGENCY = frozenset("111 112 113 114 115 156 1022 5656 119 911 18001091".split())
_NUMBER = re.compile(r"\+?\d[\d .\-()]{1,18}\d")
_AREA = re.compile(r"^0?2\d{2,3}(?=\d{3,4}$)")


@dataclass(frozen=True, slots=True)
class Held:
    """What officers hold besides what is shipped: what the contacts say, paused ones too, and official domains;
    ``given_up`` are the domains that are no longer told to be their owner's, as when they fell into wrong hands."""

    contacts: tuple[str, ...] = ()
    domains: Set[str] = frozenset()
    given_up: Set[str] = frozenset()


def is_protected(handbook: Handbook, owner_hosts: tuple[str, ...], one: Named, held: Held = Held()) -> bool:
    """Whether an indicator may never be listed, in whatever form it was written."""
    host = one.value.partition("/")[0]
    if one.kind is Kind.DOMAIN:
        directory = named.official()
        anyones = directory.is_open(host) or directory.is_shortener(host)
        whole_platform = anyones and host == one.value
        owned = not anyones and _is_official(host, held)
        return whole_platform or owned or _is_state(host) or host in owner_hosts
    if one.kind is Kind.HANDLE:
        return one.value.lstrip("@") in owner_hosts
    if one.kind is Kind.WALLET:
        return False
    return not _numbers(handbook, held).isdisjoint(_forms(one.value))


def _is_official(host: str, held: Held) -> bool:
    parts = host.split(".")
    if any(".".join(parts[at:]) in held.domains for at in range(len(parts))):
        return True
    owner = named.official().owner_of(host)
    return owner is not None and owner.domain not in held.given_up


def _is_state(host: str) -> bool:
    return host == "gov.vn" or host.endswith(".gov.vn")


def _forms(number: str) -> set[str]:
    """A number with and without what may be dialled before it: 0, 84, an area code."""
    bare = number.lstrip("+")
    forms = {number, bare, bare.lstrip("0"), re.sub(r"^(?:00)?84", "", bare), re.sub(r"^(?:00)?840?", "0", bare)}
    return forms | {_AREA.sub("", form) for form in forms if _AREA.match(form)} - {""}


@lru_cache(maxsize=8)
def _of_texts(texts: tuple[str, ...]) -> frozenset[str]:
    numbers = set(EMERGENCY)
    for text in texts:
        for match in _NUMBER.finditer(text):
            if read := named.read(Kind.PHONE, match.group()):
                numbers |= {read.value, read.value.lstrip("0")}
    return frozenset(numbers)


@cache
def _shipped() -> tuple[str, ...]:
    """What the shipped contacts say: that one is paused makes its number nobody else's."""
    return _said_by(shipped.load().contacts)


def _said_by(contacts: Iterable[Contact]) -> tuple[str, ...]:
    """The texts of contacts that may hold a number."""
    return tuple(text for contact in contacts for text in (contact.value, *contact.aliases))


def _numbers(handbook: Handbook, held: Held) -> frozenset[str]:
    unit, told = handbook.unit, _said_by(handbook.contacts)
    return _of_texts((*told, *_shipped(), *held.contacts, unit.duty_phone, unit.privacy_contact, unit.address))
