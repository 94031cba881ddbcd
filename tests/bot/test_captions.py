"""The words below a picture, film, sound or file: never lost, never mistaken for what nobody has seen."""

from __future__ import annotations

import pytest

from bot import wording
from bot.events import Media
from bot.turn import CheckMade, HelpNeeded, ReportFiled
from knowledge.catalogue import Situation
from knowledge.verdict import Candidate, Frame, Intent, Level, Verdict
from tests.bot.citizen import POWER, SCAM, STORY, Citizen, emergency, knowing, verdict

VI, EN = wording.VI, wording.EN
LIFE = "bà không muốn sống nữa"
KINDS = ["image", "video", "audio", "file"]


def citizen(**answers: Verdict) -> Citizen:
    return Citizen(knowing(answers))


def interviewed(**answers: Verdict) -> Citizen:
    """Somebody who is asked the first question of a report."""
    return citizen(**answers).asks(SCAM).taps_choice("report").taps_choice("agree")


# ---- Below what is attached to a report


@pytest.mark.parametrize("kind", KINDS)
def test_a_caption_in_an_interview_is_the_answer(kind: str) -> None:
    asks = interviewed().does(Media(kind, "file-1", caption="Số lạ gọi, xưng điện lực"))
    assert asks.reads.startswith(VI.report_attached)
    assert asks.context.answers == {"who": "Số lạ gọi, xưng điện lực"}
    assert asks.context.asked == "number"
    filed = asks.taps_choice("send").recorded(ReportFiled)[0]
    assert (filed.answers, filed.files) == ({"who": "Số lạ gọi, xưng điện lực"}, ("file-1",))


def test_below_the_summary_it_belongs_to_the_story() -> None:
    asks = interviewed()
    while asks.context.asked:
        asks.taps_choice("skip")
    asks.does(Media("image", "file-1", caption="Biên lai của họ"))
    assert asks.context.answers["story"] == "Biên lai của họ"
    assert (VI.report_attached in asks.reads, VI.report_added in asks.reads) == (True, True)


@pytest.mark.parametrize("caption", ["gửi", "thôi"])
def test_below_the_summary_a_caption_neither_sends_nor_cancels(caption: str) -> None:
    asks = interviewed()
    while asks.context.asked:
        asks.taps_choice("skip")
    asks.does(Media("image", "file-1", caption=caption))
    assert asks.context.state == "reporting"
    assert asks.recorded(ReportFiled) == []


def test_what_is_secret_in_it_is_hidden() -> None:
    asks = interviewed().does(Media("image", "file-1", caption="nó xin OTP là 483920"))
    assert "483920" not in str(asks.context.answers)


def test_without_a_caption_the_question_stays_open() -> None:
    asks = interviewed().does(Media("image", "file-1"))
    assert (asks.context.answers, asks.context.asked) == ({}, "who")


def test_what_was_read_in_the_picture_is_no_answer() -> None:
    asks = interviewed().does(Media("image", "file-1", caption="họ đây", text="chuyển khoản 5 triệu"))
    assert asks.context.answers == {"who": "họ đây"}


def test_a_cry_below_a_picture_is_heard_and_keeps_the_picture() -> None:
    asks = interviewed(**{STORY: emergency(Situation.PAID)}).does(Media("image", "file-1", caption=STORY))
    assert asks.reads.startswith("🔴 VIỆC CẦN LÀM NGAY")
    assert asks.recorded(HelpNeeded)
    assert asks.taps_choice("report").context.files == ("file-1",)


def test_the_one_word_works_below_a_picture_too() -> None:
    asks = interviewed().does(Media("image", "file-1", caption="khẩn cấp"))
    assert asks.reads == VI.emergency_menu
    assert asks.context.files == ("file-1",)
    assert citizen().does(Media("video", "v", caption="KHẨN CẤP")).reads == VI.emergency_menu


def test_a_caption_that_another_wrote_is_no_cry() -> None:
    asks = interviewed().does(Media("image", "file-1", caption=STORY, forwarded_from="Hùng"))
    assert asks.recorded(HelpNeeded) == []
    assert asks.context.answers["who"] == STORY


def test_after_a_rest_the_caption_waits_with_the_picture() -> None:
    asks = interviewed().waits(hours=2).does(Media("image", "file-1", caption="Số lạ gọi", text="đọc được trong ảnh"))
    assert asks.reads == VI.report_returned
    asks.taps_choice("answer")
    assert (asks.context.answers, asks.context.files) == ({"who": "Số lạ gọi"}, ("file-1",))


def test_after_a_rest_everything_can_be_looked_at_instead() -> None:
    asks = interviewed().waits(hours=2).does(Media("image", "file-1", caption="Số lạ gọi", text="đọc được trong ảnh"))
    assert asks.taps_choice("look").recorded(CheckMade)[0].text == "Số lạ gọi\nđọc được trong ảnh"


