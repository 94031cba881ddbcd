"""Counters for rate limits, in the database so that every replica counts together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base


class LimitWindow(Base):
    """How often something was done in one window of time; ``key`` is a keyed hash."""

    __tablename__ = "limit_windows"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    ends_at: Mapped[datetime] = mapped_column(index=True)
