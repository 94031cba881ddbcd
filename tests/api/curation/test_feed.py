"""Two units on loopback: one publishes and signs, the other checks and takes what differs as drafts."""

from __future__ import annotations

import asyncio
import base64
import socket
import stat
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from api import app as application
from api import codes, migrations, vault
from api.curation import drafts, feed, pieces, rows, subscriber
from api.curation.feed import BadFeed
from api.curation.pieces import Kind
from api.database import Database
from api.errors import Refusal
from api.models import CatalogueEntry, CatalogueRevision
from api.settings import BrokenSettings, Settings, load
from api.surroundings import Surroundings
from tests.api.curation.desk import HOA, LAN, SLUG, changed, published, shipped, small
from tests.fakes import FakeClock, knowledge

RENAMED = changed(shipped(Kind.METHOD, SLUG), 'name = "', 'name = "Đơn vị bạn: ')
THEIRS = [RENAMED if p.key == SLUG and p.kind is Kind.METHOD else p for p in small()]


@pytest.fixture
async def neighbour(around: Surroundings) -> AsyncIterator[tuple[str, str]]:
    """Another unit's service on loopback; gives the address of its feed and its public key."""
    await rows.ensure_imported(around.database, around.clock(), THEIRS)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application.assemble(around), log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/feed/catalogue.json"
    yield address, feed.public_key(feed.key(around.settings.feed_key_file))
    server.should_exit = True
    await serving


@pytest.fixture
async def ours(tmp_path: Path, clock: FakeClock, neighbour: tuple[str, str]) -> AsyncIterator[Surroundings]:
    """Our own unit, which follows the neighbour."""
    address, key = neighbour
    settings = Settings(var=tmp_path / "ours", feed_url=address, feed_key=key)
    database = Database(settings.database)
    await migrations.upgrade(database)
    await rows.ensure_imported(database, clock(), small())
    keys = vault.load(settings.key_file, create=True)
    yield Surroundings(settings, database, keys, knowledge(), {}, codes.draw, clock)
    await database.close()


async def their_draft(around: Surroundings) -> list[CatalogueRevision]:
    async with around.database.reading() as session:
        query = (
            select(CatalogueRevision)
            .join(CatalogueEntry, CatalogueEntry.id == CatalogueRevision.entry_id)
            .where(CatalogueRevision.status == "draft")
        )
        return list((await session.scalars(query)).all())


def test_the_signing_key_is_private_and_made_once(tmp_path: Path) -> None:
    first = feed.key(tmp_path / "k" / "feed.key")
    assert stat.S_IMODE((tmp_path / "k" / "feed.key").stat().st_mode) == 0o600
    assert feed.public_key(feed.key(tmp_path / "k" / "feed.key")) == feed.public_key(first)


def document(clock: FakeClock, members: list[pieces.Piece]) -> tuple[bytes, str]:
    signing = Ed25519PrivateKey.generate()
    return feed.write(signing, members, "PA05", clock()), feed.public_key(signing)


def test_what_is_signed_is_read_and_contacts_stay_at_home(clock: FakeClock) -> None:
    written, key = document(clock, THEIRS)
    offer = feed.read(written, key)
    assert offer.revision == pieces.revision(THEIRS)
    assert RENAMED in offer.pieces
    assert {p.kind for p in offer.pieces} == set(feed.SHARED)


def test_a_changed_stranger_signed_or_broken_document_is_refused(clock: FakeClock) -> None:
    written, key = document(clock, THEIRS)
    _, stranger = document(clock, THEIRS)
    outer = orjson.loads(written)
    changed_words = orjson.dumps(outer | {"payload": outer["payload"].replace("Đơn vị bạn", "Kẻ gian")})
    for body, trusted in [
        (changed_words, key), (written, stranger), (written, "không phải khóa"), (written, ""), (b"[]", key),
        (b"{", key), (b'{"payload": 1, "signature": "", "key": ""}', key), (written[:-40], key),
    ]:  # fmt: skip
        with pytest.raises(BadFeed):
            feed.read(body, trusted)


def test_signed_nonsense_is_refused_as_well() -> None:
    signing = Ed25519PrivateKey.generate()
    for entries in (
        [{"kind": "contact", "key": "x", "toml": shipped(Kind.CONTACT, "cong-an-113").body}],
        [{"kind": "method", "key": SLUG, "toml": "name = 1"}],
        [{"kind": "weapon", "key": "x", "toml": ""}],
        [{"key": "x"}],
        "no list",
    ):
        body = {
            "format": feed.FORMAT,
            "revision": "a",
            "unit": "b",
            "entries": entries,
            "published_at": "2026-11-24T00:00:00+00:00",
        }
        payload = orjson.dumps(body)
        signature = base64.b64encode(signing.sign(payload)).decode()
        with pytest.raises(BadFeed):
            feed.read(orjson.dumps({"payload": payload.decode(), "signature": signature}), feed.public_key(signing))


