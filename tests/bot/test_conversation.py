"""The table of states: what each event does in each state, and what is recorded."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import conversation, wording
from bot.events import Media, Tap, Text
from bot.knowledge_base import Knowledge
from bot.turn import (
    CheckMade,
    ConsentGiven,
    ConsentWithdrawn,
    Context,
    DataAsked,
    ErasureAsked,
    FeedbackGiven,
    HelpNeeded,
    JudgeFailed,
    ReportFiled,
    StatusAsked,
    Subscribed,
    Unsubscribed,
)
from knowledge.catalogue import Situation
from knowledge.handbook import Handbook
from knowledge.verdict import Candidate, Frame, Indicator, IndicatorKind, Intent, Level, Span
from tests.bot.citizen import POWER, SCAM, STORY, Citizen, emergency, knowing, verdict, warned

VI, EN = wording.VI, wording.EN
UNSURE = "Bên em giữ hộ quý khách một đơn, anh xác nhận giúp em"
ASKED = "giả điện lực gọi điện là sao"
WISH = "tôi muốn báo công an"
HELLO = "chào em"
VIETQR = (
    "00020101021238540010A00000072701240006970436011010123456780208QRIBFTTA530370454065000005802VN"
    "5912NGUYEN VAN A62130809phi ho so630488C4"
)


def citizen(**more: object) -> Citizen:
    canned = {
        UNSURE: verdict(
            Level.UNKNOWN, methods=(Candidate("shipper-cod", 0.7),), question="Họ có bảo trả tiền trước không?"
        ),
        ASKED: verdict(Level.NONE, frame=Frame.QUESTION),
        WISH: verdict(Level.NONE, frame=Frame.STORY, intent=Intent.REPORT),
        HELLO: verdict(Level.NONE, frame=Frame.SMALLTALK, intent=Intent.SMALLTALK),
    }
    return Citizen(knowing(canned | cast("dict[str, object]", more.get("answers", {}))))  # type: ignore[arg-type]


# ---- The first words


def test_the_first_words_say_who_we_are_what_is_kept_and_offer_samples() -> None:
    asks = citizen().follows()
    assert "trợ lý tự động" in asks.reads
    assert "90 ngày" in asks.reads
    assert asks.choices == ["emergency", "sample-dien-luc", "sample-viec-nhe", "sample-nguoi-quen"]


def test_a_sample_is_answered_and_not_logged() -> None:
    asks = citizen().follows().taps("Mẫu: dọa cắt điện")
    assert asks.replies[0].level is Level.NONE  # the canned judge does not know it
    assert asks.recorded(CheckMade) == []


def test_small_talk_is_answered_with_what_we_can_do() -> None:
    assert citizen().asks(HELLO).reads == VI.small_talk


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "😀😀😀", "!!!", "\u200b\u200b", "\x00\x01", "…"])
def test_a_text_without_words_is_asked_for_words(text: str) -> None:
    asks = citizen().asks(text)
    assert asks.reads == VI.empty
    assert asks.turn.effects == ()


# ---- Checking


def test_a_check_is_answered_and_recorded() -> None:
    asks = citizen().asks(SCAM)
    assert asks.reads.startswith("🔴")
    made = asks.recorded(CheckMade)[0]
    assert (made.text, made.verdict.level) == (SCAM, Level.SCAM)


def test_who_it_was_forwarded_from_is_recorded() -> None:
    made = citizen().does(Text(SCAM, "Điện lực CSKH")).recorded(CheckMade)[0]
    assert made.forwarded_from == "Điện lực CSKH"


def test_each_question_begins_a_new_session() -> None:
    asks = citizen().asks(SCAM)
    first = asks.context.session
    assert asks.asks(SCAM).context.session != first


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("bà sợ quá", VI.comfort),
        ("toi lo lam con oi", VI.comfort),
        ("cảm ơn con nhé", VI.thanks),
        ("Cam on", VI.thanks),
        ("máy là người thật hả", VI.small_talk),
    ],
)
def test_who_is_afraid_is_comforted_and_who_gives_thanks_is_answered(text: str, says: str) -> None:
    talk = verdict(Level.NONE, frame=Frame.SMALLTALK, intent=Intent.SMALLTALK)
    assert citizen(answers={text: talk}).asks(text).reads == says


def asked_about(kind: IndicatorKind, value: str, **given: object) -> object:
    return verdict(Level.NONE, indicators=(Indicator(kind, value, Span(0, 1)),), **given)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("stk 1903456789 techcombank co lua k", {"frame": Frame.QUESTION}),
        ("số này gọi xưng công an có phải lừa đảo không", {"frame": Frame.STORY, "intent": Intent.REPORT}),
        ("Mã QR chuyển tiền: ngân hàng Vietcombank, số tài khoản 1012345678", {}),
    ],
)
def test_a_question_about_a_number_is_answered_by_what_is_known_of_it(text: str, given: dict[str, object]) -> None:
    asks = citizen(answers={text: asked_about(IndicatorKind.ACCOUNT, "1903456789", **given)}).asks(text)
    assert "chưa có kết luận về tài khoản này" in asks.reads
    assert asks.context.state == "checking"


@pytest.mark.parametrize(("choice", "right"), [("wrong", False), ("right", True)])
def test_feedback_is_recorded(choice: str, right: bool) -> None:
    asks = citizen().asks(SCAM)
    asks.does(Tap(asks.context.session, "checking", choice))
    assert asks.recorded(FeedbackGiven) == [FeedbackGiven(right, SCAM, "scam", (POWER,))]
    assert asks.reads == (VI.thanks_right if right else VI.thanks_wrong)


def test_why_and_share_keep_the_answers_buttons_alive() -> None:
    asks = citizen().asks(SCAM)
    session = asks.context.session
    for choice, says in [("why", VI.why_title), ("share", "⚠️ Cảnh báo từ"), ("why", VI.why_title)]:
        asks.does(Tap(session, "checking", choice))
        assert asks.reads.startswith(says)


def test_nothing_can_be_shared_where_nothing_was_named() -> None:
    asks = citizen().asks("ăn cơm chưa con")
    assert asks.does(Tap(asks.context.session, "checking", "share")).reads == VI.nothing_to_share


@pytest.mark.parametrize(("choice", "level"), [("yes", Level.SUSPICIOUS), ("no", Level.NONE)])
def test_the_one_question_decides(choice: str, level: Level) -> None:
    asks = citizen().asks(UNSURE)
    assert asks.choices[:2] == ["yes", "no"]
    asks.taps_choice(choice)
    assert asks.replies[0].level is level
    assert asks.recorded(CheckMade)[0].verdict.level is level
    assert asks.context.last_methods == (("shipper-cod",) if choice == "yes" else ())


def test_a_question_is_answered_from_the_catalogue_and_can_be_shared() -> None:
    asks = citizen().asks(ASKED)
    assert asks.reads.startswith("Giả điện lực dọa cắt điện")
    assert asks.taps("Chia sẻ cho người thân").reads.startswith("⚠️")


def test_a_short_what_is_question_is_one_whatever_its_frame() -> None:
    asks = citizen(answers={"phạt nguội giả là gì": verdict(Level.SUSPICIOUS)}).asks("phạt nguội giả là gì")
    assert asks.reads.startswith("Phạt nguội giả\n")


def test_a_question_about_what_one_received_is_warned_about() -> None:
    text = "Điện lực gọi đòi chuyển khoản trước, có phải lừa đảo không?"
    asks = citizen(answers={text: verdict(Level.SCAM, frame=Frame.QUESTION)}).asks(text)
    assert asks.replies[0].level is Level.SCAM


THEY = "Họ nói gửi quà về cho tôi"


@pytest.mark.parametrize("text", [THEY, "rồi nó bảo đóng thuế", "anh ấy nói thương tôi", "then they asked for a fee"])
def test_a_story_that_goes_on_is_judged_with_what_was_warned_of(text: str) -> None:
    whole = f"{SCAM}\n{text}"
    asks = citizen(answers={whole: warned()}).asks(SCAM).waits(minutes=2).asks(text)
    assert asks.replies[0].level is Level.SCAM
    assert asks.recorded(CheckMade)[0].text == whole
    assert asks.context.last_text == whole


@pytest.mark.parametrize("text", ["Họ hàng tôi chiều nay qua ăn cơm", "chiều nay họp phụ huynh lúc 14 giờ nhé"])
def test_other_words_after_a_warning_are_judged_alone(text: str) -> None:
    asks = citizen(answers={f"{SCAM}\n{text}": warned()}).asks(SCAM).asks(text)
    assert asks.replies[0].level is Level.NONE


def test_a_story_is_not_continued_after_hours_nor_by_what_was_forwarded_nor_after_a_calm_answer() -> None:
    answers = {f"{SCAM}\n{THEY}": warned(), f"Chào cả nhà\n{THEY}": warned()}
    assert citizen(answers=answers).asks(SCAM).waits(hours=2).asks(THEY).replies[0].level is Level.NONE
    assert citizen(answers=answers).asks(SCAM).does(Text(THEY, "Hùng")).replies[0].level is Level.NONE
    assert citizen(answers=answers).asks("Chào cả nhà").asks(THEY).replies[0].level is Level.NONE


def test_what_can_only_be_judged_alone_is() -> None:
    asks = citizen(answers={"explode": warned()}).asks(SCAM)
    broken = conversation.advance(
        replace(asks.context, last_text="explode"), Text(THEY), asks.knowledge, asks.now, lambda: "C9"
    )
    assert broken.replies[0].level is Level.NONE


def test_a_loss_in_a_story_that_goes_on_is_first_aid() -> None:
    text = "nó lấy hết tiền của tôi rồi"
    asks = citizen(answers={text: emergency(Situation.PAID), f"{SCAM}\n{text}": warned()}).asks(SCAM).asks(text)
    assert asks.recorded(HelpNeeded)


# ---- Which of these is yours?


def several() -> Citizen:
    rivals = tuple(Candidate(s, p) for s, p in [(POWER, 0.3), ("phat-nguoi", 0.29), ("shipper-cod", 0.28)])
    return citizen(answers={SCAM: warned(methods=rivals)}).asks(SCAM)


def test_the_citizen_chooses_among_close_methods() -> None:
    asks = several().taps("Phạt nguội giả")
    assert "Giống thủ đoạn: Phạt nguội giả" in asks.reads
    assert asks.context.last_methods == ("phat-nguoi",)
    assert asks.recorded(CheckMade)[0].verdict.methods[0].slug == "phat-nguoi"


def test_none_of_them_keeps_the_warning() -> None:
    asks = several().taps("Không phải")
    assert asks.reads == VI.wrong_choice
    assert asks.context.last_level == "scam"


@pytest.mark.parametrize("choice", ["9", "-1", "x", "", "²", "00"])
def test_a_choice_that_was_never_offered_is_stale(choice: str) -> None:
    asks = several()
    said = asks.does(Tap(asks.context.session, "clarifying", choice)).reads
    assert said in {VI.stale}


# ---- Stale and hand-made taps


@pytest.mark.parametrize(
    "state", ["welcome", "checking", "clarifying", "reporting", "subscribing", "rights", "", "nonsense"]
)
def test_an_old_button_gets_a_kind_sentence(state: str) -> None:
    asks = citizen().asks(SCAM)
    assert asks.does(Tap("C-old", state, "why")).reads == VI.stale


@pytest.mark.parametrize("state", ["welcome", "checking", "clarifying", "reporting", "subscribing", "rights"])
def test_an_unknown_choice_never_fails(state: str) -> None:
    asks = citizen().asks(SCAM)
    assert asks.does(Tap(asks.context.session, state, "nonsense")).replies


# ---- Emergency, in one step from everywhere


def everywhere() -> list[Citizen]:
    return [
        citizen().follows(),
        citizen().asks(SCAM),
        several(),
        citizen().asks(SCAM).taps("Báo công an"),
        citizen().asks(SCAM).taps("Báo công an").taps_choice("agree"),
        citizen().asks(SCAM).taps("Tôi đã lỡ làm theo"),
        citizen().asks(STORY),
        citizen().asks("/dangky"),
        citizen().asks("/xoadulieu"),
        citizen().asks("/chuto"),
        citizen().leaves(),
    ]


def test_the_red_button_works_in_every_state() -> None:
    for asks in everywhere():
        asks.does(Tap("C-of-an-old-answer", "checking", "emergency"))
        assert asks.reads == VI.emergency_menu
        assert asks.taps("Đã chuyển tiền").reads.startswith("🔴 VIỆC CẦN LÀM NGAY")


@pytest.mark.parametrize("word", ["khẩn cấp", "KHAN CAP", "/khancap", "Khẩn cấp!"])
def test_the_one_word_that_we_tell_people_to_write_works_in_every_state(word: str) -> None:
    for asks in everywhere():
        assert asks.asks(word).reads == VI.emergency_menu


def test_words_work_in_every_state() -> None:
    for asks in everywhere():
        if asks.context.state == "reporting" and asks.context.situation:
            continue
        agreed = asks.context.agreed or asks.context.state != "reporting"
        assert asks.asks(STORY).reads.startswith("🔴 VIỆC CẦN LÀM NGAY"), asks.context
        assert agreed or asks.recorded(HelpNeeded)


@pytest.mark.parametrize("situation", list(Situation))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_situation_has_its_card(situation: Situation, language: str) -> None:
    asks = citizen(answers={"it happened": emergency(situation, language)}).asks("it happened")
    words = wording.of(language)
    assert asks.reads.startswith(f"🔴 {words.emergency_lead}: ")
    assert asks.choices == ["steps", "report", "wrong"]
    assert asks.recorded(HelpNeeded)[0].situation == situation.value
    assert asks.taps_choice("steps").reads


def test_a_situation_of_an_old_menu_still_helps() -> None:
    asks = citizen().asks(SCAM)
    assert asks.does(Tap("C-old", "emergency", "installed")).reads.startswith("🔴 VIỆC CẦN LÀM NGAY")


def test_the_bank_that_was_named_is_named() -> None:
    assert "Vietcombank: gọi " in citizen().asks(STORY).reads


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("explode, tôi lỡ chuyển tiền cho nó rồi", "paid"),
        ("explode em đã đọc mã OTP cho họ", "disclosed"),
        ("explode I already sent them money", "paid"),
    ],
)
def test_first_aid_without_a_judge(text: str, situation: str) -> None:
    asks = citizen().asks(text)
    assert asks.reads.startswith("🔴 VIỆC CẦN LÀM NGAY")
    assert [n.situation for n in asks.recorded(HelpNeeded)] == [situation]
    assert asks.recorded(JudgeFailed) == [JudgeFailed("RuntimeError")]


def test_the_menu_needs_no_judge() -> None:
    asks = Citizen(knowing(broken=True)).does(Tap("any", "checking", "emergency"))
    assert asks.taps("Đã cài ứng dụng lạ").reads.startswith("🔴 VIỆC CẦN LÀM NGAY")


def test_first_aid_without_judge_and_handbook() -> None:
    nothing = Knowledge(knowing(broken=True).judge, cast(Handbook, None))
    asks = Citizen(nothing).asks("tôi lỡ chuyển tiền cho nó rồi")
    assert asks.reads == VI.emergency_fallback
    assert asks.recorded(HelpNeeded)


def test_another_text_without_a_judge_is_left_to_be_tried_again() -> None:
    with pytest.raises(RuntimeError):
        citizen().asks("explode, tin này là gì")


# ---- Reporting


def reporting() -> Citizen:
    return citizen().asks(SCAM).taps("Báo công an")


def test_a_report_begins_with_the_notice_and_asks_for_consent() -> None:
    asks = reporting()
    assert "Bên giữ: Công an" in asks.reads
    assert asks.choices == ["agree", "send", "cancel"]
    assert asks.turn.effects == ()


def test_consent_is_recorded_with_the_version_of_the_notice() -> None:
    asks = reporting().taps_choice("agree")
    assert asks.recorded(ConsentGiven) == [ConsentGiven(wording.NOTICE)]
    assert asks.context.consented == wording.NOTICE


def test_silence_is_no_consent() -> None:
    asks = reporting().asks("ừ thì")
    assert asks.context.state == "checking"
    assert asks.context.answers == {}
    assert asks.recorded(ConsentGiven) == []


def test_at_most_six_questions_each_skippable_then_a_summary() -> None:
    asks = reporting().taps_choice("agree")
    asked = []
    while "skip" in asks.choices:
        asked.append(asks.context.asked)
        asks.taps_choice("skip")
    assert 3 <= len(asked) <= 6
    assert len(set(asked)) == len(asked)
    assert asks.reads.startswith(VI.report_summary)
    assert asks.choices == ["send", "change", "cancel"]


def test_the_questions_are_counted() -> None:
    assert "Câu 1/" in reporting().taps_choice("agree").reads


def test_a_filed_report_has_the_answers_and_ends_with_a_draft_and_where_to_go() -> None:
    asks = reporting().taps_choice("agree").asks("Số lạ gọi, xưng điện lực").asks("0905123318")
    asks.taps_choice("send")
    filed = asks.recorded(ReportFiled)[0]
    assert filed.answers == {"who": "Số lạ gọi, xưng điện lực", "number": "0905123318"}
    assert (filed.text, filed.level, filed.methods) == (SCAM, "scam", (POWER,))
    assert filed.code in asks.replies[0].text
    assert "chưa phải đơn tố giác" in asks.reads
    assert VI.paper_title in asks.reads
    assert "5656" in asks.reads
    assert asks.context.answers == {}


def test_a_report_can_be_sent_at_once() -> None:
    asks = reporting().taps_choice("send")
    assert asks.recorded(ConsentGiven)
    assert asks.recorded(ReportFiled)


def test_a_report_is_sent_once() -> None:
    asks = reporting()
    button = next(b for b in asks.buttons if b.choice == "send")
    asks.taps_choice("send").does(Tap(button.session, button.state, button.choice))
    assert asks.reads == VI.stale
    assert sum(isinstance(e, ReportFiled) for e in asks.effects) == 1


def test_a_cancelled_report_is_forgotten() -> None:
    asks = reporting().taps_choice("agree").asks("Số lạ gọi").taps_choice("cancel")
    assert asks.reads == VI.report_dropped
    assert asks.context.answers == {}
    assert not any(isinstance(e, ReportFiled) for e in asks.effects)


@pytest.mark.parametrize("text", ["/huy", "/thoi", "/cancel"])
def test_a_report_is_cancelled_by_words(text: str) -> None:
    assert reporting().taps_choice("agree").asks(text).reads == VI.report_dropped


def test_secrets_are_never_kept() -> None:
    asks = reporting().taps_choice("agree").asks("nó xin OTP là 483920 và mật khẩu là Hoa@1988")
    assert "483920" not in str(asks.context.answers)
    assert "1988" not in str(conversation.dump(asks.context))


def test_who_has_no_message_tells_the_story_first() -> None:
    asks = citizen().asks("/baocao")
    assert asks.choices == ["agree", "cancel"]
    assert VI.report_questions["story"] in asks.taps_choice("agree").reads


def test_nothing_at_all_is_not_filed() -> None:
    asks = citizen().asks("/baocao").taps_choice("agree").taps_choice("send")
    assert asks.reads == VI.nothing_to_report
    assert asks.recorded(ReportFiled) == []


def test_a_wish_to_report_is_about_the_message_before() -> None:
    asks = citizen().asks(SCAM).asks(WISH)
    assert asks.context.state == "reporting"
    assert asks.context.last_text == SCAM


def test_a_wish_that_names_a_number_is_about_that_number() -> None:
    text = "tôi muốn báo số 0905123318"
    phone = Indicator(IndicatorKind.PHONE, "0905123318", Span(16, 26))
    asks = citizen(answers={text: verdict(intent=Intent.REPORT, indicators=(phone,))}).asks(SCAM).asks(text)
    assert asks.context.last_text == text


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("tôi muốn báo số 0905123318", True),
        ("cho tôi báo công an số 0905123318 lừa tôi", True),
        ("báo số này 0905123318", True),
        ("I want to report 0905123318", True),
        ("số 0905123318 báo tài khoản tôi bị khóa", False),
        ("0905123318 có phải lừa đảo không", False),
        ("muốn báo số 0905123318 có phải lừa đảo không", False),
        ("0905123318", False),
    ],
)
def test_a_wish_is_heard_beside_a_number_and_a_number_is_no_wish(text: str, reports: bool) -> None:
    phone = Indicator(IndicatorKind.PHONE, "0905123318", Span(0, 10))
    bare = verdict(Level.UNKNOWN, frame=Frame.ENTITY, intent=Intent.ENTITY, indicators=(phone,))
    asks = citizen(answers={text: bare}).asks(text)
    assert (asks.context.state == "reporting") is reports


def test_pictures_are_attached() -> None:
    asks = reporting().taps_choice("agree").sends_picture("chuyển khoản", more=("file-2",))
    assert asks.reads.startswith(VI.report_attached)
    assert "Câu 1/" in asks.reads
    asks.taps_choice("send")
    assert asks.recorded(ReportFiled)[0].files == ("file-1", "file-2")


def test_a_cry_in_the_middle_keeps_the_answers() -> None:
    asks = reporting().taps_choice("agree").asks("Số lạ gọi").asks(STORY)
    assert asks.reads.startswith("🔴 VIỆC CẦN LÀM NGAY")
    asks.taps_choice("report")
    assert asks.context.answers["who"] == "Số lạ gọi"
    assert "Câu 3/" in asks.reads


def test_an_answer_that_sounds_like_a_cry_is_an_answer() -> None:
    asks = reporting().taps_choice("agree").asks("Số lạ").asks("0905123318").asks("STK 123456")
    assert asks.context.asked == "amount"
    assert asks.asks(STORY).context.state == "reporting"


def test_an_interview_goes_on_without_a_judge() -> None:
    asks = reporting().taps_choice("agree").asks("explode số lạ gọi")
    assert asks.context.answers == {"who": "explode số lạ gọi"}


def test_who_agreed_once_is_not_asked_again() -> None:
    asks = reporting().taps_choice("send").asks(SCAM).taps("Báo công an")
    assert "skip" in asks.choices


# ---- Commands


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("/batdau", "Chào bạn"),
        ("/start", "Chào bạn"),
        ("/trogiup", "Cách dùng"),
        ("/trợ giúp", "Cách dùng"),
        ("Trợ giúp", "Cách dùng"),
        ("/TroGiup@canhgiac_bot", "Cách dùng"),
        ("/khongco", "Cách dùng"),
        ("/quyenriengtu", "Bên giữ dữ liệu"),
        ("quyền riêng tư", "Bên giữ dữ liệu"),
        ("/dulieucuatoi", VI.data_asked),
        ("/xoa_du_lieu", VI.erase_confirm),
        ("/rut_dong_y", VI.consent_withdrawn),
        ("/khancap", VI.emergency_menu),
        ("/tinhtrang", VI.status_usage),
        ("/ngonngu", VI.language_usage),
        ("/ngonngu en", EN.language_set),
        ("/language english", EN.language_set),
        ("/chuto", VI.elder_on),
        ("/dangky", VI.subscribe_menu),
        ("/im", VI.group_only),
        ("xóa hết tin của tôi", VI.erase_confirm),
        ("bạn giữ gì của tôi vậy", VI.data_asked),
        ("phản ánh của tôi đến đâu rồi", VI.status_usage),
    ],
)
def test_commands(text: str, starts: str) -> None:
    assert citizen().asks(text).reads.startswith(starts)


@pytest.mark.parametrize(
    "text",
    [
        "nó đòi xóa hết ảnh của tôi",
        "họ giữ giấy tờ của tôi",
        "hủy",
        "im",
        "nói",
        "start",
        "report",
        "/ 5 ngày",
        "1/2 cân thịt",
        "tình trạng con sao rồi",
        "nó xóa tin nhắn của tôi",
        "họ đã xóa tin nhắn của tôi",
        "nó xóa hết dữ liệu của tôi",
        "ai xóa tin nhắn của tôi vậy",
        "app xóa dữ liệu của tôi",
        "máy xóa hết tin nhắn của tôi",
        "bị xóa hết tin nhắn của tôi",
        "lỡ xóa tin nhắn của tôi rồi",
        "tôi đã xóa tin nhắn của em",
        "no da xoa tin nhan cua toi",
    ],
)
def test_words_that_are_no_command(text: str) -> None:
    assert citizen().asks(text).recorded(CheckMade)


@pytest.mark.parametrize("text", ["dạ xóa dữ liệu của em", "giúp tôi xóa thông tin của tôi", "Xóa hết lịch sử của tôi"])
def test_erasure_is_asked_for_in_own_words(text: str) -> None:
    assert citizen().asks(text).reads == VI.erase_confirm


@pytest.mark.parametrize("text", ["Xóa tin nhắn này của em nhé", "xóa hết tin của tôi", "nói tiếng Anh đi"])
def test_what_is_passed_on_is_no_wish_of_whoever_passes_it_on(text: str) -> None:
    asks = citizen().does(Text(text, "Hùng"))
    assert asks.recorded(CheckMade)
    assert asks.context.state == "checking"


def test_data_is_asked_for() -> None:
    assert citizen().asks("/dulieucuatoi").recorded(DataAsked)


def test_erasure_takes_two_steps_and_forgets_the_conversation() -> None:
    asks = citizen().asks("/chuto").asks(SCAM).asks("/xoadulieu")
    assert asks.recorded(ErasureAsked) == []
    asks.taps("Xóa hết dữ liệu của tôi")
    assert len(asks.recorded(ErasureAsked)) == 1
    assert (asks.context.last_text, asks.context.elder) == ("", True)


@pytest.mark.parametrize("typed", ["Xóa hết dữ liệu của tôi", "xoa het du lieu cua toi", "1"])
def test_the_words_of_a_button_are_a_tap_before_they_are_a_wish(typed: str) -> None:
    asks = citizen().asks("xóa hết tin của tôi")
    assert asks.reads == VI.erase_confirm
    expected = typed != "xoa het du lieu cua toi"  # without its marks it is a wish again, and asked about again
    assert bool(asks.asks(typed).recorded(ErasureAsked)) is expected


def test_erasure_can_be_declined() -> None:
    asks = citizen().asks(SCAM).asks("/xoadulieu").taps("Thôi, giữ lại")
    assert asks.reads == VI.erase_kept
    assert asks.context.last_text == SCAM


def test_consent_can_be_taken_back() -> None:
    asks = reporting().taps_choice("send").asks("/rutdongy")
    assert asks.recorded(ConsentWithdrawn)
    assert "agree" in asks.asks(SCAM).taps("Báo công an").choices


@pytest.mark.parametrize(
    "text", ["/tinhtrang 7K2M9QX4A", "/tinhtrang 7k2m-9qx4a", "/tình trạng 7K2M9QX4A", "/status 7K2M9QX4A"]
)
def test_the_state_of_a_report_is_asked_for(text: str) -> None:
    assert citizen().asks(text).recorded(StatusAsked) == [StatusAsked("7K2M9QX4A")]


@pytest.mark.parametrize(
    ("text", "subscribed"),
    [
        ("/dangky tất cả", Subscribed("", "")),
        ("/dangky đầu tư", Subscribed("investment_work", "")),
        ("/dangky xã Tam Anh", Subscribed("", "xã Tam Anh")),
        ("/dangky đầu tư, xã Tam Anh", Subscribed("investment_work", "xã Tam Anh")),
        ("/dang ky tong tien phuong Hoi An", Subscribed("extortion", "phuong Hoi An")),
    ],
)
def test_warnings_are_subscribed_to(text: str, subscribed: Subscribed) -> None:
    assert citizen().asks(text).recorded(Subscribed) == [subscribed]


def test_a_topic_is_chosen_from_a_menu() -> None:
    asks = citizen().asks("/dangky").taps("Tống tiền, đòi nợ")
    assert asks.recorded(Subscribed) == [Subscribed("extortion", "")]
    assert "Tống tiền, đòi nợ, cả tỉnh" in asks.reads


def test_a_topic_that_nobody_knows_is_asked_again() -> None:
    asks = citizen().asks("/dangky bóng đá")
    assert asks.reads == VI.unknown_topic
    assert asks.recorded(Subscribed) == []


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("/huy", Unsubscribed("", "")),
        ("/huy đầu tư", Unsubscribed("investment_work", "")),
        ("/huy gì cũng được", Unsubscribed("", "")),
    ],
)
def test_warnings_are_stopped(text: str, stopped: Unsubscribed) -> None:
    assert citizen().asks(text).recorded(Unsubscribed) == [stopped]


def test_who_leaves_is_unsubscribed() -> None:
    asks = citizen().asks(SCAM).leaves()
    assert asks.replies == ()
    assert asks.recorded(Unsubscribed)


# ---- Manner


def test_the_chosen_language_wins_over_the_messages() -> None:
    asks = citizen().asks("/ngonngu en").asks(SCAM)
    assert asks.reads.startswith("🔴 MATCHES A KNOWN SCAM")
    assert asks.taps("Why?").reads.startswith(EN.why_title)
    assert asks.asks("/ngonngu vi").asks(SCAM).reads.startswith("🔴 KHỚP")


def test_an_english_message_gets_an_english_answer() -> None:
    asks = citizen(answers={"hi": verdict(language="en")}).asks("hi")
    assert asks.reads.startswith("⚪ NO SIGN FOUND")


VIETNAMESE = re.compile(r"(?i)[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]")


def left_over(asks: Citizen) -> str:
    """What is Vietnamese in an answer, without quotes, the unit's own name, and the names of communes."""
    unit = asks.knowledge.handbook.unit
    plain = asks.reads + "\n" + "\n".join(b.label for b in asks.buttons)
    for own in (unit.name, unit.parent, unit.controller, unit.privacy_contact, "xã Tam Anh", "Tiếng Việt"):
        plain = plain.replace(own, "")
    plain = re.sub("“[^”]*”", "", plain)
    return "\n".join(line for line in plain.split("\n") if VIETNAMESE.search(line))


