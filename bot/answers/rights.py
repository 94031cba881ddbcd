"""What the shell says once it has looked: own data, erasure, the state of a report, the outcome of a review.

Built here so that every sentence stays in the wording; the facts are passed in. Must not look anything up.
"""

from __future__ import annotations

from bot import wording
from bot.replies import Reply
from bot.wording import Words
from knowledge.catalogue import Method
from knowledge.contacts import UnitProfile
from knowledge.verdict import Level


def for_privacy(unit: UnitProfile, words: Words) -> Reply:
    """What is kept, why, how long, by whom, and a citizen's rights."""
    days = unit.retention_days
    return Reply(
        words.privacy.format(
            controller=unit.controller,
            conversations=days["conversations"],
            reports=days["reports"],
            contact=unit.privacy_contact,
        )
    )


def for_data(language: str, *, checks: int, reports: int, cries: int, subscriptions: int) -> Reply:
    """A readable summary of what is kept about a citizen."""
    words = wording.of(language)
    if not any((checks, reports, cries, subscriptions)):
        return Reply(words.data_none, language=language)
    said = words.data_given.format(checks=checks, reports=reports, cries=cries, subscriptions=subscriptions)
    return Reply(said, language=language)


def for_erasure(language: str, code: str, held: int = 0) -> Reply:
    """What was erased, and how much the law holds back."""
    words = wording.of(language)
    template = words.erase_held if held else words.erased
    return Reply(template.format(code=code, count=held), language=language)


def for_status(language: str, code: str, status: str | None, *, too_often: bool = False) -> Reply:
    """How a report stands. None for a code that is unknown or somebody else's: both sound the same."""
    words = wording.of(language)
    if too_often:
        return Reply(words.status_too_often, language=language)
    template = words.status.get(status or "")
    return Reply(template.format(code=code) if template else words.status_unknown, language=language)


def for_review(language: str, told: Level, *, scam: bool, method: Method | None) -> Reply | None:
    """What whoever asked hears when an operator has decided; None where nothing was said wrong or is new."""
    words = wording.of(language)
    name = words.a_scam if method is None else method.name if language != "en" else method.english_name
    warned = told in {Level.SCAM, Level.SUSPICIOUS}
    if scam:
        return Reply((words.review_right if warned else words.review_wrong).format(name=name), language=language)
    return Reply(words.review_cleared, language=language) if warned else None
