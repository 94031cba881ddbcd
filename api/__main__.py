"""``python -m api`` runs the service; ``python -m api ask TEXT`` asks one question on the same database.

What a person at the terminal reads is written here. Must not know how a message is judged.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import signal
import socket
import sys
from contextlib import suppress

import uvicorn
import uvloop

from api import app, log, settings
from api.access import accounts, permissions
from api.access import terminal as access
from api.errors import KeyFileUnsafe
from api.intake import inbox, outbox, worker
from api.settings import BrokenSettings, Settings
from api.surroundings import Surroundings
from bot import wording
from bot.channels import terminal, web
from bot.replies import Reply
from knowledge.catalogue import CatalogueError

MISUSE = 2
STOP_SECONDS = 5
ASK_SECONDS = 30.0
OTHER_CHANNELS = {"zalo_oa": "Zalo OA", "zalo_bot": "Zalo Bot", "telegram": "Telegram"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m api", description="Cảnh Giác: trợ lý cảnh báo lừa đảo.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="chạy dịch vụ (mặc định): một tiến trình làm mọi việc")
    commands.add_parser("web", help="chỉ nhận tin và hiện trang, khi đã có tiến trình worker làm phần còn lại")
    commands.add_parser("worker", help="chỉ trả lời và gửi đi; chạy bên cạnh web, một hoặc nhiều tiến trình")
    asking = commands.add_parser("ask", help="hỏi một tin ngay trên dòng lệnh")
    asking.add_argument("text", nargs="*", help="nội dung; để trống thì đọc biến TEXT hoặc đầu vào chuẩn")
    access.add_commands(commands)
    given = parser.parse_args(arguments)
    try:
        chosen = settings.load()
        if given.command == "ask":
            log.set_up(level=40)
            return asyncio.run(_ask(chosen, _question(given.text)))
        if given.command in access.COMMANDS:
            log.set_up(level=40)
            return asyncio.run(_keep_access(chosen, given))
        log.set_up()
        if given.command == "worker":
            return _work(chosen)
        return _run(chosen, works=given.command != "web")
    except (BrokenSettings, KeyFileUnsafe, CatalogueError) as broken:
        print(broken, file=sys.stderr)  # noqa: T201
        return MISUSE
    except KeyboardInterrupt:
        return 130


def _run(chosen: Settings, *, works: bool) -> int:
    listening = socket.socket(socket.AF_INET6 if ":" in chosen.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((chosen.host, chosen.port))
        listening.listen(512)  # who comes while the judge is built waits, and is not refused
    except OSError:
        print(  # noqa: T201
            f"Không mở được {chosen.host}:{chosen.port}: cổng đang bận hoặc không được phép. "
            f"Đặt {settings.PREFIX}PORT sang số khác.",
            file=sys.stderr,
        )
        return MISUSE
    bound = chosen.model_copy(update={"port": listening.getsockname()[1]})
    config = uvicorn.Config(
        app.create_app(bound, _announce, works=works),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=STOP_SECONDS,
        limit_concurrency=512,
    )
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):  # uvicorn has already stopped in good order and only passes the signal on
        server.run(sockets=[listening])
    return 0 if server.started else 1


def _work(chosen: Settings) -> int:
    os.nice(worker.NICENESS)

    async def until_told() -> None:
        stopped = asyncio.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
        await app.work(chosen, _announce_worker, stopped)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(until_told())
    return 0


def _announce_worker(around: Surroundings) -> None:
    revision = around.knowledge.judge.revision
    print(f"Tiến trình xử lý đang chạy, kho cảnh báo bản {revision}. Nhấn Ctrl-C để dừng.", flush=True)  # noqa: T201


def _announce(around: Surroundings, password: str | None) -> None:
    address = around.settings.address
    catalogue = around.knowledge.judge.catalogue
    off = ", ".join(title for name, title in OTHER_CHANNELS.items() if name not in around.channels)
    lines = [
        "",
        f"Cảnh Giác đang chạy: {address}",
        f"Bàn trực của cán bộ:  {address}/can-bo",
        f"Kho cảnh báo:         {len(catalogue.methods)} thủ đoạn, bản {around.knowledge.judge.revision}",
    ]
    if off:
        lines.append(f"Kênh đang tắt (chưa có mã kết nối): {off}")
    if password:
        lines += [
            "",
            f"Tài khoản đầu tiên:   {accounts.FIRST}",
            f"Mật khẩu (chỉ hiện lần này): {password}",
            f"Vai trò:               {_roles(around)}",
        ]
    else:
        lines.append("Quên mật khẩu cán bộ: python -m api password")
    print("\n".join([*lines, "", "Nhấn Ctrl-C để dừng.", ""]), flush=True)  # noqa: T201


def _roles(around: Surroundings) -> str:
    if around.settings.is_production:
        return "Quản trị tài khoản. Đăng nhập rồi thêm từng cán bộ với vai trò của họ."
    titles = " + ".join(permissions.TITLES[role] for role in accounts.FIRST_ROLES_AT_HOME)
    return f"{titles} (gộp cả để một người thử được mọi việc; vận hành thật thì mỗi người một vai)"


def _question(words: list[str]) -> str:
    """The arguments, else the variable TEXT of ``make ask``, else standard input."""
    if words:
        return " ".join(words)
    if os.environ.get("TEXT"):
        return os.environ["TEXT"]
    if sys.stdin.isatty():
        print("Dán nội dung rồi nhấn Ctrl-D:", file=sys.stderr)  # noqa: T201
    return sys.stdin.buffer.read(1 << 20).decode("utf-8", "replace")


async def _ask(chosen: Settings, text: str) -> int:
    async with app.surroundings(chosen) as around:
        for reply in await _answers(around, text):
            print(terminal.render(reply))  # noqa: T201
    return 0


async def _answers(around: Surroundings, text: str) -> list[Reply]:
    """One question through inbox, turn and outbox; a running service on the same database may take it first."""
    update_id, sender = secrets.token_hex(16), "terminal"
    clean = text.encode("utf-8", "replace").decode()
    await inbox.record(around, around.channels["terminal"], web.payload(update_id, sender, text=clean))
    hashed = around.vault.pseudonym("terminal", sender)
    until = asyncio.get_running_loop().time() + ASK_SECONDS
    while not await inbox.is_settled(around, "terminal", hashed, update_id):
        if asyncio.get_running_loop().time() > until:
            return [Reply(wording.VI.trouble)]
        if not await worker.take_one(around, "terminal"):
            await around.answered.wait(0.2)
    return [web.restore(message) for message in await outbox.fetch(around, "terminal", hashed, update_id)]


async def _keep_access(chosen: Settings, given: argparse.Namespace) -> int:
    async with app.surroundings(chosen) as around:
        return await access.run(around, given)


if __name__ == "__main__":
    sys.exit(main())