@pytest.mark.parametrize(
    "said",
    [
        "/start", "/help", "/privacy", "/mydata", "/erase", "/withdraw", "/status", "/subscribe", "/unsubscribe",
        "/subscribe football", "/emergency", "/report", "/large", "/mute", "/language", SCAM, STORY, UNSURE, ASKED,
        HELLO, "", "0905123318", "explode I paid them",
    ],
)  # fmt: skip
def test_nothing_is_left_over_in_an_english_conversation(said: str) -> None:
    phone = Indicator(IndicatorKind.PHONE, "0905123318", Span(0, 10))
    bare = verdict(Level.UNKNOWN, frame=Frame.ENTITY, intent=Intent.ENTITY, indicators=(phone,))
    asks = citizen(answers={"0905123318": bare}).asks("/language en").asks(said)
    assert left_over(asks) == ""
    for choice in {b.choice for b in asks.buttons} & {"why", "share", "wrong", "steps", "report", "yes", "no"}:
        again = citizen(answers={"0905123318": bare}).asks("/language en").asks(said).taps_choice(choice)
        assert left_over(again) == "", choice


@pytest.mark.parametrize("situation", [s.value for s in Situation])
def test_first_aid_in_english_is_english(situation: str) -> None:
    asks = citizen().asks("/language en").asks("/emergency").does(Tap("any", "emergency", situation))
    assert left_over(asks) == ""
    assert left_over(asks.taps_choice("steps")) == ""


