"""Receipt codes: eight random Crockford characters and a check character. Must not know what a code stands for."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_MODULUS = 37
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def draw() -> str:
    """A fresh code. Numbers whose check symbol would be a sign like * or ~ are drawn again: people read codes aloud."""
    while True:
        number = secrets.randbits(5 * LENGTH)
        if number % _MODULUS < len(ALPHABET):
            return _spell(number) + ALPHABET[number % _MODULUS]


def read(typed: str) -> str | None:
    """The code as we store it from what a person typed, or None where it cannot be one."""
    code = typed.upper().translate(_MISREAD)
    if len(code) != LENGTH + 1 or any(c not in ALPHABET for c in code):
        return None
    number = 0
    for char in code[:LENGTH]:
        number = number * 32 + ALPHABET.index(char)
    return code if number % _MODULUS == ALPHABET.index(code[-1]) else None


def _spell(number: int) -> str:
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
