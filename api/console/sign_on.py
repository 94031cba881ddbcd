"""The way in through the unit's own sign-on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge, templates
from api.access import sign_on
from api.console import doors, guard
from api.errors import NotFound, SignOnFailed
from api.surroundings import Surroundings

router = APIRouter(prefix="/can-bo/dang-nhap-chung")


@router.get("")
async def begin(request: Request) -> Response:
    """Off to the sign-on."""
    around = _on(request)
    try:
        address, remembered = await sign_on.begin(around)
    except SignOnFailed as failed:
        return templates.login(request, failed.sentence, failed.status)
    response = RedirectResponse(address, 303)
    secure = around.settings.is_production
    seconds = int(sign_on.REMEMBERED.total_seconds())
    response.set_cookie(
        _cookie(around), remembered, max_age=seconds, httponly=True, secure=secure, samesite="lax", path="/"
    )
    return response


@router.get("/ve")
async def come_back(request: Request) -> Response:
    """Back from the sign-on: the account that is linked, or the code by which an administrator links one."""
    around = _on(request)
    try:
        subject = await sign_on.finish(around, request.cookies.get(_cookie(around), ""), dict(request.query_params))
    except SignOnFailed as failed:
        return _forget(around, templates.login(request, failed.sentence, failed.status))
    account = await sign_on.account(around, subject)
    if account is None:
        return _forget(around, templates.page(request, "sign_on_unknown.html", {"subject": subject}, status=403))
    target, session_id = await doors.let_in(request, account, "sign-on")
    # A page and not a redirect: a browser sends no strict cookie along a chain that began on another site.
    response = templates.page(request, "sign_on_done.html", {"target": target})
    guard.remember(response, around, session_id)
    return _forget(around, response)


def _on(request: Request) -> Surroundings:
    around = edge.around(request)
    if not around.settings.has_sign_on:
        raise NotFound
    return around


def _cookie(around: Surroundings) -> str:
    return "__Host-sign-on" if around.settings.is_production else "sign-on"


def _forget(around: Surroundings, response: Response) -> Response:
    response.delete_cookie(_cookie(around), path="/", secure=around.settings.is_production, httponly=True)
    return response