@pytest.mark.parametrize("kind", ["image", "audio", "file", "sticker", "location", "contact"])
def test_media_in_english_are_answered_in_english(kind: str) -> None:
    assert left_over(citizen().asks("/language en").does(Media(kind, "ref"))) == ""


def test_elders_get_three_lines_until_they_want_more() -> None:
    asks = citizen().asks("/chuto").asks(SCAM)
    assert len(asks.reads.split("\n")) == 3
    assert len(asks.asks("/chuto").asks(SCAM).reads.split("\n")) > 8


@pytest.mark.parametrize(
    ("typed", "starts"),
    [
        ("1", VI.emergency_menu),
        ("3", VI.why_title),
        ("(3)", VI.why_title),
        ("số 3", VI.why_title),
        ("vì sao", VI.why_title),
        ("Vì sao?", VI.why_title),
        ("SAI RỒI", VI.thanks_wrong),
    ],
)
def test_a_typed_number_or_label_is_a_tap(typed: str, starts: str) -> None:
    assert citizen().asks(SCAM).asks(typed).reads.startswith(starts)


def test_a_number_that_was_not_offered_is_a_text() -> None:
    assert citizen().asks(SCAM).asks("99").recorded(CheckMade)


def test_numbers_mean_the_last_bubble() -> None:
    assert "Phạt nguội giả" in several().asks("2").reads


