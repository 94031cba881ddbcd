"""Nothing personal in a log, whatever is logged."""

from __future__ import annotations

import json
import logging

import pytest

from api import log

CANARY = "0905123318"


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    written = capsys.readouterr().err
    return [json.loads(line) for line in written.splitlines()]


@pytest.fixture(autouse=True)
def fresh(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(logging.DEBUG)


def test_only_listed_fields_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    log.get("x").info("update handled", channel="web", text=CANARY, count=2)
    (line,) = lines(capsys)
    assert line["channel"] == "web"
    assert line["count"] == 2
    assert CANARY not in str(line)


def test_not_even_the_pseudonym_of_a_citizen_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    log.get("x").info("a", sender="91d9cb188d3d7849e15cb40c0aae3e75")
    assert "91d9cb18" not in str(lines(capsys)[0])


def test_an_exception_is_its_class_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        int(f"cannot read {CANARY}")
    except ValueError:
        log.get("x").exception("failed", reason=f"call {CANARY}")
        logging.getLogger("some.library").exception("failed on %s", CANARY)
    ours, theirs = lines(capsys)
    assert ours["error"] == theirs["error"] == "ValueError"
    assert CANARY not in f"{ours}{theirs}"


@pytest.mark.parametrize("name", ["httpx", "telegram", "uvicorn.access", "sqlalchemy.engine"])
def test_chatty_libraries_are_silent(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger(name).info("GET https://api/bot123456:AAsecret/getMe")
    assert lines(capsys) == []


@pytest.mark.parametrize("text", ["a\r\nb", "\x1b[31mred", "x\u2028y", "\0"])
def test_one_event_is_one_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("z").warning(text)
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert all(ord(c) >= 32 for c in written.rstrip("\n"))


def test_tokens_and_addresses_are_hidden() -> None:
    hidden = log.redact("https://x/y?token=abc bot12345:AAabcdefghijklmnopqrstuvwxyz a.b@c.vn")
    for secret in ("abc bot", "AAabcdef", "a.b@c"):
        assert secret not in hidden
