"""Cases: what operators work on, from what citizens reported, with every step that was taken."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base, BigId

_UNTAKEN = [text(f"is_open IS {yes} AND triage = 1 AND status = 'new'") for yes in ("1", "true")]
_OF_A_TELLING = text("kind = 'telling'")


class Counter(Base):
    """Numbers that must never repeat, and a version that tells every replica to look again."""

    __tablename__ = "casework_counters"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(BigId, default=0)


class Case(Base):
    """One case. ``text`` is masked, ``folded`` the same without diacritics. ``due_at`` follows from the triage."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_queue", "is_open", "triage", "due_at", "id"),
        Index("ix_cases_untaken", "opened_at", "id", sqlite_where=_UNTAKEN[0], postgresql_where=_UNTAKEN[1]),
        Index("ix_cases_opened", "opened_at", "id"),
        Index("ix_cases_open_method", "method", "is_open", "triage", "due_at", "id"),
        Index("ix_cases_assignee", "assignee_id", "is_open"),
        Index("ix_cases_sender", "sender", "opened_at"),
        Index("ix_cases_updated", "updated_at"),
        Index("ix_cases_indicator", "indicator_id"),
        Index("ix_cases_merged", "merged_into"),
        Index(
            "ix_cases_first", "is_open", sqlite_where=text("priority IS 1"), postgresql_where=text("priority IS true")
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    is_open: Mapped[bool] = mapped_column(default=True)
    triage: Mapped[int]
    priority: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(32))
    level: Mapped[str] = mapped_column(String(16))
    method: Mapped[str | None] = mapped_column(String(60))
    method_confirmed: Mapped[str | None] = mapped_column(String(60))
    label: Mapped[str | None] = mapped_column(String(8))
    situation: Mapped[str | None] = mapped_column(String(24))
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    indicator_id: Mapped[str | None] = mapped_column(ForeignKey("indicators.id", ondelete="SET NULL"))
    assignee_id: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id", ondelete="SET NULL"))
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("cases.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    first_seen_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]


class CaseItem(Base):
    """A report, a complaint or an appeal that belongs to a case. Merging and splitting move items; ``moved_from`` is
    the case that brought it, so that a merge can be undone."""

    __tablename__ = "case_items"
    __table_args__ = (
        Index("ix_case_items_case", "case_id", "at"),
        Index("ix_case_items_check", "check_id"),
        Index("ix_case_items_moved", "moved_from"),
        Index("ix_case_items_sender", "sender"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    report_id: Mapped[str | None] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), unique=True)
    feedback_id: Mapped[str | None] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"), unique=True)
    check_id: Mapped[str | None] = mapped_column(ForeignKey("checks.id", ondelete="SET NULL"))
    sender: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    moved_from: Mapped[str | None] = mapped_column(ForeignKey("cases.id", ondelete="SET NULL"))


class CaseEvent(Base):
    """One step of a case, for good. ``text`` is sealed; ``account_id`` is empty for what the service did itself."""

    __tablename__ = "case_events"
    __table_args__ = (
        Index("ix_case_events_case", "case_id", "id"),
        Index("ix_case_events_telling", "case_id", sqlite_where=_OF_A_TELLING, postgresql_where=_OF_A_TELLING),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    before: Mapped[str] = mapped_column(String(60))
    after: Mapped[str] = mapped_column(String(60))
    text: Mapped[bytes | None]
    account_id: Mapped[str | None] = mapped_column(ForeignKey("staff_accounts.id", ondelete="SET NULL"))
    at: Mapped[datetime]


class SavedView(Base):
    """A set of filters that somebody of the staff gave a name."""

    __tablename__ = "case_views"
    __table_args__ = (Index("ix_case_views_account", "account_id", "name"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime]
