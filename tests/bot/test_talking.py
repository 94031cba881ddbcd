"""What is said to us rather than sent to us: pleas, fear, the number of the police, larger letters, a word beside."""

from __future__ import annotations

from bot import wording
from bot.events import Media
from knowledge.verdict import Frame, Intent, Level, Verdict
from tests.bot.citizen import SCAM, Citizen, knowing, verdict

VI, EN = wording.VI, wording.EN
TALK = verdict(Level.NONE, frame=Frame.SMALLTALK, intent=Intent.SMALLTALK)
STORY_OF_A_WISH = verdict(Level.NONE, frame=Frame.STORY, intent=Intent.REPORT)


def citizen(**heard: Verdict) -> Citizen:
    """A citizen whose small talk is known to be that."""
    return Citizen(knowing({"chào": TALK, "hello": TALK} | heard))


# ---- A word beside the matter


def test_the_numbers_of_a_menu_outlive_a_greeting() -> None:
    asks = citizen().follows().asks("chào")
    assert asks.choices == ["emergency", "sample-dien-luc", "sample-viec-nhe", "sample-nguoi-quen"]
    assert asks.asks("2").replies[0].quoted == VI.samples["dien-luc"]


def test_the_answer_before_can_still_be_asked_about() -> None:
    asks = citizen().asks(SCAM).asks("chào").does(Media("sticker", ""))
    assert asks.context.last_text == SCAM
    assert asks.asks("3").reads.startswith(VI.why_title)


def test_the_red_button_comes_last_where_there_was_none() -> None:
    asks = citizen().asks("/dangky")
    menu = asks.choices
    assert asks.asks("chào").choices == [*menu, "emergency"]


def test_a_choice_that_erases_is_not_held_out_again() -> None:
    assert citizen().asks("/xoadulieu").asks("chào").choices == ["emergency"]
