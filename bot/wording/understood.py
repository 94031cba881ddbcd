"""What citizens type that is understood without any judge: commands, places, and words for what has already happened.

# ruff: noqa: E501 - one sentence a line reads better than one broken over three

All without diacritics and in lower case, as ``knowledge.text.fold`` gives a text. Must not say anything.
"""

from __future__ import annotations

from knowledge.catalogue import Situation

COMMANDS: dict[str, tuple[str, ...]] = {
    "start": ("batdau", "start"),
    "help": ("trogiup", "help", "huongdan"),
    "privacy": ("quyenriengtu", "privacy"),
    "data": ("dulieucuatoi", "mydata"),
    "erase": ("xoadulieu", "erase"),
    "withdraw": ("rutdongy", "withdraw"),
    "subscribe": ("dangky", "subscribe"),
    "unsubscribe": ("huy", "huydangky", "unsubscribe"),
    "status": ("tinhtrang", "status"),
    "language": ("ngonngu", "language"),
    "elder": ("chuto", "large"),
    "report": ("baocao", "baocongan", "report"),
    "emergency": ("khancap", "emergency"),
    "mute": ("im", "mute"),
    "unmute": ("noi", "unmute"),
    "cancel": ("thoi", "cancel"),
}
"""Without the slash, the signs and the spaces."""

WITHOUT_SLASH = frozenset(
    (
        "batdau trogiup huongdan quyenriengtu dulieucuatoi xoadulieu rutdongy dangky huydangky chuto khancap baocao "
        "baocongan"
    ).split()
)
"""Names that also count when they are all that somebody writes; the others may be an answer or a word to a friend."""

ASKS_WHAT = r"\b(?:la gi|la sao|la the nao|nghia la|nhu the nao|what is|what are|how does|how do)\b"
"""A short text with these asks about a scam instead of sending one."""

ASKS_WHETHER = (
    r"\b(?:phai|lua dao|lua|that|gia|tin duoc|scam)\b[\w ]{0,24}\b(?:khong|ko|k|hong|hem|hok|khum|ha|vay|scam)\W{0,5}$"
    r"|^is (?:it|this|that)\b[^?]{0,80}\bscam\W{0,5}$"
)
"""A text that ends so asks about what it names; it is no wish to report it."""

IS_AFRAID = (
    r"\b(?:so|lo|hoang|run|rung|khoc|hoang mang|bat an)(?: \w{1,5})? (?:qua|lam|roi|du lam)\b"
    r"|\bi am (?:so )?(?:scared|afraid|worried)\b"
)
GIVES_THANKS = r"^(?:da )?(?:cam on|thank|thanks|tks|camon)\b"
"""Short words to us in which there is nothing to check."""

PLACES = ("xa", "phuong", "dac khu", "thi tran")
"""A part of /dangky that begins so names a commune."""

SAYS_YES = frozenset(("co", "co a", "da co", "vang", "vang a", "da vang", "u", "uh", "um", "ok co", "co nhe", "yes"))
SAYS_NO = frozenset(("khong", "khong a", "da khong", "ko", "khong co", "dau co", "no"))
SAYS_STOP = SAYS_NO | frozenset(
    "thoi|thoi a|thoi khoi|thoi khong|thoi khong gui|thoi dung gui|khoi|khong gui|khong can|no thanks|stop".split("|")
)
SAYS_AGREE = frozenset("dong y|toi dong y|em dong y|minh dong y|con dong y|da dong y|i agree|agree".split("|"))
SAYS_SEND = frozenset(
    "gui|gui di|gui nhe|gui luon|gui luon di|gui giup toi|dong y gui|dong y|ok gui|ok gui di|send|send it".split("|")
)
"""All that somebody says to the notice before a report, or to its summary."""
SAYS_RIGHT = frozenset(("dung roi", "dung roi a", "da dung", "chuan roi", "dung the", "that is right", "right"))
SAYS_WRONG = frozenset(("sai roi", "sai roi a", "khong dung", "nham roi", "sai", "that is wrong", "wrong"))
SAYS_WHY = frozenset(("vi sao", "tai sao", "sao vay", "vi sao vay", "tai sao vay", "sao biet", "why"))
SAYS_SHARE = frozenset(("chia se", "chia se cho nguoi than", "gui cho nguoi than", "share"))
"""All that somebody says who answers the one question, judges our answer, or wants to hear or pass on more."""

