"""The staff's pages. Every route but the sign-in stands behind the guard; a test walks them all."""

from fastapi import APIRouter

from api import templates
from api.console import casefile, cases, doors, indicators, journal, lists, me, navigation, people

templates.environment.globals["navigation"] = navigation.groups
router = APIRouter()
for part in (doors, me, people, journal, lists, cases, casefile, indicators):
    router.include_router(part.router)

__all__ = ["router"]