def test_a_typed_number_in_an_interview_shows_before_it_sends() -> None:
    asks = reporting().taps_choice("agree").asks("2")
    assert asks.recorded(ReportFiled) == []
    assert asks.reads.startswith(VI.report_summary)
    assert asks.asks("1").recorded(ReportFiled)


# ---- Pictures and other media


def test_a_picture_is_read_aloud_and_judged() -> None:
    asks = citizen().sends_picture(SCAM)
    assert asks.replies[0].text.startswith("Trong ảnh tôi đọc được:")
    assert "evn-dongtien.top" not in asks.replies[0].text
    assert asks.replies[1].level is Level.SCAM


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("image", VI.picture_unreadable),
        ("audio", VI.sound),
        ("video", VI.sound),
        ("file", VI.sound),
        ("sticker", VI.sticker),
        ("location", VI.location),
        ("contact", VI.contact),
        ("new kind", VI.sticker),
    ],
)
def test_media_without_words(kind: str, says: str) -> None:
    asks = citizen().does(Media(kind, "ref"))
    assert asks.reads == says
    assert asks.choices == ["emergency"]


def test_a_caption_is_judged() -> None:
    assert citizen().does(Media("video", "ref", caption=SCAM)).replies[1].level is Level.SCAM


def test_of_a_picture_that_cannot_be_read_only_the_caption_is_judged_and_that_is_said() -> None:
    asks = citizen().does(Media("image", "ref", caption=SCAM))
    assert asks.replies[0].text == VI.picture_unreadable
    assert asks.replies[1].level is Level.SCAM
    assert (asks.context.read, asks.context.pictures) == (False, ("ref",))


