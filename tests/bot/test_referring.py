"""A few words after an answer mean what was answered, are never taken for a message, and never hide a loss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import conversation, wording
from bot.events import Media, Tap, Text
from bot.states import referring
from bot.turn import CheckMade, HelpNeeded
from knowledge.catalogue import Situation
from knowledge.verdict import Candidate, Frame, Indicator, IndicatorKind, Intent, Level, Span, Verdict
from tests.bot.citizen import POWER, SCAM, STORY, Citizen, emergency, entity, knowing, verdict

VI, EN = wording.VI, wording.EN
FINE = "Trường báo chiều nay họp phụ huynh lúc 14 giờ"
UNSURE = "Bên em giữ hộ quý khách một đơn, anh xác nhận giúp em"
NUMBER = "0905123318"
QUESTION = "Họ có bảo trả tiền trước không?"
PHONE = Indicator(IndicatorKind.PHONE, NUMBER, Span(0, 10))

AGAIN = [
    "thật không?", "that khong", "Thật không ạ", "thật hả cháu", "có thật không con", "có phải lừa đảo không",
    "vậy là lừa đảo hả", "tin này có phải lừa đảo ko ạ", "chắc không?", "có chắc không đấy", "đúng không?", "là sao",
    "vậy là sao hả cháu", "nghĩa là gì", "tôi không hiểu", "sao biết là giả", "có tin được không", "lừa đảo rồi hả",
    "có an toàn không", "xem giúp bác tin này có phải lừa đảo không cháu", "thiệt hông", "lua dao ha", "is it real?",
    "are you sure?", "so is this a scam", "what does that mean?", "really?",
]  # fmt: skip
DO = [
    "thế tôi phải làm gì", "the toi phai lam gi", "giờ làm sao", "bây giờ tôi nên làm gì ạ", "phải làm sao hả cháu",
    "vậy giờ sao", "làm gì tiếp", "có nên bấm vào link không", "toi co nen tra loi khong", "có nên chuyển tiền không ạ",
    "what should I do now?", "what now", "should I open the link?",
]  # fmt: skip
NEXT = ["rồi sao nữa", "rồi sao hả con", "làm gì nữa không", "tiếp theo thì sao"]
WILL = [
    "vậy tôi chuyển tiền nhé", "thế con bấm vào link nha", "tôi chuyển được không", "toi tra loi ho nhe", "vậy chuyển đây"
]  # fmt: skip
WHO = [
    "số này của ai", "so nay cua ai vay", "ai gọi vậy", "cho hỏi số này của ai ạ", "tài khoản này là của ai", "của ai thế",
    "who is this", "whose number is this?", "who called me",
]  # fmt: skip
UNDONE = [
    "tôi chưa chuyển", "toi chua chuyen", "may quá chưa chuyển tiền", "em chưa làm gì cả", "chưa bấm", "chưa bấm",
    "dạ con chưa đưa mã cho ai", "tôi chưa mất gì", "bác chưa chuyển đồng nào", "I haven't paid yet",
    "I did not send anything",
]  # fmt: skip
DEEDS = [
    "tôi đã chuyển tiền đấy", "dạ con đã chuyển tiền theo họ đấy", "tôi đã chuyển khoản cho họ đấy",
    "toi da gui tien cho no day", "đã bấm vào link đấy", "tôi chuyển cho họ giờ làm sao",
    "tôi cho nó số thẻ, giờ làm sao", "tôi cho nó mã, giờ phải làm sao", "toi cho no ma gio phai lam sao",
    "tôi đưa họ mã giờ làm sao",
]  # fmt: skip
NO_DEEDS = [
    "dạ con chuyển tiền nhé", "da con chuyen tien nhe", "dạ chuyển cho họ nhé", "tôi chuyển cho họ được không",
    "chuyện này xem hộ bác có thật không", "chuyện họ là sao",
    "cho tôi hỏi họ có thật không", "cho hỏi sao mà biết", "dạ con chưa chuyển cho họ",
]  # fmt: skip
NEWS = [
    "chưa chuyển hết, còn 5 triệu nữa", "tôi chưa chuyển lần hai", "con chưa kịp chuyển thì nó trừ tiền", "chưa",
    "ai gọi cũng bảo nợ tiền", "tài khoản của ai cũng bị khóa", "who took my money", "chuyển rồi sao nữa", "mẹ chuyển tiền giúp con nhé", "tôi chuyển tiền rồi nhé", "anh chuyển cho em nhé", "nó chưa chuyển tiền cho tôi",
    "chết rồi tôi chuyển tiền rồi", "làm rồi giờ sao", "tôi chuyển tiền rồi giờ làm sao", "tôi chuyển tiền, giờ làm gì",
    "tôi bị lừa rồi phải không", "lỡ bấm vào rồi thì sao", "bị lừa rồi phải làm gì", "thật không, nó bảo chuyển 5 triệu",
    "số 0905123318 có thật không", "đưa mã rồi có sao không", "họ nói thật đấy", "con đang họp, mẹ chuyển giúp con nhé",
    "công an gọi có thật không", "vcb-xacthuc.top có thật không", "tôi chuyển tiền có nên gọi lại không", "đúng rồi",
    "lừa đảo", "cảm ơn", "đã chuyển tiền nhé", "phạt nguội giả là gì", "I sent the money, what should I do", "sao kê là gì",
]  # fmt: skip


def citizen(**answers: Verdict) -> Citizen:
    canned = {
        UNSURE: verdict(Level.UNKNOWN, methods=(Candidate("shipper-cod", 0.7),), question=QUESTION),
        NUMBER: entity(Level.UNKNOWN, PHONE),
    }
    return Citizen(knowing(canned | answers))


# ---- Which words


@pytest.mark.parametrize("text", [*AGAIN, *DO, *NEXT, *WILL, *WHO, *UNDONE])
def test_a_few_words_about_the_message_before_are_known_as_that(text: str) -> None:
    assert referring.asks(text)


@pytest.mark.parametrize("text", NO_DEEDS)
def test_a_plan_and_a_question_that_sound_like_a_deed_are_none(text: str) -> None:
    assert referring.asks(text)


@pytest.mark.parametrize("text", [*NEWS, *DEEDS])
def test_whatever_can_be_news_is_not(text: str) -> None:
    assert not referring.asks(text)


# ---- After an answer


@pytest.mark.parametrize("text", AGAIN)
def test_whether_it_is_true_is_answered_about_the_message_before(text: str) -> None:
    asks = citizen().asks("/ngonngu vi").asks(SCAM)
    said = asks.waits(seconds=20).asks(text)
    lines = said.reads.split("\n")
    assert lines[0] == "🔴 KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO ĐÃ BIẾT"
    assert lines[1].startswith("Về tin “Dien luc: nha ban no tien dien")
    assert lines[2] == "Giống thủ đoạn: Giả điện lực dọa cắt điện"
    assert VI.how_sure in said.reads
    assert said.choices == ["emergency", "report", "why", "share", "wrong"]
    assert said.recorded(CheckMade) == []
    assert said.context.last_text == SCAM


@pytest.mark.parametrize("text", [*DO, *NEXT, *WILL])
def test_what_to_do_is_answered_about_the_message_before(text: str) -> None:
    asks = citizen().asks("/ngonngu vi").asks(SCAM)
    steps = [line for line in asks.reads.split("\n") if line[:2] in {"1.", "2.", "3."}]
    said = asks.waits(minutes=5).asks(text)
    assert "Về tin “Dien luc" in said.reads
    assert "\n".join([VI.do_now, *steps]) in said.reads


@pytest.mark.parametrize("text", WHO)
def test_whose_a_number_is_nobody_here_can_tell(text: str) -> None:
    asks = citizen().asks("/ngonngu vi").asks(NUMBER).asks(text)
    assert asks.replies[0].text == VI.whose
    assert "Số 0905•••318: chưa có kết luận" in asks.replies[1].text


@pytest.mark.parametrize("text", UNDONE)
def test_whoever_has_done_nothing_yet_hears_that_it_is_not_too_late(text: str) -> None:
    asks = citizen().asks("/ngonngu vi").asks(SCAM).asks(text)
    assert asks.replies[0].text == VI.not_done
    assert VI.do_now in asks.replies[1].text
    assert asks.recorded(CheckMade) == []


def test_whoever_pressed_the_red_button_by_mistake_is_not_led_on() -> None:
    asks = citizen().asks(SCAM).taps_choice("emergency").taps("Đã chuyển tiền").asks("tôi chưa chuyển")
    assert asks.reads == f"{VI.not_done} {VI.hold_on}"
    assert "steps" in asks.choices


def test_nothing_in_it_can_be_tapped() -> None:
    text = "Vào evn-dongtien.top trả nợ, gọi 0905123318"
    reads = citizen(**{text: verdict(Level.SCAM)}).asks(text).asks("thật không?").reads
    assert "evn-dongtien.top" not in reads
    assert "0905123318" not in reads


def test_a_suspicion_is_not_made_surer() -> None:
    said = citizen(**{SCAM: verdict(Level.SUSPICIOUS, methods=(Candidate(POWER, 0.3),))}).asks(SCAM).asks("chắc không?")
    assert said.reads.startswith("🟠")
    assert "Có nét giống: Giả điện lực" in said.reads


def test_of_several_methods_none_is_named() -> None:
    rivals = (Candidate(POWER, 0.3), Candidate("phat-nguoi", 0.29))
    said = citizen(**{SCAM: verdict(Level.SCAM, methods=rivals)}).asks(SCAM).asks("là sao")
    assert VI.looks_like_several in said.reads


def test_where_nothing_was_found_it_is_still_not_called_safe() -> None:
    asks = citizen().asks(FINE)
    assert VI.careful in asks.asks("thật không?").reads
    assert "Về tin “Trường báo" in asks.reads
    assert VI.hold_on in asks.asks("giờ làm gì").reads
    assert "share" not in asks.choices


def test_the_open_question_is_asked_again_and_can_be_answered() -> None:
    asks = citizen().asks(UNSURE).asks("thật không?")
    assert QUESTION in asks.reads
    assert asks.choices[:2] == ["yes", "no"]
    assert asks.asks("dạ có").replies[0].level is Level.SUSPICIOUS


def test_what_the_citizen_has_answered_is_not_forgotten() -> None:
    asks = citizen().asks(UNSURE).taps_choice("yes").asks("chắc không?")
    assert asks.replies[0].level is Level.SUSPICIOUS


def test_a_number_is_told_of_again() -> None:
    assert "Số 0905•••318: chưa có kết luận" in citizen().asks(NUMBER).asks("có phải lừa đảo không").reads


def test_what_officers_decided_is_said_again() -> None:
    found = verdict(Level.NONE, indicators=(PHONE,))
    known = replace(knowing({FINE: found}), heard=lambda _kind, _value: "suspected")
    assert Citizen(known).asks(FINE).asks("thật không?").reads.startswith("🟠 ĐÃ CÓ PHẢN ÁNH")


def test_elders_are_told_in_three_lines() -> None:
    asks = citizen().asks("/chuto").asks(SCAM).asks("thật không con")
    assert len(asks.reads.split("\n")) == 3
    assert "Về tin “Dien luc" in asks.reads


@pytest.mark.parametrize("language", ["vi", "en"])
def test_english_words_are_answered_in_english_whatever_the_message_was(language: str) -> None:
    asks = citizen(**{SCAM: verdict(Level.SCAM, language=language)}).asks(SCAM).asks("are you sure?")
    assert EN.how_sure in asks.reads
    assert EN.do_now in asks.asks("what should I do?").reads
    assert asks.asks("who called me").replies[0].text == EN.whose
    assert asks.asks("I haven't paid yet").replies[0].text == EN.not_done


def test_whoever_asks_in_vietnamese_about_an_english_message_is_answered_in_vietnamese() -> None:
    asks = citizen(**{SCAM: verdict(Level.SCAM, language="en")}).asks(SCAM)
    assert asks.asks("that khong con").reads.startswith("🔴 KHỚP VỚI")
    assert asks.asks("what should I do").reads.startswith("🔴 MATCHES")


def test_after_a_picture_it_is_about_the_picture() -> None:
    asks = citizen().sends_picture(SCAM).asks("thật không?")
    assert "Về tin “Dien luc" in asks.reads
    assert asks.context.pictures == ("file-1",)


def test_after_thanks_it_is_still_about_the_message() -> None:
    talk = verdict(Level.NONE, frame=Frame.SMALLTALK, intent=Intent.SMALLTALK)
    assert "Về tin “Dien luc" in citizen(**{"cảm ơn": talk}).asks(SCAM).asks("cảm ơn").asks("chắc không").reads


def test_a_question_below_the_notice_of_a_report_is_about_the_message() -> None:
    asks = citizen().asks(SCAM).taps_choice("report").asks("là sao")
    assert "Về tin “Dien luc" in asks.reads
    assert asks.context.state == "checking"


# ---- Near misses


def test_with_nothing_before_the_message_is_asked_for() -> None:
    asks = citizen().asks("thật không?")
    assert asks.reads == VI.which_message
    assert asks.choices == ["emergency"]
    assert citizen().follows().asks("có phải lừa đảo không").reads == VI.which_message


@pytest.mark.parametrize("text", ["thật không?", "thế tôi phải làm gì"])
def test_hours_later_they_mean_something_else(text: str) -> None:
    asks = citizen().asks(SCAM).waits(hours=3).asks(text)
    assert asks.reads == VI.which_message


def test_a_new_message_after_it_is_a_new_question() -> None:
    asks = citizen().asks(SCAM).asks("thật không?").does(Text(FINE, "Hùng"))
    assert asks.recorded(CheckMade)[0].text == FINE
    assert "Về tin “Trường báo" in asks.asks("thật không?").reads


def test_the_same_words_forwarded_are_somebody_elses() -> None:
    assert citizen().asks(SCAM).does(Text("thật không?", "Hùng")).reads == VI.which_message


def test_a_message_that_could_not_be_seen_is_not_confused_with_the_one_before() -> None:
    asks = citizen().asks(SCAM).does(Media("video", "ref")).asks("thật không?")
    assert asks.reads == VI.which_message


def test_an_answer_in_an_interview_stays_an_answer() -> None:
    asks = citizen().asks(SCAM).taps_choice("report").taps_choice("agree").asks("không hiểu")
    assert asks.context.state == "reporting"


def test_after_first_aid_its_steps_are_told() -> None:
    asks = citizen().asks(STORY)
    steps = citizen().asks(STORY).taps_choice("steps").reads
    assert asks.asks("giờ tôi phải làm gì").reads == steps


def test_a_loss_told_after_an_answer_is_heard() -> None:
    text = "chết rồi tôi chuyển tiền rồi"
    asks = citizen(**{text: emergency(Situation.PAID)}).asks(SCAM).asks(text)
    assert [one.situation for one in asks.recorded(HelpNeeded)] == ["paid"]


@pytest.mark.parametrize("text", ["tôi phải làm gì bây giờ", "tôi không hiểu", "toi tra loi ho nhe"])
def test_a_question_with_nothing_before_is_no_loss_whatever_the_judge_makes_of_it(text: str) -> None:
    asks = citizen(**{text: emergency(Situation.PAID)}).asks(text)
    assert asks.reads == VI.which_message
    assert asks.choices == ["emergency"]
    assert asks.recorded(HelpNeeded) == []


@pytest.mark.parametrize("level", [Level.NONE, Level.SUSPICIOUS])
def test_whoever_has_done_nothing_is_no_loss_either(level: Level) -> None:
    text = "tôi chưa bấm link"
    for given in (verdict(level), emergency(Situation.CLICKED)):
        asks = citizen(**{text: given}).asks(text)
        assert asks.reads == f"{VI.not_done} {VI.which_message}"
        assert asks.recorded(HelpNeeded) == []


def test_behind_the_cry_it_opens_the_menu() -> None:
    assert citizen().asks("/khancap tôi phải làm gì bây giờ").reads == VI.emergency_menu


def test_a_question_below_a_picture_is_no_loss() -> None:
    text = "tôi phải làm gì bây giờ"
    asks = citizen(**{text: emergency(Situation.PAID)}).sends_picture("Bien lai", caption=text)
    assert asks.recorded(HelpNeeded) == []


def test_a_question_that_another_wrote_is_judged() -> None:
    text = "tôi phải làm gì bây giờ"
    asks = citizen(**{text: verdict(Level.SCAM)}).does(Text(text, "Hùng"))
    assert asks.replies[0].level is Level.SCAM


@pytest.mark.parametrize("text", ["làm rồi giờ sao", *DEEDS])
def test_a_cry_with_nothing_before_is_heard(text: str) -> None:
    asks = citizen(**{text: emergency(Situation.PAID)}).asks(text)
    assert asks.recorded(HelpNeeded)


def test_a_question_to_the_handbook_is_not_a_message_to_come_back_to() -> None:
    text = "giả điện lực gọi điện là sao"
    asks = citizen(**{text: verdict(Level.NONE, frame=Frame.QUESTION)}).asks(text)
    assert asks.asks("thật không?").reads == VI.which_message


def test_the_red_button_and_a_report_work_below_it() -> None:
    asks = citizen().asks(SCAM).asks("thật không?")
    session = asks.context.session
    assert asks.taps_choice("emergency").reads == VI.emergency_menu
    assert asks.does(Tap(session, "emergency", "paid")).reads.startswith("🔴")


def test_without_a_judge_it_is_left_to_be_tried_again() -> None:
    asks = citizen(**{SCAM: verdict(Level.SCAM)}).asks(SCAM)
    broken = knowing(broken=True)
    with pytest.raises(RuntimeError):
        conversation.advance(asks.context, Text("thật không?"), broken, asks.now, lambda: "C9")
