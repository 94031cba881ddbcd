"""What leaves the desk: lists that somebody asked for and somebody else allowed, letters to other units."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base


class ExportRequest(Base):
    """A list of indicators in full that is wanted outside. ``reason`` is for the approver and the audit log."""

    __tablename__ = "export_requests"
    __table_args__ = (Index("ix_export_requests_at", "at", "id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    format: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(500))
    requested_by: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    allowed: Mapped[bool | None]


class Handover(Base):
    """A letter about a case to another unit, and how it stands: draft, sent, answered. ``moved_from`` is the
    case that brought it by a merge."""

    __tablename__ = "handovers"
    __table_args__ = (Index("ix_handovers_case", "case_id", "at"), Index("ix_handovers_moved", "moved_from"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[str] = mapped_column(String(160))
    state: Mapped[str] = mapped_column(String(10))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    changed_at: Mapped[datetime]
    moved_from: Mapped[str | None] = mapped_column(ForeignKey("cases.id", ondelete="SET NULL"))
