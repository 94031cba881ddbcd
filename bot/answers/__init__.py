"""From a verdict and the handbook to what is said. Builds text only; must not decide anything about a message.

A citizen's own words are quoted short and with nothing in them to tap, so that an answer can never be passed on as
bait; no rule, score or catalogue phrase is shown.
"""

from __future__ import annotations

from bot.answers.contacts import for_police
from bot.answers.emergencies import for_bank, for_elder_emergency, for_emergency, for_menu, for_steps
from bot.answers.entities import for_entities, transfer
from bot.answers.masking import masked
from bot.answers.questions import for_question
from bot.answers.quoting import defang, quoted, recited, shortened
from bot.answers.references import for_reference
from bot.answers.reports import for_5656, for_notice, for_paper, for_summary
from bot.answers.rights import for_data, for_erasure, for_privacy, for_review, for_status
from bot.answers.sharing import card_for, card_key, for_sharing
from bot.answers.warnings import briefly, close, for_verdict, for_why, headline, kept, numbered, strongest

__all__ = [
    "briefly",
    "card_for",
    "card_key",
    "close",
    "defang",
    "for_5656",
    "for_bank",
    "for_data",
    "for_elder_emergency",
    "for_emergency",
    "for_entities",
    "for_erasure",
    "for_menu",
    "for_notice",
    "for_paper",
    "for_police",
    "for_privacy",
    "for_question",
    "for_reference",
    "for_review",
    "for_sharing",
    "for_status",
    "for_steps",
    "for_summary",
    "for_verdict",
    "for_why",
    "headline",
    "kept",
    "masked",
    "numbered",
    "quoted",
    "recited",
    "shortened",
    "strongest",
    "transfer",
]
