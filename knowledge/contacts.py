"""Numbers, addresses, and the unit that runs a deployment: what may be shown, and from when to when.

Must not know in which situation a contact is needed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from knowledge.catalogue import Entry, Sentence, Slug

RECHECK = timedelta(days=183)
"""A number is looked up again at least every half year, for numbers change and fraudsters buy the old ones."""
EXPIRES = timedelta(days=366)
"""A number that nobody looked up for a year is no longer told; where to find it is told instead."""
LASTING = frozenset({"emergency", "child"})
"""Numbers of the state for danger: leaving out 113 would do more harm than any doubt about it."""


TOLD_IN_WORDS = frozenset({"report", "association", "platform", "commerce"})
"""Kinds that are reached by an address or in an app as well; of all others the value is numbers."""
_NUMBERS = re.compile(r"[0-9 +*#().,/-]*")
_WORDS = re.compile(r"[\w +*#().,:;/@&?=%'’–-]*")


class Status(StrEnum):
    """How a contact is known: V official or press, R two lists agree, S one list, K unsourced, X sources conflict."""

    V = "V"
    R = "R"
    S = "S"
    K = "K"
    X = "X"


class Contact(Entry):
    """A number or address. What a citizen may see of it is decided by ``shown_on``, never by reading ``value``."""

    slug: Slug
    kind: Slug
    owner: Annotated[str, StringConstraints(min_length=2, max_length=120)]
    value: str = ""
    aliases: tuple[str, ...] = ()
    status: Status
    source: str
    checked_on: date
    valid_from: date | None = None
    valid_to: date | None = None
    enabled: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Contact:
        shape = _WORDS if self.kind in TOLD_IN_WORDS else _NUMBERS
        if not shape.fullmatch(self.value):
            raise ValueError("value: holds what no number or address has")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to: is before valid_from")
        return self

    @property
    def printable(self) -> bool:
        """Whether the value is founded well enough to be shown at all."""
        return self.enabled and bool(self.value) and self.status in (Status.V, Status.R)

    @property
    def last_shown_on(self) -> date | None:
        """The last day on which the value is told, None where there is none."""
        by_check = None if self.kind in LASTING else self.checked_on + EXPIRES
        return min((day for day in (by_check, self.valid_to) if day), default=None)

    def shown_on(self, today: date) -> bool:
        """Whether the value may be shown on that day."""
        begun = self.valid_from is None or self.valid_from <= today
        ended = self.last_shown_on is not None and self.last_shown_on < today
        return self.printable and begun and not ended

    def is_stale_on(self, today: date) -> bool:
        """Whether somebody should look this number up again."""
        return today > self.checked_on + RECHECK


class PlaceAlias(Entry):
    """An old name that citizens still write, and the name that stands now."""

    old: Sentence
    new: Sentence


class UnitProfile(Entry):
    """The unit that answers here. ``example`` marks a profile that a deployment must replace by its own."""

    example: bool
    name: Sentence
    short_name: Sentence
    parent: Sentence
    address: Sentence
    duty_phone: Sentence
    hours: Sentence
    province: Sentence
    place_aliases: tuple[PlaceAlias, ...] = ()
    filing_places: tuple[Sentence, ...] = Field(min_length=1)
    bot_links: dict[str, str] = Field(default_factory=dict)
    controller: Sentence
    privacy_contact: Sentence
    retention_days: dict[str, Annotated[int, Field(gt=0)]]

    def fill(self, text: str) -> str:
        """The text with {don_vi}, {dia_chi} and {sdt_truc_ban} filled in."""
        filled = text.replace("{don_vi}", self.name).replace("{dia_chi}", self.address)
        return filled.replace("{sdt_truc_ban}", self.duty_phone)
