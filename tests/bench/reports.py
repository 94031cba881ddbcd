"""Fills a database with made-up reports, as many as a province has in some years: ``make load-reports N=100000``.

Every row is of the form that the service writes, numbers are random and belong to nobody on purpose.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select

from api import clock, codes, migrations, settings, vault
from api.casework import counters, indicators, likeness, named, reports, triage
from api.casework.named import Kind, Named
from api.database import Database
from api.models import (
    Base,
    Campaign,
    Case,
    CaseEvent,
    CaseItem,
    Check,
    Fingerprint,
    Indicator,
    Report,
    Sighting,
)
from api.surroundings import Surroundings
from knowledge.text import fold
from tests.fakes import knowledge

DAYS = 365
CHUNK = 1000
KINDS = {Kind.PHONE: 30, Kind.ACCOUNT: 30, Kind.DOMAIN: 12}
METHODS = ("dien-luc-evn", "gia-danh-cong-an", "viec-nhe-luong-cao", "trung-thuong", None)
OPENINGS = (
    "Điện lực thông báo nhà bạn nợ tiền điện", "Công an mời anh chị lên làm việc về vụ án", "Em cần người làm thêm tại nhà",
    "Chúc mừng bạn trúng thưởng xe máy", "Bưu kiện của bạn đang bị giữ ở kho", "Tài khoản của bạn sắp bị khóa",
)  # fmt: skip
MIDDLES = (
    "đóng phí trong hôm nay để khỏi bị xử lý", "cài ứng dụng theo đường dẫn này", "đọc mã xác nhận vừa gửi về máy",
    "chuyển khoản trước rồi nhận lại gấp đôi", "giữ bí mật, đừng nói với ai trong nhà", "kết bạn để được hướng dẫn thêm",
)  # fmt: skip
WORDS = (
    "sáng chiều tối nhanh gấp ngay liền giúp hồ sơ phiếu quà tiền phí kho mã số ngày tháng tên người nhà bạn anh chị em cô"
).split()


@dataclass
class Rows:
    """Rows that wait to be written, by table, in the order in which they may be."""

    waiting: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: type[Base], **values: Any) -> None:
        """One row."""
        self.waiting.setdefault(table.__tablename__, []).append(values)

    def __iter__(self) -> Iterator[tuple[Table, Sequence[dict[str, Any]]]]:
        return ((table, rows) for table in Base.metadata.sorted_tables if (rows := self.waiting.get(table.name)))


class Maker:
    """Makes rows; the same seed makes the same texts."""

    def __init__(self, around: Surroundings, total: int) -> None:
        self.around, self.total = around, total
        self.chance = random.Random(7)  # noqa: S311
        self.now = around.clock()
        self.known = [self._named(kind) for kind, share in KINDS.items() for _ in range(max(1, total * share // 400))]
        self.ids = [self._id() for _ in self.known]
        self.seen: dict[int, list[Any]] = {}
        self.campaigns = [(self._id(), self._text()) for _ in range(max(1, total // 200))]
        self.counted = dict.fromkeys((row_id for row_id, _ in self.campaigns), 0)

    def _id(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"

    def _named(self, kind: Kind) -> Named:
        number = self.chance.randrange(10**9)
        spelled = {
            Kind.PHONE: f"07{number % 10**8:08d}",
            Kind.ACCOUNT: f"19{number:010d}",
            Kind.DOMAIN: f"vi-du-{number}.top",
        }
        found = named.read(kind, spelled[kind])
        assert found is not None
        return found

    def _text(self) -> str:
        more = " ".join(self.chance.choices(WORDS, k=12))
        return f"{self.chance.choice(OPENINGS)}, {self.chance.choice(MIDDLES)}, {more}"

    def one(self, rows: Rows, number: int) -> None:
        """One check that was reported, with its case."""
        age = timedelta(seconds=self.chance.randrange(DAYS * 86400))
        at, sender, method = self.now - age, f"s{number % (self.total // 2 + 1):031d}", self.chance.choice(METHODS)
        campaign, text = self.chance.choice(self.campaigns) if number % 3 == 0 else (None, self._text())
        folded, check_id, report_id, case_id = fold(text), self._id(), self._id(), self._id()
        level = "scam" if method else "none"
        rows.add(
            Check, id=check_id, sender=sender, channel="zalo_oa", level=level, method=method,
            methods=[{"slug": method, "score": 0.9}] if method else [], evidence=[], revision="bench", frame="received",
            intent="check", situation=None, probability=0.9, text=text, folded=folded, elapsed_ms=2.0, reply_key=None,
            created_at=at,
        )  # fmt: skip
        situation = self.chance.choice((None, None, None, "paid", "disclosed", "clicked"))
        rows.add(
            Report, id=report_id, code=f"B{number:08d}", kind="report", sender=sender, channel="zalo_oa",
            check_id=check_id, level=level, method=method, methods=[method] if method else [], situation=situation,
            text=text, folded=folded, answers=self.around.vault.seal(reports.ANSWERS, report_id, b"{}"), status="new", created_at=at,
        )  # fmt: skip
        self._case(rows, number, case_id, rows.waiting[Check.__tablename__][-1], report_id)
        if bands := likeness.bands(folded):
            a, b, c, d = bands
            rows.add(
                Fingerprint, check_id=check_id, campaign_id=campaign, wording=campaign or check_id, a=a, b=b, c=c, d=d,
                sender=sender, at=at,
            )  # fmt: skip
        if campaign:
            self.counted[campaign] += 1
        for which in {self.chance.randrange(len(self.known)) for _ in range(2)}:
            self._sighting(rows, which, rows.waiting[Check.__tablename__][-1], report_id)

    def _case(self, rows: Rows, number: int, case_id: str, check: dict[str, Any], report_id: str) -> None:
        at, is_open = check["created_at"], number % 10 == 0
        level = self.chance.choice((1, 2, 2, 3, 3, 3, 4, 4))
        done = None if is_open else at + timedelta(hours=self.chance.randrange(1, 90))
        rows.add(
            Case, id=case_id, code=f"ZOA-{at.year}-{900_000_000 + number}", kind="report",
            status="new" if is_open else "decided", is_open=is_open, triage=level, priority=False,
            due_at=triage.due(level, at), channel="zalo_oa", sender=check["sender"], level=check["level"],
            method=check["method"], method_confirmed=None, label=None if is_open else "right", situation=None,
            text=check["text"], folded=check["folded"], indicator_id=None, assignee_id=None, merged_into=None,
            opened_at=at, updated_at=done or at, first_seen_at=done, decided_at=done,
        )  # fmt: skip
        rows.add(
            CaseItem, id=self._id(), case_id=case_id, kind="report", report_id=report_id, feedback_id=None,
            check_id=check["id"], sender=check["sender"], at=at,
        )  # fmt: skip
        rows.add(
            CaseEvent, key=self._id(), case_id=case_id, kind="opened", before="", after="new", text=None,
            account_id=None, at=at,
        )  # fmt: skip

    def _sighting(self, rows: Rows, which: int, check: dict[str, Any], report_id: str) -> None:
        at = check["created_at"]
        seen = self.seen.setdefault(which, [0, at, at])
        seen[:] = [seen[0] + 1, min(seen[1], at), max(seen[2], at)]
        rows.add(
            Sighting, indicator_id=self.ids[which], source="report", sender=check["sender"], method=check["method"],
            check_id=check["id"], report_id=report_id, at=at,
        )  # fmt: skip

    def first(self) -> Rows:
        """What the other rows point to."""
        rows = Rows()
        for row_id, one in zip(self.ids, self.known, strict=True):
            hashed = indicators.hash_of(self.around, one)
            value = self.around.vault.seal("indicators|value", hashed, one.value.encode())
            rows.add(
                Indicator, id=row_id, kind=one.kind.value, hash=hashed, value=value, masked=one.masked,
                status="reported", proposed=None, proposed_by=None, seen=0, reporters=0, first_seen_at=self.now,
                last_seen_at=self.now, decided_at=None,
            )  # fmt: skip
        for row_id, text in self.campaigns:
            rows.add(
                Campaign, id=row_id, sample=text, method=None, size=1, reach=1,
                first_at=self.now - timedelta(days=DAYS), last_at=self.now,
            )  # fmt: skip
        return rows


async def load(around: Surroundings, total: int) -> None:
    """Write that many reports with all that belongs to them. Refuses a database that was filled so before."""
    async with around.database.reading() as session:
        if (await session.execute(select(Report.id).where(Report.code == "B00000000"))).first():
            raise SystemExit("Cơ sở dữ liệu này đã được nạp phản ánh thử rồi.")
    maker = Maker(around, total)
    await _write(around, maker.first())
    for start in range(0, total, CHUNK):
        rows = Rows()
        for number in range(start, min(total, start + CHUNK)):
            maker.one(rows, number)
        await _write(around, rows)
    await _count(around, maker)


async def _write(around: Surroundings, rows: Rows) -> None:
    async with around.database.writing() as session:
        for table, values in rows:
            await session.execute(insert(table), values)


async def _count(around: Surroundings, maker: Maker) -> None:
    """The numbers that the service keeps as it goes."""
    async with around.database.writing() as session:
        for which, (seen, first, last) in maker.seen.items():
            row = await session.get_one(Indicator, maker.ids[which])
            row.seen, row.reporters, row.first_seen_at, row.last_seen_at = seen, seen, first, last
        for row_id, size in maker.counted.items():
            campaign = await session.get_one(Campaign, row_id)
            campaign.size = campaign.reach = max(1, size)
        await counters.next_number(session, "loaded")


async def main(total: int) -> None:
    """Fill the database that the settings name."""
    given = settings.load()
    database = Database(given.database)
    await migrations.upgrade(database)
    keys = vault.load(given.key_file, create=not given.is_production)
    await load(Surroundings(given, database, keys, knowledge(), {}, codes.draw, clock.now), total)
    async with database.reading() as session:
        count = (await session.execute(select(func.count()).select_from(Report))).scalar_one()
    await database.close()
    sys.stdout.write(f"Đã nạp; cơ sở dữ liệu có {count} phản ánh.\n")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
