"""What a text names that can be looked up: links, phones, accounts, wallets, handles, e-mails, sums, one-time codes.

Works on the clean views of a message and returns ranges of them. Must not judge what it finds (``addresses`` does that
for links) and never opens or resolves anything. Every pattern is bounded, so that hostile text costs no more.

Shapes of Vietnamese numbers: mobile and fixed-line numbering plan in use since 2018, short prices ("2tr5"), accounts of
6 to 19 digits named by a nearby word.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import tldextract

from knowledge import text as texts
from knowledge.verdict import IndicatorKind

MOST = 100

# The bundled snapshot of the Public Suffix List only: never a look-up on the network.
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

_DOT = (
    r"(?:\.|\s?[\[({]\s?(?:\.|cham|dot)\s?[\])}]\s?"
    r"|\s\.(?=(?:com|net|org|vn|top|vip|xyz|icu|cc|club|info|me|click|online|site|live|shop)\b)"
    r"|\s(?:cham|dot)\s(?=(?:com|net|org|vn|top|vip|xyz|icu|cc|club|info|me)\b))"
)
_LABEL = r"[a-z0-9\u00a1-\uffff](?:[a-z0-9\-_\u00a1-\uffff]{0,61}[a-z0-9\u00a1-\uffff])?"
_SCHEME = r"h\s?[tx]\s?[tx]\s?p\s?s?\s?:\s?/\s?/\s?"
_TAIL = r"(?::\d{1,5})?(?:[/?#][^\s<>\"'\])}]{0,600})?"
_LINK = re.compile(
    rf"(?P<scheme>{_SCHEME})(?:[^\s/@]{{1,60}}@)?(?P<host>{_LABEL}(?:{_DOT}{_LABEL}){{0,8}}"
    rf"(?:\s?\.\s?[a-z]{{2,12}}(?![a-z]))?)(?P<tail>{_TAIL})"
    rf"|(?<![a-z0-9@.])(?P<bare>(?:www{_DOT})?{_LABEL}(?:{_DOT}{_LABEL}){{1,8}})(?P<bare_tail>{_TAIL})"
)
_EMAIL = re.compile(r"(?<![a-z0-9._%+-])(?<!://)[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}\b")
_HANDLE = re.compile(r"(?<![a-z0-9@./])@[a-z](?:[a-z0-9_.]{2,30})[a-z0-9_]")
_WALLET = re.compile(r"\b(?:0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|bc1[a-z0-9]{25,59})\b")
_QR = re.compile(r"(?<![\da-z])000201\d[^\n\x00]{20,400}?6304[0-9a-f]{4}(?![0-9a-z])")
_GAP = r"[\s.\-_>*,()]{0,2}"
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DATE = re.compile(r"\d{1,2}[.\-]\d{1,2}[.\-](?:19|20)\d\d|(?:19|20)\d\d[.\-]\d{1,2}[.\-]\d{1,2}")
_PHONE = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:(?:\+|00)?84(?:{_GAP}0)?|0|(?<![a-z])o){_GAP}"
    rf"(?:[35789](?:{_GAP}[0-9o]){{8}}|2(?:{_GAP}[0-9o]){{8,9}}|1{_GAP}[2689](?:{_GAP}\d){{8}})(?!\d)"
    rf"|(?<!\d)(?<!\d[.,])1{_GAP}[89]{_GAP}0{_GAP}0(?:{_GAP}\d){{4}}(?:(?:{_GAP}\d){{2}})?(?!\d)"
    r"|(?<![\d+])\+(?!84)[1-9](?:[\s.\-]?\d){7,14}(?!\d)"
)
_NINE = re.compile(r"(?:zalo|\bzl|\bsdt|\bdt|\blh|lien he|hotline|\bgoi)\W{1,3}(?P<nine>[35789]\d{8})(?!\d)")
_SPOKEN = {
    word: digit
    for digit, said in enumerate("khong,mot,hai,ba,bon tu,nam lam,sau,bay,tam,chin".split(","))
    for word in said.split()
}
_SPOKEN_PHONE = re.compile(rf"\b(?:{'|'.join(_SPOKEN)})(?:[\s.,\-]{{1,2}}(?:{'|'.join(_SPOKEN)})){{9,10}}\b")
_SHORT_CODE = re.compile(
    r"(?:goi|alo|bao|toi|den|qua|gui|tong dai|dau so|hotline|duong day nong|lien he|cong an)\W{1,2}(?:so |ngay |cho )?"
    r"(?P<code>113|114|115|111|156|5656)(?![\d%]|[.,]\d|\s?(?:k|tr|d|dong|vnd|trieu|nghin)\b)"
)
# Renumbering of 2018: prefixes of eleven digits and what they became.
_RENUMBERED = dict(
    pair.split(">")
    for pair in (
        "0120>070 0121>079 0122>077 0126>076 0128>078 0123>083 0124>084 0125>085 0127>081 0129>082 0162>032 0163>033"
        " 0164>034 0165>035 0166>036 0167>037 0168>038 0169>039 0186>056 0188>058 0199>059"
    ).split()
)
_MONEY = re.compile(
    r"(?<![\w.,'~>^])(?P<a>\d{1,3}(?:[.,]\d{3})+|\d{1,4}(?:['~>^]\d{1,3})+|\d[\do]*(?:[.,]\d{1,2})?)\s?"
    r"(?P<unit>trieu|tr|cu(?!\s(?:khoai|hanh|toi|sen|ba|ong|cai)\b)|chai(?!\s(?:nuoc|bia|ruou|dau|sua|thuoc)\b)|nghin|ngan"
    r"|ngin|k|ty|ti(?!\s(?:nua|thoi|xiu|nao)\b)|usdt|usd|do la|vnd|dong|d|\$|₫)"
    r"(?:(?P<b>\d{1,3})|\s(?P<c>\d{1,3})(?=\s*(?:$|[.,;!?)]|dong\b|vnd\b|nhe\b|nha\b|thoi\b)))?(?![a-z0-9])"
    r"|(?<![\w.,$])\$\s?(?P<dollars>\d{1,3}(?:,\d{3})+|\d+)(?![\d.,]\d|\w)"
)
_BANKS = (
    r"vietcom(?:bank)?|vcb|techcom(?:bank)?|tcb|mb(?:\s?bank)?|bidv|agri(?:bank)?|vietin(?:bank)?|vtb|acb|sacom(?:bank)?|stb"
    r"|vp\s?bank|vpb|tp\s?bank|tpb|shb|vib|msb|hd\s?bank|hdb|ocb|scb|lp\s?bank|eximbank|seabank|abbank|ncb|napas|momo"
    r"|zalopay|cake|timo"
)
_ACCOUNT = re.compile(r"(?<![\d+])(?<!\d[.,])\d(?:[ .\-]?\d){5,18}(?![\d]|[.,]\d)")
_ACCOUNT_WORD = re.compile(
    rf"\bs\W?t\W?k\b|\btk\b|so tk|tai khoan|so the|\bacc\b|account|chuyen khoan|\bck\b|bank|ngan hang|\b(?:{_BANKS})\b"
)
_NAMED = re.compile(rf"(?:\bs\W?t\W?k|\btk|tai khoan|so the|\bacc|\b(?:{_BANKS}))(?:\sso)?\W{{0,3}}$")
# Nothing else was sent: whoever pastes only this asks about it, and needs no word beside it.
_ONLY_ACCOUNT = re.compile(r"\W{0,20}(?P<number>\d(?:[ .\-]?\d){7,18})\W{0,20}")
_ONLY_FILE = re.compile(r"\W{0,20}(?P<file>[\w\-][\w.\-]{0,80}\.(?:apks?|xapk|apkm|exe|msi))\W{0,20}")
_IDENTITY = re.compile(r"(?:cccd|can cuoc|cmnd|cmt|dinh danh|ma don|van don|don hang|hoa don|ma kh)[^\d]{0,20}$")
_OTP = re.compile(
    r"(?:otp|ma xac (?:thuc|nhan|minh)|verification code|\bcode|ma dang nhap)\D{0,25}(?<!\d)"
    r"(?P<after>(?!1[89]00\d{4})\d{3}[\- ]?\d{1,5})(?!\d|[.,]\d|\s?(?:vnd|dong|d|k|phut|giay)\b)"
    r"|(?<![\d.,])(?P<before>\d{3}[\- ]?\d{1,5})(?!\d)\W{0,3}(?:la|is)\W{1,3}(?:ma|your)\b"
)
_UNITS = {"trieu": 10**6, "tr": 10**6, "cu": 10**6, "chai": 10**6, "ty": 10**9, "ti": 10**9} | dict.fromkeys(
    ("nghin", "ngan", "ngin", "k"), 1000
)
# Endings of real domains that are also everyday syllables, words or file names: "nhe.me" is a missing space, no link.
_SYLLABLE_ENDINGS = frozenset(
    "me do co la to ai be de ga in my no so vi cu em ma mo na ne ni nu pa pe ph re sa se si su ta te th ti tr"
    " ve".split()
)
_WORD_ENDINGS = frozenset(
    "shop store top vip online live sale best world men today run fun team work love book video news one plus group "
    "link game games app host home center bank tips gift gifts deal deals cam care zone".split()
)
_FILE_ENDINGS = frozenset("zip mov md py pl rs sh app".split())
_GLUED_ENDINGS = ("com.vn", "com", "net", "org", "vn", "top", "vip", "xyz", "icu", "club", "info", "click", "cc", "me")
# Real endings that fraudsters put behind "….vn"; any other syllable there begins the next sentence.
_AFTER_VN = frozenset("top vip win bid fit men me cam bet mom".split())
_LEADS_TO_LINK = re.compile(r"(?:vao|tai|link|web|website|truy cap|dang nhap|bam|click|:)\s?$")


@dataclass(frozen=True, slots=True)
class Found:
    """One indicator before it is judged: ``start``/``end`` are offsets in the clean views; ``host`` only for links,
    empty for the bare name of a file."""

    kind: IndicatorKind
    value: str
    start: int
    end: int
    host: str = ""


def find(unaccented: str, raw: str = "") -> list[Found]:
    """Indicators of a text in order, none inside another, at most ``MOST`` of one kind.

    ``raw`` serves wallets, which depend on capital letters, and hosts in letters of another alphabet.
    """
    found: list[Found] = []
    left = unaccented
    for seek in (_payments, _wallets, _emails, _links, _handles, _otps, _phones, _sums, _accounts):
        for one in list(itertools.islice(seek(left, raw), MOST)):
            if "\x00" not in left[one.start : one.end]:
                left = left[: one.start] + "\x00" * (one.end - one.start) + left[one.end :]
                found.append(one)
    return sorted(found, key=lambda f: f.start)


def registrable(host: str) -> str:
    """The registrable domain of a host ("a.b.example.com.vn" → "example.com.vn"), or the host itself."""
    return _parts(host)[3] or host


def suffix_of(host: str) -> str:
    """The public suffix of a host, "" where there is none."""
    return _parts(host)[2]


@lru_cache(maxsize=4096)
def _parts(host: str) -> tuple[str, str, str, str]:
    """Subdomain, domain, public suffix and registrable domain of a host."""
    parts = _SUFFIXES(host)
    return parts.subdomain, parts.domain, parts.suffix, parts.top_domain_under_public_suffix


def _simple(kind: IndicatorKind, pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    return (Found(kind, m.group(), m.start(), m.end()) for m in pattern.finditer(text))


def _payments(text: str, _: str) -> Iterator[Found]:
    return _simple(IndicatorKind.QR, _QR, text)


def _wallets(text: str, raw: str) -> Iterator[Found]:
    at = 0
    for match in _WALLET.finditer(raw[: texts.MAX_CHARS] or text):
        start = text.find(match.group().lower(), at)
        if start >= 0:
            at = start + len(match.group())
            yield Found(IndicatorKind.WALLET, match.group(), start, at)


def _emails(text: str, _: str) -> Iterator[Found]:
    return _simple(IndicatorKind.EMAIL, _EMAIL, text) if "@" in text else iter(())


def _handles(text: str, _: str) -> Iterator[Found]:
    return _simple(IndicatorKind.HANDLE, _HANDLE, text) if "@" in text else iter(())


def _links(text: str, raw: str) -> Iterator[Found]:
    if only := _ONLY_FILE.fullmatch(text):
        name = only.group("file")
        return iter((Found(IndicatorKind.LINK, name, *only.span("file")),))
    if "." not in text and "://" not in text and not re.search(r"\b(?:cham|dot)\b", text):
        return iter(())
    links = (_link(m, text, raw) for m in _LINK.finditer(text))
    return (link for link in links if link)


def _link(match: re.Match[str], text: str, raw: str) -> Found | None:
    explicit = match.group("scheme") is not None
    group = "host" if explicit else "bare"
    shown, tail = match.group(group), match.group("tail" if explicit else "bare_tail") or ""
    host = re.sub(r"[\s\[\](){}]", "", re.sub(r"\b(?:cham|dot)\b", ".", shown)).strip(".-_")
    start, end = match.start(), match.end()
    whole = _unglued(host, sure=explicit or host.startswith("www.") or _has_sign(host)) if not tail else None
    if whole:
        end -= len(host) - len(whole)
        host = whole
    host, start = _without_prefix(host, start, explicit)
    disguised = bool(raw) and host not in _flat(raw)
    before = text[max(0, match.start() - 12) : match.start()]
    if not explicit and not _is_bare_host(host, tail, disguised, led=_LEADS_TO_LINK.search(before) is not None):
        return None
    kept = tail.rstrip(".,;:!?*~")
    end -= len(tail) - len(kept)
    if disguised:
        host = _as_written(host, match.start(group), match.end(group), raw)
    value = host.removeprefix("www.") + (kept if kept not in {"", "/"} else "")
    return Found(IndicatorKind.LINK, value, start, end, host)


def _has_sign(host: str) -> bool:
    return any(c.isdigit() or c == "-" for c in host.partition(".")[0])


def _unglued(host: str, *, sure: bool) -> str | None:
    """The host without a word glued to its ending ("abc88.comnhanngay", "abc.vn.Soan"), None where nothing is glued."""
    body, _, last = host.rpartition(".")
    if body.endswith(".vn") and last not in _AFTER_VN and texts.is_syllable(last):
        return body
    if not sure or not body or _parts(host)[2]:
        return None
    ending = next((e for e in _GLUED_ENDINGS if last.startswith(e)), None)
    if ending:
        return f"{body}.{ending}"
    return body if _parts(body)[2] and _parts(body)[1] else None


def _without_prefix(host: str, start: int, explicit: bool) -> tuple[str, int]:
    """Words glued before "zalo.me" cut off: nobody may own a name under it, and "uszalo.me" in spam means it."""
    if not explicit and host.endswith("zalo.me") and host != "help.zalo.me":
        glued = host.removesuffix("zalo.me")
        return "zalo.me", start if "." in glued else start + len(glued)
    return host, start


@lru_cache(maxsize=8)
def _flat(raw: str) -> str:
    """The message as a browser would fold its hosts: compatible forms, lower-case, without what separates."""
    flat = "".join([unicodedata.normalize("NFKC", c) for c in raw[: texts.MAX_CHARS]]).lower().replace("。", ".")
    flat = re.sub(r"\b(?:cham|chấm|dot)\b", ".", flat)
    return "".join([c for c in flat if c.isalnum() or c in ".-_" or unicodedata.combining(c)])


def _as_written(host: str, start: int, end: int, raw: str) -> str:
    """A host in letters that only look like ours, in its real form ("xn--…")."""
    shown = unicodedata.normalize("NFC", texts.as_written(raw, start, end)[:120]).lower()
    labels = [label for label in re.split(r"[^\w\-]+", shown) if label]
    if all(label.isascii() for label in labels):
        return host
    return ".".join(n if n.isascii() else "xn--" + n.encode("punycode", "ignore").decode("ascii") for n in labels)


def _is_bare_host(host: str, tail: str, disguised: bool, *, led: bool) -> bool:
    """Whether something with a dot is a link although no "http" says so."""
    if re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", host):
        return bool(tail)
    subdomain, domain, suffix, _ = _parts(host)
    if not suffix or not domain or suffix.isdigit():
        return False
    if domain.isdigit() and (len(domain) <= 2 or suffix in _SYLLABLE_ENDINGS or subdomain.replace(".", "").isdigit()):
        return False
    if host == "zalo.me" or host.startswith("www.") or tail[:1] == "/" or any(c.isdigit() for c in domain):
        return True
    if subdomain or "-" in domain or led:
        return len(domain) > 1 or bool(subdomain)
    if disguised and texts.is_syllable(domain):
        return False
    return _is_plain_pair(domain, suffix)


def _is_plain_pair(domain: str, suffix: str) -> bool:
    """Whether two words with a dot between are a domain, and not a missing space or a title ("ts.bs")."""
    if suffix in _SYLLABLE_ENDINGS:
        return len(domain) > 7 and suffix in {"me", "co"}
    if suffix in _FILE_ENDINGS or (len(suffix) == 2 and suffix != "vn" and len(domain) <= 3):
        return False
    if texts.is_syllable(domain) and (suffix in _WORD_ENDINGS or (suffix != "vn" and texts.is_syllable(suffix))):
        return False
    return len(domain) > 1


def _digits(shown: str) -> str:
    return re.sub(r"\D", "", shown.replace("o", "0"))


def _phones(text: str, _: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        number = _number(match.group())
        if number and not _is_account(text, match.start(), number):
            yield Found(IndicatorKind.PHONE, number, match.start(), match.end())
    for match in _NINE.finditer(text):
        yield Found(IndicatorKind.PHONE, "0" + match.group("nine"), match.start("nine"), match.end("nine"))
    for match in _SPOKEN_PHONE.finditer(text):
        number = "".join(str(_SPOKEN[word]) for word in re.findall("[a-z]+", match.group()))
        if _is_national(number):
            yield Found(IndicatorKind.PHONE, number, match.start(), match.end())
    for match in _SHORT_CODE.finditer(text):
        yield Found(IndicatorKind.PHONE, match.group("code"), match.start("code"), match.end("code"))


def _number(shown: str) -> str | None:
    """The national form of a phone number, "+…" for a foreign one, None for a date, a sum and other rows of digits."""
    digits = _digits(shown)
    if shown.startswith("+") and not digits.startswith("84"):
        return "+" + digits
    if _DATE.match(shown) or _GROUPED.fullmatch(shown):
        return None
    national = re.sub(r"^(?:00)?84(?:0(?=[2-9]))?(?=[1-9])", "0", digits)
    if len(national) == 11 and national[:4] in _RENUMBERED:
        national = _RENUMBERED[national[:4]] + national[4:]
    return national if _is_national(national) else None


def _is_national(number: str) -> bool:
    return re.fullmatch(r"0[35789]\d{8}|02\d{8,9}|1[89]00\d{4}(?:\d\d)?", number) is not None


def _is_account(text: str, at: int, number: str) -> bool:
    return number[:2] not in {"02", "18", "19"} and _NAMED.search(text[max(0, at - 24) : at]) is not None


def _sums(text: str, _: str) -> Iterator[Found]:
    return (Found(IndicatorKind.MONEY, _value(m), m.start(), m.end()) for m in _MONEY.finditer(text))


def _value(match: re.Match[str]) -> str:
    if match.group("dollars"):
        return f"{match.group('dollars').replace(',', '')} USD"
    shown, unit, rest = match.group("a"), match.group("unit"), match.group("b") or match.group("c") or ""
    shown = re.sub("['~>^]", "", shown.replace("o", "0"))
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", shown) is not None
    amount = re.sub(r"[.,]", "", shown) if grouped else shown.replace(",", ".")
    if unit in {"usdt", "usd", "do la", "$"}:
        return f"{amount} USD"
    factor = _UNITS.get(unit, 1)
    tail = int(rest.ljust(3, "0")[:3]) * factor / 1000 if rest and factor > 1 else 0
    return f"{round(float(amount[:18]) * factor + tail)} VND"


def _otps(text: str, _: str) -> Iterator[Found]:
    for match in _OTP.finditer(text):
        group = "after" if match.group("after") else "before"
        yield Found(IndicatorKind.OTP, _digits(match.group(group)), match.start(group), match.end(group))


def _accounts(text: str, _: str) -> Iterator[Found]:
    only = _ONLY_ACCOUNT.fullmatch(text)
    if only and not _is_counted(only.group("number"), ""):
        yield Found(IndicatorKind.ACCOUNT, _digits(only.group("number")), *only.span("number"))
        return
    for match in _ACCOUNT.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if not _is_counted(match.group(), before):
            near = before + " | " + text[match.end() : match.end() + 25]
            if _ACCOUNT_WORD.search(near):
                yield Found(IndicatorKind.ACCOUNT, _digits(match.group()), match.start(), match.end())


def _is_counted(shown: str, before: str) -> bool:
    """Whether a row of digits is a date, a sum, an identity number or a part of an order code."""
    return (
        _DATE.match(shown) is not None
        or _GROUPED.fullmatch(shown) is not None
        or _IDENTITY.search(before) is not None
        or (before[-1:].isalpha() and _NAMED.search(before) is None)
    )
