"""How soon each list and search page of the desk is there, with 100,000 reports, on both databases."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import psycopg
from sqlalchemy import select, text

from api import app as application
from api import clock, codes, migrations, vault
from api.access import sessions
from api.casework import indicators
from api.database import Database
from api.models import Campaign, Case, Indicator, StaffAccount
from api.settings import Settings
from api.surroundings import Surroundings
from tests.api.casework import desk
from tests.bench import reports
from tests.fakes import knowledge

REPORTS = int(os.environ.get("CANHGIAC_BENCH_REPORTS", "100000"))
TIMES = 40
BOUND_MS = 300
ROLES = ["operator", "lead_operator", "approver", "curator", "auditor"]


def tables(total: int = REPORTS) -> list[str]:
    """The table of this module."""
    measured = asyncio.run(_measure(total))
    kinds = list(measured)
    return [
        f"Pages of the desk with {total:,} reports, p95 of {TIMES} requests each; the bound is {BOUND_MS} ms.",
        "",
        f"| page | {' | '.join(kinds)} |",
        f"|---|{'---|' * len(kinds)}",
        *(
            f"| {page} | {' | '.join(f'{measured[kind][page]:.0f} ms' for kind in kinds)} |"
            for page in measured[kinds[0]]
        ),
        "",
    ]


async def _measure(total: int) -> dict[str, dict[str, float]]:
    kinds = ("SQLite", "PostgreSQL") if os.environ.get("CANHGIAC_TEST_POSTGRES") else ("SQLite",)
    found = {}
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="canhgiac-bench-") as place:
            async with _database(kind, Path(place)) as url:
                found[kind] = await _one(Settings(var=Path(place), database_url=url), total)
    return found


@asynccontextmanager
async def _database(kind: str, place: Path) -> AsyncIterator[str]:
    if kind == "SQLite":
        yield f"sqlite:///{place / 'bench.db'}"
        return
    server = os.environ["CANHGIAC_TEST_POSTGRES"]
    name = f"desk_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield server.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


async def _one(settings: Settings, total: int) -> dict[str, float]:
    database = Database(settings.database)
    await migrations.upgrade(database)
    keys = vault.load(settings.key_file, create=True)
    around = Surroundings(settings, database, keys, knowledge(), {}, codes.draw, clock.now)
    await reports.load(around, total)
    async with database.writing() as session:
        await session.execute(text("ANALYZE"))
    transport = httpx.ASGITransport(app=application.assemble(around))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        client.cookies.set("staff", await _sign_in(around))
        found = {title: await _p95(client, path) for title, path in (await _pages(around)).items()}
    await database.close()
    return found


async def _sign_in(around: Surroundings) -> str:
    async with around.database.writing() as session:
        account = await session.get_one(StaffAccount, await desk.person(session, around, "do-luong"))
        account.roles = ROLES
    return await sessions.open_for(around, account)


async def _pages(around: Surroundings) -> dict[str, str]:
    async with around.database.reading() as session:
        case = (await session.scalars(select(Case).order_by(Case.opened_at.desc()).limit(1))).one()
        busiest = (await session.scalars(select(Indicator).order_by(Indicator.seen.desc()).limit(1))).one()
        largest = (await session.scalars(select(Campaign).order_by(Campaign.size.desc()).limit(1))).one()
    number = indicators.value_of(around, busiest).value
    queue = "/can-bo/vu-viec"
    return {
        "queue": queue,
        "queue, live table": f"{queue}/bang",
        "queue, all, newest first": f"{queue}?trang-thai=all",
        "queue, frequent words": f"{queue}?trang-thai=all&tim=chuyen+khoan",
        "queue, words nobody wrote": f"{queue}?trang-thai=all&tim=khong+ai+viet+dieu+nay",
        "queue, a number": f"{queue}?trang-thai=all&tim={number}",
        "queue, one method": f"{queue}?thu-doan=trung-thuong",
        "case": f"{queue}/{case.id}",
        "numbers": "/can-bo/dau-hieu",
        "numbers, one looked up": f"/can-bo/dau-hieu?tim={number}",
        "one number": f"/can-bo/dau-hieu/{busiest.id}",
        "campaigns": "/can-bo/chien-dich",
        "campaigns, new methods": "/can-bo/chien-dich?loai=moi",
        "one campaign": f"/can-bo/chien-dich/{largest.id}",
        "figures of a week": "/can-bo/so-lieu?ky=tuan",
        "reports": "/can-bo/phan-anh",
        "reports, words": "/can-bo/phan-anh?tim=khong+ai+viet+dieu+nay",
        "checks": "/can-bo/luot-hoi",
        "audit log": "/can-bo/nhat-ky",
    }


async def _p95(client: httpx.AsyncClient, path: str) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = await client.get(path)
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
    return sorted(took)[int(0.95 * TIMES) - 1]


if __name__ == "__main__":
    import sys

    sys.stdout.write("\n".join(tables()) + "\n")