def test_a_code_is_judged() -> None:
    assert citizen().does(Media("image", "ref", qr=("https://a.top",))).recorded(CheckMade)[0].text == "https://a.top"


READ = "Ngan hang thong bao\ntai khoan cua ban se bi kh0a\ntrong 24h, bam vao vcb-xacthuc.t0p de mo lai"


def test_a_misread_line_is_typed_as_it_is_and_the_whole_is_looked_at_again() -> None:
    asks = citizen().sends_picture(READ)
    assert "gõ lại đúng câu đó" in asks.replies[0].text
    asks.asks("trong 24h bấm vào vcb-xacthuc.top để mở lại")
    assert asks.replies[0].text == VI.picture_corrected
    whole = "Ngan hang thong bao\ntai khoan cua ban se bi kh0a\ntrong 24h bấm vào vcb-xacthuc.top để mở lại"
    assert asks.recorded(CheckMade)[0].text == whole
    asks.asks("tai khoan cua ban se bi khoa")
    assert "se bi khoa\n" in asks.recorded(CheckMade)[0].text


def test_a_sentence_that_stands_in_two_lines_is_corrected_whole() -> None:
    asks = (
        citizen().sends_picture(READ).asks("tài khoản của bạn sẽ bị khóa trong 24h, bấm vào vcb-xacthuc.top để mở lại")
    )
    assert asks.recorded(CheckMade)[0].text.count("\n") == 1


