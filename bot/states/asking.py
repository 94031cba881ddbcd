"""What a state function is given, and the small things that several states do alike. Must not decide a state."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot import wording
from bot.answers.buttons import named, styled
from bot.knowledge_base import Knowledge
from bot.replies import Reply
from bot.turn import Context, Draw, FeedbackGiven, Turn
from bot.wording import Words
from knowledge.catalogue import Method
from knowledge.verdict import Verdict

MOST_FEW = 60
"""Characters of a text whose language the judge may not tell."""
LEAST_SURE = 2
"""Words that are English and nothing else, in a longer text of somebody who was answered in English before."""

TIED = timedelta(hours=1)
"""After so long, somebody who asks "thật không?" has something else before their eyes."""


def is_recent(context: Context, now: datetime) -> bool:
    """Whether something was answered that may still be before somebody's eyes."""
    try:
        return now - datetime.fromisoformat(context.answered_at) <= TIED
    except ValueError:  # nothing was
        return False


class Unjudged(Exception):
    """The judge broke on a text; ``cause`` is what it broke of."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Asking:
    """One turn's surroundings: the context, what we know, the moment, and a source of fresh codes."""

    context: Context
    knowledge: Knowledge
    now: datetime
    draw: Draw

    @property
    def words(self) -> Words:
        """The sentences of the citizen's language."""
        return wording.of(self.context.language)

    @property
    def today(self) -> date:
        """The day of this turn."""
        return self.now.date()

    @property
    def method(self) -> Method | None:
        """The method that the last message belongs to; none while several are only to choose from."""
        slugs = self.context.last_methods
        return self.knowledge.method(slugs[0]) if slugs and slugs != self.context.rivals else None

    def language_for(self, text: str, verdict: Verdict) -> str:
        """In which language a text is answered: the chosen one, else its own. Of a few words the judge may not tell."""
        if self.context.chosen_language or verdict.language == "en":
            return self.context.chosen_language or verdict.language
        if len(text) <= MOST_FEW:
            return self.spoken(text)
        sure = [word for word in re.findall(r"[a-z]+", text.lower()) if word in wording.ENGLISH_ONLY]
        goes_on = self.context.language == "en" and text.isascii() and len(sure) >= LEAST_SURE
        return "en" if goes_on else verdict.language

    def spoken(self, text: str) -> str:
        """The same for a few words; those that could be of either language go on in the one before."""
        context = self.context
        said = re.findall(r"[^\W\d_]+", text[:MOST_FEW].lower())
        if context.chosen_language or not said:
            return context.language
        if any(word not in wording.ENGLISH for word in said):
            return "vi"
        return "en" if any(word in wording.ENGLISH_ONLY for word in said) else context.language

    def in_language_of(self, text: str) -> Asking:
        """The same surroundings, for whoever writes these few words."""
        return replace(self, context=replace(self.context, language=self.spoken(text)))

    def judged(self, text: str) -> Verdict:
        """The verdict on a text. Raises Unjudged: each state knows what it owes a citizen even then."""
        try:
            return self.knowledge.judge.match(text)
        except Exception as broken:  # whatever breaks the judge must not keep first aid from somebody who lost money
            raise Unjudged(broken) from broken

    def say(self, *texts: str) -> Turn:
        """A turn that only speaks."""
        return Turn(self.context, tuple(Reply(text) for text in texts))

    def feedback(self, *, right: bool) -> FeedbackGiven:
        """What the citizen says of the answer they got last."""
        context = self.context
        return FeedbackGiven(right, context.last_text, context.last_level, context.last_methods)

    def say_with_help(self, text: str) -> Turn:
        """A turn that only speaks, with the red button: who cannot be understood may be in need. The choices before it
        come again, in their order: where they are numbers, the numbers go on meaning what they meant."""
        before = tuple(styled(button) for button in self.context.buttons if button.state != "rights")
        red = named(self.words, self.context.session, "checking", "emergency")
        has_red = any(button.choice == "emergency" for button in before)
        return Turn(self.context, (Reply(text, buttons=before if has_red else (*before, *red)),))
