"""What a text names that can be looked up: links, phones, accounts, wallets, handles, e-mails, sums, one-time codes.

Works on the clean views of a message and returns spans of the raw text. Must not judge what it finds
(``addresses`` does that for links) and never opens or resolves anything.

Shapes of Vietnamese numbers: mobile and fixed-line numbering plan in use since 2018, short prices ("2tr5"), accounts of
6 to 19 digits named by a nearby word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import tldextract

from knowledge.verdict import IndicatorKind, Span

# The bundled snapshot of the Public Suffix List only: never a look-up on the network.
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

_DOT = r"(?:\.|\s?\[\.\]\s?|\s?\(\.\)\s?|\s?\(cham\)\s?|\s?\[dot\]\s?)"
_LABEL = r"[a-z0-9\u00a1-\uffff](?:[a-z0-9\-_\u00a1-\uffff]{0,61}[a-z0-9\u00a1-\uffff])?"
_SCHEME = r"h\s?[tx]\s?[tx]\s?p\s?s?\s?:\s?/\s?/\s?"
_TAIL = r"(?::\d{1,5})?(?:[/?#][^\s<>\"'\])}]{0,600})?"
_LINK = re.compile(
    rf"(?P<scheme>{_SCHEME})(?:[^\s/@]{{1,60}}@)?(?P<host>{_LABEL}(?:{_DOT}{_LABEL}){{0,8}}(?:\s?\.\s?[a-z]{{2,12}}(?![a-z]))?)"
    rf"(?P<tail>{_TAIL})"
    rf"|(?<![a-z0-9@.])(?P<bare>(?:www{_DOT})?{_LABEL}(?:{_DOT}{_LABEL}){{1,8}})(?P<bare_tail>{_TAIL})"
)
_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}\b")
_HANDLE = re.compile(r"(?<![a-z0-9@./])@[a-z][a-z0-9_.]{3,31}")
_WALLET = re.compile(r"\b(?:0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|bc1[a-z0-9]{25,59})\b")
_GAP = r"[\s.\-_>*,()]{0,2}"
_PHONE = re.compile(
    rf"(?<![\d.,])(?:(?:\+|00)?84|0|o){_GAP}[235789](?:{_GAP}[0-9o]){{8,9}}(?![\d])"
    rf"|(?<!\d)1{_GAP}[89]{_GAP}0{_GAP}0(?:{_GAP}\d){{4,6}}(?!\d)"
    r"|(?<![\d+])\+(?!84)[1-9]\d{7,14}(?!\d)"
)
_SHORT_CODE = re.compile(r"(?<!\d)(?:113|114|115|111|156|5656)(?!\d)")
_MONEY = re.compile(
    r"(?<![\w.,])(?P<a>\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d{1,2})?)\s?"
    r"(?P<unit>trieu|tr|cu|chai|nghin|ngan|ngin|k|ty|ti|toi|usdt|usd|do la|vnd|dong|d|\$|₫)(?P<b>\d{1,3})?(?![a-z0-9])"
)
_ACCOUNT = re.compile(r"(?<![\d.,+])\d(?:[ .\-]?\d){5,18}(?![\d]|[.,]\d)")
_ACCOUNT_WORD = re.compile(
    r"(?:\bs\W?t\W?k\b|\btk\b|so tk|tai khoan|so the|\bacc\b|account|chuyen khoan|\bck\b|bank|vietcom|vcb|techcom|\btcb\b|\bmb\b"
    r"|bidv|agri|vietin|\bacb\b|sacom|vpb|tpb|\bshb\b|\bvib\b|\bmsb\b|hdb|\bocb\b|momo|napas)"
)
_OTP = re.compile(
    r"(?:otp|ma xac (?:thuc|nhan|minh)|verification code|code|ma dang nhap)\D{0,25}(?<!\d)(\d{4,8})(?!\d)"
    r"|(?<!\d)(\d{4,8})(?!\d)\W{0,3}(?:la|is)\W{1,3}(?:ma|your)\b"
)
_UNITS = {
    "trieu": 1_000_000,
    "tr": 1_000_000,
    "cu": 1_000_000,
    "chai": 1_000_000,
    "nghin": 1000,
    "ngan": 1000,
    "ngin": 1000,
    "k": 1000,
    "ty": 1_000_000_000,
    "ti": 1_000_000_000,
    "toi": 1_000_000_000,
}
# Endings of real domains that are also everyday syllables: "nhe.me", "di.em" are a missing space, not a link.
_SYLLABLE_ENDINGS = frozenset(
    "me do co la to ai be de ga in my no so vi cu em ma mo na ne ni nu pa pe ph re sa se si su ta te th ti tr ve".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """One indicator before it is judged: ``start``/``end`` are offsets in the clean views; ``host`` only for links."""

    kind: IndicatorKind
    value: str
    start: int
    end: int
    host: str = ""


def find(unaccented: str, raw: str = "") -> list[Found]:
    """All indicators of a text in order, none inside another. ``raw`` serves wallets, which depend on capital letters."""
    found: list[Found] = []
    for seek in (_wallets, _emails, _links, _handles, _otps, _phones, _sums, _accounts):
        taken = [(f.start, f.end) for f in found]
        found += [f for f in seek(unaccented, raw) if not any(s < f.end and f.start < e for s, e in taken)]
    return sorted(found, key=lambda f: f.start)


def span_of(start: int, end: int, offsets: list[int] | tuple[int, ...]) -> Span:
    """The raw span of a range of the clean views."""
    return Span(offsets[start], offsets[end - 1] + 1)


def registrable(host: str) -> str:
    """The registrable domain of a host ("a.b.example.com.vn" → "example.com.vn"), or the host itself."""
    return _SUFFIXES(host).top_domain_under_public_suffix or host


def suffix_of(host: str) -> str:
    """The public suffix of a host, "" where there is none."""
    return _SUFFIXES(host).suffix


def _wallets(text: str, raw: str) -> list[Found]:
    if len(raw) != len(text):
        return [
            Found(IndicatorKind.WALLET, m.group(), m.start(), m.end()) for m in re.finditer(r"\b0x[0-9a-f]{40}\b", text)
        ]
    return [Found(IndicatorKind.WALLET, m.group(), m.start(), m.end()) for m in _WALLET.finditer(raw)]


def _emails(text: str, _: str) -> list[Found]:
    return [Found(IndicatorKind.EMAIL, m.group(), m.start(), m.end()) for m in _EMAIL.finditer(text)]


def _handles(text: str, _: str) -> list[Found]:
    return [Found(IndicatorKind.HANDLE, m.group(), m.start(), m.end()) for m in _HANDLE.finditer(text)]


def _links(text: str, _: str) -> list[Found]:
    if "." not in text and "(cham)" not in text and "[dot]" not in text and "://" not in text:
        return []
    links = (_link(m) for m in _LINK.finditer(text))
    return [link for link in links if link]


def _link(match: re.Match[str]) -> Found | None:
    explicit = match.group("scheme") is not None
    shown = match.group("host") if explicit else match.group("bare")
    tail = (match.group("tail") if explicit else match.group("bare_tail")) or ""
    host = re.sub(r"\s|\[|\]|\(|\)", "", re.sub(r"\(cham\)|\[dot\]", ".", shown)).strip(".-_")
    if not explicit and not _is_bare_host(host, shown, tail):
        return None
    tail = tail.rstrip(".,;!?")
    end = match.end() - (len((match.group("tail") if explicit else match.group("bare_tail")) or "") - len(tail))
    value = host.removeprefix("www.") + (tail if tail not in {"", "/"} else "")
    return Found(IndicatorKind.LINK, value, match.start(), end, host)


def _is_bare_host(host: str, shown: str, tail: str) -> bool:
    if re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", host):
        return bool(tail)
    parts = _SUFFIXES(host)
    if not parts.suffix or not parts.domain or parts.suffix.isdigit():
        return False
    if shown.startswith("www") or (tail and tail[0] == "/") or any(c.isdigit() for c in parts.domain):
        return not host.replace(".", "").isdigit()
    if parts.suffix in _SYLLABLE_ENDINGS and not parts.subdomain:
        return len(parts.domain) > 7 or "-" in parts.domain
    return len(parts.domain) > 1


def _digits(shown: str) -> str:
    return re.sub(r"\D", "", shown.replace("o", "0"))


def _phones(text: str, _: str) -> list[Found]:
    phones = []
    for match in _PHONE.finditer(text):
        digits = _digits(match.group())
        if match.group().startswith("+") and not digits.startswith("84"):
            phones.append(Found(IndicatorKind.PHONE, "+" + digits, match.start(), match.end()))
            continue
        national = re.sub(r"^(?:00)?84(?=[2-9])", "0", digits)
        if _is_national(national) and not _named_account(text, match.start(), 10):
            phones.append(Found(IndicatorKind.PHONE, national, match.start(), match.end()))
    phones += [Found(IndicatorKind.PHONE, m.group(), m.start(), m.end()) for m in _SHORT_CODE.finditer(text)]
    return phones


def _is_national(number: str) -> bool:
    return re.fullmatch(r"0[35789]\d{8}|02\d{8,9}|1[89]00\d{4,6}", number) is not None


def _named_account(text: str, at: int, reach: int) -> bool:
    return re.search(r"(?:\bs\W?t\W?k\b|\btk\b|tai khoan)\W{0,3}$", text[max(0, at - reach) : at]) is not None


def _sums(text: str, _: str) -> list[Found]:
    return [Found(IndicatorKind.MONEY, _value(m), m.start(), m.end()) for m in _MONEY.finditer(text)]


def _value(match: re.Match[str]) -> str:
    shown, unit, rest = match.group("a"), match.group("unit"), match.group("b") or ""
    if unit in {"usdt", "usd", "do la", "$"}:
        return f"{shown} USD"
    factor = _UNITS.get(unit, 1)
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", shown) is not None
    amount = float(re.sub(r"[.,]", "", shown)) if grouped else float(shown.replace(",", "."))
    tail = int(rest.ljust(3, "0")[:3]) * factor / 1000 if rest and factor > 1 else 0
    return f"{round(amount * (1 if grouped and factor == 1 else factor) + tail)} VND"


def _otps(text: str, _: str) -> list[Found]:
    found = []
    for match in _OTP.finditer(text):
        group = 1 if match.group(1) else 2
        found.append(Found(IndicatorKind.OTP, match.group(group), match.start(group), match.end(group)))
    return found


def _accounts(text: str, _: str) -> list[Found]:
    found = []
    for match in _ACCOUNT.finditer(text):
        near = text[max(0, match.start() - 40) : match.start()] + " | " + text[match.end() : match.end() + 25]
        if _ACCOUNT_WORD.search(near):
            found.append(Found(IndicatorKind.ACCOUNT, _digits(match.group()), match.start(), match.end()))
    return found