@pytest.mark.parametrize("text", [SCAM, "cảm ơn nhé", "ok", "tai khoan cua ban se bi kh0a", "một\nhai ba bốn năm sáu"])
def test_what_is_no_line_of_the_picture_is_a_new_question(text: str) -> None:
    asks = citizen().sends_picture(READ).asks(text)
    assert [made.text for made in asks.recorded(CheckMade)] in ([text], [])
    assert asks.replies[0].text != VI.picture_corrected


def test_after_words_nothing_is_taken_for_a_correction() -> None:
    asks = citizen().asks(READ).asks("trong 24h bấm vào vcb-xacthuc.top để mở lại")
    assert asks.recorded(CheckMade)[0].text == "trong 24h bấm vào vcb-xacthuc.top để mở lại"


def test_a_long_picture_says_how_much_more_was_read() -> None:
    asks = citizen().sends_picture("\n".join(f"dòng thứ {n}" for n in range(9)))
    assert "… và 4 dòng nữa" in asks.replies[0].text


def test_a_payment_code_is_told_with_bank_account_name_and_sum() -> None:
    asks = citizen().does(Media("image", "ref", qr=(VIETQR,)))
    assert "Vietcombank, tài khoản •••678, tên trong mã: NGUYEN VAN A" in asks.replies[0].text
    assert "500.000 đồng" in asks.replies[0].text
    assert "số tài khoản 1012345678" in asks.recorded(CheckMade)[0].text


