"""Indicators and what is decided about them. Reports alone, however many, decide nothing: people do.

Suspected needs three different reporters and written evidence; confirmed and official, and anything during a surge, a
second person: whoever stands behind an official number is never warned about again.
What is protected can never be listed. Must not know pages, nor word what the public hears.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import exists, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework import counters, holding
from api.casework.cases import Acting
from api.casework.named import Kind, Named
from api.casework.protected import is_protected
from api.casework.whose import fresh_id
from api.errors import NotFound, Refusal
from api.models import Check, Indicator, IndicatorEvent, Report, Sighting
from api.surroundings import Surroundings

ENOUGH_REPORTERS = 3
SHORTEST_REASON = 10
VERSION = "indicators listed"
RESTORING = "restoring"
SURGE_AT_LEAST = 10
SURGE_TIMES = 5
_VALUE, _REASON = "indicators|value", "indicator_events|reason"


class Status(StrEnum):
    """What is held of an indicator."""

    REPORTED = "reported"
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"
    OFFICIAL = "official"


TITLES = {
    Status.REPORTED: "Có phản ánh",
    Status.SUSPECTED: "Nghi vấn",
    Status.CONFIRMED: "Đã xác nhận",
    Status.CLEARED: "Đã gỡ",
    Status.OFFICIAL: "Chính thức",
}
LISTED = frozenset({Status.SUSPECTED, Status.CONFIRMED})
BY_TWO = frozenset({Status.CONFIRMED, Status.OFFICIAL})
"""What one person proposes and another one approves."""


class Protected(Refusal):
    status = 409
    sentence = (
        "Số hoặc địa chỉ này thuộc danh sách được bảo vệ (113, ngân hàng, cơ quan nhà nước, số của đơn vị). Không ai "
        "đưa vào danh sách cảnh báo được, kể cả quản trị."
    )


class NotEnough(Refusal):
    status = 409
    sentence = "Cần ít nhất 3 người phản ánh độc lập trước khi đánh dấu nghi vấn."


class NoReason(Refusal):
    status = 400
    sentence = "Đồng chí ghi rõ căn cứ (từ 10 ký tự trở lên)."


class SamePerson(Refusal):
    status = 403
    sentence = "Người đề nghị không tự duyệt được. Nhờ một đồng chí khác duyệt."


class WrongState(Refusal):
    status = 409
    sentence = "Không chuyển được từ trạng thái hiện tại. Đồng chí tải lại trang."


@dataclass(frozen=True, slots=True)
class Seen:
    """Where an indicator was named: in which check or report, by whom, when."""

    source: str
    sender: str
    at: datetime
    method: str | None = None
    check_id: str | None = None
    report_id: str | None = None


def hash_of(around: Surroundings, named: Named) -> str:
    """The blind index of an indicator."""
    return around.vault.pseudonym(f"indicator/{named.kind.value}", named.value)


async def record(session: AsyncSession, around: Surroundings, named: Named, seen: Seen) -> str:
    """Note that an indicator was named; gives its id."""
    hashed, row_id = hash_of(around, named), fresh_id()
    insert = sqlite.insert if around.database.is_sqlite else postgresql.insert
    statement = insert(Indicator).values(
        id=row_id, kind=named.kind.value, hash=hashed, value=around.vault.seal(_VALUE, hashed, named.value.encode()),
        masked=named.masked, status=Status.REPORTED.value, seen=1, reporters=0, first_seen_at=seen.at,
        last_seen_at=seen.at,
    )  # fmt: skip
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "hash"], set_={"seen": Indicator.seen + 1, "last_seen_at": seen.at}
    )
    indicator_id = str((await session.execute(statement.returning(Indicator.id))).scalar_one())
    if seen.source == "report":
        await _count_reporter(session, indicator_id, seen.sender)
    session.add(
        Sighting(
            indicator_id=indicator_id, source=seen.source, sender=seen.sender, method=seen.method,
            check_id=seen.check_id, report_id=seen.report_id, at=seen.at,
        )
    )  # fmt: skip
    return indicator_id


async def _count_reporter(session: AsyncSession, indicator_id: str, sender: str) -> None:
    before = select(Sighting.id).where(
        Sighting.indicator_id == indicator_id, Sighting.source == "report", Sighting.sender == sender
    )
    if (await session.execute(before.limit(1))).first() is None:
        row = await session.get_one(Indicator, indicator_id)
        await session.refresh(row, with_for_update=True)
        row.reporters += 1


async def get(session: AsyncSession, indicator_id: str, *, locked: bool = False) -> Indicator:
    """An indicator. Raises NotFound."""
    query = select(Indicator).where(Indicator.id == indicator_id[:32])
    row = (await session.scalars(query.with_for_update() if locked else query)).one_or_none()
    if row is None:
        raise NotFound("Không có mục này.")
    return row


async def find(session: AsyncSession, around: Surroundings, named: Named) -> Indicator | None:
    """The indicator of a value, None where it was never named."""
    query = select(Indicator).where(Indicator.kind == named.kind.value, Indicator.hash == hash_of(around, named))
    return (await session.scalars(query)).one_or_none()


def value_of(around: Surroundings, row: Indicator) -> Named:
    """The value itself; whoever shows it has a reason and leaves a trace."""
    return Named(Kind(row.kind), around.vault.open(_VALUE, row.hash, row.value).decode())


async def protected(session: AsyncSession, around: Surroundings, row: Indicator) -> bool:
    """Whether this one can never be listed."""
    one, held = value_of(around, row), await holding.of(session)
    return is_protected(around.knowledge.handbook, own_addresses(around), one, held)


def own_addresses(around: Surroundings) -> tuple[str, ...]:
    """Hosts and profile names that are ours."""
    unit = around.knowledge.handbook.unit
    links = [around.settings.base_url, *unit.bot_links.values()]
    parts = [part.lower() for link in links for part in link.replace("https://", "").split("/") if part]
    return tuple(parts)


async def propose(session: AsyncSession, acting: Acting, row: Indicator, to: Status, reason: str) -> bool:
    """Ask for another status, with reasons; gives whether it holds at once. Raises Refusal of several kinds."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    before = Status(row.status)
    if before is Status.OFFICIAL or to in {before, Status.REPORTED}:
        raise WrongState  # what is official is taken back first, which accuses nobody
    if to is Status.CONFIRMED and before is not Status.SUSPECTED:
        raise WrongState
    if to in LISTED:
        if await protected(session, acting.around, row):
            raise Protected
        if await independent_reporters(session, row) < ENOUGH_REPORTERS:
            raise NotEnough
    surging = to is Status.SUSPECTED and (await rate(session, row, acting.at)).surge
    if to in BY_TWO or surging:
        _write(session, acting, row, "proposed", to, reason)
        row.proposed, row.proposed_by = to.value, acting.account_id
        return False
    await _become(session, acting, row, to, reason)
    return True


