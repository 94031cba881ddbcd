"""``python -m knowledge judge`` as other tools use it: JSON lines in, JSON lines out, in order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knowledge import __main__ as command
from knowledge.__main__ import BadLine, text_of

LEVELS = {"scam", "suspicious", "none", "unknown"}
KEYS = {"id", "level", "methods", "frame", "intent", "situation", "evidence", "indicators", "revision", "ms"}


def run(lines: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "knowledge", "judge", *arguments],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def asked(*requests: dict[str, Any], arguments: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    done = run("\n".join(json.dumps(r, ensure_ascii=False) for r in requests), *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_answers_come_in_order_with_every_key() -> None:
    sms = "Vietcombank: tai khoan cua quy khach bi khoa, dang nhap https://vietcombank.vn-xyz.top de mo lai"
    answers = asked(
        {"id": "a", "text": sms},
        {"id": 2, "text": ""},
        {"id": None, "text": "chào bạn 😀\u200b\x00"},
        {"id": "t", "text": "mã là gì vậy?", "turns": ["Em bên ngân hàng", {"text": "đọc mã OTP cho em"}]},
    )
    assert [a["id"] for a in answers] == ["a", 2, None, "t"]
    assert all(set(a) == KEYS and a["level"] in LEVELS for a in answers)
    assert answers[0]["level"] == "scam"
    link = answers[0]["indicators"][0]
    assert sms[slice(*link["span"])] == "https://vietcombank.vn-xyz.top"
    assert (link["judgement"], link["owner"]) == ("lookalike", "Vietcombank")
    assert all(e["quote"] in sms for e in answers[0]["evidence"] if e["span"])


def test_an_extra_method_is_matched_by_its_one_example(tmp_path: Path) -> None:
    extra = tmp_path / "extra.jsonl"
    example = "Trung tâm nhận nuôi chó mèo báo bé đã được duyệt, đóng phí tiêm phòng 450k vào số này để giao bé tận nhà"
    extra.write_text(json.dumps({"slug": "phi-nhan-nuoi", "name": "Phí nhận nuôi giả", "example": example}) + "\n")
    text = "Bé mèo được duyệt nhận nuôi rồi chị, chị đóng phí tiêm phòng 400k để bên trung tâm giao bé tận nhà nha"
    (answer,) = asked({"id": 1, "text": text}, arguments=("--extra", str(extra)))
    assert answer["level"] in {"scam", "suspicious"}
    assert answer["methods"][0]["slug"] == "phi-nhan-nuoi"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [("not json", "line 1: not JSON"), ('{"id": 1}', "line 1: needs an object"), ("[1]", "line 1: needs an object")],
)
def test_a_line_that_is_no_request_is_named(lines: str, reason: str) -> None:
    done = run(lines)
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_extra_file_is_named_with_line_and_key(tmp_path: Path) -> None:
    extra = tmp_path / "extra.jsonl"
    extra.write_text('{"slug": "Không Hợp Lệ", "name": "Tên", "example": "ví dụ"}\n')
    with pytest.raises(BadLine, match=r"extra\.jsonl: line 1: slug"):
        command.read_extra(extra)


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        ({"text": "a"}, "a"),
        ({"text": "b", "turns": ["a", "b"]}, "a\nb"),
        ({"text": "c", "turns": [{"text": "a"}, "b"]}, "a\nb\nc"),
        ({"turns": ["a"]}, "a"),
        ({"text": None, "turns": None}, ""),
    ],
)
def test_turns_come_before_the_text(request_: dict[str, Any], text: str) -> None:
    assert text_of(request_) == text
