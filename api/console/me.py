"""One's own page: what one may do, password, second factor, sessions."""

from __future__ import annotations

import io
from typing import Any

import segno
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge, templates
from api.access import accounts, audit, permissions, second_factor, sessions
from api.access.permissions import Role
from api.access.sessions import Signed
from api.console import doors, guard
from api.errors import Refusal

router = APIRouter(prefix="/can-bo")
ME = "/can-bo/toi"
SECOND = "/can-bo/toi/hai-lop"
DONE = {"phien": "Đã đăng xuất ở nơi kia.", "mat-khau": "Đã đổi mật khẩu. Những nơi đăng nhập khác đã bị thoát ra."}


@router.get("/toi")
async def show(request: Request, signed: guard.Own) -> Response:
    """Who I am here."""
    around = edge.around(request)
    rows = await sessions.of_account(around, signed.account_id)
    roles = [Role(name) for name in signed.roles]
    values = {
        "signed": signed,
        "roles": [
            (permissions.TITLES[role], [name for name in permissions.PERMISSIONS if name in permissions.MAY[role]])
            for role in roles
        ],
        "meanings": permissions.PERMISSIONS,
        "sessions": [(row, sessions.is_this(signed, row)) for row in rows],
        "demanded": around.settings.demands_second_factor,
        "done": DONE.get(request.query_params.get("xong", ""), ""),
    }
    return templates.page(request, "me.html", values)


@router.post("/toi/phien")
async def end_sessions(request: Request, signed: guard.Own) -> Response:
    """End one of my sessions, or all but this one."""
    around = edge.around(request)
    wanted = (await edge.read_form(request)).get("phien", "")[:64]
    async with around.database.writing() as session:
        if wanted:
            await sessions.close_one(session, signed.account_id, wanted)
        else:
            await sessions.close_all(session, signed.account_id, but=signed.session)
        await audit.record(session, signed, "session.revoke", f"account/{signed.account_id}")
    return RedirectResponse(f"{ME}?xong=phien", 303)


@router.get("/mat-khau")
async def password_form(request: Request, signed: guard.AnySigned) -> Response:
    """The form."""
    return templates.page(request, "password.html", {"signed": signed, "message": ""})


@router.post("/mat-khau")
async def change_password(request: Request, signed: guard.AnySigned) -> Response:
    """A new password, and a new session with it."""
    around = edge.around(request)
    form = await edge.read_form(request)
    new = form.get("new", "")
    try:
        if new != form.get("again", ""):
            raise Refusal("Hai lần gõ mật khẩu mới không giống nhau.")  # noqa: TRY301
        account = await accounts.change_password(around, signed, form.get("old", ""), new)
    except Refusal as refused:
        values = {"signed": signed, "message": refused.sentence}
        return templates.page(request, "password.html", values, status=refused.status)
    confirmed = signed.confirmed_at is not None
    session_id = await sessions.open_for(around, account, device=doors.device(request), confirmed=confirmed)
    response = RedirectResponse(doors.HOME if signed.must_change else f"{ME}?xong=mat-khau", 303)
    guard.remember(response, around, session_id)
    return response


@router.get("/toi/hai-lop")
async def second_factor_form(request: Request, signed: guard.Own) -> Response:
    """How it is set up: three steps with a QR code."""
    if signed.second_factor:
        return RedirectResponse(ME, 303)
    return await _setting_up(request, signed)


@router.get("/toi/hai-lop/ma.svg")
async def second_factor_code(request: Request, signed: guard.Own) -> Response:
    """The QR code of the secret that is being set up; it is never shown again once it is in use."""
    secret = await second_factor.begin(edge.around(request), signed)
    drawn = io.BytesIO()
    segno.make(second_factor.address(signed, secret), error="m").save(
        drawn, kind="svg", scale=5, border=4, light="#fff", xmldecl=False
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@router.post("/toi/hai-lop")
async def turn_on(request: Request, signed: guard.Own) -> Response:
    """The first code from the phone; shows the recovery codes once."""
    code = (await edge.read_form(request)).get(guard.CODE, "")
    try:
        drawn = await second_factor.turn_on(edge.around(request), signed, code)
    except Refusal as refused:
        return await _setting_up(request, signed, refused.sentence, refused.status)
    return templates.page(request, "recovery_codes.html", {"signed": signed, "codes": drawn, "first": True})


@router.post("/toi/hai-lop/ma-du-phong")
async def new_codes(request: Request, signed: guard.Confirmed) -> Response:
    """Ten new recovery codes."""
    if not signed.second_factor:
        return RedirectResponse(SECOND, 303)
    drawn = await second_factor.new_codes(edge.around(request), signed)
    return templates.page(request, "recovery_codes.html", {"signed": signed, "codes": drawn, "first": False})


@router.post("/toi/hai-lop/doi")
async def turn_off(request: Request, signed: guard.Confirmed) -> Response:
    """Before a new phone: the old secret is forgotten and the next page sets up another."""
    await second_factor.turn_off(edge.around(request), signed)
    return RedirectResponse(SECOND, 303)


async def _setting_up(request: Request, signed: Signed, message: str = "", status: int = 200) -> Response:
    around = edge.around(request)
    secret = await second_factor.begin(around, signed)
    values: dict[str, Any] = {
        "signed": signed,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "message": message,
        "demanded": around.settings.demands_second_factor,
    }
    return templates.page(request, "second_factor.html", values, status=status)
