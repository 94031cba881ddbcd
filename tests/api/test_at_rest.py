"""What a thief of the disk finds: nothing that a citizen typed as a number or a name in an interview."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.api.conftest import Site

CANARIES = ("0905123318", "19034567890123", "lan.nguyen@gmail.com", "482913", "4111111111111234")
ONLY_SEALED = "Nguyễn Thị Canary"


def everything(place: Path) -> bytes:
    """All bytes under a folder but the key."""
    return b"".join(p.read_bytes() for p in place.rglob("*") if p.is_file() and p.name != "master.key")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_canary_in_the_files_of_the_database(site: Site, tmp_path: Path) -> None:
    await site.say("Sắp cat dien, gọi " + " ".join(CANARIES[:3]) + f" mã OTP {CANARIES[3]} thẻ {CANARIES[4]}")
    answer = (await site.client.post("/api/web/messages", json={"tap": "//emergency"})).json()
    await site.client.post("/api/web/messages", json={"tap": answer["replies"][0]["buttons"][0]["tap"]})
    await site.client.post("/api/web/messages", json={"tap": "x/checking/report"})
    found = await asyncio.to_thread(everything, tmp_path)
    assert len(found) > 50_000
    assert [canary for canary in (*CANARIES, ONLY_SEALED) if canary.encode() in found] == []
