"""Cells for spreadsheets: a citizen's words must not become a formula on an officer's computer."""

from __future__ import annotations

_FORMULA = "=+-@＝＋－＠\t\r\n|%"


def harmless(cell: str) -> str:
    """The cell, with an apostrophe in front where a spreadsheet could read it as a formula."""
    return f"'{cell}" if cell and (cell[0] in _FORMULA or cell.lstrip()[:1] in set(_FORMULA) - {""}) else cell
