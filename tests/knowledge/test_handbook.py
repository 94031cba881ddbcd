"""The handbook: advice comes in the right order, an unfounded number is never shown, and the data is sound."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge import catalogue, handbook
from knowledge.catalogue import DATA, CatalogueError, Grade, Method, Situation, Source
from knowledge.contacts import Contact, Status, UnitProfile
from knowledge.handbook import Advice, Handbook, Topic
from knowledge.text import fold

TODAY = date(2026, 11, 24)
BOOK = handbook.load()
METHODS = catalogue.load().methods


def sample_method(**changes: object) -> Method:
    """A real method with some of its parts changed."""
    return Method.model_validate(METHODS[0].model_dump() | changes)


def advice(method: Method | None, situation: Situation, today: date = TODAY) -> Advice:
    return BOOK.advice_for(method, situation, today)


def opening(step: str) -> str:
    """The first two words of a step."""
    return " ".join(re.findall(r"\w+", fold(step))[:2])


def contact(**changes: object) -> Contact:
    plain: dict[str, object] = {
        "slug": "mau",
        "kind": "bank",
        "owner": "Ngân hàng Mẫu",
        "value": "1900 000000",
        "status": "V",
        "source": "MAU",
        "checked_on": TODAY,
    }
    return Contact.model_validate(plain | changes)


def citizen_texts(book: Handbook) -> Iterator[str]:
    """Everything a citizen can read of the handbook, contacts' values apart."""
    for card in book.cards:
        yield from (card.title, card.say or "", card.english_title)
        yield from card.now + card.steps + card.keep + card.english_now
    for rule in book.golden:
        yield from (rule.text, rule.why)
    for guide in book.guides:
        yield from (guide.title, *guide.lines)
    yield from (law.title for law in book.laws)
    yield from book.fallbacks.values()


def all_sources(book: Handbook) -> Iterator[Source]:
    for sources in (
        *(c.sources for c in book.cards),
        *(r.sources for r in book.golden),
        *(g.sources for g in book.guides),
    ):
        yield from sources


