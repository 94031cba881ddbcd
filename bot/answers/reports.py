"""What is said around a report: the notice, the summary, the receipt, and a draft to take to the police.

Quotes a citizen's answers masked and defanged. Must not promise what becomes of a report.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot import wording
from bot.answers.quoting import quoted
from bot.replies import Reply
from bot.wording import Words
from knowledge.catalogue import Method, Situation
from knowledge.handbook import Handbook

MOST_ANSWER = 160


def for_notice(handbook: Handbook, words: Words) -> str:
    """Who gets a report, what is in it, how long it is kept, and the rights of whoever sends it."""
    unit = handbook.unit
    return words.report_start.format(unit=unit.name, controller=unit.controller, days=unit.retention_days["reports"])


def for_summary(text: str, answers: Mapping[str, str], files: int, words: Words) -> str:
    """What would be sent."""
    lines = [words.report_summary]
    if text:
        lines += ["", f"{words.report_message}: “{quoted(text)}”"]
    lines += ["", *(line for line in _told(answers, words))]
    if files:
        lines += [words.report_files.format(count=files)]
    return "\n".join(lines).rstrip()


def for_paper(
    code: str, text: str, answers: Mapping[str, str], situation: str, method: Method | None, words: Words
) -> Reply:
    """A text ready for the police or VNeID, in the citizen's own voice."""
    lines = [words.paper_intro, "", words.paper_title, *_told(answers, words)]
    if situation:
        lines.append(words.paper_lines["situation"].format(answer=words.situations[Situation(situation)]))
    if method:
        name = method.name if words is wording.VI else method.english_name
        lines.append(words.paper_lines["method"].format(answer=name))
    if text:
        lines.append(words.paper_message.format(quote=quoted(text)))
    lines += [words.paper_lines["code"].format(answer=code), words.paper_end]
    return Reply("\n".join(lines))


def for_5656(handbook: Handbook, words: Words, today: date) -> Reply | None:
    """How to tell the network, while its number is known to answer."""
    contact = handbook.by_contact.get("rac-5656")
    if contact is None or not contact.shown_on(today):
        return None
    return Reply(words.paper_5656.format(number=contact.value))


def _told(answers: Mapping[str, str], words: Words) -> list[str]:
    return [words.paper_lines[q].format(answer=quoted(a, MOST_ANSWER)) for q, a in answers.items() if a]
