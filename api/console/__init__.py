"""The staff's pages. Every route but the sign-in stands behind the guard; a test walks them all."""

from fastapi import APIRouter

from api import templates
from api.console import (
    campaigns,
    casefile,
    cases,
    dashboard,
    directories,
    doors,
    drafts,
    editing,
    exports,
    feeds,
    indicators,
    journal,
    letters,
    lists,
    me,
    methods,
    navigation,
    outgoing,
    people,
    pictures,
    publications,
    sign_on,
    trials,
    tryout,
)

templates.environment.globals["navigation"] = navigation.groups
router = APIRouter()
for part in (
    *(doors, sign_on, me, people, journal, lists, cases, exports, casefile, pictures, indicators, campaigns, dashboard),
    *(letters, outgoing),
    *(methods, drafts, editing, trials, publications, directories, tryout, feeds),
):
    router.include_router(part.router)

__all__ = ["router"]
