"""How an error is shown: to a program as JSON, to a person as a page; kind words, never a trace."""

from __future__ import annotations

import traceback
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from api import log, templates
from api.errors import (
    BodyTooLarge,
    ForeignOrigin,
    MustChangePassword,
    MustSetSecondFactor,
    NotConfirmed,
    NotFound,
    NotSignedIn,
    Refusal,
    TooMany,
    Unreadable,
)

BROKEN = (
    "Máy đang trục trặc, chúng tôi đã biết và đang sửa. Trong lúc chờ, bạn đừng chuyển tiền, đừng đưa mã cho ai. "
    "Đã lỡ chuyển tiền: gọi ngay ngân hàng theo số ở mặt sau thẻ. Đang bị đe dọa: gọi 113."
)
_OTHER = {404: NotFound.sentence, 405: "Trang này không nhận yêu cầu kiểu đó."}
_NO_SUCH_PAGE = "Không có trang này. Đồng chí kiểm tra lại đường dẫn, hoặc về trang đầu."
_FOR_OFFICERS = {
    Refusal.sentence: "Yêu cầu này chưa đúng. Đồng chí kiểm tra lại rồi thử lại.",
    Unreadable.sentence: "Máy chưa đọc được nội dung vừa gửi. Đồng chí thử lại.",
    BodyTooLarge.sentence: BodyTooLarge.for_officers,
    ForeignOrigin.sentence: "Trang này đã cũ hoặc được mở từ nơi khác. Đồng chí tải lại trang rồi thử lại.",
    TooMany.sentence: "Đồng chí thao tác hơi nhanh, chờ một phút rồi thử lại.",
    BROKEN: "Máy đang trục trặc. Đồng chí thử lại sau ít phút, chưa được thì báo người phụ trách kỹ thuật.",
}
_FOR_PROGRAMS = ("/api/", "/webhooks/", "/healthz", "/readyz")
logger = log.get(__name__)


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)
    for kind in (DataError, OverflowError, ValueError):
        app.add_exception_handler(kind, _not_in_the_database)
    app.add_exception_handler(Exception, _broken)


async def _refused(request: Request, failure: Exception) -> Response:
    if not isinstance(failure, Refusal):
        raise failure
    if request.url.path.startswith("/can-bo"):
        if isinstance(failure, NotSignedIn):
            return templates.login(request, failure.sentence, failure.status)
        if isinstance(failure, MustChangePassword):
            return Response(status_code=303, headers={"Location": "/can-bo/mat-khau"})
        if isinstance(failure, MustSetSecondFactor):
            return Response(status_code=303, headers={"Location": "/can-bo/toi/hai-lop"})
        if isinstance(failure, NotConfirmed):
            return _ask_to_confirm(request, failure)
    response = _show(request, failure.sentence, failure.status, failure.leads)
    if isinstance(failure, TooMany):
        response.headers["Retry-After"] = str(failure.wait_seconds)
    return response


def _ask_to_confirm(request: Request, failure: NotConfirmed) -> Response:
    """The same form again, with a field for the code: nothing that was typed is lost."""
    here = f"{request.url.path}?{request.url.query}".rstrip("?")
    values = {
        "signed": request.state.signed,
        "message": failure.sentence,
        "fields": failure.fields,
        "target": here if failure.fields is not None else "/can-bo/xac-nhan",
        "then": here if request.method == "GET" else "/can-bo",
    }
    return templates.page(request, "confirm.html", values, status=failure.status)


async def _http(request: Request, failure: Exception) -> Response:
    status = failure.status_code if isinstance(failure, HTTPException) else 500
    return _show(request, _OTHER.get(status, Refusal.sentence), status)


async def _unreadable(request: Request, _failure: Exception) -> Response:
    if request.url.path.startswith("/can-bo"):  # what a path or query of the desk cannot be
        return _show(request, _NO_SUCH_PAGE, NotFound.status)
    return _show(request, Unreadable.sentence, Unreadable.status)


async def _not_in_the_database(request: Request, failure: Exception) -> Response:
    """An address of the desk with what no row can have, such as a NUL or a number of 25 digits: each database refuses
    other ones, and in its own way. What citizens or messengers send is never let go like that."""
    if not (request.url.path.startswith("/can-bo") and _is_of_the_database(failure)):
        raise failure
    logger.warning("asked for what no row can be", error=type(failure).__name__)
    return _show(request, _NO_SUCH_PAGE, NotFound.status)


def _is_of_the_database(failure: Exception) -> bool:
    frames = traceback.walk_tb(failure.__traceback__)
    return any(str(frame.f_globals.get("__name__", "")).startswith("sqlalchemy.engine.") for frame, _ in frames)


async def _broken(request: Request, _failure: Exception) -> Response:
    return _show(request, BROKEN, 500)


def _show(request: Request, sentence: str, status: int, leads: tuple[str, str] | None = None) -> Response:
    if request.url.path.startswith("/can-bo"):
        sentence = _FOR_OFFICERS.get(sentence, sentence)
    if request.url.path.startswith(_FOR_PROGRAMS):
        return JSONResponse({"error": sentence}, status)
    signed = getattr(request.state, "signed", None)
    if signed is not None:
        values = {"message": sentence, "signed": signed, "back": _from_where(request), "leads": leads}
        return templates.page(request, "refused.html", values, status=status)
    return templates.page(request, "error.html", {"message": sentence}, status=status)


def _from_where(request: Request) -> str:
    """The page of ours that a form was sent from, where the browser says it."""
    came = urlsplit(request.headers.get("referer", ""))
    ours = came.netloc == request.url.netloc and came.path.startswith("/can-bo") and came.path != request.url.path
    return f"{came.path}?{came.query}".rstrip("?") if ours else ""
