"""Every kind of answer, word for word where it matters."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from bot import answers, wording
from bot.replies import Reply
from bot.turn import ReportFiled
from knowledge import catalogue, lexicon, stages
from knowledge.catalogue import Situation
from knowledge.handbook import Handbook
from knowledge.text import fold, normalise
from knowledge.verdict import AddressJudgement, Candidate, Frame, Indicator, IndicatorKind, Level, Span, Verdict
from tests.bot.citizen import POWER, SCAM, book, entity, entries, evidence, knowing, verdict, warned
from tests.bot.test_quoting import TAPPABLE

TODAY = date(2026, 11, 24)
HIDDEN_LETTERS = stages.by_disguise(normalise("c.h.u.y.e.n"))[0].sign
RULES = re.compile(r"(?i)by_phrase|by_cue|decisive|0123456789ab|\b0[.,]\d\d|AIS-\d|BCA-\d")


def say(decided: Verdict, text: str = SCAM) -> tuple[Reply, ...]:
    return answers.for_verdict(decided, knowing(), text, "S1", TODAY)


def test_a_warning_has_its_parts_in_order() -> None:
    lines = say(warned())[0].text.split("\n")
    assert lines[0] == "🔴 KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO ĐÃ BIẾT"
    assert lines[1] == "Giống thủ đoạn: Giả điện lực dọa cắt điện"
    assert lines[3:7] == [
        "Vì sao:",
        "• “2 gio nua cat dien” – câu quen thuộc của: Giả điện lực dọa cắt điện",
        "• “evn-dongtien[.]top” – địa chỉ nhái",
        "• “Dong tai” – giục làm gấp",
    ]
    assert lines[8] == "Làm ngay:"
    assert [line[:2] for line in lines[9:12]] == ["1.", "2.", "3."]


def test_the_buttons_of_a_warning() -> None:
    reply = say(warned())[0]
    assert [b.choice for b in reply.buttons] == ["emergency", "report", "why", "share", "wrong"]
    assert {(b.session, b.state) for b in reply.buttons} == {("S1", "checking")}


def test_the_marks_point_at_the_quoted_words() -> None:
    reply = say(warned())[0]
    assert [reply.quoted[m.start : m.end] for m in reply.marks] == [
        "2 gio nua cat dien",
        "evn-dongtien.top",
        "Dong tai",
    ]


def test_a_suspicion_is_worded_more_carefully() -> None:
    assert say(verdict(Level.SUSPICIOUS))[0].text.startswith(
        "🟠 CÓ DẤU HIỆU LỪA ĐẢO\nCó nét giống: Giả điện lực dọa cắt điện"
    )


def test_a_suspicion_without_a_method_names_none() -> None:
    reply = say(verdict(Level.SUSPICIOUS, methods=()))[0]
    assert wording.VI.looks_like_unnamed in reply.text


def test_an_english_warning_is_english() -> None:
    text = say(warned(language="en"))[0].text
    assert text.startswith("🔴 MATCHES A KNOWN SCAM\nLooks like: Fake electricity company call")
    assert "• “2 gio nua cat dien” – typical of: Fake electricity company call" in text
    assert not re.search("giục|địa chỉ nhái|Làm ngay", text)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("frame", [f for f in Frame if f is not Frame.ENTITY])
def test_nothing_found_says_what_would_make_it_a_scam(frame: Frame, language: str) -> None:
    words = wording.of(language)
    text = say(verdict(Level.NONE, frame=frame, language=language))[0].text
    assert text.startswith(f"⚪ {words.level[Level.NONE]}")
    assert words.would_be_scam.get(frame, words.would_be_scam_else) in text
    assert not re.search(r"(?i)an toàn|\bsafe\b", text)


def test_a_warning_that_quotes_is_named_as_one() -> None:
    assert wording.VI.quoted_warning in say(verdict(Level.NONE, frame=Frame.WARNING_QUOTE))[0].text


def test_an_open_case_asks_its_one_question() -> None:
    reply = say(verdict(Level.UNKNOWN, question="Họ có xin mã OTP không?"))[0]
    assert reply.text.endswith("Họ có xin mã OTP không?")
    assert [b.choice for b in reply.buttons][:2] == ["yes", "no"]


def test_an_open_case_in_english_asks_in_english() -> None:
    reply = say(verdict(Level.UNKNOWN, question="Họ có xin mã OTP không?", language="en"))[0]
    assert reply.text.endswith(wording.EN.ask_anything)


def test_a_long_message_is_said_to_be_cut() -> None:
    assert say(verdict(Level.NONE, truncated=True))[0].text.endswith(wording.VI.truncated)


def test_only_the_strongest_three_different_reasons_are_told() -> None:
    told = answers.strongest(
        [
            evidence(SCAM, "cat dien", "dọa cắt điện", weight=3),
            evidence(SCAM, "2 gio nua cat dien", "giục", weight=2),  # overlaps
            evidence(SCAM, "no tien dien", "dọa cắt điện", weight=2),  # the same sign
            evidence(SCAM, "Dien luc", "chống lại", weight=-1),
            evidence(SCAM, "no tien dien", "nợ", weight=1),
            evidence(SCAM, "goi", "gọi", weight=1),
            evidence(SCAM, "hoac", "hoặc", weight=1),
        ]
    )
    assert [one.sign for one in told] == ["dọa cắt điện", "nợ", "gọi"]


@pytest.mark.parametrize(
    ("judgement", "says"),
    [
        (AddressJudgement.LOOKALIKE, "NHÁI Vietcombank"),
        (AddressJudgement.OFFICIAL, "đúng địa chỉ của Vietcombank"),
        (AddressJudgement.SUSPICIOUS, "Đừng mở"),
        (AddressJudgement.APP_FILE, "Đừng mở, đừng cài"),
        (AddressJudgement.SHORTENER, "link rút gọn"),
        (AddressJudgement.OPEN_PLATFORM, "ai cũng tạo được"),
        (AddressJudgement.UNKNOWN, "chưa kết luận được"),
    ],
)
def test_a_bare_link(judgement: AddressJudgement, says: str) -> None:
    link = Indicator(IndicatorKind.LINK, "vcb-xacthuc.top/a", Span(0, 17), judgement, "Vietcombank")
    text = say(entity(Level.UNKNOWN, link), "vcb-xacthuc.top/a")[0].text
    assert "vcb-xacthuc[.]top/a" in text
    assert says in text
    checked = wording.VI.how_to_check[IndicatorKind.LINK] in text
    assert checked is (judgement is not AddressJudgement.OFFICIAL)


def test_a_domain_nobody_looked_at_for_long_is_no_longer_called_its_owners() -> None:
    official = AddressJudgement.OFFICIAL
    for until, told in ((TODAY, True), (TODAY - timedelta(days=1), False)):
        link = Indicator(IndicatorKind.LINK, "vcb.com.vn", Span(0, 10), official, "Vietcombank", until)
        text = say(entity(Level.NONE, link), "vcb.com.vn")[0].text
        assert ("đúng địa chỉ của Vietcombank" in text) is told
        assert ("chưa kết luận được" in text) is not told
        assert text.startswith(answers.headline(Level.NONE if told else Level.UNKNOWN, wording.VI))


def test_a_card_past_its_check_date_says_what_to_do_now_and_where_to_ask() -> None:
    card = book().card_for(Situation.PAID)
    late = book().advice_for(None, Situation.PAID, card.check_after + timedelta(days=1))
    said = answers.for_emergency(late, None, "S1", "vi").text
    assert all(step in said for step in card.now)
    assert wording.VI.advice_stale in said
    assert (card.say or "?") not in said
    more = "\n".join(reply.text for reply in answers.for_steps(late, wording.VI))
    assert card.steps[-1] not in more
    assert wording.VI.advice_stale in more
    assert wording.EN.advice_stale in answers.for_emergency(late, None, "S1", "en").text


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (IndicatorKind.PHONE, "0905123318", "Số 0905•••318: chưa có kết luận về số này."),
        (IndicatorKind.ACCOUNT, "19034567890123", "Tài khoản •••123: chưa có kết luận về tài khoản này."),
        (IndicatorKind.WALLET, "TQabcdef1234567890xyz", "Ví tiền số •••xyz: chưa có kết luận về ví này."),
        (IndicatorKind.HANDLE, "@hotro_vcb", "Tài khoản mạng [@]hotro_vcb: chưa có kết luận về người này."),
        (IndicatorKind.EMAIL, "a@vcb.top", "Thư điện tử a[@]vcb[.]top: chưa có kết luận về địa chỉ này."),
        (IndicatorKind.QR, "nonsense", "Mã QR: chưa có kết luận về người nhận."),
    ],
)
def test_a_bare_number_or_name(kind: IndicatorKind, value: str, says: str) -> None:
    reply = say(entity(Level.UNKNOWN, Indicator(kind, value, Span(0, 1))), value)[0]
    assert says in reply.text
    assert wording.VI.how_to_check[kind] in reply.text
    assert [b.choice for b in reply.buttons] == ["emergency", "report", "why", "wrong"]


def test_a_payment_code_tells_bank_account_and_name() -> None:
    payload = "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA53037045406500000" \
        "5802VN5911NGUYEN VAN A6304"  # fmt: skip
    said = answers.transfer(payload + "0000", wording.VI)
    assert said.startswith("Mã QR chuyển tiền vào ")
    assert "0123•••789" in said or "•••" in said
    assert "500.000 đồng" in said


@pytest.mark.parametrize(
    ("bin_", "says"),
    [
        ("970436", "vào Vietcombank, tài khoản •••678, mã không ghi tên."),
        ("999999", "vào ngân hàng chưa rõ, tài khoản •••678, mã không ghi tên."),
    ],
)
def test_a_payment_code_without_a_name_says_so(bin_: str, says: str) -> None:
    payload = f"00020101021238540010A0000007270124000{len(bin_)}{bin_}011010123456780208QRIBFTTA53037045802VN6304"
    said = answers.transfer(payload + "0000", wording.VI)
    assert says in said
    assert "?" not in said


def test_many_things_are_counted_not_listed() -> None:
    links = [Indicator(IndicatorKind.LINK, f"a{n}.top", Span(n, n + 1), AddressJudgement.UNKNOWN) for n in range(9)]
    text = say(entity(Level.UNKNOWN, *links), "x")[0].text
    assert text.count("[.]top") == 5
    assert "… và 4 thứ khác" in text


def test_close_methods_are_offered_to_choose_from() -> None:
    rivals = tuple(
        Candidate(slug, score)
        for slug, score in [
            (POWER, 0.3),
            ("phat-nguoi", 0.28),
            ("shipper-cod", 0.25),
            ("khoa-sim-chuan-hoa", 0.2),
            ("bien-lai-gia", 0.19),
        ]
    )
    warned_, which = say(verdict(Level.SUSPICIOUS, methods=rivals))
    assert "Có nét của vài thủ đoạn" in warned_.text
    assert [b.choice for b in which.buttons] == ["1", "2", "3", "4", "0"]
    assert which.buttons[1].label == "Phạt nguội giả"
    assert which.buttons[-1].label == "Không phải"


@pytest.mark.parametrize("scores", [(0.9, 0.05), (0.62, 0.38), (0.5, 0.2), (0.4,)])
def test_a_clear_first_method_is_not_asked_about(scores: tuple[float, ...]) -> None:
    slugs = [POWER, "phat-nguoi"]
    assert answers.close(verdict(Level.SCAM, methods=tuple(map(Candidate, slugs, scores)))) == ()


def test_why_tells_more_and_the_revision() -> None:
    reply = answers.for_why(warned(), knowing().judge, book(), "S1", TODAY)
    assert "evn-dongtien[.]top" in reply.text
    assert "Sự thật:" in reply.text
    assert "bản 0123456789ab" in reply.text


def test_why_without_reasons_says_so() -> None:
    assert answers.for_why(verdict(), knowing().judge, book(), "S1", TODAY).text.startswith(wording.VI.why_nothing)


def test_an_answer_for_elders_is_three_short_lines() -> None:
    reply = answers.briefly(say(warned()), wording.VI)[0]
    assert reply.text.split("\n") == [
        "🔴 KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO ĐÃ BIẾT",
        "Giống thủ đoạn: Giả điện lực dọa cắt điện",
        wording.VI.elder_step[Level.SCAM],
    ]
    assert [b.choice for b in reply.buttons] == ["emergency", "why"]
    assert (reply.quoted, reply.marks) == ("", ())


def test_an_open_question_for_elders_is_still_asked() -> None:
    reply = answers.briefly(say(verdict(Level.UNKNOWN, question="Họ có xin mã OTP không?")), wording.VI)[0]
    assert "Họ có xin mã OTP không?" in reply.text.split("\n")
    assert len(reply.text.split("\n")) == 3
    assert "yes" in [b.choice for b in reply.buttons]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_card_names_the_way_to_the_bank_what_to_say_and_what_to_keep(language: str) -> None:
    words = wording.of(language)
    advice = book().advice_for(None, Situation.PAID, TODAY)
    bank = book().bank_named("toi chuyen qua vietcombank roi", TODAY)
    reply = answers.for_emergency(advice, bank, "S1", language)
    assert reply.text.startswith(f"🔴 {words.emergency_lead}: ")
    assert f"Vietcombank: {'gọi' if language == 'vi' else 'call'} 1900" in reply.text
    assert words.say.split("{")[0] in reply.text
    assert words.keep.split("{")[0] in reply.text
    assert [b.choice for b in reply.buttons] == ["steps", "report", "wrong"]


@pytest.mark.parametrize("situation", list(Situation))
def test_every_situation_tells_what_to_keep_at_once(situation: Situation) -> None:
    for language in ("vi", "en"):
        advice = book().advice_for(None, situation, TODAY)
        text = answers.for_emergency(advice, None, "S1", language).text
        assert wording.of(language).keep.split("{")[0] in text


def test_a_question_is_answered_from_the_catalogue() -> None:
    method = knowing().named_in("phạt nguội giả là gì")
    assert method is not None
    text = answers.for_question(method, book(), wording.VI, "S1", TODAY).text
    assert text.startswith("Phạt nguội giả\n")
    assert wording.VI.question_how in text


def test_a_question_that_we_have_no_page_for_gets_the_golden_rules() -> None:
    text = answers.for_question(None, book(), wording.VI, "S1", TODAY).text
    assert "Bị giục là dừng." in text


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("phạt nguội giả là gì", "phat-nguoi"),
        ("phat nguoi gia la gi", "phat-nguoi"),
        ("giả danh công an là thế nào", "gia-cong-an-vks-toa-an"),
        ("deepfake là gì", "deepfake-deepvoice"),
        ("bắt cóc online là sao", "bat-coc-online"),
        ("lừa đảo shipper là sao", "shipper-cod"),
        ("lấy lại tiền bị lừa được không", "lay-lai-tien-bi-lua"),
        ("what is the fake electricity company call", POWER),
        ("bao giờ trời mưa", None),
        ("lừa đảo", None),
        ("", None),
        ("lừa đảo qua zalo", None),
    ],
)
def test_a_method_is_found_by_its_names(question: str, slug: str | None) -> None:
    found = knowing().named_in(question)
    assert (found.slug if found else None) == slug


def test_every_method_is_found_by_its_own_name() -> None:
    found = {m.slug: knowing().named_in(m.name) for m in entries().methods}
    assert [slug for slug, method in found.items() if method is None or method.slug != slug] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_fits_one_message_and_shows_no_rule(language: str) -> None:
    words, judge = wording.of(language), knowing().judge
    for method in entries().methods:
        decided = warned(methods=(Candidate(method.slug, 0.9),), language=language)
        shown = [
            *say(decided),
            answers.for_question(method, book(), words, "S1", TODAY),
            answers.for_sharing(method.slug, knowing(), language, TODAY),
            answers.for_sharing(f"dau-hieu.{method.slug}", knowing(), language, TODAY),
        ]
        assert [r.text[:60] for r in shown if RULES.search(r.text)] == []
        shown.append(answers.for_why(decided, judge, book(), "S1", TODAY))
        assert [r.text[:60] for r in shown if len(r.text) > 2000] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_card_fits_one_message(language: str) -> None:
    words = wording.of(language)
    for method in (None, *entries().methods):
        for situation in Situation:
            advice = book().advice_for(method, situation, TODAY)
            shown = [answers.for_emergency(advice, None, "S1", language)]
            shown += answers.for_steps(advice, words)
            assert [r.text[:60] for r in shown if not 0 < len(r.text) <= 2000] == [], (
                method and method.slug,
                situation,
            )


def test_no_answer_to_an_entity_or_a_scam_can_be_tapped() -> None:
    hostile = "bam https://evn-a.top @evil /start a@b.vn 0905123318 www.x.vn 10.0.0.1"
    told = tuple(evidence(hostile, part, f"dấu {len(part)}", weight=1.0) for part in hostile.split()[1:4])
    text = say(verdict(Level.SCAM, evidence=told), hostile)[0].text
    assert not TAPPABLE.search("\n".join(line for line in text.split("\n") if "“" in line))


def test_quotes_are_at_most_sixty_characters() -> None:
    long = "chuyển ngay " * 30
    told = (evidence(long, long.strip(), "giục", weight=1.0),)
    quotes = re.findall("“(.*?)”", say(verdict(Level.SCAM, evidence=told), long)[0].text)
    assert quotes
    assert max(map(len, quotes)) <= 60


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_unknown_report_and_somebody_elses_sound_the_same(language: str) -> None:
    assert answers.for_status(language, "A", None) == answers.for_status(language, "A", "no such state")
    assert "7K2M9QX4A" in answers.for_status(language, "7K2M9QX4A", "new").text


def test_rights_are_answered_in_words() -> None:
    assert "3" in answers.for_data("vi", checks=3, reports=1, cries=0, subscriptions=0).text
    assert answers.for_data("vi", checks=0, reports=0, cries=0, subscriptions=0).text == wording.VI.data_none
    told = answers.for_data("vi", checks=3, reports=1, cries=2, subscriptions=0).text
    assert "Số phản ánh: 1" in told
    assert "Số lần kêu cứu, cán bộ trực thấy được: 2" in told
    assert answers.for_data("vi", checks=0, reports=0, cries=1, subscriptions=0).text != wording.VI.data_none
    assert "C1" in answers.for_erasure("vi", "C1").text
    assert "2 phản ánh" in answers.for_erasure("vi", "C1", held=2).text


@pytest.mark.parametrize(
    ("words", "said"),
    [(wording.VI, "cán bộ trực thấy ngay"), (wording.EN, "officers on duty see that message at once")],
)
def test_the_notice_says_who_sees_a_cry_for_help(words: wording.Words, said: str) -> None:
    assert said in answers.for_privacy(book().unit, words).text


@pytest.mark.parametrize(
    ("told", "scam", "starts"),
    [
        (Level.SCAM, True, "Cán bộ đã xem"),
        (Level.NONE, True, "Xin đính chính"),
        (Level.UNKNOWN, True, "Xin đính chính"),
        (Level.SUSPICIOUS, False, "Xin đính chính"),
        (Level.NONE, False, None),
    ],
)
def test_whoever_asked_hears_what_was_decided(told: Level, scam: bool, starts: str | None) -> None:
    reply = answers.for_review("vi", told, scam=scam, method=entries().by_slug[POWER])
    assert (reply is None) == (starts is None)
    assert reply is None or reply.text.startswith(starts or "")


def filed(text: str = "", situation: str = "", **said: str) -> ReportFiled:
    return ReportFiled("C1", text, "scam", (POWER,), situation, said)


def test_a_review_without_a_named_method_names_none() -> None:
    for language in ("vi", "en"):
        reply = answers.for_review(language, Level.NONE, scam=True, method=None)
        assert reply is not None
        assert "()" not in reply.text
        assert wording.of(language).a_scam in reply.text


def test_the_draft_for_the_police_is_in_the_citizens_words_with_numbers_whole_and_no_link_to_tap() -> None:
    told = filed(SCAM, "paid", who="gọi từ 0905123318, trang a.top", account="19034567890123", amount="20 triệu")
    text = answers.for_paper(told, entries().by_slug[POWER], wording.VI).text
    assert "Số tiền đã mất: 20 triệu" in text
    assert "Tình trạng: Đã chuyển tiền" in text
    assert "Tài khoản nhận tiền: 19034567890123" in text
    assert "gọi từ 0905123318, trang a[.]top" in text
    assert "Kính gửi: Công an" in text
    assert not TAPPABLE.search(text.replace("0905123318", "").replace("19034567890123", ""))


def test_the_longest_draft_fits_one_message() -> None:
    told = dict.fromkeys(wording.VI.report_questions, "x" * 500)
    text = answers.for_paper(filed("y" * 500, "isolated", **told), entries().by_slug[POWER], wording.VI).text
    assert len(text) <= 2000


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"number": "0905 123 318"}, "LD 0905123318 gia dien luc doa cat dien"),
        ({"who": "số +84905123318 gọi tới"}, "LD 0905123318 gia dien luc doa cat dien"),
        ({"who": "nó nhắn tin", "number": "0905.123.318"}, "S 0905123318 gia dien luc doa cat dien"),
        ({"number": "tổng đài 1900 1234"}, "LD 19001234 gia dien luc doa cat dien"),
    ],
)
def test_the_text_for_the_network_is_ready_to_copy(said: dict[str, str], line: str) -> None:
    reply = answers.for_5656(book(), filed(**said), entries().by_slug[POWER], wording.VI, TODAY)
    assert reply is not None
    assert reply.text.split("\n")[1] == line
    assert "5656" in reply.text


def test_without_a_number_the_form_of_the_text_is_told() -> None:
    reply = answers.for_5656(book(), filed(who="Facebook tên Lan"), None, wording.VI, TODAY)
    assert reply is not None
    assert "LD (số gọi đến)" in reply.text


def test_no_network_is_named_when_its_number_is_unknown() -> None:
    silent = Handbook.model_validate(book().model_dump() | {"contacts": ()})
    assert answers.for_5656(silent, filed(), None, wording.VI, TODAY) is None


def test_privacy_names_the_controller_and_the_days() -> None:
    text = answers.for_privacy(book().unit, wording.VI).text
    assert book().unit.controller in text
    assert str(book().unit.retention_days["reports"]) in text
    assert "/xoadulieu" in text
    assert "an toan" not in fold(text)


def test_an_official_link_needs_no_advice_how_to_check_it() -> None:
    link = Indicator(IndicatorKind.LINK, "vietcombank.com.vn", Span(0, 18), AddressJudgement.OFFICIAL, "Vietcombank")
    text = say(entity(Level.NONE, link))[0].text
    assert wording.VI.how_to_check[IndicatorKind.LINK] not in text
    assert text.startswith("⚪ CHƯA THẤY DẤU HIỆU")


@pytest.mark.parametrize("sign", [*lexicon.load(catalogue.DATA / "lexicon.toml").labels().values(), HIDDEN_LETTERS])
def test_every_sign_of_a_reason_has_english_words(sign: str) -> None:
    assert wording.EN.cue_signs[sign].isascii()


def test_an_english_reason_says_what_is_wrong_with_it() -> None:
    told = (evidence(SCAM, "Dong tai", "xin chuyển tiền"), evidence(SCAM, "cat dien", "một dấu hiệu mới"))
    text = say(verdict(Level.SCAM, language="en", evidence=told))[0].text
    assert "• “Dong tai” – asks you to send money" in text
    assert f"• “cat dien” – {wording.EN.cue_other}" in text


def test_an_english_reason_names_what_the_link_is() -> None:
    link = Indicator(
        IndicatorKind.LINK, "evn-dongtien.top", Span(SCAM.index("evn"), SCAM.index(" hoac")), AddressJudgement.LOOKALIKE
    )
    text = say(warned(language="en", indicators=(link,)))[0].text
    assert "• “evn-dongtien[.]top” – imitates an official address" in text


@pytest.mark.parametrize("words", [wording.VI, wording.EN])
def test_who_reads_the_steps_hears_that_nothing_was_reported_and_where_to(words: wording.Words) -> None:
    advice = book().advice_for(None, Situation.PAID, TODAY)
    said = "\n".join(reply.text for reply in answers.for_steps(advice, words))
    assert said.endswith(words.steps_end)
    assert words.not_a_denunciation not in said
