"""Filters that somebody of the staff keeps under a name. Must not know what the filters mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.casework.whose import fresh_id
from api.errors import Refusal
from api.models import SavedView

MOST = 12


async def of(session: AsyncSession, account_id: str) -> Sequence[SavedView]:
    """Somebody's views by name."""
    query = select(SavedView).where(SavedView.account_id == account_id).order_by(SavedView.name).limit(MOST)
    return (await session.scalars(query)).all()


async def save(session: AsyncSession, account_id: str, name: str, query: str, at: datetime) -> str:
    """Keep filters under a name; the same name is replaced. Gives the id. Raises Refusal."""
    name = name.replace("\0", "").strip()[:60]
    if not name or len(query) > 500:
        raise Refusal("Bộ lọc cần một tên ngắn.")
    await session.execute(delete(SavedView).where(SavedView.account_id == account_id, SavedView.name == name))
    kept = select(func.count()).select_from(SavedView).where(SavedView.account_id == account_id)
    if (await session.execute(kept)).scalar_one() >= MOST:
        raise Refusal(f"Mỗi người lưu tối đa {MOST} bộ lọc. Đồng chí xóa bớt rồi lưu lại.")
    view = SavedView(id=fresh_id(), account_id=account_id, name=name, query=query, created_at=at)
    session.add(view)
    return view.id


async def forget(session: AsyncSession, account_id: str, view_id: str) -> None:
    """Drop one of one's own views."""
    await session.execute(delete(SavedView).where(SavedView.account_id == account_id, SavedView.id == view_id[:32]))
