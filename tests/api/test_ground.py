"""Settings, keys, codes, database: the ground that everything stands on."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from api import __main__ as command
from api import codes, migrations, settings, vault
from api.database import Database
from api.errors import KeyFileUnsafe, NotOurKey
from api.models import Base
from api.settings import BrokenSettings, Settings


def test_the_defaults_work_on_a_laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VAR", "PORT", "ENVIRONMENT", "DATABASE_URL"):
        monkeypatch.delenv(f"CANHGIAC_{name}", raising=False)
    given = settings.load()
    assert given.database.endswith("var/canhgiac.db")
    assert given.address == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "tám nghìn", "CANHGIAC_PORT chưa đúng: phải là số nguyên"),
        ("PORT", "70000", "CANHGIAC_PORT chưa đúng: lớn quá"),
        ("ENVIRONMENT", "prod", "chỉ nhận 'development' hoặc 'production'"),
        ("DATABASE_URL", "mysql://x", "sqlite:/// hoặc postgresql://"),
        ("ENVIRONMENT", "production", "CANHGIAC_MASTER_KEY_FILE chưa đúng"),
    ],
)
def test_a_broken_setting_is_one_clear_line(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"CANHGIAC_{name}", value)
    assert command.main(["run"]) == 2
    line = capsys.readouterr().err
    assert said in line
    assert line.count("\n") == 1


def test_production_refuses_what_is_only_for_laptops(tmp_path: Path) -> None:
    given = {"environment": "production", "var": tmp_path, "unit_profile": tmp_path / "unit.toml"}
    with pytest.raises(BrokenSettings, match="ngoài thư mục dữ liệu"):
        settings.load(**given, master_key_file=tmp_path / "master.key", base_url="https://x.vn")
    with pytest.raises(BrokenSettings, match="https://"):
        settings.load(**given, master_key_file=Path("/etc/canhgiac/master.key"))


def test_the_database_password_is_not_shown() -> None:
    shown = repr(Settings(database_url="postgresql://u:s3cret@h/db"))
    assert "s3cret" not in shown


def test_the_key_file_is_private_and_made_once(tmp_path: Path) -> None:
    path = tmp_path / "var" / "master.key"
    first = vault.load(path, create=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert vault.load(path, create=True).pseudonym("web", "a") == first.pseudonym("web", "a")
    assert "Vault" in repr(first)
    assert path.read_text() not in repr(first)


def test_an_open_missing_or_broken_key_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    with pytest.raises(KeyFileUnsafe, match="Không thấy"):
        vault.load(path, create=False)
    path.write_text("ab" * 32)
    path.chmod(0o644)
    with pytest.raises(KeyFileUnsafe, match="chmod 600"):
        vault.load(path, create=False)
    path.chmod(0o600)
    path.write_text("không phải khóa")
    with pytest.raises(KeyFileUnsafe):
        vault.load(path, create=False)


def test_a_sealed_field_opens_in_its_own_place_only() -> None:
    keys = vault.Vault(b"k" * 32)
    sealed = keys.seal("inbox|payload", "1", b"0905123318")
    assert b"0905" not in sealed
    assert keys.open("inbox|payload", "1", sealed) == b"0905123318"
    for where, row, stolen in [
        ("inbox|payload", "2", sealed),
        ("outbox|message", "1", sealed),
        ("inbox|payload", "1", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        ("inbox|payload", "1", b""),
    ]:
        with pytest.raises(NotOurKey):
            keys.open(where, row, stolen)
    with pytest.raises(NotOurKey):
        vault.Vault(b"j" * 32).open("inbox|payload", "1", sealed)


def test_pseudonyms_differ_by_channel_person_and_key() -> None:
    keys = vault.Vault(b"k" * 32)
    names = {keys.pseudonym("web", "a"), keys.pseudonym("web", "b"), keys.pseudonym("zalo_oa", "a")}
    names |= {vault.Vault(b"j" * 32).pseudonym("web", "a"), keys.pseudonym("weba", "")}
    assert len(names) == 5
    assert all(re.fullmatch(r"[0-9a-f]{32}", name) for name in names)


def test_codes_survive_reading_aloud_and_typing() -> None:
    for _ in range(200):
        code = codes.draw()
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{9}", code)
        assert codes.read(f" {code[:4].lower()}-{code[4:]} ".replace("0", "o")) == code


def test_a_mistyped_code_is_noticed() -> None:
    code = codes.draw()
    for at in range(9):
        wrong = "7" if code[at] != "7" else "8"
        assert codes.read(code[:at] + wrong + code[at + 1 :]) is None
    assert codes.read("") is None
    assert codes.read("A" * 40) is None


async def test_migrations_end_at_the_models(database_url: str) -> None:
    database = Database(Settings(database_url=database_url).database)
    await migrations.upgrade(database)
    await migrations.upgrade(database)  # a second start changes nothing

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_sqlite_forgets_nothing_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.db"
    database = Database(f"sqlite+aiosqlite:///{path}")
    await migrations.upgrade(database)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0}
    async with database.reading() as session:
        for pragma, value in wanted.items():
            assert (await session.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value
    assert {stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    await database.close()


async def test_a_failed_transaction_leaves_nothing(database_url: str) -> None:
    database = Database(Settings(database_url=database_url).database)
    await migrations.upgrade(database)

    class Broken(Exception):
        pass

    async def fail() -> None:
        async with database.writing() as session:
            await session.execute(text("INSERT INTO limit_windows VALUES ('k', 1, 1, CURRENT_TIMESTAMP)"))
            raise Broken

    with pytest.raises(Broken):
        await fail()
    async with database.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM limit_windows"))).scalar_one() == 0
    await database.close()
