"""What was asked and what was reported. Texts are masked before they come here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base


class Check(Base):
    """One message judged. ``folded`` is the masked text without diacritics, for searching."""

    __tablename__ = "checks"
    __table_args__ = (
        Index("ix_checks_created", "created_at", "id"),
        Index("ix_checks_level", "level", "created_at"),
        Index("ix_checks_method", "method", "created_at"),
        Index("ix_checks_sender", "sender", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sender: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    level: Mapped[str] = mapped_column(String(16))
    method: Mapped[str | None] = mapped_column(String(60))
    methods: Mapped[list[Any]]
    evidence: Mapped[list[Any]]
    revision: Mapped[str] = mapped_column(String(64))
    frame: Mapped[str] = mapped_column(String(24))
    intent: Mapped[str] = mapped_column(String(24))
    situation: Mapped[str | None] = mapped_column(String(24))
    probability: Mapped[float]
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    elapsed_ms: Mapped[float]
    reply_key: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime]


class Report(Base):
    """What a citizen reported (``kind`` report), or a cry for help that nobody had to file (``kind`` help).

    ``answers`` of the interview are sealed. ``age_group`` and ``commune`` are what a citizen chose to say for the
    figures: never shown beside a report, nor in a cell under five.
    """

    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_created", "created_at", "id"),
        Index("ix_reports_status", "status", "created_at"),
        Index("ix_reports_method", "method", "created_at"),
        Index("ix_reports_sender", "sender", "created_at"),
        Index("ix_reports_check", "check_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(9), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    check_id: Mapped[str | None] = mapped_column(ForeignKey("checks.id", ondelete="SET NULL"))
    level: Mapped[str] = mapped_column(String(16))
    method: Mapped[str | None] = mapped_column(String(60))
    methods: Mapped[list[Any]]
    situation: Mapped[str | None] = mapped_column(String(24))
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    answers: Mapped[bytes]
    status: Mapped[str] = mapped_column(String(16))
    age_group: Mapped[str | None] = mapped_column(String(8))
    commune: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime]


class Attachment(Base):
    """A picture that a citizen sent, kept for a day until it belongs to a report; or a file of one, never opened.

    ``reference`` is the keyed hash of the messenger's own; ``picture``, a copy drawn anew, what was read in it
    (``text``), and ``source``, the messenger's reference of a file that was not looked at, are sealed.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_sender", "sender", "reference"),
        Index("ix_attachments_report", "report_id"),
        Index("ix_attachments_created", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sender: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    reference: Mapped[str] = mapped_column(String(32))
    report_id: Mapped[str | None] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"))
    picture: Mapped[bytes | None]
    text: Mapped[bytes | None]
    source: Mapped[bytes | None]
    created_at: Mapped[datetime]


class Feedback(Base):
    """A citizen said that an answer was right or wrong."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index("ix_feedback_created", "created_at", "id"),
        Index("ix_feedback_sender", "sender"),
        Index("ix_feedback_check", "check_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sender: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    check_id: Mapped[str | None] = mapped_column(ForeignKey("checks.id", ondelete="SET NULL"))
    right: Mapped[bool]
    level: Mapped[str] = mapped_column(String(16))
    methods: Mapped[list[Any]]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
