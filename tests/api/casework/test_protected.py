"""What the catalogue of this moment protects: a pause lifts no protection of a number, and does that of a domain."""

from __future__ import annotations

import pytest

from api.casework import holding, indicators, listing, named
from api.casework.cases import Acting
from api.casework.indicators import Status
from api.casework.named import Kind
from api.casework.protected import is_protected
from api.curation import pieces, publishing, rows
from api.curation.pieces import Kind as PieceKind
from api.models import Publication
from api.surroundings import Surroundings
from bot.knowledge_base import Knowledge
from tests.api.casework import desk
from tests.api.curation.desk import MINH, small
from tests.api.curation.test_soundness import publish_unchecked

REASON = "ba người chuyển tiền, có biên lai"


@pytest.fixture
async def curated(around: Surroundings) -> Surroundings:
    """The small catalogue, published."""
    await rows.ensure_imported(around.database, around.clock(), small())
    return around


async def pause(around: Surroundings, kind: PieceKind, key: str) -> None:
    """A curator takes it out of the answers, here and now."""
    made = await publishing.pause(around, MINH, kind, key, "nghi đã đổi chủ")
    async with around.database.writing() as session:
        await rows.point_to(session, await session.get_one(Publication, made), around.clock())
    if kind is PieceKind.CONTACT:
        around.knowledge = Knowledge(around.knowledge.judge, around.knowledge.handbook.without([key]))


async def listed(around: Surroundings, kind: Kind, value: str, said: str) -> bool:
    """Whether an officer can mark as suspected what three people reported."""
    for sender in ("an", "binh", "chi"):
        await desk.report(around, sender, said, number=value)
    wanted = named.read(kind, value)
    assert wanted is not None
    async with around.database.writing() as session:
        one = await desk.person(session, around, f"{value} {around.draw()}")
        row = await indicators.find(session, around, wanted)
        if row is None:
            return False
        try:
            await indicators.propose(session, Acting(around, one, around.clock()), row, Status.SUSPECTED, REASON)
        except indicators.Protected:
            return False
    return True


@pytest.mark.parametrize("paused", [False, True])
async def test_a_contact_that_is_paused_stays_protected(curated: Surroundings, *, paused: bool) -> None:
    bank = next(c for c in curated.knowledge.handbook.contacts if c.value.replace(" ", "").startswith("1900"))
    if paused:
        await pause(curated, PieceKind.CONTACT, bank.slug)
    assert not await listed(curated, Kind.PHONE, bank.value, f"goi ngay {bank.value} de nhan thuong")


async def test_a_domain_that_fell_into_wrong_hands_can_be_listed(curated: Surroundings) -> None:
    said = "Vào https://evn.com.vn/uu-dai nhận hoàn tiền điện"
    assert not await listed(curated, Kind.DOMAIN, "evn.com.vn", said)
    await pause(curated, PieceKind.DOMAIN, "evn.com.vn")
    async with curated.database.reading() as session:
        assert await holding.given_up(session) == {"evn.com.vn"}
    assert await listed(curated, Kind.DOMAIN, "evn.com.vn", said)
    assert (await listing.heard(curated))("link", "https://evn.com.vn/uu-dai") == "suspected"


async def test_a_domain_and_a_contact_that_were_published_here_are_protected(curated: Surroundings) -> None:
    domain = next(p for p in pieces.shipped() if p.key == "evn.com.vn")
    ours = pieces.parse(PieceKind.DOMAIN, "nganhangmoi.com.vn", domain.body.replace("evn.com.vn", "nganhangmoi.com.vn"))
    assert await listed(curated, Kind.DOMAIN, "nganhangkhac.com.vn", "vào nganhangkhac.com.vn ngay")
    await publish_unchecked(curated, ours)
    async with curated.database.reading() as session:
        held = await holding.of(session)
    assert "nganhangmoi.com.vn" in held.domains
    for host, expected in (("nganhangmoi.com.vn", True), ("nganhangmoi.com.vn.xyz", False)):
        wanted = named.read(Kind.DOMAIN, host)
        assert wanted is not None
        assert is_protected(curated.knowledge.handbook, (), wanted, held) is expected
