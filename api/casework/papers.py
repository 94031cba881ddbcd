"""A case on paper: the file as PDF, the bundle with its manifest, the letter to another unit as DOCX.

Pure: plain data in, bytes out; no text of a citizen can become markup. Must not know the database.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import fontpkg_be_vietnam_pro

_FONTS = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
_HERE = Path(__file__).parent
RECIPIENTS = {
    "bank": "Ngân hàng",
    "telco": "Doanh nghiệp viễn thông",
    "police": "Cơ quan cảnh sát điều tra, Công an xã, phường",
    "other": "Đơn vị khác",
}
_ASKS = {
    "bank": "rà soát, có biện pháp theo quy định với tài khoản nêu trên và cho biết thông tin phục vụ xác minh",
    "telco": "rà soát thuê bao nêu trên, có biện pháp theo quy định và cho biết thông tin phục vụ xác minh",
    "police": "tiếp nhận, xem xét, giải quyết theo thẩm quyền",
    "other": "phối hợp xem xét, xử lý theo thẩm quyền",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed of a case; ``sections`` are titles with rows of (name, text)."""

    unit: str
    parent: str
    code: str
    printed: str
    by: str
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def as_pdf(paper: Paper) -> bytes:
    """The case as PDF. Texts reach the template as data and are shown letter by letter."""
    import typst

    return bytes(
        typst.compile(
            str(_HERE / "case.typ"),
            root=str(_HERE),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(asdict(paper), ensure_ascii=False)},
        )
    )


def as_zip(files: Mapping[str, bytes], at: datetime) -> bytes:
    """Files with a manifest that ``sha256sum -c`` reads."""
    out = io.BytesIO()
    manifest = "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in sorted(files.items()))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, body in [*sorted(files.items()), ("SHA256SUMS", manifest.encode())]:
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            bundle.writestr(entry, body)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to another unit: who writes to whom about what, and the values that it is about."""

    parent: str
    unit: str
    place: str
    kind: str
    recipient: str
    code: str
    at: datetime
    summary: str
    values: Sequence[tuple[str, str]]
    transfers: Sequence[str] = ()


def as_docx(letter: Letter) -> bytes:
    """The draft of the letter; number, signature and stamp are left to people."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paper = docx.Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(30), Mm(20), Mm(20), Mm(20)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    head = paper.add_table(rows=1, cols=2)
    left, right = head.rows[0].cells
    left.text = f"{letter.parent.upper()}\n{letter.unit.upper()}\n\nSố: ……/CV-……"
    right.text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        f"{letter.place}, ngày {letter.at:%d} tháng {letter.at:%m} năm {letter.at:%Y}"
    )
    for cell in (left, right):
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph()
    paper.add_paragraph(f"Kính gửi: {letter.recipient}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    body = [
        f"{letter.unit} đang xem xét phản ánh của người dân, mã hồ sơ {letter.code}.",
        f"Nội dung tóm tắt: {letter.summary}",
        "Thông tin liên quan:",
        *(f"- {name}: {value}" for name, value in letter.values),
        *(f"- Người dân kể đã chuyển: {told}" for told in letter.transfers),
        f"Đề nghị quý đơn vị {_ASKS[letter.kind]}. Kết quả xin gửi về {letter.unit}.",
        "Đây là bản thảo, chỉ có giá trị khi được lãnh đạo ký, đóng dấu.",
    ]
    for text in body:
        paragraph = paper.add_paragraph(_printable(text))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
    signature = paper.add_paragraph("\nTHỦ TRƯỞNG ĐƠN VỊ\n(ký, ghi rõ họ tên)")
    signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _printable(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c if c in "\n\t" or (ord(c) >= 32 and c not in "\ufffe\uffff") else " " for c in text)
