"""Guesses that come all at once are no more than guesses that come one by one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Sequence
from types import ModuleType
from unittest.mock import Mock

import pyotp
import pytest
from sqlalchemy import select

from api.access import accounts, passwords, people, second_factor
from api.access.second_factor import LIMITS
from api.models import StaffAccount
from api.surroundings import Surroundings
from tests.api.conftest import Site
from tests.api.console.staff import enter, hire, set_up_second_factor
from tests.fakes import FakeClock

AT_ONCE = 60


async def outcomes(attempts: Sequence[Awaitable[object]]) -> Counter[str]:
    """How many attempts ended in which way, all made at the same moment."""
    return Counter(type(ended).__name__ for ended in await asyncio.gather(*attempts, return_exceptions=True))


def counted(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> Mock:
    """How often a function is called, which works as before."""
    mock = Mock(side_effect=getattr(module, name))
    monkeypatch.setattr(module, name, mock)
    return mock


async def test_sixty_sign_ins_at_once_have_ten_passwords_looked_at(
    around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = counted(monkeypatch, passwords, "is_right")
    await people.add(around, "terminal", "can.bo", "", ["operator"])
    found = await outcomes([accounts.sign_in(around, "can.bo", f"đoán {n}", f"10.0.0.{n}") for n in range(AT_ONCE)])
    assert looked.call_count == accounts.BY_NAME.most
    assert found == {"NotSignedIn": accounts.BY_NAME.most, "TooMany": AT_ONCE - accounts.BY_NAME.most}


async def test_an_address_that_is_shut_shuts_no_name(around: Surroundings) -> None:
    _, password = await people.add(around, "terminal", "can.bo", "", ["operator"])
    for number in range(accounts.BY_ADDRESS.most):
        await outcomes([accounts.sign_in(around, f"ai.do.{number}", "đoán", "10.0.0.1")])
    found = await outcomes([accounts.sign_in(around, "can.bo", "đoán", "10.0.0.1") for _ in range(AT_ONCE)])
    assert found == {"TooMany": AT_ONCE}
    assert (await accounts.sign_in(around, "can.bo", password, "10.0.0.2")).name == "can.bo"


async def test_who_knows_the_password_is_never_counted(around: Surroundings) -> None:
    _, password = await people.add(around, "terminal", "can.bo", "", ["operator"])
    for _ in range(accounts.BY_NAME.most + 2):
        assert (await accounts.sign_in(around, "can.bo", password, "10.0.0.1")).name == "can.bo"


async def a_shift(around: Surroundings, size: int) -> list[tuple[str, str]]:
    """Officers with one password, hashed once."""
    _, password = await people.add(around, "terminal", "ca.0", "", ["operator"])
    async with around.database.writing() as session:
        first = (await session.scalars(select(StaffAccount))).one()
        for n in range(1, size):
            more = StaffAccount(id=f"{n:032}", name=f"ca.{n}", password_hash=first.password_hash, roles=["operator"])
            more.created_at = around.clock()
            session.add(more)
    return [(f"ca.{n}", password) for n in range(size)]


async def test_a_whole_shift_signs_in_at_once_from_one_address(around: Surroundings) -> None:
    shift = await a_shift(around, accounts.BY_ADDRESS.most + 15)
    found = await outcomes([accounts.sign_in(around, name, password, "10.0.0.1") for name, password in shift])
    assert found == {"StaffAccount": len(shift)}
    found = await outcomes([accounts.sign_in(around, f"ai.{n}", "đoán", "10.0.0.1") for n in range(AT_ONCE)])
    assert found == {"NotSignedIn": accounts.BY_ADDRESS.most, "TooMany": AT_ONCE - accounts.BY_ADDRESS.most}


async def test_guesses_among_a_shift_are_counted_all_the_same(around: Surroundings) -> None:
    shift = await a_shift(around, 20)
    guesses = [(f"ai.{n}", "đoán") for n in range(AT_ONCE)]
    mixed = [pair for pairs in zip(shift, guesses[:20], strict=True) for pair in pairs] + guesses[20:]
    found = await outcomes([accounts.sign_in(around, name, password, "10.0.0.1") for name, password in mixed])
    assert found["StaffAccount"] == len(shift)
    assert found["NotSignedIn"] == accounts.BY_ADDRESS.most
    assert found["TooMany"] == AT_ONCE - accounts.BY_ADDRESS.most
    assert await outcomes([accounts.sign_in(around, "ca.1", shift[1][1], "10.0.0.1")]) == {"TooMany": 1}


async def test_sixty_codes_at_once_have_five_looked_at(
    site: Site, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = await hire(site.around, "can.bo", "operator")
    phone, _ = await set_up_second_factor(site, await enter(site, officer))
    clock.move(600)
    wrong, looked = wrong_code(phone, clock), counted(monkeypatch, second_factor, "_step")
    found = await outcomes([second_factor.check(site.around, officer.id, wrong) for _ in range(AT_ONCE)])
    assert looked.call_count == LIMITS[0].most
    assert found == {"Refusal": LIMITS[0].most, "TooMany": AT_ONCE - LIMITS[0].most}
    clock.move(600)
    for _ in range(LIMITS[0].most + 2):
        clock.move(30)
        await second_factor.check(site.around, officer.id, phone.at(clock()))


def wrong_code(phone: pyotp.TOTP, clock: FakeClock) -> str:
    """Six digits that are right at no time near."""
    near = {phone.at(clock(), counter_offset=step) for step in (-1, 0, 1)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)
