"""The second factor: six digits from an app on the person's phone, or one of ten recovery codes, each once.

The secret is sealed, recovery codes are kept as keyed hashes. The number of the last used step is stored, so that what
somebody read over a shoulder does not work again. Must not know pages.
"""

from __future__ import annotations

import hmac
import secrets
from contextlib import AbstractAsyncContextManager

import pyotp
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api import codes
from api.access import audit, limits, sessions
from api.access.limits import Limit
from api.access.sessions import Signed
from api.errors import Refusal
from api.models import StaffAccount, StaffSession
from api.surroundings import Surroundings

STEP = 30
RECOVERY_CODES = 10
WRONG = "Mã chưa đúng hoặc đã dùng rồi. Đồng chí chờ mã mới trên điện thoại rồi gõ lại."
LIMITS = (Limit("second factor", 5, 300), Limit("second factor hour", 20, 3600), Limit("second factor day", 50, 86400))
_MISREAD = str.maketrans("OIL", "011", "- ")
_SECRET = "staff_accounts|totp_secret"  # noqa: S105  (the name of a column)


async def begin(around: Surroundings, signed: Signed) -> str:
    """The secret that is being set up, made where there is none yet. Raises Refusal where a factor is already on."""
    async with around.database.writing() as session:
        account = await _locked(session, signed.account_id)
        if account.totp_on:
            raise Refusal("Xác thực hai lớp đang bật rồi.")
        if account.totp_secret is None:
            account.totp_secret = around.vault.seal(_SECRET, account.id, pyotp.random_base32().encode())
        return _secret(around, account)


def address(signed: Signed, secret: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=signed.name, issuer_name="Canh Giac")


async def turn_on(around: Surroundings, signed: Signed, code: str) -> list[str]:
    """Switch it on with a first code from the app; gives the recovery codes, to be shown once. Raises Refusal."""
    async with _failures(around, signed.account_id):
        async with around.database.writing() as session:
            account = await _locked(session, signed.account_id)
            step = None if account.totp_on else _step(around, account, code)
            if step is None:
                raise Refusal(WRONG)
            account.totp_on, account.totp_counter = True, step
            drawn = _draw_codes(around, account)
            await sessions.close_all(session, account.id, but=signed.session)
            mine = select(StaffSession).where(StaffSession.account_id == account.id, StaffSession.pending.is_(False))
            for row in (await session.scalars(mine)).all():
                row.confirmed_at = around.clock()
            await audit.record(session, signed, "second_factor.on", f"account/{account.id}")
        return drawn


async def check(around: Surroundings, account_id: str, code: str) -> None:
    """Accept a code from the app or a recovery code, once. Raises Refusal, or TooMany after too many wrong ones."""
    async with _failures(around, account_id), around.database.writing() as session:
        account = await _locked(session, account_id)
        step = _step(around, account, code) if account.totp_on else None
        if step is not None:
            account.totp_counter = step
            return
        left = _without(around, account, code) if account.totp_on else None
        if left is None:
            raise Refusal(WRONG)
        account.recovery_codes = left
        details = {"left": len(left)}
        await audit.record(session, account.name, "second_factor.recovery", f"account/{account.id}", "", details)


async def turn_off(around: Surroundings, signed: Signed) -> None:
    """Switch it off, as before a new phone. Raises Refusal where the unit demands one."""
    async with around.database.writing() as session:
        account = await _locked(session, signed.account_id)
        clear(account)
        await sessions.close_all(session, account.id, but=signed.session)
        await audit.record(session, signed, "second_factor.off", f"account/{account.id}")


async def new_codes(around: Surroundings, signed: Signed) -> list[str]:
    """Ten new recovery codes; the old ones end."""
    async with around.database.writing() as session:
        account = await _locked(session, signed.account_id)
        drawn = _draw_codes(around, account)
        await audit.record(session, signed, "second_factor.codes", f"account/{account.id}")
    return drawn


def clear(account: StaffAccount) -> None:
    """Forget an account's second factor; the last used step stays, so that no old code comes back."""
    account.totp_secret, account.totp_on, account.recovery_codes = None, False, []


async def _locked(session: AsyncSession, account_id: str) -> StaffAccount:
    return await session.get_one(StaffAccount, account_id, with_for_update=True)


def _secret(around: Surroundings, account: StaffAccount) -> str:
    if account.totp_secret is None:
        raise Refusal("Xác thực hai lớp chưa được bật.")
    return around.vault.open(_SECRET, account.id, account.totp_secret).decode()


def _step(around: Surroundings, account: StaffAccount, code: str) -> int | None:
    """The step of time that a code belongs to, this one or a neighbour, later than the last used."""
    digits = "".join(code.split())
    if account.totp_secret is None or not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        return None
    made = pyotp.HOTP(_secret(around, account))
    now = int(around.clock().timestamp()) // STEP
    for step in (now, now - 1, now + 1):
        if hmac.compare_digest(made.at(step), digits) and step > account.totp_counter:
            return step
    return None


def _draw_codes(around: Surroundings, account: StaffAccount) -> list[str]:
    drawn = ["".join(secrets.choice(codes.ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    account.recovery_codes = [_hashed(around, account, code) for code in drawn]
    return [f"{code[:5]}-{code[5:]}" for code in drawn]


def _without(around: Surroundings, account: StaffAccount, code: str) -> list[str] | None:
    """The recovery codes that are left without this one; None where it is none of them."""
    typed = code.upper().translate(_MISREAD)
    if len(typed) != 10 or not typed.isascii():
        return None
    given = _hashed(around, account, typed)
    left = [known for known in account.recovery_codes if not hmac.compare_digest(str(known), given)]
    return left if len(left) < len(account.recovery_codes) else None


def _hashed(around: Surroundings, account: StaffAccount, code: str) -> str:
    return around.vault.token("recovery code", f"{account.id} {code}")


def _failures(around: Surroundings, account_id: str) -> AbstractAsyncContextManager[None]:
    return limits.failures(around, *((limit, account_id) for limit in LIMITS))
