"""Everything a turn may ask: the judge and the handbook of one revision, swapped whole when a revision is published.

Must not know where a conversation stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge import handbook, matcher
from knowledge.catalogue import Method
from knowledge.handbook import Handbook
from knowledge.matcher import Judge


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A judge and the handbook."""

    judge: Judge
    handbook: Handbook

    def method(self, slug: str) -> Method | None:
        """The method of a slug, None where it is known by one example only or not at all."""
        return self.judge.catalogue.by_slug.get(slug)


def load(unit: Path | None = None) -> Knowledge:
    """Read all data files; ``unit`` is the deployment's own profile. Raises catalogue.CatalogueError."""
    return Knowledge(matcher.load_judge(), handbook.load(unit=unit))
