"""The golden-hour card, and all steps after it. Needs the handbook alone; must not need a judge."""

from __future__ import annotations

from datetime import date

from bot import wording
from bot.answers.buttons import named
from bot.answers.warnings import numbered
from bot.replies import Button, Reply, Style
from bot.wording import Words
from knowledge.catalogue import Situation
from knowledge.handbook import Advice, BankLine, Handbook
from knowledge.verdict import Level

ASKED = (
    Situation.PAID, Situation.DISCLOSED, Situation.INSTALLED, Situation.CLICKED, Situation.ACCOUNT_LOST,
    Situation.SIM_LOST, Situation.BLACKMAILED, Situation.ISOLATED,
)  # fmt: skip
MOST_CHARS = 1900
"""Zalo takes two thousand characters in one message; the rest of a long list goes into a second one."""


def for_emergency(advice: Advice, bank: BankLine | None, session: str, language: str) -> Reply:
    """The card of a situation: what to do, what to say, how to reach the bank that was named."""
    words = wording.of(language)
    card = advice.card
    vietnamese = language == "vi"
    lines = [
        f"🔴 {words.emergency_lead}: {words.situations[advice.situation]}",
        "",
        *numbered(advice.now if vietnamese else card.english_now),
    ]
    if bank:
        lines += ["", words.bank.format(owner=bank.contact.owner, line=bank.line)]
    if card.say and vietnamese:
        lines += ["", words.say.format(text=card.say)]
    buttons = named(words, session, "emergency", "steps", "report")
    return Reply("\n".join(lines), Level.SCAM, buttons)


def for_menu(words: Words, session: str) -> Reply:
    """What has happened? One tap a situation."""
    buttons = tuple(
        Button(words.situations[s], session, "emergency", s.value, Style.DANGER if s is Situation.PAID else Style.PLAIN)
        for s in ASKED
    )
    return Reply(words.emergency_menu, buttons=buttons)


def for_steps(advice: Advice, handbook: Handbook, words: Words, today: date) -> tuple[Reply, ...]:
    """Every step of the card in order, and what to keep; in English the three steps and who to call."""
    card = advice.card
    if words is wording.EN:
        police = handbook.by_contact.get("cong-an-113")
        shown = [f"{police.owner}: {police.value}"] if police and police.shown_on(today) else []
        return (Reply("\n".join([*numbered(card.english_now), *shown])),)
    lines = numbered(advice.steps)
    if card.keep:
        lines += ["", words.keep.format(text="; ".join(card.keep))]
    lines += ["", words.not_a_denunciation]
    return tuple(Reply(part) for part in _parts(lines))


def _parts(lines: list[str]) -> list[str]:
    """The lines in as few texts as fit a message."""
    parts = [""]
    for line in lines:
        if parts[-1] and len(parts[-1]) + 1 + len(line) > MOST_CHARS:
            parts.append("")
        parts[-1] = f"{parts[-1]}\n{line}" if parts[-1] else line
    return [part.strip() for part in parts if part.strip()]
