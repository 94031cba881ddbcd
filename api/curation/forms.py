"""The forms of methods, cards, contacts and domains: every field explained. Must not know HTTP nor templates."""

from __future__ import annotations

from api.curation import word_forms
from api.curation.fields import Field, Options, options
from api.curation.pieces import Kind
from api.curation.word_forms import DOMAIN_KINDS, GRADES
from bot import wording
from knowledge.catalogue import Ask, Cue, Group, Register, Situation
from knowledge.contacts import Status

_GROUPS = {
    Group.IMPERSONATION: "Giả danh cơ quan, doanh nghiệp", Group.DEEPFAKE: "Giả mặt, giả giọng",
    Group.INVESTMENT_WORK: "Đầu tư, việc làm", Group.TRADE: "Mua bán, dịch vụ",
    Group.DATA_THEFT: "Đánh cắp thông tin, tài khoản", Group.EXTORTION: "Đe dọa, tống tiền",
    Group.RELATIONSHIP: "Lợi dụng tình cảm",
}  # fmt: skip
_CUES = {
    Cue.URGENCY: "Hối thúc", Cue.AUTHORITY: "Lấy oai cơ quan", Cue.SECRECY: "Bắt giữ kín", Cue.FEAR: "Gây sợ",
    Cue.REWARD: "Hứa thưởng", Cue.GREED: "Đánh vào lòng tham", Cue.TRUST: "Tạo tin cậy", Cue.PAYMENT: "Nhắc chuyện tiền",
}  # fmt: skip
_ASKS = {
    Ask.TRANSFER: "Chuyển khoản", Ask.CASH: "Đưa tiền mặt", Ask.OTP: "Mã OTP", Ask.PASSWORD: "Mật khẩu",
    Ask.CARD: "Số thẻ", Ask.ID_PHOTO: "Ảnh giấy tờ", Ask.FACE: "Quét mặt", Ask.APP: "Cài ứng dụng",
    Ask.SCREEN: "Chia sẻ màn hình", Ask.LINK: "Bấm link", Ask.QR: "Quét mã QR", Ask.DIAL_CODE: "Bấm mã trên máy",
    Ask.CONTACT: "Kết bạn, gọi lại", Ask.GOODS: "Giao hàng", Ask.ACCOUNT: "Cho mượn tài khoản", Ask.MEDIA: "Gửi ảnh, video",
}  # fmt: skip
_REGISTERS = {
    Register.SMS: "Tin nhắn SMS", Register.CHAT: "Trò chuyện", Register.CALL: "Cuộc gọi kể lại",
    Register.STORY: "Lời người dân kể", Register.POST: "Bài đăng mạng xã hội",
}  # fmt: skip
_STATUSES = {
    Status.V: "V – trang chính thức, báo lớn", Status.R: "R – hai danh sách trùng nhau", Status.S: "S – một danh sách",
    Status.K: "K – chưa có nguồn", Status.X: "X – các nguồn mâu thuẫn",
}  # fmt: skip
_CARDS: Options = tuple((f"R{n}", f"Thẻ R{n}") for n in range(11))
_SITUATIONS = tuple((s.value, wording.VI.situations.get(s, s.value)) for s in Situation)
SOURCES = Field(
    "sources", "Nguồn", "Lấy thông tin từ đâu, xem lại ngày nào. Cần ít nhất một nguồn.", "rows",
    columns=(
        Field("id", "Ký hiệu nguồn", "Ví dụ: BCA25"),
        Field("grade", "Hạng", kind="choice", options=GRADES),
        Field("checked_on", "Ngày xem", kind="date"),
    ),
)  # fmt: skip
METHOD = (
    Field("slug", "Mã thủ đoạn", "Chữ thường không dấu, nối bằng gạch ngang. Đặt một lần, không đổi.", fixed=True),
    Field("name", "Tên gọi", "Tên ngắn mà bà con hiểu ngay; hiện ở dòng thứ hai của câu trả lời."),
    Field("english_name", "Tên tiếng Anh", "Cho người nước ngoài hỏi bằng tiếng Anh."),
    Field("aliases", "Tên gọi khác", "Mỗi dòng một tên mà người dân hay dùng.", "lines"),
    Field("codes", "Mã danh mục", "Mã trong danh mục của Bộ, ví dụ BCA-19. Mỗi dòng một mã.", "lines"),
    Field("group", "Nhóm", kind="choice", options=options(_GROUPS)),
    Field("summary", "Tóm tắt", "Một, hai câu: kẻ gian làm gì, người dân mất gì.", "text"),
    Field("english_summary", "Tóm tắt tiếng Anh", kind="text"),
    Field("weak", "Chỉ nói “có dấu hiệu”", "Đánh dấu khi thủ đoạn dễ lẫn với chuyện thật; máy sẽ không khẳng định.", "flag"),
    Field("script", "Các bước của kẻ gian", "Mỗi dòng một bước, theo thứ tự. Ít nhất hai bước.", "lines"),
    Field("channels", "Kênh hay gặp", "Mỗi dòng một kênh: sms, call, zalo, facebook, telegram, email…", "lines"),
    Field("targets", "Ai hay bị nhắm tới", "Mỗi dòng một nhóm người.", "lines"),
    Field("question", "Câu hỏi làm rõ", "Câu máy hỏi lại khi chưa đủ để kết luận. Trả lời được bằng “có” hoặc “không”.", "text"),
    Field("law", "Điều luật liên quan", "Mỗi dòng một mã trong danh sách điều luật, ví dụ L174.", "lines"),
    Field("signals.decisive", "Câu nhận ra ngay", "Mỗi dòng một câu 3–7 từ, có dấu, mà tin thật hầu như không bao giờ có. Ít nhất 3 câu.", "lines"),
    Field("signals.usual", "Câu hay gặp", "Mỗi dòng một câu điển hình nhưng cần đi kèm dấu hiệu khác. Hai ô cộng lại ít nhất 12 câu.", "lines"),
    Field("signals.cues", "Đòn tâm lý", kind="choices", options=options(_CUES)),
    Field("signals.asks", "Đòi người dân làm gì", kind="choices", options=options(_ASKS)),
    Field("signals.impersonates", "Giả danh ai", "Mỗi dòng một tên.", "lines"),
    Field("signals.evades_filters", "Hay viết lách bộ lọc", "Tin thường chèn ký tự lạ, viết méo chữ.", "flag"),
    Field(
        "examples", "Ví dụ", "Tin như người dân sẽ gửi tới. Ít nhất 8, khác nhau về kiểu và cách viết. Máy phải nhận ra từng ví dụ thì mới ban hành được.", "rows",
        columns=(
            Field("kind", "Kiểu", kind="choice", options=options(_REGISTERS)),
            Field("text", "Nội dung", "Tên, số, link đều bịa.", "text"),
        ),
    ),
    Field(
        "near_misses", "Tin thật dễ lẫn", "Tin lành trông giống thủ đoạn này. Ít nhất 4; chọn những tin khó.", "rows",
        columns=(Field("text", "Nội dung", kind="text"), Field("reason", "Vì sao lành", kind="text")),
    ),
    Field(
        "truths", "Sự thật phản bác", "Điều làm lộ câu chuyện của kẻ gian, kèm ký hiệu nguồn.", "rows",
        columns=(Field("text", "Nội dung", kind="text"), Field("source", "Ký hiệu nguồn")),
    ),
    Field(
        "advice", "Lời khuyên riêng", "Theo từng tình huống; bắt buộc có “Mới bị liên hệ”. Phần chung đã có trong thẻ cẩm nang.", "rows",
        columns=(
            Field("situation", "Tình huống", kind="choice", options=_SITUATIONS),
            Field("card", "Thẻ cẩm nang", kind="choice", options=_CARDS),
            Field("steps", "Việc cần làm", "Mỗi dòng một việc; để trống nếu thẻ đã đủ.", "lines"),
        ),
    ),
    SOURCES,
)  # fmt: skip
_CONTACT_KINDS: Options = (
    ("emergency", "Số khẩn cấp"), ("report", "Nơi trình báo"), ("bank", "Ngân hàng"), ("carrier", "Nhà mạng"),
    ("wallet", "Ví điện tử"), ("utility", "Điện, nước"), ("delivery", "Giao hàng"), ("commerce", "Mua bán"),
    ("platform", "Nền tảng"), ("insurance", "Bảo hiểm"), ("tax", "Thuế"), ("child", "Bảo vệ trẻ em"),
    ("association", "Hội, hiệp hội"),
)  # fmt: skip
CONTACT = (
    Field("slug", "Mã liên hệ", "Chữ thường không dấu, nối bằng gạch ngang.", fixed=True),
    Field("kind", "Loại", "Quyết định câu nói thay khi số hết hạn.", "choice", options=_CONTACT_KINDS),
    Field("owner", "Của ai", "Tên cơ quan, ngân hàng."),
    Field("value", "Số hoặc địa chỉ", "Chỉ hiện cho người dân khi tình trạng là V hoặc R và còn hạn."),
    Field("aliases", "Tên gọi khác", "Mỗi dòng một tên; máy nhận ra cả khi viết không dấu.", "lines"),
    Field("status", "Tình trạng", kind="choice", options=options(_STATUSES)),
    Field("source", "Nguồn", "Ký hiệu nguồn."),
    Field("checked_on", "Ngày xem lại gần nhất", "Quá nửa năm thì mục này hiện trong danh sách cần xem lại.", "date"),
    Field("valid_from", "Dùng từ ngày", "Để trống nếu đang dùng.", "date"),
    Field("valid_to", "Dùng đến ngày", "Quá ngày này máy tự nói câu chung thay cho số.", "date"),
    Field("enabled", "Cho hiện với người dân", kind="flag"),
    Field("note", "Ghi chú nội bộ", kind="text"),
)
DOMAIN = (
    Field("domain", "Tên miền", "Viết thường, không có https://, ví dụ evn.com.vn.", fixed=True),
    Field("owner", "Của ai"),
    Field("kind", "Loại", kind="choice", options=DOMAIN_KINDS),
    Field("grade", "Hạng nguồn", kind="choice", options=GRADES),
    Field("checked_on", "Ngày xem", kind="date"),
)
CARD = (
    Field("code", "Mã thẻ", fixed=True),
    Field("situation", "Tình huống", kind="choice", options=(("", "Không gắn tình huống"), *_SITUATIONS)),
    Field("urgent", "Khẩn cấp", "Ba việc đầu của thẻ đứng trước mọi lời khuyên riêng.", "flag"),
    Field("title", "Tiêu đề"),
    Field("now", "Ba việc làm ngay", "Đúng ba dòng; hiện ở màn hình đầu tiên.", "lines"),
    Field("steps", "Tất cả các bước", "Mỗi dòng một bước, ít nhất bốn. Dùng được {don_vi}, {dia_chi}, {sdt_truc_ban}.", "lines"),
    Field("say", "Câu nói mẫu", "Câu để đọc cho ngân hàng, nhà mạng.", "text"),
    Field("keep", "Cần giữ lại", "Mỗi dòng một thứ làm chứng cứ.", "lines"),
    Field("english_title", "Tiêu đề tiếng Anh"),
    Field("english_now", "Ba việc, tiếng Anh", "Đúng ba dòng.", "lines"),
    SOURCES,
    Field("check_after", "Xem lại trước ngày", "Quá ngày này thẻ hiện trong danh sách cần xem lại.", "date"),
)  # fmt: skip
_OF_KIND = {Kind.METHOD: METHOD, Kind.CONTACT: CONTACT, Kind.DOMAIN: DOMAIN, Kind.CARD: CARD}


def of(kind: Kind, key: str) -> tuple[Field, ...]:
    """The form of an entry."""
    return _OF_KIND[kind] if kind in _OF_KIND else word_forms.of(key)