class TestAdvice:
    def test_without_a_method_is_the_card_of_the_situation(self) -> None:
        given = advice(None, Situation.CLICKED)
        assert given.card.code == "R1"
        assert given.now == BOOK.by_card["R1"].now
        assert given.laws == ()

    def test_puts_the_methods_own_steps_before_the_cards(self) -> None:
        special = {"situation": "contacted", "card": "R0", "steps": ["Hỏi cô chủ nhiệm."]}
        given = advice(sample_method(advice=[special]), Situation.CONTACTED)
        assert given.now[0] == given.steps[0] == "Hỏi cô chủ nhiệm."
        assert given.now[1:] == BOOK.by_card["R0"].now[:2]
        assert given.steps[1:] == BOOK.by_card["R0"].steps

    def test_calls_the_bank_first_when_money_is_gone_whatever_the_method_says(self) -> None:
        contacted = {"situation": "contacted", "card": "R0"}
        paid = {"situation": "paid", "card": "R4", "steps": ["Hỏi nhà trường."]}
        given = advice(sample_method(advice=[contacted, paid]), Situation.PAID)
        assert given.now == BOOK.by_card["R4"].now
        assert given.steps[0] == "Hỏi nhà trường."

    def test_follows_the_method_to_a_card_without_a_situation(self) -> None:
        contacted = {"situation": "contacted", "card": "R0"}
        abroad = {"situation": "isolated", "card": "R9"}
        assert advice(sample_method(advice=[contacted, abroad]), Situation.ISOLATED).card.code == "R9"

    def test_falls_back_to_the_card_when_the_method_is_silent(self) -> None:
        contacted = {"situation": "contacted", "card": "R0", "steps": ["Hỏi cô chủ nhiệm."]}
        given = advice(sample_method(advice=[contacted]), Situation.SIM_LOST)
        assert given.card.code == "R5"
        assert "Hỏi cô chủ nhiệm." not in given.steps

    @pytest.mark.parametrize("situation", list(Situation))
    def test_first_screen_is_three_steps(self, situation: Situation) -> None:
        assert all(len(advice(method, situation).now) == 3 for method in (None, *METHODS))

    def test_says_a_step_once(self) -> None:
        step = BOOK.by_card["R0"].now[0]
        special = {"situation": "contacted", "card": "R0", "steps": [step]}
        given = advice(sample_method(advice=[special]), Situation.CONTACTED)
        assert given.now == BOOK.by_card["R0"].now

    def test_names_each_source_once(self) -> None:
        method = sample_method(sources=[BOOK.by_card["R0"].sources[0].model_dump()])
        sources = advice(method, Situation.CONTACTED).sources
        assert len(set(sources)) == len(sources)

    @pytest.mark.parametrize("situation", Situation)
    def test_no_two_steps_of_the_first_screen_begin_alike(self, situation: Situation) -> None:
        for method in (None, *METHODS):
            given = advice(method, situation)
            for shown in (given.now, given.steps[:3]):
                assert len({opening(step) for step in shown}) == 3, (method and method.slug, shown)

    def test_a_step_that_begins_like_one_already_told_makes_room_for_the_next(self) -> None:
        card = BOOK.by_card["R6"]
        special = {"situation": "account_lost", "card": "R6", "steps": ["Báo bạn bè, khách hàng đừng tin."]}
        given = advice(
            sample_method(advice=[{"situation": "contacted", "card": "R0"}, special]), Situation.ACCOUNT_LOST
        )
        assert given.now == ("Báo bạn bè, khách hàng đừng tin.", *card.now[1:])
        assert set(card.steps) <= set(given.steps)

    def test_fills_the_unit_into_the_methods_steps(self) -> None:
        special = {"situation": "contacted", "card": "R0", "steps": ["Gọi {don_vi}, số {sdt_truc_ban}."]}
        given = advice(sample_method(advice=[special]), Situation.CONTACTED)
        assert given.now[0] == f"Gọi {BOOK.unit.name}, số {BOOK.unit.duty_phone}."


class TestLaw:
    def test_is_named_by_its_title(self) -> None:
        given = advice(sample_method(law=["L174"]), Situation.CONTACTED)
        assert given.laws == ("Bộ luật Hình sự, Điều 174: Tội lừa đảo chiếm đoạt tài sản",)

    def test_is_left_out_before_it_comes_into_force(self) -> None:
        method = sample_method(law=["L174", "ND330"])
        before = advice(method, Situation.CONTACTED, date(2026, 8, 18))
        after = advice(method, Situation.CONTACTED, date(2026, 8, 19))
        assert before.left_out == ("ND330",)
        assert after.left_out == ()
        assert len(after.laws) == 2

    def test_is_left_out_when_nobody_wrote_its_title(self) -> None:
        given = advice(sample_method(law=["L999"]), Situation.CONTACTED)
        assert (given.laws, given.left_out) == ((), ("L999",))

    def test_is_left_out_when_it_is_unsourced_or_over(self) -> None:
        law = BOOK.by_law["L174"]
        assert not law.model_copy(update={"grade": Grade.K}).stands_on(TODAY)
        assert not law.model_copy(update={"in_force_to": date(2026, 11, 23)}).stands_on(TODAY)

    def test_every_code_that_a_method_uses_has_a_title(self) -> None:
        used = {code for method in METHODS for code in method.law}
        assert used <= set(BOOK.by_law)

    def test_states_no_penalty(self) -> None:
        assert not [law.title for law in BOOK.laws if re.search(r"\d\s*(?:triệu|năm|tháng)|phạt tù", law.title)]

    def test_names_nothing_superseded(self) -> None:
        old = re.compile(r"15/2020|13/2023|86/2015|24/2018|144/2021")
        assert not [text for text in citizen_texts(BOOK) if old.search(text)]


