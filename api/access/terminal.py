"""``python -m api people …`` and ``python -m api audit …``: what the person at the server does without the console.

What they read is written here. Must not decide anything that ``people`` and ``journal`` decide.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from api import templates
from api.access import accounts, journal, people
from api.access.permissions import TITLES, Role
from api.errors import Refusal
from api.models import StaffAccount
from api.surroundings import Surroundings

BY = "terminal"
COMMANDS = frozenset({"people", "audit", "password"})


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands of this room."""
    renewing = commands.add_parser("password", help="cấp lại mật khẩu cho một tài khoản cán bộ")
    renewing.add_argument("name", nargs="?", default=accounts.FIRST)
    staff = commands.add_parser("people", help="tài khoản cán bộ").add_subparsers(dest="what", required=True)
    staff.add_parser("list", help="danh sách")
    adding = staff.add_parser("add", help="thêm một người")
    adding.add_argument("name", help="tên đăng nhập")
    adding.add_argument("--full-name", default="", help="họ tên")
    adding.add_argument("--roles", required=True, help=f"cách nhau bằng dấu phẩy: {', '.join(r.value for r in Role)}")
    for verb, meaning in (("disable", "khóa"), ("enable", "mở lại"), ("reset", "cấp mật khẩu dùng một lần")):
        acting = staff.add_parser(verb, help=meaning)
        acting.add_argument("name", help="tên đăng nhập")
        if verb == "reset":
            acting.add_argument(
                "--second-factor", action="store_true", help="bỏ luôn xác thực hai lớp (mất điện thoại)"
            )
    checking = commands.add_parser("audit", help="nhật ký").add_subparsers(dest="what", required=True)
    checking.add_parser("verify", help="kiểm tra cả chuỗi; mã thoát 1 nếu có dòng bị sửa")
    exporting = checking.add_parser("export", help="xuất ra CSV")
    exporting.add_argument("file", nargs="?", type=Path, help="tệp; để trống thì in ra màn hình")


async def run(around: Surroundings, given: argparse.Namespace) -> int:
    """Carry one out; gives the exit code."""
    try:
        if given.command == "audit":
            return await (_verify(around) if given.what == "verify" else _export(around, given.file))
        if given.command == "password":
            return await _reset(around, given.name, second=False)
        return await _people(around, given)
    except Refusal as refused:
        print(refused.sentence, file=sys.stderr)  # noqa: T201
        return 1


async def _people(around: Surroundings, given: argparse.Namespace) -> int:
    if given.what == "list":
        for account in await people.everybody(around):
            print(_line(account))  # noqa: T201
        return 0
    if given.what == "add":
        roles = [role.strip() for role in given.roles.split(",") if role.strip()]
        _, password = await people.add(around, BY, given.name, given.full_name, roles)
        print(f"Đã thêm {given.name}. Mật khẩu dùng một lần (chỉ hiện lần này): {password}")  # noqa: T201
        return 0
    if given.what == "reset":
        return await _reset(around, given.name, second=given.second_factor)
    account = await people.named(around, given.name)
    if given.what == "disable":
        await people.disable(around, BY, account.id)
        print(f"Đã khóa {account.name}, mọi nơi đăng nhập đều đã kết thúc.")  # noqa: T201
    else:
        await people.enable(around, BY, account.id)
        print(f"Đã mở lại {account.name}.")  # noqa: T201
    return 0


async def _reset(around: Surroundings, name: str, *, second: bool) -> int:
    account = await people.named(around, name)
    password = await people.reset(around, BY, account.id, second=second)
    print(f"Mật khẩu mới của {name} (chỉ hiện lần này): {password}")  # noqa: T201
    return 0


def _line(account: StaffAccount) -> str:
    roles = ", ".join(TITLES[role] for role in Role if role.value in account.roles)
    state = "đã khóa" if account.disabled else ("hai lớp" if account.totp_on else "một lớp")
    last = templates.moment(account.signed_in_at) if account.signed_in_at else "chưa vào lần nào"
    whose = f"({account.full_name})" if account.full_name else ""
    return f"{account.name:20} {state:8} {last:17} {roles} {whose}".rstrip()


async def _verify(around: Surroundings) -> int:
    found = await journal.verify(around)
    if found.bad is None:
        print(f"Nhật ký nguyên vẹn: {found.rows} dòng, khớp với mốc {around.settings.anchor_file}.")  # noqa: T201
        return 0
    print(f"NHẬT KÝ KHÔNG CÒN NGUYÊN VẸN, từ dòng {found.bad}: {found.why}.", file=sys.stderr)  # noqa: T201
    return 1


async def _export(around: Surroundings, path: Path | None) -> int:
    pieces = journal.exported(around, journal.Wanted(), templates.VIETNAM)
    if path is None:
        async for piece in pieces:
            sys.stdout.write(piece)
        return 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", newline="") as file:
        async for piece in pieces:
            file.write(piece)
    print(f"Đã xuất nhật ký ra {path}.")  # noqa: T201
    return 0
