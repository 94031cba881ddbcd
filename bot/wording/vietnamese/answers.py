"""In Vietnamese: what is said of a message, a link, a number, a picture, and what can be passed on."""

from __future__ import annotations

from bot.wording.words import AnswerWords
from knowledge.verdict import AddressJudgement, Frame, IndicatorKind, Level

ANSWERS = AnswerWords(
    level={
        Level.SCAM: "KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO ĐÃ BIẾT",
        Level.SUSPICIOUS: "CÓ DẤU HIỆU LỪA ĐẢO",
        Level.NONE: "CHƯA THẤY DẤU HIỆU, VẪN NÊN CẨN THẬN",
        Level.UNKNOWN: "CHƯA ĐỦ ĐỂ KẾT LUẬN",
    },
    mark={Level.SCAM: "🔴", Level.SUSPICIOUS: "🟠", Level.NONE: "⚪", Level.UNKNOWN: "🔵"},
    wrong_choice="Cảm ơn bạn. Chưa rõ là chiêu nào thì càng nên cẩn thận: đừng chuyển tiền, đừng đưa mã, hỏi thêm người nhà.",
    looks_like="Giống thủ đoạn: {name}",
    may_look_like="Có nét giống: {name}",
    looks_like_several="Có nét của vài thủ đoạn lừa đảo",
    looks_like_unnamed="Chưa khớp hẳn thủ đoạn nào, nhưng có điểm đáng ngờ",
    reasons="Vì sao:",
    phrase_of="câu quen thuộc của: {name}",
    link_signs={},
    cue_signs={},
    cue_other="cách nói hay gặp trong lừa đảo",
    do_now="Làm ngay:",
    careful="Nội dung này chưa có trong kho cảnh báo. Như vậy chưa phải là vô hại, vì thủ đoạn mới xuất hiện mỗi ngày.",
    ask_back="Cho tôi hỏi một câu để biết rõ hơn:",
    ask_anything="Họ có giục chuyển tiền, xin mã OTP, bảo bấm link hay cài ứng dụng không?",
    decided_by="Máy so với kho cảnh báo, bản {revision}.",
    decided_by_whom="Trợ lý tự động trả lời, cán bộ chưa xem tin này.",
    truncated="Tin dài quá, tôi chỉ xem phần đầu.",
    quoted_warning="Đây là lời cảnh báo nhắc lại chiêu lừa, tự nó không xin tiền hay mã gì.",
    would_be_scam={
        Frame.NOTICE: (
            "Nó sẽ thành lừa đảo nếu có người gọi đến xin mã trong tin, hoặc tin kèm link lạ bắt đăng nhập, cài ứng dụng."
        ),
        Frame.ADVERT: (
            "Nó sẽ thành lừa đảo nếu bắt đặt cọc vào tài khoản cá nhân, xin mã OTP, hoặc dẫn sang trang lạ để nhập thẻ."
        ),
        Frame.PERSONAL: (
            "Nếu người quen hỏi vay hay nhờ chuyển tiền: gọi thoại vào số đã lưu rồi hãy chuyển. Tài khoản nhận mang tên lạ là "
            "dấu hiệu xấu."
        ),
        Frame.WARNING_QUOTE: "Nó sẽ thành lừa đảo nếu kèm link hay số lạ bảo liên hệ để “được hỗ trợ”, “lấy lại tiền”.",
        Frame.NEWS: "Nó sẽ thành lừa đảo nếu kèm link lạ bảo đăng nhập, tải tệp hay nộp tiền.",
        Frame.QUESTION: "Ai giục chuyển tiền, xin mã OTP hay bảo cài ứng dụng thì dừng lại, dù họ xưng là ai.",
        Frame.STORY: "Chuyện này sẽ là lừa đảo nếu họ giục chuyển tiền, xin mã OTP, bảo cài ứng dụng hay giữ bí mật.",
    },
    would_be_scam_else="Nó sẽ thành lừa đảo nếu họ giục chuyển tiền, xin mã OTP, bảo cài ứng dụng hay giữ bí mật.",
    elder_step={
        Level.SCAM: "Dừng lại. Không chuyển tiền, không đọc mã. Gọi con cháu.",
        Level.SUSPICIOUS: "Khoan làm theo. Gọi con cháu hỏi trước đã.",
        Level.NONE: "Ai xin tiền, xin mã thì dừng lại, gọi con cháu.",
        Level.UNKNOWN: "Chưa rõ thì đừng làm gì. Gọi con cháu hỏi.",
    },
    about="Về tin “{quote}”",
    how_sure="Tôi là máy, so tin với kho cảnh báo nên có thể nhầm; cán bộ chưa xem tin này. Cứ khoan làm theo, hỏi lại nơi họ xưng tên bằng số mình tự tìm.",
    whose="Số, tài khoản, trang này của ai thì tôi không tra được. Họ xưng là ai, đừng tin ngay: tự tìm số chính thức của nơi đó mà hỏi.",
    not_done="Chưa làm theo thì còn kịp. Cứ dừng ở đó nhé.",
    hold_on="Chưa chắc thì cứ khoan: đừng bấm link, đừng chuyển tiền, đừng đưa mã cho ai.",
    which="Cái nào giống chuyện của bạn nhất?",
    none_of_these="Không phải",
    address={
        AddressJudgement.OFFICIAL: (
            "{value}: đúng địa chỉ của {owner}. Vẫn nên tự gõ địa chỉ thay vì bấm từ tin nhắn, vì tên người gửi giả được."
        ),
        AddressJudgement.LOOKALIKE: "{value}: NHÁI {owner}. Đừng mở, đừng đăng nhập.",
        AddressJudgement.SUSPICIOUS: "{value}: kiểu địa chỉ hay gặp trong lừa đảo. Đừng mở.",
        AddressJudgement.APP_FILE: "{value}: tải thẳng một tệp về máy. Đừng mở, đừng cài.",
        AddressJudgement.SHORTENER: "{value}: link rút gọn, giấu nơi đến. Không chờ ai gửi thì đừng mở.",
        AddressJudgement.OPEN_PLATFORM: "{value}: trang ai cũng tạo được, không cho biết người đứng sau là ai.",
        AddressJudgement.UNKNOWN: "{value}: không có trong danh bạ địa chỉ chính thức, tôi chưa kết luận được.",
    },
    no_conclusion={
        IndicatorKind.PHONE: "Số {value}: chưa có kết luận về số này.",
        IndicatorKind.ACCOUNT: "Tài khoản {value}: chưa có kết luận về tài khoản này.",
        IndicatorKind.WALLET: "Ví tiền số {value}: chưa có kết luận về ví này.",
        IndicatorKind.HANDLE: "Tài khoản mạng {value}: chưa có kết luận về người này.",
        IndicatorKind.EMAIL: "Thư điện tử {value}: chưa có kết luận về địa chỉ này.",
        IndicatorKind.QR: "Mã QR: chưa có kết luận về người nhận.",
    },
    things={
        IndicatorKind.PHONE: "Số {value}",
        IndicatorKind.ACCOUNT: "Tài khoản {value}",
        IndicatorKind.WALLET: "Ví tiền số {value}",
        IndicatorKind.HANDLE: "Tài khoản mạng {value}",
        IndicatorKind.LINK: "Trang {value}",
        IndicatorKind.QR: "Tài khoản trong mã QR {value}",
    },
    listed_title={
        "suspected": "🟠 ĐÃ CÓ PHẢN ÁNH, ĐANG XÁC MINH",
        "confirmed": "🔴 CÔNG AN ĐÃ XÁC NHẬN LÀ LỪA ĐẢO",
    },
    listed={
        "suspected": (
            "{thing}: đã có nhiều người phản ánh, cán bộ đang xác minh, chưa phải kết luận. Khoan chuyển tiền, khoan làm theo."
        ),
        "confirmed": (
            "{thing}: cán bộ đã xác nhận được dùng để lừa đảo. Đừng chuyển tiền, đừng liên lạc. Lỡ chuyển rồi thì nhắn “khẩn "
            "cấp” ngay."
        ),
    },
    how_to_check={
        IndicatorKind.LINK: "Cách tự kiểm tra: đừng bấm. Tự gõ địa chỉ vẫn dùng, hoặc mở ứng dụng chính thức.",
        IndicatorKind.PHONE: (
            "Cách tự kiểm tra: đừng gọi lại. Họ xưng nơi nào thì tự tìm số chính thức của nơi đó mà hỏi. Cơ quan thật cũng "
            "có thể bị giả số gọi đến."
        ),
        IndicatorKind.ACCOUNT: (
            "Cách tự kiểm tra: gõ số tài khoản vào ứng dụng ngân hàng để xem tên chủ, đừng bấm chuyển. Tên khác người định "
            "trả thì dừng lại."
        ),
        IndicatorKind.WALLET: (
            "Cách tự kiểm tra: hỏi kỹ vì sao phải trả bằng tiền số. Tiền đã sang ví lạ thì không ai thu hồi giúp được."
        ),
        IndicatorKind.HANDLE: "Cách tự kiểm tra: gọi cho chính người đó bằng số đã lưu, đừng hỏi qua tài khoản này.",
        IndicatorKind.EMAIL: "Cách tự kiểm tra: tìm địa chỉ, số điện thoại trên trang chính thức của họ mà hỏi, đừng trả lời thư.",
        IndicatorKind.QR: (
            "Cách tự kiểm tra: quét xong, đọc kỹ tên người nhận trên màn hình cuối. Tên lạ thì thoát ra. Mã dán đè ở quán: hỏi "
            "lại chủ quán."
        ),
    },
    transfer_code="Mã QR chuyển tiền vào {bank}, tài khoản {account}, tên trong mã: {name}.",
    transfer_unnamed="Mã QR chuyển tiền vào {bank}, tài khoản {account}, mã không ghi tên.",
    transfer_bank="ngân hàng chưa rõ",
    transfer_amount="Mã đã điền sẵn {amount} đồng.",
    more_things="… và {count} thứ khác. Gửi riêng từng thứ để tôi xem kỹ hơn.",
    question_how="Họ thường làm thế này:",
    question_truths="Nên nhớ:",
    question_end="Đang gặp chuyện này? Dán tin nhắn hoặc kể lại lời họ, tôi xem giúp.",
    question_unknown="Tôi chưa có bài riêng về điều này. Vài điều đúng với mọi chiêu lừa:",
    why_title="Tôi dựa vào:",
    why_nothing="Không thấy câu chữ hay địa chỉ nào trong tin trùng với kho cảnh báo.",
    laws="Quy định liên quan:",
    truths="Sự thật:",
    sources="Nguồn: {names}.",
    nothing_to_share="Chưa có cảnh báo nào để chia sẻ. Dán tin đang nghi vào đây, tôi xem trước đã nhé.",
    share_title="⚠️ Cảnh báo từ {unit}",
    share_signs=(
        "Người nhà vừa gặp một nội dung như vậy. Trợ lý tự động thấy dấu hiệu, cán bộ chưa xem nội dung này. Ai gặp tương tự thì "
        "khoan làm theo."
    ),
    share_unnamed="Nội dung đáng ngờ, khoan làm theo",
    card_title="CẢNH BÁO LỪA ĐẢO",
    card_call="Nghi tin nào, hỏi trước khi làm theo:",
    share_end="Nghi tin nào, gửi vào {link} hỏi trước khi làm theo.",
    thanks_right="Cảm ơn bạn. Nhớ kể cho người nhà cùng biết nhé.",
    thanks_wrong=(
        "Cảm ơn bạn đã nói thẳng. Tôi ghi lại để cán bộ xem và sửa kho cảnh báo. Trong lúc chờ, đừng chuyển tiền hay đưa mã cho ai."
    ),
    picture_read="Trong ảnh tôi đọc được:\n{lines}",
    picture_misread="Đọc sai chỗ nào, gõ lại đúng câu đó, tôi xem lại cả ảnh.",
    picture_more="… và {count} dòng nữa",
    picture_corrected="Tôi đã sửa câu đó và xem lại cả ảnh.",
    code_says="Mã QR chứa: “{value}”",
    picture_unreadable="Tôi chưa đọc được chữ trong ảnh này. Chép lại câu đáng ngờ nhất, hoặc chụp rõ hơn giúp tôi nhé.",
    sound="Tôi chưa nghe, xem được tệp này. Kể lại họ nói gì, bảo làm gì nhé. Tệp lạ thì đừng mở.",
    caption_only="Tôi chưa nghe, xem được tệp này, chỉ xem lời viết kèm. Trong đó họ nói gì, bảo làm gì, kể lại giúp tôi nhé. Tệp lạ thì đừng mở.",
    app_file=(
        "Đây là tệp cài ứng dụng. Đừng mở, đừng cài, dù họ nói là của công an, ngân hàng hay dịch vụ công. Đã cài rồi thì bấm nút "
        "dưới đây hoặc nhắn “khẩn cấp” ngay."
    ),
)
