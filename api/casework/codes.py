"""The codes that people read out: a citizen's receipt, a case's own, or the beginning or end of it.

Must not know pages.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from api.models import Case, CaseItem, Report

FEWEST = 4
LONGEST = 24
MOST_MEANT = 50


def cases_of(typed: str) -> Select[str]:
    """The cases whose code may be meant."""
    code = _read(typed)
    if not _is_part(code):
        return select(Case.id).where(Case.code == code)
    ends = Case.code.endswith(code, autoescape=True), Case.code.startswith(code, autoescape=True)
    return select(Case.id).where(or_(*ends))


def cases_with_receipt(typed: str) -> Select[str]:
    """The cases of the report whose receipt a citizen holds."""
    own = select(CaseItem.case_id).join(Report, Report.id == CaseItem.report_id)
    return own.where(Report.code == _read(typed))


def reports_of(typed: str) -> tuple[Select[str], Select[str | None]]:
    """The reports whose receipt, or whose case, is meant."""
    in_cases = select(CaseItem.report_id).where(CaseItem.report_id.is_not(None), CaseItem.case_id.in_(cases_of(typed)))
    return select(Report.id).where(Report.code == _read(typed)), in_cases


async def things_of(session: AsyncSession, typed: str) -> tuple[str, ...]:
    """What a code may name, as the audit log calls it: cases, and their reports."""
    if not typed.strip():
        return ()
    meant = (await session.scalars(union(cases_of(typed), cases_with_receipt(typed)).limit(MOST_MEANT))).all()
    by_receipt, in_cases = reports_of(typed)
    reported = (await session.scalars(union(by_receipt, in_cases).limit(MOST_MEANT))).all()
    return (*(f"case/{row_id}" for row_id in meant), *(f"report/{row_id}" for row_id in reported))


async def of_cases(session: AsyncSession, ids: Iterable[str]) -> dict[str, str]:
    """The code of each of these that is a case."""
    rows = await session.execute(select(Case.id, Case.code).where(Case.id.in_(set(ids))))
    return {row_id: code for row_id, code in rows.all()}  # noqa: C416


def _read(typed: str) -> str:
    return typed.replace("\0", "").strip().upper()[:LONGEST]


def _is_part(code: str) -> bool:
    """Whether somebody may have typed a part of a code, and not a word."""
    return len(code) >= FEWEST and any(c.isdigit() for c in code) and all(c.isalnum() or c == "-" for c in code)
