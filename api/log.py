"""Logs as JSON lines that hold nothing personal: only allow-listed fields, and of an exception its class and place.

A message text never gets here by design; if a library writes one, its line is reduced to logger, level and the words
of its format string. Must not know what is logged.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

FIELDS = frozenset(
    "attempts bytes channel count elapsed_ms error frames level logger method outcome path reason revision"
    " status timestamp update url event".split()
)
_QUIET = (
    "httpx",
    "httpx2",
    "httpcore",
    "telegram",
    "aiosqlite",
    "asyncio",
    "alembic",
    "sqlalchemy",
    "multipart",
    "python_multipart",
)
_SUSPECT = re.compile(r"[\w.+-]+@[\w.-]+|\d(?:[ .\-]?\d){3,}|[A-Za-z0-9_\-]{24,}|(?<=\?)\S+")


def set_up(level: int = logging.INFO) -> None:
    """Send everything, libraries included, through the same allow-list to standard error."""
    handler = _StandardError()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").disabled = True
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, _to_record],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def get(name: str) -> structlog.stdlib.BoundLogger:
    """A logger whose calls read ``log.info("update handled", channel=…)``."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def _to_record(_logger: Any, _method: str, fields: MutableMapping[str, Any]) -> tuple[tuple[str], dict[str, Any]]:
    failed = fields.pop("exc_info", None)
    event = str(fields.pop("event", ""))
    return (event,), {"extra": {"fields": dict(fields)}, "exc_info": failed}


class _StandardError(logging.Handler):
    """Writes to whatever standard error is now, also after it was redirected."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        print(self.format(record), file=sys.stderr, flush=True)  # noqa: T201


class JsonLines(logging.Formatter):
    """One JSON object a record, with no control characters and no values that we did not ask for."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        ours = getattr(record, "fields", None)
        line: dict[str, Any] = {
            "timestamp": round(record.created, 3),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": redact(str(record.msg)),
        }
        for key, value in (ours or {}).items():
            if key in FIELDS:
                line[key] = value if isinstance(value, int | float | bool | None) else redact(str(value), ids=True)
        if record.exc_info and record.exc_info[0]:
            line |= describe(record.exc_info[1])
        return orjson.dumps(line, default=str).decode()


def describe(failure: BaseException | None) -> dict[str, Any]:
    """An exception as its class and the places it came through; never its text, which may quote a message."""
    places = traceback.extract_tb(failure.__traceback__) if failure else []
    return {
        "error": type(failure).__name__,
        "frames": [f"{place.filename.rsplit('/', 2)[-1]}:{place.lineno}:{place.name}" for place in places[-6:]],
    }


def redact(text: str, *, ids: bool = False) -> str:
    """The text without e-mails, long numbers, queries and tokens; ``ids`` leaves our own hexadecimal hashes."""
    clean = "".join(c if c.isprintable() else " " for c in text)[:300]
    if ids and re.fullmatch(r"[0-9a-f]{12,32}", clean):
        return clean
    return _SUSPECT.sub("•", clean)
