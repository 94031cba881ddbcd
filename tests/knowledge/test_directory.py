"""The directory of official domains: its data is sound, and only a true owner is ever called official."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge import directory
from knowledge.catalogue import CatalogueError, Grade
from knowledge.directory import Directory, Kind

BOOK = directory.load()

TINY = """
open_platforms = ["zalo.me"]
shorteners = ["bit.ly"]
fraud_endings = ["top"]
domains = [{ domain = "help.zalo.me", owner = "Zalo", kind = "platform", grade = "C", checked_on = 2026-11-24 }]
brands = [{ name = "Zalo", kind = "platform", strings = ["zalo"], domains = ["zalo.me"] }]
"""


def load_text(folder: Path, text: str) -> Directory:
    path = folder / "official_domains.toml"
    path.write_text(text, encoding="utf-8")
    return directory.load(path)


class TestOwner:
    @pytest.mark.parametrize(
        ("host", "owner"),
        [
            ("vietcombank.com.vn", "Vietcombank"),
            ("WWW.Vietcombank.com.vn.", "Vietcombank"),
            ("portal.bidv.com.vn", "BIDV"),
            ("dichvucong.gov.vn", "Cổng Dịch vụ công quốc gia"),
            ("mail.google.com", "Google"),
            ("help.zalo.me", "Zalo trợ giúp"),
        ],
    )
    def test_is_the_nearest_listed_parent(self, host: str, owner: str) -> None:
        found = BOOK.owner_of(host)
        assert found is not None
        assert found.owner == owner

    @pytest.mark.parametrize(
        "host",
        [
            "evilvietcombank.com.vn.top",
            "evilvietcombank.com.vn",
            "vietcombank.com.vn.top",
            "vietcombank.vn-ms.top",
            "i-vietcombank.com",
            "xgov.vn",
            "gov.vn.top",
            "dichvucong-gov-vn.xyz",
            "com.vn",
            "vn",
            "localhost",
            "",
            ".",
            "tpb.vn.evil.example",
        ],
    )
    def test_is_nobody_for_a_stranger(self, host: str) -> None:
        assert BOOK.owner_of(host) is None

    @pytest.mark.parametrize("host", ["phuong-hoa.xa.danang.gov.vn", "thue.gov.vn", "congan.tinhmoi.gov.vn"])
    def test_under_gov_vn_is_a_state_body(self, host: str) -> None:
        found = BOOK.owner_of(host)
        assert found is not None
        assert found.kind is Kind.GOVERNMENT

    @pytest.mark.parametrize(
        "host", ["zalo.me", "t.me", "docs.google.com", "sites.google.com", "abc.web.app", "bit.ly"]
    )
    def test_is_nobody_where_anyone_publishes(self, host: str) -> None:
        assert BOOK.owner_of(host) is None


class TestLists:
    def test_open_platform_holds_below_it(self) -> None:
        assert BOOK.is_open("g.zalo.me")
        assert BOOK.is_open("abc.vercel.app")

    def test_own_pages_of_a_platform_are_not_open(self) -> None:
        assert not BOOK.is_open("help.zalo.me")

    @pytest.mark.parametrize("host", ["notzalo.me", "zalo.me.top", "xt.me", "google.com"])
    def test_near_names_are_not_open(self, host: str) -> None:
        assert not BOOK.is_open(host)

    def test_shortener_is_matched_on_a_dot(self) -> None:
        assert BOOK.is_shortener("bit.ly")
        assert not BOOK.is_shortener("rabbit.ly")

    def test_fraud_ending_is_the_last_label_only(self) -> None:
        assert BOOK.has_fraud_ending("vietcombank.com.vn.top")
        assert not BOOK.has_fraud_ending("top.com.vn")

    def test_no_official_domain_could_be_swept_up_by_a_national_ending(self) -> None:
        assert {"vn", "com", "net", "org", "me"}.isdisjoint(BOOK.fraud_endings)


class TestBrands:
    def test_longer_string_is_met_first(self) -> None:
        strings = list(BOOK.by_string)
        assert strings.index("viettelpost") < strings.index("viettel")
        assert BOOK.by_string["viettelpost"].name == "Viettel Post"

    @pytest.mark.parametrize("string", ["vietcombank", "vcb", "digibank", "bidv", "vneid", "dienluc", "shopee", "csgt"])
    def test_names_most_copied_are_known(self, string: str) -> None:
        assert string in BOOK.by_string

    def test_every_domain_of_a_brand_is_in_a_list(self) -> None:
        strangers = [
            (brand.name, host)
            for brand in BOOK.brands
            for host in brand.domains
            if BOOK.owner_of(host) is None and not BOOK.is_open(host)
        ]
        assert strangers == []


class TestData:
    def test_there_are_enough(self) -> None:
        assert len(BOOK.domains) >= 450
        assert len(BOOK.brands) >= 100

    def test_nothing_is_checked_in_the_future(self) -> None:
        assert max(d.checked_on for d in BOOK.domains) <= date(2026, 12, 31)

    def test_only_registry_rules_are_as_short_as_an_ending(self) -> None:
        public = {"com.vn", "net.vn", "org.vn", "info.vn", "name.vn", "io.vn", "id.vn", "ai.vn"}
        assert public.isdisjoint(d.domain for d in BOOK.domains)

    def test_the_police_and_the_state_bank_were_read_about(self) -> None:
        assert BOOK.by_domain["bocongan.gov.vn"].grade is Grade.B
        assert BOOK.by_domain["sbv.gov.vn"].grade is Grade.B

    @pytest.mark.parametrize("host", ["viettel.vn", "s.viettel.vn", "momo.vn", "vnexpress.net", "prudential.com.vn"])
    def test_everyday_senders_are_known(self, host: str) -> None:
        assert BOOK.owner_of(host) is not None


class TestLoad:
    def test_reads_a_small_one(self, tmp_path: Path) -> None:
        assert load_text(tmp_path, TINY).is_open("zalo.me")

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ('shorteners = ["bit.ly"]', 'shorteners = ["bit.ly", "zalo.me"]', "'zalo.me' stands twice"),
            ('strings = ["zalo"]', 'strings = ["zalo", "zalo"]', "'zalo' stands twice"),
            ('domains = ["zalo.me"]', 'domains = ["zola.me"]', "'zola.me' is in no list"),
            ('domain = "help.zalo.me"', 'domain = "https://zalo.me"', "domains.0.domain"),
            ('kind = "platform", grade', 'kind = "friend", grade', "domains.0.kind"),
        ],
    )
    def test_refuses_what_is_wrong_and_says_where(self, tmp_path: Path, old: str, new: str, reason: str) -> None:
        with pytest.raises(CatalogueError, match=reason):
            load_text(tmp_path, TINY.replace(old, new))
