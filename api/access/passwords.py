"""Passwords: hashing with two at a time, and what makes a new one good enough. Must not know accounts."""

from __future__ import annotations

import asyncio
import re
import secrets
from functools import cache
from itertools import pairwise

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from api.errors import Refusal
from api.surroundings import Surroundings
from knowledge.text import fold

SHORTEST = 15
LONGEST = 200
_hasher = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65536, parallelism=2),))
_STEMS = frozenset(
    "matkhau password passw pass admin administrator quantri quantrivien congan conganviet congantinh canhsat "
    "anninhmang canhgiac trucban qwerty qwertyuiop qwertyuiopasdfghjkl asdfghjkl zxcvbnm iloveyou letmein welcome "
    "anhyeuem emyeuanh vietnam vietnamvodich hanoi saigon abcdef abcdefgh abcdefghijkl abcdefghijklmnop "
    "matkhaumoi matkhaucuatoi matkhaumacdinh khongbiet khongcomatkhau toiyeuvietnam abc test changeme".split()
)
"""What is left of the usual passwords, once digits, signs, accents and repetition are taken away."""


def draw() -> str:
    """A random password of a person's first day."""
    return secrets.token_urlsafe(15)


async def make_hash(around: Surroundings, password: str) -> str:
    """The hash to keep. 64 MiB each: two at a time cannot exhaust the memory."""
    async with around.hashing:
        return await asyncio.to_thread(_hasher.hash, password)


async def is_right(around: Surroundings, password: str, known: str | None) -> bool:
    """Whether a password fits; takes as long where there is nothing it could fit."""
    hashed = await asyncio.to_thread(_nobody) if known is None else known
    async with around.hashing:
        return await asyncio.to_thread(_hasher.verify, password[:LONGEST], hashed) and known is not None


def check(new: str, name: str) -> None:
    """Refuse a password that is short or easily guessed. Raises Refusal with the reason."""
    if not SHORTEST <= len(new) <= LONGEST:
        raise Refusal(f"Mật khẩu mới cần từ {SHORTEST} ký tự trở lên. Một câu dễ nhớ là tốt nhất.")
    plain = re.sub(r"\s", "", fold(new))
    if len(set(plain)) < 6 or re.fullmatch(r"(.{1,7}?)\1+", plain) or _is_run(plain):
        raise Refusal("Mật khẩu mới dễ đoán quá: lặp lại hoặc theo thứ tự. Đồng chí chọn một câu khác.")
    if fold(name) in plain:
        raise Refusal("Mật khẩu mới không được chứa tên đăng nhập.")
    letters = re.sub(r"[^a-z]", "", plain)
    stem = re.sub(r"^(.+?)\1+$", r"\1", letters)
    if letters in _STEMS or stem in _STEMS:
        raise Refusal("Mật khẩu mới nằm trong số mật khẩu hay bị dùng. Đồng chí chọn một câu khác.")


def _is_run(plain: str) -> bool:
    """Mostly characters that follow one another, as in 1234567890."""
    steps = [ord(after) - ord(before) for before, after in pairwise(plain)]
    return sum(step in {0, 1, -1} for step in steps) > len(steps) * 0.7


@cache
def _nobody() -> str:
    """A hash that no password fits, so that an unknown name takes as long."""
    return _hasher.hash(secrets.token_urlsafe(32))