async def approve(session: AsyncSession, acting: Acting, row: Indicator, reason: str = "") -> None:
    """A second person agrees. Raises SamePerson, WrongState, Protected, NotEnough."""
    if row.proposed is None:
        raise WrongState
    if row.proposed_by is None or row.proposed_by == acting.account_id:
        raise SamePerson
    to = Status(row.proposed)
    if to in LISTED and await protected(session, acting.around, row):
        raise Protected
    restoring = await is_restoring(session, row)
    if to in LISTED and not restoring and await independent_reporters(session, row) < ENOUGH_REPORTERS:
        raise NotEnough  # some may have had their reports erased since it was proposed
    await _become(session, acting, row, to, reason or "Duyệt")


async def cleared_from(session: AsyncSession, row: Indicator) -> Status | None:
    """As what a number was listed before it was cleared; None where there is nothing to restore."""
    if row.status != Status.CLEARED:
        return None
    made = (IndicatorEvent.kind == "status") & (IndicatorEvent.after == Status.CLEARED.value)
    query = select(IndicatorEvent.before).where(IndicatorEvent.indicator_id == row.id, made)
    before = (await session.scalars(query.order_by(IndicatorEvent.id.desc()).limit(1))).first()
    return Status(before) if before in LISTED else None


async def restore(session: AsyncSession, acting: Acting, row: Indicator, reason: str) -> Status:
    """A number was cleared by mistake: ask for what it was before, which a second person approves. Its reporters were
    counted when it was listed. Raises WrongState, NoReason, Protected."""
    to = await cleared_from(session, row)
    if to is None or row.proposed is not None:
        raise WrongState
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    if await protected(session, acting.around, row):
        raise Protected
    _write(session, acting, row, RESTORING, to, reason)
    row.proposed, row.proposed_by = to.value, acting.account_id
    return to


async def is_restoring(session: AsyncSession, row: Indicator) -> bool:
    """Whether what waits for a second person is to undo a clearing."""
    query = select(IndicatorEvent.kind).where(
        IndicatorEvent.indicator_id == row.id, IndicatorEvent.kind.in_(("proposed", RESTORING))
    )
    last = (await session.scalars(query.order_by(IndicatorEvent.id.desc()).limit(1))).first()
    return row.proposed is not None and last == RESTORING


async def refuse(session: AsyncSession, acting: Acting, row: Indicator, reason: str) -> None:
    """A second person does not agree; the status stays. Raises WrongState, NoReason."""
    if row.proposed is None:
        raise WrongState
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    _write(session, acting, row, "refused", Status(row.proposed), reason)
    row.proposed = row.proposed_by = None


