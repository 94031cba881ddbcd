"""The pages: without JavaScript too, escaped, behind the policy, nothing from elsewhere."""

from __future__ import annotations

import re

import pytest

from api.edge import POLICY
from api.public import bubbles
from bot.replies import Button, Mark, Reply
from knowledge.verdict import Level
from tests.api.conftest import Site
from tests.fakes import SCAM, SLUG

PAGES = ["/", "/thu-doan", f"/thu-doan/{SLUG}", "/quyen-rieng-tu", "/khong-co", "/can-bo/dang-nhap"]


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_has_the_policy_and_nothing_inline_or_foreign(site: Site, path: str) -> None:
    response = await site.client.get(path)
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["cache-control"] == "no-store"
    assert not re.search(r"<style|style=|\son\w+=|<script(?![^>]*src=)|javascript:", response.text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", response.text)
    assert 'lang="vi"' in response.text


async def test_the_plain_form_answers_on_a_page_that_can_be_reloaded(site: Site) -> None:
    response = await site.client.post("/", data={"text": SCAM})
    assert response.status_code == 303
    where = response.headers["location"].partition("#")[0]
    for _ in range(2):
        shown = (await site.client.get(where)).text
        assert "KHỚP VỚI THỦ ĐOẠN" in shown
        assert "<mark" in shown


async def test_the_plain_form_takes_a_sample_and_a_tap(site: Site) -> None:
    for form in ({"example": "dien-luc"}, {"tap": "//emergency"}):
        response = await site.client.post("/", data=form)
        shown = (await site.client.get(response.headers["location"].partition("#")[0])).text
        assert 'id="tra-loi"' in shown


@pytest.mark.parametrize("body", [b"", b"text=%ff%fe", b"text=a&text=b", b"\x00\xff", b"text=" + b"%00" * 50])
async def test_the_plain_form_bears_hostile_bodies(site: Site, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    response = await site.client.post("/", content=body, headers=headers)
    assert response.status_code == 303


async def test_the_catalogue_is_found_without_diacritics(site: Site) -> None:
    assert "Giả điện lực" in (await site.client.get("/thu-doan", params={"tim": "dien luc"})).text
    assert "Giả điện lực" not in (await site.client.get("/thu-doan", params={"tim": "xe máy bay"})).text


async def test_a_method_page_shows_no_phrase_of_the_matcher(site: Site) -> None:
    page = (await site.client.get(f"/thu-doan/{SLUG}")).text
    method = site.around.knowledge.method(SLUG)
    assert method is not None
    assert not any(phrase in page for phrase in method.signals.phrases)
    assert method.truths[0].text[:30] in page


async def test_probes_and_security_txt(site: Site) -> None:
    assert (await site.client.get("/healthz")).json() == {"ok": True}
    assert (await site.client.get("/readyz")).json() == {"database": True, "keys": True}
    security = (await site.client.get("/.well-known/security.txt")).text
    assert "Contact:" in security
    assert "Expires:" in security


def test_a_bubble_shows_the_marks_in_the_citizens_own_words() -> None:
    quoted = "👨‍👩‍👧 nhà bạn sắp cắt điện & <b>"
    start = quoted.index("cắt")
    reply = Reply(
        "🔴 KHỚP\nTên\n\nVì sao:\n• “cắt điện” – dọa\n\n1. Cúp máy",
        Level.SCAM,
        (),
        quoted,
        (Mark(start, start + 8, "dọa"),),
    )
    html = bubbles.render([reply])
    assert '<mark title="dọa">cắt điện</mark> &amp; &lt;b&gt;' in html
    assert "<li>Cúp máy</li>" in html
    assert "🔴" not in html


def test_overlapping_and_absurd_marks_break_nothing() -> None:
    marks = (Mark(0, 3, "a"), Mark(2, 5, "b"), Mark(4, 99, "c"))
    pieces = bubbles.pieces(Reply("x", Level.SCAM, (), "abcdef", marks))
    assert "".join(piece.text for piece in pieces) == "abcdef"


def test_everything_a_reply_says_is_on_the_page() -> None:
    text = "⚪ CHƯA THẤY\n\nmột dòng\n• mục\n2. bước\nhết."
    html = bubbles.render([Reply(text, Level.NONE, (Button("Nút", "s", "checking", "why"),))])
    for words in ("CHƯA THẤY", "một dòng", "mục", "bước", "hết.", "Nút", "s/checking/why"):
        assert words in html
