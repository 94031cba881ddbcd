"""Accounts and the audit log from the terminal, as the person at the server types them."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from sqlalchemy import text

from api.access import people, terminal
from api.surroundings import Surroundings


async def types(around: Surroundings, line: str) -> int:
    parser = argparse.ArgumentParser()
    terminal.add_commands(parser.add_subparsers(dest="command"))
    return await terminal.run(around, parser.parse_args(line.split()))


async def test_adding_listing_shutting_and_resetting(around: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    assert await types(around, "people add nguyen.a --roles operator,curator --full-name Nguyễn") == 0
    assert "chỉ hiện lần này" in capsys.readouterr().out
    assert await types(around, "people list") == 0
    listed = capsys.readouterr().out
    assert "nguyen.a" in listed
    assert "Trực ban, Biên soạn" in listed
    assert await types(around, "people disable nguyen.a") == 0
    assert (await people.named(around, "nguyen.a")).disabled
    assert await types(around, "people enable nguyen.a") == 0
    before = (await people.named(around, "nguyen.a")).password_hash
    assert await types(around, "people reset nguyen.a --second-factor") == 0
    after = await people.named(around, "nguyen.a")
    assert after.password_hash != before
    assert after.must_change


@pytest.mark.parametrize(
    "line", ["people disable ai-do", "people add x --roles operator", "people add abc --roles vua", "password ai-do"]
)
async def test_what_cannot_be_done_says_why(
    around: Surroundings, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    assert await types(around, line) == 1
    assert capsys.readouterr().err.strip()


async def test_the_last_administrator_stays(around: Surroundings) -> None:
    assert await types(around, "people add quan.tri --roles administrator") == 0
    assert await types(around, "people disable quan.tri") == 1


async def test_verifying_and_exporting(
    around: Surroundings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("mot", "hai.nguoi"):
        await types(around, f"people add {name}x --roles operator")
    capsys.readouterr()
    assert await types(around, "audit verify") == 0
    assert "2 dòng" in capsys.readouterr().out
    out = tmp_path / "nhat-ky.csv"
    assert await types(around, f"audit export {out}") == 0
    assert out.read_text().count("account.add") == 2
    assert out.stat().st_mode & 0o077 == 0
    capsys.readouterr()
    assert await types(around, "audit export") == 0
    assert capsys.readouterr().out.count("account.add") == 2
    async with around.database.writing() as session:
        off = (
            "DROP TRIGGER audit_rows_no_delete"
            if around.database.is_sqlite
            else "ALTER TABLE audit_rows DISABLE TRIGGER USER"
        )
        await session.execute(text(off))
        await session.execute(text("DELETE FROM audit_rows WHERE seq = 1"))
    assert await types(around, "audit verify") == 1
    assert "từ dòng 1" in capsys.readouterr().err
