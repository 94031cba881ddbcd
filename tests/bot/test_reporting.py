"""The interview of a report: going back, changing, resting, cancelling; what follows the receipt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import wording
from bot.events import Media, Tap, Text
from bot.turn import CheckMade, ConsentGiven, HelpNeeded, ReportDescribed, ReportFiled, Subscribed
from knowledge.catalogue import Situation
from knowledge.verdict import Candidate, Level, Verdict
from tests.bot.citizen import POWER, SCAM, STORY, Citizen, book, emergency, knowing, verdict

VI, EN = wording.VI, wording.EN


def interviewed() -> Citizen:
    return Citizen().asks(SCAM).taps("Báo công an").taps_choice("agree")


def at_summary() -> Citizen:
    asks = interviewed().asks("số lạ gọi").asks("0905123318")
    while "skip" in asks.choices:
        asks.taps_choice("skip")
    return asks


def sent() -> Citizen:
    return at_summary().taps_choice("send")


# ---- Back, change, cancel


def test_the_first_question_has_nothing_to_go_back_to() -> None:
    assert "back" not in interviewed().choices


def test_going_back_shows_the_answer_and_takes_another() -> None:
    asks = interviewed().asks("số lạ gọi").taps("Quay lại câu trước")
    assert VI.report_questions["who"] in asks.reads
    assert "Đang ghi: “số lạ gọi”" in asks.reads
    asks.asks("số 0905 gọi, xưng điện lực")
    assert asks.context.answers["who"] == "số 0905 gọi, xưng điện lực"
    assert VI.report_questions["number"] in asks.reads


def test_going_back_may_leave_the_answer_as_it_was() -> None:
    asks = interviewed().asks("số lạ gọi").taps_choice("back").taps("Giữ nguyên")
    assert asks.context.answers == {"who": "số lạ gọi"}
    assert VI.report_questions["number"] in asks.reads


def test_one_answer_is_changed_before_sending() -> None:
    asks = at_summary().taps("Sửa một câu")
    assert asks.reads == VI.report_which
    asks.taps("Số, tài khoản mạng của họ").asks("0905999888")
    assert asks.reads.startswith(VI.report_summary)
    assert "0905999888" in asks.reads
    filed = asks.taps_choice("send").recorded(ReportFiled)[0]
    assert filed.answers == {"who": "số lạ gọi", "number": "0905999888"}


def test_a_changed_answer_is_masked_too() -> None:
    asks = at_summary().taps_choice("change").taps("Ai liên hệ").asks("nó xin mã OTP 483920")
    assert "483920" not in str(asks.context.answers)


def test_attached_files_can_be_dropped_again() -> None:
    asks = interviewed().sends_picture("").taps_choice("skip").asks("x").taps_choice("send")
    assert asks.recorded(ReportFiled)[0].files == ("file-1",)
    asks = at_summary()
    asks.does(Media("file", "file-9", name="don.pdf")).taps_choice("change").taps("Bỏ ảnh, tệp đã kèm")
    assert asks.taps_choice("send").recorded(ReportFiled)[0].files == ()


def test_an_unknown_part_is_not_asked() -> None:
    asks = at_summary()
    button = asks.buttons[0]
    assert asks.does(Tap(button.session, "reporting", "fix-nonsense")).reads.startswith(VI.report_summary)


@pytest.mark.parametrize("typed", ["3", "4"])
def test_a_typed_number_never_throws_a_report_away(typed: str) -> None:
    asks = interviewed().asks("số lạ gọi")
    asks.asks(typed)
    assert asks.context.state == "reporting"
    assert asks.context.answers["who"] == "số lạ gọi"


def test_words_below_the_summary_are_added_to_the_story_and_shown() -> None:
    asks = at_summary().asks("Họ còn xin mã OTP 483920 nữa").asks("Họ gọi lúc 9 giờ")
    assert asks.replies[0].text == VI.report_added
    assert asks.replies[1].text.startswith(VI.report_summary)
    assert "Họ còn xin mã OTP" in asks.reads
    assert "Họ gọi lúc 9 giờ" in asks.reads
    assert "483920" not in asks.reads
    assert "story" in asks.taps_choice("send").recorded(ReportFiled)[0].answers


def test_what_finds_no_room_in_the_story_is_not_dropped_in_silence() -> None:
    asks = at_summary().asks("a" * 990).asks("Họ gọi lúc 9 giờ")
    assert asks.replies[0].text == VI.report_no_room


@pytest.mark.parametrize("text", ["gửi đi", "Gửi", "đồng ý"])
def test_a_plain_send_below_the_summary_sends(text: str) -> None:
    assert at_summary().asks(text).recorded(ReportFiled)


@pytest.mark.parametrize("text", ["thôi", "không gửi"])
def test_a_plain_no_below_the_summary_drops_it(text: str) -> None:
    assert at_summary().asks(text).reads == VI.report_dropped


# ---- Something happens meanwhile


CODE = "Tôi lỡ đọc mã OTP cho họ rồi"
VAGUE = "họ gọi bảo là công an, sợ lắm"


def losing(text: str, *before: Situation) -> Citizen:
    heard = {text: emergency(Situation.DISCLOSED), VAGUE: emergency(Situation.ISOLATED)}
    asks = Citizen(knowing(heard))
    asks = asks.asks(STORY).taps_choice("report") if before else asks.asks(SCAM).taps("Báo công an")
    return asks.taps_choice("agree").asks(text)


def test_a_second_loss_in_an_interview_is_helped_too() -> None:
    asks = losing(CODE, Situation.PAID)
    assert asks.context.situation == Situation.DISCLOSED
    assert asks.recorded(HelpNeeded)


def test_the_loss_that_was_already_told_is_an_answer() -> None:
    asks = losing(STORY, Situation.PAID)
    assert asks.context.state == "reporting"
    assert asks.recorded(HelpNeeded) == []


def test_a_vague_answer_is_no_cry() -> None:
    assert losing(VAGUE).context.answers["who"] == VAGUE


def test_a_vague_word_below_the_summary_is_no_cry() -> None:
    asks = Citizen(knowing({VAGUE: emergency(Situation.ISOLATED)})).asks(SCAM).taps("Báo công an").taps_choice("agree")
    while "skip" in asks.choices:
        asks.taps_choice("skip")
    assert asks.asks(VAGUE).context.state == "reporting"


# ---- Rested


def test_what_comes_after_an_hour_is_asked_about() -> None:
    asks = interviewed().asks("số lạ gọi").waits(minutes=61).asks("0905123318")
    assert asks.reads == VI.report_returned
    assert asks.choices == ["answer", "look", "cancel"]
    assert asks.context.answers == {"who": "số lạ gọi"}


def test_the_interview_goes_on_with_it() -> None:
    asks = interviewed().asks("số lạ gọi").waits(hours=5).asks("0905123318").taps("Viết tiếp phản ánh")
    assert asks.context.answers == {"who": "số lạ gọi", "number": "0905123318"}
    assert "Câu 3/" in asks.reads


def test_or_it_is_something_new() -> None:
    asks = interviewed().asks("số lạ gọi").waits(hours=5).asks(SCAM).taps("Tin mới, xem giúp tôi")
    assert asks.recorded(CheckMade)[0].text == SCAM
    assert asks.context.answers == {}
    assert asks.context.state == "checking"


def test_a_picture_after_an_hour_is_asked_about_too() -> None:
    asks = interviewed().waits(hours=2).sends_picture(SCAM)
    assert asks.reads == VI.report_returned
    assert asks.taps_choice("answer").context.files == ("file-1",)
    asks = interviewed().waits(hours=2).sends_picture(SCAM).taps_choice("look")
    assert asks.recorded(CheckMade)[0].text == SCAM
    assert interviewed().waits(hours=2).sends_picture("").taps_choice("look").reads == VI.picture_unreadable


def test_buttons_still_work_after_an_hour() -> None:
    assert "Câu 2/" in interviewed().waits(hours=3).taps_choice("skip").reads


def test_a_cry_after_an_hour_is_helped_at_once() -> None:
    asks = interviewed().waits(hours=2).asks(STORY)
    assert asks.reads.startswith("🔴 VIỆC CẦN LÀM NGAY")
    assert asks.recorded(HelpNeeded)


def test_within_the_hour_nothing_is_asked() -> None:
    assert interviewed().waits(minutes=59).asks("số lạ gọi").context.answers == {"who": "số lạ gọi"}


# ---- The picture that a message was read in


def test_the_pictures_of_the_message_go_with_its_report() -> None:
    asks = Citizen().sends_picture(SCAM, more=("file-2",)).taps("Báo công an").taps_choice("send")
    assert asks.recorded(ReportFiled)[0].files == ("file-1", "file-2")


def test_the_pictures_of_an_older_message_do_not() -> None:
    asks = (
        Citizen()
        .sends_picture(SCAM)
        .asks("Tin khác hẳn: mời tham gia nhóm đầu tư")
        .taps("Báo công an")
        .taps_choice("send")
    )
    assert asks.recorded(ReportFiled)[0].files == ()


# ---- After the receipt: age and commune, for the figures


def test_after_the_receipt_two_questions_may_be_answered() -> None:
    asks = sent()
    code = asks.recorded(ReportFiled)[0].code
    assert asks.replies[-1].text == VI.ask_age
    assert asks.choices == ["0-17", "18-29", "30-44", "45-59", "60+", "skip"]
    asks.taps("60 trở lên")
    assert asks.recorded(ReportDescribed) == [ReportDescribed(code, age_group="60+")]
    assert asks.reads == VI.ask_commune
    asks.asks("xa tam anh")
    assert asks.recorded(ReportDescribed) == [ReportDescribed(code, commune="xa Tam Anh")]
    assert asks.reads == VI.described
    assert asks.context.receipt == ""


def test_both_may_be_skipped() -> None:
    asks = sent().taps("Bỏ qua").taps("Bỏ qua")
    assert asks.reads == VI.described
    assert not any(isinstance(effect, ReportDescribed) for effect in asks.effects)


@pytest.mark.parametrize(
    ("typed", "group"),
    [("tôi 67 tuổi", "60+"), ("67", "60+"), ("em 15 tuổi", "0-17"), ("năm nay 45", "45-59"), ("I am 30", "30-44")],
)
def test_an_age_may_be_typed(typed: str, group: str) -> None:
    assert [d.age_group for d in sent().asks(typed).recorded(ReportDescribed)] == [group]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("xã Tam Anh", "xã Tam Anh"),
        ("PHƯỜNG HỘI AN TÂY.", "phường Hội An Tây"),
        ("Đặc khu Hoàng Sa", "đặc khu Hoàng Sa"),
        ("phường 5", "phường 5"),
        ("Hoi An ward", "phường Hoi An"),
    ],
)
def test_a_commune_is_written_in_one_way(typed: str, place: str) -> None:
    assert [d.commune for d in sent().taps("Bỏ qua").asks(typed).recorded(ReportDescribed)] == [place]


@pytest.mark.parametrize("text", [SCAM, "cảm ơn nhé", "xã hội đen gọi đòi nợ tôi từ số 0905123318", "xã", ""])
def test_what_is_no_commune_is_a_message_like_any_other(text: str) -> None:
    asks = sent().taps("Bỏ qua").asks(text)
    assert asks.recorded(ReportDescribed) == []
    assert asks.replies


def test_a_cry_between_the_two_questions_is_helped_at_once() -> None:
    assert sent().asks(STORY).reads.startswith("🔴 VIỆC CẦN LÀM NGAY")


def test_the_commune_of_the_subscription_is_offered() -> None:
    asks = Citizen().asks("/dangky xã Tam Anh")
    assert asks.recorded(Subscribed)
    asks.asks(SCAM).taps("Báo công an").taps_choice("send").taps_choice("skip")
    assert asks.taps("xã Tam Anh").recorded(ReportDescribed)[0].commune == "xã Tam Anh"


def test_who_unsubscribed_is_not_offered_it() -> None:
    asks = Citizen().asks("/dangky xã Tam Anh").asks("/huy").asks(SCAM).taps("Báo công an").taps_choice("send")
    assert asks.taps_choice("skip").choices == ["skip"]


# ---- In front of others


def test_nobody_tells_of_themselves_in_front_of_a_group() -> None:
    asks = Citizen().does(Text(SCAM), group=True)
    button = next(b for b in asks.buttons if b.choice == "report")
    asks.does(Tap(button.session, button.state, button.choice), group=True)
    assert asks.reads == VI.private_only
    assert asks.context.state != "reporting"


def test_the_notice_names_what_may_be_asked_at_the_end() -> None:
    asks = Citizen().asks(SCAM).taps("Báo công an")
    assert "tuổi và xã phường" in asks.reads
    assert asks.taps_choice("agree").recorded(ConsentGiven) == [ConsentGiven(wording.NOTICE)]


def test_the_whole_report_in_english_has_no_vietnamese_sentence() -> None:
    asks = Citizen().asks("/language en").asks(SCAM).taps("Report to police").taps_choice("agree")
    read = [asks.reads]
    asks.asks("a stranger called").taps_choice("back")
    read.append(asks.reads)
    while "skip" in asks.choices:
        read.append(asks.taps_choice("skip").reads)
    read.append(asks.taps_choice("change").reads + str([b.label for b in asks.buttons]))
    asks.taps("Who contacted you").asks("a man").taps_choice("send")
    read += [asks.reads, asks.taps("60 or over").reads, asks.asks("Hoi An ward").reads]
    unit = asks.knowledge.handbook.unit
    for text in read:
        plain = text.replace(unit.name, "").replace(unit.controller, "")
        assert not any(c in plain for c in "ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ"), plain


# ---- The paper names a method only where it is settled


def reports_after(judged: Verdict) -> Citizen:
    asks = Citizen(knowing({SCAM: judged})).asks(SCAM)
    return asks.asks("/baocao").taps_choice("send")


@pytest.mark.parametrize(
    ("level", "score", "named"),
    [
        (Level.SCAM, 0.9, True),
        (Level.SUSPICIOUS, 0.6, True),
        (Level.SCAM, 0.09, False),
        (Level.UNKNOWN, 0.9, False),
        (Level.NONE, 0.9, False),
    ],
)
def test_the_paper_names_a_method_only_of_a_warning_and_where_it_is_settled(
    level: Level, score: float, named: bool
) -> None:
    asks = reports_after(verdict(level, methods=(Candidate(POWER, score),)))
    assert ("Nghi theo thủ đoạn" in asks.reads) is named
    assert asks.recorded(ReportFiled)[0].methods == ((POWER,) if named else ())


def test_the_paper_names_no_method_while_the_citizen_has_not_said_which() -> None:
    rivals = tuple(Candidate(slug, 0.3) for slug in (POWER, "phat-nguoi"))
    assert "Nghi theo thủ đoạn" not in reports_after(verdict(Level.SUSPICIOUS, methods=rivals)).reads
    chosen = Citizen(knowing({SCAM: verdict(Level.SUSPICIOUS, methods=rivals)})).asks(SCAM).asks("2").asks("/baocao")
    assert "Nghi theo thủ đoạn: Phạt nguội" in chosen.taps_choice("send").reads


def test_a_cry_for_help_is_given_no_steps_of_a_method_that_was_only_guessed() -> None:
    guessed = replace(emergency(Situation.PAID), methods=(Candidate("bien-lai-gia", 0.09),))
    asks = Citizen(knowing({STORY: guessed})).asks(STORY)
    assert asks.recorded(HelpNeeded)[0].methods == ()
    plain = book().advice_for(None, Situation.PAID, asks.now.date())
    assert plain.steps[-1] in asks.taps_choice("steps").reads
    assert "Nghi theo thủ đoạn" not in asks.asks("/baocao").taps_choice("send").reads


NO_MORE = [
    "thôi tôi không muốn báo nữa", "thoi khong bao nua", "hủy bỏ đi", "thôi không báo nữa",
    "à thôi con không phản ánh nữa ạ", "thôi khỏi báo", "never mind", "I don't want to report anymore",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_MORE)
def test_whoever_changes_their_mind_says_so_in_words(text: str) -> None:
    asks = interviewed().asks(text)
    assert asks.reads == VI.report_dropped
    assert (asks.context.state, asks.context.answers) == ("checking", {})
    assert asks.asks("chắc không?").context.last_text == SCAM


@pytest.mark.parametrize("text", NO_MORE)
def test_what_was_answered_is_shown_once_more_before_it_is_dropped(text: str) -> None:
    asks = interviewed().asks("Số lạ gọi").asks(text)
    assert asks.reads.startswith(VI.report_summary)
    assert asks.context.answers == {"who": "Số lạ gọi"}
    assert {"send", "cancel"} <= set(asks.choices)
    assert asks.asks(text).reads == VI.report_dropped
    assert asks.context.answers == {}


@pytest.mark.parametrize("text", ["không gửi nữa", "tôi không gửi nữa", "thôi không gửi nữa", "thôi"])
def test_below_the_summary_there_is_nothing_else_that_could_be_sent(text: str) -> None:
    assert at_summary().asks(text).reads == VI.report_dropped


@pytest.mark.parametrize(
    "text",
    [
        "tôi không trả lời nữa", "Không làm nữa", "khong gui nua", "tôi không gửi nữa đâu", "em không trả lời nữa ạ",
        "thôi không gửi nữa",
    ],
)  # fmt: skip
def test_who_tells_what_they_no_longer_did_goes_on_reporting(text: str) -> None:
    asks = interviewed().asks("Số lạ gọi").asks(text)
    assert asks.context.answers == {"who": "Số lạ gọi", "number": text}
    assert asks.context.state == "reporting"


@pytest.mark.parametrize(
    "text", ["Huy", "anh Huy", "không gửi", "không", "họ bảo không gửi nữa thì bắt", "thôi", "nó dọa báo công an"]
)
def test_an_answer_that_only_sounds_like_it_is_an_answer(text: str) -> None:
    asks = interviewed().asks(text)
    assert asks.context.answers == {"who": text}


def test_the_buttons_of_the_last_question_end_with_it() -> None:
    asks = interviewed().taps_choice("send").taps_choice("skip").taps_choice("skip")
    assert asks.context.buttons == ()
