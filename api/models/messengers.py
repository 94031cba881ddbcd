"""What the way to messengers keeps beside inbox and outbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base, BigId


class PictureReading(Base):
    """What was read in the pictures of an update, so that a retry neither fetches nor reads again. Sealed."""

    __tablename__ = "picture_readings"

    inbox_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("inbox.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    reading: Mapped[bytes]


class Reach(Base):
    """When a citizen last wrote, and how many free messages went out since: some messengers close after a while."""

    __tablename__ = "reach"

    recipient: Mapped[str] = mapped_column(String(32), primary_key=True)
    last_at: Mapped[datetime]
    sent_free: Mapped[int]


class ChannelPace(Base):
    """The next moment at which any replica may send on a channel."""

    __tablename__ = "channel_pace"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    next_at: Mapped[datetime]


class ChannelPoller(Base):
    """The process that polls a channel, empty for none; ``beat`` grows for as long as it lives."""

    __tablename__ = "channel_pollers"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    holder: Mapped[str] = mapped_column(String(32))
    beat: Mapped[int] = mapped_column(BigInteger)


class ChannelTokens(Base):
    """The sealed pair of tokens of a messenger; ``seed`` is the hash of the configured token that it grew from."""

    __tablename__ = "channel_tokens"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    pair: Mapped[bytes]
    seed: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime]


class Executor(Base):
    """A running process; one that was not seen for some seconds is dead and others take its work over."""

    __tablename__ = "executors"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seen_at: Mapped[datetime]
