"""Staff sessions: 256 random bits in a cookie, hashed in the table; idle half an hour or old eight hours is over.

A person has three at most: a fourth ends the oldest. Must not know a page.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import permissions
from api.models import StaffAccount, StaffSession
from api.surroundings import Surroundings

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
PENDING = timedelta(minutes=5)
FRESH = timedelta(minutes=5)
MOST = 3
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
    second_factor: bool = False
    confirmed_at: datetime | None = None

    @property
    def shown(self) -> str:
        """The name that others read."""
        return self.full_name or self.name

    def may(self, permission: str) -> bool:
        """Whether one of their roles permits it."""
        return permission in permissions.granted(self.roles)


async def open_for(
    around: Surroundings, account: StaffAccount, *, device: str = "", pending: bool = False, confirmed: bool = False
) -> str:
    """A new session; gives the id for the cookie. ``pending`` waits for the second factor, ``confirmed`` gave it."""
    session_id = secrets.token_urlsafe(32)
    now = around.clock()
    row = StaffSession(
        id_hash=_hashed(session_id),
        account_id=account.id,
        created_at=now,
        used_at=now,
        pending=pending,
        confirmed_at=now if confirmed else None,
        device=device[:80],
    )
    mine = select(StaffSession.id_hash).where(StaffSession.account_id == account.id, StaffSession.pending.is_(pending))
    newest = mine.order_by(StaffSession.created_at.desc(), StaffSession.used_at.desc())
    async with around.database.writing() as session:
        too_many = (await session.scalars(newest.offset(MOST - 1))).all()
        await session.execute(delete(StaffSession).where(StaffSession.id_hash.in_(too_many)))
        session.add(row)
    return session_id


async def find(around: Surroundings, session_id: str, *, attended: bool = True) -> Signed | None:
    """Who a cookie belongs to, None where the session is over or still waits for the second factor. What a page asks
    by itself is not ``attended``, and no use of the session."""
    now = around.clock()
    async with around.database.reading() as session:
        found = (await session.execute(_living(around, session_id, pending=False))).one_or_none()
    if found is None:
        return None
    row, account = found
    if attended and now - row.used_at > _TOUCH:
        async with around.database.writing() as session:
            touched = await session.get(StaffSession, row.id_hash)
            if touched is not None:
                touched.used_at = now
    csrf = around.vault.token("csrf", session_id)
    return Signed(
        account.id,
        account.name,
        account.must_change,
        session_id,
        csrf,
        tuple(account.roles),
        account.full_name,
        account.totp_on,
        row.confirmed_at,
    )


async def find_pending(around: Surroundings, session_id: str) -> StaffAccount | None:
    """Whose second factor a session waits for."""
    async with around.database.reading() as session:
        found = (await session.execute(_living(around, session_id, pending=True))).one_or_none()
    return found[1] if found else None


async def confirm(around: Surroundings, signed: Signed) -> None:
    """The second factor was given just now."""
    async with around.database.writing() as session:
        row = await session.get(StaffSession, _hashed(signed.session))
        if row is not None:
            row.confirmed_at = around.clock()


def is_fresh(around: Surroundings, signed: Signed) -> bool:
    """Whether the second factor was given within the last minutes."""
    return signed.confirmed_at is not None and around.clock() - signed.confirmed_at <= FRESH


async def of_account(around: Surroundings, account_id: str) -> Sequence[StaffSession]:
    """The living sessions of an account, the last used first."""
    now = around.clock()
    query = (
        select(StaffSession)
        .where(
            StaffSession.account_id == account_id,
            StaffSession.pending.is_(False),
            StaffSession.used_at > now - IDLE,
            StaffSession.created_at > now - LONGEST,
        )
        .order_by(StaffSession.used_at.desc(), StaffSession.id_hash)
    )
    async with around.database.reading() as session:
        return (await session.scalars(query)).all()


def is_this(signed: Signed, row: StaffSession) -> bool:
    """Whether a row is the session of this very request."""
    return row.id_hash == _hashed(signed.session)


async def close(around: Surroundings, session_id: str) -> None:
    """End a session."""
    async with around.database.writing() as session:
        await session.execute(delete(StaffSession).where(StaffSession.id_hash == _hashed(session_id)))


async def close_one(session: AsyncSession, account_id: str, id_hash: str) -> None:
    """End one session of an account, known by its hash."""
    mine = StaffSession.account_id == account_id
    await session.execute(delete(StaffSession).where(mine, StaffSession.id_hash == id_hash))


async def close_all(session: AsyncSession, account_id: str, *, but: str = "") -> None:
    """End all sessions of an account, ``but`` the one with this id."""
    mine = StaffSession.account_id == account_id
    await session.execute(delete(StaffSession).where(mine, StaffSession.id_hash != _hashed(but)))


def _living(around: Surroundings, session_id: str, *, pending: bool) -> Select[StaffSession, StaffAccount]:
    now = around.clock()
    return (
        select(StaffSession, StaffAccount)
        .join(StaffAccount, StaffAccount.id == StaffSession.account_id)
        .where(
            StaffSession.id_hash == _hashed(session_id),
            StaffSession.pending.is_(pending),
            StaffSession.used_at > now - IDLE,
            StaffSession.created_at > now - (PENDING if pending else LONGEST),
            StaffAccount.disabled.is_(False),
        )
    )


def _hashed(session_id: str) -> str:
    return hashlib.sha256(session_id.encode("utf-8", "surrogatepass")).hexdigest()