def test_only_what_was_read_as_letters_can_be_corrected() -> None:
    assert VI.picture_misread not in citizen().does(Media("image", "ref", qr=(VIETQR,))).reads
    assert VI.picture_misread in citizen().sends_picture(READ, qr=(VIETQR,)).reads


def test_what_another_code_holds_is_told_without_anything_to_tap() -> None:
    asks = citizen().does(Media("image", "ref", qr=("https://vcb-xacthuc.top/a",)))
    assert "vcb-xacthuc[.]top" in asks.replies[0].text
    assert asks.recorded(CheckMade)[0].text == "https://vcb-xacthuc.top/a"


@pytest.mark.parametrize("name", ["VNeID.apk", "dich-vu-cong.APK", "setup.exe"])
def test_a_file_that_installs_something_is_warned_of(name: str) -> None:
    asks = citizen().does(Media("file", "ref", name=name))
    assert asks.reads == VI.app_file
    assert asks.choices == ["emergency"]


# ---- Who we are, said once to whoever was not greeted


def test_who_was_not_greeted_learns_with_the_first_answer_who_answers_and_what_is_kept() -> None:
    asks = citizen().asks(SCAM)
    assert "Tôi là trợ lý tự động của" in asks.reads
    assert "90 ngày" in asks.reads
    assert "không phải người" not in asks.asks(SCAM).reads


def test_who_was_greeted_is_not_told_again() -> None:
    assert "không phải người" not in citizen().follows().asks(SCAM).reads


def test_first_aid_comes_without_it() -> None:
    assert "không phải người" not in citizen().asks(STORY).reads


# ---- Said in plain words instead of tapped


@pytest.mark.parametrize(
    ("typed", "right"),
    [("đúng rồi", True), ("Dạ đúng ạ", None), ("sai rồi", False), ("không đúng", False), ("Nhầm rồi!", False)],
)
def test_right_and_wrong_are_heard_in_words(typed: str, right: bool | None) -> None:
    given_ = citizen().asks(SCAM).asks(typed).recorded(FeedbackGiven)
    assert [one.right for one in given_] == ([] if right is None else [right])