class TestStale:
    def test_card_is_given_and_marked_when_its_check_is_due(self) -> None:
        due = BOOK.by_card["R4"].check_after
        assert advice(None, Situation.PAID, due).stale == ()
        late = advice(None, Situation.PAID, date(due.year, due.month, due.day + 1))
        assert late.stale == ("R4",)
        assert len(late.now) == 3

    def test_what_a_stale_card_tells_is_its_three_steps_and_no_detail(self) -> None:
        card = BOOK.by_card["R4"]
        late = advice(None, Situation.PAID, card.check_after + timedelta(days=1))
        assert late.now == late.steps == card.now

    def test_stale_advice_of_a_method_gives_way_to_the_card_of_the_situation(self) -> None:
        method = next(m for m in METHODS if (a := m.advice_in(Situation.CONTACTED)) and a.steps)
        fresh = advice(method, Situation.CONTACTED, method.check_after)
        assert set(method.advice_in(Situation.CONTACTED).steps) & set(fresh.steps)  # type: ignore[union-attr]
        late = advice(method, Situation.CONTACTED, method.check_after + timedelta(days=1))
        general = advice(None, Situation.CONTACTED, method.check_after + timedelta(days=1))
        assert (late.now, late.steps) == (general.now, general.steps)
        assert method.slug in late.stale

    def test_contact_is_due_after_half_a_year(self) -> None:
        assert not contact().is_stale_on(date(2027, 5, 26))
        assert contact().is_stale_on(date(2027, 5, 27))


class TestContact:
    @pytest.mark.parametrize("status", [Status.K, Status.S, Status.X])
    def test_unfounded_number_is_never_printed(self, status: Status) -> None:
        assert not contact(status=status).printable

    @pytest.mark.parametrize("status", [Status.V, Status.R])
    def test_founded_number_is_printed(self, status: Status) -> None:
        assert contact(status=status).printable

    def test_disabled_or_empty_is_not_printed(self) -> None:
        assert not contact(enabled=False).printable
        assert not contact(value="").printable

    def test_is_shown_within_its_days_only(self) -> None:
        passing = contact(valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
        shown = [passing.shown_on(day) for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))]
        assert shown == [False, True, False]

    def test_is_no_longer_told_when_nobody_looked_it_up_for_a_year(self) -> None:
        bank, a_year = contact(), timedelta(days=366)
        assert bank.shown_on(TODAY + a_year)
        late = TODAY + a_year + timedelta(days=1)
        assert not bank.shown_on(late)
        assert BOOK.line_for(bank, late) == BOOK.fallbacks["bank"]

    def test_the_states_numbers_for_danger_do_not_run_out(self) -> None:
        assert contact(kind="emergency").shown_on(date(2031, 1, 1))
        assert not contact(kind="emergency", valid_to=date(2030, 1, 1)).shown_on(date(2031, 1, 1))

    def test_unfounded_number_becomes_a_place_to_look(self) -> None:
        line = BOOK.line_for(BOOK.by_contact["bank-sacombank"], TODAY)
        assert line == "số in ở mặt sau thẻ hoặc trong ứng dụng ngân hàng"

    def test_kind_without_its_own_sentence_uses_the_common_one(self) -> None:
        assert BOOK.line_for(BOOK.by_contact["c02"], TODAY) == BOOK.fallbacks["other"]

    @pytest.mark.parametrize("slug", ["cong-an-113", "tre-em-111", "rac-156", "rac-5656"])
    def test_numbers_that_the_cards_name_may_be_shown(self, slug: str) -> None:
        assert BOOK.by_contact[slug].shown_on(TODAY)


