"""The unit's own sign-on, against a small provider on loopback that checks what real ones check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from joserfc.jwk import OctKey, RSAKey

from api.access import people
from api.access.sign_on import REMEMBERED
from api.errors import Refusal
from api.settings import BrokenSettings, load
from tests.api.access import provider as fake
from tests.api.access.provider import CLIENT, SECRET, Provider
from tests.api.conftest import Site
from tests.api.console.staff import enter, hire, set_up_second_factor
from tests.fakes import FakeClock

START, BACK = "/can-bo/dang-nhap-chung", "/can-bo/dang-nhap-chung/ve"


@pytest.fixture
def provider(site: Site, clock: FakeClock) -> Iterator[Provider]:
    """The provider, with the service set to it."""
    with fake.running(clock) as running:
        sign_on = {
            "sign_on_issuer": running.issuer, "sign_on_client_id": CLIENT, "sign_on_client_secret": SECRET,
            "base_url": "http://test",
        }  # fmt: skip
        site.around.settings = site.around.settings.model_copy(update=sign_on)
        yield running


async def linked(site: Site, subject: str = "u-17") -> str:
    officer = await hire(site.around, "can.bo", "operator")
    await people.link(site.around, "terminal", officer.id, subject)
    return officer.id


async def comes_in(site: Site, provider: Provider, subject: str = "u-17", **changed: str) -> httpx.Response:
    sent = await site.client.get(START)
    assert sent.status_code == 303, sent.text
    back = provider.signs_in(sent.headers["location"], subject)
    return await site.client.get(BACK, params=back | changed)


async def is_in(site: Site) -> bool:
    return (await site.client.get("/can-bo/toi")).status_code == 200


async def test_a_linked_person_comes_in(site: Site, provider: Provider) -> None:
    await linked(site)
    assert START in (await site.client.get("/can-bo/dang-nhap")).text
    done = await comes_in(site, provider)
    assert done.status_code == 200
    assert 'content="0;url=/can-bo"' in done.text
    assert await is_in(site)
    assert "sign-on" not in site.client.cookies


async def test_somebody_unknown_is_told_the_code_for_the_administrator(site: Site, provider: Provider) -> None:
    await linked(site)
    refused = await comes_in(site, provider, "u-<b>18")
    assert refused.status_code == 403
    assert "u-&lt;b&gt;18" in refused.text
    assert not await is_in(site)


async def test_a_shut_account_stays_out(site: Site, provider: Provider) -> None:
    await people.disable(site.around, "terminal", await linked(site))
    assert (await comes_in(site, provider)).status_code == 403
    assert not await is_in(site)


async def test_the_second_factor_is_still_asked_for(site: Site, provider: Provider, clock: FakeClock) -> None:
    account_id = await linked(site)
    phone, _ = await set_up_second_factor(site, await enter(site, await people.one(site.around, account_id)))
    site.client.cookies.clear()
    clock.move(60)
    assert "url=/can-bo/ma" in (await comes_in(site, provider)).text
    assert not await is_in(site)
    await site.client.post("/can-bo/ma", data={"ma_xac_thuc": phone.at(clock())})
    assert await is_in(site)


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.vn"},
        {"aud": "other"},
        {"aud": [CLIENT, "other"]},
        {"nonce": "other"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 17},
        {"sub": "a\nb"},
        {"exp": 1},
        {"exp": None},
        {"iat": 99999999999},
    ],
)
async def test_a_token_that_lies_is_refused(site: Site, provider: Provider, lie: dict[str, Any]) -> None:
    await linked(site)
    provider.lies = lie
    assert (await comes_in(site, provider)).status_code == 502
    assert not await is_in(site)


async def test_a_token_of_another_key_is_refused(site: Site, provider: Provider) -> None:
    await linked(site)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert (await comes_in(site, provider)).status_code == 502
    provider.signs_with, provider.algorithm = OctKey.import_key(SECRET * 4), "HS256"
    assert (await comes_in(site, provider)).status_code == 502
    assert not await is_in(site)


@pytest.mark.parametrize("changed", [{"state": "other"}, {"state": ""}, {"code": "other"}, {"code": ""}])
async def test_what_comes_back_must_be_what_was_asked(site: Site, provider: Provider, changed: dict[str, str]) -> None:
    await linked(site)
    assert (await comes_in(site, provider, **changed)).status_code == 502
    assert not await is_in(site)


async def test_an_answer_brought_by_another_browser_is_refused(site: Site, provider: Provider) -> None:
    """Somebody else's sign-in slipped under a person, with no cookie, an old one or another try's."""
    await linked(site)
    first = await site.client.get(START)
    stolen = provider.signs_in(first.headers["location"], "u-17")
    site.client.cookies.clear()
    assert (await site.client.get(BACK, params=stolen)).status_code == 502
    await site.client.get(START)
    assert (await site.client.get(BACK, params=stolen)).status_code == 502
    site.client.cookies.set("sign-on", "không phải của ta".encode().hex())
    assert (await site.client.get(BACK, params=stolen)).status_code == 502
    assert not await is_in(site)


async def test_an_answer_that_took_too_long_is_refused(site: Site, provider: Provider, clock: FakeClock) -> None:
    await linked(site)
    back = provider.signs_in((await site.client.get(START)).headers["location"], "u-17")
    clock.move(REMEMBERED.total_seconds() + 1)
    assert (await site.client.get(BACK, params=back)).status_code == 502


async def test_a_provider_that_is_away_or_another_leaves_the_password(site: Site, provider: Provider) -> None:
    provider.away = True
    away = await site.client.get(START)
    assert away.status_code == 502
    assert 'name="password"' in away.text
    provider.away, provider.says_issuer = False, "https://evil.vn"
    assert (await site.client.get(START)).status_code == 502


async def test_where_it_is_not_set_up_there_is_none(site: Site) -> None:
    assert (await site.client.get(START)).status_code == 404
    assert (await site.client.get(BACK)).status_code == 404
    assert START not in (await site.client.get("/can-bo/dang-nhap")).text


async def test_one_person_of_the_sign_on_has_one_account(site: Site) -> None:
    await linked(site)
    other = await hire(site.around, "khac", "operator")
    with pytest.raises(Refusal, match="đã gắn"):
        await people.link(site.around, "terminal", other.id, "u-17")


@pytest.mark.parametrize(
    "given",
    [
        {"sign_on_issuer": "https://sso.vn"},
        {"sign_on_issuer": "http://sso.vn", "sign_on_client_id": "a", "sign_on_client_secret": "b"},
    ],
)
def test_half_a_sign_on_or_one_in_the_clear_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(BrokenSettings, match="SIGN_ON"):
        load(**given)
