"""What a few words say by their grammar: that a deed was done and is regretted, or nothing but that somebody is afraid
or was written to.

A deed is told as done to the teller's loss by a mark of regret ("lỡ chuyển"), by whom it went to ("vừa chuyển cho công
an giả"), or by what came of it ("chuyển xong nó chặn"); never by its verb alone, for honest people pay, install and
open links every day. Must not know what the models learned, nor which scam it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.catalogue import Situation
from knowledge.text import Text, Token

MOST_WORDS = 60
"""A longer text is judged by all of its words."""
FEW_WORDS = 18
BEFORE, AFTER = 4, 10
"""As many words beside a deed belong to it."""

# Without their marks these read like other words; where they are written with marks, they must be these.
_MEANT = {
    "ban": "bắn bạn", "bam": "bấm", "bon": "bọn", "cai": "cài", "chan": "chặn", "chet": "chết", "chua": "chưa",
    "chuyen": "chuyển", "coc": "cọc", "cu": "củ cứu", "cuu": "cứu", "da": "đã dạ", "doc": "đọc", "dong": "đóng đồng",
    "dua": "đưa", "gia": "giả", "gui": "gửi gởi", "hoang": "hoảng", "ke": "kẻ", "khoc": "khóc", "la": "lạ là",
    "lam": "làm lắm", "lo": "lỡ lo", "lua": "lừa", "ma": "mã má", "mat": "mất mật", "moi": "mới", "mo": "mở",
    "nap": "nạp", "nham": "nhầm", "nhan": "nhấn nhân", "nhap": "nhập nhấp", "no": "nó", "nop": "nộp", "qua": "quá qua",
    "roi": "rồi", "rut": "rút", "so": "số sợ", "tai": "tải tài", "the": "thẻ thế", "tieu": "tiêu", "toi": "tôi tới",
    "tra": "trả", "troi": "trời", "trot": "trót", "tui": "tụi tui", "vua": "vừa", "xem": "xém xem",
}  # fmt: skip
_MARKED = {folded: frozenset(meant.split()) for folded, meant in _MEANT.items()}
_NEVER_BARE = frozenset("da gia la moi no".split())
"""Where others are written with marks, these without one are the other word."""

_MONEY = r"tien|trieu|nghin|ngan|dong|cu|vang|so tiet kiem|usdt|\d+(?:k|tr|trieu|cu)\w*|phi|coc"
_NO_MONEY = "nha|truong|lop|may|trang|mang|cong tac|sang|phat|hang|huong|xe|doi|ve|muc|vien|nganh|giao|loi|vung"
_DEEDS = {
    Situation.DISCLOSED: (
        "doc|dua|cho|gui|cung cap|noi|nhap|khai|chup|dien",
        r"ma(?! qr)|otp|mat khau|pass|pin|so the|cvv|can cuoc|chung minh|thong tin",
    ),
    Situation.INSTALLED: ("cai|tai", "app|ung dung|apk|phan mem|file|tep|anydesk|teamviewer|ultraviewer"),
    Situation.CLICKED: ("bam|nhan|an|nhap|click|mo|vao|vo|truy cap|quet", "link|duong dan|qr|trang|web"),
    Situation.PAID: ("gui|dua|giao|nop|dong|rut|tra", _MONEY),
}
_ALONE = rf"chuyen(?! (?:{_NO_MONEY})\b)|ban tien|bank|nap|coc|thanh toan"
_PATTERNS = {
    situation: re.compile(
        rf"\b(?:(?:{verbs})(?: \w+){{0,3}}? (?:{things}){f'|{_ALONE}' if situation is Situation.PAID else ''})\b"
    )
    for situation, (verbs, things) in _DEEDS.items()
}
_FALSE = r"lua|mao|tu xung|gia(?! (?:dinh|re|ca|tri|tien|ban|von|vang|goc|uu|han|\d))"
_STRANGER = re.compile(
    rf"\b(?:cho|vao|vo|qua|cua|theo|voi)(?: \w+){{0,5}}? "
    rf"(?:no|bon|tui no|chung|ke|{_FALSE}|(?:nguoi|link|trang|web) la)\b"
)
_CAME_OF_IT = re.compile(r"\b(?:(?:moi|gio) (?:biet|hay|thay)(?: \w+){0,3} (?:lua|gia)|chan|block|bien mat|im luon)\b")
_REGRET = frozenset("lo trot chot".split())
_JUST = frozenset("vua moi da".split())
_OVER = re.compile(r"\b(?:roi|xong|mat|luon)\b")
_MISTAKEN = re.compile(r"^ ?(?:khoan |tien )?(?:nham|lon|du|thua)\b")
_NOT_DONE = frozenset(
    (
        "chua khong chang dung suyt xem dinh tinh sap muon neu nho nen can phai bao keu bat doi ru yeu nghi hoi ai "
        "nhieu khach dan bi se"
    ).split()
)
_FEAR = re.compile(
    r"\b(?:so|lo|hoang|run|rung|roi qua|khoc|chet|mat|tieu|troi|gioi|huhu|hu|hic|cuu|xau ho|nhuc|(?:lam|gio) sao"
    r"|sao (?:day|gio|bay)|help|scared|afraid|worried|god|omg|panic)\b|\brối'"
)
_DID_IT = re.compile(r"(?<!so )(?<!lo )\blam (?:roi|xong)\b")
_BESIDE_FEAR = frozenset(
    (
        "so lo hoang run rung rối' khoc chet mat tieu troi gioi dat xau ho nhuc huhu hu hic cuu sao xong qua lam roi "
        "day gio bay that su vay the a oi nhe nha voi toi tui tao minh em con chau bac co chu ong ba me anh chi "
        "cau di ma thoi luon nua nao dang rat help scared afraid worried god omg panic please i m im am so "
        "very really oh my me what should do now just"
    ).split()
)

_CONTACT = re.compile(
    r"\b(?:tin nhan|cuoc goi|dien thoai|thu|mail|email|tin|sms|zalo|nguoi|so)\b.*\b(?:la|goi|nhan|den|nay|kia)\b"
    r"|\b(?:nhan duoc|co|thay|bi)\b.*\b(?:tin nhan|cuoc goi|tin|goi|nhan tin)\b"
    r"|\bgoi(?: \w+)? (?:cho|den|hoai)\b"
    r"|\b(?:got|received|called|texted|messaged)\b"
)
_BESIDE_CONTACT = frozenset(
    (
        "tin nhan cuoc goi dien thoai dt sdt thu mail email sms zalo facebook fb messenger nguoi ai do so la "
        "nay kia duoc co thay bi den toi minh em con chau bac co chu ong ba me anh chi tui tao vua moi hom "
        "qua nay sang trua chieu day mot 1 vai may cai kieu qua cho vao lai hoai lien tuc tu nhan voi roi a "
        "oi da thua nhe i got received a an strange weird message call text sms someone called texted "
        "messaged me my from unknown number just have tu cua ben ngan hang cong an canh sat toa vien kiem sat "
        "dien luc thue shipper buu dien bank police the they"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Deeds:
    """What is told as ``done`` to the teller's loss, and what is named only as not done: denied, wanted, feared."""

    done: Situation | None = None
    undone: frozenset[Situation] = frozenset()


