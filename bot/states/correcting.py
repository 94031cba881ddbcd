"""A misread picture is put right: the citizen types a line as it really is, and the whole is looked at again.

Must not judge anything.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from knowledge.text import fold

ALIKE = 62
"""How alike a typed line and a read one must be (0-100); unrelated Vietnamese sentences stay below 50."""
SHORTEST = 8
MOST_LINES = 4
"""A sentence is typed in one line and stands in a picture in several."""


def corrected(read: str, typed: str) -> str | None:
    """What a picture says with the typed line in the place of the misread one; None where it is none of its lines."""
    said = " ".join(typed.split())
    wanted = fold(said)
    lines = read.splitlines()
    if len(wanted) < SHORTEST or "\n" in typed.strip():
        return None
    best, found = float(ALIKE), (0, 0)
    for start in range(len(lines)):
        for end in range(start + 1, min(start + MOST_LINES, len(lines)) + 1):
            likeness = fuzz.ratio(fold(" ".join(lines[start:end])), wanted)
            if likeness > best:
                best, found = likeness, (start, end)
    start, end = found
    if end == 0 or " ".join(lines[start:end]) == said:
        return None
    return "\n".join([*lines[:start], said, *lines[end:]])
