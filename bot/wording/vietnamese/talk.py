"""In Vietnamese: the first words, words beside the matter, groups, commands and buttons."""

from __future__ import annotations

from bot.wording.words import TalkWords

TALK = TalkWords(
    welcome=(
        "Chào bạn, đây là trợ lý tự động của {unit}.\n"
        "Dán tin nhắn, đường link, số điện thoại hay số tài khoản đang nghi vào đây. Tôi sẽ nói có giống thủ đoạn lừa đảo "
        "nào không, vì sao, và nên làm gì ngay.\n"
        "Tôi không mở link của bạn. Đừng gửi mật khẩu, mã OTP hay ảnh căn cước."
    ),
    welcome_kept="Cuộc trò chuyện được giữ tối đa {days} ngày; nhắn /quyenriengtu để biết thêm.",
    welcome_samples="Muốn thử trước, bấm một tin mẫu ở dưới.",
    introduction="Tôi là trợ lý tự động của {parent}, không phải người. Cuộc trò chuyện được giữ tối đa {days} ngày: /quyenriengtu",
    samples={
        "dien-luc": (
            "Dien luc thong bao: nha ban no tien dien 3 thang, 2 gio nua cat dien. Dong ngay tai evn-dongtien.top hoac goi "
            "0905xxx318"
        ),
        "viec-nhe": (
            "Tuyển cộng tác viên tại nhà, mỗi ngày 500k chỉ cần thả tim video. Nạp trước 200k nhận nhiệm vụ, hoàn cả gốc "
            "lẫn hoa hồng, nhắn Telegram để nhận việc."
        ),
        "nguoi-quen": (
            "Chị ơi, tài khoản em bị lỗi, chị chuyển giúp em 5 triệu vào số tài khoản bạn em, tối em gửi lại. Em đang họp "
            "không nghe máy được."
        ),
    },
    small_talk=(
        "Tôi là trợ lý tự động, chuyên xem giúp tin nhắn, link, số điện thoại, số tài khoản có dấu hiệu lừa đảo không. Cứ "
        "dán nội dung đang nghi vào đây nhé."
    ),
    comfort=(
        "Bình tĩnh nhé, mình chưa phải làm gì vội. Đừng chuyển tiền, đừng đọc mã cho ai. Họ nói gì, bảo làm gì? Kể lại hoặc dán "
        "tin vào đây, tôi xem cùng. Lỡ làm theo rồi thì nhắn “khẩn cấp”."
    ),
    plea=(
        "Có tôi đây. Dán tin nhắn, số điện thoại, đường link đang nghi vào đây, hoặc kể họ nói gì, bảo làm gì. Lỡ chuyển tiền, đưa "
        "mã rồi thì bấm nút “Tôi đã lỡ làm theo”, hoặc nhắn “khẩn cấp”."
    ),
    police=(
        "Đang nguy cấp: gọi 113.\n"
        "{unit}: {phone} (trực ban), {address}.\n"
        "Trình báo: công an xã, phường, đặc khu gần nhất, hoặc mục “Tố giác, phản ánh” trong VNeID."
    ),
    no_person="Tôi là trợ lý tự động, không phải người, cũng không nối máy cho ai được. Muốn gặp cán bộ thì gọi hoặc đến:",
    money_back=(
        "Còn lấy lại được hay không, tôi không nói trước được. Gọi ngân hàng càng sớm càng tốt, số ở mặt sau thẻ, rồi trình báo công "
        "an xã, phường gần nhất. Ai hứa lấy lại tiền mà đòi phí hay bảo cài ứng dụng là lừa đảo."
    ),
    thanks="Không có chi. Khi nào thấy nghi, cứ nhắn tôi trước khi làm theo.",
    help=(
        "Cách dùng: dán tin nhắn, link, số điện thoại, số tài khoản, hoặc gửi ảnh chụp màn hình. Cũng có thể hỏi, ví dụ “phạt "
        "nguội giả là gì”.\n"
        "Lỡ làm theo rồi: nhắn “khẩn cấp”, hoặc kể “tôi đã chuyển tiền”.\n\n"
        "Các lệnh:\n"
        "• /khancap: đã lỡ làm theo\n"
        "• /baocao: báo công an\n"
        "• /tinhtrang và mã: xem phản ánh đến đâu\n"
        "• /dangky, /huy: nhận hay thôi nhận cảnh báo\n"
        "• /chuto: câu trả lời thật ngắn cho người lớn tuổi\n"
        "• /ngonngu en: English\n"
        "• /quyenriengtu, /dulieucuatoi, /xoadulieu: dữ liệu của bạn"
    ),
    empty="Tôi chưa thấy chữ nào. Dán nội dung tin nhắn, link hay số điện thoại vào đây nhé.",
    stale="Nút đó thuộc câu hỏi trước rồi. Bạn dùng các nút ở câu trả lời mới nhất, hoặc dán lại tin cần xem nhé.",
    trouble=(
        "Máy đang trục trặc, tôi chưa xem được tin này. Tin đã được giữ lại. Trong lúc chờ, đừng chuyển tiền, đừng đưa mã. "
        "Đã lỡ chuyển: gọi ngay ngân hàng theo số ở mặt sau thẻ. Đang bị đe dọa: gọi 113."
    ),
    unstored=(
        "Máy lưu trữ đang trục trặc: tôi vẫn trả lời được, nhưng chưa ghi lại được gì và chưa báo được cho cán bộ. Cần trình báo, "
        "đến công an gần nhất; đang nguy cấp, gọi 113."
    ),
    goodbye="Đã dừng. Khi cần, nhắn lại bất cứ lúc nào.",
    which_message=(
        "Bạn hỏi về tin nào? Dán tin nhắn, số điện thoại, đường link đó vào đây, hoặc kể họ nói gì, bảo làm gì, tôi xem ngay. Lỡ "
        "làm theo rồi thì bấm nút dưới đây, hoặc nhắn “khẩn cấp”."
    ),
    buttons={
        "emergency": "Tôi đã lỡ làm theo",
        "report": "Báo công an",
        "why": "Vì sao?",
        "share": "Chia sẻ cho người thân",
        "wrong": "Sai rồi",
        "right": "Đúng rồi",
        "yes": "Có",
        "no": "Không",
        "steps": "Xem đủ các bước",
        "agree": "Đồng ý, hỏi tôi vài câu",
        "skip": "Bỏ qua",
        "send": "Đồng ý, gửi ngay",
        "stay": "Giữ nguyên",
        "back": "Quay lại câu trước",
        "change": "Sửa một câu",
        "answer": "Viết tiếp phản ánh",
        "look": "Tin mới, xem giúp tôi",
        "cancel": "Thôi, không gửi",
        "erase": "Xóa hết dữ liệu của tôi",
        "keep": "Thôi, giữ lại",
        "sample-dien-luc": "Mẫu: dọa cắt điện",
        "sample-viec-nhe": "Mẫu: việc nhẹ lương cao",
        "sample-nguoi-quen": "Mẫu: người quen nhờ chuyển tiền",
    },
    sticker="Tôi chỉ đọc được chữ. Dán tin nhắn cần xem vào đây nhé.",
    contact="Danh thiếp này không có số điện thoại. Gõ số hay tên tài khoản của họ vào đây, tôi xem giúp.",
    location="Tôi không cần vị trí của bạn. Đang nguy cấp, hãy gọi 113.",
    language_set="Từ giờ tôi trả lời bằng tiếng Việt. English: /ngonngu en",
    language_usage="Chọn ngôn ngữ: /ngonngu vi hoặc /ngonngu en",
    elder_on="Từ giờ tôi trả lời thật ngắn, ba dòng. Muốn đầy đủ lại: /chuto",
    elder_off="Từ giờ tôi trả lời đầy đủ. Muốn ngắn lại: /chuto",
    group_muted="Tôi sẽ im lặng trong nhóm này. Gọi lại: /noi",
    group_awake="Tôi đây. Ai nghi tin nào cứ nhắc tên tôi.",
    private_only="Việc riêng thì nhắn riêng cho tôi nhé, đừng làm trong nhóm.",
    group_only="Lệnh này dùng trong nhóm. Ở đây tôi chỉ trả lời khi bạn nhắn.",
    choose="Trả lời bằng số:",
    menu={
        "start": "Bắt đầu, xem thử vài mẫu lừa đảo",
        "khancap": "Đã lỡ chuyển tiền, đưa mã, cài ứng dụng",
        "kiemtra": "Kiểm tra một tin nhắn, số điện thoại, đường dẫn",
        "baocao": "Báo cho công an",
        "tinhtrang": "Xem tin đã báo đang ở đâu",
        "dangky": "Nhận cảnh báo mới",
        "huy": "Thôi nhận cảnh báo",
        "chuto": "Trả lời thật ngắn, cho người lớn tuổi",
        "ngonngu": "Tiếng Việt, English",
        "im": "Trong nhóm: tạm im lặng",
        "noi": "Trong nhóm: gọi tôi trở lại",
        "trogiup": "Cách dùng",
        "quyenriengtu": "Chúng tôi giữ gì, trong bao lâu",
        "dulieucuatoi": "Xem dữ liệu của tôi",
        "xoadulieu": "Xóa dữ liệu của tôi",
    },
)
