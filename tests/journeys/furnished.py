"""A desk with something on it, written behind the service's back: every page of the console has what it is for."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import orjson
from sqlalchemy import select

from api.access.permissions import Role
from api.access.sessions import Signed
from api.curation import drafts, regression, rows
from api.curation.pieces import Kind
from api.intake import outbox
from api.intake.outbox import Letter
from api.models import (
    Campaign,
    Case,
    CatalogueEntry,
    CatalogueRevision,
    Check,
    InboxUpdate,
    Indicator,
    OutboxReply,
    RegressionRun,
    Report,
    StaffAccount,
)
from api.surroundings import Surroundings
from bot.channels.web import Web
from bot.replies import Reply
from tests.api.curation.desk import SLUG, changed, shipped
from tests.bench import reports
from tests.journeys import people
from tests.journeys.people import SCAM, Running

REPORTS = 12
REVISION = "0123456789ab"


@dataclass(frozen=True)
class Desk:
    """Sessions of one officer of each role, of one who still has to give the code and one who has to give it again, and
    the keys of one thing of each kind."""

    sessions: Mapping[Role, str]
    pending: str
    unconfirmed: str
    keys: Mapping[str, str]


def furnish(service: Running) -> Desk:
    """Put it all there."""
    return asyncio.run(_furnish(service))


async def _furnish(service: Running) -> Desk:
    around = people.surroundings(service)
    around.channels = {"web": Web(), "zalo_oa": Web()}
    sessions = {role: await people.hire(around, f"can.bo.{role.value}", role) for role in Role}
    pending = await people.hire(around, "can.bo.o.cua", Role.OPERATOR, second_factor=True, pending=True)
    unconfirmed = await people.hire(around, "can.bo.xuat", Role.AUDITOR, second_factor=True)
    await reports.load(around, REPORTS)
    letter = await _letters(around)
    await _outbox(around)
    draft = await _draft(around)
    keys = await _keys(around) | {"letter": str(letter), "draft": str(draft), "run": str(await _run(around, draft))}
    await around.database.close()
    keys["replay"] = _replay(service, sessions[Role.LEAD])
    _ask_for_export(service, sessions[Role.OPERATOR])
    return Desk(sessions, pending, unconfirmed, keys)


async def _letters(around: Surroundings) -> int:
    """Dead letters: one that reads, one that nobody understands; and one more, to be replayed."""
    now = around.clock()
    written = {"sender": "s", "text": SCAM}
    payloads = (("web", {"id": "d1"} | written), ("zalo_oa", {"id": "d2", "odd": [1]}), ("web", {"id": "d3"} | written))
    dead = [
        InboxUpdate(
            channel=channel, update_id=str(one["id"]), sender="a" * 32, received_at=now, attempts=5, dead_at=now,
            error="RuntimeError",
            payload=around.vault.seal("inbox|payload", f"{channel}:{one['id']}", orjson.dumps(one)),
        )
        for channel, one in payloads
    ]  # fmt: skip
    async with around.database.writing() as session:
        session.add_all(dead)
        await session.flush()
        return dead[1].id


async def _outbox(around: Surroundings) -> None:
    """A message that fails, one that awaits its reader, one that was stopped."""
    now = around.clock()
    failed = {"attempts": 3, "last_error": "network: ConnectError", "next_at": now + timedelta(hours=1)}
    states = (
        failed,
        {"awaits": True, "last_error": "window closed"},
        {"stopped_at": now, "stopped_why": "refused as a bad request", "alarm": True},
    )
    async with around.database.writing() as session:
        for number, state in enumerate(states):
            letter = Letter("zalo_oa", f"{number}" * 32, "x", f"furnished:{number}")
            (key,) = outbox.queue(session, around, letter, [Reply("Tin của công an")], now)
            await session.flush()
            row = (await session.scalars(select(OutboxReply).where(OutboxReply.key == key))).one()
            for name, value in state.items():
                setattr(row, name, value)


async def _draft(around: Surroundings) -> int:
    """A draft that differs from what is published."""
    piece = shipped(Kind.METHOD, SLUG)
    name = re.search(r'^name = "(.+)"$', piece.body, re.MULTILINE)
    assert name is not None
    who = Signed(account_id="0" * 32, name="can.bo.curator", must_change=False, session="", csrf="")
    return await drafts.start(around, who, changed(piece, name[1], f"{name[1]}, đòi bấm link"))


async def _run(around: Surroundings, draft: int) -> int:
    """A trial run that is over and found something."""
    tried = {"text": SCAM, "source": "near_miss", "method": SLUG}
    before, after = {"level": "scam", "methods": [SLUG]}, {"level": "none", "methods": []}
    flip = {"tried": tried, "before": before, "after": after, "why": ["mất câu nhận ra ngay"]}
    result = {
        "passed": False, "refused": ["Một ví dụ không còn được nhận ra."], "counts": {"example:all": 9}, "share": 0.01,
        "lost": [flip], "flagged": [flip], "flips": [flip],
    }  # fmt: skip
    async with around.database.writing() as session:
        live = await rows.live(session)
        assert live is not None
        row = RegressionRun(
            base_id=live.id, members=[*live.members, draft], revision=REVISION, state=regression.DONE, result=result,
            author="can.bo.curator", created_at=around.clock(), changed_at=around.clock(),
        )  # fmt: skip
        session.add(row)
        await session.flush()
        return row.id


async def _keys(around: Surroundings) -> dict[str, str]:
    newest: dict[str, Any] = {  # what is old, the service sweeps away
        "report": Report.created_at, "check": Check.created_at, "case": Case.opened_at,
        "indicator": Indicator.last_seen_at, "campaign": Campaign.last_at, "account": StaffAccount.created_at,
    }  # fmt: skip
    async with around.database.reading() as session:
        found = {}
        for name, at in newest.items():
            query = select(at.class_.id).order_by(at.desc()).limit(1)
            found[name] = str((await session.scalars(query)).one())
        published = select(CatalogueRevision.entry_id).join(CatalogueEntry).where(CatalogueEntry.key == SLUG)
        found["entry"] = str((await session.scalars(published.limit(1))).one())
    return found


def _replay(service: Running, session: str) -> str:
    with _desk(service, session) as desk:
        csrf, page = _csrf(desk, "/can-bo/duong-tin/nhan-loi")
        ticked = re.findall(r'name="(tin-\d+)"', page)[0]
        sent = desk.post("/can-bo/duong-tin/nhan-loi/viec", data={"csrf": csrf, "viec": "chay-lai", ticked: "1"})
        return sent.headers["location"].rsplit("/", 1)[1]


def _ask_for_export(service: Running, session: str) -> None:
    with _desk(service, session) as desk:
        csrf, _ = _csrf(desk, "/can-bo/xuat")
        form = {"csrf": csrf, "dang": "csv", "tinh-trang": "suspected", "ly-do": "gửi ngân hàng rà soát"}
        assert desk.post("/can-bo/xuat", data=form).status_code == 303


def _desk(service: Running, session: str) -> httpx.Client:
    headers = {"Origin": service.address}
    return httpx.Client(base_url=service.address, cookies={"staff": session}, headers=headers, timeout=people.WAIT)


def _csrf(desk: httpx.Client, path: str) -> tuple[str, str]:
    page = desk.get(path).text
    return people.found(r'name="csrf" value="([0-9a-f]+)"', page), page
