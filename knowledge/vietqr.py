"""What a bank-transfer QR code says before anyone pays: bank, account, name, sum, purpose.

The code is an EMVCo merchant payload as the Vietnamese banks use it (VietQR, over the Napas switch): fields of a
two-digit tag, a two-digit length and a value, closed by a checksum. Must not know pictures, nor what the account is.

A payload whose checksum is wrong is still taken apart, for a fraudster's clumsy generator must not hide the account;
``intact`` then is false.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

from knowledge.catalogue import DATA

_ALIAS: Final = "A000000727"
"""The application identifier of Napas: a transfer to an account or card is found below it."""
_MERCHANT_TAGS: Final = [f"{tag:02d}" for tag in range(26, 52)]
_SERVICES: Final = {"QRIBFTTA": False, "QRIBFTTC": True}
_MOST: Final = 512
"""The standard allows 512 characters; a longer text is not a payment code."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where the money would go. ``bank`` is "" for one that we don't know; ``amount`` is in đồng, None if left open."""

    bin: str
    bank: str
    account: str
    is_card: bool = False
    name: str = ""
    amount: int | None = None
    purpose: str = ""
    intact: bool = True


def decode(payload: str) -> Transfer | None:
    """The transfer that a QR payload asks for; None if it is not a VietQR."""
    text = payload.strip()
    if not text.startswith("000201") or len(text) > _MOST:
        return None
    fields = _fields(text)
    beneficiary = _beneficiary(fields)
    if beneficiary is None:
        return None
    bin_, account, is_card = beneficiary
    additional = _fields(fields.get("62", ""))
    return Transfer(
        bin=bin_,
        bank=banks().get(bin_, ""),
        account=account,
        is_card=is_card,
        name=_clean(fields.get("59", "")),
        amount=_amount(fields.get("54", ""), fields.get("53", "")),
        purpose=_clean(additional.get("08", "")),
        intact=_is_intact(text),
    )


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE in four hexadecimal digits, as EMVCo asks for it."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


@cache
def banks() -> dict[str, str]:
    """The name of the bank (or wallet) of each BIN."""
    table = tomllib.loads((DATA / "bank_bins.toml").read_text(encoding="utf-8"))["bank"]
    return {row["bin"]: row["name"] for row in table}


def _fields(text: str) -> dict[str, str]:
    """Tag to value. What follows a broken field is left out; of a repeated tag the first counts, as in banking apps."""
    fields: dict[str, str] = {}
    at = 0
    while at + 4 <= len(text) and re.fullmatch(r"[0-9]{4}", text[at : at + 4]):
        tag, length = text[at : at + 2], int(text[at + 2 : at + 4])
        value = text[at + 4 : at + 4 + length]
        if len(value) < length:
            break
        fields.setdefault(tag, value)
        at += 4 + length
    return fields


def _beneficiary(fields: dict[str, str]) -> tuple[str, str, bool] | None:
    for tag in _MERCHANT_TAGS:
        merchant = _fields(fields.get(tag, ""))
        if merchant.get("00", "").upper() != _ALIAS and not merchant.get("00", "").upper().endswith(_ALIAS):
            continue
        receiver = _fields(merchant.get("01", ""))
        bin_, account = receiver.get("00", ""), re.sub(r"[^0-9A-Za-z]", "", receiver.get("01", ""))
        if re.fullmatch(r"[0-9]{6}", bin_) and account:
            return bin_, account, _SERVICES.get(merchant.get("02", ""), False)
    return None


def _amount(shown: str, currency: str) -> int | None:
    if currency not in {"", "704"} or not re.fullmatch(r"[0-9]{1,13}(?:\.[0-9]{0,2})?", shown):
        return None
    return int(shown.partition(".")[0]) or None


def _clean(value: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _is_intact(text: str) -> bool:
    return re.fullmatch(r"6304[0-9A-Fa-f]{4}", text[-8:]) is not None and checksum(text[:-4]) == text[-4:].upper()
