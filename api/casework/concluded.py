"""What a person decided about a case, and what may be said of its method. Must not know pages."""

from __future__ import annotations

from collections.abc import Mapping

from api.models import Case

_WARNED = frozenset({"scam", "suspicious"})
_WORDS = {
    (True, True): "lừa đảo (máy báo đúng)",
    (True, False): "lừa đảo (máy không báo)",
    (False, True): "không phải lừa đảo (máy báo sai)",
    (False, False): "không phải lừa đảo (máy không báo)",
}
_APPEAL = {True: "giữ nguyên trong danh sách", False: "chấp nhận khiếu nại"}


def is_scam(case: Case) -> bool | None:
    """A person's word; None while nobody has decided."""
    if not case.label:
        return None
    return (case.label == "right") == (case.level in _WARNED)


def in_words(case: Case) -> str:
    """The decision next to what the machine had said, "" while there is none."""
    scam = is_scam(case)
    if case.kind == "appeal" and scam is not None:
        return _APPEAL[scam]
    return "" if scam is None else _WORDS[scam, case.level in _WARNED]


def for_paper(case: Case) -> str:
    """The decision as it is printed."""
    scam = is_scam(case)
    words = _APPEAL if case.kind == "appeal" else {True: "lừa đảo", False: "không phải lừa đảo"}
    said = "chưa có" if scam is None else words[scam]
    return f"{said} (đang xem xét lại)" if scam is not None and case.is_open else said


def method(case: Case, titles: Mapping[str, str]) -> str:
    """The method that a person confirmed; the machine's only while nobody has decided, and marked; or ""."""
    if is_scam(case) is None:
        return f"{titles.get(case.method, case.method)} (máy đoán)" if case.method else ""
    return titles.get(case.method_confirmed, case.method_confirmed) if case.method_confirmed else ""
