"""The citizens' pages: the web chat, the catalogue, privacy, and what probes ask."""

from fastapi import APIRouter

from api.public import cards, catalogue, chat, messages, probes

router = APIRouter()
for part in (chat, messages, catalogue, cards, probes):
    router.include_router(part.router)

__all__ = ["router"]
