"""From a verdict and the handbook to what is said. Builds text only; must not decide anything about a message.

A citizen's own words are quoted short and with links broken, so that an answer can never be passed on as bait; no rule,
score or catalogue phrase is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot import wording
from bot.replies import Button, Mark, Reply, Style
from bot.wording import Words
from knowledge.catalogue import Method, Situation
from knowledge.handbook import Advice, Handbook
from knowledge.matcher import Judge
from knowledge.verdict import AddressJudgement, Evidence, Frame, Indicator, IndicatorKind, Level, Verdict

REASONS = 3
_LINKED = re.compile(r"(?i)h[tx]{2}ps?://|www\.|(?<=\w)\.(?=[a-z]{2,})")


def defang(text: str) -> str:
    """The text with links broken, so that no messenger makes them tappable."""
    return _LINKED.sub(lambda m: {"w": "www[.]", ".": "[.]"}.get(m.group()[0].lower(), "hxxp://"), text)


def for_verdict(
    verdict: Verdict, judge: Judge, handbook: Handbook, text: str, session: str, today: date
) -> tuple[Reply, ...]:
    """The answer to "is this a scam?"."""
    words = wording.of(verdict.language)
    if verdict.frame is Frame.ENTITY:
        return (_entity(verdict, words, session),)
    if verdict.level in {Level.SCAM, Level.SUSPICIOUS}:
        return (_warning(verdict, judge, handbook, text, session, today),)
    return (_quiet(verdict, words, text, session),)


def _warning(verdict: Verdict, judge: Judge, handbook: Handbook, text: str, session: str, today: date) -> Reply:
    words = wording.of(verdict.language)
    method = judge.catalogue.by_slug.get(verdict.methods[0].slug) if verdict.methods else None
    lines = [headline(verdict.level, words)]
    name = _name(verdict, judge, method)
    if name:
        lines.append((words.looks_like if verdict.level is Level.SCAM else words.may_look_like).format(name=name))
    told = strongest(verdict.evidence)
    if told:
        lines += ["", words.reasons, *(_reason(e) for e in told)]
    advice = handbook.advice_for(method, Situation.CONTACTED, today)
    steps = advice.now if verdict.language == "vi" else advice.card.english_now
    lines += ["", words.do_now, *numbered(steps)]
    if verdict.level is Level.SUSPICIOUS and verdict.question and verdict.language == "vi":
        lines += ["", words.ask_back, verdict.question]
    lines += ["", words.decided_by.format(revision=verdict.revision)]
    return Reply(
        "\n".join(_with_truncation(lines, verdict, words)),
        verdict.level,
        answer_buttons(session, words, risky=True),
        text,
        _marks(told),
    )


def _quiet(verdict: Verdict, words: Words, text: str, session: str) -> Reply:
    lines = [headline(verdict.level, words)]
    if verdict.level is Level.UNKNOWN:
        lines += ["", words.ask_back, verdict.question or words.would_be_scam_else]
    elif verdict.frame is Frame.WARNING_QUOTE:
        lines += ["", words.quoted_warning]
    else:
        lines += ["", words.careful]
    if verdict.level is not Level.UNKNOWN:
        lines += ["", words.would_be_scam.get(verdict.frame, words.would_be_scam_else)]
    lines += ["", words.decided_by.format(revision=verdict.revision)]
    asks = verdict.level is Level.UNKNOWN and verdict.question is not None
    buttons = answer_buttons(session, words, risky=False, asks=asks)
    return Reply("\n".join(_with_truncation(lines, verdict, words)), verdict.level, buttons, text)


def _entity(verdict: Verdict, words: Words, session: str) -> Reply:
    looked_up = [i for i in verdict.indicators if i.kind in _ENTITY_LINES or i.kind is IndicatorKind.LINK]
    lines = [headline(verdict.level, words), ""]
    lines += [_entity_line(i, words) for i in looked_up[:5]]
    lines += ["", *dict.fromkeys(_how_to_check(i.kind, words) for i in looked_up)]
    return Reply("\n".join(lines), verdict.level, answer_buttons(session, words, risky=verdict.level is Level.SCAM))


_ENTITY_LINES = {
    IndicatorKind.PHONE: "no_conclusion_phone",
    IndicatorKind.ACCOUNT: "no_conclusion_account",
    IndicatorKind.WALLET: "no_conclusion_account",
    IndicatorKind.HANDLE: "no_conclusion_handle",
    IndicatorKind.EMAIL: "no_conclusion_handle",
}


def _entity_line(found: Indicator, words: Words) -> str:
    value = defang(found.value[:60])
    if found.kind is IndicatorKind.LINK:
        template = words.address[found.judgement or AddressJudgement.UNKNOWN]
        return template.format(value=value, owner=found.owner or "")
    template = str(getattr(words, _ENTITY_LINES[found.kind]))
    return template.format(value=value)


def _how_to_check(kind: IndicatorKind, words: Words) -> str:
    if kind is IndicatorKind.LINK:
        return words.how_to_check_link
    if kind is IndicatorKind.PHONE:
        return words.how_to_check_phone
    return (
        words.how_to_check_account
        if kind in {IndicatorKind.ACCOUNT, IndicatorKind.WALLET}
        else words.how_to_check_handle
    )


def headline(level: Level, words: Words) -> str:
    """First line: colour mark and level in words."""
    return f"{words.mark[level]} {words.level[level]}"


def numbered(steps: Sequence[str]) -> list[str]:
    """Steps with their numbers."""
    return [f"{number}. {step}" for number, step in enumerate(steps, 1)]


def strongest(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The three strongest reasons that quote the citizen's own words, no two from the same words or of the same sign."""
    told: list[Evidence] = []
    for one in evidence:
        if one.span is None or one.weight <= 0 or any(one.sign == t.sign for t in told):
            continue
        if any(t.span and t.span.start < one.span.end and one.span.start < t.span.end for t in told):
            continue
        told.append(one)
        if len(told) == REASONS:
            break
    return told


