"""Indicators: phones, accounts, domains, wallets and handles that were named, found by a keyed hash, values sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base, BigId

_LISTED = text("status IN ('suspected', 'confirmed')")


class Indicator(Base):
    """One thing that can be looked up. ``hash`` finds it, ``value`` is sealed, ``masked`` is shown.

    ``proposed`` is the status that waits for a second person. ``seen`` counts every time it was named, ``reporters``
    the different people who reported it.
    """

    __tablename__ = "indicators"
    __table_args__ = (
        UniqueConstraint("kind", "hash"),
        Index("ix_indicators_seen", "last_seen_at", "id"),
        Index("ix_indicators_kind", "kind", "last_seen_at", "id"),
        Index("ix_indicators_status", "status", "last_seen_at", "id"),
        Index("ix_indicators_listed", "id", sqlite_where=_LISTED, postgresql_where=_LISTED),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    hash: Mapped[str] = mapped_column(String(32))
    value: Mapped[bytes]
    masked: Mapped[str] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(12))
    proposed: Mapped[str | None] = mapped_column(String(12))
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id", ondelete="SET NULL"))
    seen: Mapped[int] = mapped_column(default=0)
    reporters: Mapped[int] = mapped_column(default=0)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class Sighting(Base):
    """An indicator was named once. ``source`` is check or report."""

    __tablename__ = "sightings"
    __table_args__ = (
        Index("ix_sightings_indicator", "indicator_id", "at"),
        Index("ix_sightings_check", "check_id"),
        Index("ix_sightings_report", "report_id"),
        Index("ix_sightings_sender", "sender"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    indicator_id: Mapped[str] = mapped_column(ForeignKey("indicators.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(8))
    sender: Mapped[str] = mapped_column(String(32))
    method: Mapped[str | None] = mapped_column(String(60))
    check_id: Mapped[str | None] = mapped_column(ForeignKey("checks.id", ondelete="CASCADE"))
    report_id: Mapped[str | None] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"))
    at: Mapped[datetime]


class IndicatorEvent(Base):
    """Who said what of an indicator, and why; ``reason`` is sealed."""

    __tablename__ = "indicator_events"
    __table_args__ = (Index("ix_indicator_events_indicator", "indicator_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    indicator_id: Mapped[str] = mapped_column(ForeignKey("indicators.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    before: Mapped[str] = mapped_column(String(12))
    after: Mapped[str] = mapped_column(String(12))
    reason: Mapped[bytes]
    account_id: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class Campaign(Base):
    """Messages that different people asked about, alike or naming the same things. ``sample`` is the first, masked."""

    __tablename__ = "campaigns"
    __table_args__ = (Index("ix_campaigns_last", "last_at", "id"), Index("ix_campaigns_size", "size", "id"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sample: Mapped[str] = mapped_column(String(600))
    method: Mapped[str | None] = mapped_column(String(60))
    size: Mapped[int] = mapped_column(default=1)
    reach: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class Fingerprint(Base):
    """The likeness of one asked message: four bands of a MinHash, and the campaign it fell into. Near duplicates
    share their ``wording``, of which a campaign may hold several."""

    __tablename__ = "fingerprints"
    __table_args__ = (
        Index("ix_fingerprints_a", "a", "at"),
        Index("ix_fingerprints_b", "b", "at"),
        Index("ix_fingerprints_c", "c", "at"),
        Index("ix_fingerprints_d", "d", "at"),
        Index("ix_fingerprints_campaign", "campaign_id", "at"),
        Index("ix_fingerprints_wording", "wording", "at"),
    )

    check_id: Mapped[str] = mapped_column(ForeignKey("checks.id", ondelete="CASCADE"), primary_key=True)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"))
    wording: Mapped[str | None] = mapped_column(String(32))
    a: Mapped[int]
    b: Mapped[int]
    c: Mapped[int]
    d: Mapped[int]
    sender: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
