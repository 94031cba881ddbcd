"""The staff's pages. Every route but the sign-in stands behind the guard; a test walks them all."""

from fastapi import APIRouter

from api import templates
from api.console import casefile, cases, doors, lists, me, navigation

templates.environment.globals["navigation"] = navigation.groups
router = APIRouter()
for part in (doors, me, lists, cases, casefile):
    router.include_router(part.router)

__all__ = ["router"]