class TestBank:
    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("tôi chuyển từ VCB sang", "bank-vietcombank"),
            ("toi vua ck bang vietcom, giup voi", "bank-vietcombank"),
            ("ngân hàng Quân đội", "bank-mb"),
            ("MB.", "bank-mb"),
            ("agribank", "bank-agribank"),
            ("tài khoản VPBank NEO", "bank-vpbank"),
            ("ngan hang viet a", "bank-vietabank"),
            ("Cake by VPBank", "bank-cake"),
            ("SHB", "bank-shb"),
            ("Techcombank và vcb", "bank-techcombank"),
        ],
    )
    def test_is_found_as_citizens_write_it(self, text: str, slug: str) -> None:
        found = BOOK.bank_named(text, TODAY)
        assert found is not None
        assert found.contact.slug == slug

    @pytest.mark.parametrize(
        "text",
        ["", "tôi mất tiền rồi", "ambition", "nam a gửi cho em", "công an tỉnh Bình An", "acbd", "Viettel", "gói 5gmb"],
    )
    def test_is_not_found_where_none_is_named(self, text: str) -> None:
        assert BOOK.bank_named(text, TODAY) is None

    def test_comes_with_its_number_when_that_is_founded(self) -> None:
        found = BOOK.bank_named("bidv", TODAY)
        assert found is not None
        assert found.line == "1900 9247"

    def test_comes_with_a_place_to_look_when_it_is_not(self) -> None:
        found = BOOK.bank_named("tpbank", TODAY)
        assert found is not None
        assert found.line == BOOK.fallbacks["bank"]

    def test_names_are_shared_by_no_two_banks(self) -> None:
        banks = [c for c in BOOK.contacts if c.kind == "bank"]
        names = [fold(name) for bank in banks for name in {bank.owner.lower(), *bank.aliases}]
        assert sorted(names) == sorted(set(names))


class TestCards:
    def test_all_eleven_are_there(self) -> None:
        assert set(BOOK.by_card) == {f"R{n}" for n in range(11)}

    def test_every_card_that_a_method_names_exists(self) -> None:
        assert {a.card for method in METHODS for a in method.advice} <= set(BOOK.by_card)

    def test_every_situation_has_exactly_one(self) -> None:
        placed = sorted(card.situation for card in BOOK.cards if card.situation)
        assert placed == sorted(Situation)

    @pytest.mark.parametrize("card", BOOK.cards, ids=lambda card: str(card.code))
    def test_first_screen_is_short(self, card: handbook.Card) -> None:
        assert max(len(step) for step in card.now) <= 150
        assert max(len(step) for step in card.english_now) <= 170

    @pytest.mark.parametrize("card", BOOK.cards, ids=lambda card: str(card.code))
    def test_is_checked_again_within_half_a_year(self, card: handbook.Card) -> None:
        checked = max(s.checked_on for s in card.sources)
        assert 0 < (card.check_after - checked).days <= 190

    def test_golden_hour_is_stop_then_bank_then_police(self) -> None:
        stop, bank, police = BOOK.by_card["R4"].now
        assert "không chuyển thêm" in stop
        assert "ngân hàng của mình" in bank
        assert "Công an xã, phường" in police

    def test_app_victim_is_cut_off_and_uses_another_phone(self) -> None:
        offline, other, _ = BOOK.by_card["R3"].now
        assert "chế độ máy bay" in offline
        assert "máy KHÁC" in other

    def test_who_is_blackmailed_is_told_whom_to_call_in_danger(self) -> None:
        card = BOOK.by_card["R7"]
        assert "gọi 113" in card.now[2]
        assert "call 113" in card.english_now[2]
        assert ("BCA25", Grade.A) in [(source.id, source.grade) for source in card.sources]


