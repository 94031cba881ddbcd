"""Whose domain is whose: official domains, platforms where anyone publishes, shorteners, endings seen in fraud, brands.

Knows hosts only. Must not know what a link in a message means: an official domain never makes a message safe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

import tldextract
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator

from knowledge import catalogue
from knowledge.catalogue import DATA, Entry, Grade

RECHECK = timedelta(days=365)
EXPIRES = timedelta(days=730)
"""A domain that nobody looked at for two years is no longer told to be its owner's: names are given up and bought."""

Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=120)]
# The bundled snapshot of the Public Suffix List only, its private part too: anybody gets a name under blogspot.com.
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
_ONE_OWNER = frozenset({"gov.vn", "edu.vn", "googleapis.com"})
"""Public suffixes that are one owner's all the same: by registry rule, or since nobody else is given a name there."""


def _registered(host: str) -> str:
    if _SUFFIXES(host).top_domain_under_public_suffix or host in _ONE_OWNER:
        return host
    raise ValueError("not one owner's domain")


Owned = Annotated[Host, AfterValidator(_registered)]
"""A host that has an owner: no number, and no ending under which anybody registers a name."""
Ending = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,20}$")]
Letters = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{3,40}$")]


class Kind(StrEnum):
    """What the owner of a domain is."""

    GOVERNMENT = "government"
    POLICE = "police"
    ASSOCIATION = "association"
    BANK = "bank"
    FINANCE = "finance"
    WALLET = "wallet"
    INSURANCE = "insurance"
    CARRIER = "carrier"
    UTILITY = "utility"
    DELIVERY = "delivery"
    COMMERCE = "commerce"
    TRAVEL = "travel"
    MEDIA = "media"
    EDUCATION = "education"
    HEALTH = "health"
    TECHNOLOGY = "technology"
    PLATFORM = "platform"


class OfficialDomain(Entry):
    """One domain that is known to belong to its owner; grade K says 'known to us', without a page that was read."""

    domain: Owned
    owner: Annotated[str, StringConstraints(min_length=2, max_length=120)]
    kind: Kind
    grade: Grade
    checked_on: date
    valid_to: date | None = None

    @property
    def last_told_on(self) -> date:
        """The last day on which a citizen is told whose it is."""
        return min(self.checked_on + EXPIRES, self.valid_to or date.max)

    def told_on(self, today: date) -> bool:
        """Whether a citizen is told that day whose it is. It still explains links: it is never called an imitation."""
        return today <= self.last_told_on


class Brand(Entry):
    """A name that fraudsters copy. ``strings`` are the letters by which a look-alike of it is recognised."""

    name: Annotated[str, StringConstraints(min_length=2, max_length=60)]
    kind: Kind
    strings: tuple[Letters, ...]
    domains: tuple[Host, ...]


class Directory(BaseModel):
    """The whole directory, frozen. A host is official, open to anyone, or a shortener: never two of these."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    domains: tuple[OfficialDomain, ...]
    open_platforms: tuple[Host, ...]
    shorteners: tuple[Host, ...]
    fraud_endings: tuple[Ending, ...]
    brands: tuple[Brand, ...]

    @model_validator(mode="after")
    def _whole(self) -> Directory:
        hosts = [d.domain for d in self.domains] + [*self.open_platforms, *self.shorteners]
        _refuse_twins(hosts, "host")
        _refuse_twins([s for b in self.brands for s in b.strings], "brand string")
        known = set(hosts)
        for brand in self.brands:
            for host in brand.domains:
                if not any(parent in known for parent in _parents(host)):
                    raise ValueError(f"brands: {brand.name}: '{host}' is in no list")
        return self

    @cached_property
    def by_domain(self) -> dict[str, OfficialDomain]:
        """Official domains by their name."""
        return {d.domain: d for d in self.domains}

    @cached_property
    def by_string(self) -> dict[str, Brand]:
        """Brands by each of their strings, longest strings first, so that 'viettelpost' is met before 'viettel'."""
        pairs = [(s, b) for b in self.brands for s in b.strings]
        return dict(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))

    def without(self, gone: Collection[str]) -> Directory:
        """The directory without some official domains; a name that is copied no longer points to them."""
        domains = tuple(d for d in self.domains if d.domain not in gone)
        left = {*(d.domain for d in domains), *self.open_platforms, *self.shorteners}
        brands = tuple(
            b.model_copy(update={"domains": tuple(h for h in b.domains if not left.isdisjoint(_parents(h)))})
            for b in self.brands
        )
        lists = {"open_platforms": self.open_platforms, "shorteners": self.shorteners}
        return Directory(domains=domains, brands=brands, fraud_endings=self.fraud_endings, **lists)

    def owner_of(self, host: str) -> OfficialDomain | None:
        """The owner of a host, matched on dot boundaries. None for a host where anyone may publish, and for strangers.

        The nearest listed parent decides: help.zalo.me is Zalo's own, anything else under zalo.me is anyone's.
        """
        return self.by_domain.get(self._nearest(host) or "")

    def is_open(self, host: str) -> bool:
        """Whether anyone can publish under this host, so that its good name proves nothing."""
        return self._nearest(host) in self.open_platforms

    def is_shortener(self, host: str) -> bool:
        """Whether this host only hides another address."""
        return self._nearest(host) in self.shorteners

    def has_fraud_ending(self, host: str) -> bool:
        """Whether the last label is one that reported scams use much."""
        return _bare(host).rpartition(".")[2] in self.fraud_endings

    def _nearest(self, host: str) -> str | None:
        return next((p for p in _parents(_bare(host)) if p in self._hosts), None)

    @cached_property
    def _hosts(self) -> frozenset[str]:
        return frozenset([*self.by_domain, *self.open_platforms, *self.shorteners])


def load(path: Path = DATA / "official_domains.toml") -> Directory:
    """Read and check the directory. Raises CatalogueError naming file, key and reason."""
    return catalogue.read_entry(path, Directory)


def _bare(host: str) -> str:
    return host.strip().rstrip(".").lower()


def _parents(host: str) -> Iterator[str]:
    labels = host.split(".")
    return (".".join(labels[i:]) for i in range(len(labels) - 1))


def _refuse_twins(values: Iterable[str], what: str) -> None:
    value, count = Counter(values).most_common(1)[0]
    if count > 1:
        raise ValueError(f"{what} '{value}' stands twice")
