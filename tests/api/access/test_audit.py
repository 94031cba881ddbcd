"""The audit log: one row an act in the act's transaction; every way of tampering is found and named."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable
from datetime import UTC

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from api import sheets, vault
from api.access import audit, journal
from api.access.journal import Wanted
from api.access.ledger import Ledger
from api.models import AuditRow
from api.surroundings import Surroundings


async def write(around: Surroundings, count: int, reason: str = "") -> None:
    for number in range(count):
        async with around.database.writing() as session:
            await audit.record(session, "truc-ban", "report.view", f"report/{number}", reason, {"b": 1, "a": [1.5]})


async def tamper(around: Surroundings, *statements: str) -> None:
    """What somebody with the database in their hands could do: take the guards away first."""
    async with around.database.writing() as session:
        if around.database.is_sqlite:
            off = ["DROP TRIGGER audit_rows_no_update", "DROP TRIGGER audit_rows_no_delete"]
        else:
            off = ["ALTER TABLE audit_rows DISABLE TRIGGER USER"]
        for statement in (*off, *statements):
            await session.execute(text(statement))


async def test_a_whole_chain_is_whole(around: Surroundings) -> None:
    assert (await journal.verify(around)).bad is None
    await write(around, 5, "kiểm tra ca trực")
    assert await journal.verify(around) == journal.Verified(5)


async def test_the_row_goes_with_the_act_or_not_at_all(around: Surroundings) -> None:
    await write(around, 1)

    async def fail() -> None:
        async with around.database.writing() as session:
            await audit.record(session, "truc-ban", "report.view")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    await write(around, 1)
    assert await journal.verify(around) == journal.Verified(2)


async def test_many_at_once_make_one_chain(around: Surroundings) -> None:
    await asyncio.gather(*(write(around, 3) for _ in range(6)))
    assert await journal.verify(around) == journal.Verified(18)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_rows SET who = 'khác'", "DELETE FROM audit_rows", "DELETE FROM audit_rows WHERE seq = 2"],
)
async def test_the_database_refuses_to_change_a_row(around: Surroundings, statement: str) -> None:
    await write(around, 2)
    with pytest.raises(DatabaseError, match="append-only"):
        async with around.database.writing() as session:
            await session.execute(text(statement))
    assert await journal.verify(around) == journal.Verified(2)


async def edit(around: Surroundings) -> None:
    await tamper(around, "UPDATE audit_rows SET reason = 'khác' WHERE seq = 3")


async def edit_details(around: Surroundings) -> None:
    await tamper(around, 'UPDATE audit_rows SET details = \'{"a": [1.5], "b": 2}\' WHERE seq = 3')


async def delete(around: Surroundings) -> None:
    await tamper(around, "DELETE FROM audit_rows WHERE seq = 3")


async def delete_and_close_the_gap(around: Surroundings) -> None:
    await tamper(
        around,
        "DELETE FROM audit_rows WHERE seq = 3",
        "UPDATE audit_rows SET seq = 3 WHERE seq = 4",
        "UPDATE audit_rows SET seq = 4 WHERE seq = 5",
    )


async def insert(around: Surroundings) -> None:
    copied = "at, who_id, who, act, object, reason, details, folded, mac"
    await tamper(
        around,
        "UPDATE audit_rows SET seq = 6 WHERE seq = 5",
        "UPDATE audit_rows SET seq = 5 WHERE seq = 4",
        "UPDATE audit_rows SET seq = 4 WHERE seq = 3",
        f"INSERT INTO audit_rows (seq, {copied}) SELECT 3, {copied} FROM audit_rows WHERE seq = 2",  # noqa: S608
    )


async def swap(around: Surroundings) -> None:
    await tamper(
        around,
        "UPDATE audit_rows SET seq = 99 WHERE seq = 3",
        "UPDATE audit_rows SET seq = 3 WHERE seq = 4",
        "UPDATE audit_rows SET seq = 4 WHERE seq = 99",
    )


@pytest.mark.parametrize("how", [edit, edit_details, delete, delete_and_close_the_gap, insert, swap])
async def test_tampering_is_found_and_the_first_bad_row_named(
    around: Surroundings, how: Callable[[Surroundings], Awaitable[None]]
) -> None:
    await write(around, 5)
    await how(around)
    found = await journal.verify(around)
    assert found.bad == 3
    assert "3" in found.why


async def test_a_cut_tail_is_missed_because_of_the_anchor(around: Surroundings) -> None:
    await write(around, 5)
    await tamper(around, "DELETE FROM audit_rows WHERE seq > 3")
    found = await journal.verify(around)
    assert found.bad == 4
    assert "từ 4 đến 5" in found.why


async def test_an_emptied_table_is_missed_too(around: Surroundings) -> None:
    await write(around, 2)
    await tamper(around, "DELETE FROM audit_rows")
    assert (await journal.verify(around)).bad == 1


async def test_a_tail_cut_and_written_anew_does_not_fit_the_anchor(around: Surroundings) -> None:
    await write(around, 5)
    kept = around.settings.anchor_file.read_bytes()
    await tamper(around, "DELETE FROM audit_rows WHERE seq > 3")
    await write(around, 4, "khác")
    around.settings.anchor_file.write_bytes(kept)
    assert (await journal.verify(around)).bad == 5


async def test_rebuilding_without_the_key_is_found(around: Surroundings) -> None:
    await write(around, 3)
    ledger = around.database.info["ledger"]
    foreign = Ledger(vault.Vault(b"\1" * 32), around.clock, around.settings.anchor_file)
    await tamper(around, "DELETE FROM audit_rows")
    around.database.info["ledger"] = foreign
    await write(around, 3)
    assert (await journal.verify(around)).bad is None  # consistent in itself
    around.database.info["ledger"] = ledger
    assert (await journal.verify(around)).bad == 1


@pytest.mark.parametrize("content", [None, b"", b"5 abc def\n", b"\xff\xfe"])
async def test_a_lost_or_forged_anchor_is_told(around: Surroundings, content: bytes | None) -> None:
    await write(around, 2)
    path = around.settings.anchor_file
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    found = await journal.verify(around)
    assert found.bad is not None
    assert "tệp mốc" in found.why


async def test_the_anchor_never_goes_back_and_is_private(around: Surroundings) -> None:
    await write(around, 3)
    ledger: Ledger = around.database.info["ledger"]
    ledger.remember(1, "0" * 64)
    assert ledger.anchor().seq == 3
    assert around.settings.anchor_file.stat().st_mode & 0o077 == 0


async def test_a_disk_that_refuses_the_anchor_does_not_undo_the_act(around: Surroundings) -> None:
    around.settings.anchor_file.mkdir(parents=True)
    await write(around, 1)
    async with around.database.reading() as session:
        assert len((await session.scalars(select(AuditRow))).all()) == 1


async def test_searching_with_and_without_diacritics(around: Surroundings) -> None:
    await write(around, 2, "đối chiếu với ngân hàng")
    await write(around, 1, "100% khác")

    async def total(**wanted: str) -> int:
        return (await journal.search(around, Wanted(**wanted), UTC)).total  # type: ignore[arg-type]

    assert await total() == 3
    assert await total(words="ngan hang") == await total(words="ngân hàng") == 2
    assert await total(words="100%") == 1
    assert await total(words="%%%") == await total(who="ai-do") == await total(act="report.%") == 0
    assert await total(who="truc-ban", act="report.view") == 3


async def test_the_export_is_complete_and_no_cell_is_a_formula(around: Surroundings) -> None:
    for reason in ("=1+1", "@SUM(A1)", "\t=cmd", "-2+3", "bình thường", 'có "ngoặc", phẩy\nxuống dòng'):
        await write(around, 1, reason)
    written = "".join([piece async for piece in journal.exported(around, Wanted(), UTC)])
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))
    assert len(rows) == 7
    assert [row[5] for row in rows[1:]] == [
        "'=1+1", "'@SUM(A1)", "'=cmd", "'-2+3", "bình thường", 'có "ngoặc", phẩy\nxuống dòng',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "safe"), [("", ""), ("a=b", "a=b"), ("＝1", "'＝1"), (" =1", "' =1"), ("\r=1", "'\r=1")]
)
def test_formulas(cell: str, safe: str) -> None:
    assert sheets.harmless(cell) == safe
