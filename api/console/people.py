"""The administrator's pages: everybody's account, adding one, roles, shutting, one-time passwords."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge, templates
from api.access import people, permissions, sessions
from api.access.permissions import Role
from api.access.sessions import Signed
from api.console import guard
from api.errors import NotFound, Refusal

router = APIRouter(prefix="/can-bo/tai-khoan")
Manager = Annotated[Signed, guard.may("people.manage")]
Confirmed = Annotated[Signed, guard.fresh("people.manage")]


@router.get("")
async def show_everybody(request: Request, signed: Manager) -> Response:
    """All accounts, and the form for one more."""
    return await _everybody(request, signed)


@router.post("")
async def add(request: Request, signed: Confirmed) -> Response:
    """One more; the one-time password is shown once."""
    form = await edge.read_form(request)
    try:
        account_id, password = await people.add(
            edge.around(request), signed, form.get("name", ""), form.get("full_name", ""), await _roles(request)
        )
    except Refusal as refused:
        return await _everybody(request, signed, refused, typed=form | {"roles": " ".join(await _roles(request))})
    return await _given(request, signed, account_id, password)


@router.get("/{account_id}")
async def show_one(request: Request, account_id: str, signed: Manager) -> Response:
    """One account."""
    return await _one(request, signed, account_id)


@router.post("/{account_id}/vai-tro")
async def change(request: Request, account_id: str, signed: Confirmed) -> Response:
    """Name and roles."""
    form = await edge.read_form(request)
    roles = await _roles(request)
    return await _act(
        request,
        signed,
        account_id,
        people.change(edge.around(request), signed, account_id, form.get("full_name", ""), roles),
    )


@router.post("/{account_id}/khoa")
async def disable(request: Request, account_id: str, signed: Confirmed) -> Response:
    """Shut it."""
    reason = (await edge.read_form(request)).get("reason", "")
    return await _act(request, signed, account_id, people.disable(edge.around(request), signed, account_id, reason))


@router.post("/{account_id}/mo")
async def enable(request: Request, account_id: str, signed: Confirmed) -> Response:
    """Open it again."""
    return await _act(request, signed, account_id, people.enable(edge.around(request), signed, account_id))


@router.post("/{account_id}/dang-nhap-chung")
async def link(request: Request, account_id: str, signed: Confirmed) -> Response:
    """Who they are at the unit's own sign-on."""
    subject = (await edge.read_form(request)).get("subject", "")
    return await _act(request, signed, account_id, people.link(edge.around(request), signed, account_id, subject))


@router.post("/{account_id}/cap-lai")
async def reset(request: Request, account_id: str, signed: Confirmed) -> Response:
    """A one-time password, shown once."""
    second = bool((await edge.read_form(request)).get("second"))
    try:
        password = await people.reset(edge.around(request), signed, account_id, second=second)
    except NotFound:
        raise
    except Refusal as refused:
        return await _one(request, signed, account_id, refused)
    return await _given(request, signed, account_id, password)


async def _act(request: Request, signed: Signed, account_id: str, act: Any) -> Response:
    try:
        await act
    except NotFound:
        raise
    except Refusal as refused:
        return await _one(request, signed, account_id, refused)
    return RedirectResponse(f"/can-bo/tai-khoan/{account_id}?xong=1", 303)


async def _roles(request: Request) -> list[str]:
    form = await request.form(max_files=0, max_fields=50)
    return [str(role) for role in form.getlist("role")]


async def _everybody(
    request: Request, signed: Signed, refused: Refusal | None = None, typed: dict[str, str] | None = None
) -> Response:
    accounts = await people.everybody(edge.around(request))
    values = {
        "signed": signed,
        "accounts": accounts,
        "typed": {"full_name": "", "name": "", "roles": ""} | (typed or {}),
        "message": refused.sentence if refused else "",
    }
    return templates.page(request, "people.html", _names() | values, status=refused.status if refused else 200)


async def _one(request: Request, signed: Signed, account_id: str, refused: Refusal | None = None) -> Response:
    around = edge.around(request)
    account = await people.one(around, account_id)
    values = {
        "signed": signed,
        "account": account,
        "own": account.id == signed.account_id,
        "sessions": await sessions.of_account(around, account.id),
        "sign_on": around.settings.sign_on_title if around.settings.has_sign_on else "",
        "message": refused.sentence if refused else "",
        "done": "xong" in request.query_params,
    }
    return templates.page(request, "person.html", _names() | values, status=refused.status if refused else 200)


async def _given(request: Request, signed: Signed, account_id: str, password: str) -> Response:
    account = await people.one(edge.around(request), account_id)
    return templates.page(request, "password_given.html", {"signed": signed, "account": account, "password": password})


def _names() -> dict[str, Any]:
    meanings = {
        role.value: "; ".join(permissions.PERMISSIONS[p] for p in permissions.PERMISSIONS if p in permissions.MAY[role])
        for role in Role
    }
    return {"titles": {role.value: title for role, title in permissions.TITLES.items()}, "meanings": meanings}
