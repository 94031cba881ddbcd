"""The key, the time and the anchor of the audit log.

The anchor is one line in a file outside the database: the newest row's number and seal. Rows cut from the end of the
table are missed because of it. It is written after the commit, so it may lag one row behind, never run ahead. Must not
know the table.
"""

from __future__ import annotations

import fcntl
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from api import log
from api.clock import Clock
from api.vault import Vault

START = "0" * 64
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The newest row that was ever committed, as far as the file knows."""

    seq: int
    mac: str


class AnchorBroken(Exception):
    """The anchor's file is missing or was not written by us."""


class Ledger:
    """Seals rows and keeps the anchor."""

    def __init__(self, vault: Vault, clock: Clock, anchor: Path) -> None:
        self._vault, self.clock, self._path = vault, clock, anchor

    def seal(self, previous: str, row: Mapping[str, Any]) -> str:
        """The seal of a row after the one with the seal ``previous``."""
        written = orjson.dumps([previous, dict(row)], option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
        return self._vault.token("audit row", written.decode())

    def remember(self, seq: int, mac: str) -> None:
        """Move the anchor to a committed row. A disk that refuses must not undo what is committed: it is logged."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # several processes write it; the newest row stands
                known = self._read(file.read())
                if known is not None and known.seq >= seq:
                    return
                file.seek(0)
                file.write(f"{seq} {mac} {self._tag(seq, mac)}\n".encode())
                file.truncate()
        except OSError:
            logger.exception("audit anchor not written")

    def anchor(self) -> Anchor:
        """What the file says. Raises AnchorBroken."""
        try:
            known = self._read(self._path.read_bytes())
        except OSError:
            known = None
        if known is None:
            raise AnchorBroken(str(self._path))
        return known

    def _read(self, line: bytes) -> Anchor | None:
        parts = line.decode("ascii", "replace").split()
        if len(parts) != 3 or not parts[0].isdigit():
            return None
        seq, mac, tag = int(parts[0]), parts[1], parts[2]
        return Anchor(seq, mac) if hmac.compare_digest(self._tag(seq, mac).encode(), tag.encode()) else None

    def _tag(self, seq: int, mac: str) -> str:
        return self._vault.token("audit anchor", f"{seq} {mac}")
