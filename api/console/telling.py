"""A decision on its way to the citizens who asked. Must not word anything.

The transaction that decides writes that they are to be told; they are told afterwards, some at a time, so that nobody
waits for thousands. What a crash leaves untold is told by the clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.casework import cases, spreading
from api.casework.cases import Acting
from api.casework.spreading import Asker, Hearing
from api.intake import outbox
from api.intake.outbox import Letter
from api.models import Case, CaseEvent, OutboxReply
from api.surroundings import Surroundings

AT_ONCE = 100
GIVEN_UP = timedelta(days=2)
_BEGUN, _DONE = "telling", "told"


async def begin(session: AsyncSession, acting: Acting, case: Case) -> None:
    """Note, together with the decision, that everybody who asked is to hear it."""
    await session.flush()
    cases.note_step(session, acting, case, _BEGUN, ("", str(await spreading.decisions(session, case))))


async def finish(around: Surroundings, case_id: str) -> int:
    """Tell those who have not been told yet; gives how many they are. Repeating it tells nobody twice."""
    async with around.database.reading() as session:
        case = await cases.get(session, case_id)
        if await _begun(session, case) is None:
            return 0
        askers = await spreading.asked(session, case)
    told = 0
    for start in range(0, len(askers), AT_ONCE):
        async with around.database.writing() as session:
            told += await _tell(session, around, case_id, askers[start : start + AT_ONCE])
        await asyncio.sleep(0)
    async with around.database.writing() as session:
        await _end(session, around, case_id)
    around.answered.ring()
    return told


async def finish_all(around: Surroundings) -> int:
    """Tell what was decided and not told to the end, as after a crash."""
    later = aliased(CaseEvent)
    ended = exists().where(later.case_id == CaseEvent.case_id, later.kind == _DONE, later.id > CaseEvent.id)
    query = select(Case.id).join(CaseEvent, CaseEvent.case_id == Case.id)
    begun = CaseEvent.kind == literal_column(f"'{_BEGUN}'")  # written as its index is, so that it is used
    query = query.where(Case.updated_at > around.clock() - GIVEN_UP, begun, ~ended).distinct()
    async with around.database.reading() as session:
        left = (await session.scalars(query)).all()
    return sum([await finish(around, case_id) for case_id in left])


async def _begun(session: AsyncSession, case: Case) -> CaseEvent | None:
    """The step that began a telling which has not ended."""
    query = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.kind.in_((_BEGUN, _DONE)))
    last = (await session.scalars(query.order_by(CaseEvent.id.desc()).limit(1))).first()
    return last if last is not None and last.kind == _BEGUN else None


async def _tell(session: AsyncSession, around: Surroundings, case_id: str, some: Sequence[Asker]) -> int:
    case = await cases.get(session, case_id, locked=True)  # two who tell at once go one after the other
    begun = await _begun(session, case)
    if begun is None or begun.after != str(await spreading.decisions(session, case)):
        return 0  # told by another, or decided anew meanwhile: nobody asked to have that told
    heard = await spreading.hearings(session, around, case, some)
    answers = await _by_key(session, [hearing.reply_key for hearing in heard])
    known = await _by_key(session, [f"{hearing.key}:0" for hearing in heard])
    told = 0
    for hearing in heard:
        answered = answers.get(hearing.reply_key)
        if answered is None or hearing.channel not in around.channels or f"{hearing.key}:0" in known:
            continue  # the address is kept no longer than the raw messages
        _queue(session, around, hearing, answered)
        told += 1
    return told


async def _by_key(session: AsyncSession, keys: Sequence[str]) -> dict[str, OutboxReply]:
    rows = await session.scalars(select(OutboxReply).where(OutboxReply.key.in_(keys)))
    return {row.key: row for row in rows.all()}


def _queue(session: AsyncSession, around: Surroundings, hearing: Hearing, answered: OutboxReply) -> None:
    address = around.vault.open(outbox.ADDRESS, answered.key, answered.address).decode()
    letter = Letter(hearing.channel, answered.recipient, address, hearing.key, in_group=answered.in_group)
    outbox.queue(session, around, letter, (hearing.reply,), around.clock())


async def _end(session: AsyncSession, around: Surroundings, case_id: str) -> None:
    case = await cases.get(session, case_id, locked=True)
    begun = await _begun(session, case)
    if begun is not None:
        mine = OutboxReply.key.startswith(f"decision:{case.id}:{begun.after}:")
        told = (
            await session.execute(select(func.count(func.distinct(OutboxReply.recipient))).where(mine))
        ).scalar_one()
        cases.note_step(session, Acting(around, begun.account_id, around.clock()), case, _DONE, ("", str(told)))
