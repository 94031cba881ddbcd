"""What the public hears of a number: nothing, suspected or confirmed, as people decided, at once on every replica.

A version number in the database says when to read the list again. Must not know how it is worded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import counters, indicators, named
from api.casework.indicators import VERSION, Status
from api.models import Indicator
from api.surroundings import Surroundings
from knowledge.verdict import IndicatorKind

SUSPECTED_DAYS = 180
REREAD = timedelta(minutes=1)
Heard = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Listing:
    """The listed hashes at one version; read again when the version moves, or after a minute, for listings expire."""

    version: int
    read_at: datetime
    words: Mapping[str, str]


async def heard(around: Surroundings) -> Heard:
    """A look-up of plain values, for one turn: "", "suspected" or "confirmed"."""
    words: Mapping[str, str] = await around.together(_words).add(around)

    def look_up(kind: str, value: str) -> str:
        return public_word(around, words, kind, value)

    return look_up


async def _words(some: Sequence[Surroundings]) -> list[Mapping[str, str]]:
    """The newest list, once for all who asked at the same time."""
    around = some[0]
    now, known = around.clock(), around.listing
    async with around.database.reading() as session:
        version = await counters.current(session, VERSION)
        if not isinstance(known, Listing) or known.version != version or now - known.read_at > REREAD:
            around.listing = known = Listing(version, now, await _read(session, around, now))
    return [known.words] * len(some)


def public_word(around: Surroundings, words: Mapping[str, str], kind: str, value: str) -> str:
    """What is said of one thing found in a message."""
    if not words or kind not in set(IndicatorKind):
        return ""
    one = named.of(IndicatorKind(kind), value)
    return words.get(f"{one.kind.value}:{indicators.hash_of(around, one)}", "") if one else ""


async def _read(session: AsyncSession, around: Surroundings, now: datetime) -> Mapping[str, str]:
    kept = timedelta(days=around.knowledge.handbook.unit.retention_days["indicators"])
    lasting = or_(
        and_(Indicator.status == Status.CONFIRMED.value, Indicator.decided_at > now - kept),
        and_(Indicator.status == Status.SUSPECTED.value, Indicator.decided_at > now - timedelta(days=SUSPECTED_DAYS)),
    )
    query = select(Indicator.kind, Indicator.hash, Indicator.status).where(lasting)
    rows = (await session.execute(query)).all()
    return {f"{kind}:{hashed}": status for kind, hashed, status in rows}