def deeds(text: Text) -> Deeds:
    """The deeds that a short text tells of."""
    if len(text.tokens) > MOST_WORDS:
        return Deeds()
    said = " ".join(_words(text))
    named: set[Situation] = set()
    undone: set[Situation] = set()
    for situation, pattern in _PATTERNS.items():
        for found in pattern.finditer(said):
            before = said[: found.start()].split()[-BEFORE:]
            after = " ".join(said[found.end() :].split()[:AFTER])
            if _NOT_DONE.intersection(before):
                (named if _OVER.search(after) else undone).add(situation)
            elif _is_done(before, found.group(), after):
                return Deeds(done=situation)
            else:
                named.add(situation)
    return Deeds(undone=frozenset(undone - named) if len(text.tokens) <= FEW_WORDS else frozenset())


def _is_done(before: list[str], deed: str, after: str) -> bool:
    stranger = _STRANGER.search(f"{deed} {after}")
    mistaken = _MISTAKEN.search(after)
    if _REGRET.intersection(before):
        return stranger is not None or mistaken is None
    over = _OVER.search(after)
    if stranger:
        return mistaken is not None or over is not None or not _JUST.isdisjoint(before)
    return over is not None and _CAME_OF_IT.search(after) is not None


def is_only_fear(text: Text) -> bool:
    """Whether somebody cries out and tells nothing: "lỡ rồi", "trời ơi", "i'm scared"."""
    words = _words(text)
    said = " ".join(words)
    return all(word in _BESIDE_FEAR for word in words) and _FEAR.search(said) is not None and not _DID_IT.search(said)


def is_only_contact(text: Text) -> bool:
    """Whether somebody was called or written to, and nothing says what was wanted: "tôi nhận được tin nhắn lạ"."""
    words = [token.folded for token in text.tokens]
    return all(word in _BESIDE_CONTACT for word in words) and _CONTACT.search(" ".join(words)) is not None


def _words(text: Text) -> list[str]:
    """The words without marks; one whose marks make it another word keeps them."""
    return [token.folded if _is_meant(token, text.accented) else token.plain + "'" for token in text.tokens]


def _is_meant(token: Token, accented: bool) -> bool:
    if token.plain == token.folded:
        return not (accented and token.folded in _NEVER_BARE)
    meant = _MARKED.get(token.folded)
    return meant is None or token.plain in meant
