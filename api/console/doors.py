"""Signing in and out, and changing one's password."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge, log, templates
from api.access import accounts, sessions
from api.console import guard, navigation
from api.errors import NotSignedIn, Refusal, TooMany

router = APIRouter(prefix="/can-bo")
HOME = "/can-bo"
logger = log.get(__name__)


@router.get("")
async def home(signed: guard.AtWork) -> Response:
    """The first page that a person may open."""
    return RedirectResponse(navigation.home(signed), 303)


@router.get("/dang-nhap")
async def sign_in_form(request: Request) -> Response:
    """The form."""
    return templates.page(request, "login.html", {"message": ""})


@router.post("/dang-nhap")
async def sign_in(request: Request) -> Response:
    """Check name and password; a new session at every sign-in."""
    edge.check_origin(request, strict=True)
    around = edge.around(request)
    form = await edge.read_form(request)
    try:
        account = await accounts.sign_in(around, form.get("name", ""), form.get("password", ""), edge.address(request))
    except TooMany as many:
        minutes = -(-many.wait_seconds // 60)
        logger.warning("login limited")
        message = f"Sai nhiều lần quá. Đồng chí chờ {minutes} phút rồi thử lại."
        return templates.page(request, "login.html", {"message": message}, status=many.status)
    except NotSignedIn as wrong:
        logger.warning("login failed")
        return templates.page(request, "login.html", {"message": wrong.sentence}, status=wrong.status)
    old = request.cookies.get(guard.cookie(around))
    if old:
        await sessions.close(around, old)
    response = RedirectResponse("/can-bo/mat-khau" if account.must_change else HOME, 303)
    guard.remember(response, around, await sessions.open_for(around, account))
    return response


@router.post("/dang-xuat")
async def sign_out(request: Request, signed: guard.AnySigned) -> Response:
    """End this session."""
    around = edge.around(request)
    await sessions.close(around, signed.session)
    response = RedirectResponse("/can-bo/dang-nhap", 303)
    response.delete_cookie(guard.cookie(around), path="/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


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
    if new != form.get("again", ""):
        values = {"signed": signed, "message": "Hai lần gõ mật khẩu mới không giống nhau."}
        return templates.page(request, "password.html", values, status=400)
    try:
        await accounts.change_password(around, signed.account_id, form.get("old", ""), new)
    except Refusal as refused:
        values = {"signed": signed, "message": refused.sentence}
        return templates.page(request, "password.html", values, status=refused.status)
    account = await accounts.sign_in(around, signed.name, new, edge.address(request))
    response = RedirectResponse(HOME, 303)
    guard.remember(response, around, await sessions.open_for(around, account))
    return response
