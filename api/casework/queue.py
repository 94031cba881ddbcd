"""Finding cases: filters, words with or without diacritics, indicators by their value, a page at a time by keyset.

Must not know pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, true, tuple_, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.casework import codes, indicators, named
from api.casework.cases import Status
from api.casework.triage import Triage
from api.models import Case, CaseItem, Fingerprint, Handover, Indicator, Sighting
from api.surroundings import Surroundings
from knowledge.text import fold

PAGE = 40
MOST_WORDS = 8
MOST_SHARED = 2000
FEWEST_DIGITS = 7
SAME_CLUSTER = timedelta(days=30)
SHARED_KINDS = ("account", "phone", "domain", "wallet")
Conditions = list[ColumnElement[bool]]
Mark = tuple[int, datetime, str]
UNTAKEN = and_(
    Case.is_open.is_(True), Case.triage == literal_column("1"), Case.status == literal_column(f"'{Status.NEW}'")
)
"""Urgent, and nobody has taken it, nor done anything else about it. Written as its index is, so that it is used."""
_UNTAKEN_LEVEL = 0
"""Where a page ends among these."""
_LEVELS = range(_UNTAKEN_LEVEL, max(Triage) + 1)
AWAY = select(Handover.case_id).where(Handover.state == "sent")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; empty means anything. ``state`` is open, done or a status; ``whose`` is mine, nobody or empty; ``due``
    is late, first (marked as priority), unopened (urgent, and nobody has looked) or away (another unit's answer is
    awaited)."""

    state: str = "open"
    triage: int = 0
    whose: str = ""
    method: str = ""
    channel: str = ""
    kind: str = ""
    due: str = ""
    words: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases, and where the next ones begin, "" where there are none."""

    rows: Sequence[Case]
    next: str


async def search(session: AsyncSession, around: Surroundings, wanted: Wanted, me: str) -> Page:
    """Cases in the order in which they should be looked at: of open ones the urgent that nobody has taken, the newest
    first, because money that left minutes ago can still be stopped; then by urgency and due time. Others newest first.
    """
    conditions, mark = await _conditions(session, around, wanted, me), read_mark(wanted.after)
    if wanted.state != "open":
        return await _newest_first(session, conditions, mark)
    rows: list[Case] = []
    if wanted.triage in {0, 1} and (mark is None or mark[0] == _UNTAKEN_LEVEL):
        rows = await _untaken(session, await _conditions(session, around, wanted, me, few=True), mark)
        mark = None
    if len(rows) <= PAGE:
        rows += await _by_urgency(session, conditions, mark, PAGE + 1 - len(rows))
    more = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], _open_mark(more) if more else "")


async def _untaken(session: AsyncSession, conditions: Conditions, mark: Mark | None) -> list[Case]:
    query = select(Case).where(*conditions, UNTAKEN).order_by(Case.opened_at.desc(), Case.id.desc())
    if mark:
        query = query.where(tuple_(Case.opened_at, Case.id) < tuple_(mark[1], mark[2]))
    return list((await session.scalars(query.limit(PAGE + 1))).all())


async def _by_urgency(session: AsyncSession, conditions: Conditions, mark: Mark | None, most: int) -> list[Case]:
    order = (Case.triage, Case.due_at, Case.id)
    query = select(Case).where(*conditions, ~UNTAKEN).order_by(*order)
    if mark:
        query = query.where(tuple_(*order) > tuple_(mark[0], mark[1], mark[2]))
    return list((await session.scalars(query.limit(most))).all())


async def _newest_first(session: AsyncSession, conditions: Conditions, mark: Mark | None) -> Page:
    query = select(Case).where(*conditions).order_by(Case.opened_at.desc(), Case.id.desc())
    if mark:
        query = query.where(tuple_(Case.opened_at, Case.id) < tuple_(mark[1], mark[2]))
    rows = list((await session.scalars(query.limit(PAGE + 1))).all())
    more = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(rows[:PAGE], _mark(more.triage, more.opened_at, more.id) if more else "")


def _open_mark(case: Case) -> str:
    if case.triage == Triage.NOW and case.status == Status.NEW:
        return _mark(_UNTAKEN_LEVEL, case.opened_at, case.id)
    return _mark(case.triage, case.due_at, case.id)


def _mark(level: int, at: datetime, row_id: str) -> str:
    return f"{level}~{at.timestamp():.6f}~{row_id}"


def read_mark(token: str) -> Mark | None:
    """Where a page begins, None for what is no such mark."""
    parts = token.split("~")
    try:
        level, moment, row_id = int(parts[0]), float(parts[1]), parts[2]
        at = datetime.fromtimestamp(moment, UTC)
    except (ValueError, IndexError, OverflowError, OSError):
        return None
    return (level, at, row_id[:32]) if level in _LEVELS and "\0" not in row_id else None


async def _conditions(
    session: AsyncSession, around: Surroundings, wanted: Wanted, me: str, *, few: bool = False
) -> Conditions:
    """``few`` says that other conditions leave a few rows, which are read rather than all that were ever written."""
    conditions = _standing(wanted.state)
    narrowed = {
        "late": and_(Case.is_open.is_(True), Case.due_at < around.clock()), "first": Case.priority.is_(True),
        "away": Case.id.in_(AWAY), "unopened": and_(UNTAKEN, Case.first_seen_at.is_(None)),
        "mine": Case.assignee_id == me, "nobody": Case.assignee_id.is_(None),
    }  # fmt: skip
    conditions += [narrowed[name] for name in (wanted.due, wanted.whose) if name in narrowed]
    if wanted.triage:
        conditions.append(Case.triage == wanted.triage)
    for column, value in ((Case.method, wanted.method), (Case.channel, wanted.channel), (Case.kind, wanted.kind)):
        if value:
            conditions.append(column == value)
    if wanted.words.strip():
        conditions.append(await _said(session, around, wanted.words, few=few))
    return conditions


def _standing(state: str) -> Conditions:
    if state in {"open", "done"}:
        return [Case.is_open.is_(state == "open")]
    return [Case.status == state] if state in set(Status) else []


async def _said(session: AsyncSession, around: Surroundings, typed: str, *, few: bool) -> ColumnElement[bool]:
    """Cases whose words, codes or indicators are meant; % and _ are themselves. A number alone is never looked for in
    the words, where numbers are hidden."""
    by_code = [codes.cases_of(typed), codes.cases_with_receipt(typed)]
    hashes = [(one.kind.value, indicators.hash_of(around, one)) for one in named.guess(typed)]
    same = [and_(Indicator.kind == kind, Indicator.hash == hashed) for kind, hashed in hashes]
    found = (await session.scalars(select(Indicator.id).where(or_(*same)))).all() if same else []
    meant = [*by_code, *_cases_naming(found)] if found else by_code
    if _is_long_number(typed):
        return Case.id.in_(union(*meant))
    if few:
        return or_(Case.id.in_(union(*meant)), _wording(Case, typed))
    return Case.id.in_(union(*meant, _in_words(typed)))


def _is_long_number(typed: str) -> bool:
    digits = sum(c.isdigit() for c in typed)
    return digits >= FEWEST_DIGITS and not any(c.isalpha() or c in "%_" for c in typed)


def _in_words(typed: str) -> Select[str]:
    """Gathered by themselves, without an order: a table read through is sooner done than an index followed row by
    row when hardly anybody wrote these words."""
    other = aliased(Case)
    return select(other.id).where(_wording(other, typed))


def _wording(case: type[Case], typed: str) -> ColumnElement[bool]:
    words = fold(typed.replace("\0", " ")).split()[:MOST_WORDS]
    return and_(true(), *(case.folded.contains(word, autoescape=True) for word in words))


def _cases_naming(indicator_ids: Sequence[str]) -> list[Select[str]]:
    """By report and by check, each with its own index: one join with "or" would read everything."""
    return [
        select(CaseItem.case_id).join(Sighting, same).where(Sighting.indicator_id.in_(indicator_ids))
        for same in (Sighting.report_id == CaseItem.report_id, Sighting.check_id == CaseItem.check_id)
    ]


async def of_indicator(session: AsyncSession, indicator_id: str, most: int = 50) -> Sequence[Case]:
    """The cases in which an indicator was named, newest first, with appeals against its listing."""
    appeals = select(Case.id).where(Case.indicator_id == indicator_id)
    meant = Case.id.in_(union(*_cases_naming([indicator_id]), appeals))
    return (await session.scalars(select(Case).where(meant).order_by(Case.opened_at.desc()).limit(most))).all()


async def indicators_of(session: AsyncSession, case: Case) -> Sequence[Indicator]:
    """The indicators that the reports and messages of a case name."""
    naming = [
        select(Sighting.indicator_id).join(CaseItem, same).where(CaseItem.case_id == case.id)
        for same in (Sighting.report_id == CaseItem.report_id, Sighting.check_id == CaseItem.check_id)
    ]
    itself = select(Indicator.id).where(Indicator.id == case.indicator_id)
    query = select(Indicator).where(Indicator.id.in_(union(*naming, itself)))
    return (await session.scalars(query.order_by(Indicator.kind, Indicator.id).limit(40))).all()


async def sharing(session: AsyncSession, case: Case, most: int = 10) -> Sequence[tuple[Case, int]]:
    """Cases of the same month that share an account, phone, domain or wallet."""
    own = [row.id for row in await indicators_of(session, case) if row.kind in SHARED_KINDS]
    if not own:
        return ()
    naming = [
        select(CaseItem.case_id, Sighting.indicator_id)
        .join(Sighting, same)
        .where(
            Sighting.indicator_id.in_(own),
            Sighting.at > case.opened_at - SAME_CLUSTER,
            Sighting.at < case.opened_at + SAME_CLUSTER,
        )
        for same in (Sighting.report_id == CaseItem.report_id, Sighting.check_id == CaseItem.check_id)
    ]
    shared = union(*naming).limit(MOST_SHARED).subquery()
    common = func.count().label("common")
    counted = select(shared.c.case_id, common).group_by(shared.c.case_id).subquery()
    query = (
        select(Case, counted.c.common)
        .join(counted, counted.c.case_id == Case.id)
        .where(Case.id != case.id, Case.status != Status.MERGED.value)
        .order_by(counted.c.common.desc(), Case.opened_at.desc())
        .limit(most)
    )
    return [(row, int(number)) for row, number in (await session.execute(query)).all()]


async def alike(session: AsyncSession, case: Case, but: Sequence[str], most: int = 10) -> Sequence[Case]:
    """Cases about the same message give or take a few words, newest first."""
    own = select(CaseItem.check_id).where(CaseItem.case_id == case.id, CaseItem.check_id.is_not(None))
    wordings = select(Fingerprint.wording).where(Fingerprint.check_id.in_(own), Fingerprint.wording.is_not(None))
    recent = (
        select(Fingerprint.check_id)
        .where(Fingerprint.wording.in_(wordings))
        .order_by(Fingerprint.at.desc())
        .limit(MOST_SHARED)
    )
    same = select(CaseItem.case_id).where(CaseItem.check_id.in_(recent))
    query = select(Case).where(Case.id.in_(same), Case.id.not_in([case.id, *but]), Case.status != Status.MERGED.value)
    return (await session.scalars(query.order_by(Case.opened_at.desc()).limit(most))).all()


async def counts(session: AsyncSession, me: str, now: datetime) -> dict[str, int]:
    """The numbers at the top of the queue: open by triage, overdue, mine, marked, with another unit."""
    by_triage = select(Case.triage, func.count()).where(Case.is_open.is_(True)).group_by(Case.triage)
    found = {f"T{level}": int(number) for level, number in (await session.execute(by_triage)).all()}
    narrowed = {"late": Case.due_at < now, "mine": Case.assignee_id == me, "first": Case.priority.is_(True)}
    for name, condition in narrowed.items():
        query = select(func.count()).select_from(Case).where(Case.is_open.is_(True), condition)
        found[name] = int((await session.execute(query)).scalar_one())
    away = select(func.count(func.distinct(Handover.case_id))).where(Handover.state == "sent")
    return found | {"away": int((await session.execute(away)).scalar_one())}


async def newest(session: AsyncSession) -> tuple[str, int]:
    """What tells whether the queue has changed: the last change, and how many wait at once."""
    last = (await session.execute(select(func.max(Case.updated_at)))).scalar_one()
    urgent = select(func.count()).select_from(Case).where(UNTAKEN, Case.first_seen_at.is_(None))
    return (last.isoformat() if last else "", int((await session.execute(urgent)).scalar_one()))
