"""Verbs of the desk for tests: citizens who ask and report, officers who sign in with a role."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import httpx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access import sessions
from api.casework import attachments, checks, feedback, following, reports
from api.casework.attachments import Sent
from api.casework.whose import Whose
from api.models import Case, Check, Report, StaffAccount
from api.surroundings import Surroundings
from bot.turn import CheckMade, FeedbackGiven, HelpNeeded, ReportFiled
from tests.api.conftest import Site
from tests.fakes import SLUG

SCAM = (
    "Dien luc thong bao: nha ban no tien dien, 2 gio nua cat dien. Chuyen khoan ngay STK 19034567890123, goi 0905123318"
)


async def ask(around: Surroundings, sender: str, text: str = SCAM, channel: str = "web", reply_key: str = "") -> Check:
    """A citizen asks about a message."""
    whose = Whose(sender, channel, around.clock())
    made = CheckMade(text, around.knowledge.judge.match(text), 1.0)
    async with around.database.writing() as session:
        row = await checks.log(session, whose, made, reply_key or None)
        await following.checks(session, around, [(row, text)])
    return row


async def ask_together(around: Surroundings, asked: list[tuple[str, str]]) -> None:
    """Several citizens ask at the same moment."""
    async with around.database.writing() as session:
        made = []
        for sender, text in asked:
            whose = Whose(sender, "web", around.clock())
            done = CheckMade(text, around.knowledge.judge.match(text), 1.0)
            made.append((await checks.log(session, whose, done, None), text))
        await following.checks(session, around, made)


async def report(
    around: Surroundings,
    sender: str,
    text: str = SCAM,
    situation: str = "",
    level: str = "scam",
    *,
    pictures: Mapping[str, Sent] = MappingProxyType({}),
    files: Sequence[str] = (),
    **answers: str,
) -> Report:
    """A citizen reports a message, with pictures that were read and files that nobody opened."""
    whose = Whose(sender, "zalo_oa", around.clock())
    filed = ReportFiled(around.draw(), text, level, (SLUG,), situation, answers, files=(*pictures, *files))
    async with around.database.writing() as session:
        attachments.keep(session, around, whose, pictures)
        row = await reports.file(session, around, whose, filed)
        await following.report(session, around, row, text, answers)
    return row


async def cry(around: Surroundings, sender: str, situation: str, text: str = "Tôi lỡ làm theo rồi") -> Report:
    """Something has happened to a citizen."""
    whose = Whose(sender, "telegram", around.clock())
    async with around.database.writing() as session:
        row = await reports.call_for_help(session, around, whose, HelpNeeded(situation, text, (SLUG,)))
        await following.report(session, around, row, text)
    return row


async def complain(around: Surroundings, sender: str, *, right: bool, level: str = "scam") -> None:
    """A citizen says that an answer was right or wrong."""
    whose = Whose(sender, "web", around.clock())
    async with around.database.writing() as session:
        row = await feedback.keep(session, whose, FeedbackGiven(right, "cat dien", level, (SLUG,)))
        await following.feedback(session, around, row)


async def all_cases(around: Surroundings) -> list[Case]:
    """Every case, oldest first."""
    async with around.database.reading() as session:
        return list((await session.scalars(select(Case).order_by(Case.opened_at, Case.code))).all())


async def person(session: AsyncSession, around: Surroundings, name: str, *roles: str) -> str:
    """An account of the staff, without a usable password."""
    row = StaffAccount(id=secrets.token_hex(16), name=name, password_hash="x", created_at=around.clock())
    row.roles = list(roles)
    session.add(row)
    await session.flush()
    return row.id


async def sign_in(site: Site, *roles: str, name: str = "can-bo") -> str:
    """Sign in as an officer with these roles; gives the account's id."""
    async with site.around.database.writing() as session:
        known = (await session.scalars(select(StaffAccount).where(StaffAccount.name == name))).one_or_none()
        account_id = known.id if known else await person(session, site.around, name)
        account = await session.get_one(StaffAccount, account_id)
        account.roles = list(roles)
    site.client.cookies.clear()
    site.client.cookies.set("staff", await sessions.open_for(site.around, account))
    return account_id


async def post(site: Site, path: str, **form: str) -> httpx.Response:
    """Send a form with its token."""
    page = (await site.client.get("/can-bo/mat-khau")).text
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found is not None
    return await site.client.post(path, data={"csrf": found[1]} | {k.replace("_", "-"): v for k, v in form.items()})


async def checks_saying(session: AsyncSession, words: str) -> list[Check]:
    """The checks whose text has these folded words."""
    return list((await session.scalars(select(Check).where(Check.folded.contains(words)))).all())
