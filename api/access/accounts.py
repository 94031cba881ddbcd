"""A person and their password: signing in, changing it, the very first account.

A wrong name costs as much time as a wrong password and gets the same words. Must not know pages or cookies.
"""

from __future__ import annotations

import secrets

from sqlalchemy import select

from api.access import audit, passwords, sessions
from api.access.limits import Limit, failures
from api.access.permissions import Role
from api.access.sessions import Signed
from api.errors import NotSignedIn, Refusal
from api.models import StaffAccount
from api.surroundings import Surroundings

FIRST = "truc-ban"
FIRST_ROLES = (Role.ADMINISTRATOR,)
FIRST_ROLES_AT_HOME = (Role.ADMINISTRATOR, Role.LEAD, Role.CURATOR)  # one person can try everything
BY_NAME = Limit("login name", 10, 300)
BY_ADDRESS = Limit("login address", 30, 300)
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."


async def ensure_first(around: Surroundings) -> str | None:
    """Make the first account where there is none; its password, to be shown once."""
    async with around.database.reading() as session:
        if (await session.execute(select(StaffAccount.id).limit(1))).first():
            return None
    password = passwords.draw()
    hashed = await passwords.make_hash(around, password)
    roles = FIRST_ROLES if around.settings.is_production else FIRST_ROLES_AT_HOME
    account = fresh(around, FIRST, "", roles, hashed)
    account.must_change = around.settings.is_production
    async with around.database.writing() as session:
        if (await session.execute(select(StaffAccount.id).limit(1))).first():
            return None  # another replica was faster
        session.add(account)
        await audit.record(session, "service", "account.add", f"account/{account.id}", details={"roles": account.roles})
    return password


def fresh(around: Surroundings, name: str, full_name: str, roles: tuple[Role, ...], hashed: str) -> StaffAccount:
    """A new account, whose password has to be changed at the first sign-in."""
    return StaffAccount(
        id=secrets.token_hex(16),
        name=name,
        full_name=full_name,
        password_hash=hashed,
        must_change=True,
        disabled=False,
        created_at=around.clock(),
        roles=[role.value for role in roles],
        recovery_codes=[],
        totp_on=False,
        totp_counter=0,
    )


async def sign_in(around: Surroundings, name: str, password: str, address: str) -> StaffAccount:
    """The account of a name and password. Raises NotSignedIn, or TooMany after ten failures in five minutes."""
    name = name.strip().lower()[:40].replace("\0", "")
    async with failures(around, (BY_NAME, name), (BY_ADDRESS, address)):
        return await _known(around, name, password)


async def _known(around: Surroundings, name: str, password: str) -> StaffAccount:
    async with around.database.reading() as session:
        account = (await session.scalars(select(StaffAccount).where(StaffAccount.name == name))).one_or_none()
    right = await passwords.is_right(around, password, account.password_hash if account else None)
    if account is None or account.disabled or not right:
        if account is not None:
            async with around.database.writing() as session:
                await audit.record(session, account.name, "session.refused", f"account/{account.id}")
        raise NotSignedIn(WRONG)
    return account


async def entered(around: Surroundings, account: StaffAccount, how: str) -> None:
    """Note that somebody is in, all factors given."""
    async with around.database.writing() as session:
        (await session.get_one(StaffAccount, account.id)).signed_in_at = around.clock()
        await audit.record(session, account.name, "session.open", f"account/{account.id}", details={"how": how})


async def change_password(around: Surroundings, signed: Signed, old: str, new: str) -> StaffAccount:
    """Replace a password and end all sessions of the account. Raises Refusal with the reason."""
    passwords.check(new, signed.name)
    if new == old:
        raise Refusal("Mật khẩu mới phải khác mật khẩu cũ.")
    async with failures(around, (BY_NAME, signed.account_id)):
        async with around.database.reading() as session:
            account = await session.get_one(StaffAccount, signed.account_id)
        if not await passwords.is_right(around, old, account.password_hash):
            raise Refusal("Mật khẩu đang dùng chưa đúng.")
    hashed = await passwords.make_hash(around, new)
    async with around.database.writing() as session:
        account = await session.get_one(StaffAccount, signed.account_id)
        account.password_hash, account.must_change = hashed, False
        await sessions.close_all(session, signed.account_id)
        await audit.record(session, signed, "account.password", f"account/{account.id}")
    return account
