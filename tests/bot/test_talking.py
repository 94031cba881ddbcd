"""What is said to us rather than sent to us: pleas, fear, the number of the police, larger letters, a word beside."""

from __future__ import annotations

import pytest

from bot import wording
from bot.events import Media, Tap, Text
from bot.turn import CheckMade, HelpNeeded
from knowledge.catalogue import Situation
from knowledge.verdict import Frame, Intent, Level, Verdict
from tests.bot.citizen import SCAM, STORY, Citizen, emergency, knowing, verdict

VI, EN = wording.VI, wording.EN
TALK = verdict(Level.NONE, frame=Frame.SMALLTALK, intent=Intent.SMALLTALK)
WISH = verdict(Level.NONE, frame=Frame.STORY, intent=Intent.REPORT)


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


# ---- Said beside first aid, or to us


@pytest.mark.parametrize("text", ["nó đang gọi lại", "bà có nghe máy không", "ok tôi hiểu rồi", "họ vẫn nhắn hoài"])
@pytest.mark.parametrize(
    "given",
    [TALK, verdict(Level.NONE), verdict(Level.UNKNOWN, frame=Frame.STORY), verdict(Level.NONE, frame=Frame.QUESTION)],
)
def test_whoever_goes_on_telling_after_first_aid_is_not_told_that_nothing_was_found(text: str, given: Verdict) -> None:
    asks = citizen(**{text: given}).asks(STORY).asks(text)
    assert asks.reads == VI.still_here
    assert asks.choices == ["steps", "report", "wrong", "emergency"]
    assert asks.context.state == "emergency"


@pytest.mark.parametrize("text", ["nó đang gọi lại", "dạ", "bác không biết chọn cái nào"])
@pytest.mark.parametrize("before", [[], [SCAM], ["có người gọi"]])
def test_where_no_step_was_shown_none_is_spoken_of(text: str, before: list[str]) -> None:
    called = verdict(Level.UNKNOWN, situation=Situation.CONTACTED)
    asks = citizen(**{"có người gọi": called})
    for said in [*before, "khẩn cấp"]:
        asks.asks(said)
    assert asks.asks(text).reads == VI.emergency_menu
    assert Situation.PAID.value in asks.choices


def test_the_card_of_long_ago_is_not_the_one_above_the_menu() -> None:
    asks = citizen().asks(STORY).waits(hours=20).asks("khẩn cấp").asks("nó đang gọi lại")
    assert asks.reads == VI.emergency_menu


def test_the_menu_below_a_card_does_not_hide_the_card() -> None:
    asks = citizen().asks(STORY)
    steps = next(button for button in asks.buttons if button.choice == "steps")
    assert asks.asks("khẩn cấp").asks("nó đang gọi lại").reads == VI.still_here
    assert (
        asks.does(Tap(steps.session, steps.state, steps.choice)).reads
        == citizen().asks(STORY).taps("Xem đủ các bước").reads
    )


def test_a_message_after_first_aid_is_looked_at() -> None:
    assert citizen().asks(STORY).asks(SCAM).replies[0].level is Level.SCAM
    long = "Kính gửi quý phụ huynh, chiều nay nhà trường họp lúc 14 giờ tại hội trường, mong quý vị đến đúng giờ"
    assert citizen().asks(STORY).asks(long).replies[0].level is Level.NONE
    assert citizen().asks(STORY).does(Text("nó đang gọi lại", "Hùng")).replies[0].level is Level.NONE
    assert citizen().asks(STORY).waits(hours=2).asks("nó đang gọi lại").replies[0].level is Level.NONE
    asked = citizen(**{"phạt nguội giả là gì": verdict(Level.NONE, frame=Frame.QUESTION)})
    assert asked.asks(STORY).asks("phạt nguội giả là gì").reads.startswith("Phạt nguội giả")


def test_a_wish_and_another_loss_after_first_aid_are_heard() -> None:
    asks = citizen(**{"tôi muốn báo công an": WISH, "mất sim": emergency(Situation.SIM_LOST)}).asks(STORY)
    assert [one.situation for one in asks.asks("mất sim").recorded(HelpNeeded)] == ["sim_lost"]
    assert asks.asks("tôi muốn báo công an").context.state == "reporting"


