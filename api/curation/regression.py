"""Trial runs: asked for here, kept in the database, carried out by whichever replica takes them first.

The gate before publishing is asked here, too. Must not know how two catalogues are compared.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api import log
from api.curation import pieces, rows, soundness
from api.curation.pieces import Piece
from api.curation.refusals import GateClosed, WrongStep
from api.models import Publication, RegressionRun, Report
from api.surroundings import Surroundings

REPORT_DAYS = 90
MOST_REPORTS = 1500
STALLED = timedelta(minutes=2)
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
_ROOT = Path(__file__).parents[2]
logger = log.get(__name__)


async def start(around: Surroundings, author: str, members: Sequence[int]) -> int:
    """Ask for a comparison of these revisions with the live catalogue; one that is there already is enough."""
    now = around.clock()
    async with around.database.writing() as session:
        base = await rows.live(session)
        if base is None:
            raise WrongStep("Kho chưa có bản nào đang chạy.")
        revision = pieces.revision(await rows.members(session, members))
        found = await latest(session, revision, base.id)
        if found and found.state != FAILED:
            return found.id
        run = RegressionRun(
            base_id=base.id, members=list(members), revision=revision, state=WAITING, author=author,
            created_at=now, changed_at=now,
        )  # fmt: skip
        session.add(run)
        await session.flush()
        return run.id


async def latest(session: AsyncSession, revision: str, base_id: int) -> RegressionRun | None:
    """The newest run of this content against that publication."""
    query = (
        select(RegressionRun)
        .where(RegressionRun.revision == revision, RegressionRun.base_id == base_id)
        .order_by(RegressionRun.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).one_or_none()


async def of_draft(session: AsyncSession, revision_id: int) -> RegressionRun | None:
    """The newest run of one revision, as it reads now, on top of the live catalogue."""
    base = await rows.live(session)
    if base is None:
        return None
    wanted = await rows.replaced(session, base.members, [revision_id])
    return await latest(session, pieces.revision(await rows.members(session, wanted)), base.id)


async def try_draft(around: Surroundings, author: str, revision_id: int) -> int:
    """Ask for a comparison of one draft with the live catalogue. Gives the id of the run."""
    async with around.database.reading() as session:
        base = await rows.live(session)
        wanted = await rows.replaced(session, base.members if base else [], [revision_id])
    return await start(around, author, wanted)


async def needed(session: AsyncSession, base: Sequence[int], members: Sequence[int]) -> bool:
    """Whether the two differ in what messages are judged by."""
    old, new = set(await rows.members(session, base)), set(await rows.members(session, members))
    return any(pieces.judges(piece) for piece in old ^ new)


async def demand(around: Surroundings, made: Publication) -> None:
    """Let a publication pass, or raise GateClosed with the reasons."""
    async with around.database.reading() as session:
        base = await session.get_one(Publication, made.previous)
        if not await needed(session, base.members, made.members):
            return
        run = await latest(session, made.revision, base.id)
    if run is None or run.state in (WAITING, RUNNING):
        raise GateClosed("Chưa chạy thử xong. Đồng chí chờ kết quả rồi ban hành.")
    if run.state == FAILED or run.result is None:
        raise GateClosed("Lần chạy thử bị hỏng. Đồng chí chạy thử lại.")
    if not run.result["passed"]:
        raise GateClosed(f"Không ban hành: {' '.join(run.result['refused'])}")


async def take_one(around: Surroundings) -> bool:
    """Carry out one waiting run, or one whose replica died. Gives whether there was one."""
    now = around.clock()
    stalled = (RegressionRun.state == RUNNING) & (RegressionRun.changed_at < now - STALLED)
    query = (
        select(RegressionRun.id).where((RegressionRun.state == WAITING) | stalled).order_by(RegressionRun.id).limit(1)
    )
    async with around.database.reading() as session:  # looking is free; the lock to write is taken for work only
        if (await session.scalars(query)).first() is None:
            return False
    async with around.database.writing() as session:
        chosen = (await session.scalars(query.with_for_update(skip_locked=True))).one_or_none()
        if chosen is None:
            return False
        run = await session.get_one(RegressionRun, chosen)
        run.state, run.changed_at, run.step = RUNNING, now, "Đang chuẩn bị"
    await _carry_out(around, run)
    return True


async def _carry_out(around: Surroundings, run: RegressionRun) -> None:
    async with around.database.reading() as session:
        base = await session.get_one(Publication, run.base_id)
        before = await rows.members(session, base.members)
        after = await rows.members(session, run.members)
        reports = await _reports(session, around)
    if pieces.revision(after) != run.revision:
        await _note(around, run.id, state=FAILED, step="Bản nháp đã đổi trong lúc chờ; chạy thử lại.")
        return
    with tempfile.TemporaryDirectory(prefix="canhgiac-") as made:
        folder = Path(made)
        await asyncio.to_thread(_lay_out, folder, before, after, reports, around.settings.unit_profile)
        result = await _compare(around, run.id, folder)
    if result is None:
        await _note(around, run.id, state=FAILED, step="Máy chạy thử dừng giữa chừng; chạy thử lại.")
    else:
        await _note(around, run.id, state=DONE, step="Đã xong", result=result)


async def _reports(session: AsyncSession, around: Surroundings) -> list[dict[str, Any]]:
    since = around.clock() - timedelta(days=REPORT_DAYS)
    query = (
        select(Report.id, Report.text, Report.method)
        .where(Report.created_at >= since, Report.text != "")
        .order_by(Report.created_at.desc())
        .limit(MOST_REPORTS)
    )
    return [dict(row) for row in (await session.execute(query)).mappings()]


async def words_of_reports(session: AsyncSession, run: RegressionRun) -> dict[str, str]:
    """The masked texts of the reports that a run came upon, by id; those that are still kept."""
    flips = (run.result or {}).get("flips", [])
    ids = [flip["tried"]["report"] for flip in flips if flip["tried"].get("report")]
    found = await session.execute(select(Report.id, Report.text).where(Report.id.in_(ids)))
    return {row.id: row.text for row in found}


def _lay_out(
    folder: Path, before: Sequence[Piece], after: Sequence[Piece], reports: Sequence[dict[str, Any]], unit: Path | None
) -> None:
    for name, members in (("before", before), ("after", after)):
        pieces.write(soundness.of(tuple(members), unit).pieces, folder / name)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in reports)
    (folder / "reports.jsonl").write_text(lines, encoding="utf-8")


async def _compare(around: Surroundings, run_id: int, folder: Path) -> dict[str, Any] | None:
    """The result of the process, None where it failed; progress is noted on the way."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "api.curation.trial", str(folder)),
        cwd=_ROOT,
        env={"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=16 * 1024 * 1024,
    )
    result: dict[str, Any] | None = None
    if process.stdout is None:
        return None
    try:
        async for line in process.stdout:
            said = json.loads(line)
            if "result" in said:
                result = said["result"]
            else:
                await _note(around, run_id, **said)
        code = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    logger.info("trial run ended", status=code)
    return result if code == 0 else None


async def _note(around: Surroundings, run_id: int, **values: Any) -> None:
    async with around.database.writing() as session:
        statement = update(RegressionRun).where(RegressionRun.id == run_id)
        await session.execute(statement.values(changed_at=around.clock(), **values))
