"""How to reach the police: 113, the unit that runs this deployment, the nearest station. Must not promise an answer."""

from __future__ import annotations

from bot import wording
from bot.wording import Words
from knowledge.contacts import UnitProfile


def for_police(unit: UnitProfile, words: Words) -> str:
    """The numbers and places, the unit's hours where they can be told in the citizen's language."""
    said = words.police.format(unit=unit.name, phone=unit.duty_phone, address=unit.address)
    return f"{said}\n{unit.hours}." if words is wording.VI else said
