"""What an address says: the real ones, every way of imitating them, and honest hosts that only share letters.

Imitations are invented after the patterns seen in reports; none is a real site that was looked up.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import addresses, directory
from knowledge.addresses import Address
from knowledge.verdict import AddressJudgement as J

BOOK = directory.load()


def judge(value: str) -> Address:
    host = value.partition("/")[0].partition(":")[0]
    return addresses.judge(host, value.removeprefix("www."), BOOK)


class TestOfficial:
    @pytest.mark.parametrize(
        ("value", "owner"),
        [
            ("vietcombank.com.vn", "Vietcombank"),
            ("www.vietcombank.com.vn/khach-hang", "Vietcombank"),
            ("portal.bidv.com.vn", "BIDV"),
            ("dichvucong.gov.vn", "Cổng Dịch vụ công quốc gia"),
            ("ward.quangcity.gov.vn", addresses.STATE),
        ],
    )
    def test_is_the_owner_s(self, value: str, owner: str) -> None:
        assert (judge(value).judgement, judge(value).owner) == (J.OFFICIAL, owner)

    @pytest.mark.parametrize(
        "value", ["s.viettel.vn/abc", "tv360.vn", "my.vnpt.com.vn", "digishop.vnpt.vn", "viettel.vn/app"]
    )
    def test_is_told_for_sisters_and_subdomains(self, value: str) -> None:
        assert judge(value).judgement is J.OFFICIAL


LOOKALIKES = [
    # doubled, lost or swapped letters
    ("dichvucongs.top", "Cổng Dịch vụ công"),
    ("dichvucongg.top", "Cổng Dịch vụ công"),
    ("thuedientuu.vn", "Cục Thuế"),
    ("thuedjentu.vn", "Cục Thuế"),
    ("vietcombanks.cfd", "Vietcombank"),
    ("vietcombankd.com", "Vietcombank"),
    ("vietinbamk.com", "VietinBank"),
    ("vnietinbank.com", "VietinBank"),
    ("vniatinbanks.cc", "VietinBank"),
    ("vietcomhank.com", "Vietcombank"),
    ("vietcornbank.com", "Vietcombank"),
    ("sacornbank.vip", "Sacombank"),
    ("v1etcombank.com", "Vietcombank"),
    ("vlettinbank.com", "VietinBank"),
    ("viettei.com.vn", "Viettel"),
    ("b0dv.xyz", "BIDV"),
    # the real name before a stranger's domain
    ("vietcombank.vn-gll.top", "Vietcombank"),
    ("techcombank.vn-iy.life", "Techcombank"),
    ("vpbank.com.vn-hb.life", "VPBank"),
    ("msb.vn-cvs.top", "MSB"),
    ("shb.com.vn-kps.top", "SHB"),
    ("scb.com.vn-ar.life", "SCB"),
    ("shopee.vn-trangchu.click", "Shopee"),
    ("vietcombank.com.vn.abc.top", "Vietcombank"),
    ("csgt.bocongan.web.id", "Bộ Công an"),
    # letters of other alphabets
    ("xn--vitcombank-qcb.com", "Vietcombank"),
    ("vіetcombank.com".encode("idna").decode(), "Vietcombank"),
    ("viếtcombank.com.vn".encode("idna").decode(), "Vietcombank"),
    ("асb-vn.com".encode("idna").decode(), "ACB"),
    # something glued or hyphened on
    ("i-vietcombank.com", "Vietcombank"),
    ("i-sacombank.com", "Sacombank"),
    ("v-acb.com", "ACB"),
    ("svip-acb.com", "ACB"),
    ("acb-vn.net", "ACB"),
    ("acb.i-pay.vip", "ACB"),
    ("vn-vietinbank.com", "VietinBank"),
    ("vietinbank-ipay.com", "VietinBank"),
    ("vib-diem.com", "VIB"),
    ("hsbc-vnd.top", "HSBC"),
    ("mb-bank.vip", "MB"),
    ("vcb-doi-thuong.com", "Vietcombank"),
    ("v-c-b-priority.com", "Vietcombank"),
    ("vcbtiebink.com", "Vietcombank"),
    ("vietcom-priority.com", "Vietcombank"),
    ("vietcompriority.com", "Vietcombank"),
    ("techcom-rewards.com", "Techcombank"),
    ("axbidv.com", "BIDV"),
    ("dienlucevn.com", "EVN"),
    ("evn-hoadon.com", "EVN"),
    ("vnptdiem.com", "VNPT - VinaPhone"),
    ("ghtk-cod.top", "Giao Hàng Tiết Kiệm"),
    ("momo-hoantien.click", "MoMo"),
    ("zalo-binhchon.site", "Zalo"),
    # the right name under a wrong ending
    ("vietinbank.vip", "VietinBank"),
    ("ebidv.vip", "BIDV"),
    ("bidv.xyz", "BIDV"),
    ("vietcom.cc", "Vietcombank"),
    ("evn.io.vn", "EVN"),
    ("shopee.info", "Shopee"),
    ("congan.top", "Bộ Công an"),
    # the state
    ("csgt-phatnguoi.vip", "Cảnh sát giao thông"),
    ("vneid.vip", "VNeID"),
    ("vneid-gov.com", "VNeID"),
    ("bhxh-vssid.top", "Bảo hiểm xã hội"),
    ("dichvucong-gov-vn.xyz", "Cổng Dịch vụ công"),
    ("sbvgov.site", "Ngân hàng Nhà nước"),
    ("hoanthue-tncn.vip", "Cục Thuế"),
    ("xacminh.gov-vn.com", addresses.STATE),
    # free hosting under a bank's name
    ("acb-online-center.6app.de", "ACB"),
    ("vietcombank-login.web.app", "Vietcombank"),
]


class TestLookalike:
    @pytest.mark.parametrize(("host", "imitated"), LOOKALIKES)
    def test_names_whom_it_imitates(self, host: str, imitated: str) -> None:
        seen = judge(host)
        assert (seen.judgement, seen.owner) == (J.LOOKALIKE, imitated)
        assert imitated in seen.why

    @pytest.mark.parametrize(("host", "imitated"), LOOKALIKES[:20])
    def test_is_seen_behind_www_and_with_a_path(self, host: str, imitated: str) -> None:
        assert judge(f"www.{host}/dang-nhap").owner == imitated


HONEST = """
vietcompany.com vietcomreal.com congannhandan.net conganthanhpho.org congan.com congan-nhandan.vn congnghiep.vn acbl.com acbc.com
microbit.org mbdesign.vn mb.com mbageas.life.vn mbabooks.com vibe.com vibrant.vn dienlucxanh.vn agriculture.org agrimart.vn
timothy.com timor.tl metabolic.com metal.vn octopus.com octoparse.com sendoff.com tikibar.com ssid.com spxflow.com dhlab.org
evnt.vn evernote.com okxa.com scbio.com hdbox.vn ocbio.com vpsville.com vps-sim-re.com wooricard.com amazonia.org
googledevelopers.com paypalobjects.com outlookindia.com zalora.vn vietbankers.org.vn viettelhightech.com csgtech.vn
facebook-ads-agency.vn vinamilk-shop.vn buudienhanoi.com.vn toaantoanmy.com minhtoan.edu.vn govtech.com governor.com.vn
abidvisor.com hust.edu.vn vnu.edu.vn dut.udn.vn thpt-phanchautrinh.edu.vn bbc.com nytimes.com python.org wikipedia.org
worldbank.org bank.com.vn stackoverflow.com appleinsider.com tamlinhviet.vn banhmi-hoian.vn nhahang.com.vn khachsan-bienxanh.vn
vietlott.vn fpt.edu.vn 1400.vn tgdv.vtscloud.vn doanhnghiep.imuzik.vn id.gosu.vn cambridge.vn microbank.org.uk amazon.de
shopee.co.th google.de shinhan.com momofuku.com momomart.vn sjcam.com data.gov.sg www.gov.uk usa.gov
""".split()


class TestNearMiss:
    @pytest.mark.parametrize("host", HONEST)
    def test_honest_host_is_no_imitation(self, host: str) -> None:
        assert judge(host).judgement not in {J.LOOKALIKE, J.SUSPICIOUS}

    @pytest.mark.parametrize(
        "value", ["vtmoney.onelink.me/314y", "tiki.onelink.me/a", "viettel.page.link/x", "shop.zalo.me/1"]
    )
    def test_deep_link_of_a_company_stays_an_open_platform(self, value: str) -> None:
        assert judge(value).judgement is J.OPEN_PLATFORM


class TestOtherJudgements:
    @pytest.mark.parametrize(
        "value", ["zalo.me/g/abc123", "t.me/+abc", "sites.google.com/view/abc", "m.facebook.com/x", "qua.web.app"]
    )
    def test_open_platform(self, value: str) -> None:
        assert judge(value).judgement is J.OPEN_PLATFORM

    @pytest.mark.parametrize("value", ["bit.ly/abc", "tinyurl.com/x", "cutt.ly/a"])
    def test_shortener(self, value: str) -> None:
        assert judge(value).judgement is J.SHORTENER

    @pytest.mark.parametrize(
        "value", ["abc.com/tai/app.apk", "103.45.67.89/vneid.apk", "abc.vn/a.exe?x=1", "abc.top/a.zip"]
    )
    def test_file(self, value: str) -> None:
        assert judge(value).judgement is J.APP_FILE

    @pytest.mark.parametrize("value", ["bidv.com.vn/bieu-mau.zip", "mps.gov.vn/a.html"])
    def test_file_of_an_official_host_is_none(self, value: str) -> None:
        assert judge(value).judgement is J.OFFICIAL

    @pytest.mark.parametrize(
        "value",
        [
            "abcqua.top",
            "nhanqua.vip/x",
            "103.45.67.89/login",
            "3232235777",
            "xn--nhnqu-6qa2k.com",
            "xn--.com",
            "xn--99999999.com",
            "abc.xn--p1ai",
            "qua.vn-abc.com",
            "a99888.com",
            "nhan-qua-mien-phi.com",
            "kgtlte.abcxyz.com",
            "login-online.com.vn",
            "policeonline.club",
            "quatang.io.vn",
            "khongcoduoi",
        ],
    )
    def test_suspicious(self, value: str) -> None:
        assert judge(value).judgement is J.SUSPICIOUS

    @pytest.mark.parametrize("value", ["quananngon.vn", "giay-sneaker.com", "abc.de/x.php"])
    def test_unknown(self, value: str) -> None:
        assert judge(value).judgement is J.UNKNOWN

    def test_every_answer_says_why(self) -> None:
        assert all(
            judge(h).why for h in (*HONEST, "bit.ly/a", "zalo.me", "abc.top", "vietcombank.com.vn", "a.com/x.apk")
        )


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[a-z0-9-]{1,20}(\.[a-z0-9-]{1,20}){0,4}", fullmatch=True))
def test_never_raises(host: str) -> None:
    assert addresses.judge(host, host, BOOK).why


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([d.domain for d in BOOK.domains]), st.from_regex(r"[a-z]{2,8}", fullmatch=True))
def test_official_domain_is_official_with_any_subdomain_unless_a_nearer_entry_says_otherwise(
    domain: str, sub: str
) -> None:
    assert judge(f"{sub}.{domain}").judgement in {J.OFFICIAL, J.OPEN_PLATFORM, J.SHORTENER}


@pytest.mark.parametrize(
    "host",
    [
        "a." * 60 + "com",
        "a-" * 120 + "a.com",
        "vietcombank" * 20 + ".com",
        "1" * 250 + ".com",
        "a.b.c.d.e.f.g.vn-x.top",
    ],
)
def test_hostile_host_costs_little(host: str) -> None:
    judge(host)
    start = time.process_time()
    judge(host)
    assert time.process_time() - start < 0.02
