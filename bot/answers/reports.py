"""What is said around a report: the notice, the summary, the receipt, and a draft to take to the police.

A citizen's answers come masked; links in them are broken, numbers whole: they are read out to police and bank. Must
not promise what becomes of a report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot import wording
from bot.answers.quoting import quoted, recited
from bot.replies import Reply
from bot.turn import ReportFiled
from bot.wording import Words
from knowledge.catalogue import Method, Situation
from knowledge.handbook import Handbook
from knowledge.text import fold

MOST_ANSWER, MOST_STORY = 120, 1000
MOST_SMS = 150
_PHONE = re.compile(r"(?<!\d)(?:\+84|0)\d{8,10}(?!\d)|(?<!\d)1[89]00\d{4,6}(?!\d)")
_WROTE, _CALLED = re.compile(r"\b(?:nhan|tin|sms|message|text)\b"), re.compile(r"\b(?:goi|call\w*)\b")


def for_notice(handbook: Handbook, words: Words) -> str:
    """Who gets a report, what is in it, how long it is kept, and the rights of whoever sends it."""
    unit = handbook.unit
    return words.report_start.format(unit=unit.name, controller=unit.controller, days=unit.retention_days["reports"])


def for_summary(text: str, answers: Mapping[str, str], files: int, words: Words) -> str:
    """What would be sent."""
    lines = [words.report_summary]
    if text:
        lines += ["", f"{words.report_message}: “{quoted(text)}”"]
    lines += ["", *_told(answers, words)]
    if files:
        lines += [words.report_files.format(count=files)]
    return "\n".join(lines).rstrip()


def for_paper(filed: ReportFiled, method: Method | None, words: Words) -> Reply:
    """A text ready for the police or VNeID, in the citizen's own voice; who they are they add themselves."""
    lines = [words.paper_intro, "", words.paper_title, words.paper_head, *_told(filed.answers, words)]
    if filed.situation:
        lines.append(words.paper_lines["situation"].format(answer=words.situations[Situation(filed.situation)]))
    if method:
        name = method.name if words is wording.VI else method.english_name
        lines.append(words.paper_lines["method"].format(answer=name))
    if filed.text:
        lines.append(words.paper_message.format(quote=quoted(filed.text)))
    lines += [words.paper_lines["code"].format(answer=filed.code), words.paper_end]
    return Reply("\n".join(lines))


def for_5656(handbook: Handbook, filed: ReportFiled, method: Method | None, words: Words, today: date) -> Reply | None:
    """The text for the network, ready where the fraudster's number is known; None while its own is not."""
    contact = handbook.by_contact.get("rac-5656")
    if contact is None or not contact.shown_on(today):
        return None
    number = _phone(*(filed.answers.get(name, "") for name in ("number", "who", "story")))
    if not number:
        return Reply(words.paper_5656.format(number=contact.value))
    who = fold(filed.answers.get("who", ""))
    by_message = _WROTE.search(who) and not _CALLED.search(who)
    about = fold(method.name) if method else "lua dao"
    text = " ".join(("S" if by_message else "LD", number, about))[:MOST_SMS]
    return Reply(words.paper_5656_ready.format(number=contact.value, text=text))


def _phone(*told: str) -> str:
    """The first number in these words that a telephone could have."""
    found = (_PHONE.search(re.sub(r"(?<=\d)[ .\-](?=\d)", "", words)) for words in told)
    return next((one.group().replace("+84", "0") for one in found if one), "")


def _told(answers: Mapping[str, str], words: Words) -> list[str]:
    most = {"story": MOST_STORY}
    return [words.paper_lines[q].format(answer=recited(a, most.get(q, MOST_ANSWER))) for q, a in answers.items() if a]
