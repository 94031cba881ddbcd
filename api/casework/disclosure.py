"""Counts as they may be shown: no cell of fewer than five, and none that the others give away.

Pure. Whoever knows a total and all cells but one knows that one too; so the few are shown in one sum with the smallest
of the rest. Must not know what is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5
"""A number of people below this is shown as "<5", for the few could be recognised."""
TOGETHER = "*"
COVERED = "•"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart; ``shown`` is what may be read, ``share`` the length of the bar."""

    key: str
    shown: str
    share: float


def shown(number: int) -> str:
    """A count as it may be shown."""
    return "0" if number == 0 else f"<{LEAST}" if number < LEAST else f"{number:,}".replace(",", ".")


def covered(numbers: Sequence[int]) -> frozenset[int]:
    """The places of the numbers that must not be shown one by one: the small ones, and the least of the others with all
    that equal it, or even the zeros where all are small. Less is not enough: of 5, 4 and 4 whoever sees a 5 and a sum
    of 8 knows both."""
    small = {place for place, number in enumerate(numbers) if 0 < number < LEAST}
    least = min((number for number in numbers if number >= LEAST), default=0)
    return frozenset(small | {place for place, number in enumerate(numbers) if number == least} if small else ())


def bars(counted: Sequence[tuple[str | None, int]]) -> list[Bar]:
    """Rows with the longest first; what must be covered is one row together."""
    rows = sorted(((key or "", number) for key, number in counted if number), key=lambda row: (-row[1], row[0]))
    hidden = covered([number for _, number in rows])
    together = sum(rows[place][1] for place in hidden)
    most = max([number for _, number in rows] + [together if together >= LEAST else 0, 1])
    made = [
        Bar(key, shown(number), round(number / most, 4))
        for place, (key, number) in enumerate(rows)
        if place not in hidden
    ]
    if hidden:
        made.append(Bar(TOGETHER, shown(together), round(together / most, 4) if together >= LEAST else 0.0))
    return made


def series(counted: Sequence[tuple[str, int]]) -> list[Bar]:
    """Rows in their own order, such as days; each that must be covered is a dot."""
    hidden = covered([number for _, number in counted])
    most = max([number for place, (_, number) in enumerate(counted) if place not in hidden] + [1])
    return [
        Bar(key, COVERED, 0.0) if place in hidden else Bar(key, shown(number), round(number / most, 4))
        for place, (key, number) in enumerate(counted)
    ]


def share(part: int, whole: int) -> str:
    """A part of a whole; nothing where it would give a small number away."""
    small = any(0 < number < LEAST for number in (part, whole - part))
    return "–" if whole < LEAST or small else f"{100 * part / whole:.0f}%"
