"""What the bot says in English, for visitors."""

from __future__ import annotations

from bot.wording.english.answers import ANSWERS
from bot.wording.english.emergencies import EMERGENCIES
from bot.wording.english.reports import REPORTS
from bot.wording.english.rights import RIGHTS
from bot.wording.english.talk import TALK
from bot.wording.words import together

EN = together(TALK, ANSWERS, EMERGENCIES, REPORTS, RIGHTS)
