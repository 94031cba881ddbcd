"""``python -m knowledge judge``: JSON lines in on standard input, verdicts as JSON lines out, in order.

The format is documented in README and kept stable for researchers and other tools. Must not know the service.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from pydantic import ValidationError
from tqdm import tqdm

from knowledge import catalogue, matcher
from knowledge.catalogue import CatalogueError, KnownExample
from knowledge.matcher import Judge
from knowledge.verdict import Verdict


class BadLine(ValueError):
    """A line of input cannot be used; the text names the line and the reason."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all lines were judged, 2 when the input or the catalogue cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    judge = commands.add_parser("judge", help="judge JSON lines (id, text, optional turns) from standard input")
    judge.add_argument("--extra", type=Path, help="JSON lines (slug, name, example) of methods known by one example")
    options = parser.parse_args(arguments)
    try:
        answer(build(options.extra), sys.stdin.buffer, sys.stdout)
    except (BadLine, CatalogueError, OSError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    return 0


def build(extra: Path | None) -> Judge:
    """The judge over the shipped catalogue and, where named, a file of methods known by one example."""
    entries = catalogue.load()
    if extra is not None:
        entries = entries.with_known(read_extra(extra))
    return matcher.build(entries)


def read_extra(path: Path) -> list[KnownExample]:
    """Methods known by one example, one JSON object a line. Raises BadLine."""
    entries = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            try:
                entries.append(KnownExample.model_validate_json(line))
            except ValidationError as invalid:
                first = invalid.errors(include_url=False)[0]
                key = ".".join(str(part) for part in first["loc"]) or "line"
                raise BadLine(f"{path.name}: line {number}: {key}: {first['msg']}") from invalid
    return entries


def answer(judge: Judge, lines: Iterable[bytes], out: TextIO) -> None:
    """Judge every line and write one line each, in order. Raises BadLine at the first line that is no request."""
    shown = tqdm(lines, unit=" tin", disable=not sys.stderr.isatty(), file=sys.stderr)
    for request_id, text in _requests(shown):
        began = time.perf_counter()
        verdict = judge.match(text)
        elapsed = (time.perf_counter() - began) * 1000
        out.write(json.dumps(as_json(request_id, verdict, elapsed), ensure_ascii=False) + "\n")
    out.flush()


def _requests(lines: Iterable[bytes]) -> Iterator[tuple[Any, str]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            request = json.loads(line.decode("utf-8", errors="replace"))
        except ValueError as broken:
            raise BadLine(f"line {number}: not JSON: {broken}") from broken
        if not isinstance(request, dict) or ("text" not in request and "turns" not in request):
            raise BadLine(f"line {number}: needs an object with id and text")
        yield request.get("id"), text_of(request)


def text_of(request: dict[str, Any]) -> str:
    """The text to judge: ``turns`` (strings, or objects with ``text``) before ``text``, one a line."""
    turns = request.get("turns") or []
    said = [t if isinstance(t, str) else str(t.get("text", "")) for t in turns if isinstance(t, str | dict)]
    text = request.get("text")
    return "\n".join([*said, *([text] if isinstance(text, str) and text not in said else [])])


def as_json(request_id: Any, verdict: Verdict, elapsed_ms: float) -> dict[str, Any]:
    """The stable form of a verdict; spans are offsets in the judged text."""
    return {
        "id": request_id,
        "level": verdict.level,
        "methods": [{"slug": m.slug, "score": m.score} for m in verdict.methods],
        "frame": verdict.frame,
        "intent": verdict.intent,
        "situation": verdict.situation,
        "evidence": [
            {
                "stage": e.stage,
                "sign": e.sign,
                "span": [e.span.start, e.span.end] if e.span else None,
                "quote": e.quote,
                "method": e.method,
            }
            for e in verdict.evidence
        ],
        "indicators": [
            {
                "kind": i.kind,
                "value": i.value,
                "span": [i.span.start, i.span.end],
                "judgement": i.judgement,
                "owner": i.owner,
            }
            for i in verdict.indicators
        ],
        "revision": verdict.revision,
        "ms": round(elapsed_ms, 3),
    }


if __name__ == "__main__":
    sys.exit(main())
