"""The golden-hour card, and all steps after it. Needs the handbook alone; must not need a judge."""

from __future__ import annotations

import re

from bot import wording
from bot.answers.buttons import named
from bot.answers.warnings import numbered
from bot.replies import Button, Reply, Style
from bot.wording import Words
from knowledge.catalogue import Situation
from knowledge.handbook import Advice, BankLine, Card
from knowledge.verdict import Level

ASKED = (
    Situation.PAID, Situation.DISCLOSED, Situation.INSTALLED, Situation.CLICKED, Situation.ACCOUNT_LOST,
    Situation.SIM_LOST, Situation.BLACKMAILED, Situation.ISOLATED,
)  # fmt: skip
MOST_CHARS = 1900
"""Zalo takes two thousand characters in one message; the rest of a long list goes into a second one."""
MOST_KEPT_ON_CARD = 3
_MONEY = {Situation.PAID, Situation.DISCLOSED, Situation.INSTALLED}
_IN_DANGER = re.compile(r"\b11[1-5]\b")


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
        lines += ["", for_bank(bank, words)]
    elif advice.situation in _MONEY:
        lines += ["", words.which_bank]
    aged = [] if card.code not in advice.stale else ["", words.advice_stale]
    lines += aged or _to_say_and_keep(card, advice.situation, words, MOST_KEPT_ON_CARD)
    buttons = named(words, session, "emergency", "steps", "report", "wrong")
    return Reply("\n".join(lines), Level.SCAM, buttons)


def _to_say_and_keep(card: Card, situation: Situation, words: Words, most: int) -> list[str]:
    """What to say on the telephone and what to keep; the handbook holds both in Vietnamese only."""
    say = (card.say or "") if words is wording.VI else words.say_for.get(situation, "")
    keep = "; ".join(card.keep[:most]) if words is wording.VI else words.keep_for.get(situation, "")
    said = ["", words.say.format(text=say)] if say else []
    return said + (["", words.keep.format(text=keep)] if keep else [])


def for_elder_emergency(advice: Advice, bank: BankLine | None, session: str, language: str) -> Reply:
    """Three short steps and the bank's line; everything else is behind the button."""
    words = wording.of(language)
    steps = advice.now if language == "vi" else advice.card.english_now
    lines = [f"🔴 {words.emergency_lead}", *numbered([_shortened(step) for step in steps])]
    if bank:
        lines.append(for_bank(bank, words))
    elif advice.situation in _MONEY:
        lines.append(words.which_bank)
    return Reply("\n".join(lines), Level.SCAM, named(words, session, "emergency", "steps", "report", "wrong"))


def _shortened(step: str) -> str:
    """The first sentence of a step, and whichever names a number to call in danger."""
    first, *more = re.split(r"(?<=[.!?]) ", step)
    return " ".join((first, *(sentence for sentence in more if _IN_DANGER.search(sentence))))


def for_bank(bank: BankLine, words: Words) -> str:
    """Where to call to lock an account at a bank, in the citizen's language."""
    known = words is wording.VI or bank.line == bank.contact.value
    return words.bank.format(owner=bank.contact.owner, line=bank.line if known else words.bank_on_card)


def for_menu(words: Words, session: str) -> Reply:
    """What has happened? One tap a situation."""
    buttons = tuple(
        Button(words.situations[s], session, "emergency", s.value, Style.DANGER if s is Situation.PAID else Style.PLAIN)
        for s in ASKED
    )
    return Reply(words.emergency_menu, buttons=buttons)


def for_steps(advice: Advice, words: Words) -> tuple[Reply, ...]:
    """Every step of the card in order, and what to keep; in English the three steps, and what to say and keep."""
    card = advice.card
    if words is wording.EN:
        more = _to_say_and_keep(card, advice.situation, words, len(card.keep))
        return (Reply("\n".join([*numbered(card.english_now), *more, "", words.steps_end])),)
    lines = numbered(advice.steps)
    if card.code in advice.stale:
        return tuple(Reply(part) for part in _parts([*lines, "", words.advice_stale, "", words.steps_end]))
    if card.keep:
        lines += ["", words.keep.format(text="; ".join(card.keep))]
    lines += ["", words.steps_end]
    return tuple(Reply(part) for part in _parts(lines))


def _parts(lines: list[str]) -> list[str]:
    """The lines in as few texts as fit a message."""
    parts = [""]
    for line in lines:
        if parts[-1] and len(parts[-1]) + 1 + len(line) > MOST_CHARS:
            parts.append("")
        parts[-1] = f"{parts[-1]}\n{line}" if parts[-1] else line
    return [part.strip() for part in parts if part.strip()]
