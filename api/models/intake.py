"""The way of a message: what came in, what has to go out, where each conversation stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base, BigId

_WAITING = text("handled_at IS NULL AND dead_at IS NULL")
_UNSENT = text("sent_at IS NULL AND stopped_at IS NULL")
_DEAD = text("dead_at IS NOT NULL")
_REPLAYED = text("replay_id IS NOT NULL")
_STOPPED = text("stopped_at IS NOT NULL")


class InboxUpdate(Base):
    """One delivery from a channel, stored before it is acknowledged. ``payload`` is sealed.

    ``sender`` is whose conversation it belongs to: a person, or a group as one. Not taken before ``ready_at``, for a
    further bubble may follow; ``slow`` ones hold pictures and have workers of their own. A dead letter that was given
    up for good is handled too. ``replays`` counts how often staff let it be taken again, ``replay_id`` names the last
    time.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "update_id"),
        Index("ix_inbox_waiting", "sender", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_inbox_queue", "slow", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_inbox_sender_received", "sender", "received_at"),
        Index("ix_inbox_channel", "channel", "id"),
        Index("ix_inbox_dead", "channel", "id", sqlite_where=_DEAD, postgresql_where=_DEAD),
        Index("ix_inbox_replay", "replay_id", sqlite_where=_REPLAYED, postgresql_where=_REPLAYED),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(String(16))
    update_id: Mapped[str] = mapped_column(String(80))
    sender: Mapped[str] = mapped_column(String(32))
    payload: Mapped[bytes]
    received_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None]
    handled_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(80))
    ready_at: Mapped[datetime | None]
    slow: Mapped[bool] = mapped_column(default=False, server_default=false())
    replays: Mapped[int] = mapped_column(default=0, server_default="0")
    replay_id: Mapped[str | None] = mapped_column(String(32))

    @property
    def row(self) -> str:
        """What a sealed field of this row is bound to."""
        return f"{self.channel}:{self.update_id}"


class OutboxReply(Base):
    """One message to send, in its channel's own form. ``key`` names it for good: it can stand here once only.

    ``awaits`` waits for the citizen's next message; ``maybe_sent`` was tried without a clear answer; ``alarm`` will not
    heal without a person.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "recipient", "id", sqlite_where=_UNSENT, postgresql_where=_UNSENT),
        Index("ix_outbox_update", "inbox_id"),
        Index("ix_outbox_recipient_sent", "recipient", "sent_at"),
        Index("ix_outbox_due", "channel", "next_at", "id", sqlite_where=_UNSENT, postgresql_where=_UNSENT),
        Index("ix_outbox_channel", "channel", "id"),
        Index("ix_outbox_stopped", "channel", "id", sqlite_where=_STOPPED, postgresql_where=_STOPPED),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id", ondelete="SET NULL"))
    channel: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str] = mapped_column(String(32))
    address: Mapped[bytes]
    message: Mapped[bytes]
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stopped_why: Mapped[str | None] = mapped_column(String(80))
    tried_at: Mapped[datetime | None]
    in_group: Mapped[bool] = mapped_column(default=False, server_default=false())
    awaits: Mapped[bool] = mapped_column(default=False, server_default=false())
    alarm: Mapped[bool] = mapped_column(default=False, server_default=false())
    maybe_sent: Mapped[bool] = mapped_column(default=False, server_default=false())
    last_error: Mapped[str | None] = mapped_column(String(80))


class Conversation(Base):
    """Where one citizen's conversation stands. ``context`` is sealed."""

    __tablename__ = "conversations"

    sender: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    context: Mapped[bytes]
    updated_at: Mapped[datetime]
