"""A Zalo Official Account as its Open API v3 is described: consultation messages, picture upload, OAuth v4.

HTTP says 200 whatever happens; what is wrong is a number in the body. Must not know who reads along.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.simulator import payloads
from tests.simulator.messenger import Call, FakeServer, Standing, file_of, troubled

TEXT_LIMIT, MOST_BUTTONS, TITLE_LIMIT, PAYLOAD_LIMIT = 2000, 5, 100, 1000
UPLOAD_BYTES = 1024 * 1024
PER_SECOND, FREE = 66, 8  # 4,000 requests a minute
_BUTTONS = {
    "oa.query.show": (),
    "oa.query.hide": (),
    "oa.open.url": ("url",),
    "oa.open.phone": ("phone_code",),
    "oa.open.sms": ("content", "phone_code"),
}
_STANDING = {Standing.BLOCKED: -244, Standing.CLOSED: -230, Standing.UNKNOWN: -213}
_WHY = {
    -32: "rate limit exceeded",
    -100: "attachment id is expired",
    -201: "parameter is invalid",
    -210: "parameter is over its limit",
    -213: "user has not followed the account",
    -216: "access token is invalid",
    -230: "user has not interacted for 7 days",
    -233: "message type is not supported",
    -240: "this message API is shut down",
    -242: "appsecret_proof is invalid",
    -244: "user has blocked this type of message",
    -311: "free replies of this interaction are used up",
}


class Refused(Exception):
    """The account says no with a number."""

    def __init__(self, code: int, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.words = f"{_WHY[code]}: {field}" if field else _WHY[code]


def app(server: FakeServer) -> Starlette:
    """The three addresses that the service calls, and the files of citizens."""

    async def message(request: Request) -> Response:
        return await _answered(server, request, "message", _message)

    async def upload(request: Request) -> Response:
        return await _answered(server, request, "upload", _upload)

    async def token(request: Request) -> Response:
        server.calls.append("token")
        if hindrance := await troubled(server, _busy):
            return hindrance
        return JSONResponse(await _renewed(server, request))

    return Starlette(
        routes=[
            Route("/v3.0/oa/message/cs", message, methods=["POST"]),
            Route("/v2.0/oa/upload/image", upload, methods=["POST"]),
            Route("/v4/oa/access_token", token, methods=["POST"]),
            Route("/files/{name}", file_of(server)),
        ]
    )


async def _answered(server: FakeServer, request: Request, name: str, work: Any) -> Response:
    server.calls.append(name)
    trouble = server.trouble
    if hindrance := await troubled(server, _busy):
        server.called(Call(name, trouble))
        return hindrance
    try:
        _require_token(server, request)
        data = await work(server, request)
    except Refused as refused:
        server.called(Call(name, f"{refused.code} {refused.words}"))
        return JSONResponse({"error": refused.code, "message": refused.words})
    server.called(Call(name))
    return JSONResponse({"error": 0, "message": "Success", "data": data})


def _busy() -> Response:
    return JSONResponse({"error": -32, "message": _WHY[-32]}, headers={"X-RateLimit-Remain": "0"})


def _require_token(server: FakeServer, request: Request) -> None:
    token = request.headers.get("access_token", "")
    if token != server.access_token:
        raise Refused(-216)
    proof = request.headers.get("appsecret_proof")
    if proof is not None and proof != hmac.digest(payloads.APP_SECRET.encode(), token.encode(), "sha256").hex():
        raise Refused(-242)


async def _message(server: FakeServer, request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise Refused(-201, "body") from None
    _only(body, {"recipient", "message"}, needed={"recipient", "message"})
    _only(body["recipient"], {"user_id"}, needed={"user_id"})
    to, told = body["recipient"]["user_id"], body["message"]
    if not isinstance(to, str):
        raise Refused(-201, "user_id")
    photo = _checked(server, told)
    standing = server.standing(to)
    if standing in _STANDING:
        raise Refused(_STANDING[standing])
    if server.crowded(to, per_second=PER_SECOND):
        raise Refused(-32)
    spent = server.spent[to] = server.spent.get(to, 0) + 1
    if server.limited and spent > FREE:
        raise Refused(-311)
    sent = server.take(to, told.get("text", ""), told, photo=photo)
    quota = {"quota_type": "reply", "remain": str(max(0, FREE - spent)), "total": str(FREE), "owner_type": "OA"}
    return {"message_id": sent.number, "user_id": to, "quota": quota}


def _checked(server: FakeServer, told: Any) -> str:
    """A message within the rules; gives the name of its picture."""
    _only(told, {"text", "attachment", "quote_message_id"})
    text = told.get("text", "")
    if not isinstance(text, str) or not (text.strip() or "attachment" in told):
        raise Refused(-201, "text")
    if len(text) > TEXT_LIMIT:
        raise Refused(-210, "text")
    if "attachment" not in told:
        return ""
    attachment = told["attachment"]
    _only(attachment, {"type", "payload"}, needed={"type", "payload"})
    if attachment["type"] != "template":
        raise Refused(-233, "attachment.type")
    payload = attachment["payload"]
    if not isinstance(payload, dict):
        raise Refused(-201, "payload")
    if payload.get("template_type") == "media":
        return _picture(server, payload)
    if payload.get("template_type") == "list":
        raise Refused(-240)
    _buttons(server, payload)
    return ""


def _picture(server: FakeServer, payload: Mapping[str, Any]) -> str:
    _only(payload, {"template_type", "elements"}, needed={"elements"})
    if not isinstance(payload["elements"], list) or len(payload["elements"]) != 1:
        raise Refused(-201, "elements")
    element = payload["elements"][0]
    _only(element, {"media_type", "attachment_id"}, needed={"media_type", "attachment_id"})
    if element["media_type"] != "image":
        raise Refused(-233, "media_type")
    if element["attachment_id"] not in server.files:
        raise Refused(-100)
    return str(element["attachment_id"])


def _buttons(server: FakeServer, payload: Mapping[str, Any]) -> None:
    if not server.takes_buttons:
        raise Refused(-233, "buttons")
    _only(payload, {"buttons"}, needed={"buttons"})
    buttons = payload["buttons"]
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MOST_BUTTONS:
        raise Refused(-210, "buttons")
    for button in buttons:
        _only(button, {"title", "type", "payload", "image_icon"}, needed={"title", "type", "payload"})
        if not isinstance(button["title"], str) or not 1 <= len(button["title"]) <= TITLE_LIMIT:
            raise Refused(-210, "title")
        if button["type"] not in _BUTTONS:
            raise Refused(-201, "type")
        keys, told = _BUTTONS[button["type"]], button["payload"]
        if keys:
            _only(told, set(keys), needed=set(keys))
        elif not isinstance(told, str) or not 1 <= len(told) <= PAYLOAD_LIMIT:
            raise Refused(-210, "payload")


def _only(told: Any, known: set[str], *, needed: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    """An object with these keys and no other."""
    if not isinstance(told, dict):
        raise Refused(-201)
    if unknown := next((key for key in told if key not in known), None):
        raise Refused(-201, str(unknown))
    if missing := next((key for key in needed if key not in told), None):
        raise Refused(-201, missing)


async def _upload(server: FakeServer, request: Request) -> dict[str, Any]:
    async with request.form() as form:
        if list(form) != ["file"] or isinstance(form["file"], str):
            raise Refused(-201, "file")
        data = await form["file"].read()
    if not data.startswith((b"\x89PNG", b"\xff\xd8")):
        raise Refused(-201, "file is neither JPG nor PNG")
    if len(data) > UPLOAD_BYTES:
        raise Refused(-210, "file")
    return {"attachment_id": server.keep(data)}


async def _renewed(server: FakeServer, request: Request) -> dict[str, Any]:
    """A new pair for a refresh token that was never used; the old pair is dead from then on."""
    given = dict(parse_qsl((await request.body()).decode()))
    why = ""
    if request.headers.get("secret_key") != payloads.APP_SECRET:
        why = "Invalid secret key."
    elif set(given) != {"refresh_token", "app_id", "grant_type"} or given["grant_type"] != "refresh_token":
        why = "Invalid parameter."
    elif given["app_id"] != payloads.APP:
        why = "Invalid app."
    elif given["refresh_token"] != server.refresh_token:
        why = "Invalid refresh token."
    server.called(Call("oauth", why))
    if why:
        return {"error": -14014, "error_name": why, "error_reason": why, "ref_doc": ""}
    server.refreshes += 1
    server.access_token, server.refresh_token = f"access-{secrets.token_hex(4)}", f"refresh-{secrets.token_hex(4)}"
    return {"access_token": server.access_token, "refresh_token": server.refresh_token, "expires_in": "90000"}
