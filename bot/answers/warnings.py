"""The answer to "is this a scam?", and to "why?". Must not decide anything about a message.

No rule, score or catalogue phrase is shown: who probes us learns nothing but the citizen's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import wording
from bot.answers.buttons import RISKY, named, under_answer
from bot.answers.entities import as_of, for_entities, for_listed
from bot.answers.quoting import quoted
from bot.knowledge_base import Knowledge
from bot.replies import Button, Mark, Reply
from bot.wording import Words
from knowledge.catalogue import Method, Situation
from knowledge.handbook import Handbook
from knowledge.matcher import Judge
from knowledge.verdict import Evidence, Frame, Level, Verdict

REASONS = 3
MOST_CANDIDATES = 4
CLOSE = 0.6
"""The second method is about as likely as the first from this share of its score on, and we ask which it is."""
SETTLED = 0.6
"""From this score on the first method is named without asking, and kept for a report and for what to do."""


def for_verdict(verdict: Verdict, known: Knowledge, text: str, session: str, today: date) -> tuple[Reply, ...]:
    """What is said of a text: a warning, a calm answer, or what is known of a bare link or number. What officers have
    decided about a number in it comes first."""
    words, verdict = wording.of(verdict.language), as_of(verdict, today)
    if verdict.frame is Frame.ENTITY:
        return (for_entities(verdict, words, session, known.heard),)
    listed = for_listed(verdict, words, known.heard)
    before = (listed,) if listed else ()
    if verdict.level not in RISKY:
        return (*before, _quiet(verdict, words, text, session, warned=listed is not None))
    warned = _warning(verdict, known.judge, known.handbook, text, session, today)
    rivals = close(verdict)
    return (*before, warned, *([_which(rivals, known.judge, words, session)] if rivals else []))


def close(verdict: Verdict) -> tuple[str, ...]:
    """The slugs to choose from, where the first method is hardly likelier than the next; else nothing."""
    first, *others = verdict.methods or (None,)
    if first is None or first.score >= SETTLED:
        return ()
    rivals = [c.slug for c in others if c is not None and c.score >= CLOSE * first.score]
    return (first.slug, *rivals)[:MOST_CANDIDATES] if rivals else ()


def kept(verdict: Verdict) -> tuple[str, ...]:
    """What may stand in a citizen's own paper: the method of a warning, where it is settled, else those to choose from.
    Who cries for help is not asked which it was."""
    if verdict.level not in RISKY or not verdict.methods:
        return ()
    if is_settled(verdict):
        return (verdict.methods[0].slug,)
    return () if verdict.situation else close(verdict)


def is_settled(verdict: Verdict) -> bool:
    """Whether the first method is sure enough to be said without asking."""
    return bool(verdict.methods) and verdict.methods[0].score >= SETTLED


def _which(slugs: Sequence[str], judge: Judge, words: Words, session: str) -> Reply:
    buttons = [Button(_named(slug, judge, words), session, "clarifying", str(n)) for n, slug in enumerate(slugs, 1)]
    buttons.append(Button(words.none_of_these, session, "clarifying", "0"))
    return Reply(words.which, buttons=tuple(buttons))


def _warning(verdict: Verdict, judge: Judge, handbook: Handbook, text: str, session: str, today: date) -> Reply:
    words = wording.of(verdict.language)
    several = bool(close(verdict))
    method = None if several else _first(verdict, judge)
    lines = [headline(verdict.level, words), _second_line(verdict, judge, words, several)]
    told = strongest(verdict.evidence)
    if told:
        lines += ["", words.reasons, *(_reason(e, verdict, judge, words) for e in told)]
    lines += ["", words.do_now, *numbered(steps(method, handbook, today, verdict.language))]
    lines += ["", words.decided_by_whom]
    said = "\n".join(_with_truncation(lines, verdict, words))
    buttons = under_answer(session, words, verdict.level)
    return Reply(said, verdict.level, buttons, text, _marks(told, verdict, judge, words))


def _second_line(verdict: Verdict, judge: Judge, words: Words, several: bool) -> str:
    if several or not verdict.methods:
        return words.looks_like_several if several else words.looks_like_unnamed
    template = words.looks_like if verdict.level is Level.SCAM else words.may_look_like
    return template.format(name=_named(verdict.methods[0].slug, judge, words))


def steps(method: Method | None, handbook: Handbook, today: date, language: str) -> tuple[str, ...]:
    """What to do now, for whoever has only been contacted."""
    advice = handbook.advice_for(method, Situation.CONTACTED, today)
    return advice.now if language == "vi" else advice.card.english_now


def _quiet(verdict: Verdict, words: Words, text: str, session: str, *, warned: bool) -> Reply:
    lines = [headline(verdict.level, words)]
    if verdict.level is Level.UNKNOWN:
        question = verdict.question if verdict.language == "vi" else None
        lines += ["", words.ask_back, question or words.ask_anything]
    else:
        lines += ["", words.quoted_warning if verdict.frame is Frame.WARNING_QUOTE else words.careful]
        lines += ["", words.would_be_scam.get(verdict.frame, words.would_be_scam_else)]
    buttons = under_answer(session, words, verdict.level, warned=warned)
    return Reply("\n".join(_with_truncation(lines, verdict, words)), verdict.level, buttons, text)


def briefly(replies: Sequence[Reply], words: Words) -> tuple[Reply, ...]:
    """The answer for elders: three short lines and the two buttons that matter; everything else is behind "why"."""
    first = replies[0]
    if first.level is None:
        return tuple(replies)
    headline_, *rest = first.text.split("\n")
    name = next((line for line in rest if line.strip()), "")
    lines = [headline_, *([name] if first.level in RISKY else []), words.elder_step[first.level]]
    kept = tuple(b for b in first.buttons if b.choice in {"yes", "no", "emergency", "why"})
    if any(b.choice == "yes" for b in kept):
        lines.insert(1, next(line for line in reversed(rest) if line.strip() and line != words.truncated))
    return (replace(first, text="\n".join(lines), buttons=kept, quoted="", marks=()), *replies[1:])


def headline(level: Level, words: Words) -> str:
    """First line: colour mark and level in words."""
    return f"{words.mark[level]} {words.level[level]}"


def numbered(steps: Sequence[str]) -> list[str]:
    """Steps with their numbers."""
    return [f"{number}. {step}" for number, step in enumerate(steps, 1)]


def strongest(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The three strongest reasons that quote the citizen's own words: no two of the same words or the same sign."""
    told: list[Evidence] = []
    for one in evidence:
        if one.span is None or one.weight <= 0 or not one.quote.strip() or any(one.sign == t.sign for t in told):
            continue
        if any(t.span and t.span.start < one.span.end and one.span.start < t.span.end for t in told):
            continue
        told.append(one)
        if len(told) == REASONS:
            break
    return told


