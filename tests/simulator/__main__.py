"""``python -m tests.simulator``: simulated messengers, the real service, and a phone to write with, in one command."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from tests.simulator import messenger
from tests.simulator.page import Phone
from tests.simulator.platforms import APPS, settings_for
from tests.simulator.post import Post
from tests.simulator.service import Service
from tests.simulator.world import TITLES, Changes, Line


def main() -> int:
    """Run until Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulator", description="Giả lập Zalo và Telegram trên máy này."
    )
    parser.add_argument("channel", nargs="?", default="all", choices=[*TITLES, "all"])
    parser.add_argument("--port", type=int, default=8600, help="cổng của trang điện thoại (0: cổng trống bất kỳ)")
    parser.add_argument("--polling", action="store_true", help="hỏi tin (getUpdates) thay vì webhook")
    parser.add_argument("--choices", default="numbers", choices=["numbers", "buttons", "list"], help="nút của Zalo OA")
    given = parser.parse_args()
    chosen = list(TITLES) if given.channel == "all" else [given.channel]
    with tempfile.TemporaryDirectory(prefix="canhgiac-simulator-") as place, contextlib.suppress(KeyboardInterrupt):
        return asyncio.run(_run(chosen, Path(place), given))
    return 0


async def _run(chosen: list[str], place: Path, given: argparse.Namespace) -> int:
    over = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, over.set)
    async with (
        phone(chosen, place, polled=given.polling, choices=given.choices) as (page, service),
        messenger.serving(page.app(), messenger.listening(given.port)) as address,
    ):
        stopping, starting = asyncio.create_task(over.wait()), asyncio.create_task(service.start())
        print(f"\nĐiện thoại giả lập:   {address}\nDịch vụ đang khởi động…", flush=True)  # noqa: T201
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if service.state == "stopped" and not over.is_set():
            print((place / "var" / "service.log").read_text("utf-8")[-2000:], file=sys.stderr)  # noqa: T201
            return 1
        print(service.printed, flush=True)  # noqa: T201
        await stopping
    return 0


@asynccontextmanager
async def phone(
    chosen: list[str], place: Path, *, polled: bool = False, choices: str = "numbers"
) -> AsyncIterator[tuple[Phone, Service]]:
    """Messengers that answer, a service that is set up for them and not yet started, and the phone."""
    changes = Changes()
    lines: dict[str, tuple[Line, Post]] = {}
    told: dict[str, str] = {"zalo_oa_choices": choices}
    async with AsyncExitStack() as stack:
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        for channel in chosen:
            line = Line(channel, changes)
            line.address = await stack.enter_async_context(messenger.serving(APPS[channel](line.server)))
            mode = {} if channel == "zalo_oa" else {f"{channel}_mode": "polling" if polled else "webhook"}
            told |= settings_for(channel, line.address, **mode)
            lines[channel] = (line, Post(line, lambda: service.address, polled=polled and channel != "zalo_oa"))
        service = Service(place / "var", told, changes.note)
        running = [tasks.create_task(post.run()) for _, post in lines.values()]
        try:
            yield Phone(lines, service, changes), service
        finally:
            for task in running:
                task.cancel()
            await service.stop()


if __name__ == "__main__":
    sys.exit(main())
