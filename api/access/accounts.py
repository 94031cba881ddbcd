"""Staff accounts: making, checking a password, changing it.

A wrong name costs as much time as a wrong password and gets the same words. Must not know pages or cookies.
"""

from __future__ import annotations

import asyncio
import secrets
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import delete, select

from api.access.limits import Limit, check, spend
from api.access.permissions import Role
from api.errors import NotSignedIn, Refusal
from api.models import StaffAccount, StaffSession
from api.surroundings import Surroundings

FIRST = "truc-ban"
FIRST_ROLES = (Role.ADMINISTRATOR,)
FIRST_ROLES_AT_HOME = (Role.ADMINISTRATOR, Role.LEAD, Role.CURATOR)  # one person can try everything
SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 200
BY_NAME = Limit("login name", 10, 300)
BY_ADDRESS = Limit("login address", 30, 300)
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
_hasher = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65536, parallelism=2),))


async def ensure_first(around: Surroundings) -> str | None:
    """Make the first account where there is none; its password, to be shown once."""
    async with around.database.reading() as session:
        if (await session.execute(select(StaffAccount.id).limit(1))).first():
            return None
    password = secrets.token_urlsafe(15)
    account = StaffAccount(
        id=secrets.token_hex(16),
        name=FIRST,
        password_hash=await _hash(around, password),
        must_change=around.settings.is_production,
        disabled=False,
        created_at=around.clock(),
        roles=[role.value for role in (FIRST_ROLES if around.settings.is_production else FIRST_ROLES_AT_HOME)],
    )
    async with around.database.writing() as session:
        session.add(account)
    return password


async def reset(around: Surroundings, name: str) -> str | None:
    """A new random password for an account, which ends its sessions; None where there is no such account."""
    password = secrets.token_urlsafe(15)
    hashed = await _hash(around, password)
    async with around.database.writing() as session:
        account = (await session.scalars(select(StaffAccount).where(StaffAccount.name == name))).one_or_none()
        if account is None:
            return None
        account.password_hash, account.must_change = hashed, around.settings.is_production
        await session.execute(delete(StaffSession).where(StaffSession.account_id == account.id))
    return password


async def sign_in(around: Surroundings, name: str, password: str, address: str) -> StaffAccount:
    """The account of a name and password. Raises NotSignedIn, or TooMany after ten failures in five minutes."""
    name = name.strip().lower()[:40]
    await check(around, BY_NAME, name)
    await check(around, BY_ADDRESS, address)
    async with around.database.reading() as session:
        account = (await session.scalars(select(StaffAccount).where(StaffAccount.name == name))).one_or_none()
    known = account.password_hash if account else await asyncio.to_thread(_nobody)
    right = await _verify(around, password[:LONGEST_PASSWORD], known)
    if account is None or account.disabled or not right:
        await spend(around, BY_NAME, name)
        await spend(around, BY_ADDRESS, address)
        raise NotSignedIn(WRONG)
    return account


async def change_password(around: Surroundings, account_id: str, old: str, new: str) -> None:
    """Replace a password and end all sessions of the account. Raises Refusal with the reason."""
    if not SHORTEST_PASSWORD <= len(new) <= LONGEST_PASSWORD:
        raise Refusal(f"Mật khẩu mới cần từ {SHORTEST_PASSWORD} ký tự trở lên. Một câu dễ nhớ là tốt nhất.")
    if new == old:
        raise Refusal("Mật khẩu mới phải khác mật khẩu cũ.")
    await check(around, BY_NAME, account_id)
    async with around.database.reading() as session:
        account = await session.get_one(StaffAccount, account_id)
    if len(set(new)) < 6 or account.name in new.lower():
        raise Refusal("Mật khẩu mới dễ đoán quá: lặp lại nhiều hoặc chứa tên đăng nhập.")
    if not await _verify(around, old[:LONGEST_PASSWORD], account.password_hash):
        await spend(around, BY_NAME, account_id)
        raise Refusal("Mật khẩu đang dùng chưa đúng.")
    hashed = await _hash(around, new)
    async with around.database.writing() as session:
        account = await session.get_one(StaffAccount, account_id)
        account.password_hash, account.must_change = hashed, False
        await session.execute(delete(StaffSession).where(StaffSession.account_id == account_id))


async def _hash(around: Surroundings, password: str) -> str:
    async with around.hashing:  # 64 MiB each: two at a time cannot exhaust the memory
        return await asyncio.to_thread(_hasher.hash, password)


async def _verify(around: Surroundings, password: str, known: str) -> bool:
    async with around.hashing:
        return await asyncio.to_thread(_hasher.verify, password, known)


@cache
def _nobody() -> str:
    """A hash that no password fits, so that an unknown name takes as long."""
    return _hasher.hash(secrets.token_urlsafe(32))
