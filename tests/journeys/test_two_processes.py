"""A busy house: one process stores and shows, another one answers. Each may come, die and go on its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.journeys.people import SCAM, WAIT, Running, start, until


def answered(client: httpx.Client, message: str) -> bool:
    return not client.get("/api/web/replies", params={"id": message}).json()["pending"]


def test_who_stores_and_who_answers_are_two_processes(tmp_path: Path) -> None:
    var = tmp_path / "var"
    with ThreadPoolExecutor() as threads:  # both at once, on a folder that is empty
        web, worker = threads.map(lambda part: start(var, part), ("web", "worker"))
    later: list[Running] = []
    try:
        with httpx.Client(base_url=web.address, headers={"Origin": web.address}, timeout=WAIT) as client:
            first = client.post("/api/web/messages", json={"text": SCAM}).json()["id"]
            until(lambda: answered(client, first))

            worker.end()
            second = client.post("/api/web/messages", json={"text": SCAM}).json()["id"]
            assert not answered(client, second)
            later.append(start(var, "worker"))
            until(lambda: answered(client, second))

        assert later[0].stop() < 10
        assert web.stop() < 10
    finally:
        for one in (web, worker, *later):
            one.end()
