"""Whole conversations, as people have them."""

from __future__ import annotations

from bot import wording
from bot.events import Text
from bot.turn import CheckMade, ConsentGiven, FeedbackGiven, HelpNeeded, ReportFiled, Subscribed, Unsubscribed
from knowledge.catalogue import Situation
from knowledge.verdict import Candidate, Frame, Intent, Level
from tests.bot.citizen import POWER, SCAM, STORY, Citizen, emergency, evidence, knowing, verdict

VI = wording.VI


def test_a_grandmother_asks_and_tells_her_family() -> None:
    grandmother = Citizen().follows().asks("/chuto").asks(SCAM)
    assert grandmother.reads.split("\n")[2] == VI.elder_step[Level.SCAM]
    grandmother.taps("Vì sao?")
    assert "evn-dongtien[.]top" in grandmother.reads
    assert grandmother.asks("vì sao").reads.startswith(VI.why_title)


def test_a_shopkeeper_already_paid_and_reports() -> None:
    shopkeeper = Citizen().asks(STORY)
    assert shopkeeper.recorded(HelpNeeded)[0].situation == "paid"
    assert "Vietcombank: gọi 1900" in shopkeeper.reads
    assert "Hít một hơi thật sâu" in shopkeeper.taps("Xem đủ các bước").reads
    shopkeeper.asks("báo công an").taps("Đồng ý, hỏi tôi vài câu")
    assert shopkeeper.effects.count(ConsentGiven(wording.NOTICE)) == 1
    shopkeeper.asks("số lạ gọi, xưng điện lực").asks("0905123318").asks("19034567890123 Techcombank").asks("20 triệu")
    shopkeeper.asks("sáng nay").asks("mã OTP 483920")
    assert "483920" not in shopkeeper.reads
    shopkeeper.taps("Đồng ý, gửi ngay")
    filed = shopkeeper.recorded(ReportFiled)[0]
    assert filed.situation == "paid"
    assert filed.answers["account"] == "19034567890123 Techcombank"
    assert filed.answers["given"] == "mã OTP •••"
    assert filed.code in shopkeeper.replies[0].text
    assert "Tài khoản nhận tiền: 19034567890123 Techcombank" in shopkeeper.replies[1].text


def test_a_student_is_unsure_and_then_it_happens() -> None:
    asked, then = "Anh shipper đây, em nhận đơn giúp anh", "em bấm link rồi"
    student = Citizen(
        knowing(
            {
                asked: verdict(
                    Level.UNKNOWN, methods=(Candidate("shipper-cod", 0.6),), question="Họ có gửi link không?"
                ),
                then: emergency(Situation.CLICKED),
            }
        )
    )
    student.asks(asked).taps("Có")
    assert student.replies[0].level is Level.SUSPICIOUS
    assert "Giả người giao hàng" in student.reads
    student.asks(then)
    assert student.reads.startswith("🔴 VIỆC CẦN LÀM NGAY: Mới bấm link")


def test_somebody_on_a_channel_without_buttons_types_numbers() -> None:
    typist = Citizen().asks(SCAM).asks("2")
    assert typist.context.state == "reporting"
    typist.asks("1").asks("số lạ gọi").asks("không nhớ").asks("Đồng ý, gửi ngay")
    assert typist.reads.startswith(VI.report_summary)
    assert typist.asks("1").recorded(ReportFiled)


def test_a_wrong_answer_is_contradicted() -> None:
    contradicts = Citizen().asks("tin của ngân hàng").taps("Sai rồi")
    assert contradicts.recorded(FeedbackGiven)[0].level == "none"
    assert "cán bộ xem" in contradicts.reads


def test_a_visitor_is_answered_in_english() -> None:
    text = "Hi, I paid the taxi deposit to a stranger"
    visitor = Citizen(knowing({text: emergency(Situation.PAID, "en")})).asks(text)
    assert visitor.reads.startswith("🔴 DO THIS NOW: I sent money")
    visitor.taps("Report to police").taps("I agree, send now")
    assert visitor.reads.startswith("Your report is recorded.")


def test_a_family_group() -> None:
    quote = verdict(Level.NONE, frame=Frame.WARNING_QUOTE, intent=Intent.WARNING_QUOTE)
    warning = "Mọi người cảnh giác, có kẻ giả điện lực gọi dọa cắt điện nhé"
    group = Citizen(knowing({warning: quote}))
    assert group.is_overheard(warning).replies == ()
    assert group.is_overheard(SCAM).replies[0].level is Level.SCAM
    assert group.does(Text("có thật không?"), group=True).replies
    assert group.does(Text("/im"), group=True).waits(hours=1).is_overheard(SCAM).replies == ()


def test_a_villager_subscribes_and_stops() -> None:
    villager = Citizen().asks("/dangky xã Tam Anh")
    assert villager.recorded(Subscribed) == [Subscribed("", "xã Tam Anh")]
    assert villager.asks("/huy").recorded(Unsubscribed) == [Unsubscribed()]


def test_a_screenshot_with_several_likely_scams() -> None:
    rivals = tuple(Candidate(slug, 0.3) for slug in (POWER, "phat-nguoi"))
    told = (evidence(SCAM, "cat dien", "dọa cho sợ", None, 1.0),)
    sender = Citizen(knowing({SCAM: verdict(Level.SUSPICIOUS, methods=rivals, evidence=told)})).sends_picture(SCAM)
    assert [r.text.split("\n")[0] for r in sender.replies] == [
        "Trong ảnh tôi đọc được:",
        "🟠 CÓ DẤU HIỆU LỪA ĐẢO",
        VI.which,
    ]
    assert sender.asks("1").context.last_methods == (POWER,)


def test_a_check_is_recorded_once_however_often_it_is_looked_at() -> None:
    citizen = Citizen().asks(SCAM)
    for _ in range(2):
        citizen.asks("vì sao?")
    assert [type(effect) for effect in citizen.effects] == [CheckMade]
