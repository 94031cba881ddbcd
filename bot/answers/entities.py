"""What is known of a bare link, number, account, wallet, profile or QR code, what is not, and how to check it.

Must not call any number or account good or bad by itself: only addresses of links are judged here, and what officers
have decided about a number is passed in and told as theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot import wording
from bot.answers.buttons import under_answer
from bot.answers.quoting import quoted, shortened
from bot.replies import Reply
from bot.wording import Words
from knowledge import vietqr
from knowledge.verdict import AddressJudgement, Frame, Indicator, IndicatorKind, Level, Verdict

MOST_THINGS = 5
Heard = Callable[[str, str], str]
_LEVELS = {"suspected": Level.SUSPICIOUS, "confirmed": Level.SCAM}
_NUMBERS = (IndicatorKind.PHONE, IndicatorKind.ACCOUNT, IndicatorKind.WALLET)


def for_entities(verdict: Verdict, words: Words, session: str, heard: Heard) -> Reply:
    """One line a thing, then how to check things of these kinds. A yes-or-no question makes no sense here."""
    told = for_listed(verdict, words, heard)
    if told is not None and told.level is not None and verdict.level is not Level.SCAM:
        verdict = replace(verdict, level=told.level)
    things = [i for i in verdict.indicators if i.kind is IndicatorKind.LINK or i.kind in words.no_conclusion]
    things = list({(i.kind, i.value): i for i in things}.values())
    lines = [told.text.partition("\n")[0] if told else f"{words.mark[verdict.level]} {words.level[verdict.level]}", ""]
    lines += [_listed(i, words, heard) or _line(i, words) for i in things[:MOST_THINGS]]
    if len(things) > MOST_THINGS:
        lines.append(words.more_things.format(count=len(things) - MOST_THINGS))
    unsure = [i for i in things if i.judgement is not AddressJudgement.OFFICIAL]
    lines += ["", *dict.fromkeys(words.how_to_check[i.kind] for i in unsure)]
    buttons = [b for b in under_answer(session, words, verdict.level) if b.choice not in {"yes", "no"}]
    return Reply("\n".join(lines).rstrip(), verdict.level, tuple(buttons))


def as_of(verdict: Verdict, today: date) -> Verdict:
    """The verdict without owners of domains that nobody has looked at for too long: they count as not known."""
    aged = [i for i in verdict.indicators if i.until is not None and today > i.until]
    if not aged:
        return verdict
    unknown = AddressJudgement.UNKNOWN
    found = tuple(replace(i, judgement=unknown, owner=None) if i in aged else i for i in verdict.indicators)
    bare = verdict.frame is Frame.ENTITY and verdict.level is Level.NONE
    return replace(verdict, indicators=found, level=Level.UNKNOWN if bare else verdict.level)


def for_listed(verdict: Verdict, words: Words, heard: Heard) -> Reply | None:
    """What officers have decided about anything that a text names; None where that is nothing."""
    decided = {(i.kind, i.value): heard(i.kind.value, i.value) for i in verdict.indicators}
    if not any(decided.values()):
        return None
    word = "confirmed" if "confirmed" in decided.values() else "suspected"
    lines = dict.fromkeys(_listed(i, words, heard) for i in verdict.indicators)
    text = "\n".join([words.listed_title[word], "", *(line for line in lines if line)])
    return Reply(text, _LEVELS[word])


def _listed(found: Indicator, words: Words, heard: Heard) -> str:
    word = heard(found.kind.value, found.value)
    if not word:
        return ""
    value = shortened(found.value) if found.kind in _NUMBERS else quoted(found.value)
    if found.kind is IndicatorKind.QR and (decoded := vietqr.decode(found.value)):
        value = shortened(decoded.account)
    return words.listed[word].format(thing=words.things[found.kind].format(value=value))


def _line(found: Indicator, words: Words) -> str:
    if found.kind is IndicatorKind.QR:
        return transfer(found.value, words) or words.no_conclusion[found.kind]
    if found.kind is IndicatorKind.LINK:
        template = words.address[found.judgement or AddressJudgement.UNKNOWN]
        return template.format(value=quoted(found.value), owner=found.owner or "")
    value = shortened(found.value) if found.kind in _NUMBERS else quoted(found.value)
    return words.no_conclusion[found.kind].format(value=value)


def transfer(payload: str, words: Words) -> str:
    """What a payment QR code would do, empty where it is none."""
    decoded = vietqr.decode(payload)
    if decoded is None:
        return ""
    template = words.transfer_code if decoded.name.strip() else words.transfer_unnamed
    bank, account = decoded.bank or words.transfer_bank, shortened(decoded.account)
    said = template.format(bank=bank, account=account, name=quoted(decoded.name))
    if not decoded.amount:
        return said
    amount = f"{decoded.amount:,}".replace(",", "." if words is wording.VI else ",")
    return f"{said} {words.transfer_amount.format(amount=amount)}"
