"""What one judgement costs, against the shipped catalogue and as phrases grow, beside brute-force rapidfuzz.

Larger catalogues are made from the shipped phrases by exchanging words, so that their letters look like real ones.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from knowledge import corpus, matcher
from knowledge.matcher import Judge
from knowledge.phrase_index import PhraseIndex, cutoff_for
from knowledge.stages import canonical

SIZES = (1_000, 10_000, 100_000)
MESSAGES = 200
SEED = 7


def tables() -> list[str]:
    """All tables of this module."""
    judge = matcher.load_judge()
    messages = thirty_words(judge)
    phrases = [canonical(judge.read(p)[0].tokens)[0] for m in judge.catalogue.methods for p in m.signals.phrases]
    return [
        f"{MESSAGES} held-out messages of about 30 words, {len(phrases)} phrases shipped, one thread.",
        "",
        "| one message | p50 | p99 |",
        "|---|---|---|",
        f"| whole judgement, shipped catalogue | {timed(judge.match, messages)} |",
        f"| … normalisation and indicators alone | {timed(judge.read, messages)} |",
        "",
        "| phrases | index p50 | p99 | brute-force rapidfuzz p50 | p99 | times faster | same first phrase |",
        "|---|---|---|---|---|---|---|",
        *growth(judge, phrases, messages),
        "",
        "| memory and start | value |",
        "|---|---|",
        *start_up(),
    ]


def thirty_words(judge: Judge) -> list[str]:
    """Held-out messages cut or chosen to 25–35 words."""
    texts = [r.text for r in corpus.load() if r.half == "held_out"]
    fitting = [t for t in texts if 25 <= len(judge.read(t)[0].tokens) <= 35]
    return random.Random(SEED).sample(fitting, min(MESSAGES, len(fitting)))  # noqa: S311


def percentiles(milliseconds: Sequence[float]) -> str:
    """p50 and p99 as two table cells."""
    ordered = sorted(milliseconds)
    return f"{ordered[len(ordered) // 2]:.2f} ms | {ordered[int(len(ordered) * 0.99)]:.2f} ms"


def timed(call: Callable[[str], object], messages: Sequence[str]) -> str:
    """Percentiles of a call over messages, after one warm round."""
    for message in messages:
        call(message)
    return percentiles(_times(call, messages))


def _times(call: Callable[[str], object], messages: Sequence[str]) -> list[float]:
    out = []
    for message in messages:
        began = time.perf_counter()
        call(message)
        out.append((time.perf_counter() - began) * 1000)
    return out


def grown(phrases: Sequence[str], size: int) -> list[str]:
    """``size`` distinct phrases: the shipped ones, and mixtures of two of them."""
    dice = random.Random(SEED)  # noqa: S311
    out = dict.fromkeys(phrases[:size])
    while len(out) < size:
        one, other = dice.choice(phrases).split(), dice.choice(phrases).split()
        cut = dice.randint(1, max(1, len(one) - 1))
        mixed = one[:cut] + other[-dice.randint(2, 5) :]
        if dice.random() < 0.5:
            mixed.insert(dice.randint(0, len(mixed)), dice.choice(other))
        out[" ".join(mixed)] = None
    return list(out)


def growth(judge: Judge, phrases: Sequence[str], messages: Sequence[str]) -> list[str]:
    """Index beside brute force at every size, on messages that hold a slightly misspelt phrase half of the time."""
    lines = []
    for size in SIZES:
        many = grown(phrases, size)
        index = PhraseIndex(many)
        dice = random.Random(size)  # noqa: S311
        texts = [canonical(judge.read(m)[0].tokens)[0] for m in messages]
        texts = [f"{t} {misspelt(dice.choice(many), dice)}" if n % 2 else t for n, t in enumerate(texts)]

        def indexed(text: str, index: PhraseIndex = index) -> object:
            return index.search(text)

        def brute(text: str, many: list[str] = many) -> object:
            return best_by_brute_force(text, many)

        fast = _times(indexed, texts)
        slow = _times(brute, texts[:60] if size > 10_000 else texts)
        ratio = (sum(slow) / len(slow)) / (sum(fast) / len(fast))
        lines.append(
            f"| {size:,} | {percentiles(fast)} | {percentiles(slow)} | {ratio:.0f}× | {agreement(index, many, texts)} |"
        )
    return lines


def misspelt(phrase: str, dice: random.Random) -> str:
    """The phrase with one letter dropped or doubled."""
    at = dice.randrange(1, len(phrase))
    return phrase[:at] + (phrase[at] * 2 if dice.random() < 0.5 else "") + phrase[at + 1 :]


def best_by_brute_force(text: str, many: Sequence[str]) -> float:
    """The best score of any phrase that stands in the text well enough for its length; 0 for none."""
    scored = process.extract(text, many, scorer=fuzz.partial_ratio, score_cutoff=cutoff_for(100), limit=None)
    return max((score for phrase, score, _ in scored if score >= cutoff_for(len(phrase))), default=0.0)


def agreement(index: PhraseIndex, many: Sequence[str], texts: Sequence[str]) -> str:
    """How often the index finds a phrase as good as brute force's best."""
    checked = texts
    same = 0
    for text in checked:
        found = index.search(text)
        same += abs((found[0].score if found else 0.0) - best_by_brute_force(text, many)) < 1e-6
    return f"{100 * same / len(checked):.1f} % of {len(checked)}"


def start_up() -> list[str]:
    """A fresh process that builds the judge and answers once."""
    code = (
        "import time,resource;b=time.perf_counter();from knowledge import matcher;j=matcher.load_judge();"
        "j.match('xin chao');print(time.perf_counter()-b,resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024)"
    )
    seconds, megabytes = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        f"| start to first answer | {float(seconds):.1f} s |",
        f"| memory after the first answer | {float(megabytes):.0f} MB |",
        f"| memory of this bench at 100,000 phrases | {own:.0f} MB |",
    ]
