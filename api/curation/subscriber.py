"""Looks at another unit's feed and brings what differs to our own drafting table; nothing is adopted by itself.

Redirects are not followed, the certificate is checked, the answer is bounded. Must not know a page.
"""

from __future__ import annotations

from datetime import timedelta

import httpx
from sqlalchemy import func, select

from api.access import audit
from api.curation import drafts, feed
from api.curation.feed import BadFeed, Offer
from api.curation.rows import Who
from api.errors import Refusal
from api.models import FeedFetch
from api.surroundings import Surroundings

SECONDS = 20.0
AHEAD = timedelta(hours=1)
MOST_BYTES = 8 * 1024 * 1024


async def follow(around: Surroundings) -> int:
    """Look by the clock, where a feed is set; what was offered before is not offered again. Gives how many drafts."""
    return (await fetch(around, None)).drafts if around.settings.feed_url else 0


async def fetch(around: Surroundings, who: Who) -> FeedFetch:
    """Look once; what differs becomes drafts to review. Raises Refusal where no feed is set."""
    settings = around.settings
    if not settings.feed_url or not settings.feed_key:
        raise Refusal("Chưa khai báo địa chỉ và khóa của đơn vị chia sẻ trong phần thiết lập.")
    seen = FeedFetch(at=around.clock(), revision="", unit="", outcome="", drafts=0)
    try:
        offer = feed.read(await _download(settings.feed_url), settings.feed_key)
        await _refuse_old(around, offer, settings.feed_key)
        seen.revision, seen.unit = offer.revision, offer.unit
        seen.published_at, seen.key = offer.published_at, settings.feed_key
        words = f"Từ {offer.unit}, bản {offer.revision}"
        seen.drafts = await drafts.adopt(around, who, offer.pieces, "feed", words)
        seen.outcome = "Có mục mới để xem" if seen.drafts else "Không có gì khác với kho đang chạy"
    except BadFeed as refused:
        seen.outcome = str(refused)[:400]
    except httpx.HTTPError as failed:
        seen.outcome = f"Không lấy được: {type(failed).__name__}"
    async with around.database.writing() as session:
        session.add(seen)
        about = {"revision": seen.revision, "drafts": seen.drafts}
        await audit.record(session, who or "service", "catalogue.fetch", "feed", seen.outcome, about)
    return seen


async def _refuse_old(around: Surroundings, offer: Offer, key: str) -> None:
    """Whoever stands between us and them could show us an old document that they did sign. Raises BadFeed."""
    if offer.published_at > around.clock() + AHEAD:
        raise BadFeed("Bản chia sẻ ghi ngày ban hành ở tương lai; đồng hồ của một bên sai.")
    query = select(func.max(FeedFetch.published_at)).where(FeedFetch.key == key)
    async with around.database.reading() as session:
        newest = await session.scalar(query)
    if newest is not None and offer.published_at < newest:
        raise BadFeed(f"Bản chia sẻ này cũ hơn bản đã nhận (ban hành {newest:%d/%m/%Y}); không nhận.")


async def _download(url: str) -> bytes:
    async with (
        httpx.AsyncClient(timeout=SECONDS, follow_redirects=False, trust_env=False) as client,
        client.stream("GET", url, headers={"Accept": "application/json"}) as response,
    ):
        response.raise_for_status()
        if response.is_redirect:
            raise BadFeed("Địa chỉ chia sẻ chuyển sang nơi khác; không theo.")
        body = bytearray()
        async for part in response.aiter_bytes():
            body += part
            if len(body) > MOST_BYTES:
                raise BadFeed("Bản chia sẻ quá lớn.")
    return bytes(body)


async def history(around: Surroundings) -> list[FeedFetch]:
    """The latest looks."""
    async with around.database.reading() as session:
        query = select(FeedFetch).order_by(FeedFetch.id.desc()).limit(20)
        return list((await session.scalars(query)).all())
