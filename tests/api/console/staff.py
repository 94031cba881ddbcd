"""Officers for tests: made and signed in straight in the tables, because hashing a password takes a third of a second."""

from __future__ import annotations

import re
from collections.abc import Iterable

import httpx
import pyotp

from api.access import accounts, sessions
from api.access.permissions import Role
from api.console import guard
from api.models import StaffAccount
from api.surroundings import Surroundings
from tests.api.conftest import Site


async def hire(around: Surroundings, name: str, *roles: str) -> StaffAccount:
    """An account whose password nobody knows."""
    account = accounts.fresh(around, name, "", tuple(Role(role) for role in roles), "!")
    account.must_change = False
    async with around.database.writing() as session:
        session.add(account)
    return account


async def enter(site: Site, account: StaffAccount, *, confirmed: bool = False) -> str:
    """Sit down at the browser; gives the token for its forms."""
    session_id = await sessions.open_for(site.around, account, confirmed=confirmed)
    site.client.cookies.clear()
    site.client.cookies.set(guard.cookie(site.around), session_id)
    return site.around.vault.token("csrf", session_id)


async def hire_and_enter(site: Site, *roles: str, name: str = "") -> str:
    """A new officer at the browser; gives the token for their forms."""
    return await enter(site, await hire(site.around, name or f"can-bo.{'.'.join(roles)}"[:40], *roles))


async def post(site: Site, path: str, csrf: str, **fields: str | Iterable[str]) -> httpx.Response:
    """Send a form of ours."""
    data = {name: value if isinstance(value, str) else list(value) for name, value in fields.items()}
    return await site.client.post(path, data={"csrf": csrf} | data)


async def set_up_second_factor(site: Site, csrf: str) -> tuple[pyotp.TOTP, list[str]]:
    """As a person does: read the secret, give the first code, keep the recovery codes."""
    page = (await site.client.get("/can-bo/toi/hai-lop")).text
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found is not None, page
    phone = pyotp.TOTP(found[1].replace(" ", ""))
    done = await post(site, "/can-bo/toi/hai-lop", csrf, ma_xac_thuc=phone.at(site.around.clock()))
    assert done.status_code == 200, done.text
    return phone, re.findall(r"<li><code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", done.text)
