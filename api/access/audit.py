"""The audit log: one row an act, written in the act's own transaction and chained to the row before.

``await audit.record(session, signed, "report.view", f"report/{row.id}")`` is the whole use. Call it last in the
transaction: rows are numbered one after the other, so others wait from here until the commit. What is recorded must
name things by their ids and never hold a citizen's words, number or name. Must not know pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api import masking
from api.access.ledger import START, Ledger
from api.access.sessions import Signed
from api.models import AuditRow
from knowledge.text import fold

SEALED = ("seq", "at", "who_id", "who", "act", "object", "reason", "details")
_LOCK = 0x41756469
_LONGEST_REASON = 2000


async def record(
    session: AsyncSession,
    who: Signed | str,
    act: str,
    object: str = "",  # noqa: A002
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one row. ``who`` is whoever is signed in, or a word for the service or the terminal."""
    ledger: Ledger = session.info["ledger"]
    await session.flush()  # what the act itself locks is locked before others are made to wait
    if session.get_bind().dialect.name != "sqlite":
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    newest = select(AuditRow.seq, AuditRow.mac).order_by(AuditRow.seq.desc()).limit(1)
    last, mac = (await session.execute(newest)).one_or_none() or (0, START)
    name, account = (who, None) if isinstance(who, str) else (who.name, who.account_id)
    values: dict[str, Any] = {
        "seq": last + 1,
        "at": ledger.clock(),
        "who_id": account,
        "who": _clean(name, 40),
        "act": act,
        "object": _clean(object, 160),
        "reason": masking.mask(_clean(reason, _LONGEST_REASON)),  # what is never deleted holds nobody's number
        "details": dict(details or {}),
    }
    sealed = ledger.seal(mac, values)
    told = [name, values["object"], values["reason"], *(v for v in values["details"].values() if isinstance(v, str))]
    folded = fold(" ".join(told))
    session.add(AuditRow(**values, folded=folded, mac=sealed))
    await session.flush()
    session.info.setdefault("after", []).append(partial(ledger.remember, last + 1, sealed))


def _clean(given: str, longest: int) -> str:
    return given.encode("utf-8", "replace").decode().replace("\0", " ").strip()[:longest]


def asked(parameters: Mapping[str, str]) -> dict[str, str]:
    """The filters of a list as details of an act, with numbers hidden: people search for them."""
    return {name[:20]: masking.mask(_clean(value, 100)) for name, value in parameters.items() if value}
