"""What is known of a bare link, number, account, wallet, profile or QR code, what is not, and how to check it.

Must not call any number or account good or bad: only addresses of links are judged.
"""

from __future__ import annotations

from bot import wording
from bot.answers.buttons import under_answer
from bot.answers.quoting import quoted, shortened
from bot.replies import Reply
from bot.wording import Words
from knowledge import vietqr
from knowledge.verdict import AddressJudgement, Indicator, IndicatorKind, Verdict

MOST_THINGS = 5
_NUMBERS = (IndicatorKind.PHONE, IndicatorKind.ACCOUNT, IndicatorKind.WALLET)


def for_entities(verdict: Verdict, words: Words, session: str) -> Reply:
    """One line a thing, then how to check things of these kinds. A yes-or-no question makes no sense here."""
    things = [i for i in verdict.indicators if i.kind is IndicatorKind.LINK or i.kind in words.no_conclusion]
    things = list({(i.kind, i.value): i for i in things}.values())
    lines = [f"{words.mark[verdict.level]} {words.level[verdict.level]}", ""]
    lines += [_line(i, words) for i in things[:MOST_THINGS]]
    if len(things) > MOST_THINGS:
        lines.append(words.more_things.format(count=len(things) - MOST_THINGS))
    unsure = [i for i in things if i.judgement is not AddressJudgement.OFFICIAL]
    lines += ["", *dict.fromkeys(words.how_to_check[i.kind] for i in unsure)]
    buttons = [b for b in under_answer(session, words, verdict.level) if b.choice not in {"yes", "no"}]
    return Reply("\n".join(lines).rstrip(), verdict.level, tuple(buttons))


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
    said = words.transfer_code.format(
        bank=decoded.bank or "?", account=shortened(decoded.account), name=quoted(decoded.name) or "?"
    )
    if not decoded.amount:
        return said
    amount = f"{decoded.amount:,}".replace(",", "." if words is wording.VI else ",")
    return f"{said} {words.transfer_amount.format(amount=amount)}"
