"""Signing in, with a second factor or through the unit's own sign-on, and out."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import edge, log, templates
from api.access import accounts, audit, second_factor, sessions
from api.console import guard, navigation
from api.errors import NotSignedIn, Refusal, TooMany
from api.models import StaffAccount

router = APIRouter(prefix="/can-bo")
HOME = "/can-bo"
CODE_PAGE = "/can-bo/ma"
logger = log.get(__name__)


@router.get("")
async def home(signed: guard.AtWork) -> Response:
    """The first page that a person may open."""
    return RedirectResponse(navigation.home(signed), 303)


@router.get("/dang-nhap")
async def sign_in_form(request: Request) -> Response:
    """The form."""
    return templates.login(request)


@router.post("/dang-nhap")
async def sign_in(request: Request) -> Response:
    """Check name and password; a new session at every sign-in."""
    edge.check_origin(request, strict=True)
    around = edge.around(request)
    form = await edge.read_form(request)
    try:
        account = await accounts.sign_in(around, form.get("name", ""), form.get("password", ""), edge.address(request))
    except TooMany as many:
        logger.warning("login limited")
        return templates.login(request, f"Sai nhiều lần quá. Đồng chí chờ {waiting(many)} rồi thử lại.", many.status)
    except NotSignedIn as wrong:
        logger.warning("login failed")
        return templates.login(request, wrong.sentence, wrong.status)
    next_page = await let_in(request, account, "password")
    response = RedirectResponse(next_page[0], 303)
    guard.remember(response, around, next_page[1])
    return response


@router.get("/ma")
async def code_form(request: Request) -> Response:
    """The second factor's form."""
    await _waiting_for_code(request)
    return templates.page(request, "code.html", {"message": ""})


@router.post("/ma")
async def give_code(request: Request) -> Response:
    """Check the second factor; only now is there a session to work with."""
    edge.check_origin(request, strict=True)
    around = edge.around(request)
    account = await _waiting_for_code(request)
    code = (await edge.read_form(request)).get(guard.CODE, "")
    try:
        await second_factor.check(around, account.id, code)
    except TooMany as many:
        message = f"Sai nhiều lần quá. Đồng chí chờ {waiting(many)} rồi thử lại."
        return templates.page(request, "code.html", {"message": message}, status=many.status)
    except Refusal as wrong:
        return templates.page(request, "code.html", {"message": wrong.sentence}, status=401)
    await sessions.close(around, request.cookies.get(guard.cookie(around), ""))
    session_id = await sessions.open_for(around, account, device=device(request), confirmed=True)
    await accounts.entered(around, account, "second factor")
    response = RedirectResponse("/can-bo/mat-khau" if account.must_change else HOME, 303)
    guard.remember(response, around, session_id)
    return response


@router.post("/dang-xuat")
async def sign_out(request: Request, signed: guard.AnySigned) -> Response:
    """End this session."""
    around = edge.around(request)
    await sessions.close(around, signed.session)
    async with around.database.writing() as session:
        await audit.record(session, signed, "session.close", f"account/{signed.account_id}")
    response = RedirectResponse("/can-bo/dang-nhap", 303)
    response.delete_cookie(guard.cookie(around), path="/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@router.post("/xac-nhan")
async def confirm(request: Request, _signed: guard.Confirmed) -> Response:
    """The code was asked for before a page; now go there."""
    return RedirectResponse(local((await edge.read_form(request)).get("tiep", "")), 303)


async def let_in(request: Request, account: StaffAccount, how: str) -> tuple[str, str]:
    """Where to go, and the session's id for the cookie; without the second factor yet where there is one."""
    around = edge.around(request)
    old = request.cookies.get(guard.cookie(around))
    if old:
        await sessions.close(around, old)
    session_id = await sessions.open_for(around, account, device=device(request), pending=account.totp_on)
    if account.totp_on:
        return CODE_PAGE, session_id
    await accounts.entered(around, account, how)
    return ("/can-bo/mat-khau" if account.must_change else HOME), session_id


def local(path: str) -> str:
    """A path of the console, or its first page where somebody gave another site's address."""
    parts = urlsplit(path)
    ours = not parts.scheme and not parts.netloc and parts.path.startswith("/can-bo") and "\\" not in path
    return path if ours and path.isprintable() else HOME


def device(request: Request) -> str:
    """What a person would call the browser they sit at."""
    agent = request.headers.get("user-agent", "")
    names = {"Edg/": "Edge", "coc_coc": "Cốc Cốc", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac": "macOS"}
    browser = next((title for sign, title in names.items() if sign in agent), "Trình duyệt")
    system = next((title for sign, title in systems.items() if sign in agent), "")
    return f"{browser} trên {system}" if system else browser


def waiting(many: TooMany) -> str:
    """How long a lock-out lasts, in words."""
    minutes = -(-many.wait_seconds // 60)
    return f"{minutes} phút" if minutes < 120 else f"{-(-minutes // 60)} giờ"


async def _waiting_for_code(request: Request) -> StaffAccount:
    around = edge.around(request)
    account = await sessions.find_pending(around, request.cookies.get(guard.cookie(around), ""))
    if account is None:
        raise NotSignedIn
    return account
