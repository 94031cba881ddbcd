"""What a citizen may ask of their own data: how much there is, how a report stands, to have it erased.

Must not word anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api import codes, masking
from api.casework import campaigns, forgetting
from api.casework.forgetting import UNTOUCHED
from api.casework.whose import Whose
from api.models import (
    Attachment,
    Check,
    Conversation,
    Feedback,
    InboxUpdate,
    Indicator,
    OutboxReply,
    PictureReading,
    Report,
    Sighting,
    Subscription,
)
from api.surroundings import Surroundings

_CONTEXT = "conversations|context"


async def count(session: AsyncSession, whose: Whose) -> dict[str, int]:
    """How much is kept of each kind; a cry for help was never sent off by the citizen, so it is no report of theirs."""
    cry = Report.kind == "help"
    counted: dict[str, tuple[ColumnElement[bool], ...]] = {
        "checks": (Check.sender == whose.sender,),
        "reports": (Report.sender == whose.sender, ~cry),
        "cries": (Report.sender == whose.sender, cry),
        "subscriptions": (Subscription.sender == whose.sender,),
    }
    found = {}
    for name, mine in counted.items():
        found[name] = int((await session.execute(select(func.count()).where(*mine))).scalar_one())
    return found


async def erase(session: AsyncSession, around: Surroundings, whose: Whose, update_id: int) -> int:
    """Erase all but what is held; gives the number of held reports. Those are the ones that somebody has begun to work
    on: the law holds them, and the citizen is told so. Of the update being answered only that it came is kept."""
    own = Report.sender == whose.sender
    cases = await forgetting.involved(session, [whose.sender])
    held = select(func.count()).select_from(Report).where(own, Report.status != UNTOUCHED)
    named = (
        await session.scalars(select(Sighting.indicator_id).where(Sighting.sender == whose.sender).distinct())
    ).all()
    asked_about = await campaigns.of_sender(session, whose.sender)
    in_groups, groups = await _answered_in_groups(session, whose)
    await _groups_forget(session, around, whose, groups)
    settled = InboxUpdate.handled_at.is_not(None) | InboxUpdate.dead_at.is_not(None)
    for statement in (
        delete(Feedback).where(Feedback.sender == whose.sender),
        delete(Attachment).where(Attachment.sender == whose.sender, Attachment.report_id.is_(None)),
        delete(Report).where(own, Report.status == UNTOUCHED),
        delete(Check).where(Check.sender == whose.sender),
        delete(Subscription).where(Subscription.sender == whose.sender),
        delete(OutboxReply).where(or_(OutboxReply.recipient == whose.sender, OutboxReply.inbox_id.in_(in_groups))),
        delete(InboxUpdate).where(InboxUpdate.sender == whose.sender, InboxUpdate.id != update_id, settled),
        delete(PictureReading).where(PictureReading.inbox_id.in_(in_groups)),
        update(InboxUpdate).where(InboxUpdate.id.in_([update_id, *in_groups])).values(payload=b""),
    ):
        await session.execute(statement)
    await forgetting.look_again(session, cases)
    await count_again(session, named)
    await campaigns.count_again(session, asked_about)
    return int((await session.execute(held)).scalar_one())


async def _answered_in_groups(session: AsyncSession, whose: Whose) -> tuple[list[int], set[str]]:
    """The updates of a citizen's questions in groups, whose conversation is that of all, and the groups: the answers
    lead to them."""
    answers = select(Check.reply_key).where(Check.sender == whose.sender, Check.reply_key.is_not(None))
    query = select(OutboxReply.inbox_id, OutboxReply.recipient).where(
        OutboxReply.key.in_(answers), OutboxReply.recipient != whose.sender
    )
    rows = (await session.execute(query)).all()
    return [row.inbox_id for row in rows if row.inbox_id is not None], {row.recipient for row in rows}


async def _groups_forget(session: AsyncSession, around: Surroundings, whose: Whose, groups: set[str]) -> None:
    """What a group was last answered is quoted to whoever asks about it; of this citizen's words nothing may be."""
    asked = (await session.scalars(select(Check.text).where(Check.sender == whose.sender))).all() if groups else []
    query = select(Conversation).where(Conversation.sender.in_(groups)).order_by(Conversation.sender).with_for_update()
    for kept in (await session.scalars(query)).all():
        context = orjson.loads(around.vault.open(_CONTEXT, kept.sender, kept.context))
        if any(_is_of(context["last_text"], text) for text in asked):
            context |= {"last_text": "", "card": "", "answered_at": ""}
            kept.context = around.vault.seal(_CONTEXT, kept.sender, orjson.dumps(context))


def _is_of(said: str, kept: str) -> bool:
    """Whether what was said is the text of a check, in which numbers are hidden, with or without what others added."""
    pairs = zip(said.replace("\0", "\ufffd"), kept, strict=False)
    return bool(said and kept) and all(hidden in {sign, masking.HIDDEN} for sign, hidden in pairs)


async def count_again(session: AsyncSession, indicator_ids: Sequence[str]) -> None:
    """Indicators no longer count whom we have forgotten; what nobody else named, and nobody decided on, goes."""
    if not indicator_ids:
        return
    of_it = Sighting.indicator_id == Indicator.id
    seen = select(func.count()).where(of_it).scalar_subquery()
    people = select(func.count(func.distinct(Sighting.sender))).where(of_it, Sighting.source == "report")
    counted = update(Indicator).where(Indicator.id.in_(indicator_ids))
    await session.execute(counted.values(seen=seen, reporters=people.scalar_subquery()))
    gone = delete(Indicator).where(Indicator.id.in_(indicator_ids), Indicator.seen == 0, Indicator.decided_at.is_(None))
    await session.execute(gone)


async def status(session: AsyncSession, whose: Whose, typed: str) -> str | None:
    """How the citizen's own report stands; None for a code that is unknown or somebody else's."""
    code = codes.read(typed)
    if code is None:
        return None
    query = select(Report.status).where(Report.code == code, Report.sender == whose.sender)
    return (await session.execute(query)).scalar_one_or_none()