STEPS_DONE = [
    "tôi đổi mật khẩu rồi", "tôi gọi ngân hàng khóa thẻ rồi", "tôi tắt máy rồi", "tôi xóa app rồi",
    "khóa thẻ rồi giờ làm gì nữa", "đã báo công an rồi", "tôi ra công an trình báo rồi", "ngân hàng khóa rồi",
    "toi goi vietcombank khoa the roi a", "khóa thẻ vietcombank rồi", "dạ con đổi mật khẩu với khóa thẻ xong rồi ạ", "tôi đã khóa thẻ",
]  # fmt: skip
NO_STEPS_DONE = [
    "tôi gọi ngân hàng khóa thẻ rồi mà vẫn mất tiền", "nó đổi mật khẩu của tôi rồi", "tôi bị khóa thẻ rồi",
    "khóa thẻ vietcombank rồi họ gọi đòi OTP", "tôi chưa khóa thẻ", "họ bảo tôi xóa app rồi", "tôi khóa thẻ nhé",
    "tôi xóa app rồi cài lại app họ gửi", "nó tắt máy rồi", "công an bảo tôi tắt máy rồi", "tôi báo công an giả rồi",
]  # fmt: skip


@pytest.mark.parametrize("text", STEPS_DONE)
def test_whoever_has_done_a_step_hears_what_is_left_and_is_no_new_case(text: str) -> None:
    asks = citizen(**{text: emergency(Situation.INSTALLED)}).asks(STORY)
    steps = citizen().asks(STORY).taps_choice("steps").reads
    asks.asks(text)
    assert asks.reads == f"{VI.step_done}\n{steps}"
    assert (asks.recorded(HelpNeeded), asks.recorded(CheckMade)) == ([], [])
    assert (asks.context.state, asks.context.situation) == ("emergency", "paid")


@pytest.mark.parametrize("text", NO_STEPS_DONE)
def test_what_only_names_a_step_is_heard_as_what_it_is(text: str) -> None:
    asks = citizen(**{text: emergency(Situation.DISCLOSED)}).asks(STORY).asks(text)
    assert [one.situation for one in asks.recorded(HelpNeeded)] == ["disclosed"]


def test_a_step_is_one_only_soon_after_a_card() -> None:
    text = "tôi đổi mật khẩu rồi"
    given = {text: emergency(Situation.DISCLOSED)}
    assert citizen(**given).asks(text).recorded(HelpNeeded)
    assert citizen(**given).asks("khẩn cấp").asks(text).recorded(HelpNeeded)
    assert citizen(**given).asks(STORY).waits(hours=2).asks(text).recorded(HelpNeeded)
    assert VI.step_done not in citizen().asks(STORY).does(Text(text, "Hùng")).reads


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mày là ai", "vi"),
        ("bạn có phải công an không", "vi"),
        ("đây có phải lừa đảo không", "vi"),
        ("who are you", "en"),
        ("are you a robot", "en"),
    ],
)
def test_whoever_asks_who_we_are_is_told(text: str, language: str) -> None:
    asks = citizen(**{text: verdict(Level.NONE, frame=Frame.QUESTION)}).asks(text)
    assert {"vi": "Tôi là trợ lý tự động của", "en": "I am the automatic assistant of"}[language] in asks.reads


@pytest.mark.parametrize("text", ["nó là ai", "anh ấy có phải công an không", "ban la ai ma goi toi hoai vay"])
def test_others_are_not_introduced_as_us(text: str) -> None:
    assert "Tôi là trợ lý tự động của" not in citizen().asks("chào").follows().asks(text).reads


# ---- No report without a word of reporting


def wishing(text: str) -> Citizen:
    """A citizen in whose words the judge hears a wish to report."""
    return citizen(**{text: WISH}).asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "giúp tôi với, gấp lắm",
        "bị lừa",
        "gọi công an số mấy",
        "số điện thoại công an",
        "cho tôi gặp người thật",
        "báo",
        "xem giúp bác tin này có phải lừa đảo không cháu",
        "người ta khoe trúng thưởng",
        "họ báo cáo là trúng thưởng thật không cháu",
    ],
)
def test_who_does_not_speak_of_reporting_is_not_led_into_a_report(text: str) -> None:
    assert wishing(text).context.state != "reporting"


@pytest.mark.parametrize(
    "text",
    [
        "tôi muốn báo công an",
        "bao cong an giup toi",
        "tôi muốn tố giác",
        "cho bác báo vụ này",
        "toi muon phan anh so nay",
        "muốn trình báo thì làm sao",
        "i want to report a scam",
    ],
)
def test_who_speaks_of_reporting_is(text: str) -> None:
    assert wishing(text).context.state == "reporting"


@pytest.mark.parametrize("text", ["gọi công an số mấy", "số điện thoại công an", "báo công an ở đâu", "công an", "113"])
def test_who_asks_for_the_police_hears_how_to_reach_them(text: str) -> None:
    asks = wishing(text)
    assert "113" in asks.reads
    assert asks.knowledge.handbook.unit.duty_phone in asks.reads
    assert asks.knowledge.handbook.unit.hours in asks.reads


