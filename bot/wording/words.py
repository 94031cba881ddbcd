"""The sentences that every language must have, by name. Must not hold a sentence itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.catalogue import Group, Situation
from knowledge.verdict import AddressJudgement, Frame, IndicatorKind, Level


@dataclass(frozen=True)
class TalkWords:
    """The first words, words beside the matter, groups, commands and buttons."""

    welcome: str
    welcome_kept: str
    welcome_samples: str
    introduction: str
    samples: dict[str, str]
    small_talk: str
    comfort: str
    plea: str
    police: str
    no_person: str
    money_back: str
    thanks: str
    help: str
    empty: str
    stale: str
    trouble: str
    unstored: str
    goodbye: str
    which_message: str
    buttons: dict[str, str]
    sticker: str
    contact: str
    location: str
    language_set: str
    language_usage: str
    elder_on: str
    elder_off: str
    group_muted: str
    group_only: str
    group_awake: str
    private_only: str
    choose: str
    menu: dict[str, str]
    """Commands that a messenger shows, without the slash, and what each does."""


@dataclass(frozen=True)
class AnswerWords:
    """What is said of a message, a link, a number, a picture, and what can be passed on."""

    level: dict[Level, str]
    mark: dict[Level, str]
    wrong_choice: str
    looks_like: str
    may_look_like: str
    looks_like_several: str
    looks_like_unnamed: str
    reasons: str
    phrase_of: str
    link_signs: dict[AddressJudgement, str]
    cue_signs: dict[str, str]
    """By the sign's Vietnamese name, which is all that the lexicon has."""
    cue_other: str
    do_now: str
    careful: str
    ask_back: str
    ask_anything: str
    decided_by: str
    decided_by_whom: str
    truncated: str
    quoted_warning: str
    would_be_scam: dict[Frame, str]
    would_be_scam_else: str
    elder_step: dict[Level, str]
    about: str
    how_sure: str
    hold_on: str
    whose: str
    not_done: str
    which: str
    none_of_these: str
    address: dict[AddressJudgement, str]
    no_conclusion: dict[IndicatorKind, str]
    things: dict[IndicatorKind, str]
    listed_title: dict[str, str]
    listed: dict[str, str]
    how_to_check: dict[IndicatorKind, str]
    transfer_code: str
    transfer_unnamed: str
    transfer_bank: str
    transfer_amount: str
    more_things: str
    question_how: str
    question_truths: str
    question_end: str
    question_unknown: str
    why_title: str
    why_nothing: str
    laws: str
    truths: str
    sources: str
    nothing_to_share: str
    share_title: str
    share_signs: str
    share_unnamed: str
    share_end: str
    card_title: str
    card_call: str
    thanks_right: str
    thanks_wrong: str
    picture_read: str
    picture_misread: str
    picture_more: str
    picture_corrected: str
    code_says: str
    picture_unreadable: str
    sound: str
    caption_only: str
    app_file: str


@dataclass(frozen=True)
class EmergencyWords:
    """First aid, and danger to life."""

    emergency_menu: str
    emergency_lead: str
    emergency_fallback: str
    misheard: str
    own_life: str
    violence: str
    still_here: str
    step_done: str
    which_bank: str
    say: str
    keep: str
    bank: str
    bank_on_card: str
    say_for: dict[Situation, str]
    keep_for: dict[Situation, str]
    situations: dict[Situation, str]
    steps_end: str
    advice_stale: str


@dataclass(frozen=True)
class ReportWords:
    """The interview of a report, its receipt, and the papers to take along."""

    report_start: str
    report_questions: dict[str, str]
    report_fields: dict[str, str]
    report_so_far: str
    report_which: str
    report_returned: str
    report_progress: str
    report_summary: str
    report_message: str
    report_files: str
    report_attached: str
    report_added: str
    report_no_room: str
    report_filed: str
    report_cancelled: str
    report_dropped: str
    nothing_to_report: str
    not_a_denunciation: str
    paper_intro: str
    paper_title: str
    paper_head: str
    paper_lines: dict[str, str]
    paper_message: str
    paper_end: str
    paper_5656: str
    paper_5656_ready: str
    ask_age: str
    ages: dict[str, str]
    ask_commune: str
    described: str


@dataclass(frozen=True)
class RightsWords:
    """Own data, the state of a report, warnings on demand, and corrections."""

    privacy: str
    data_asked: str
    data_given: str
    data_none: str
    erase_confirm: str
    erased: str
    erase_held: str
    erase_kept: str
    consent_withdrawn: str
    status_usage: str
    status: dict[str, str]
    status_unknown: str
    status_too_often: str
    subscribe_menu: str
    subscribed: str
    unsubscribed: str
    everything: str
    everywhere: str
    topics: dict[Group, str]
    unknown_topic: str
    a_scam: str
    review_right: str
    review_wrong: str
    review_cleared: str


@dataclass(frozen=True)
class Words(TalkWords, AnswerWords, EmergencyWords, ReportWords, RightsWords):
    """All sentences of one language."""


def together(*parts: Any) -> Words:
    """The parts of a language as one; a sentence that is missing is an error."""
    return Words(**{name: said for part in parts for name, said in vars(part).items()})
