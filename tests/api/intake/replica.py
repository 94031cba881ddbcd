"""One replica of the service as a process that can be killed: webhook, turns and delivery of the Zalo account.

Started once; forks a child for each life, so that a life begins within milliseconds. Reads commands from standard
input: ``start N`` starts replica N, which does everything, or with a word more (``web``, ``worker``) its part only;
``kill N`` ends it with SIGKILL. ``python -m tests.api.intake.replica JSON``.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
import uvloop

from api import app as application
from api import codes, log, vault
from api.clock import now
from api.database import Database
from api.intake import delivery, inbox, worker
from api.messengers.building import build
from api.settings import Settings
from api.surroundings import Surroundings
from bot.channels.base import Pace
from bot.channels.zalo_oa import ZaloOa
from tests.fakes import knowledge


def settings(told: dict[str, Any]) -> Settings:
    """The settings of all replicas."""
    return Settings(**told["settings"] | {"var": Path(told["settings"]["var"])})


async def live(told: dict[str, Any], sock: socket.socket, part: str) -> None:
    """Serve until killed."""
    chosen = settings(told)
    if told.get("quick"):  # so that what a killed one held is free again soon
        inbox.LEASE = delivery.SENDING = timedelta(seconds=1)
        worker.TROUBLE = 0.2
    database = Database(chosen.database)
    keys = vault.load(chosen.key_file, create=True)
    async with httpx.AsyncClient(trust_env=False) as client:
        built = build(chosen, database, keys, now, client)
        account = built["zalo_oa"]
        assert isinstance(account, ZaloOa)
        account.pace = Pace(per_second=10_000, person_seconds=0, group_seconds=0)
        channels = application.own_channels() | built
        around = Surroundings(chosen, database, keys, knowledge(), channels, codes.draw)
        server = uvicorn.Server(uvicorn.Config(application.assemble(around), log_config=None, access_log=False))
        async with AsyncExitStack() as stack:
            if part != "web":
                await stack.enter_async_context(worker.running(around, apart=part == "worker"))
            if part == "worker":
                os.nice(worker.NICENESS)
                await asyncio.Event().wait()
            await server.serve(sockets=[sock])


def main() -> None:
    """Obey commands; when the input ends, so do all lives."""
    told = json.loads(sys.argv[1])
    log.set_up(level=int(told.get("log", 50)))
    sock = socket.socket(fileno=int(told["socket"]))
    lives: dict[str, int] = {}
    knowledge()
    application.keep_out_of_collections()
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        verb, name, *part = line.split()
        if verb == "start":
            child = os.fork()
            if child == 0:
                sys.stdin.close()
                with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                    runner.run(live(told, sock, "".join(part)))
                os._exit(0)
            lives[name] = child
        elif name in lives:
            _kill(lives.pop(name))
        print("done", flush=True)  # noqa: T201
    for child in lives.values():
        _kill(child)


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


if __name__ == "__main__":
    main()
