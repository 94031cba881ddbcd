"""Telling many: some at a time, nobody twice, and nobody forgotten when the service dies midway."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, select

from api.casework import cases
from api.casework.cases import Acting
from api.console import telling
from api.models import OutboxReply
from api.surroundings import Surroundings
from tests.api.casework import desk
from tests.api.conftest import Site

MESSAGE = "Ban da trung thuong xe may SH vui long dong phi nhan qua qua so tai khoan {} trong hom nay nhe ban"
PEOPLE = 5


async def decided(site: Site, *, tell: bool = True) -> str:
    """A case that five people asked about, decided and to be told; gives its id."""
    for number in range(PEOPLE):
        site.client.cookies.clear()
        await site.say(MESSAGE.format(f"8888777766665{number}"))
    async with site.around.database.reading() as session:
        sender = (await desk.checks_saying(session, "trung thuong"))[0].sender
    await desk.report(site.around, sender, MESSAGE, level="none")
    case_id = (await desk.all_cases(site.around))[0].id
    await decide(site.around, case_id, scam=True, tell=tell)
    return case_id


async def decide(around: Surroundings, case_id: str, *, scam: bool, tell: bool) -> None:
    async with around.database.writing() as session:
        acting, case = Acting(around, None, around.clock()), await cases.get(session, case_id)
        await cases.decide(session, acting, case, scam=scam, method=None)
        if tell:
            await telling.begin(session, acting, case)


async def heard(around: Surroundings) -> list[str]:
    """Who was told, as often as they were."""
    query = select(OutboxReply.recipient).where(OutboxReply.key.startswith("decision:"), OutboxReply.key.endswith(":0"))
    async with around.database.reading() as session:
        return list((await session.scalars(query)).all())


async def counted(around: Surroundings, case_id: str) -> list[str]:
    """What the case says of how many were told."""
    async with around.database.reading() as session:
        steps = await cases.steps(session, await cases.get(session, case_id))
    return [step.after for step in steps if step.kind == "told"]


async def test_no_transaction_tells_more_than_a_few(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id, sizes, real = await decided(site), [], telling._tell

    async def watched(*given: Any) -> int:
        sizes.append(len(given[-1]))
        return await real(*given)

    monkeypatch.setattr(telling, "_tell", watched)
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    assert await telling.finish(site.around, case_id) == PEOPLE
    assert sizes == [2, 2, 1]
    assert await telling.finish(site.around, case_id) == await telling.finish_all(site.around) == 0
    assert len(set(await heard(site.around))) == len(await heard(site.around)) == PEOPLE
    assert await counted(site.around, case_id) == [str(PEOPLE)]


async def test_what_a_crash_left_untold_is_told_by_the_clock(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id, real, calls = await decided(site), telling._tell, []

    async def dies(*given: Any) -> int:
        calls.append(given)
        if len(calls) == 2:
            raise ConnectionError
        return await real(*given)

    monkeypatch.setattr(telling, "AT_ONCE", 2)
    monkeypatch.setattr(telling, "_tell", dies)
    with pytest.raises(ConnectionError):
        await telling.finish(site.around, case_id)
    assert len(await heard(site.around)) == 2
    assert await telling.finish_all(site.around) == PEOPLE - 2
    assert len(set(await heard(site.around))) == len(await heard(site.around)) == PEOPLE
    assert await counted(site.around, case_id) == [str(PEOPLE)]


async def test_what_was_decided_anew_meanwhile_is_not_told_unasked(site: Site) -> None:
    case_id = await decided(site)
    await decide(site.around, case_id, scam=False, tell=False)
    assert await telling.finish_all(site.around) == 0
    assert await heard(site.around) == []
    assert await counted(site.around, case_id) == ["0"]


async def test_a_decision_that_nobody_is_to_hear_is_left_alone(site: Site) -> None:
    await decided(site, tell=False)
    assert await telling.finish_all(site.around) == 0
    assert await heard(site.around) == []


async def test_looking_for_what_is_still_to_be_told_reads_no_steps_of_other_kinds(around: Surroundings) -> None:
    """It is done each minute, and steps are kept for good."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, parameters))

    engine = around.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    await telling.finish_all(around)
    event.remove(engine, "before_cursor_execute", note)
    statement, parameters = next(one for one in asked if "case_events" in one[0])
    plain = not around.database.is_sqlite
    async with around.database.engine.connect() as connection:
        if plain:  # an empty table is always read through, where it costs nothing
            await connection.exec_driver_sql("SET enable_seqscan = off")
            await connection.exec_driver_sql("SET enable_bitmapscan = off")
        how = "EXPLAIN" if plain else "EXPLAIN QUERY PLAN"
        rows = (await connection.exec_driver_sql(f"{how} {statement}", parameters)).all()
    plan = "\n".join(str(row[-1]) for row in rows)
    assert "ix_case_events_telling" in plan, plan
