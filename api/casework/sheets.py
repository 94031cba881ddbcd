"""Indicators as files for others: CSV and XLSX that no spreadsheet takes for formulas, STIX 2.1, MISP. Each says which
export it is of, so that a copy that turns up elsewhere leads to who took it.

Pure: rows in, bytes out. Must not know the database, nor decide what may leave.
"""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from api.casework.named import TITLES, Kind

_INVISIBLE = "\0\u200b\u200c\u200d\u2060\ufeff \u00a0"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HEADER = (
    "loại", "giá trị", "tình trạng", "số người phản ánh", "lượt nhắc", "lần đầu", "lần cuối", "thủ đoạn", "lần xuất",
)  # fmt: skip
_NAMESPACE = uuid.UUID("7d8f6f0c-6b0e-5c3e-9a52-3c1f0a7c9b11")
_MISP = {
    Kind.PHONE: ("phone-number", "Financial fraud"),
    Kind.ACCOUNT: ("bank-account-nr", "Financial fraud"),
    Kind.DOMAIN: ("domain", "Network activity"),
    Kind.WALLET: ("btc", "Financial fraud"),
    Kind.HANDLE: ("text", "Social network"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator that leaves: its value in full, and what is held of it."""

    id: str
    kind: Kind
    value: str
    status: str
    reporters: int
    seen: int
    first_at: datetime
    last_at: datetime
    methods: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as text."""
        return (
            TITLES[self.kind], self.value, self.status, str(self.reporters), str(self.seen),
            self.first_at.isoformat(timespec="seconds"), self.last_at.isoformat(timespec="seconds"),
            "; ".join(self.methods),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose export this is: the unit, who took it and when, and the number under which the audit log knows it."""

    unit: str
    by: str
    at: datetime
    export: str

    @property
    def words(self) -> str:
        """The mark in one line."""
        return (
            f"{self.unit}. Lần xuất {self.export}, {self.by}, {self.at.isoformat(timespec='minutes')}. Không phát tán."
        )


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows as it is: an apostrophe stands before what would begin a formula."""
    begun = cell.lstrip(_INVISIBLE)
    return f"'{cell}" if begun.startswith(_DANGEROUS) or cell.startswith(("\t", "\r", "\n")) else cell


def as_csv(lines: Sequence[Line], mark: Mark) -> bytes:
    """UTF-8 with a mark, so that Excel reads the diacritics; every cell quoted."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER)
    writer.writerows([harmless(cell) for cell in (*line.cells, mark.export)] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Sequence[Line], mark: Mark) -> bytes:
    """A workbook whose cells are text and nothing else."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"author": mark.by, "company": mark.unit, "comments": mark.words, "created": mark.at})
    sheet, bold = book.add_worksheet("Danh sách"), book.add_format({"bold": True})
    sheet.set_footer(f"&L{mark.words.replace('&', '&&')}&R&P/&N")
    for column, title in enumerate(HEADER):
        sheet.write_string(0, column, title, bold)
    for row, line in enumerate(lines, 1):
        for column, cell in enumerate((*line.cells, mark.export)):
            sheet.write_string(row, column, cell)
    sheet.set_column(0, len(HEADER) - 1, 22)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(lines)), len(HEADER) - 1)
    book.close()
    return out.getvalue()


def as_stix(lines: Sequence[Line], mark: Mark) -> bytes:
    """A STIX 2.1 bundle; the same indicator has the same id in every bundle."""
    import stix2

    unit, when = mark.unit, mark.at.astimezone(UTC)
    owner = stix2.Identity(id=f"identity--{uuid.uuid5(_NAMESPACE, unit)}", name=unit, identity_class="organization")
    statement = stix2.MarkingDefinition(
        id=f"marking-definition--{uuid.uuid5(_NAMESPACE, mark.export)}",
        definition_type="statement",
        definition=stix2.StatementMarking(statement=mark.words),
        created=when,
        created_by_ref=owner.id,
    )
    marked = (statement.id, stix2.TLP_AMBER.id)
    made = [owner, stix2.TLP_AMBER, statement, *(_stix_indicator(line, owner.id, marked) for line in lines)]
    bundle = stix2.Bundle(*made, id=f"bundle--{uuid.uuid5(_NAMESPACE, f'{unit}{when.isoformat()}')}")
    return bytes(bundle.serialize(pretty=True), "utf-8")


def _stix_indicator(line: Line, owner: str, marked: Sequence[str]) -> Any:
    import stix2

    sure = line.status == "Đã xác nhận"
    return stix2.Indicator(
        id=f"indicator--{uuid.uuid5(_NAMESPACE, line.id)}",
        name=TITLES[line.kind],
        description="; ".join(line.methods) or None,
        indicator_types=["malicious-activity" if sure else "anomalous-activity"],
        pattern=_pattern(line),
        pattern_type="stix",
        valid_from=line.first_at.astimezone(UTC),
        created=line.first_at.astimezone(UTC),
        modified=max(line.last_at, line.first_at).astimezone(UTC),
        confidence=85 if sure else 50,
        created_by_ref=owner,
        object_marking_refs=list(marked),
    )


def _pattern(line: Line) -> str:
    value = line.value.replace("\\", "\\\\").replace("'", "\\'")
    path = {
        Kind.DOMAIN: "url:value" if "/" in line.value else "domain-name:value",
        Kind.PHONE: "x-vn-phone:value",
        Kind.ACCOUNT: "x-vn-bank-account:value",
        Kind.WALLET: "x-crypto-wallet:value",
        Kind.HANDLE: "user-account:account_login",
    }[line.kind]
    shown = value if not path.startswith("url:") else f"https://{value}"
    return f"[{path} = '{shown}']"


def as_misp(lines: Sequence[Line], mark: Mark) -> bytes:
    """One MISP event with an attribute a line."""
    unit, at = mark.unit, mark.at
    attributes = []
    for line in lines:
        kind, category = _MISP[line.kind]
        if line.kind is Kind.DOMAIN and "/" in line.value:
            kind = "url"
        if line.kind is Kind.WALLET and not line.value.startswith("bc1"):
            kind = "text"
        attributes.append(
            {
                "uuid": str(uuid.uuid5(_NAMESPACE, line.id)),
                "type": kind,
                "category": category,
                "value": line.value,
                "comment": f"{line.status}; {'; '.join(line.methods)}".strip("; "),
                "to_ids": line.status == "Đã xác nhận" and line.kind is Kind.DOMAIN,
                "timestamp": str(int(line.last_at.timestamp())),
                "first_seen": line.first_at.isoformat(),
                "last_seen": line.last_at.isoformat(),
            }
        )
    event = {
        "uuid": str(uuid.uuid5(_NAMESPACE, f"misp{unit}{at.isoformat()}")),
        "info": f"Cảnh Giác: số, tài khoản, trang lừa đảo. {mark.words}",
        "date": f"{at:%Y-%m-%d}",
        "timestamp": str(int(at.timestamp())),
        "threat_level_id": "2",
        "analysis": "2",
        "distribution": "0",
        "Tag": [{"name": "tlp:amber"}],
        "Orgc": {"name": unit, "uuid": str(uuid.uuid5(_NAMESPACE, unit))},
        "Attribute": attributes,
    }
    return json.dumps({"Event": event}, ensure_ascii=False, indent=2).encode()


FORMATS: dict[str, tuple[str, str, Callable[[Sequence[Line], Mark], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", "csv", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", as_xlsx),
    "stix": ("application/stix+json;version=2.1", "json", as_stix),
    "misp": ("application/json", "json", as_misp),
}
