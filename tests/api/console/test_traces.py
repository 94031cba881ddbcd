"""Who looks at citizens' words, or does something at the desk, leaves one row in the audit log, with a title to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from api import console
from api.access import acts, audit
from api.curation import rows
from api.curation.pieces import Kind
from api.models import AuditRow
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.api.console.staff import hire_and_enter, post
from tests.api.console.test_curation import get, save, start_editing
from tests.api.console.test_roles import routes
from tests.api.curation.desk import SLUG, small, tried

WORDS = "Bác Năm kể là họ gọi hoài"


@pytest.fixture
async def csrf(site: Site) -> str:
    """A curator at the browser; gives the token."""
    await rows.ensure_imported(site.around.database, site.around.clock(), small())
    return await hire_and_enter(site, "curator")


async def traces(site: Site) -> list[AuditRow]:
    async with site.around.database.reading() as session:
        return list((await session.scalars(select(AuditRow).order_by(AuditRow.seq))).all())


async def left(site: Site, act: str) -> AuditRow:
    """The one row of an act; nothing that was typed is in it."""
    found = [row for row in await traces(site) if row.act == act]
    assert len(found) == 1, act
    assert acts.title(act) != act
    assert WORDS not in f"{found[0].reason} {found[0].details} {found[0].object}"
    return found[0]


async def test_the_list_of_campaigns_shows_messages(site: Site, csrf: str) -> None:
    await desk.ask(site.around, "an")
    await get(site, "/can-bo/chien-dich?loai=moi")
    assert (await left(site, "campaign.list")).details == {"loai": "moi"}


async def test_a_remark_on_a_draft(site: Site, csrf: str) -> None:
    draft = await start_editing(site, csrf, Kind.METHOD, SLUG)
    assert (await post(site, f"{draft}/gop-y", csrf, loi=" ")).status_code == 400
    await post(site, f"{draft}/gop-y", csrf, loi=WORDS)
    assert (await left(site, "catalogue.comment")).object == f"catalogue_revision/{draft.rsplit('/', 1)[1]}"


async def test_a_trial_run_that_is_begun_and_read(site: Site, csrf: str) -> None:
    draft = await start_editing(site, csrf, Kind.METHOD, SLUG)
    await save(site, csrf, draft, name="Giả điện lực, tên mới")
    where = (await post(site, f"{draft}/chay-thu", csrf)).headers["location"]
    run = int(re.findall(r"chay-thu/(\d+)", where)[0])
    await get(site, where)
    assert (await left(site, "catalogue.try")).details == {"trial": run}
    assert "trial.view" not in {row.act for row in await traces(site)}  # it shows nothing yet, and looks by itself
    counted = {"share": 0.0, "missed_share": 0.0, "counts": {}}
    await tried(site.around, run, lost=[], flips=[], flagged=[], missed=[], **counted)
    await get(site, where)
    assert (await left(site, "trial.view")).object == f"trial/{run}"


async def test_a_filter_that_is_kept_and_forgotten(site: Site) -> None:
    csrf = await hire_and_enter(site, "operator")
    assert (await post(site, "/can-bo/vu-viec/bo-loc", csrf, ten="", loc="muc=1")).status_code == 400
    await post(site, "/can-bo/vu-viec/bo-loc", csrf, ten=WORDS, loc=f"muc=1&tim={WORDS}")
    kept = (await left(site, "case.view.save")).object
    await post(site, "/can-bo/vu-viec/bo-loc", csrf, bo=kept.removeprefix("view/"))
    assert (await left(site, "case.view.forget")).object == kept


LEAVES_NONE = {
    "/can-bo/xac-nhan": "a code for the second time in a session; what it opens is recorded where it is done",
    "/can-bo/ban-nhap/{revision_id}/xem": "shows what is being typed; nothing is kept",
    "/can-bo/xet-thu": "shows how typed words are judged; nothing is kept",
}
"""What somebody sends from the desk that is no act."""


def names_in(code: CodeType) -> set[str]:
    inner = [names_in(one) for one in code.co_consts if isinstance(one, CodeType)]
    return set(code.co_names).union(*inner)


def called(function: FunctionType) -> Iterator[FunctionType]:
    """The functions of ours that a function names, by themselves or in a module."""
    names = names_in(function.__code__)
    given = [function.__globals__[name] for name in names if name in function.__globals__]
    for module in [one for one in given if isinstance(one, ModuleType) and one.__name__.startswith("api.")]:
        given += [vars(module)[name] for name in names if name in vars(module)]
    yield from (one for one in given if isinstance(one, FunctionType) and one.__module__.startswith("api."))


def reaches_the_log(function: FunctionType) -> bool:
    seen: set[FunctionType] = set()
    waiting = [function]
    while waiting:
        one = waiting.pop()
        if one is audit.record:
            return True
        if one not in seen:
            seen.add(one)
            waiting += called(one)
    return False


def test_whatever_is_sent_from_the_desk_can_leave_a_trace() -> None:
    """Taken from the routes that there are, by what their code names: a new act without a row is found here."""
    app = FastAPI()
    app.include_router(console.router)
    silent = {
        path
        for method, path, route in routes(app)
        if method == "POST" and isinstance(route.endpoint, FunctionType) and not reaches_the_log(route.endpoint)
    }
    assert silent == set(LEAVES_NONE)
