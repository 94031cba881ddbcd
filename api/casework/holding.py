"""What the catalogue of this moment says of numbers and domains that are somebody's own, for what is protected.

Must not know who may change the catalogue, nor how.
"""

from __future__ import annotations

import tomllib
from collections.abc import Set

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from api.casework.protected import Held
from api.models import CatalogueEntry, CatalogueRevision

_CONTACT, _DOMAIN = "contact", "domain"
_LIVE, _PAUSED = "published", "paused"


async def of(session: AsyncSession) -> Held:
    """What officers published. A contact that is paused is told to nobody, and its number is still its owner's; a
    domain that is paused is not."""
    bodies = (await session.scalars(_standing(CatalogueRevision.body, _CONTACT, _LIVE, _PAUSED))).all()
    live = await _domains(session, _LIVE)
    return Held(
        contacts=tuple(text for body in bodies for text in _said(body)),
        domains=live,
        given_up=await given_up(session) - live,
    )


def _said(body: str) -> list[str]:
    """What may hold a number. An earlier version may have let through what does not fit today."""
    contact = tomllib.loads(body)
    return [str(text) for text in (contact.get("value", ""), *contact.get("aliases", ()))]


async def given_up(session: AsyncSession) -> Set[str]:
    """The domains that were taken out of the directory."""
    return await _domains(session, _PAUSED)


async def _domains(session: AsyncSession, status: str) -> Set[str]:
    return frozenset((await session.scalars(_standing(CatalogueEntry.key, _DOMAIN, status))).all())


def _standing(what: InstrumentedAttribute[str], kind: str, *statuses: str) -> Select[str]:
    """What revisions of a kind say that stand so."""
    same = CatalogueEntry.id == CatalogueRevision.entry_id
    return (
        select(what)
        .select_from(CatalogueRevision)
        .join(CatalogueEntry, same)
        .where(CatalogueEntry.kind == kind, CatalogueRevision.status.in_(statuses))
    )