@pytest.mark.parametrize("text", ["cho tôi gặp người thật", "tôi muốn gặp cán bộ", "toi can noi chuyen voi nguoi that"])
def test_who_asks_for_a_person_hears_that_we_are_none_and_how_to_reach_one(text: str) -> None:
    asks = wishing(text)
    assert asks.reads.startswith(VI.no_person)
    assert "113" in asks.reads


@pytest.mark.parametrize("text", ["công an gọi tôi", "họ xưng cán bộ đòi gặp tôi", "số này có phải công an không"])
def test_who_tells_of_police_that_called_is_not_given_their_number(text: str) -> None:
    assert VI.police.split("\n")[0] not in wishing(text).reads


def test_who_was_deceived_and_says_no_more_is_asked_what_has_happened() -> None:
    assert wishing("bác bị lừa rồi cháu ơi").reads == VI.emergency_menu


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tiền có lấy lại được không", "vi"),
        ("có lấy lại được tiền không cháu", "vi"),
        ("lam sao lay lai tien", "vi"),
        ("can I get my money back?", "en"),
        ("how do I get my money back", "en"),
    ],
)
def test_whoever_asks_for_the_money_is_promised_nothing_and_keeps_the_card(text: str, language: str) -> None:
    asks = citizen(**{text: verdict(Level.NONE, frame=Frame.QUESTION)}).asks(STORY).asks(text)
    assert asks.reads == wording.of(language).money_back
    assert asks.context.state == "emergency"
    assert "steps" in asks.choices


@pytest.mark.parametrize("text", ["luật sư nhận lấy lại tiền bị lừa", "mượn tiền không trả lại", "cho em lấy lại áo"])
def test_other_words_of_money_are_no_such_question(text: str) -> None:
    assert citizen().asks(text).reads != VI.money_back


@pytest.mark.parametrize("text", ["no", "nợ", "link", "zalo", "Sim?"])
def test_one_such_word_alone_is_no_loss(text: str) -> None:
    asks = citizen(**{text: emergency(Situation.BLACKMAILED)}).asks(text)
    assert (asks.recorded(HelpNeeded), asks.choices) == ([], ["emergency"])


@pytest.mark.parametrize("text", ["toichuyentienroi", "mất tiền", "bị hack", "mất sim", "mất zalo", "nguy"])
def test_a_loss_in_few_words_is_one(text: str) -> None:
    assert citizen(**{text: emergency(Situation.PAID)}).asks(text).recorded(HelpNeeded)


@pytest.mark.parametrize(
    "text",
    ["I already paid", "what should I do", "I am scared", "who called me", "they scammed me", "I want to report"],
)
def test_a_few_english_words_are_answered_in_english(text: str) -> None:
    assert citizen(**{text: verdict(Level.NONE)}).asks(text).turn.context.language == "en"


def test_first_aid_for_a_few_english_words_is_english() -> None:
    text = "I already paid"
    asks = citizen(**{text: emergency(Situation.PAID)}).asks(text)
    assert asks.reads.startswith(f"🔴 {EN.emergency_lead}")


@pytest.mark.parametrize("text", ["ok", "hello", "thanks", "no", "yes", "help"])
def test_a_word_of_either_language_goes_on_in_the_one_before(text: str) -> None:
    english = verdict(Level.NONE, language="en")
    asks = citizen(**{"Dear customer, your account": english, text: TALK})
    assert asks.asks(text).context.language == "vi"
    assert asks.asks("Dear customer, your account").asks(text).context.language == "en"


@pytest.mark.parametrize(
    "text", ["toi chuyen tien roi", "cam on", "that khong", "em me an it me", "no lua me", "cứu tôi", "sao ke la gi"]
)
def test_vietnamese_without_marks_stays_vietnamese(text: str) -> None:
    english = verdict(Level.NONE, language="en")
    asks = citizen(**{"Dear customer, your account": english, text: verdict(Level.NONE)})
    assert asks.asks("Dear customer, your account").waits(hours=2).asks(text).context.language == "vi"


@pytest.mark.parametrize(
    ("text", "says"), [("khẩn cấp", VI), ("/khancap", VI), ("cuu toi voi", VI), ("/emergency", EN), ("sos", EN)]
)
def test_a_cry_after_an_english_message_is_answered_in_its_own_language(text: str, says: wording.Words) -> None:
    english = verdict(Level.SCAM, language="en")
    assert citizen(**{"Dear customer": english}).asks("Dear customer").asks(text).reads == says.emergency_menu


