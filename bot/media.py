"""Bytes of a picture → its text and its QR codes. The only door through which a citizen's file is opened.

The file is opened in a process of its own (``bot.pictures.child`` says how that one is locked), one process a picture,
the next one already waiting with its models loaded. Never unpacked, executed, or completed from the network. Must not
know conversations or what the text means.

Measured for a 1080x1920 screenshot on two shared cores: a process started for the picture 0.7 s, one already waiting
0.47 s, one kept for many pictures 0.42 s. The waiting one costs 56 MB and gives both the speed and the isolation.

    MediaError
    ├── TooLarge          more bytes or pixels than we read
    ├── NotAPicture       not JPEG, PNG, WebP or GIF, whatever it is called
    ├── Unreadable        broken, or it broke its reader
    └── TookTooLong       used up its seconds
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from bot.pictures import child, transcript
from bot.pictures.transcript import Line

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 16_000_000
SECONDS = 3.0
"""Of processor time for one picture; the wall clock gets twice that, for the machine may be busy."""
AT_ONCE = 2
_LANGUAGES = ("vie", "eng")
_PLACES = ("/usr/share/tesseract-ocr/*/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")

_log = logging.getLogger(__name__)


class MediaError(Exception):
    """A picture that we cannot or will not read."""


class TooLarge(MediaError):
    """More bytes or pixels than we read."""


class NotAPicture(MediaError):
    """Not JPEG, PNG, WebP or GIF, whatever its name says."""


class Unreadable(MediaError):
    """Broken, or it broke the process that read it."""


class TookTooLong(MediaError):
    """Used up its seconds."""


_ERRORS: dict[str, type[MediaError]] = {
    "too_large": TooLarge,
    "not_a_picture": NotAPicture,
    "unreadable": Unreadable,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture says. ``qr`` is in words, ready to be judged; ``payloads`` is the same as it was in the codes.

    ``ocr`` is false where the Vietnamese data of Tesseract is not installed: QR codes are read all the same.
    ``confidence`` (0-100) tells whether to ask "did I read this right?". ``copy`` is the picture drawn anew as a small
    JPEG, for people to look at; the file itself is kept by nobody.
    """

    text: str
    qr: tuple[str, ...]
    width: int
    height: int
    payloads: tuple[str, ...] = ()
    confidence: int = 0
    ocr: bool = True
    copy: bytes = b""


class Reader:
    """Reads pictures, at most ``AT_ONCE`` at a time. ``tessdata`` is a directory; None looks where systems keep it."""

    def __init__(self, tessdata: Path | None = None, *, seconds: float = SECONDS, warm: int = 1) -> None:
        self.tessdata = find_tessdata() if tessdata is None else _with_languages(tessdata)
        self._seconds, self._warm = seconds, warm
        self._waiting: list[_Child] = []
        self._lock = threading.Lock()
        self._closed = False
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="picture")

    @property
    def can_read_text(self) -> bool:
        """Whether the language data is there; to be said at start."""
        return self.tessdata is not None

    def read(self, data: bytes) -> Picture:
        """The text and the codes of a picture, or a ``MediaError``."""
        _look_at(data)
        return self._threads.submit(self._read, data).result()

    async def read_soon(self, data: bytes) -> Picture:
        """``read`` for the service: the loop goes on meanwhile."""
        _look_at(data)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, data)

    def warm_up(self) -> None:
        """Let the next process load its models now."""
        with self._lock:
            while len(self._waiting) < self._warm and not self._closed:
                self._waiting.append(_Child(self.tessdata, self._seconds))

    def close(self) -> None:
        """End the waiting processes. A picture that is being read is finished first."""
        self._threads.shutdown(wait=True)
        with self._lock:
            self._closed = True
            for waiting in self._waiting:
                waiting.end()
            self._waiting.clear()

    def _read(self, data: bytes) -> Picture:
        process = self._take()
        try:
            said = process.ask(data, self._seconds * 2)
        finally:
            process.end()
            self.warm_up()
        return _picture(said)

    def _take(self) -> _Child:
        with self._lock:
            process = self._waiting.pop(0) if self._waiting else None
        if process is not None and process.is_alive:
            return process
        if process is not None:
            process.end()
        return _Child(self.tessdata, self._seconds)


def read(data: bytes) -> Picture:
    """``Reader.read`` with the language data of the system."""
    return _reader().read(data)


def find_tessdata() -> Path | None:
    """Where the system keeps Tesseract's Vietnamese and English data; None if it has none."""
    found = (path for place in _PLACES for path in sorted(Path("/").glob(place.lstrip("/")), reverse=True))
    return next((path for path in found if _with_languages(path)), None)


class _Child:
    """One process for one picture. Its answer goes to a file of limited size, for it may be talked into anything."""

    def __init__(self, tessdata: Path | None, seconds: float) -> None:
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed in ``end``
        command = [sys.executable, "-I", child.__file__, str(tessdata or "-"), str(seconds), str(MOST_PIXELS)]
        # An empty environment: what the service keeps in its own (tokens, keys) is not there to be stolen.
        environment = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
        self._process = subprocess.Popen(  # noqa: S603 - our own file, nothing of the citizen's in it
            command, stdin=subprocess.PIPE, stdout=self._said, stderr=subprocess.DEVNULL, env=environment, cwd="/"
        )

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, data: bytes, patience: float) -> dict[str, Any]:
        try:
            self._process.communicate(data, timeout=patience)
        except subprocess.TimeoutExpired:
            raise TookTooLong from None
        if self._process.returncode in {-24, -9}:  # SIGXCPU, or SIGKILL at the hard limit
            raise TookTooLong
        self._said.seek(0)
        try:
            said = json.loads(self._said.read())
        except ValueError:
            _log.warning("picture reader ended with %s and no answer", self._process.returncode)
            raise Unreadable from None
        if not isinstance(said, dict):
            raise Unreadable
        return said

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()
        self._said.close()


def _look_at(data: bytes) -> None:
    """Most of what is not a picture never reaches the other process."""
    if len(data) > MOST_BYTES:
        raise TooLarge
    if not data.startswith(_STARTS) and not (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise NotAPicture


def _picture(said: dict[str, Any]) -> Picture:
    """The child's answer, not trusted: anything unexpected in it is an unreadable picture."""
    if "error" in said:
        raise _ERRORS.get(str(said["error"]), Unreadable)
    try:
        lines: Sequence[Line] = [Line(str(text), float(sure), *map(int, box)) for text, sure, *box in said["lines"]]
        payloads = tuple(str(payload)[:4296] for payload in said["qr"])
        width, height, ocr = int(said["width"]), int(said["height"]), bool(said["ocr"])
        copy = base64.b64decode(str(said["copy"]), validate=True)
    except (KeyError, TypeError, ValueError):
        raise Unreadable from None
    return Picture(
        text=transcript.text_of(lines),
        qr=tuple(dict.fromkeys(transcript.words_of(payload) for payload in payloads)),
        width=width,
        height=height,
        payloads=payloads,
        confidence=transcript.confidence_of(lines),
        ocr=ocr,
        copy=copy if copy.startswith(_STARTS[0]) else b"",
    )


def _with_languages(path: Path) -> Path | None:
    return path if all((path / f"{language}.traineddata").is_file() for language in _LANGUAGES) else None


@cache
def _reader() -> Reader:
    return Reader(warm=0)
