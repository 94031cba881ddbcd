"""Opens one picture in a process of its own, then ends. Run by file name, never imported by the service.

A picture from a stranger goes through decoders written in C. So this process holds no secret, is given no environment,
and after its models are loaded may open nothing more: no file, no socket (RLIMIT_NOFILE 0), no second process, no more
than 512 MB, no more than a few seconds. It serves a single picture, so that one citizen's picture cannot touch the
next one's. What it prints is JSON which the parent does not trust either.

Must not import anything of ours: it runs in isolated mode, and starts faster so.

Arguments: directory of the Tesseract data or "-", seconds of CPU for the picture, most pixels. Input: the bytes.
"""

from __future__ import annotations

import base64
import importlib
import io
import itertools
import json
import resource
import sys
import time
import warnings
from typing import Any

_MEMORY = 512 * 1024 * 1024
_OUTPUT = 1536 * 1024
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_MOST_CODES = 8
_READABLE_SIDE = 12
"""A strip thinner than this holds no letters; Tesseract would only warm the room with it."""
_COPY_SIDE, _COPY_QUALITY, _COPY_BYTES = 1400, 70, 700_000
"""The copy that a person may look at later: drawn anew, so that nothing but its dots comes from the stranger's file."""
_GOOD_WIDTH, _MOST_SIDE = 800, 1440
_SURE = 62
"""Mean confidence below which the picture may be lying on its side; upright text reads at 80 and more."""


def main() -> None:
    """Load, lock, read one picture from standard input, print what it says."""
    tessdata, seconds, most_pixels = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_OUTPUT, _OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reader = _Reader(tessdata, most_pixels)
    reader.rehearse()
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    data = sys.stdin.buffer.read()
    if not data:
        return
    spent = time.process_time()
    allowed = int(spent + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, allowed))
    sys.stdout.write(json.dumps(reader.answer(data, time.monotonic() + seconds * 0.8)))
    sys.stdout.flush()


class _Reader:
    """The libraries, loaded once; ``answer`` never raises."""

    def __init__(self, tessdata: str, most_pixels: int) -> None:
        import zxingcpp
        from PIL import Image, ImageOps
        from PIL import UnidentifiedImageError as NotAnImage

        for plugin in ("Gif", "Jpeg", "Mpo", "Png", "Tiff", "WebP"):
            importlib.import_module(f"PIL.{plugin}ImagePlugin")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = most_pixels
        self.most_pixels, self.not_an_image = most_pixels, NotAnImage
        self.image, self.ops, self.zxing = Image, ImageOps, zxingcpp
        self.tesseract = None if tessdata == "-" else _tesseract(tessdata)

    def rehearse(self) -> None:
        """Small pictures of each kind, for what Pillow imports on first use cannot be opened later."""
        camera_note = self.image.Exif()
        camera_note[0x0112] = 6
        small = self.image.new("RGB", (160, 40), "white")
        for kind, picture in (
            ("JPEG", small),
            ("JPEG", small.convert("CMYK")),
            ("PNG", small.convert("RGBA")),
            ("PNG", small.convert("I;16")),
            ("WEBP", small),
            ("GIF", small.convert("P")),
        ):
            file = io.BytesIO()
            picture.save(file, kind, **({} if kind == "GIF" else {"exif": camera_note}))
            self.answer(file.getvalue(), time.monotonic() + 5)

    def answer(self, data: bytes, until: float) -> dict[str, Any]:
        """``{"error": …}`` or the picture's size, lines, QR payloads, and a copy of it."""
        try:
            picture, copy = self.open(data)
        except self.not_an_image:
            return {"error": "not_a_picture"}
        except (self.image.DecompressionBombError, self.image.DecompressionBombWarning, MemoryError):
            return {"error": "too_large"}
        except Exception:  # a decoder may raise anything on a hostile file; whatever it is, the picture is unreadable
            return {"error": "unreadable"}
        if isinstance(picture, str):
            return {"error": picture}
        try:
            return self.read(picture, until) | {"copy": copy}
        except MemoryError:
            return {"error": "too_large"}
        except Exception:  # the same for what lies behind the decoder
            return {"error": "unreadable"}

    def open(self, data: bytes) -> tuple[Any, str]:
        """The first frame, upright, grey, on white, with a copy in colours; or the name of an error."""
        with self.image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > self.most_pixels:
                return "too_large", ""
            opened.load()
            upright = self.ops.exif_transpose(opened)
        if upright.mode.startswith(("I", "F")):
            upright = upright.point(lambda value: value * (1 / 257)).convert("L")
        if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
            layer = upright.convert("RGBA")
            paper = self.image.new("RGBA", layer.size, "white")
            upright = self.image.alpha_composite(paper, layer)
        return upright.convert("L"), self.copy(upright)

    def copy(self, upright: Any) -> str:
        """A small JPEG without any of the file's own data, in base 64; empty where it would still be large."""
        small = upright.copy() if upright.mode in {"L", "RGB"} else upright.convert("RGB")
        small.thumbnail((_COPY_SIDE, _COPY_SIDE))
        small.info.clear()
        file = io.BytesIO()
        small.convert("RGB").save(file, "JPEG", quality=_COPY_QUALITY)
        packed = file.getvalue()
        return base64.b64encode(packed).decode() if len(packed) <= _COPY_BYTES else ""

    def read(self, grey: Any, until: float) -> dict[str, Any]:
        """QR codes first: they are blanked before the letters are read."""
        payloads = []
        paper = grey
        for code in self.codes(grey)[:_MOST_CODES]:
            payloads.append(code.text)
            paper = _without(paper if paper is not grey else grey.copy(), code.position)
        found: dict[str, Any] = {"width": grey.width, "height": grey.height, "qr": payloads, "lines": []}
        found["ocr"] = self.tesseract is not None
        if self.tesseract is not None and min(grey.size) >= _READABLE_SIDE:
            found["lines"] = self.lines(self.prepared(paper), until)
        return found

    def codes(self, grey: Any) -> list[Any]:
        """QR codes, also turned, inverted or small."""
        kinds = self.zxing.BarcodeFormats([self.zxing.QRCode, self.zxing.MicroQRCode])
        codes = list(self.zxing.read_barcodes(grey, formats=kinds, text_mode=self.zxing.TextMode.Plain))
        if not codes and min(grey.size) > _READABLE_SIDE and grey.width * grey.height < 400_000:
            twice = grey.resize((grey.width * 2, grey.height * 2), self.image.Resampling.BICUBIC)
            codes = list(self.zxing.read_barcodes(twice, formats=kinds, text_mode=self.zxing.TextMode.Plain))
        return codes

    def prepared(self, grey: Any) -> Any:
        """Dark letters on light paper at a size that Tesseract reads well."""
        counts = grey.histogram()
        if sum(counts[:112]) > sum(counts[112:]):
            grey = self.ops.invert(grey)
        grey = self.ops.autocontrast(grey, cutoff=0.5)
        factor = self.factor(grey.width, grey.height)
        if factor != 1.0:
            size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
            grey = grey.resize(size, self.image.Resampling.LANCZOS)
        lean = self.lean(grey)
        return grey.rotate(lean, self.image.Resampling.BICUBIC, fillcolor=255) if lean else grey

    def factor(self, width: int, height: int) -> float:
        """How much to enlarge. An upright screenshot of any telephone is brought to the same width: Tesseract errs most
        on letters much higher than the 30 dots it learnt from (tried: 97 % right at 1080 wide, 98.5 % at 800)."""
        if width <= _MOST_SIDE and height > width:
            factor = min(_GOOD_WIDTH / width, 3.0)
        elif max(width, height) < _GOOD_WIDTH:
            factor = min(_GOOD_WIDTH / max(width, height), 3.0)
        else:
            factor = min(1.0, _MOST_SIDE / min(width, height))
        most: float = (self.most_pixels / 2 / (width * height)) ** 0.5
        return min(factor, max(1.0, most))

    def lean(self, grey: Any) -> float:
        """Degrees by which a photographed page is to be turned: where its rows are most clearly apart."""
        if min(grey.size) < 100:
            return 0.0
        small = self.ops.invert(grey)
        small.thumbnail((300, 600))

        def clearness(angle: float) -> float:
            turned = small.rotate(angle, self.image.Resampling.BILINEAR, fillcolor=0)
            rows = list(turned.resize((1, turned.height), self.image.Resampling.BOX).tobytes())
            return float(sum((a - b) ** 2 for a, b in itertools.pairwise(rows)))

        level = clearness(0)
        best: float = max(range(-8, 9, 2), key=clearness)
        for step in (1, 0.5):
            best = max((best - step, best, best + step), key=clearness)
        return best if abs(best) >= 1 and clearness(best) > 1.3 * level else 0.0

    def lines(self, grey: Any, until: float) -> list[list[Any]]:
        """Lines as read; a picture that reads badly is tried on its other sides too, while there is time."""
        began = time.monotonic()
        best = _recognise(self.tesseract, grey, until)
        took = time.monotonic() - began
        if _mean(best) >= _SURE:
            return best
        for turn in (self.image.Transpose.ROTATE_90, self.image.Transpose.ROTATE_270, self.image.Transpose.ROTATE_180):
            if time.monotonic() + took > until:
                break
            other = _recognise(self.tesseract, grey.transpose(turn), until)
            if _mean(other) > _mean(best) + 10:
                best = other
            if _mean(best) >= _SURE:
                break
        return best