def _reason(one: Evidence, verdict: Verdict, judge: Judge, words: Words) -> str:
    sign = _sign(one, verdict, judge, words)
    return f"• “{quoted(one.quote)}”" + (f" – {sign}" if sign else "")


def _sign(one: Evidence, verdict: Verdict, judge: Judge, words: Words) -> str:
    """The sign in the citizen's language; the lexicon names its cues in Vietnamese, ``cue_signs`` translates them."""
    if words is wording.VI:
        return one.sign
    if one.method:
        return words.phrase_of.format(name=_named(one.method, judge, words))
    link = next((i.judgement for i in verdict.indicators if i.span == one.span and i.judgement), None)
    return words.link_signs[link] if link else words.cue_signs.get(one.sign, words.cue_other)


def _marks(told: Sequence[Evidence], verdict: Verdict, judge: Judge, words: Words) -> tuple[Mark, ...]:
    return tuple(Mark(e.span.start, e.span.end, _sign(e, verdict, judge, words)) for e in told if e.span)


def _first(verdict: Verdict, judge: Judge) -> Method | None:
    return judge.catalogue.by_slug.get(verdict.methods[0].slug) if verdict.methods else None


def _named(slug: str, judge: Judge, words: Words) -> str:
    method = judge.catalogue.by_slug.get(slug)
    if method and words is wording.EN:
        return method.english_name
    return judge.catalogue.names.get(slug, "")


def _with_truncation(lines: list[str], verdict: Verdict, words: Words) -> list[str]:
    return [*lines, words.truncated] if verdict.truncated else lines


def for_why(verdict: Verdict, judge: Judge, handbook: Handbook, session: str, today: date) -> Reply:
    """More reasons, the refuting truths, the law by title, and which revision decided."""
    words = wording.of(verdict.language)
    told = [e for e in verdict.evidence if e.weight > 0 and e.span and e.quote.strip()][:6]
    lines = (
        [words.why_title, *dict.fromkeys(_reason(e, verdict, judge, words) for e in told)]
        if told
        else [words.why_nothing]
    )
    method = _first(verdict, judge)
    if method and verdict.level in RISKY:
        advice = handbook.advice_for(method, Situation.CONTACTED, today)
        vietnamese = verdict.language == "vi"
        lines += ["", method.summary if vietnamese else method.english_summary]
        if vietnamese:
            lines += ["", words.truths, *(f"• {t.text}" for t in method.truths[:3])]
            lines += ["", words.laws, *(f"• {law}" for law in advice.laws)] if advice.laws else []
        lines += ["", words.sources.format(names=", ".join(advice.sources))]
    lines += ["", words.decided_by.format(revision=verdict.revision)]
    sharing = ("share",) if verdict.level in RISKY else ()
    buttons = named(words, session, "checking", "emergency", "report", *sharing, "right", "wrong")
    return Reply("\n".join(lines), buttons=buttons)
