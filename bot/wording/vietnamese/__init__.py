"""What the bot says in Vietnamese."""

from __future__ import annotations

from bot.wording.vietnamese.answers import ANSWERS
from bot.wording.vietnamese.emergencies import EMERGENCIES
from bot.wording.vietnamese.reports import REPORTS
from bot.wording.vietnamese.rights import RIGHTS
from bot.wording.vietnamese.talk import TALK
from bot.wording.words import together

VI = together(TALK, ANSWERS, EMERGENCIES, REPORTS, RIGHTS)
