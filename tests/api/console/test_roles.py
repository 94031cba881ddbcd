"""Every route has a guard, and every role gets through exactly those that the map gives it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from api.access import permissions
from api.access.permissions import MAY, PERMISSIONS, TITLES, Role
from api.console import guard, navigation
from api.errors import NotPermitted
from tests.api.conftest import Site
from tests.api.console.staff import hire_and_enter, post

OPEN = {
    "/", "/quyen-rieng-tu", "/thu-doan", "/thu-doan/{slug}", "/api/web/messages", "/api/web/replies",
    "/api/web/pictures", "/the-canh-bao/{name}.png", "/healthz",
    "/readyz", "/.well-known/security.txt", "/webhooks/{channel}", "/openapi.json", "/can-bo/dang-nhap", "/can-bo/ma",
    "/can-bo/dang-nhap-chung", "/can-bo/dang-nhap-chung/ve", "/feed/catalogue.json",
}  # fmt: skip
"""Everything that anybody may call. A new route is either here or behind the guard."""
ANYBODY_SIGNED = {
    "/can-bo", "/can-bo/dang-xuat", "/can-bo/xac-nhan", "/can-bo/mat-khau", "/can-bo/toi", "/can-bo/toi/phien",
    "/can-bo/toi/hai-lop", "/can-bo/toi/hai-lop/ma.svg", "/can-bo/toi/hai-lop/ma-du-phong", "/can-bo/toi/hai-lop/doi",
}  # fmt: skip
"""What belongs to every signed-in person, whatever their roles. All else in the console names a permission."""


def calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from calls(inner)


def routes(app: FastAPI) -> Iterator[tuple[str, str, APIRoute]]:
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            for method in sorted(route.methods or ()):
                yield method, str(context.path), route


def needed(route: APIRoute) -> frozenset[str] | None:
    """The permissions of which one is enough, where the route names some."""
    named = [guard.NEEDED[call] for call in calls(route.dependant) if call in guard.NEEDED]
    return named[0] if named else None


def filled(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "1", path)


def test_the_map_is_whole_and_no_role_contains_another() -> None:
    assert set(MAY) == set(TITLES) == set(Role)
    assert frozenset().union(*MAY.values()) == PERMISSIONS.keys()
    for role, may in MAY.items():
        for other, its in MAY.items():
            contained = {(Role.OPERATOR, Role.LEAD)}  # a lead works cases too
            assert role == other or (role, other) in contained or not may <= its, (role, other)


def test_what_must_never_meet_in_one_role() -> None:
    content = {"cases.read", "reports.read", "identity.reveal"}
    assert not MAY[Role.ADMINISTRATOR] & content
    assert not MAY[Role.AUDITOR] & content
    for asks, grants in (
        ("catalogue.draft", "catalogue.approve"),
        ("indicators.propose", "indicators.approve"),
        ("export.request", "export.approve"),
        ("people.manage", "audit.read"),
    ):
        assert not any({asks, grants} <= may for may in MAY.values())
    assert permissions.granted(["", "root", "Operator"]) == frozenset()


async def test_every_route_has_a_guard_or_is_open_on_purpose(site: Site) -> None:
    found = list(routes(site.app))
    assert len(found) > 20
    for method, path, route in found:
        if not guard.GUARDS & set(calls(route.dependant)):
            assert path in OPEN, path
            continue
        response = await site.client.request(method, filled(path))
        assert response.status_code == 401, (method, path)


async def test_every_route_of_the_console_names_a_permission(site: Site) -> None:
    unnamed = {path for _, path, route in routes(site.app) if path.startswith("/can-bo") and needed(route) is None}
    assert unnamed - OPEN <= ANYBODY_SIGNED


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_gets_through_where_the_map_says_and_nowhere_else(site: Site, role: Role) -> None:
    """Generated from the routes that there are: a new one is tested as soon as it exists."""
    transport = httpx.ASGITransport(app=site.app, client=("127.0.0.1", 5000), raise_app_exceptions=False)
    csrf = await hire_and_enter(site, role.value)
    cookies = dict(site.client.cookies)
    tried = 0
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test", headers={"Origin": "http://test"}, cookies=cookies
    ) as client:
        for method, path, route in routes(site.app):
            wants = needed(route)
            if wants is None:
                continue
            tried += 1
            form = {"data": {"csrf": csrf}} if method == "POST" else {}
            try:
                response = await asyncio.wait_for(client.request(method, filled(path), **form), 3)  # type: ignore[arg-type]
            except TimeoutError:  # a stream that stays open: it let the person in
                assert wants & MAY[role], (method, path)
                continue
            refused = response.status_code == 403 and NotPermitted.sentence in response.text
            assert refused != bool(wants & MAY[role]), (method, path, response.status_code)
            assert response.status_code < 500, (method, path)
    assert tried > 5


@pytest.mark.parametrize("role", list(Role))
async def test_the_navigation_shows_what_opens(site: Site, role: Role) -> None:
    await hire_and_enter(site, role.value)
    page = (await site.client.get("/can-bo", follow_redirects=True)).text
    shown = set(re.findall(r'<li><a href="([^"]+)"', page))
    assert shown == {link.path for link in navigation.LINKS if link.needs & MAY[role]}
    for path in shown:
        assert (await site.client.get(path)).status_code == 200, path


async def test_every_link_leads_to_a_page(site: Site) -> None:
    paths = {path for method, path, _ in routes(site.app) if method == "GET"}
    assert {link.path for link in navigation.LINKS} <= paths


async def test_two_roles_may_what_each_may(site: Site) -> None:
    await hire_and_enter(site, "auditor", "curator")
    assert (await site.client.get("/can-bo/nhat-ky")).status_code == 200
    assert (await site.client.get("/can-bo/phan-anh")).status_code == 403


async def test_without_any_role_there_is_still_a_page_of_ones_own(site: Site) -> None:
    await hire_and_enter(site, name="chua-giao-viec")
    home = await site.client.get("/can-bo", follow_redirects=True)
    assert home.status_code == 200
    assert home.url.path == "/can-bo/toi"


async def test_a_refusal_is_shown_inside_the_console(site: Site) -> None:
    await hire_and_enter(site, "auditor")
    page = (await site.client.get("/can-bo/phan-anh")).text
    assert NotPermitted.sentence in page
    assert 'href="/can-bo/nhat-ky"' in page


@pytest.mark.parametrize("names", [(), ("cases.raed",), ("cases.read", "")])
def test_a_permission_that_is_not_in_the_map_is_refused_when_the_service_starts(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"\("):
        guard.may(*names)


@pytest.mark.parametrize(
    ("headers", "sends"),
    [
        ({"Origin": "http://test"}, ""),
        ({"Origin": "http://test"}, "0" * 64),
        ({"Origin": "https://evil.vn"}, "right"),
        ({"Origin": "null"}, "right"),
        ({}, "right"),
    ],
)
async def test_no_route_takes_a_form_that_is_not_ours(site: Site, headers: dict[str, str], sends: str) -> None:
    csrf = await hire_and_enter(site, *(role.value for role in Role))
    del site.client.headers["origin"]
    for method, path, route in routes(site.app):
        if method == "POST" and guard.GUARDS & set(calls(route.dependant)):
            data = {"csrf": sends.replace("right", csrf)}
            assert (await site.client.post(filled(path), data=data, headers=headers)).status_code == 403, path
    site.client.headers["origin"] = "http://test"
    assert (await post(site, "/can-bo/toi/phien", csrf)).status_code == 303
