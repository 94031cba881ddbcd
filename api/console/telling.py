"""A decision on its way to the citizens who asked: queued in the transaction that decides. Must not word anything."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import cases, spreading
from api.casework.cases import Acting
from api.intake import outbox
from api.intake.outbox import Letter
from api.models import Case, OutboxReply


async def tell(session: AsyncSession, acting: Acting, case: Case) -> int:
    """Queue what everybody who asked hears; gives how many they are."""
    around, told = acting.around, 0
    await session.flush()
    for hearing in await spreading.hearings(session, around, case):
        answered = (await session.scalars(select(OutboxReply).where(OutboxReply.key == hearing.reply_key))).first()
        if answered is None or hearing.channel not in around.channels:
            continue  # the address is kept no longer than the raw messages
        address = around.vault.open(outbox.ADDRESS, answered.key, answered.address).decode()
        letter = Letter(hearing.channel, answered.recipient, address, hearing.key, in_group=answered.in_group)
        outbox.queue(session, around, letter, (hearing.reply,), acting.at)
        told += 1
    cases.note_step(session, acting, case, "told", ("", str(told)))
    return told
