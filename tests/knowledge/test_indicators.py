"""What a text names: each kind with a table of hits and a table of near misses. Every number and link is invented."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import indicators
from knowledge.indicators import Found
from knowledge.text import normalise
from knowledge.verdict import IndicatorKind as Kind


def seek(raw: str) -> list[Found]:
    found: list[Found] = []

    def skip(unaccented: str) -> list[tuple[int, int]]:
        found.extend(indicators.find(unaccented, raw))
        return []

    normalise(raw, skip=skip)
    return found


def values(raw: str, kind: Kind) -> list[str]:
    return [f.value for f in seek(raw) if f.kind is kind]


PHONES = [
    ("goi 0905123318 nhe", "0905123318"),
    ("0905.123.318", "0905123318"),
    ("0905 123 318", "0905123318"),
    ("0905-123-318", "0905123318"),
    ("(0905) 123 318", "0905123318"),
    ("0 9 0 5 1 2 3 3 1 8", "0905123318"),
    ("09051 23318.", "0905123318"),
    ("+84905123318", "0905123318"),
    ("+84 905 123 318", "0905123318"),
    ("+84 (0) 905 123 318", "0905123318"),
    ("84905123318", "0905123318"),
    ("0084905123318", "0905123318"),
    ("O9O5123318", "0905123318"),
    ("o905123318", "0905123318"),
    ("LH.0905123318", "0905123318"),
    ("SĐT:0905123318,gặp em Hà", "0905123318"),
    ("0905123318/0702123318", "0905123318"),
    ("0️⃣9️⃣0️⃣5️⃣1️⃣2️⃣3️⃣3️⃣1️⃣8️⃣", "0905123318"),
    ("０９０５１２３３１８", "0905123318"),
    ("𝟎𝟗𝟎𝟓𝟏𝟐𝟑𝟑𝟏𝟖", "0905123318"),
    ("0905 123 318 2 người", "0905123318"),
    ("zalo: 905123318", "0905123318"),
    ("zalo905123318".replace("o9", "o 9"), "0905123318"),
    ("không chín không năm một hai ba ba một tám", "0905123318"),
    ("01205123318", "0705123318"),
    ("0166 512 3318", "0365123318"),
    ("02363123456", "02363123456"),
    ("024 3123 4567", "02431234567"),
    ("1900 6666", "19006666"),
    ("1900.123.456", "1900123456"),
    ("1>9>0>0>1>2>3>4", "19001234"),
    ("18001234 (0đ)", "18001234"),
    ("+224612345678", "+224612345678"),
    ("+370 612 34567", "+37061234567"),
    ("gọi ngay 113", "113"),
    ("báo về đầu số 156", "156"),
]
NOT_PHONES = [
    "CCCD 048090001234",
    "CCCD 038 090 001 234",
    "ngày 03/07/2026 08:30",
    "03-07-2026 08:30",
    "03.07.2026 0830",
    "lúc 08:30 - 09:30",
    "0905xxx318",
    "giá 0.350.000.000",
    "mã OTP 482913",
    "SPX0482913",
    "1900",
    "số 113 Trần Phú",
    "115 Nguyễn Văn Linh",
    "gửi 156k",
    "số tài khoản 0905123318",
    "STK: 0905123318",
    "MB 0905123318",
    "123456789012345",
    "0123456789",
    "phiên bản 0.9.1.2",
    "không một hai ba",
]


class TestPhone:
    @pytest.mark.parametrize(("raw", "number"), PHONES)
    def test_is_found_in_every_writing(self, raw: str, number: str) -> None:
        assert values(raw, Kind.PHONE)[:1] == [number]

    @pytest.mark.parametrize("raw", NOT_PHONES)
    def test_is_not_every_row_of_digits(self, raw: str) -> None:
        assert values(raw, Kind.PHONE) == []

    def test_two_in_a_row_are_two(self) -> None:
        assert values("0905123318 0702123318", Kind.PHONE) == ["0905123318", "0702123318"]


SUMS = [
    ("500k", "500000 VND"),
    ("500K", "500000 VND"),
    ("500 nghìn", "500000 VND"),
    ("500 ngàn", "500000 VND"),
    ("500.000đ", "500000 VND"),
    ("500,000 VND", "500000 VND"),
    ("-500,000VND", "500000 VND"),
    ("5tr", "5000000 VND"),
    ("5 triệu", "5000000 VND"),
    ("2tr5", "2500000 VND"),
    ("1tr99", "1990000 VND"),
    ("1.5tr", "1500000 VND"),
    ("1,5 triệu", "1500000 VND"),
    ("3 củ", "3000000 VND"),
    ("3 củ rưỡi", "3000000 VND"),
    ("50 chai", "50000000 VND"),
    ("1 tỷ 2", "1200000000 VND"),
    ("1 tỷ", "1000000000 VND"),
    ("1 tỉ", "1000000000 VND"),
    ("2 triệu 5 nhé", "2500000 VND"),
    ("1.500k", "1500000 VND"),
    ("100 USDT", "100 USD"),
    ("$500", "500 USD"),
    ("1,000$", "1000 USD"),
    ("2OOk", "200000 VND"),
    ("1'8'8k", "188000 VND"),
    ("350-999k", "999000 VND"),
]
NOT_SUMS = [
    "2 lít xăng",
    "5 chai nước",
    "3 củ khoai",
    "8h tối",
    "2 tối nay",
    "1 tí nữa",
    "4G",
    "U23",
    "5kg",
    "10 km",
    "K65",
    "2026",
    "19h30",
    "2tr5x",
]


class TestMoney:
    @pytest.mark.parametrize(("raw", "value"), SUMS)
    def test_is_valued(self, raw: str, value: str) -> None:
        assert values(f"gửi {raw}", Kind.MONEY) == [value]

    @pytest.mark.parametrize("raw", NOT_SUMS)
    def test_is_not_every_count(self, raw: str) -> None:
        assert values(f"có {raw} rồi", Kind.MONEY) == []

    def test_two_million_three_months_is_two_million(self) -> None:
        assert values("2 triệu 3 tháng", Kind.MONEY) == ["2000000 VND"]


class TestAccount:
    @pytest.mark.parametrize(
        ("raw", "number"),
        [
            ("STK 19034567812345 Techcombank", "19034567812345"),
            ("số tài khoản: 1903 4567 8123 45", "19034567812345"),
            ("s.t.k 190345678", "190345678"),
            ("ck vào 0071000123456 VCB Nguyen Van A", "0071000123456"),
            ("MB 0905123318 LE THI B", "0905123318"),
            ("Vietcombank: 1012345678", "1012345678"),
            ("chuyển khoản 6868-6868-68 momo", "6868686868"),
            ("tài khoản 123456", "123456"),
            ("VCB1012345678", "1012345678"),
        ],
    )
    def test_is_named_by_a_word_nearby(self, raw: str, number: str) -> None:
        assert values(raw, Kind.ACCOUNT) == [number]

    @pytest.mark.parametrize(
        "raw",
        [
            "CCCD 048090001234 chuyển khoản",
            "TK lúc 22-06-2026 thì",
            "tài khoản có 1.200.000",
            "đơn hàng 123456789 ck sau",
            "mã vận đơn SPX123456789, bank sau",
            "123456789 là gì",
            "tài khoản 12345",
            "tk 0123xxx89",
        ],
    )
    def test_is_not_any_other_number(self, raw: str) -> None:
        assert values(raw, Kind.ACCOUNT) == []

    def test_and_phone_in_a_row_are_two(self) -> None:
        raw = "stk 19034567812345 sdt 0905123318"
        assert values(raw, Kind.ACCOUNT) == ["19034567812345"]
        assert values(raw, Kind.PHONE) == ["0905123318"]


class TestOneTimeCode:
    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("Mã OTP của quý khách là 482913", "482913"),
            ("OTP: 4829", "4829"),
            ("482913 là mã xác thực của bạn", "482913"),
            ("482913 is your verification code", "482913"),
            ("Your code is 48291375", "48291375"),
            ("mã xác nhận 482-913", "482913"),
        ],
    )
    def test_is_found(self, raw: str, code: str) -> None:
        assert values(raw, Kind.OTP) == [code]

    @pytest.mark.parametrize(
        "raw",
        [
            "không đưa OTP cho ai, gọi 19001234",
            "OTP giao dịch 50000 VND",
            "OTP hiệu lực 120 giây",
            "barcode 8934567890123",
        ],
    )
    def test_is_no_other_number(self, raw: str) -> None:
        assert values(raw, Kind.OTP) == []

    def test_is_not_a_phone_nor_an_account(self) -> None:
        assert {f.kind for f in seek("Vietcombank: OTP 482913 cho TK")} == {Kind.OTP}


LINKS = [
    ("vào https://abc-qua.top nhé", "abc-qua.top", "abc-qua.top"),
    ("HTTPS://ABC-QUA.TOP/Nhan", "abc-qua.top", "abc-qua.top/nhan"),
    ("http://www.abc.vn/x?y=1#z", "www.abc.vn", "abc.vn/x?y=1#z"),
    ("hxxps://abc[.]top/x", "abc.top", "abc.top/x"),
    ("hxxp://abc(.)vip", "abc.vip", "abc.vip"),
    ("abc-qua[dot]top", "abc-qua.top", "abc-qua.top"),
    ("abcqua(chấm)com", "abcqua.com", "abcqua.com"),
    ("abcqua (chấm) com", "abcqua.com", "abcqua.com"),
    ("abcqua chấm com", "abcqua.com", "abcqua.com"),
    ("h t t p s : / / abc.top", "abc.top", "abc.top"),
    ("https://abc-qua .top de nhan", "abc-qua.top", "abc-qua.top"),
    ("vao abc-qua .com nhan", "abc-qua.com", "abc-qua.com"),
    ("abcqua。com", "abcqua.com", "abcqua.com"),
    ("ａｂｃｑｕａ．ｃｏｍ", "abcqua.com", "abcqua.com"),
    ("tai:abcqua.vn", "abcqua.vn", "abcqua.vn"),
    ("link(abcqua.vn)", "abcqua.vn", "abcqua.vn"),
    ("abcqua.vn.", "abcqua.vn", "abcqua.vn"),
    ("abcqua.vn/nhan, rồi", "abcqua.vn", "abcqua.vn/nhan"),
    ("abcqua.vn!!!", "abcqua.vn", "abcqua.vn"),
    ("abc88.comnhanngay", "abc88.com", "abc88.com"),
    ("https://abc.topde sua", "abc.top", "abc.top"),
    ("https://abcqua.com.vn.Soan ABC gui 9xx", "abcqua.com.vn", "abcqua.com.vn"),
    ("https://abcqua.vn.Ưu đãi lớn", "abcqua.vn", "abcqua.vn"),
    ("abcqua.vn.Xin cam on", "abcqua.vn", "abcqua.vn"),
    ("https://abcqua.vn.top", "abcqua.vn.top", "abcqua.vn.top"),
    ("www.mvabc.icude nhan", "www.mvabc.icu", "mvabc.icu"),
    ("http://103.45.67.89/login", "103.45.67.89", "103.45.67.89/login"),
    ("103.45.67.89:8080/a", "103.45.67.89", "103.45.67.89:8080/a"),
    ("http://abc.vn:8443/a", "abc.vn", "abc.vn:8443/a"),
    ("http://vietcombank.com.vn@abc.top/x", "abc.top", "abc.top/x"),
    ("zalo.me/g/abcxyz123", "zalo.me", "zalo.me/g/abcxyz123"),
    ("uszalo.me/g/abcxyz123", "zalo.me", "zalo.me/g/abcxyz123"),
    ("xem KqRd.zalo.me", "zalo.me", "zalo.me"),
    ("t.me/+AbCdEf", "t.me", "t.me/+abcdef"),
    ("bit.ly/3abc", "bit.ly", "bit.ly/3abc"),
    ("m.abc88.club", "m.abc88.club", "m.abc88.club"),
    ("789bet.vip", "789bet.vip", "789bet.vip"),
    ("xn--vitcombank-qcb.com", "xn--vitcombank-qcb.com", "xn--vitcombank-qcb.com"),
    ("a.b.c.d.abcqua.com.vn/x", "a.b.c.d.abcqua.com.vn", "a.b.c.d.abcqua.com.vn/x"),
    ("vietcombank.vn-abc.top", "vietcombank.vn-abc.top", "vietcombank.vn-abc.top"),
    ("https://abc.com/tải-app.apk", "abc.com", "abc.com/tai-app.apk"),
]
NOT_LINKS = [
    "Tp.HCM",
    "đi.em về",
    "v.v.",
    "v.v...",
    "TS.BS Lê Văn A",
    "Th.S, GS.TS",
    "3.5 điểm",
    "1.000.000",
    "phiên bản 1.2.3",
    "1.2.3.4",
    "ngày 22.06.2026",
    "8.30.am",
    "10.pm",
    "15.tr",
    "ok.la",
    "ApplePay.Ma giam",
    "tặng.Gấp lên",
    "vui.vẻ",
    "nhe.me",
    "đẹp lắm.Shop em",
    "hết hàng.Shop mình",
    "khoản,vui lòng",
    "bao-cao.docx",
    "anh.jpg",
    "file.zip",
    "hàng…mới",
    "a.m",
    "e.g.",
    "ai.cũng.biết",
    "http://",
    "cham soc khach hang",
    "chậm com",
]


class TestLink:
    @pytest.mark.parametrize(("raw", "host", "value"), LINKS)
    def test_is_found_in_every_disguise(self, raw: str, host: str, value: str) -> None:
        assert [(f.host, f.value) for f in seek(raw) if f.kind is Kind.LINK] == [(host, value)]

    @pytest.mark.parametrize("raw", NOT_LINKS)
    def test_is_not_every_dot(self, raw: str) -> None:
        assert values(raw, Kind.LINK) == []

    @pytest.mark.parametrize("raw", ["vіetcombank.com.vn", "việtcombank.com.vn", "vietcombаnk.com.vn", "ʙidv.com.vn"])
    def test_in_letters_that_look_like_ours_is_not_taken_for_the_real_one(self, raw: str) -> None:
        (host,) = [f.host for f in seek("vào " + raw) if f.kind is Kind.LINK]
        assert host.startswith("xn--")
        assert host.endswith(".com.vn")

    def test_span_is_the_link_alone(self) -> None:
        text = "vao https://abc.top/nhan. ngay"
        (link,) = seek(text)
        assert text[link.start : link.end] == "https://abc.top/nhan"

    def test_several_are_all_found(self) -> None:
        assert values("abcqua.vn, bit.ly/1 hoặc t.me/abc", Kind.LINK) == ["abcqua.vn", "bit.ly/1", "t.me/abc"]

    @pytest.mark.parametrize(
        ("host", "domain", "suffix"),
        [
            ("a.b.abc.com.vn", "abc.com.vn", "com.vn"),
            ("abc.top", "abc.top", "top"),
            ("localhost", "localhost", ""),
            ("103.45.67.89", "103.45.67.89", ""),
        ],
    )
    def test_registrable_domain(self, host: str, domain: str, suffix: str) -> None:
        assert indicators.registrable(host) == domain
        assert indicators.suffix_of(host) == suffix


class TestAlone:
    @pytest.mark.parametrize(
        ("raw", "account"),
        [
            ("19034567890123", "19034567890123"),
            ("1903 4567 8901 23", "19034567890123"),
            ("1903-4567-8901-23?", "19034567890123"),
            ("\n12345678 .", "12345678"),
        ],
    )
    def test_a_row_of_digits_is_an_account(self, raw: str, account: str) -> None:
        assert [(f.kind, f.value) for f in seek(raw)] == [(Kind.ACCOUNT, account)]

    @pytest.mark.parametrize(
        "raw", ["1234567", "1" * 20, "10.000.000", "12.11.2026", "mã đơn 19034567890123", "0905123318"]
    )
    def test_not_every_row_of_digits_is_an_account(self, raw: str) -> None:
        assert values(raw, Kind.ACCOUNT) == []

    @pytest.mark.parametrize("raw", ["abc.apk", "VNeID.apk", "dich-vu-cong_2.1.xapk", "“hoso.exe”"])
    def test_the_name_of_a_program_is_what_it_loads(self, raw: str) -> None:
        assert values(raw, Kind.LINK) == [raw.strip("“”").lower()]

    @pytest.mark.parametrize("raw", ["tải abc.apk giúp em", ".apk", "anh.jpg", "bao cao.docx"])
    def test_not_every_name_of_a_file_is_one(self, raw: str) -> None:
        assert values(raw, Kind.LINK) == []


ERC = "0x" + "aB3" * 13 + "f"
TRC = "T" + "Ab3" * 11


class TestNames:
    @pytest.mark.parametrize(
        ("raw", "kind", "value"),
        [
            ("mail hotro.abc@abcqua.com nhé", Kind.EMAIL, "hotro.abc@abcqua.com"),
            ("HoTro@ABCQUA.com.vn", Kind.EMAIL, "hotro@abcqua.com.vn"),
            ("tele @hotro_247", Kind.HANDLE, "@hotro_247"),
            ("nhắn @chuyenvien.lan.", Kind.HANDLE, "@chuyenvien.lan"),
            (f"ví {ERC}", Kind.WALLET, ERC),
            (f"nạp vào {TRC} nhé", Kind.WALLET, TRC),
            (f"💰 nạp vào ví {TRC} nhé", Kind.WALLET, TRC),
            ("bc1qabcdefghijklmnopqrstuvwxyz0123", Kind.WALLET, "bc1qabcdefghijklmnopqrstuvwxyz0123"),
            ("00020101021238540010A00000072701240006970436011010123456785303704630412AB", Kind.QR, None),
        ],
    )
    def test_are_found(self, raw: str, kind: Kind, value: str | None) -> None:
        (found,) = seek(raw)
        assert found.kind is kind
        assert value in (None, found.value)

    @pytest.mark.parametrize("raw", ["@", "@@@@", "5@kg", "a @ b", "@an", "gia @ 50", "Tam" * 12, "0x12ab"])
    def test_are_not_everything(self, raw: str) -> None:
        assert seek(raw) == []


ANY = st.one_of(st.text(max_size=150), st.text(alphabet="0123456789 .-+:/@okđaovntmehpx()[]\u200b\u0301", max_size=150))


@settings(max_examples=400, deadline=None)
@given(ANY)
def test_never_raises_and_none_lies_in_another(raw: str) -> None:
    unaccented = normalise(raw).unaccented
    found = indicators.find(unaccented, raw)
    assert all(0 <= f.start < f.end <= len(unaccented) and f.value for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.sampled_from(["", " ", ".", "-"]))
def test_any_mobile_number_is_found_in_any_grouping(number: str, sign: str) -> None:
    shown = sign.join((number[:4], number[4:7], number[7:]))
    assert values(f"gọi {shown} nhé", Kind.PHONE) == [number]


SIZE = 5000
HOSTILE = [
    "@", "a@", "u@a.", "a.a@", "1:", "a.b.", "a.", "a.vn ", "http://", "http://a", "h t t p : / / ", "www.", "1.", "1.123",
    "0", "0 ", "84 ", "+1", "o", "stk 123456 ", "otp ", "otp 12", "code ", "0x", "a(cham)", "a [.] ", "1tr ", "1'", "a-",
    "_", "khong mot ", "000201", "T1", "a.zalo.me/", "vіet.com ", "goi so ", "aaaa.comaaa", "$", "1 ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_little(piece: str) -> None:
    raw = (piece * (SIZE // len(piece) + 1))[:SIZE]
    unaccented = normalise(raw).unaccented
    took = []
    for _ in range(3):
        start = time.process_time()
        indicators.find(unaccented, raw)
        took.append(time.process_time() - start)
    assert min(took) < 0.05