class TestData:
    def test_no_source_is_general_knowledge(self) -> None:
        assert not [s for s in all_sources(BOOK) if s.grade is Grade.K]

    def test_no_unfounded_number_stands_in_a_text(self) -> None:
        digits = [re.sub(r"\D", "", text) for text in citizen_texts(BOOK)]
        values = [re.sub(r"\D", "", v) for c in BOOK.contacts if not c.printable for v in c.value.split("/")]
        long_ones = {v for v in values if len(v) >= 6} - {re.sub(r"\D", "", BOOK.unit.duty_phone)}
        assert not [v for v in long_ones if any(v in text for text in digits)]

    def test_no_text_promises_that_money_comes_back(self) -> None:
        promise = re.compile(r"sẽ (?:được )?(?:lấy lại|thu hồi|hoàn trả)|chắc chắn lấy lại|công an sẽ|ngân hàng sẽ")
        assert not [text for text in citizen_texts(BOOK) if promise.search(text.lower())]

    def test_no_placeholder_is_left(self) -> None:
        assert not [text for text in citizen_texts(BOOK) if re.search(r"[{}]", text)]

    def test_golden_rules_are_ten_in_order(self) -> None:
        assert [rule.number for rule in BOOK.golden] == list(range(1, 11))

    def test_each_group_and_each_caller_has_its_guide(self) -> None:
        counted = {topic: sum(g.topic is topic for g in BOOK.guides) for topic in Topic}
        assert counted == {Topic.EVIDENCE: 1, Topic.VERIFY: 4, Topic.GROUP: 6}

    def test_every_contact_names_its_source(self) -> None:
        assert all(c.source for c in BOOK.contacts)
        assert not [c.slug for c in BOOK.contacts if c.printable and c.source == "K"]

    def test_conflicting_numbers_are_marked_as_such(self) -> None:
        several = [c for c in BOOK.contacts if c.kind == "bank" and "/" in c.value]
        assert {c.status for c in several} == {Status.X}

    def test_no_contact_ends_before_it_begins(self) -> None:
        assert not [c.slug for c in BOOK.contacts if c.valid_from and c.valid_to and c.valid_to < c.valid_from]


class TestUnit:
    def test_ours_is_marked_as_an_example(self) -> None:
        assert BOOK.unit.example

    def test_code_knows_no_place(self) -> None:
        places = ("Quảng Nam", "Đà Nẵng", "Tam Kỳ")
        sources = [path.read_text(encoding="utf-8") for path in DATA.parent.glob("*.py")]
        assert not [text for text in sources if any(place in text for place in places)]

    def test_fills_all_placeholders(self) -> None:
        unit = unit_profile(name="Đơn vị Mẫu", address="1 Đường Mẫu", duty_phone="0200 000 000")
        assert unit.fill("{don_vi}|{dia_chi}|{sdt_truc_ban}|{khac}") == "Đơn vị Mẫu|1 Đường Mẫu|0200 000 000|{khac}"

    def test_deployment_names_its_own(self, tmp_path: Path) -> None:
        own = tmp_path / "don-vi.toml"
        text = (DATA / "unit.toml").read_text(encoding="utf-8")
        own.write_text(text.replace("0694160128", "0200 000 000").replace("example = true", "example = false"), "utf-8")
        book = handbook.load(unit=own)
        assert not book.unit.example
        assert any("0200 000 000" in step for step in book.by_card["R4"].steps)


class TestLoad:
    @pytest.mark.parametrize(
        ("name", "old", "new", "reason"),
        [
            ("handbook/cards.toml", 'code = "R1"\n', 'code = "R0"\n', "'R0' stands twice"),
            ("handbook/cards.toml", 'situation = "clicked"\n', "", "a situation has no card"),
            ("handbook/cards.toml", 'code = "R1"\n', 'code = "R11"\n', "cards.toml: cards.2.code"),
            ("contacts.toml", 'status = "V"', 'status = "Z"', "contacts.toml: contacts.0.status"),
            ("unit.toml", "audit = 730", "audit = 0", "unit.toml: retention_days.audit"),
        ],
    )
    def test_refuses_what_is_wrong_and_says_where(
        self, tmp_path: Path, name: str, old: str, new: str, reason: str
    ) -> None:
        folder = tmp_path / "data"
        shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("methods", "*.jsonl"))
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(CatalogueError, match=reason):
            handbook.load(folder)


def unit_profile(**changes: object) -> UnitProfile:
    return UnitProfile.model_validate(BOOK.unit.model_dump() | changes)
