"""``make simulate`` as a person runs it: one command, the real service in a process of its own, killed and started."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

SCAM = (
    "Dien luc thong bao: gia dinh ban con no tien dien, 2 gio nua nhan vien se cat dien. "
    "Bam vao evn-thanhtoan.top de dong ngay hoac goi 0905123318"
)
PATIENCE = 90.0


@pytest.fixture
def simulator() -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """The command, and a client of the phone's page."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.simulator", "all", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        if "Ctrl-C" in line:
            break
    address = re.search(r"Điện thoại giả lập: +(\S+)", printed)
    assert address is not None, printed
    with httpx.Client(base_url=address[1], timeout=PATIENCE) as client:
        yield process, client
    if process.poll() is None:
        process.kill()
    process.wait()
    process.stdout.close()


def until_said(client: httpx.Client, channel: str, words: str) -> None:
    began, version = time.monotonic(), -1
    while True:
        state: dict[str, Any] = client.get("/state", params={"channel": channel, "after": version}).json()
        version = state["version"]
        if any(words in part for b in state["bubbles"] if b["side"] == "bot" for part, _ in b["parts"]):
            return
        assert time.monotonic() - began < PATIENCE, state


def test_it_answers_on_each_messenger_and_after_a_power_cut(
    simulator: tuple[subprocess.Popen[str], httpx.Client],
) -> None:
    process, client = simulator
    for channel in ("zalo_oa", "zalo_bot", "telegram"):
        client.post("/act", data={"channel": channel, "kind": "text", "text": SCAM})
    for channel in ("zalo_oa", "zalo_bot", "telegram"):
        until_said(client, channel, "KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO")
    client.post("/trouble", data={"switch": "service", "value": "kill"})
    assert client.get("/state").json()["service"] == "stopped"
    client.post("/act", data={"channel": "telegram", "kind": "text", "text": "/trogiup"})
    client.post("/trouble", data={"switch": "service", "value": "start"})
    until_said(client, "telegram", "Cách dùng")
    page = client.get("/")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
