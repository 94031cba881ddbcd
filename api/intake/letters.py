"""Dead letters: deliveries that could not be answered. Staff see them, let them be taken again, or give them up.

One that was given up is handled as well as dead, and can still be taken again for as long as it is kept. Must not know
pages, nor who asks.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api import masking
from api.errors import NotFound, NotOurKey
from api.intake import inbox, routing
from api.models import InboxUpdate
from api.surroundings import Surroundings
from bot.events import Event, Follow, Media, Tap, Text

PAGE = 30
_DEEPEST, _WIDEST = 6, 20
IS_DEAD = InboxUpdate.dead_at.is_not(None)
IS_DROPPED = and_(IS_DEAD, InboxUpdate.handled_at.is_not(None))
WAITS_FOR_STAFF = and_(IS_DEAD, InboxUpdate.handled_at.is_(None))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; ``dropped`` for those that were given up. ``before`` is the id that the page before ended with."""

    channel: str = ""
    dropped: bool = False
    before: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter, and whether its sender wrote again since, so that an answer may come out of place."""

    row: InboxUpdate
    wrote_again: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some letters, newest first, and where the next ones begin, 0 where there are none."""

    letters: Sequence[Letter]
    next: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a letter says. ``kind`` is that of the event, ``unread`` where nobody understood it, ``sealed`` where it
    does not even open; then ``outline`` tells its shape and ``words`` nothing. ``payload`` is all of it."""

    kind: str
    words: str = field(default="", repr=False)
    outline: str = ""
    payload: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a replay is: of ``total`` so many wait, were answered, and failed again."""

    total: int
    waiting: int
    answered: int
    failed: int


async def search(session: AsyncSession, wanted: Wanted) -> Page:
    """Dead letters that fit."""
    conditions = [IS_DROPPED if wanted.dropped else WAITS_FOR_STAFF]
    if wanted.channel:
        conditions.append(InboxUpdate.channel == wanted.channel)
    if wanted.before:
        conditions.append(InboxUpdate.id < wanted.before)
    query = select(InboxUpdate, _wrote_again()).where(*conditions).order_by(InboxUpdate.id.desc()).limit(PAGE + 1)
    found = [Letter(row, wrote_again) for row, wrote_again in (await session.execute(query)).all()]
    return Page(found[:PAGE], found[PAGE - 1].row.id if len(found) > PAGE else 0)


async def get(session: AsyncSession, letter_id: int) -> Letter:
    """One of them. Raises NotFound."""
    query = select(InboxUpdate, _wrote_again()).where(InboxUpdate.id == letter_id, IS_DEAD)
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise NotFound("Tin này không còn trong danh sách lỗi: đã chạy lại được, hoặc đã hết hạn lưu.")
    return Letter(*found)


def _wrote_again() -> ColumnElement[bool]:
    later = aliased(InboxUpdate)
    return exists().where(later.sender == InboxUpdate.sender, later.received_at > InboxUpdate.received_at)


async def by_channel(session: AsyncSession) -> dict[str, tuple[int, datetime]]:
    """How many wait for staff on each channel, and since when the oldest does."""
    query = select(InboxUpdate.channel, func.count(), func.min(InboxUpdate.dead_at)).where(WAITS_FOR_STAFF)
    rows = await session.execute(query.group_by(InboxUpdate.channel))
    return {name: (count, since) for name, count, since in rows if since is not None}


async def replay(
    session: AsyncSession, around: Surroundings, *, ids: Sequence[int] = (), channel: str = ""
) -> tuple[str, list[int]]:
    """Let these be taken again, or all of a channel that wait for staff; gives the replay's id and who is in it.

    Left out is what is no dead letter any more, whose channel is off, and whose sender is being answered at this
    moment: two at once would not know of each other.
    """
    at = around.clock()
    chosen = InboxUpdate.id.in_(ids) if ids else and_(WAITS_FOR_STAFF, InboxUpdate.channel == channel)
    other = aliased(InboxUpdate)
    busy = exists().where(
        other.sender == InboxUpdate.sender,
        other.handled_at.is_(None),
        other.dead_at.is_(None),
        other.leased_until > at,
    )
    replay_id = secrets.token_hex(8)
    again = update(InboxUpdate).where(chosen, IS_DEAD, ~busy, InboxUpdate.channel.in_(around.channels))
    anew: dict[str, Any] = {
        "dead_at": None, "handled_at": None, "error": None, "attempts": 0, "lease": None, "leased_until": None,
        "ready_at": at, "replays": InboxUpdate.replays + 1, "replay_id": replay_id,
    }  # fmt: skip
    done = again.values(anew).returning(InboxUpdate.id)
    rows = await session.scalars(done, execution_options={"synchronize_session": False})
    return replay_id, sorted(rows)


async def progress(session: AsyncSession, replay_id: str) -> Progress:
    """How far a replay is. Raises NotFound."""
    query = select(
        func.count(), func.count(InboxUpdate.dead_at), func.count(InboxUpdate.handled_at).filter(~IS_DEAD)
    ).where(InboxUpdate.replay_id == replay_id)
    total, failed, answered = (await session.execute(query)).one()
    if not total:
        raise NotFound("Không có lần chạy lại này, hoặc đã hết hạn lưu.")
    return Progress(total, total - failed - answered, answered, failed)


async def drop(session: AsyncSession, at: datetime, ids: Sequence[int]) -> list[int]:
    """Give letters up; gives those that were still waiting for staff."""
    statement = update(InboxUpdate).where(InboxUpdate.id.in_(ids), WAITS_FOR_STAFF).values(handled_at=at)
    done = statement.returning(InboxUpdate.id)
    return sorted(await session.scalars(done, execution_options={"synchronize_session": False}))


def content(around: Surroundings, row: InboxUpdate) -> Content:
    """What a letter says, unmasked."""
    try:
        payload = inbox.payload_of(around, row)
    except NotOurKey:
        return Content("sealed")
    channel = around.channels.get(row.channel)
    delivery = routing.read(channel, payload) if channel else None
    whole = orjson.dumps(payload, option=orjson.OPT_INDENT_2).decode()
    if delivery is None:
        shape = orjson.dumps(_outline(payload), option=orjson.OPT_INDENT_2).decode()
        return Content("unread", outline=shape, payload=whole)
    return Content(*_said(delivery.event), payload=whole)


def _said(event: Event) -> tuple[str, str]:
    match event:
        case Text(text):
            return "text", text
        case Media():
            return event.kind, event.caption
        case Tap(choice=choice):
            return "tap", choice
        case Follow():
            return "follow", ""
        case _:
            return "unfollow", ""


def _outline(value: object, depth: int = 0) -> object:
    """The shape of something that nobody understood, without a word of it: names of fields, kinds and lengths."""
    if depth == _DEEPEST:
        return "…"
    match value:
        case Mapping():
            some = list(value.items())[:_WIDEST]
            return {masking.mask(str(name))[:60]: _outline(inner, depth + 1) for name, inner in some}
        case list():
            return [_outline(inner, depth + 1) for inner in value[:3]] + (["…"] if len(value) > 3 else [])
        case str():
            return f"chữ ({len(value)})"
        case bool() | None:
            return value
        case _:
            return "số"
