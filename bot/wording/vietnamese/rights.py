"""In Vietnamese: own data, the state of a report, warnings on demand, and corrections."""

from __future__ import annotations

from bot.wording.words import RightsWords
from knowledge.catalogue import Group

RIGHTS = RightsWords(
    privacy=(
        "Bên giữ dữ liệu: {controller}.\n"
        "• Giữ gì: tin bạn gửi (che bớt số điện thoại, tài khoản), câu trả lời, phản ánh bạn đồng ý gửi; ảnh chỉ giữ bản vẽ lại, một ngày nếu không báo. Không giữ tên thật; "
        "tài khoản chat chỉ lưu dạng đã mã hóa để trả lời.\n"
        "• Khi bạn kêu cứu (đã chuyển tiền, đưa mã, bị đe dọa): cán bộ trực thấy ngay tin đó, đã che số.\n"
        "• Để làm gì: trả lời bạn, cảnh báo người khác, phòng chống tội phạm.\n"
        "• Bao lâu: trò chuyện {conversations} ngày, phản ánh {reports} ngày sau khi xử lý xong.\n"
        "• Quyền của bạn: xem /dulieucuatoi, xóa /xoadulieu, rút đồng ý /rutdongy.\n"
        "Liên hệ: {contact}."
    ),
    data_asked="Đây là những gì đang giữ về bạn.",
    data_given="Dữ liệu của bạn đang được giữ:\n• Số lần hỏi: {checks}\n• Số phản ánh: {reports}\n• Số lần kêu cứu, cán bộ trực thấy được: {cries}\n• Đăng ký nhận cảnh báo: {subscriptions}",
    data_none="Hiện chưa giữ dữ liệu nào của bạn ngoài cuộc trò chuyện này.",
    erase_confirm=(
        "Xóa hết tin đã hỏi, phản ánh và đăng ký của bạn? Xóa rồi không lấy lại được. Phản ánh đang dùng làm chứng cứ có thể "
        "phải giữ theo luật, tôi sẽ báo nếu vậy."
    ),
    erased="Đã xóa dữ liệu của bạn. Mã biên nhận: {code}",
    erase_held="Còn {count} phản ánh phải giữ theo quy định vì đang được xem xét. Phần còn lại đã xóa. Mã biên nhận: {code}",
    erase_kept="Tôi giữ nguyên, không xóa gì.",
    consent_withdrawn="Đã ghi nhận bạn rút đồng ý. Phản ánh sau này tôi sẽ hỏi lại. Muốn xóa cái đã gửi: /xoadulieu.",
    status_usage="Nhắn /tinhtrang rồi đến mã phản ánh, ví dụ: /tinhtrang 7K2M9QX4A",
    status={
        "new": "Phản ánh {code}: đã nhận, chờ cán bộ xem.",
        "claimed": "Phản ánh {code}: cán bộ đang xem.",
        "resolved": "Phản ánh {code}: cán bộ đã xem xong.",
    },
    status_unknown="Không tìm thấy phản ánh nào của bạn mang mã này. Bạn xem lại mã giúp tôi nhé.",
    status_too_often="Bạn thử nhiều lần quá. Đợi một giờ rồi thử lại nhé.",
    subscribe_menu="Bạn muốn nhận cảnh báo về chuyện gì? Muốn theo xã, phường thì nhắn, ví dụ: /dangky xã Tam Anh",
    subscribed="Đã đăng ký nhận cảnh báo: {topic}, {commune}. Thôi nhận lúc nào cũng được: /huy",
    unsubscribed="Đã thôi gửi cảnh báo: {topic}, {commune}. Bạn vẫn hỏi tôi lúc nào cũng được.",
    everything="mọi loại",
    everywhere="cả tỉnh",
    topics={
        Group.IMPERSONATION: "Giả cơ quan, người quen",
        Group.DEEPFAKE: "Ghép mặt, giả giọng",
        Group.INVESTMENT_WORK: "Đầu tư, việc làm",
        Group.TRADE: "Mua bán, dịch vụ",
        Group.DATA_THEFT: "Lấy mã, lấy tài khoản",
        Group.EXTORTION: "Tống tiền, đòi nợ",
        Group.RELATIONSHIP: "Tình cảm, làm quen",
    },
    unknown_topic="Tôi chưa rõ bạn muốn nhận loại nào. Bấm một nút ở dưới, hoặc ghi tên xã, phường.",
    a_scam="chưa rõ thuộc thủ đoạn nào",
    review_right="Cán bộ đã xem tin bạn hỏi: đúng là lừa đảo: {name}. Đừng làm theo, kể cho người nhà cùng biết.",
    review_wrong=(
        "Xin đính chính: tin bạn hỏi trước đây tôi chưa thấy dấu hiệu, nay cán bộ xác định là lừa đảo: {name}. Nếu đã lỡ làm "
        "theo, nhắn “khẩn cấp” ngay."
    ),
    review_cleared="Xin đính chính: tin bạn hỏi mà tôi báo nghi ngờ, cán bộ đã xem và không phải lừa đảo. Cảm ơn bạn đã hỏi.",
)
