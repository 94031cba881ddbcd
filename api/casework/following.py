"""What is noted of a check or report besides itself: the indicators it names, the messages it is like, its case.

Runs inside the turn's transaction. Must not decide anything that a citizen hears.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from types import MappingProxyType

from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import holding, indicators, joining, likeness, named, opening
from api.casework.indicators import Seen
from api.casework.protected import is_protected
from api.models import Check, Feedback, Fingerprint, Report
from api.surroundings import Surroundings
from knowledge.text import MAX_CHARS

MOST_NAMED = 12
_ASKED_FOR = {"account": "số tài khoản ", "number": "số điện thoại "}
"""What a bare number in an answer is, as the question said."""
_NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


async def checks(session: AsyncSession, around: Surroundings, made: Sequence[tuple[Check, str]]) -> None:
    """After checks: their indicators, and the campaigns that they belong to. Those that are alike, as in a wave of one
    message, are looked up and counted together."""
    await session.flush()
    given_up = await holding.given_up(session)
    telling = {row.id: await _named(session, around, row, text, given_up) for row, text in made}
    by_bands: dict[tuple[int, ...], list[Check]] = {}
    for row, _ in made:
        by_bands.setdefault(likeness.bands(row.folded), []).append(row)
    alone: list[tuple[Check, Fingerprint]] = []
    for bands, rows in by_bands.items():
        if bands:
            alone += await joining.by_words(session, bands, rows)
    for row, print_ in alone:
        await joining.by_named(session, row, print_, telling[row.id])


async def _named(session: AsyncSession, around: Surroundings, row: Check, text: str, given_up: Set[str]) -> list[str]:
    """Note what a check names; gives, by id, what may tell whose message it is: nothing that is protected does."""
    telling = []
    own = indicators.own_addresses(around)
    for one in named.found_in(text[:MAX_CHARS], given_up)[:MOST_NAMED]:
        seen = Seen("check", row.sender, row.created_at, row.method, check_id=row.id)
        indicator_id = await indicators.record(session, around, one, seen)
        if not is_protected(around.knowledge.handbook, own, one):
            telling.append(indicator_id)
    return telling


async def report(
    session: AsyncSession, around: Surroundings, row: Report, text: str, answers: Mapping[str, str] = _NO_ANSWERS
) -> None:
    """After a report or a cry for help: its indicators, and its case."""
    await session.flush()
    texts = [text, *(f"{_ASKED_FOR.get(key, '')}{answer}" for key, answer in answers.items())]
    given_up = await holding.given_up(session)
    told = dict.fromkeys(one for said in texts for one in named.found_in(said[:MAX_CHARS], given_up))
    for one in list(told)[:MOST_NAMED]:
        seen = Seen("report", row.sender, row.created_at, row.method, check_id=row.check_id, report_id=row.id)
        await indicators.record(session, around, one, seen)
    await opening.from_report(session, around, row)


async def feedback(session: AsyncSession, around: Surroundings, row: Feedback) -> None:
    """After a complaint: its case."""
    await session.flush()
    await opening.from_feedback(session, around, row)
