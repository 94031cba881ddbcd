"""In Vietnamese: first aid, and danger to life."""

from __future__ import annotations

from bot.wording.words import EmergencyWords
from knowledge.catalogue import Situation

EMERGENCIES = EmergencyWords(
    emergency_menu="Bình tĩnh, mình làm từng bước. Chuyện gì đã xảy ra?",
    emergency_lead="VIỆC CẦN LÀM NGAY",
    emergency_fallback=(
        "🔴 VIỆC CẦN LÀM NGAY\n"
        "1. Dừng lại: không chuyển thêm, không đọc mã, không nghe máy của họ nữa.\n"
        "2. Gọi ngay ngân hàng của mình theo số ở mặt sau thẻ hoặc trong ứng dụng, nói: “Tôi bị lừa, xin tra soát và chặn "
        "khẩn cấp”. Máy đã cài ứng dụng lạ thì tắt mạng, mượn máy khác mà gọi.\n"
        "3. Giữ tin nhắn, biên lai, số điện thoại; đến công an xã, phường, đặc khu gần nhất. Đang bị đe dọa: gọi 113."
    ),
    misheard=(
        "Vậy là tôi hiểu nhầm, bạn thông cảm nhé. Tôi ghi lại để cán bộ biết. Có ai giục chuyển tiền hay xin mã thì khoan làm, dán "
        "tin vào đây để mình cùng xem. Lỡ làm theo rồi thì bấm nút bên dưới."
    ),
    own_life=(
        "Bạn ơi, bạn không phải chịu chuyện này một mình. Nếu đang nghĩ đến việc làm hại mình, hãy gọi 115 ngay, hoặc nhờ một "
        "người thân tới ngồi cùng bạn lúc này. Dưới 18 tuổi gọi 111, miễn phí.\n"
        "Bị lừa, bị dọa không phải lỗi của bạn. Tôi là trợ lý tự động; khi sẵn sàng, bạn cứ kể, mình xem từng việc một."
    ),
    violence=(
        "Đang nguy hiểm tại chỗ thì gọi 113 ngay, ra chỗ có người, kêu hàng xóm. Trẻ em gọi 111. Tôi là trợ lý tự động, không gọi "
        "thay bạn được."
    ),
    still_here=(
        "Tôi vẫn ở đây. Đừng nghe máy, đừng trả lời, đừng chuyển thêm cho họ. Làm các bước ở trên trước. Chuyện gì mới xảy ra, hay tin "
        "nào khác cần xem, cứ kể hoặc dán cả tin vào."
    ),
    step_done="Tốt rồi, vậy là xong một bước. Dưới đây còn bước nào chưa làm thì làm tiếp nhé:",
    which_bank="Bạn dùng ngân hàng nào? Gõ tên, tôi chỉ chỗ gọi để khóa.",
    say="Nói thế này: “{text}”",
    keep="Giữ lại: {text}",
    bank="{owner}: gọi {line}",
    bank_on_card="số ở mặt sau thẻ hoặc trong ứng dụng",
    say_for={},
    keep_for={},
    situations={
        Situation.PAID: "Đã chuyển tiền",
        Situation.DISCLOSED: "Đã đưa mã, mật khẩu, giấy tờ",
        Situation.INSTALLED: "Đã cài ứng dụng lạ",
        Situation.CLICKED: "Mới bấm link, quét mã",
        Situation.ACCOUNT_LOST: "Mất Zalo, Facebook",
        Situation.SIM_LOST: "Mất sóng, mất SIM",
        Situation.BLACKMAILED: "Bị dọa tung ảnh",
        Situation.ISOLATED: "Đang bị giữ máy, bắt ở một mình",
        Situation.CONTACTED: "Mới bị liên hệ",
    },
    advice_stale=(
        "Phần chi tiết đang được rà soát lại nên tôi chưa nói. Cần thêm, hỏi ngân hàng theo số ở mặt sau thẻ, hoặc Công an "
        "xã, phường gần nhất; nguy cấp gọi 113."
    ),
    steps_end=(
        "Xem các bước này chưa phải là đã trình báo. Muốn trình báo: đến công an xã, phường, đặc khu gần nhất, hoặc mục “Tố giác, "
        "phản ánh” trong VNeID. Đang nguy cấp gọi 113."
    ),
)
