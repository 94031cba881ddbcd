"""The pictures of a case. Only what our reader drew anew is ever shown, for a while, to whoever gave a reason for it.

The pass in the address is bound to the session, the case and the minute; alone it opens nothing.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import edge
from api.access import audit
from api.access.sessions import Signed
from api.casework import casefile, cases
from api.console import guard
from api.console.cases import HOME
from api.errors import NotPermitted
from api.models import Case
from api.surroundings import Surroundings

router = APIRouter(prefix=HOME)
Revealer = Annotated[Signed, guard.may("identity.reveal")]
SHOWN = timedelta(minutes=15)


def pass_for(around: Surroundings, signed: Signed, case: Case) -> str:
    """What the pictures of a case are asked for with, right after the reason was given."""
    until = int((around.clock() + SHOWN).timestamp())
    return f"{until}-{_seal(around, signed, case.id, until)}"


def _seal(around: Surroundings, signed: Signed, case_id: str, until: int) -> str:
    return around.vault.token("picture", f"{signed.session}\0{case_id}\0{until}")


def _is_pass(around: Surroundings, signed: Signed, case_id: str, given: str) -> bool:
    until, _, seal = given.partition("-")
    if not (until.isascii() and until.isdigit() and len(until) < 12):
        return False
    right = hmac.compare_digest(seal.encode("utf-8", "replace"), _seal(around, signed, case_id, int(until)).encode())
    return right and around.clock() <= datetime.fromtimestamp(int(until), around.clock().tzinfo)


@router.get("/{row_id}/anh/{picture_id}")
async def show(request: Request, row_id: str, picture_id: str, signed: Revealer) -> Response:
    """One picture, inline and as a JPEG, never as anything that a browser could run."""
    around = edge.around(request)
    if not _is_pass(around, signed, row_id, request.query_params.get("phep", "")):
        raise NotPermitted("Đồng chí mở vụ việc, ghi lý do rồi xem ảnh ở đó. Mỗi lần ghi lý do xem được trong 15 phút.")
    async with around.database.reading() as session:
        case = await cases.get(session, row_id)
        body = await casefile.picture(session, around, case, picture_id)
    async with around.database.writing() as session:
        await audit.record(session, signed, "picture.view", f"case/{case.id}", details={"picture": picture_id[:32]})
    headers = {"Content-Disposition": 'inline; filename="anh.jpg"'}
    return Response(body, headers=headers, media_type="image/jpeg")
