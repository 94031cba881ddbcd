"""Who did what. Rows are only ever added; the database itself refuses to change or delete one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base, BigId


class AuditRow(Base):
    """One act. ``mac`` binds it to the row before; ``folded`` is for searching only and bound to nothing."""

    __tablename__ = "audit_rows"
    __table_args__ = (
        Index("ix_audit_rows_who", "who", "seq"),
        Index("ix_audit_rows_act", "act", "seq"),
        Index("ix_audit_rows_object", "object", "seq"),
        Index("ix_audit_rows_at", "at"),
    )

    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    who_id: Mapped[str | None] = mapped_column(String(32))
    who: Mapped[str] = mapped_column(String(40))
    act: Mapped[str] = mapped_column(String(40))
    object: Mapped[str] = mapped_column(String(160))
    reason: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]]
    folded: Mapped[str] = mapped_column(Text)
    mac: Mapped[str] = mapped_column(String(64))
