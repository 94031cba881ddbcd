"""The page's own endpoint: answered within the request, once, to whom it belongs; hostile input kindly."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from api.models import Report
from bot import wording
from tests.api.conftest import Site
from tests.fakes import SCAM, SLUG

ID = "0123456789abcdef0123456789abcdef"
CANARIES = ("0905123318", "19034567890123", "lan.nguyen@gmail.com", "482913", "Nguyễn Thị Canary")
HOSTILE = {
    "empty": "",
    "spaces": " \n\t",
    "long": "cat dien " * 11_000,
    "binary": "\x00\x01\x02\x7f",
    "nul": "cat\0dien",
    "emoji": "😀👨‍👩‍👧‍👦🇻🇳" * 300,
    "zero width": "\u200b" * 10_000,
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)> cat dien",
    "zalgo": "ca" + "\u0301" * 5000 + "t dien",
    "bidi": "\u202ecat dien\u202c",
    "template": "{{7*7}} {% raw %} ${7*7} cat dien",
    "sql": "'; DROP TABLE checks; -- cat dien",
    "canaries": "cat dien " + " ".join(CANARIES),
}


async def test_an_answer_comes_within_the_request(site: Site) -> None:
    answer = (await site.say(SCAM)).json()
    assert answer["pending"] is False
    assert answer["replies"][0]["level"] == "scam"
    assert "<mark" in answer["html"]
    assert "Giả điện lực dọa cắt điện" in answer["html"]


async def test_the_session_is_a_strict_cookie_that_scripts_cannot_read(site: Site) -> None:
    cookie = (await site.say("xin chào")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "set-cookie" not in (await site.say("xin chào")).headers


async def test_the_same_message_sent_again_is_answered_once(site: Site) -> None:
    await site.say("xin chào")
    answers = await asyncio.gather(*(site.say(SCAM, id=ID) for _ in range(3)))
    assert len({str(a.json()["replies"]) for a in answers}) == 1


async def test_nobody_else_reads_my_answer(site: Site) -> None:
    await site.say(SCAM, id=ID)
    assert (await site.client.get("/api/web/replies", params={"id": ID})).json()["replies"]
    site.client.cookies.clear()
    other = (await site.client.get("/api/web/replies", params={"id": ID})).json()
    assert other["replies"] == []


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_words_get_a_kind_answer_and_leave_no_trace(
    site: Site, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.perf_counter()
    response = await site.say(HOSTILE[name])
    assert response.status_code == 200
    answer = response.json()
    assert answer["replies"][0]["text"]
    assert wording.VI.trouble not in answer["replies"][0]["text"]
    assert time.perf_counter() - began < 5
    assert "<script>" not in answer["html"]
    assert "<img" not in answer["html"]
    captured = capsys.readouterr()
    assert not any(canary in captured.err + captured.out for canary in CANARIES)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'{"text": 1}', "application/json"),
        (b'{"text": "\xff\xfe"}', "application/json"),
        (b'{"text": "\\ud800"}', "application/json"),
        (b'{"text": "a", "id": "../../x"}', "application/json"),
        (b'{"text": "a", "id": 7}', "application/json"),
        (b'{"text": "a"}', "text/plain"),
        (b"\x00\xff" * 1000, "application/octet-stream"),
    ],
)
async def test_what_is_not_our_json_is_400_in_kind_words(site: Site, body: bytes, kind: str) -> None:
    response = await site.client.post("/api/web/messages", content=body, headers={"Content-Type": kind})
    assert response.status_code == 400
    assert "Bạn" in response.json()["error"]


async def test_a_giant_is_413(site: Site) -> None:
    response = await site.say("x" * 300_000)
    assert response.status_code == 413
    assert "Bạn" in response.json()["error"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.vn"}, {"Origin": "null"}, {"Origin": "http://test.evil.vn"}]
)
async def test_another_site_is_refused(site: Site, headers: dict[str, str]) -> None:
    response = await site.client.post("/api/web/messages", json={"text": "a"}, headers=headers)
    assert response.status_code == 403


async def test_a_cross_site_request_without_origin_is_refused(site: Site) -> None:
    del site.client.headers["origin"]
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert (await site.client.post("/api/web/messages", json={"text": "a"}, headers=foreign)).status_code == 403
    assert (await site.client.post("/api/web/messages", json={"text": "a"})).status_code == 200


async def test_too_many_messages_are_told_to_wait(site: Site) -> None:
    await site.say("xin chào")
    statuses = [(await site.say("xin chào")).status_code for _ in range(20)]
    assert statuses == [200] * 19 + [429]
    refused = await site.say("xin chào")
    assert int(refused.headers["retry-after"]) > 0
    assert "113" in refused.json()["error"]


@pytest.mark.parametrize("tap", ["", "x", "a/b", "a/b/c/d", "//", "' OR 1/checking/why", "s/checking/report" * 50])
async def test_a_hand_made_tap_is_answered_kindly(site: Site, tap: str) -> None:
    response = await site.client.post("/api/web/messages", json={"tap": tap})
    assert response.status_code == 200
    assert response.json()["replies"]


def tap(answer: httpx.Response, choice: str) -> dict[str, Any]:
    buttons = answer.json()["replies"][-1]["buttons"]
    return {"tap": next(b["tap"] for b in buttons if b["tap"].endswith(f"/{choice}"))}


async def test_a_report_stands_in_the_table_under_its_code(site: Site) -> None:
    answer = await site.say(SCAM)
    answer = await site.client.post("/api/web/messages", json=tap(answer, "report"))
    answer = await site.client.post("/api/web/messages", json=tap(answer, "agree"))
    answer = await site.say("số 0905123318 gọi tới")
    answer = await site.client.post("/api/web/messages", json=tap(answer, "send"))
    async with site.around.database.reading() as session:
        row = (await session.scalars(select(Report))).one()
    assert row.code in answer.json()["replies"][0]["text"]
    assert (row.kind, row.method, row.status) == ("report", SLUG, "new")
    assert row.check_id is not None
    assert b"0905" not in row.answers


async def test_the_red_button_works_from_nowhere(site: Site) -> None:
    answer = await site.client.post("/api/web/messages", json={"tap": "//emergency"})
    assert answer.json()["replies"][0]["text"] == wording.VI.emergency_menu
