"""Staff sessions: 256 random bits in a cookie, hashed in the table; idle half an hour or old eight hours is over.

Must not know what a signed-in person may see.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from api.access import permissions
from api.models import StaffAccount, StaffSession
from api.surroundings import Surroundings

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
_TOUCH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in, and the token that each of their forms must carry."""

    account_id: str
    name: str
    must_change: bool
    session: str
    csrf: str
    roles: tuple[str, ...] = ()
    full_name: str = ""

    @property
    def shown(self) -> str:
        """The name that others read."""
        return self.full_name or self.name

    def may(self, permission: str) -> bool:
        """Whether one of their roles permits it."""
        return permission in permissions.granted(self.roles)


async def open_for(around: Surroundings, account: StaffAccount) -> str:
    """A new session; gives the id for the cookie."""
    session_id = secrets.token_urlsafe(32)
    now = around.clock()
    row = StaffSession(id_hash=_hashed(session_id), account_id=account.id, created_at=now, used_at=now)
    async with around.database.writing() as session:
        session.add(row)
    return session_id


async def find(around: Surroundings, session_id: str) -> Signed | None:
    """Who a cookie belongs to, None where the session is over."""
    now = around.clock()
    query = (
        select(StaffSession, StaffAccount)
        .join(StaffAccount, StaffAccount.id == StaffSession.account_id)
        .where(
            StaffSession.id_hash == _hashed(session_id),
            StaffSession.used_at > now - IDLE,
            StaffSession.created_at > now - LONGEST,
            StaffAccount.disabled.is_(False),
        )
    )
    async with around.database.reading() as session:
        found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    row, account = found
    if now - row.used_at > _TOUCH:
        async with around.database.writing() as session:
            (await session.get_one(StaffSession, row.id_hash)).used_at = now
    csrf = around.vault.token("csrf", session_id)
    return Signed(account.id, account.name, account.must_change, session_id, csrf, tuple(account.roles), account.full_name)


async def close(around: Surroundings, session_id: str) -> None:
    """End a session."""
    async with around.database.writing() as session:
        await session.execute(delete(StaffSession).where(StaffSession.id_hash == _hashed(session_id)))


def _hashed(session_id: str) -> str:
    return hashlib.sha256(session_id.encode("utf-8", "surrogatepass")).hexdigest()
