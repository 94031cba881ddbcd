"""Whoever says that first aid was not for them is seen by staff in the very case that it opened."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from api.models import Case, CaseItem
from tests.api.messengers.conftest import Make
from tests.api.messengers.conftest import world as _world
from tests.fakes import STORY
from tests.simulator import payloads

world = _world


@pytest.mark.parametrize("said", ["sai rồi", "tôi chưa chuyển tiền"])
async def test_a_false_alarm_is_said_in_the_urgent_case_itself(world: Make, said: str) -> None:
    here = await world("telegram")
    for text in (STORY, said):
        await here.hear(payloads.telegram(text))
        await here.settle()
    async with here.around.database.reading() as session:
        cases = (await session.scalars(select(Case))).all()
        items = (await session.scalars(select(CaseItem.kind).order_by(CaseItem.kind))).all()
    assert [case.kind for case in cases] == ["help"]
    assert items == ["feedback", "help"]
