"""The signs that are weighed: named numbers that the stages' evidence comes down to, for a text and for each method.

Every name here has a weight in ``data/weights.json``. Must not know a weight, nor decide anything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from knowledge import lessons
from knowledge.catalogue import Catalogue
from knowledge.frame import Reading
from knowledge.lexicon import Hit
from knowledge.stages import Similarity
from knowledge.text import Text
from knowledge.verdict import AddressJudgement, Evidence, Indicator

LIKELIEST = 20
LEAST_TOPIC = 10.0
LEAST_GARBLE = 0.2
HIDDEN = 0.15
NEAR_ENOUGH = 0.8
_LEVELLED = ("topic", "nearest", "three", "centre")
OPENING = 5
UNOFFICIAL = (
    AddressJudgement.LOOKALIKE,
    AddressJudgement.SUSPICIOUS,
    AddressJudgement.APP_FILE,
    AddressJudgement.SHORTENER,
    AddressJudgement.UNKNOWN,
)
# Who a text message claims to be from, by its first words; carriers are left out, for their own adverts link anywhere.
_CLAIMED = frozenset(
    f"brand:{kind}" for kind in ("bank", "wallet", "state", "government", "police", "delivery", "social")
)
_CALL = re.compile(r"\d\D?\d|[a-z0-9]\.[a-z]{2}")
_LEADING = (AddressJudgement.LOOKALIKE, AddressJudgement.SUSPICIOUS, AddressJudgement.APP_FILE)


def of_methods(
    text: Text,
    hits: Sequence[Hit],
    phrases: Sequence[Evidence],
    near: Mapping[str, Similarity],
    topics: Mapping[str, float],
    entries: Catalogue,
) -> dict[str, dict[str, float]]:
    """For every method that anything speaks for: what speaks for it."""
    out: dict[str, dict[str, float]] = {
        slug: {"nearest": s.nearest, "three": s.three, "centre": s.centre} for slug, s in near.items()
    }
    for slug in sorted(topics, key=lambda name: -topics[name])[:LIKELIEST]:
        out.setdefault(slug, {})["topic"] = max(0.0, 1 + topics[slug] / LEAST_TOPIC)
    _level_with_the_best(out, frozenset(k.slug for k in entries.known))
    for one in phrases:
        own = out.setdefault(one.method or "", {})
        own[one.sign] = own.get(one.sign, 0.0) + one.weight
    for slug in {h.name.removeprefix("poses:") for h in hits if h.name.startswith("poses:")} & out.keys():
        out[slug]["impersonates"] = 1.0
    asked = {h.name.removeprefix("ask:") for h in hits if h.name.startswith("ask:")}
    for method in entries.methods if text.garble > LEAST_GARBLE else ():
        if method.signals.evades_filters:
            out.setdefault(method.slug, {})["garble"] = text.garble
    for slug, own in out.items():
        entry = entries.by_slug.get(slug)
        if entry and asked:
            own["asks"] = len(asked & set(entry.signals.asks)) / len(asked)
    return out


def _level_with_the_best(methods: dict[str, dict[str, float]], known: frozenset[str]) -> None:
    """Give a method known by one example what it cannot have learned: the best of every sign, as far as it is as near.

    One that is nearly as near as the nearest of all goes first: a single example is rarely near by chance.
    """
    others = [own for slug, own in methods.items() if slug not in known]
    best = {name: max((own.get(name, 0.0) for own in others), default=0.0) for name in _LEVELLED}
    for slug in known & methods.keys():
        own = methods[slug]
        share = min(1.0, own["nearest"] / best["nearest"]) if best["nearest"] else 1.0
        share += share / 10 if share >= NEAR_ENOUGH else 0.0
        own.update({name: max(own.get(name, 0.0), value * share) for name, value in best.items()})


def is_near_known(near: Mapping[str, Similarity], known: frozenset[str], honest: float) -> bool:
    """Whether a text is nearest to a method known by one example, and nearer to it than to any honest message."""
    nearest = max((near[slug].nearest for slug in known & near.keys()), default=0.0)
    others = max((s.nearest for slug, s in near.items() if slug not in known), default=0.0)
    return nearest > 0 and nearest >= NEAR_ENOUGH * others and nearest > honest


def of_level(
    text: Text,
    found: Sequence[Indicator],
    hits: Sequence[Hit],
    reading: Reading,
    phrases: Sequence[Evidence],
    methods: Mapping[str, Mapping[str, float]],
) -> dict[str, float]:
    """Named numbers for and against the text being part of a scam, before they are weighed."""
    signs = {h.name.replace(":", "_"): 1.0 for h in hits if h.name.startswith(("cue:", "ask:"))}
    signs["cues"] = float(sum(n.startswith("cue_") for n in signs))
    signs["asks"] = float(sum(n.startswith("ask_") for n in signs))
    signs |= {f"link_{i.judgement}": 1.0 for i in found if i.judgement}
    signs |= {f"has_{i.kind}": 1.0 for i in found}
    leads = any(i.judgement in _LEADING for i in found)
    unofficial = any(i.judgement in UNOFFICIAL for i in found)
    branded = any(h.name.startswith("brand:") for h in hits)
    fear = bool(signs.get("cue_authority") or signs.get("cue_fear"))
    signs["brand_and_unofficial_link"] = float(branded and unofficial)
    opens = any(h.name in _CLAIMED and h.first < OPENING for h in hits)
    signs["claims_and_unofficial_link"] = float(opens and unofficial)
    signs["fear_and_secrecy"] = float(fear and bool(signs.get("cue_secrecy")))
    garble = text.garble if _CALL.search(text.unaccented) else 0.0
    signs["garble"] = garble
    signs["hidden_call"] = float(garble >= HIDDEN)
    signs["garbled_link"] = garble * float(unofficial)
    signs["garbled_leads"] = garble * float(leads)
    signs |= {f"frame_{name}": share for name, share in reading.kinds.items()}
    signs |= {h.name.replace(":", "_says_"): 1.0 for h in hits if h.name.startswith("frame:")}
    signs["happened"] = 1 - reading.happened[lessons.NOTHING]
    signs["decisive"] = min(2.0, sum(p.weight for p in phrases if p.sign == "decisive"))
    signs["usual"] = min(3.0, sum(p.weight for p in phrases if p.sign == "usual"))
    for name, source in (("similarity", "nearest"), ("similarity_three", "three"), ("similarity_centre", "centre")):
        signs[name] = max((m.get(source, 0.0) for m in methods.values()), default=0.0)
    signs["length"] = math.log1p(len(text.tokens)) / 3
    return {name: value for name, value in signs.items() if value}