async def test_what_a_neighbour_publishes_arrives_as_drafts_to_review(ours: Surroundings) -> None:
    seen = await subscriber.fetch(ours, LAN)
    assert (seen.drafts, seen.revision) == (1, pieces.revision(THEIRS))
    found = await their_draft(ours)
    assert [(d.body, d.origin) for d in found] == [(RENAMED.body, "feed")]
    assert (await published(ours, Kind.METHOD, SLUG)).body != RENAMED.body
    assert (await subscriber.fetch(ours, HOA)).drafts == 0
    async with ours.database.reading() as session:
        assert await drafts.authors(session, found[0]) == {LAN.account_id}
    assert len(await subscriber.history(ours)) == 2


async def test_a_feed_that_is_away_or_not_trusted_changes_nothing(ours: Surroundings) -> None:
    for update in ({"feed_url": "http://127.0.0.1:9/feed"}, {"feed_key": base64.b64encode(b"k" * 32).decode()}):
        right = ours.settings
        ours.settings = right.model_copy(update=update)
        seen = await subscriber.fetch(ours, LAN)
        assert seen.drafts == 0
        assert seen.outcome
        ours.settings = right
    assert await their_draft(ours) == []
    ours.settings = ours.settings.model_copy(update={"feed_url": ""})
    with pytest.raises(Refusal, match="Chưa khai báo"):
        await subscriber.fetch(ours, LAN)


def test_a_feed_without_its_key_is_no_setting() -> None:
    with pytest.raises(BrokenSettings, match="FEED_KEY"):
        load(feed_url="https://tinh-ban.example/feed/catalogue.json")


async def test_by_the_clock_the_software_offers_a_thing_once_and_two_people_must_want_it(ours: Surroundings) -> None:
    assert await subscriber.follow(ours) == 1
    assert await subscriber.follow(ours) == 0
    draft = (await their_draft(ours))[0]
    await drafts.step(ours, LAN, draft.id, "discard", "")
    assert await subscriber.follow(ours) == 0, "somebody here has said no"
    assert (await subscriber.fetch(ours, LAN)).drafts == 1, "but may ask for it again"


async def test_who_submits_what_the_software_brought_does_not_approve_it(ours: Surroundings) -> None:
    await subscriber.follow(ours)
    draft = (await their_draft(ours))[0]
    async with ours.database.writing() as session:
        row = await session.get_one(CatalogueRevision, draft.id)
        rows.add_remark(session, LAN, row, "submit", "", ours.clock())
    async with ours.database.reading() as session:
        assert await drafts.authors(session, draft) == {LAN.account_id}


async def test_without_a_neighbour_nothing_is_followed(around: Surroundings) -> None:
    assert await subscriber.follow(around) == 0


def test_a_document_must_say_when_it_was_published(clock: FakeClock) -> None:
    signing = Ed25519PrivateKey.generate()
    for published_at in ("2026-11-24T00:00:00", "hôm qua", 7, None):
        body: dict[str, Any] = {
            "format": feed.FORMAT,
            "revision": "a",
            "unit": "b",
            "entries": [],
            "published_at": published_at,
        }
        payload = orjson.dumps(body)
        signature = base64.b64encode(signing.sign(payload)).decode()
        with pytest.raises(BadFeed):
            feed.read(orjson.dumps({"payload": payload.decode(), "signature": signature}), feed.public_key(signing))


async def test_an_old_document_is_refused_though_they_once_signed_it(
    ours: Surroundings, around: Surroundings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing = feed.key(around.settings.feed_key_file)
    old = feed.write(signing, small(), "PA05", clock() - timedelta(days=9))
    assert (await subscriber.fetch(ours, LAN)).drafts == 1
    served = [old]

    async def download(_url: str) -> bytes:
        return served[0]

    monkeypatch.setattr(subscriber, "_download", download)
    refused = await subscriber.fetch(ours, LAN)
    assert "cũ hơn bản đã nhận" in refused.outcome
    assert refused.published_at is None
    served[0] = feed.write(signing, THEIRS, "PA05", clock() + timedelta(hours=5))
    assert "tương lai" in (await subscriber.fetch(ours, LAN)).outcome
    served[0] = feed.write(signing, THEIRS, "PA05", clock())
    assert (await subscriber.fetch(ours, LAN)).published_at == clock()


async def test_another_key_begins_anew(ours: Surroundings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    await subscriber.fetch(ours, LAN)
    signing = Ed25519PrivateKey.generate()
    ours.settings = ours.settings.model_copy(update={"feed_key": feed.public_key(signing)})

    async def download(_url: str) -> bytes:
        return feed.write(signing, small(), "PA06", clock() - timedelta(days=40))

    monkeypatch.setattr(subscriber, "_download", download)
    assert (await subscriber.fetch(ours, LAN)).unit == "PA06"