def _reason(one: Evidence) -> str:
    return f"• “{defang(one.quote)}” – {one.sign}"


def _marks(told: Sequence[Evidence]) -> tuple[Mark, ...]:
    return tuple(Mark(e.span.start, e.span.end, e.sign) for e in told if e.span)


def _name(verdict: Verdict, judge: Judge, method: Method | None) -> str:
    if method and verdict.language == "en":
        return method.english_name
    return judge.catalogue.names.get(verdict.methods[0].slug, "") if verdict.methods else ""


def _with_truncation(lines: list[str], verdict: Verdict, words: Words) -> list[str]:
    return [*lines, words.truncated] if verdict.truncated else lines


def answer_buttons(session: str, words: Words, *, risky: bool, asks: bool = False) -> tuple[Button, ...]:
    """The buttons under an answer."""
    names = (["yes", "no"] if asks else []) + (
        ["emergency", "report", "why", "share", "wrong"] if risky else ["emergency", "report", "why", "wrong"]
    )
    styles = {"emergency": Style.DANGER, "report": Style.PRIMARY}
    return tuple(Button(words.buttons[n], session, "checking", n, styles.get(n, Style.PLAIN)) for n in names)


def for_emergency(advice: Advice, handbook: Handbook, text: str, session: str, language: str, today: date) -> Reply:
    """The golden-hour card of a situation: what to do, what to say, how to reach the bank that was named."""
    words = wording.of(language)
    card = advice.card
    title = card.title if language == "vi" else card.english_title
    now = advice.now if language == "vi" else card.english_now
    lines = [f"🔴 {words.emergency_lead}: {title}", "", *numbered(now)]
    if card.say and language == "vi":
        lines += ["", words.say.format(text=card.say)]
    bank = handbook.bank_named(text, today)
    if bank:
        lines += ["", words.bank.format(owner=bank.contact.owner, line=bank.line)]
    lines += ["", words.not_a_denunciation]
    buttons = tuple(
        Button(words.buttons[name], session, "emergency", name, style)
        for name, style in (("steps", Style.PLAIN), ("report", Style.PRIMARY))
    )
    return Reply("\n".join(lines), Level.SCAM, buttons)


def for_steps(advice: Advice, words: Words) -> Reply:
    """Everything the handbook says for a situation."""
    lines = [advice.card.title, "", *numbered(advice.steps)]
    if advice.card.keep:
        lines += ["", words.keep.format(text="; ".join(advice.card.keep))]
    return Reply("\n".join(lines))


def for_why(verdict: Verdict, judge: Judge, handbook: Handbook, today: date) -> Reply:
    """All reasons, the facts that refute the story, the law's titles, and the sources."""
    words = wording.of(verdict.language)
    reasons = [_reason(e) for e in verdict.evidence if e.span and e.weight > 0][:8]
    lines = [words.why_title, *reasons] if reasons else [words.why_nothing]
    method = judge.catalogue.by_slug.get(verdict.methods[0].slug) if verdict.methods else None
    if method and verdict.level in {Level.SCAM, Level.SUSPICIOUS}:
        advice = handbook.advice_for(method, Situation.CONTACTED, today)
        lines += ["", method.summary if verdict.language == "vi" else method.english_summary]
        lines += ["", words.truths, *(f"• {t.text}" for t in method.truths)]
        if advice.laws:
            lines += ["", words.laws, *(f"• {law}" for law in advice.laws)]
        lines += ["", words.sources.format(names=", ".join(advice.sources))]
    lines += ["", words.decided_by.format(revision=verdict.revision)]
    return Reply("\n".join(lines))


def for_sharing(method: Method, handbook: Handbook, language: str, today: date) -> Reply:
    """A short warning for the family; quotes nothing that the citizen received."""
    words = wording.of(language)
    advice = handbook.advice_for(method, Situation.CONTACTED, today)
    lines = [
        words.share_title.format(unit=handbook.unit.name),
        "",
        method.name if language == "vi" else method.english_name,
    ]
    lines += [method.summary if language == "vi" else method.english_summary, ""]
    lines += numbered(advice.now if language == "vi" else advice.card.english_now)
    link = next((url for url in handbook.unit.bot_links.values() if url), "")
    if link:
        lines += ["", words.share_end.format(link=link)]
    return Reply("\n".join(lines))