def test_right_and_wrong_are_offered_below_the_reasons() -> None:
    asks = citizen().asks(SCAM).taps("Vì sao?")
    assert asks.choices == ["emergency", "report", "share", "right", "wrong"]
    assert asks.taps("Đúng rồi").recorded(FeedbackGiven)[0].right


@pytest.mark.parametrize(("typed", "level"), [("dạ có", Level.SUSPICIOUS), ("ko", Level.NONE), ("Không ạ", Level.NONE)])
def test_the_one_question_is_answered_as_people_speak(typed: str, level: Level) -> None:
    assert citizen().asks(UNSURE).asks(typed).replies[0].level is level


def test_a_yes_without_a_question_is_no_answer() -> None:
    assert citizen().asks(SCAM).asks("vâng").recorded(CheckMade)


# ---- Several bubbles


def test_several_bubbles_are_one_question() -> None:
    assert conversation.joined([Text("một "), Text(" "), Text("hai")]) == Text("một\nhai")


def test_bubbles_of_one_origin_keep_it() -> None:
    assert conversation.joined([Text("một", "Hùng"), Text("hai", "Hùng")]) == Text("một\nhai", "Hùng")


def test_a_forwarded_chat_keeps_who_said_what() -> None:
    said = conversation.joined([Text("chuyển đi", "Hùng"), Text("tiền đâu", "Lan"), Text("vậy là sao?")])
    assert said.text == "Hùng: chuyển đi\nLan: tiền đâu\nvậy là sao?"
    assert said.forwarded_from == "Hùng, Lan"


def test_no_bubble_is_an_empty_text() -> None:
    assert conversation.joined([]) == Text("")


# ---- Groups


def test_a_group_is_overheard_in_silence() -> None:
    asks = citizen()
    for text in ["chào cả nhà, tối nay họp lúc mấy giờ vậy mọi người", STORY, "explode " * 10, "", "ok"]:
        asks.is_overheard(text)
        assert (asks.replies, asks.turn.effects) == ((), ())
        assert asks.context.last_text == ""


def test_a_known_scam_is_warned_about_once_in_a_while() -> None:
    asks = citizen().is_overheard(SCAM)
    assert [r.level for r in asks.replies] == [Level.SCAM]
    assert asks.recorded(CheckMade)
    assert asks.waits(minutes=9).is_overheard(SCAM).replies == ()
    assert asks.waits(minutes=2).is_overheard(SCAM).replies != ()


@pytest.mark.parametrize(
    "unsure",
    [
        warned(probability=0.8),
        verdict(Level.SUSPICIOUS),
        warned(frame=Frame.STORY),
        warned(frame=Frame.WARNING_QUOTE),
        warned(situation=Situation.PAID),
        warned(methods=()),
    ],
)
def test_a_group_is_not_disturbed_without_being_sure(unsure: object) -> None:
    assert citizen(answers={SCAM: unsure}).is_overheard(SCAM).replies == ()


def test_a_group_can_silence_us_and_call_us_back() -> None:
    asks = citizen().does(Text("/im"), group=True)
    assert asks.reads == VI.group_muted
    assert asks.is_overheard(SCAM).replies == ()
    assert asks.does(Text("/noi"), group=True).reads == VI.group_awake
    assert asks.is_overheard(SCAM).replies != ()


def test_a_question_in_a_group_is_answered() -> None:
    assert citizen().does(Text(SCAM), group=True).replies[0].level is Level.SCAM


@pytest.mark.parametrize("text", ["/dulieucuatoi", "/xoadulieu", "/baocao", "/tinhtrang 7K2M9QX4A"])
def test_nobodys_own_matters_are_shown_in_a_group(text: str) -> None:
    asks = citizen().does(Text(text), group=True)
    assert asks.reads == VI.private_only
    assert asks.turn.effects == ()


# ---- Contexts, and anything at all


def test_a_context_of_another_version_is_read() -> None:
    old = {"session": "C1", "state": "checking", "gone": 1, "last_methods": ["a"]}
    assert conversation.load(old) == Context("C1", "checking", last_methods=("a",))


EVENTS = st.one_of(
    st.text(max_size=200).map(Text),
    st.sampled_from(
        [SCAM, STORY, UNSURE, WISH, ASKED, HELLO, "1", "2", "/dangky", "/xoadulieu", "/baocao", "/chuto", "/huy"]
    ).map(Text),
    st.builds(
        Media, st.sampled_from(["image", "audio", "file", "sticker", "x"]), st.just("ref"), caption=st.text(max_size=30)
    ),
    st.integers(0, 12),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=12))
def test_any_conversation_is_answered_kindly_and_briefly(events: list[object]) -> None:
    asks = citizen()
    for event in events:
        if isinstance(event, int):
            buttons = asks.buttons or asks.context.buttons
            if not buttons:
                continue
            button = buttons[event % len(buttons)]
            asks.does(Tap(button.session, button.state, button.choice))
        else:
            asks.does(event)  # type: ignore[arg-type]
        assert asks.replies or asks.turn.effects
        assert all(0 < len(reply.text) <= 2000 for reply in asks.replies)
        assert all(0 < len(b.label) <= 80 for b in asks.buttons)
        assert all(len(f"{b.session}/{b.state}/{b.choice}".encode()) <= 64 for b in asks.buttons)


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "🙂" * 5000, "\u200b" * 10_000 + "a", "\x00a" * 1000, "<b>&lt;script>" * 50, "(a+)+$" * 1000],
)
def test_hostile_text_is_answered(text: str) -> None:
    asks = citizen().asks(text)
    assert asks.replies
    assert len(asks.context.last_text) <= 5000
