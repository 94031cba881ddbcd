"""A warning to pass on in the family, as words and as a picture.

Never surer than the answer that it comes from: a method is warned of in full only where it is settled; else the card
says that there are signs, and names only what the answer named. Quotes nothing that the citizen received.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot import wording
from bot.answers.buttons import RISKY
from bot.answers.warnings import close, is_settled, numbered, steps
from bot.cards import Card
from bot.knowledge_base import Knowledge
from bot.replies import Reply
from knowledge.catalogue import Method
from knowledge.verdict import Level, Verdict

SIGNS = "dau-hieu"
"""The key of a card that speaks of signs only; behind it, after a dot, the slug of the method that was named."""


def card_key(verdict: Verdict, known: Knowledge) -> str:
    """Which card goes with a warning; a settled method's key is its slug."""
    if verdict.level not in RISKY or not verdict.methods or close(verdict):
        return SIGNS
    slug = verdict.methods[0].slug
    return slug if is_settled(verdict) and known.method(slug) else f"{SIGNS}.{slug}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a card warns of: a method in full, or signs, of something that has a name or of nothing in particular."""

    method: Method | None
    name: str
    signs: bool


def for_sharing(key: str, known: Knowledge, language: str, today: date) -> Reply:
    """The warning as words. What the catalogue no longer holds is not named."""
    words, handbook = wording.of(language), known.handbook
    about = subject(key, known, language) or Subject(None, "", signs=True)
    if about.method and not about.signs:
        said = [about.name, about.method.summary if language == "vi" else about.method.english_summary]
    else:
        named = [words.may_look_like.format(name=about.name)] if about.name else []
        said = [words.level[Level.SUSPICIOUS], *named, words.share_signs]
    lines = [words.share_title.format(unit=handbook.unit.name), "", *said, ""]
    lines += numbered(steps(about.method, handbook, today, language))
    if known.link:
        lines += ["", words.share_end.format(link=known.link)]
    return Reply("\n".join(lines), card=key)


def card_for(key: str, known: Knowledge, language: str, today: date) -> Card | None:
    """The same warning as a picture's words, for channels that can send one; None for a method that is not there."""
    words, about = wording.of(language), subject(key, known, language)
    if about is None:
        return None
    signs = words.may_look_like.format(name=about.name) if about.name else words.share_unnamed
    return Card(
        title=words.level[Level.SUSPICIOUS] if about.signs else words.card_title,
        method=signs if about.signs else about.name,
        steps=steps(about.method, known.handbook, today, language),
        unit=known.handbook.unit.name,
        link=known.link,
        call=words.card_call if known.link else "",
    )


def subject(key: str, known: Knowledge, language: str) -> Subject | None:
    """What the card of a key warns of; None for a key that nothing has."""
    if key == SIGNS:
        return Subject(None, "", signs=True)
    slug = key.removeprefix(f"{SIGNS}.")
    method, signs = known.method(slug), slug != key
    if method is None:
        name = known.judge.catalogue.names.get(slug, "") if signs else ""
        return Subject(None, name, signs=True) if name else None
    return Subject(method, method.name if language == "vi" else method.english_name, signs)
