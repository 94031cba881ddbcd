"""The catalogue that people keep: entries and their revisions, publications, the pointer to the live one, trial runs.

A revision that left the drafting table is never changed again. The catalogue that answers is the publication which
the one row of ``live_publication`` points to.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base, BigId


class CatalogueEntry(Base):
    """One method, card, contact, domain, part of the lexicon, or list. ``position`` keeps the order of the files."""

    __tablename__ = "catalogue_entries"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(160))
    position: Mapped[int]


class CatalogueRevision(Base):
    """What an entry said or shall say, in TOML. ``version`` counts the savings of a draft; ``origin`` is where it came
    from: software, staff, upload or feed."""

    __tablename__ = "catalogue_revisions"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        Index("ix_catalogue_revisions_status", "status", "changed_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("catalogue_entries.id"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12))
    origin: Mapped[str] = mapped_column(String(12))
    author_id: Mapped[str] = mapped_column(String(32))
    author: Mapped[str] = mapped_column(String(120))
    approver_id: Mapped[str | None] = mapped_column(String(32))
    based_on: Mapped[int | None] = mapped_column(BigId)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class CatalogueRemark(Base):
    """Who did or said what about a revision, in order."""

    __tablename__ = "catalogue_remarks"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("catalogue_revisions.id"), index=True)
    author_id: Mapped[str] = mapped_column(String(32))
    author: Mapped[str] = mapped_column(String(120))
    act: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Publication(Base):
    """A whole catalogue: which revisions it is made of. ``automatic`` goes live as soon as every replica has it."""

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    revision: Mapped[str] = mapped_column(String(12))
    members: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(String(12))
    automatic: Mapped[bool]
    previous: Mapped[int | None] = mapped_column(BigId)
    author_id: Mapped[str] = mapped_column(String(32))
    author: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    live_at: Mapped[datetime | None]


class LivePublication(Base):
    """The pointer: one row, id 1."""

    __tablename__ = "live_publication"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    changed_at: Mapped[datetime]


class CatalogueReplica(Base):
    """A running process: what it answers from, what it has ready, what it is building."""

    __tablename__ = "catalogue_replicas"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seen_at: Mapped[datetime]
    serving: Mapped[int] = mapped_column(BigId)
    ready: Mapped[list[Any]]
    building: Mapped[int | None] = mapped_column(BigId)
    percent: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(400), default="")


class RegressionRun(Base):
    """One comparison of a set of revisions with the live catalogue."""

    __tablename__ = "regression_runs"
    __table_args__ = (Index("ix_regression_runs_revision", "revision", "base_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    base_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    members: Mapped[list[Any]]
    revision: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    step: Mapped[str] = mapped_column(String(60), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None]
    author: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class FeedFetch(Base):
    """One look at another unit's feed, and what came of it."""

    __tablename__ = "feed_fetches"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    revision: Mapped[str] = mapped_column(String(12))
    unit: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(400))
    drafts: Mapped[int]
    published_at: Mapped[datetime | None]
    key: Mapped[str] = mapped_column(String(64), default="", server_default="")
