"""Staff accounts and their sessions. A session's id is stored hashed: reading the table opens no session."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.models.columns import Base


class StaffAccount(Base):
    """One person of the unit. The second factor's secret is sealed, recovery codes are hashed; ``subject`` is who they
    are at the unit's sign-on, where there is one."""

    __tablename__ = "staff_accounts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(default=False)
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    full_name: Mapped[str] = mapped_column(String(80), default="")
    roles: Mapped[list[Any]] = mapped_column(default=list)
    totp_secret: Mapped[bytes | None] = mapped_column(default=None)
    totp_on: Mapped[bool] = mapped_column(default=False)
    totp_counter: Mapped[int] = mapped_column(default=0)
    recovery_codes: Mapped[list[Any]] = mapped_column(default=list)
    subject: Mapped[str | None] = mapped_column(String(255), unique=True, default=None)
    signed_in_at: Mapped[datetime | None] = mapped_column(default=None)


class StaffSession(Base):
    """A sign-in. Ends half an hour after it was last used, and eight hours after it began.

    ``pending`` while the password was right and the second factor is still missing: it opens nothing but that form.
    """

    __tablename__ = "staff_sessions"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime]
    pending: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    device: Mapped[str] = mapped_column(String(80), default="")
