"""Pictures: what is read of them, and that no hostile one harms us.

The screenshots are drawn here: a chat bubble under a status bar, as a telephone shows it.
"""

from __future__ import annotations

import asyncio
import io
import os
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import fontpkg_be_vietnam_pro
import pytest
import segno
from PIL import Image, ImageDraw, ImageFont, ImageOps
from rapidfuzz.distance import Levenshtein

from bot import media
from bot.pictures import transcript
from bot.pictures.transcript import Line
from tests.knowledge.test_vietqr import payload

FONTS = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
MESSAGE = (
    "Vietcombank: Tài khoản của quý khách vừa đăng nhập trên thiết bị lạ. Nếu không phải quý khách, vui lòng truy cập "
    "https://vietcombank-xacminh-vidu.top/login để hủy giao dịch 4.500.000đ trong vòng 24 giờ. Hotline 0905 000 318, "
    "số tài khoản 0123456789012 MB Bank."
)

SOON = 20.0
"""Seconds. Five on a machine that does nothing else; the reader itself gives up after its own limit."""


def font(size: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"BeVietnamPro-{weight}.ttf"), size)


def wrapped(text: str, letters: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        rest = word
        while letters.getlength(f"{line} {rest}".strip()) > width:
            if line:
                lines.append(line)
                line = ""
                continue
            cut = max(n for n in range(1, len(rest)) if letters.getlength(rest[:n]) <= width)
            lines.append(rest[:cut])
            rest = rest[cut:]
        line = f"{line} {rest}".strip()
    return [*lines, line]


def screenshot(text: str = MESSAGE, *, dark: bool = False, size: int = 40, width: int = 1080) -> Image.Image:
    paper, ink, bubble = ("#121212", "#ebebeb", "#323234") if dark else ("#f0f2f5", "#141414", "#ffffff")
    picture = Image.new("RGB", (width, width * 16 // 9), paper)
    pen = ImageDraw.Draw(picture)
    pen.text((40, 20), "9:41", font=font(34, "Medium"), fill=ink)
    pen.text((width - 260, 20), "4G  87%", font=font(34, "Medium"), fill=ink)
    lines = wrapped(text, font(size), width * 0.74)
    step = round(size * 1.4)
    pen.rounded_rectangle((50, 200, 110 + width * 0.74, 250 + step * len(lines)), 30, fill=bubble)
    for number, line in enumerate(lines):
        pen.text((80, 220 + number * step), line, font=font(size), fill=ink)
    pen.text((80, 270 + step * len(lines)), "10:32", font=font(28), fill="#808080")
    return picture


def packed(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def likeness(said: str, text: str = MESSAGE) -> float:
    return Levenshtein.normalized_similarity(" ".join(said.split()), text)


@pytest.fixture(scope="module")
def reader() -> Iterator[media.Reader]:
    reader = media.Reader()
    assert reader.can_read_text, "install Tesseract's data: apt install tesseract-ocr-vie tesseract-ocr-eng"
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def patient() -> Iterator[media.Reader]:
    """A reader with time enough on a busy machine: what is read is asked here, not how fast."""
    reader = media.Reader(seconds=15)
    yield reader
    reader.close()


# What people send


@pytest.mark.parametrize("size", [30, 40, 48])
@pytest.mark.parametrize("dark", [False, True])
def test_a_clean_screenshot(reader: media.Reader, dark: bool, size: int) -> None:
    picture = reader.read(packed(screenshot(dark=dark, size=size)))
    assert likeness(picture.text) >= 0.97
    assert picture.confidence > 80


@pytest.mark.parametrize(
    "data",
    [
        packed(screenshot().resize((540, 960)), "JPEG", quality=70),
        packed(screenshot().resize((432, 768))),
        packed(screenshot(), "JPEG", quality=40),
        packed(screenshot(), "MPO", save_all=True, append_images=[Image.new("RGB", (90, 160))]),
        packed(screenshot(), "WEBP", quality=60),
        packed(screenshot().convert("P"), "GIF"),
        packed(screenshot().convert("RGBA")),
        packed(screenshot().convert("CMYK"), "JPEG"),
        packed(screenshot().rotate(90, expand=True)),
        packed(screenshot().rotate(180)),
        packed(screenshot().resize((2160, 3840))),
    ],
    ids=[
        "half",
        "small",
        "jpeg",
        "twin jpeg of a telephone",
        "webp",
        "gif",
        "rgba",
        "cmyk",
        "on its side",
        "upside down",
        "large",
    ],
)
def test_a_less_clean_one(patient: media.Reader, data: bytes) -> None:
    assert likeness(patient.read(data).text) >= 0.95


def test_a_crooked_photograph_keeps_the_numbers(reader: media.Reader) -> None:
    crooked = screenshot().rotate(2, fillcolor="#f0f2f5", resample=Image.Resampling.BICUBIC)
    text = " ".join(reader.read(packed(crooked, "JPEG", quality=50)).text.split())
    assert "0905 000 318" in text
    assert "0123456789012" in text


def test_a_photograph_held_sideways_by_its_camera_note(reader: media.Reader) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = packed(screenshot().rotate(90, expand=True), "JPEG", exif=exif, quality=85)
    picture = reader.read(data)
    assert (picture.width, picture.height) == (1080, 1920)
    assert likeness(picture.text) >= 0.97


def test_a_broken_link_is_whole_again(reader: media.Reader) -> None:
    assert "https://vietcombank-xacminh-vidu.top/login" in reader.read(packed(screenshot())).text


def test_clock_and_battery_are_no_part_of_the_message(reader: media.Reader) -> None:
    text = reader.read(packed(screenshot())).text
    assert text.startswith("Vietcombank")
    assert "87%" not in text
    assert "10:32" not in text


def test_sixteen_bits_and_transparency(reader: media.Reader) -> None:
    deep = screenshot().convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
    clear = Image.new("RGBA", (900, 200), (255, 255, 255, 0))
    ImageDraw.Draw(clear).text((30, 60), "Chuyển tiền ngay", font=font(44), fill="black")
    assert likeness(reader.read(packed(deep)).text) >= 0.97
    assert "Chuyển tiền" in reader.read(packed(clear)).text


def test_a_picture_without_letters(reader: media.Reader) -> None:
    assert reader.read(packed(Image.new("RGB", (800, 600), "#3a7"))).text == ""
    assert len(reader.read(packed(Image.effect_noise((800, 600), 80))).text) < 40


def test_a_screenshot_takes_no_longer_than_a_breath(reader: media.Reader) -> None:
    data = packed(screenshot())
    reader.read(data)
    time.sleep(0.6)
    began = time.perf_counter()
    reader.read(data)
    assert time.perf_counter() - began < SOON / 4


async def test_the_loop_goes_on_meanwhile(reader: media.Reader) -> None:
    data = packed(screenshot())
    reading = [asyncio.create_task(reader.read_soon(data)) for _ in range(4)]
    beats = 0
    while not all(task.done() for task in reading):
        await asyncio.sleep(0.01)
        beats += 1
    assert beats > 20
    assert all(likeness(task.result().text) >= 0.97 for task in reading)


# QR codes


def qr(text: str, scale: int = 8) -> Image.Image:
    file = io.BytesIO()
    segno.make(text, micro=False).save(file, kind="png", scale=scale, border=4)
    return Image.open(file).convert("RGB")


@pytest.mark.parametrize(
    "change",
    [
        lambda code: code,
        lambda code: code.rotate(33, expand=True, fillcolor="white"),
        lambda code: code.rotate(180),
        ImageOps.invert,
        lambda code: ImageOps.expand(code.resize((code.width // 4, code.height // 4)), 40, "white"),
    ],
    ids=["plain", "turned", "upside down", "inverted", "small"],
)
def test_a_code_is_read(reader: media.Reader, change: Callable[[Image.Image], Image.Image]) -> None:
    picture = reader.read(packed(change(qr(payload(amount="4500000", name="TRAN THI VI DU", purpose="phi ho so")))))
    assert picture.qr == (
        "Mã QR chuyển tiền: ngân hàng Vietcombank, số tài khoản 0123456789012, tên TRAN THI VI DU, "
        "số tiền 4.500.000 đồng, nội dung phi ho so",
    )


def test_a_code_inside_a_screenshot_leaves_the_text_alone(reader: media.Reader) -> None:
    shown = screenshot()
    shown.paste(qr("https://vi-du-qua-tang.top/nhan", 6), (300, 1200))
    picture = reader.read(packed(shown))
    assert picture.qr == ("https://vi-du-qua-tang.top/nhan",)
    assert likeness(picture.text) >= 0.97


def test_several_codes(reader: media.Reader) -> None:
    both = Image.new("RGB", (900, 450), "white")
    both.paste(qr("https://mot.example", 8), (20, 40))
    both.paste(qr("https://hai.example", 8), (480, 40))
    assert set(reader.read(packed(both)).qr) == {"https://mot.example", "https://hai.example"}


@pytest.mark.parametrize(
    "content",
    [
        "javascript:alert(document.cookie)",
        "intent://vidu#Intent;scheme=http;package=com.vidu;end",
        "tg://resolve?domain=vidu_bot",
        "zalo://qr/p/vidu",
        "data:text/html,<script>alert(1)</script>",
        "WIFI:S:Quan cafe;T:WPA;P:12345678;;",
        "<b>đậm</b> & \u202eược",
        "x" * 1500,
    ],
)
def test_whatever_a_code_holds_stays_text(reader: media.Reader, content: str) -> None:
    picture = reader.read(packed(qr(content, 5)))
    assert picture.payloads == (content,)
    assert picture.qr == (content,)


def test_a_code_with_a_wrong_checksum_says_so(reader: media.Reader) -> None:
    picture = reader.read(packed(qr(payload()[:-4] + "0000")))
    assert "số tài khoản 0123456789012" in picture.qr[0]
    assert picture.qr[0].endswith("mã sai số kiểm tra")


# Hostile pictures


def png(width: int, height: int, rows: bytes, *, bits: int = 8, colour: int = 0) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def thousand_frames() -> bytes:
    frames = [Image.new("L", (60, 60), shade % 256) for shade in range(1000)]
    return packed(frames[0], "GIF", save_all=True, append_images=frames[1:])


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (15.0, 34.0, 0.0), 3: "E", 4: (108.0, 28.0, 0.0)}
    return packed(screenshot(), "JPEG", exif=exif)


def flipped(data: bytes) -> bytes:
    return bytes(byte ^ (0xFF if at % 97 == 60 else 0) for at, byte in enumerate(data))


SMALL = packed(Image.new("RGB", (200, 100), "white"))
JPEG = packed(screenshot(), "JPEG")
REFUSED: dict[str, tuple[bytes, type[media.MediaError]]] = {
    "empty": (b"", media.NotAPicture),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", media.NotAPicture),
    "pdf": (b"%PDF-1.7\n1 0 obj\n<</JS (app.alert\\(1\\))>>", media.NotAPicture),
    "html": (b"<html><img src=x onerror=alert(1)>", media.NotAPicture),
    "zip": (b"PK\x03\x04" + bytes(200), media.NotAPicture),
    "program": (b"MZ" + bytes(200), media.NotAPicture),
    "tiff": (packed(Image.new("L", (9, 9)), "TIFF"), media.NotAPicture),
    "bmp": (packed(Image.new("L", (9, 9)), "BMP"), media.NotAPicture),
    "beginning of a png only": (b"\x89PNG\r\n\x1a\n", media.MediaError),
    "beginning of a jpeg only": (b"\xff\xd8\xff\xe0", media.MediaError),
    "beginning of a gif only": (b"GIF89a", media.MediaError),
    "beginning of a webp only": (b"RIFF\xff\xff\xff\xffWEBPVP8 ", media.MediaError),
    "too many bytes": (b"\xff\xd8\xff" + bytes(media.MOST_BYTES), media.TooLarge),
    "bomb": (png(20_000, 20_000, zlib.compress(bytes(2501 * 20_000), 9), bits=1), media.TooLarge),
    "bomb by its head alone": (png(2**31 - 1, 2**31 - 1, b""), media.MediaError),
    "just too many pixels": (png(4001, 4000, zlib.compress(bytes(4002 * 4000))), media.TooLarge),
    "truncated png": (packed(screenshot())[:9000], media.Unreadable),
    "truncated jpeg": (JPEG[: len(JPEG) // 2], media.Unreadable),
    "no rows": (png(500, 500, zlib.compress(b"")), media.Unreadable),
    "rows that are not packed": (png(500, 500, bytes(900)), media.Unreadable),
    "no size": (png(0, 0, b""), media.MediaError),
}
SURVIVED: dict[str, bytes] = {
    "a hair": png(1, 65_535, zlib.compress(bytes(2 * 65_535))),
    "a lying hair": png(65_535, 1, zlib.compress(bytes(65_536))),
    "one pixel": png(1, 1, zlib.compress(bytes(2))),
    "sixteen million pixels": png(4000, 4000, zlib.compress(bytes(16_001 * 4000)), colour=6),
    "sixteen million real pixels": png(4000, 4000, zlib.compress(bytes(4001 * 4000))),
    "noise": packed(Image.effect_noise((2000, 2000), 120), "JPEG"),
    "a thousand frames": thousand_frames(),
    "gif and script": packed(Image.new("L", (64, 64)), "GIF") + b"*/=1;alert(1)//",
    "png and page": SMALL + b"<html><script>alert(1)</script>",
    "jpeg and archive": JPEG + b"PK\x03\x04" + bytes(4000),
    "jpeg that claims to be a pdf inside": JPEG[:2] + b"\xff\xfe\x00\x0c%PDF-1.7\n\n" + JPEG[2:],
    "with a place": with_place(),
    "flipped png": flipped(packed(screenshot())),
    "flipped jpeg": flipped(JPEG),
}


@pytest.mark.parametrize(("data", "error"), REFUSED.values(), ids=REFUSED)
def test_refused_clearly_and_soon(reader: media.Reader, data: bytes, error: type[media.MediaError]) -> None:
    began = time.perf_counter()
    with pytest.raises(error):
        reader.read(data)
    assert time.perf_counter() - began < SOON


@pytest.mark.parametrize("data", SURVIVED.values(), ids=SURVIVED)
def test_survived_whatever_comes_of_it(reader: media.Reader, data: bytes) -> None:
    began = time.perf_counter()
    try:
        picture = reader.read(data)
    except media.MediaError:
        pass
    else:
        assert len(picture.text) < 5000
    assert time.perf_counter() - began < SOON


def test_after_all_that_it_still_reads(reader: media.Reader) -> None:
    for data in (SURVIVED["flipped png"], REFUSED["bomb"][0]):
        with pytest.raises(media.MediaError):
            reader.read(data)
    assert likeness(reader.read(packed(screenshot())).text) >= 0.97


def test_one_that_takes_too_long_is_given_up() -> None:
    hurried = media.Reader(seconds=0.05)
    began = time.perf_counter()
    with pytest.raises(media.TookTooLong):
        hurried.read(packed(Image.effect_noise((3000, 3000), 120), "PNG"))
    assert time.perf_counter() - began < SOON
    hurried.close()


# The process that opens them


def waiting(reader: media.Reader) -> int:
    """The process that waits for the next picture, once it has locked itself."""
    reader.warm_up()
    process = reader._waiting[0]._process
    for _ in range(1000):
        if b"Max open files            0 " in Path(f"/proc/{process.pid}/limits").read_bytes():
            return process.pid
        time.sleep(0.01)
    raise AssertionError("the process never locked itself")


def test_it_can_open_nothing_and_holds_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY_TOKEN", "bi-mat-khong-duoc-lo")
    reader = media.Reader()
    pid = waiting(reader)
    limits = Path(f"/proc/{pid}/limits").read_text()
    secret = Path(f"/proc/{pid}/environ").read_bytes()
    reader.close()
    assert "Max address space         536870912" in limits
    assert "Max processes             0" in limits
    assert b"bi-mat" not in secret


def test_each_picture_has_its_own_process() -> None:
    reader = media.Reader()
    first = waiting(reader)
    reader.read(SMALL)
    second = waiting(reader)
    reader.close()
    assert first != second
    assert not Path(f"/proc/{first}").exists()
    assert not Path(f"/proc/{second}").exists()


def test_a_waiting_process_that_died_is_replaced() -> None:
    reader = media.Reader()
    os.kill(waiting(reader), 9)
    time.sleep(0.1)
    assert reader.read(SMALL).width == 200
    reader.close()


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"error": "unheard of"},
        {"width": 1, "height": 1, "qr": 5, "lines": [], "ocr": True},
        {"width": "x", "height": 1, "qr": [], "lines": [], "ocr": True},
        {"width": 1, "height": 1, "qr": [], "lines": [["a"]], "ocr": True},
        {"width": 1, "height": 1, "qr": [], "lines": [["a", 9, 1, 2, 3]], "ocr": True},
    ],
)
def test_what_it_says_is_not_trusted(said: dict[str, object]) -> None:
    with pytest.raises(media.Unreadable):
        media._picture(said)


def test_without_language_data_codes_are_read_all_the_same(tmp_path: Path) -> None:
    reader = media.Reader(tmp_path)
    picture = reader.read(packed(qr("https://vi-du.example")))
    reader.close()
    assert not reader.can_read_text
    assert not picture.ocr
    assert picture.text == ""
    assert picture.qr == ("https://vi-du.example",)


# From lines to a text


def lines(*texts: str, right: int = 700, top: int = 300) -> list[Line]:
    return [Line(text, 95, 80, top + 30 * at, right, top + 20 + 30 * at) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("vào vietcombank-", "xacminh.top để nhận"), "vào vietcombank-xacminh.top để nhận"),
        (("https://vi-du.top/dang-", "nhap/ngay nhé"), "https://vi-du.top/dang-nhap/ngay nhé"),
        (("bấm https://vi-du.top/", "nhan-qua"), "bấm https://vi-du.top/nhan-qua"),
        (("https://vi-du.top/nhan?id=", "8812"), "https://vi-du.top/nhan?id=8812"),
        (("truy cập vidu-nganhang.", "com/login ngay"), "truy cập vidu-nganhang.com/login ngay"),
        (("https: //vi-du.top/xac", "minh.html"), "https://vi-du.top/xacminh.html"),
        (("https://vidu-nganhang.to", "p/login để hủy"), "https://vidu-nganhang.top/login để hủy"),
        (("https://vi-du.top/|", "https://vi-du.top"), "https://vi-du.top/l\nhttps://vi-du.top"),
    ],
)
def test_links_are_joined(parts: tuple[str, ...], whole: str) -> None:
    assert transcript.text_of(lines(*parts)) == whole


@pytest.mark.parametrize(
    "parts",
    [
        ("Thông báo -", "nộp phạt ngay"),
        ("khóa tài khoản.", "Vui lòng gọi lại"),
        ("https://mot.example", "https://hai.example"),
        ("https://mot.example/a", "www.hai.example"),
        ("hẹn gặp lúc 9-", "10 giờ"),
        ("Gửi cho tôi.", "com nhà làm"),
    ],
)
def test_other_lines_are_not(parts: tuple[str, ...]) -> None:
    assert transcript.text_of(lines(*parts)) == "\n".join(parts)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (Line("9:41 ul 4G 87%", 80, 40, 10, 960, 28), False),
        (Line("Viettel 10:32 82%", 90, 40, 10, 960, 28), False),
        (Line("10:32 SA", 95, 80, 400, 200, 415), False),
        (Line("Hôm nay 14:05", 95, 80, 400, 300, 415), False),
        (Line("14:05, 20/10/2026", 95, 80, 400, 300, 415), False),
        (Line("Đã xem", 95, 80, 400, 300, 415), False),
        (Line("Tin nhắn", 95, 80, 960, 300, 980), False),
        (Line("§ ~ = ( |", 90, 80, 400, 300, 415), False),
        (Line("ẻ oe Re", 22, 80, 400, 300, 415), False),
        (Line("Tin nhắn", 95, 80, 400, 300, 415), True),
        (Line("Có mặt lúc 14:05 tại phòng làm việc", 95, 80, 400, 700, 415), True),
        (Line("0905 000 318 10:32", 95, 80, 400, 700, 415), True),
        (Line("Công an xã", 95, 80, 20, 500, 60), True),
        (Line("vi-du.top/a8Fq", 25, 80, 400, 700, 415), True),
        (Line("https://vi-du.top/a8Fq", 5, 80, 400, 700, 415), True),
    ],
)
def test_what_the_telephone_drew_is_left_out(line: Line, kept: bool) -> None:
    assert bool(transcript.text_of([line])) is kept


@pytest.mark.parametrize("scale", [3, 10, 14])
def test_a_picture_of_a_code_alone_has_no_letters(reader: media.Reader, scale: int) -> None:
    file = io.BytesIO()
    segno.make(payload(account="1012345678", name="NGUYEN VAN A")).save(file, kind="png", scale=scale, border=4)
    picture = reader.read(file.getvalue())
    assert len(picture.payloads) == 1
    assert picture.text == ""


def test_the_copy_to_look_at_is_drawn_anew_small_and_without_the_files_own_data(reader: media.Reader) -> None:
    taken = Image.new("RGB", (3000, 1500), "red")
    exif = Image.Exif()
    exif[0x010E] = "who took it, and where"
    file = io.BytesIO()
    taken.save(file, "JPEG", exif=exif, comment=b"hidden words")
    copy = reader.read(file.getvalue()).copy
    assert copy.startswith(b"\xff\xd8\xff")
    assert b"hidden words" not in copy
    assert b"who took it" not in copy
    with Image.open(io.BytesIO(copy)) as seen:
        assert (seen.format, seen.size, seen.mode) == ("JPEG", (1400, 700), "RGB")
        assert not seen.getexif()
        assert seen.getpixel((10, 10))[0] > 200  # type: ignore[index]
