"""The staff's pages. Every route but the sign-in stands behind the guard; a test walks them all."""

from fastapi import APIRouter

from api import templates
from api.console import (
    campaigns,
    casefile,
    cases,
    directories,
    doors,
    drafts,
    exports,
    indicators,
    journal,
    lists,
    me,
    methods,
    navigation,
    people,
    publications,
    sign_on,
    tryout,
)

templates.environment.globals["navigation"] = navigation.groups
router = APIRouter()
for part in (
    *(doors, sign_on, me, people, journal, lists, cases, exports, casefile, indicators, campaigns),
    *(methods, drafts, publications, directories, tryout),
):
    router.include_router(part.router)

__all__ = ["router"]
