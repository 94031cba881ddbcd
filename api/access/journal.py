"""Reading the audit log: searching, verifying the whole chain, and all of it as CSV. Must not add a row."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

import orjson
from sqlalchemy import ColumnElement, and_, func, or_, select

from api import sheets
from api.access.audit import SEALED
from api.access.ledger import START, Anchor, AnchorBroken, Ledger
from api.models import AuditRow, StaffAccount
from api.surroundings import Surroundings
from knowledge.text import fold

PAGE = 50
COUNTED = 10_000
MACHINES = ("service", "terminal")
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; empty means anything. ``page`` counts from 1.

    ``things`` are what the words may name as well, as objects of acts, where they are somebody's code.
    """

    who: str = ""
    act: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1
    things: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One page of rows, newest first; ``total`` stops counting at COUNTED."""

    rows: Sequence[AuditRow]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are to turn."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the whole chain found; ``bad`` is the first row that is not as it was written."""

    rows: int
    bad: int | None = None
    why: str = ""


async def search(around: Surroundings, wanted: Wanted, zone: tzinfo) -> Found:
    """Rows that fit; days are those of ``zone``."""
    conditions = _conditions(wanted, zone)
    newest = select(AuditRow).where(*conditions).order_by(AuditRow.seq.desc())
    some = select(AuditRow.seq).where(*conditions).limit(COUNTED).subquery()
    async with around.database.reading() as session:
        rows = (await session.scalars(newest.offset((wanted.page - 1) * PAGE).limit(PAGE))).all()
        total = (await session.execute(select(func.count()).select_from(some))).scalar_one()
    return Found(rows, total)


async def alarms(around: Surroundings) -> int:
    """How often within a day somebody uncovered more identities than their work explains."""
    recent = AuditRow.at > around.clock() - timedelta(days=1)
    query = select(func.count()).where(AuditRow.act == "identity.alarm", recent)
    async with around.database.reading() as session:
        return int((await session.execute(query)).scalar_one())


async def accounts(around: Surroundings) -> dict[str, str]:
    """The name of every account by its id; accounts are shut and never deleted."""
    async with around.database.reading() as session:
        people = await session.scalars(select(StaffAccount).order_by(StaffAccount.name))
        return {account.id: account.name for account in people}


async def verify(around: Surroundings) -> Verified:
    """Compute every seal again, then hold the end against the anchor."""
    ledger: Ledger = around.database.info["ledger"]
    try:
        anchor = ledger.anchor()
    except AnchorBroken as broken:
        anchor, why = None, f"tệp mốc {broken} bị mất hoặc bị sửa"
    seq, mac, anchored = 0, START, False
    async for row in _all(around):
        if row.seq != seq + 1:
            return Verified(seq, seq + 1, f"thiếu dòng {seq + 1}")
        seq = row.seq
        mac = ledger.seal(mac, {name: getattr(row, name) for name in SEALED})
        if mac != row.mac:
            return Verified(seq, seq, f"dòng {seq} không đúng như lúc ghi")
        anchored = anchored or (anchor is not None and anchor.seq == seq and anchor.mac == mac)
    return _against(anchor, Verified(seq), anchored=anchored) if anchor else _without_anchor(seq, why)


def _without_anchor(seq: int, why: str) -> Verified:
    return Verified(seq, seq + 1, why) if seq else Verified(0)


def _against(anchor: Anchor, whole: Verified, *, anchored: bool) -> Verified:
    if anchor.seq > whole.rows:
        return Verified(whole.rows, whole.rows + 1, f"thiếu các dòng cuối, từ {whole.rows + 1} đến {anchor.seq}")
    if not anchored:
        return Verified(whole.rows, anchor.seq, f"dòng {anchor.seq} không khớp với mốc đã lưu ngoài cơ sở dữ liệu")
    return whole


async def _all(around: Surroundings) -> AsyncIterator[AuditRow]:
    last = 0
    while True:
        query = select(AuditRow).where(AuditRow.seq > last).order_by(AuditRow.seq).limit(_BATCH)
        async with around.database.reading() as session:
            rows = (await session.scalars(query)).all()
        if not rows:
            return
        for row in rows:
            yield row
        last = rows[-1].seq


async def exported(around: Surroundings, wanted: Wanted, zone: tzinfo) -> AsyncIterator[str]:
    """What fits, oldest first, as CSV a piece at a time; no cell can be taken for a formula."""
    yield "\ufeff" + _line(["so", "luc", "ai", "viec", "doi_tuong", "ly_do", "chi_tiet", "niem"])
    conditions, last = _conditions(wanted, zone), 0
    while True:
        query = select(AuditRow).where(*conditions, AuditRow.seq > last).order_by(AuditRow.seq).limit(_BATCH)
        async with around.database.reading() as session:
            rows = (await session.scalars(query)).all()
        if not rows:
            return
        yield "".join(_line(_cells(row, zone)) for row in rows)
        last = rows[-1].seq


def _cells(row: AuditRow, zone: tzinfo) -> list[str]:
    details = orjson.dumps(row.details).decode() if row.details else ""
    at = row.at.astimezone(zone).isoformat(timespec="milliseconds")
    return [str(row.seq), at, row.who, row.act, row.object, row.reason, details, row.mac]


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([sheets.harmless(cell) for cell in cells])
    return written.getvalue()


def _conditions(wanted: Wanted, zone: tzinfo) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.who:
        conditions.append(AuditRow.who == wanted.who)
    if wanted.act:
        conditions.append(AuditRow.act == wanted.act)
    if wanted.since:
        conditions.append(AuditRow.at >= datetime.combine(wanted.since, time(), zone))
    if wanted.until:
        conditions.append(AuditRow.at < datetime.combine(wanted.until + timedelta(days=1), time(), zone))
    if words := fold(wanted.words.replace("\0", " ")).split()[:8]:
        said = and_(*(AuditRow.folded.contains(word, autoescape=True) for word in words))
        conditions.append(or_(said, *_about(wanted.things)))
    return conditions


def _about(things: Sequence[str]) -> list[ColumnElement[bool]]:
    """Acts on these things; where it is one alone, also the acts on others that name it in their details."""
    about: list[ColumnElement[bool]] = [AuditRow.object.in_(things)] if things else []
    alone = {thing.rpartition("/")[2] for thing in things if thing.startswith("case/")}
    return about + ([AuditRow.folded.contains(fold(alone.pop()))] if len(alone) == 1 else [])
