"""What citizens agreed to and what they want to be told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base


class Consent(Base):
    """A citizen agreed to a version of the notice; the proof stays after it was withdrawn."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_sender", "sender"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sender: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Subscription(Base):
    """Warnings that a citizen wants; ``address`` is sealed, empty topic or commune means all."""

    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("sender", "topic", "commune"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sender: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(16))
    topic: Mapped[str] = mapped_column(String(40))
    commune: Mapped[str] = mapped_column(String(80))
    address: Mapped[bytes]
    created_at: Mapped[datetime]