async def withdraw(session: AsyncSession, acting: Acting, row: Indicator) -> None:
    """Whoever proposed something takes it back before anybody approved it. Raises WrongState."""
    if row.proposed is None or row.proposed_by is None or row.proposed_by != acting.account_id:
        raise WrongState
    _write(session, acting, row, "withdrawn", Status(row.proposed), "")
    row.proposed = row.proposed_by = None


async def take_back_official(session: AsyncSession, acting: Acting, row: Indicator, reason: str) -> Status:
    """It was not official after all: back to what it was before, as far as nobody is accused by that. One person is
    enough, for nothing worse can come of it than a warning too many. Raises WrongState, NoReason."""
    if row.status != Status.OFFICIAL:
        raise WrongState
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    made = (IndicatorEvent.kind == "status") & (IndicatorEvent.after == Status.OFFICIAL.value)
    query = select(IndicatorEvent.before).where(IndicatorEvent.indicator_id == row.id, made)
    before = (await session.scalars(query.order_by(IndicatorEvent.id.desc()).limit(1))).first()
    to = Status.CLEARED if before == Status.CLEARED else Status.REPORTED
    await _become(session, acting, row, to, reason)
    return to


async def _become(session: AsyncSession, acting: Acting, row: Indicator, to: Status, reason: str) -> None:
    if row.proposed and row.proposed != to:  # whoever proposed it reads in the history why it waits no more
        _write(session, acting, row, "ended", Status(row.proposed), "")
    _write(session, acting, row, "status", to, reason)
    row.status, row.decided_at = to.value, acting.at
    row.proposed = row.proposed_by = None
    await counters.next_number(session, VERSION)


def _write(session: AsyncSession, acting: Acting, row: Indicator, kind: str, to: Status, reason: str) -> None:
    key = fresh_id()
    sealed = acting.around.vault.seal(_REASON, key, reason.strip().encode("utf-8", "replace"))
    session.add(
        IndicatorEvent(
            key=key, indicator_id=row.id, kind=kind, before=row.status, after=to.value, reason=sealed,
            account_id=acting.account_id, at=acting.at,
        )
    )  # fmt: skip


def reason_of(around: Surroundings, event: IndicatorEvent) -> str:
    """Why something was decided."""
    return around.vault.open(_REASON, event.key, event.reason).decode()


async def history(session: AsyncSession, row: Indicator) -> list[IndicatorEvent]:
    """What was decided, newest first."""
    query = select(IndicatorEvent).where(IndicatorEvent.indicator_id == row.id).order_by(IndicatorEvent.id.desc())
    return list((await session.scalars(query)).all())


async def independent_reporters(session: AsyncSession, row: Indicator) -> int:
    """How many different people reported it, counted anew: after a clearing only those who did so since."""
    query = select(func.count(func.distinct(Sighting.sender))).where(
        Sighting.indicator_id == row.id, Sighting.source == "report"
    )
    if row.decided_at and Status(row.status) in {Status.CLEARED, Status.OFFICIAL}:
        query = query.where(Sighting.at > row.decided_at)
    return int((await session.execute(query)).scalar_one())


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something is named: of late, before, by how many; ``surge`` says that it smells of a campaign.

    ``newcomers`` are those of the month who had never written before it; ``since`` is when it was first reported.
    """

    day: int
    month: int
    people_day: int
    people_month: int
    newcomers: int = 0
    since: datetime | None = None

    @property
    def surge(self) -> bool:
        """Many at once compared with before, or very many from few."""
        usual = max(0, self.month - self.day) / 29
        sudden = self.day >= SURGE_AT_LEAST and self.day > SURGE_TIMES * max(usual, 1)
        return sudden or (self.month >= SURGE_AT_LEAST and self.month > SURGE_TIMES * self.people_month)


async def rate(session: AsyncSession, row: Indicator, now: datetime) -> Rate:
    """How often an indicator is reported."""
    numbers = []
    for span in (timedelta(days=1), timedelta(days=30)):
        query = select(func.count(), func.count(func.distinct(Sighting.sender))).where(
            Sighting.indicator_id == row.id, Sighting.source == "report", Sighting.at > now - span
        )
        numbers.append((await session.execute(query)).one())
    (day, people_day), (month, people_month) = numbers
    of_it = (Sighting.indicator_id == row.id, Sighting.source == "report")
    began = now - timedelta(days=30)
    before = [exists().where(table.sender == Sighting.sender, table.created_at <= began) for table in (Check, Report)]
    new = select(func.count(func.distinct(Sighting.sender))).where(*of_it, Sighting.at > began, *(~b for b in before))
    first = (await session.execute(select(func.min(Sighting.at)).where(*of_it))).scalar_one()
    return Rate(day, month, people_day, people_month, int((await session.execute(new)).scalar_one()), first)
