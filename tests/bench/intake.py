"""How fast deliveries are acknowledged, and how soon a citizen has the answer, at steady rates on both databases.

Signed deliveries of the Zalo account to one process of the service, and to two of which one answers HTTP and the other
works. The shipped judge is replaced by one that costs nothing: what is measured is the way of a message; a judgement's
own cost stands in the other table. Sender, messenger and service share this machine's cores, so that the figures are a
lower bound. Everything is on loopback and ends by itself.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import uvloop

from tests.api.intake.test_chaos import House, house
from tests.bench import wire
from tests.simulator import payloads

ONE, TWO = "one", "web + worker"
LAYOUTS = {ONE: ["a"], TWO: ["a web", "b worker"]}
RATES = ((ONE, 50), (TWO, 50), (TWO, 200), (TWO, 500))
SECONDS = float(os.environ.get("CANHGIAC_BENCH_SECONDS", "60"))
DRAIN_SECONDS = 120.0
TEXT = "Dien luc thong bao: 2 gio nua cat dien. Chuyen khoan ngay"


@dataclass
class Measured:
    """One rate on one database, by one process or two."""

    database: str
    layout: str
    rate: int
    acknowledged: list[float] = field(default_factory=list)
    refused: int = 0
    answered: list[float] = field(default_factory=list)
    began_mb: float = 0.0
    ended_mb: float = 0.0

    def line(self) -> str:
        """The row of the table."""
        return (
            f"| {self.database} | {self.layout} | {self.rate}/s | {len(self.acknowledged):,} | {self.refused:,} | {_at(self.acknowledged, 0.5)} "
            f"| {_at(self.acknowledged, 0.99)} | {_at(self.acknowledged, 0.999)} | {_at(self.answered, 0.5)} "
            f"| {_at(self.answered, 0.99)} | {len(self.acknowledged) - len(self.answered)} "
            f"| {self.began_mb:.0f} → {self.ended_mb:.0f} MB |"
        )


def tables(seconds: float = SECONDS, rates: Sequence[tuple[str, int]] = RATES) -> list[str]:
    """The table of this module."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        measured = runner.run(_measure(seconds, rates))
    return [
        f"Signed Zalo deliveries at a steady rate for {seconds:.0f} s, {os.cpu_count()} cores shared with sender and "
        "messenger; memory is that of all processes.",
        "",
        "| database | processes | offered | acknowledged | refused | ack p50 | p99 | p99.9 | reply p50 | p99 | unanswered | memory |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
        *(one.line() for one in measured),
        "",
    ]


async def _measure(seconds: float, rates: Sequence[tuple[str, int]]) -> list[Measured]:
    kinds = ("SQLite", "PostgreSQL") if os.environ.get("CANHGIAC_TEST_POSTGRES") else ("SQLite",)
    return [await one(kind, layout, rate, seconds) for kind in kinds for layout, rate in rates]


async def one(kind: str, layout: str, rate: int, seconds: float) -> Measured:
    """Measure one rate on an empty database."""
    with tempfile.TemporaryDirectory(prefix="canhgiac-bench-") as place:
        first: dict[str, float] = {}
        async with (
            wire.messenger(first) as messenger,
            _database(kind, Path(place)) as url,
            house(url, Path(place), quick=False, senders=32, turn_workers=32, zalo_oa_url=messenger) as here,
        ):
            for life in LAYOUTS[layout]:
                await here.order(f"start {life}")
            measured = Measured(kind, layout, rate)
            to = wire.Deliverer(f"{here.address}/webhooks/zalo_oa")
            await _warm_up(to, first)
            measured.began_mb = _memory(here)
            sent_at = await _offer(to, measured, seconds)
            await _until_answered(measured, sent_at, first)
            measured.ended_mb = _memory(here)
            to.close()
    return measured


async def _warm_up(to: wire.Deliverer, first: dict[str, float]) -> None:
    for number in range(20):
        await to.post(*payloads.signed(payloads.zalo_oa(TEXT, f"warm{number}")))
    while len(first) < 20:  # noqa: ASYNC110 - another process answers
        await asyncio.sleep(0.05)
    first.clear()


async def _offer(to: wire.Deliverer, measured: Measured, seconds: float) -> dict[str, float]:
    """Deliver at the rate whatever comes back; gives when each person's message was handed over."""
    sent_at: dict[str, float] = {}
    running: set[asyncio.Task[None]] = set()

    async def deliver(person: str) -> None:
        body, headers = payloads.signed(payloads.zalo_oa(TEXT, person))
        began = time.perf_counter()
        sent_at[person] = time.monotonic()
        try:
            status = await to.post(body, headers)
        except OSError:
            status = 0
        if status == 200:
            measured.acknowledged.append((time.perf_counter() - began) * 1000)
        else:
            measured.refused += 1
            del sent_at[person]

    began = time.monotonic()
    for number in range(int(measured.rate * seconds)):
        due = began + number / measured.rate
        if (wait := due - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        task = asyncio.create_task(deliver(f"p{number}"))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    return sent_at


async def _until_answered(measured: Measured, sent_at: dict[str, float], first: dict[str, float]) -> None:
    until = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < until and len(first) < len(sent_at):  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    measured.answered += [(first[person] - at) * 1000 for person, at in sent_at.items() if person in first]


def _memory(here: House) -> float:
    """Megabytes of the replicas, which are the only children of the process that forked them."""
    children = Path(f"/proc/{here.process.pid}/task/{here.process.pid}/children").read_text().split()
    return sum(_resident(child) for child in children)


def _resident(process: str) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@asynccontextmanager
async def _database(kind: str, place: Path) -> AsyncIterator[str]:
    if kind == "SQLite":
        yield f"sqlite:///{place / 'bench.db'}"
        return
    server = os.environ["CANHGIAC_TEST_POSTGRES"]
    name = f"bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _at(milliseconds: Sequence[float], share: float) -> str:
    if not milliseconds:
        return "–"
    ordered = sorted(milliseconds)
    value = ordered[min(len(ordered) - 1, int(len(ordered) * share))]
    return f"{value:.0f} ms" if value < 10_000 else f"{value / 1000:.0f} s"
