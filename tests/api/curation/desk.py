"""People at the desk, a replica of our own, and drafts to hand round."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from sqlalchemy import select

from api.access.sessions import Signed
from api.curation import building, drafts, pieces, publishing, regression, rows
from api.curation.pieces import Kind, Piece
from api.curation.replicas import Replica
from api.models import CatalogueEntry, CatalogueRevision, Publication, RegressionRun
from api.surroundings import Surroundings
from bot.knowledge_base import Knowledge
from knowledge import handbook
from knowledge.matcher import Judge
from tests.fakes import FakeJudge

SLUG = "dien-luc-evn"


def person(name: str) -> Signed:
    """Somebody signed in."""
    return Signed(account_id=name.encode().hex().ljust(32, "0")[:32], name=name, must_change=False, session="", csrf="")


LAN, MINH, HOA = person("Lan"), person("Minh"), person("Hoa")


def shipped(kind: Kind, key: str) -> Piece:
    """A piece of the shipped catalogue."""
    return next(p for p in pieces.shipped() if (p.kind, p.key) == (kind, key))


def small() -> list[Piece]:
    """A catalogue of three methods, with just enough around them: quick to import and to build."""
    methods = (SLUG, "qr-dan-de-buu-pham", "phat-nguoi")
    named = {"concept:lừa đảo", "cue:urgency", "ask:otp", "frame:notice", "situation:paid"}
    kept = [p for p in pieces.shipped() if p.kind is not Kind.METHOD or p.key in methods]
    kept = [p for p in kept if p.kind not in (Kind.DOMAIN, Kind.LEXICON) or p.key in named]
    seen = {p.key.split(":")[0] for p in kept if p.kind is Kind.LEXICON}
    more = [p for p in pieces.shipped() if p.kind is Kind.LEXICON and p.key.split(":")[0] not in seen]
    kept += list({p.key.split(":")[0]: p for p in more}.values())
    kept += [p for p in pieces.shipped() if p.key == "evn.com.vn"]
    evn = next(b for b in shipped(Kind.LIST, "brands").data["brands"] if b["name"] == "EVN")
    one_brand = pieces.of_data(Kind.LIST, "brands", {"brands": [evn | {"domains": ["evn.com.vn"]}]})
    return [one_brand if (p.kind, p.key) == (Kind.LIST, "brands") else p for p in kept]


def quick_build(members: Sequence[Piece], unit: Path | None, told: building.Told = lambda _: None) -> Knowledge:
    """Build at once: the fake judge, under the revision of what was published."""
    judge = FakeJudge()
    judge.revision = pieces.revision(members)
    told(100)
    return Knowledge(cast(Judge, judge), handbook.load(unit=unit))


def changed(piece: Piece, old: str, new: str) -> Piece:
    """The piece with other words."""
    assert old in piece.body
    return pieces.parse(piece.kind, piece.key, piece.body.replace(old, new))


async def approved(around: Surroundings, piece: Piece, author: Signed = LAN, by: Signed = MINH) -> int:
    """A draft that a second person agreed to."""
    draft = await drafts.start(around, author, piece)
    if pieces.judges(piece):
        await tried(around, await regression.try_draft(around, author.name, draft))
    await drafts.step(around, author, draft, "submit", "")
    await drafts.step(around, by, draft, "approve", "Đọc kỹ rồi.")
    return draft


async def tried(around: Surroundings, run_id: int, **result: object) -> None:
    """Let a trial run have ended: well, or as told."""
    async with around.database.writing() as session:
        run = await session.get_one(RegressionRun, run_id)
        run.state, run.result = regression.DONE, {"passed": True, "refused": []} | result


async def live(around: Surroundings) -> Publication:
    """What answers now."""
    async with around.database.reading() as session:
        found = await rows.live(session)
    assert found is not None
    return found


async def status(around: Surroundings, revision_id: int) -> str:
    """Where a revision stands."""
    async with around.database.reading() as session:
        return (await rows.revision(session, revision_id))[0].status


async def published(around: Surroundings, kind: Kind, key: str) -> CatalogueRevision:
    """The revision of an entry that is published."""
    async with around.database.reading() as session:
        query = (
            select(CatalogueRevision)
            .join(CatalogueEntry, CatalogueEntry.id == CatalogueRevision.entry_id)
            .where(CatalogueEntry.kind == kind, CatalogueEntry.key == key, CatalogueRevision.status == "published")
        )
        return (await session.scalars(query)).one()


async def until_ready(around: Surroundings, publication_id: int, replicas: Sequence[Replica]) -> None:
    """Let replicas look until they have built a publication."""
    async with around.database.reading() as session:
        revision = (await publishing.publication(session, publication_id)).revision
    for _ in range(600):
        for replica in replicas:
            await replica.look()
        if await publishing.waiting_for(around, revision) == 0:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("not built")
