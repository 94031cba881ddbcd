"""Consents and subscriptions. Must not know what is sent to subscribers."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework.whose import Whose, fresh_id
from api.models import Consent, Subscription
from api.surroundings import Surroundings
from bot.turn import Subscribed, Unsubscribed

_ADDRESS = "subscriptions|address"


async def agree(session: AsyncSession, whose: Whose, version: str) -> None:
    """Keep the proof of a consent."""
    row = Consent(id=fresh_id(), sender=whose.sender, channel=whose.channel, version=version[:40], given_at=whose.at)
    session.add(row)


async def withdraw(session: AsyncSession, whose: Whose) -> None:
    """End every consent of a citizen; that they were given stays known."""
    open_ones = update(Consent).where(Consent.sender == whose.sender, Consent.withdrawn_at.is_(None))
    await session.execute(open_ones.values(withdrawn_at=whose.at))


async def subscribe(session: AsyncSession, around: Surroundings, whose: Whose, wish: Subscribed, address: str) -> None:
    """Warnings are wanted; asking twice changes nothing."""
    topic, commune = wish.topic[:40], wish.commune.replace("\0", "")[:80]
    same = select(Subscription.id).where(
        Subscription.sender == whose.sender, Subscription.topic == topic, Subscription.commune == commune
    )
    if (await session.execute(same)).first():
        return
    row_id = fresh_id()
    session.add(
        Subscription(
            id=row_id,
            sender=whose.sender,
            channel=whose.channel,
            topic=topic,
            commune=commune,
            address=around.vault.seal(_ADDRESS, row_id, address.encode()),
            created_at=whose.at,
        )
    )


async def unsubscribe(session: AsyncSession, whose: Whose, wish: Unsubscribed) -> None:
    """Warnings are not wanted any more."""
    statement = delete(Subscription).where(Subscription.sender == whose.sender)
    if wish.topic:
        statement = statement.where(Subscription.topic == wish.topic)
    if wish.commune:
        statement = statement.where(Subscription.commune == wish.commune)
    await session.execute(statement)
