"""What an administrator does with accounts. Each act is one transaction with its row in the audit log.

Nobody changes their own roles, and the last administrator cannot be lost. Must not know pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import accounts, audit, passwords, second_factor, sessions
from api.access.permissions import TITLES, Role
from api.access.sessions import Signed
from api.errors import NotFound, Refusal
from api.models import StaffAccount
from api.surroundings import Surroundings

By = Signed | str
LAST = "Đây là tài khoản quản trị cuối cùng. Hãy cấp vai trò quản trị cho một người khác trước."
OWN = "Đồng chí không tự làm việc này với tài khoản của mình. Nhờ một quản trị khác."
APART = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
"""Whoever keeps the accounts must not be the one who checks what was done with them."""


async def everybody(around: Surroundings) -> Sequence[StaffAccount]:
    """All accounts by name."""
    async with around.database.reading() as session:
        return (await session.scalars(select(StaffAccount).order_by(StaffAccount.name))).all()


async def one(around: Surroundings, account_id: str) -> StaffAccount:
    """One account. Raises NotFound."""
    async with around.database.reading() as session:
        return await _found(session, account_id)


async def named(around: Surroundings, name: str) -> StaffAccount:
    """The account of a name. Raises NotFound."""
    async with around.database.reading() as session:
        account = (await session.scalars(select(StaffAccount).where(StaffAccount.name == name))).one_or_none()
    if account is None:
        raise NotFound(f"Không có tài khoản {name}.")
    return account


async def add(around: Surroundings, by: By, name: str, full_name: str, roles: Iterable[str]) -> tuple[str, str]:
    """A new account; gives its id and its one-time password. Raises Refusal."""
    name = name.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,39}", name):
        raise Refusal("Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, số, dấu chấm hoặc gạch.")
    chosen = _chosen(roles)
    password = passwords.draw()
    account = accounts.fresh(around, name, _tidy(full_name), chosen, await passwords.make_hash(around, password))
    async with around.database.writing() as session:
        if (await session.execute(select(StaffAccount.id).where(StaffAccount.name == name))).first():
            raise Refusal(f"Đã có tài khoản {name}.")
        session.add(account)
        details = {"name": name, "roles": account.roles}
        await audit.record(session, by, "account.add", f"account/{account.id}", details=details)
    return account.id, password


async def change(around: Surroundings, by: By, account_id: str, full_name: str, roles: Iterable[str]) -> None:
    """Another name or other roles; other roles end all sessions. Raises Refusal."""
    chosen = [role.value for role in _chosen(roles)]
    async with around.database.writing() as session:
        account = await _found(session, account_id)
        before = sorted(account.roles)
        if before != sorted(chosen):
            _not_oneself(by, account)
            if Role.ADMINISTRATOR not in chosen:
                await _not_the_last(session, account)
            account.roles = chosen
            await sessions.close_all(session, account.id)
        account.full_name = _tidy(full_name)
        details = {"before": before, "after": sorted(chosen)}
        await audit.record(session, by, "account.roles", f"account/{account.id}", details=details)


async def disable(around: Surroundings, by: By, account_id: str, reason: str = "") -> None:
    """Shut an account and end its sessions. Raises Refusal."""
    async with around.database.writing() as session:
        account = await _found(session, account_id)
        _not_oneself(by, account)
        await _not_the_last(session, account)
        account.disabled = True
        await sessions.close_all(session, account.id)
        await audit.record(session, by, "account.disable", f"account/{account.id}", reason)


async def enable(around: Surroundings, by: By, account_id: str) -> None:
    """Open a shut account again."""
    async with around.database.writing() as session:
        account = await _found(session, account_id)
        _not_oneself(by, account)
        account.disabled = False
        await audit.record(session, by, "account.enable", f"account/{account.id}")


async def reset(around: Surroundings, by: By, account_id: str, *, second: bool = False) -> str:
    """A one-time password, and with ``second`` no second factor any more; all sessions end. Raises Refusal."""
    password = passwords.draw()
    hashed = await passwords.make_hash(around, password)
    async with around.database.writing() as session:
        account = await _found(session, account_id)
        _not_oneself(by, account)
        account.password_hash, account.must_change = hashed, True
        if second:
            second_factor.clear(account)
        await sessions.close_all(session, account.id)
        details = {"second_factor_cleared": second}
        await audit.record(session, by, "account.reset", f"account/{account.id}", details=details)
    return password


async def link(around: Surroundings, by: By, account_id: str, subject: str) -> None:
    """Who the account is at the unit's own sign-on, instead of a password; empty takes it away. Raises Refusal."""
    subject = subject.strip().replace("\0", "")[:255]
    hashed = await passwords.make_hash(around, passwords.draw())
    async with around.database.writing() as session:
        account = await _found(session, account_id)
        _not_oneself(by, account)
        taken = select(StaffAccount.id).where(StaffAccount.subject == subject, StaffAccount.id != account.id)
        if subject and (await session.execute(taken)).first():
            raise Refusal("Mã này đã gắn với một tài khoản khác.")
        account.subject = subject or None
        if subject:
            account.password_hash, account.must_change = hashed, False
        await sessions.close_all(session, account.id)
        await audit.record(session, by, "account.link", f"account/{account.id}", details={"linked": bool(subject)})


def _chosen(roles: Iterable[str]) -> tuple[Role, ...]:
    wanted = set(roles)
    chosen = tuple(role for role in Role if role.value in wanted)
    if not chosen or len(chosen) < len(wanted):
        raise Refusal("Đồng chí chọn ít nhất một vai trò trong danh sách.")
    if set(chosen) >= APART:
        titles = " và ".join(f"“{TITLES[role]}”" for role in Role if role in APART)
        raise Refusal(f"{titles} không giao cho cùng một người.")
    return chosen


def _tidy(full_name: str) -> str:
    return " ".join(full_name.replace("\0", "").split())[:80]


def _not_oneself(by: By, account: StaffAccount) -> None:
    if isinstance(by, Signed) and by.account_id == account.id:
        raise Refusal(OWN)


async def _not_the_last(session: AsyncSession, account: StaffAccount) -> None:
    """All administrators are locked, so that two of them cannot remove each other at once."""
    working = select(StaffAccount).where(StaffAccount.disabled.is_(False)).order_by(StaffAccount.id).with_for_update()
    others = (await session.scalars(working)).all()
    if Role.ADMINISTRATOR in account.roles and not any(
        Role.ADMINISTRATOR in other.roles for other in others if other.id != account.id
    ):
        raise Refusal(LAST)


async def _found(session: AsyncSession, account_id: str) -> StaffAccount:
    account = await session.get(StaffAccount, account_id[:32].replace("\0", ""))
    if account is None:
        raise NotFound("Không có tài khoản này.")
    return account
