"""Why an entry, or the catalogue with it, is not valid: in Vietnamese, by the name of the field.

Whoever fills in a form never meets a sentence of a library. Must not know HTTP nor the database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

UNSAID = "chưa đúng, đồng chí xem lại chỗ này"
"""Said where no sentence of ours fits."""
_DAY = "ngày chưa đúng, viết như 2026-11-24"
_PAIRS = "mỗi dòng viết một cặp: vế trái = vế phải, không vế trái nào viết hai lần"
_SENTENCES = {
    "missing": "cần điền",
    "string_type": "cần là chữ",
    "string_too_short": "ngắn quá, cần ít nhất {min_length} ký tự",
    "string_too_long": "dài quá, nhiều nhất {max_length} ký tự",
    "too_short": "cần ít nhất {min_length} dòng, mới có {actual_length}",
    "too_long": "nhiều nhất {max_length} dòng",
    "enum": "chưa chọn đúng trong danh sách",
    "literal_error": "chưa chọn đúng trong danh sách",
    "string_pattern_mismatch": "viết chưa đúng mẫu",
    "int_parsing": "cần là số nguyên, ví dụ 3",
    "int_type": "cần là số nguyên, ví dụ 3",
    "int_from_float": "cần là số nguyên, ví dụ 3",
    "float_parsing": "cần là số",
    "greater_than": "cần lớn hơn {gt}",
    "greater_than_equal": "cần từ {ge} trở lên",
    "less_than": "cần nhỏ hơn {lt}",
    "less_than_equal": "nhiều nhất là {le}",
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "extra_forbidden": "không có mục tên này",
    "bool_parsing": "chỉ nhận có hoặc không",
    "bool_type": "chỉ nhận có hoặc không",
    "dict_type": _PAIRS,
    "tuple_type": "cần là danh sách, mỗi dòng một ý",
    "list_type": "cần là danh sách, mỗi dòng một ý",
    "model_type": "thiếu các ô bên trong",
}
_OWN_RULES = (
    (r"signals: (\d+) phrases.*", "signals: hai ô câu cộng lại mới có {0}, cần ít nhất 12"),
    (r"signals: a phrase stands twice", "signals: có câu viết hai lần"),
    (r"advice: the situation 'contacted' is missing", "advice: thiếu lời khuyên cho tình huống “mới bị liên hệ”"),
    (r"advice: a situation stands twice", "advice: có tình huống viết hai lần"),
    (
        r"not one owner's domain",
        "ai cũng đăng ký được tên dưới đuôi này, hoặc đây là địa chỉ IP; cần tên miền riêng của chủ",
    ),
    (r"value: holds what no number or address has", "value: có ký tự không dùng trong số hay địa chỉ"),
    (r"valid_to: is before valid_from", "valid_to: đứng trước ngày bắt đầu dùng"),
)
_WHOLE_RULES = (
    (
        r"host '(.+)' stands twice",
        "tên miền {0} đã có trong một danh sách khác (chính thức, ai cũng đăng được, hoặc rút gọn link)",
    ),
    (r"brand string '(.+)' stands twice", "chuỗi chữ {0} của tên hay bị nhái viết hai lần"),
    (
        r"brands: (.+): '(.+)' is in no list",
        "tên hay bị nhái {0} nhắc tới {1}, mà tên miền ấy không có trong danh sách nào",
    ),
    (r"slug: '(.+)' stands twice", "mã {0} đứng hai lần"),
)


def of(invalid: ValidationError) -> dict[str, str]:
    """What is wrong, by the dotted name of the field, in words for whoever fills in the form."""
    found: dict[str, str] = {}
    for error in invalid.errors(include_url=False, include_input=False):
        where = ".".join(str(part) for part in error["loc"])
        said = _sentence(error)
        if not where:  # the whole entry's own rules name their field at the beginning
            where, _, said = said.partition(": ") if ": " in said else ("", "", said)
        found.setdefault(where, said)
    return found


def in_one(invalid: ValidationError) -> str:
    """All of it in one line."""
    return " ".join(f"{where}: {why}." if where else f"{why}." for where, why in of(invalid).items())


def of_whole(said: str) -> str:
    """Why pieces don't fit together, from what the loaders say: ``file: key: reason``."""
    file, _, reason = said.partition(": ")
    for rule, sentence in _WHOLE_RULES:
        if met := re.search(rule, said):
            return sentence.format(*met.groups())
    vietnamese = not said.isascii()  # our own sentences have diacritics, those of libraries have none
    if vietnamese:
        return said
    return f"{file}: {UNSAID}" if reason else UNSAID


def _sentence(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    if error["type"] == "value_error":
        return _own_rule(str(context["error"]))
    template = _SENTENCES.get(error["type"])
    return template.format(**context) if template else UNSAID


def _own_rule(said: str) -> str:
    """The rules that an entry has of its own, in the words of the form."""
    for rule, sentence in _OWN_RULES:
        if met := re.fullmatch(rule, said):
            return sentence.format(*met.groups())
    field, _, rest = said.partition(": ")
    if not said.isascii():
        return said
    return f"{field}: {UNSAID}" if rest else UNSAID
