"""Runs every bench and prints Markdown tables; ``--readme`` writes them into README."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.bench import desk, intake, judging

README = Path(__file__).parents[2] / "README.md"
MARKS = ("<!-- bench -->", "<!-- /bench -->")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="write the tables into README.md")
    options = parser.parse_args()
    lines = [*judging.tables(), *desk.tables(), *intake.tables()]
    sys.stdout.write("\n".join(lines) + "\n")
    if options.readme:
        text = README.read_text(encoding="utf-8")
        before, rest = text.split(MARKS[0], 1)
        body = "\n".join(lines)
        README.write_text(f"{before}{MARKS[0]}\n{body}\n{MARKS[1]}{rest.split(MARKS[1], 1)[1]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