_DONE = r"(?:da|lo|lo da|vua|moi|tro|trot|bi)"
_OVER = r"roi\b(?! (?:moi|se|ho|no)\b)"
LOSSES: tuple[tuple[Situation, str], ...] = (
    (
        Situation.PAID,
        rf"\b{_DONE} (?:\w+ ){{0,2}}(?:chuyen|ck|nap|gui|dong|dua) (?:\w+ ){{0,4}}(?:tien|khoan|trieu|tr|ty|\d+\w*)\b"
        rf"|\b{_DONE} (?:\w+ ){{0,2}}(?:ck|chuyen khoan|chuyen tien)\b"
        r"|\b(?:mat|bi lua) (?:\w+ ){0,3}(?:tien|trieu|tr|ty)\b|\bmat sach tien\b|\btien bay het\b"
        r"|\b(?:bi|vua) (?:\w+ ){0,2}(?:lua|tru|rut) (?:\w+ ){0,2}tien\b"
        rf"|\b(?:chuyen tien|chuyen khoan|ck) (?:\w+ ){{0,3}}{_OVER}"
        r"|\bi(?: have|'ve|ve)? (?:already )?(?:sent|paid|transferred|lost)\b",
    ),
    (
        Situation.DISCLOSED,
        rf"\b{_DONE} (?:\w+ ){{0,2}}(?:dua|doc|gui|nhap|cho|cung cap) (?:\w+ ){{0,4}}"
        r"(?:otp|ma|mat khau|so the|can cuoc|cccd)\b"
        rf"|\b(?:dua|doc|gui|nhap|cung cap) (?:\w+ ){{0,2}}(?:otp|mat khau|can cuoc|cccd) (?:\w+ ){{0,3}}{_OVER}"
        r"|\bi(?: have|'ve|ve)? (?:already )?(?:gave|given|shared|told)\b.{0,40}\b(?:code|otp|password|pin)\b",
    ),
    (
        Situation.INSTALLED,
        rf"\b{_DONE} (?:\w+ ){{0,2}}(?:cai|tai) (?:\w+ ){{0,3}}(?:app|ung dung|phan mem|apk|ve may)\b"
        r"|\bi(?: have|'ve|ve)? (?:already )?installed\b",
    ),
    (Situation.BLACKMAILED, r"\b(?:doa|se) (?:\w+ ){0,3}tung (?:\w+ ){0,2}(?:anh|clip|video)\b"),
    (Situation.CLICKED, rf"\b{_DONE} (?:\w+ ){{0,2}}(?:(?:bam|nhan|mo) (?:\w+ ){{0,2}}link|quet (?:\w+ )?ma)\b"),
    (Situation.ISOLATED, r"\b(?:bat|giu) (?:\w+ ){0,4}(?:khach san|nha nghi|mot minh)\b"),
    (Situation.SIM_LOST, r"\bmat song\b|\bsim (?:\w+ ){0,2}bi khoa\b"),
    (Situation.ACCOUNT_LOST, r"\b(?:bi|mat) (?:hack|chiem|mat)? ?(?:\w+ )?(?:zalo|facebook|fb|telegram|nick)\b"),
)
"""Read when the judge itself has failed, and where an answer in an interview must say plainly that something happened:
rough, and on the side of helping."""

OWN_LIFE = (
    r"\b(?:khong|chang|het|ko|k) muon song\b|\btu tu\b|\bmuon chet\b|\bchet (?:cho xong|quach|di cho)\b|\bket lieu\b"
    r"|\b(?:end my life|kill myself|suicide|want to die)\b"
)
VIOLENCE = (
    r"\b(?:dang|bi|no|chong|vo|ho|nguoi) (?:\w+ ){0,2}danh (?:toi|em|con|me|ba|bac|chau|minh|dap)\b"
    r"|\bdoa (?:giet|chem|dam)\b|\bdoi giet\b|\bcam (?:dao|bua|ma tau)\b|\b(?:co|bi) (?:trom|cuop)\b"
    r"|\b(?:toi|den|pha|xong vao) nha (?:\w+ ){0,2}(?:doa|danh|dap pha)\b"
    r"|\b(?:beating me|threatens? to kill|break(?:ing)? into)\b"
)
"""Danger to life, in folded words; somebody's own, and from somebody who is there."""