def _tesseract(path: str) -> Any:
    import tesserocr

    return tesserocr.PyTessBaseAPI(path=path, lang="vie+eng", psm=tesserocr.PSM.SINGLE_BLOCK)


def _recognise(api: Any, grey: Any, until: float) -> list[list[Any]]:
    """Each line as text, confidence, and its box as parts of a thousand of the picture."""
    import tesserocr

    api.SetImage(grey)
    api.SetSourceResolution(150)
    api.Recognize(max(1, round((until - time.monotonic()) * 1000)))
    lines = []
    layout = api.GetIterator()
    level = tesserocr.RIL.TEXTLINE
    if layout is None:
        return []
    for item in tesserocr.iterate_level(layout, level):
        if item.Empty(level):
            continue
        text, box = item.GetUTF8Text(level).strip(), item.BoundingBox(level)
        if text and box:
            across, down = 1000 / grey.width, 1000 / grey.height
            edges = [round(box[0] * across), round(box[1] * down), round(box[2] * across), round(box[3] * down)]
            lines.append([text, round(item.Confidence(level)), *edges])
    return lines


def _mean(lines: list[list[Any]]) -> float:
    letters = sum(len(line[0]) for line in lines)
    return sum(line[1] * len(line[0]) for line in lines) / letters if letters else 0.0


def _without(picture: Any, position: Any) -> Any:
    corners = [position.top_left, position.top_right, position.bottom_right, position.bottom_left]
    left, right = min(c.x for c in corners), max(c.x for c in corners)
    top, bottom = min(c.y for c in corners), max(c.y for c in corners)
    rim = max(right - left, bottom - top) // 16  # corners are found to a dot or two; the rest would look like letters
    box = (
        max(0, left - rim),
        max(0, top - rim),
        min(picture.width, right + rim),
        min(picture.height, bottom + rim),
    )
    if box[0] < box[2] and box[1] < box[3]:
        picture.paste(255, box)
    return picture


if __name__ == "__main__":
    main()