def test_a_longer_english_message_after_an_english_one_is_answered_in_english() -> None:
    message = "Your DHL parcel is held at our warehouse, pay 20,000 VND customs at dhl-vn.top"
    vietnamese = "Dien luc thong bao nha ban no tien dien, dong ngay hom nay de khong bi cat dien, xem is gd"
    asks = citizen(**{"who are they": TALK, message: verdict(Level.SCAM), vietnamese: verdict(Level.SCAM)})
    assert asks.asks(message).context.language == "vi"
    assert asks.asks("who are they").asks(message).context.language == "en"
    assert asks.asks(vietnamese).context.language == "vi"


def test_the_language_that_was_chosen_stays() -> None:
    assert citizen().asks("/ngonngu vi").asks("I already paid").context.language == "vi"


def test_english_is_answered_in_english() -> None:
    text = "what is the number of the police"
    asks = citizen(**{text: verdict(Level.NONE, language="en")}).asks(text)
    assert asks.reads.startswith("In danger: call 113.")


# ---- Pleas and fear


@pytest.mark.parametrize("text", ["bác sợ quá cháu ơi", "bà sợ quá", "toi lo lam con oi"])
def test_who_is_afraid_is_comforted_whatever_the_judge_makes_of_it(text: str) -> None:
    asks = citizen().asks(text)
    assert asks.reads == VI.comfort
    assert "emergency" in asks.choices


@pytest.mark.parametrize("text", ["giúp em với", "cho hỏi", "nhờ cháu xem giùm", "cháu ơi", "help me please"])
def test_a_plea_hears_what_to_do(text: str) -> None:
    asks = citizen().asks(text)
    assert asks.reads == VI.plea
    assert asks.choices == ["emergency"]
    assert asks.recorded(CheckMade)


@pytest.mark.parametrize("text", ["sos", "SOS!!!", "cứu", "cứu tôi", "Cứu tôi với!"])
def test_a_cry_opens_the_emergency_menu(text: str) -> None:
    assert citizen().asks(text).reads == VI.emergency_menu


@pytest.mark.parametrize("text", ["số lạ quá", "lỡ quá", "nó giúp em với nhé chuyển hàng"])
def test_what_only_sounds_like_fear_or_a_plea_is_checked(text: str) -> None:
    assert citizen().asks(text).replies[0].level is Level.NONE


def test_a_plea_in_a_scam_and_in_a_loss_is_not_all_that_is_heard() -> None:
    text = "giúp em với"
    assert citizen(**{text: verdict(Level.SUSPICIOUS)}).asks(text).replies[0].level is Level.SUSPICIOUS
    assert citizen(**{text: emergency(Situation.PAID)}).asks(text).context.state == "emergency"


# ---- Large, short, in English


@pytest.mark.parametrize(
    "text", ["chữ nhỏ quá bác không đọc được", "nói ngắn thôi", "nói ngắn gọn thôi cháu", "dài quá"]
)
def test_who_cannot_read_so_much_is_answered_shortly(text: str) -> None:
    asks = citizen().asks(text)
    assert asks.reads == VI.elder_on
    assert asks.asks(text).context.elder


@pytest.mark.parametrize(
    ("text", "language"),
    [("nói tiếng anh", "en"), ("speak english please", "en"), ("English please", "en"), ("nói tiếng việt đi", "vi")],
)
def test_a_language_is_asked_for_in_words(text: str, language: str) -> None:
    assert citizen().asks(text).context.chosen_language == language


@pytest.mark.parametrize(
    "text", ["Nó nói ngân hàng khóa thẻ", "tuyển gia sư dạy tiếng anh", "they speak english on the phone"]
)
def test_what_only_names_it_is_checked(text: str) -> None:
    asks = citizen().does(Text(text))
    assert (asks.context.elder, asks.context.chosen_language) == (False, "")


def test_first_aid_for_elders_is_three_short_steps_and_the_banks_line() -> None:
    asks = citizen().asks("/chuto").asks(STORY)
    lines = asks.reads.split("\n")
    assert len(lines) == 5
    assert lines[0].startswith("🔴")
    assert "Vietcombank" in lines[4]
    assert max(len(line) for line in lines) < 130
    assert asks.choices == ["steps", "report", "wrong"]


@pytest.mark.parametrize("situation", [Situation.PAID, Situation.ISOLATED, Situation.BLACKMAILED])
def test_no_number_for_danger_is_shortened_away(situation: Situation) -> None:
    asks = citizen(nguy=emergency(situation)).asks("/chuto").asks("nguy")
    assert "113" in asks.reads or "111" in asks.reads
