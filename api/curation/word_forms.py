"""The forms of the lexicon and of the lists, and what each entry is called. Must not know HTTP nor templates."""

from __future__ import annotations

import re

from api.curation.fields import Field, Options, options
from bot import wording
from knowledge.catalogue import Grade
from knowledge.directory import Kind as DomainKind
from knowledge.handbook import Topic

PATTERNS = (
    "Mỗi dòng một mẫu: vài từ liền nhau, viết có dấu. Dấu * thay cho không đến ba từ. Máy tự nhận cả khi người dân viết "
    "không dấu; từ viết tắt thì viết đủ chữ."
)
FRAMES = {
    "warning": "lời cảnh báo nhắc lại thủ đoạn", "protective": "câu bảo vệ: không chia sẻ mã, không chuyển tiền",
    "otp_notice": "tin gửi mã OTP thật", "balance_notice": "tin biến động số dư thật",
    "service_notice": "thông báo dịch vụ thật", "lawful_ad": "quảng cáo đúng luật", "personal": "tin người quen",
    "story": "lời người dân kể", "question": "câu hỏi", "smalltalk": "chuyện phiếm", "news": "tin tức",
    "report_wish": "muốn trình báo",
}  # fmt: skip
_BRAND_KINDS = {
    "bank": "Ngân hàng", "state": "Cơ quan nhà nước", "shop": "Mua bán", "wallet": "Ví điện tử", "delivery": "Giao hàng",
    "finance": "Tài chính", "carrier": "Nhà mạng", "social": "Mạng xã hội", "travel": "Đi lại", "power": "Điện, nước",
    "press": "Báo chí", "crypto": "Tiền ảo", "school": "Trường học", "game": "Trò chơi", "insurance": "Bảo hiểm",
    "hospital": "Bệnh viện",
}  # fmt: skip
_TOPICS = {Topic.EVIDENCE: "Chứng cứ", Topic.VERIFY: "Xác minh", Topic.GROUP: "Dành cho một nhóm người"}
GRADES: Options = options(
    {Grade.A: "A – cơ quan nhà nước", Grade.B: "B – báo lớn", Grade.C: "C – nguồn phụ", Grade.K: "K – chưa có nguồn"}
)
DOMAIN_KINDS: Options = options(
    {
        DomainKind.GOVERNMENT: "Cơ quan nhà nước", DomainKind.POLICE: "Công an",
        DomainKind.ASSOCIATION: "Hội, hiệp hội", DomainKind.BANK: "Ngân hàng", DomainKind.FINANCE: "Tài chính",
        DomainKind.WALLET: "Ví điện tử", DomainKind.INSURANCE: "Bảo hiểm", DomainKind.CARRIER: "Nhà mạng",
        DomainKind.UTILITY: "Điện, nước", DomainKind.DELIVERY: "Giao hàng", DomainKind.COMMERCE: "Mua bán",
        DomainKind.TRAVEL: "Đi lại", DomainKind.MEDIA: "Báo chí", DomainKind.EDUCATION: "Giáo dục",
        DomainKind.HEALTH: "Y tế", DomainKind.TECHNOLOGY: "Công nghệ", DomainKind.PLATFORM: "Nền tảng",
    }
)  # fmt: skip
_LABEL = Field(
    "label", "Nói với người dân là", "Cụm từ ngắn hiện cạnh câu trích trong câu trả lời, ví dụ: giục làm gấp."
)
_SOURCES = Field("sources", "Nguồn", "mỗi dòng: ký hiệu · hạng · ngày xem", "sources")
LEXICON = {
    "concept": (
        Field("name", "Mã nhóm từ", fixed=True),
        Field("words", "Những từ cùng nghĩa", "Mỗi dòng một từ hay cụm từ, viết có dấu. Máy coi chúng là một.", "lines"),
    ),
    "cue": (Field("cue", "Mã đòn tâm lý", fixed=True), _LABEL, Field("patterns", "Mẫu câu", PATTERNS, "lines")),
    "ask": (Field("ask", "Mã yêu cầu", fixed=True), _LABEL, Field("patterns", "Mẫu câu", PATTERNS, "lines")),
    "frame": (Field("frame", "Mã kiểu tin", fixed=True), Field("patterns", "Mẫu câu", PATTERNS, "lines")),
    "situation": (Field("situation", "Mã tình huống", fixed=True), Field("patterns", "Người dân nói thế nào", PATTERNS, "lines")),
    "brand": (
        Field("name", "Tên", "Như người dân hay viết.", fixed=True),
        Field("kind", "Loại", kind="choice", options=tuple(_BRAND_KINDS.items())),
        Field("words", "Cách viết", "Mỗi dòng một cách người dân hay kẻ gian viết tên này.", "lines"),
    ),
}  # fmt: skip
ADDABLE = {"concept": "Nhóm từ cùng nghĩa", "brand": "Tên cơ quan, thương hiệu hay bị mượn"}
"""Parts of the lexicon that a curator adds to; the others are fixed by the software."""
_NAMED = (Field("name", "Mã"), Field("patterns", "Mẫu câu tiếng Anh", kind="lines"))
_HOSTS = "Mỗi dòng một tên miền, viết thường, không có https://"
LISTS = {
    "fallbacks": (
        Field("fallbacks", "Câu nói thay", "Khi số của một nơi hết hạn hay chưa chắc, máy nói câu này thay cho số. Mỗi dòng: loại = câu. Phải có loại other.", "pairs"),
    ),
    "open_platforms": (
        Field("open_platforms", "Nền tảng ai cũng đăng được", f"{_HOSTS}. Tên tuổi của nền tảng không chứng minh gì cho trang nằm trên đó.", "lines"),
    ),
    "shorteners": (Field("shorteners", "Dịch vụ rút gọn link", f"{_HOSTS}. Chỉ dùng để giấu địa chỉ thật.", "lines"),),
    "fraud_endings": (
        Field("fraud_endings", "Đuôi tên miền hay thấy ở trang lừa", "Mỗi dòng một đuôi, không có dấu chấm, ví dụ: top.", "lines"),
    ),
    "brands": (
        Field(
            "brands", "Tên hay bị nhái trong link", "Máy so chữ trong tên miền với các chuỗi này để nhận ra trang nhái.", "rows",
            columns=(
                Field("name", "Tên"), Field("kind", "Loại", kind="choice", options=DOMAIN_KINDS),
                Field("strings", "Chuỗi chữ", "mỗi dòng một chuỗi", "lines"),
                Field("domains", "Tên miền thật", "mỗi dòng một", "lines"),
            ),
        ),
    ),
    "teencode": (Field("teencode", "Viết tắt, chữ mạng", "Mỗi dòng: viết tắt = viết đủ. Ví dụ: ck = chuyển khoản.", "pairs"),),
    "not_yet": (
        Field("not_yet", "Câu cho biết chưa xảy ra", f"Có câu này thì máy không coi là đã mất tiền, đã đưa mã. {PATTERNS}", "lines"),
    ),
    "english": (
        Field("english.cues", "Đòn tâm lý", "Mẫu câu trong tin tiếng Anh.", "rows", columns=_NAMED),
        Field("english.asks", "Đòi làm gì", kind="rows", columns=_NAMED),
        Field("english.situations", "Đã xảy ra gì", kind="rows", columns=_NAMED),
        Field("english.frames", "Kiểu tin", kind="rows", columns=_NAMED),
    ),
    "golden": (
        Field(
            "golden", "Quy tắc vàng", "Mười quy tắc cho mọi người, đánh số 1 đến 10; bốn quy tắc đầu hiện khi bà con hỏi chung chung.", "rows",
            columns=(
                Field("number", "Số", kind="number"), Field("text", "Quy tắc", kind="text"),
                Field("why", "Vì sao", kind="text"), _SOURCES,
            ),
        ),
    ),
    "guides": (
        Field(
            "guides", "Bài hướng dẫn", "Giữ chứng cứ, cách xác minh, lời khuyên cho từng nhóm người. Mỗi bài ít nhất ba dòng.", "rows",
            columns=(
                Field("slug", "Mã"), Field("topic", "Chủ đề", kind="choice", options=options(_TOPICS)),
                Field("title", "Tên bài"), Field("lines", "Nội dung", "mỗi dòng một ý", "lines"), _SOURCES,
            ),
        ),
    ),
    "laws": (
        Field(
            "laws", "Điều luật", "Chỉ tên điều luật, không ghi mức phạt. Điều đã hết hiệu lực hay hạng K thì máy không nhắc tới.", "rows",
            columns=(
                Field("code", "Mã"), Field("title", "Tên điều luật", kind="text"),
                Field("in_force_from", "Hiệu lực từ", kind="date"), Field("in_force_to", "Đến", kind="date"),
                Field("source", "Nguồn"), Field("grade", "Hạng", kind="choice", options=GRADES),
            ),
        ),
    ),
}  # fmt: skip
_LIST_TITLES = {
    "fallbacks": "Câu nói thay khi số hết hạn", "open_platforms": "Nền tảng ai cũng đăng được",
    "shorteners": "Dịch vụ rút gọn link", "fraud_endings": "Đuôi tên miền hay thấy ở trang lừa",
    "brands": "Tên hay bị nhái trong link", "teencode": "Viết tắt, chữ mạng", "not_yet": "Câu cho biết chưa xảy ra",
    "english": "Mẫu câu tiếng Anh", "golden": "Quy tắc vàng", "guides": "Bài hướng dẫn", "laws": "Điều luật",
}  # fmt: skip
_PREFIXES = {
    "concept": "Nhóm từ", "cue": "Đòn tâm lý", "ask": "Đòi làm gì", "frame": "Kiểu tin", "situation": "Đã xảy ra",
    "brand": "Tên hay bị mượn",
}  # fmt: skip
_STRINGS = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SHOWN = 3


def of(key: str) -> tuple[Field, ...]:
    """The form of a part of the lexicon, or of a list; empty for a name that the software does not know."""
    return LEXICON.get(key.partition(":")[0], ()) if ":" in key else LISTS.get(key, ())


def title(key: str, body: str) -> str:
    """What people call it: lists by their name, words by some of them. Reads the canonical text without parsing it."""
    if key in _LIST_TITLES:
        return _LIST_TITLES[key]
    prefix, _, name = key.partition(":")
    if prefix not in _PREFIXES:
        return key
    said = _STRINGS.findall(body)
    told = {
        "concept": ", ".join(said[1 : 1 + _SHOWN]) or name,
        "frame": FRAMES.get(name, name),
        "situation": next((t for s, t in wording.VI.situations.items() if s == name), name),
        "brand": name,
    }.get(prefix, said[1] if len(said) > 1 else name)
    return f"{_PREFIXES[prefix]}: {told}"