def test_a_contact_in_an_interview_is_an_answer() -> None:
    asks = interviewed().asks("Số lạ").does(Media("contact", "", text="Hỗ trợ 0905123318"))
    assert asks.context.answers["number"] == "Hỗ trợ 0905123318"


# ---- Below what nobody can hear or watch


@pytest.mark.parametrize("kind", ["video", "audio", "file"])
@pytest.mark.parametrize("level", [Level.SCAM, Level.NONE])
def test_the_answer_to_a_caption_says_that_only_the_caption_was_read(kind: str, level: Level) -> None:
    asks = citizen(**{"họ bảo nạp tiền": verdict(level)}).does(Media(kind, "ref", caption="họ bảo nạp tiền"))
    assert asks.replies[0].text == VI.caption_only
    assert asks.replies[1].level is level


def test_a_picture_that_was_read_needs_no_such_words() -> None:
    assert VI.caption_only not in citizen().does(Media("image", "ref", caption=SCAM, text="Mời xem")).reads


@pytest.mark.parametrize("caption", ["thật không?", "có phải lừa đảo không", "là sao"])
def test_a_caption_that_only_asks_about_it_is_not_judged(caption: str) -> None:
    asks = citizen().asks(SCAM).does(Media("video", "ref", caption=caption))
    assert asks.reads == VI.sound
    assert asks.recorded(CheckMade) == []
    assert citizen().sends_picture(SCAM, caption=caption).recorded(CheckMade)[0].text == SCAM
    assert citizen().does(Media("image", "ref", caption=caption)).reads == VI.picture_unreadable


@pytest.mark.parametrize(
    "caption", ["vậy tôi chuyển tiền nhé", "thế tôi phải làm gì", "số này của ai", "tôi chưa chuyển"]
)
def test_a_caption_that_says_more_is_read_with_it(caption: str) -> None:
    asks = citizen().asks(SCAM).does(Media("image", "ref", caption=caption, text="Bien lai"))
    assert asks.recorded(CheckMade)[0].text == f"{caption}\nBien lai"


def test_in_english() -> None:
    asks = citizen(**{"they want money": verdict(Level.SCAM, language="en")})
    assert asks.does(Media("audio", "ref", caption="they want money")).replies[0].text == EN.caption_only


def test_a_calm_word_about_a_caption_is_not_said_beside_a_file_that_installs_something() -> None:
    asks = citizen().does(Media("file", "ref", name="VNeID.apk", caption="cán bộ bảo cài cái này"))
    assert asks.reads == VI.app_file
    assert asks.choices == ["emergency"]


def test_a_warning_about_a_caption_comes_after_the_one_about_the_file() -> None:
    risky = verdict(Level.SCAM, methods=(Candidate(POWER, 0.9),))
    asks = citizen(**{SCAM: risky}).does(Media("file", "ref", name="evn.apk", caption=SCAM))
    assert [asks.replies[0].text, asks.replies[1].level] == [VI.app_file, Level.SCAM]


# ---- A cry for help below anything


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("read", ["", "Dien luc thong bao"])
def test_a_loss_told_below_it_is_first_aid_and_nothing_comes_before(kind: str, read: str) -> None:
    asks = citizen(**{STORY: emergency(Situation.PAID)}).does(Media(kind, "ref", caption=STORY, text=read))
    assert asks.reads.startswith("🔴 VIỆC CẦN LÀM NGAY")
    assert [one.situation for one in asks.recorded(HelpNeeded)] == ["paid"]
    assert len(asks.recorded(CheckMade)) == 1


def test_what_the_picture_alone_says_is_no_cry() -> None:
    asks = citizen(**{STORY: emergency(Situation.PAID)}).does(Media("image", "ref", caption="con xem giúp", text=STORY))
    assert asks.recorded(HelpNeeded) == []


@pytest.mark.parametrize("kind", KINDS)
def test_danger_to_life_told_below_it_comes_first(kind: str) -> None:
    assert citizen().does(Media(kind, "ref", caption=LIFE)).reads == VI.own_life
    assert VI.own_life not in citizen().does(Media(kind, "ref", caption=LIFE, forwarded_from="Hùng")).reads


def test_without_a_judge_a_loss_told_below_a_picture_is_still_heard() -> None:
    broken = Citizen(knowing(broken=True))
    asks = broken.does(Media("image", "ref", caption="tôi lỡ chuyển tiền cho nó rồi", text="Biên lai"))
    assert asks.recorded(HelpNeeded)


def test_small_talk_below_a_film_does_not_hide_that_it_was_not_seen() -> None:
    talk = verdict(Level.NONE, frame=Frame.SMALLTALK, intent=Intent.SMALLTALK)
    asks = citizen(**{"chào em": talk}).does(Media("video", "ref", caption="chào em"))
    assert asks.replies[0].text == VI.caption_only
