"""What the bot says in Vietnamese."""

# ruff: noqa: E501 - one sentence a line reads better than one broken over three

from __future__ import annotations

from bot.wording.words import Words
from knowledge.catalogue import Group, Situation
from knowledge.verdict import AddressJudgement, Frame, IndicatorKind, Level

VI = Words(
    level={
        Level.SCAM: "KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO ĐÃ BIẾT",
        Level.SUSPICIOUS: "CÓ DẤU HIỆU LỪA ĐẢO",
        Level.NONE: "CHƯA THẤY DẤU HIỆU, VẪN NÊN CẨN THẬN",
        Level.UNKNOWN: "CHƯA ĐỦ ĐỂ KẾT LUẬN",
    },
    mark={Level.SCAM: "🔴", Level.SUSPICIOUS: "🟠", Level.NONE: "⚪", Level.UNKNOWN: "🔵"},
    welcome=(
        "Chào bạn, đây là trợ lý tự động của {unit}.\n"
        "Dán tin nhắn, đường link, số điện thoại hay số tài khoản đang nghi vào đây. Tôi sẽ nói có giống thủ đoạn lừa đảo "
        "nào không, vì sao, và nên làm gì ngay.\n"
        "Tôi không mở link của bạn. Đừng gửi mật khẩu, mã OTP hay ảnh căn cước."
    ),
    welcome_kept="Cuộc trò chuyện được giữ tối đa {days} ngày; nhắn /quyenriengtu để biết thêm.",
    welcome_samples="Muốn thử trước, bấm một tin mẫu ở dưới.",
    introduction="Tôi là trợ lý tự động của {parent}, không phải người. Cuộc trò chuyện được giữ tối đa {days} ngày: /quyenriengtu",
    wrong_choice="Cảm ơn bạn. Chưa rõ là chiêu nào thì càng nên cẩn thận: đừng chuyển tiền, đừng đưa mã, hỏi thêm người nhà.",
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
    hold_on="Chưa chắc thì cứ khoan: đừng bấm link, đừng chuyển tiền, đừng đưa mã cho ai.",
    which_message=(
        "Bạn hỏi về tin nào? Dán tin nhắn, số điện thoại, đường link đó vào đây, hoặc kể họ nói gì, bảo làm gì, tôi xem ngay. Lỡ "
        "làm theo rồi thì bấm nút dưới đây, hoặc nhắn “khẩn cấp”."
    ),
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
    emergency_menu="Bình tĩnh, mình làm từng bước. Chuyện gì đã xảy ra?",
    emergency_lead="VIỆC CẦN LÀM NGAY",
    emergency_fallback=(
        "🔴 VIỆC CẦN LÀM NGAY\n"
        "1. Dừng lại: không chuyển thêm, không đọc mã, không nghe máy của họ nữa.\n"
        "2. Gọi ngay ngân hàng của mình theo số ở mặt sau thẻ hoặc trong ứng dụng, nói: “Tôi bị lừa, xin tra soát và chặn "
        "khẩn cấp”. Máy đã cài ứng dụng lạ thì tắt mạng, mượn máy khác mà gọi.\n"
        "3. Giữ tin nhắn, biên lai, số điện thoại; đến công an xã, phường, đặc khu gần nhất. Đang bị đe dọa: gọi 113."
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
    why_title="Tôi dựa vào:",
    why_nothing="Không thấy câu chữ hay địa chỉ nào trong tin trùng với kho cảnh báo.",
    laws="Quy định liên quan:",
    truths="Sự thật:",
    sources="Nguồn: {names}.",
    report_start=(
        "Tôi sẽ chuyển phản ánh tới {unit} để xem và cảnh báo người khác.\n"
        "• Gửi đi: tin bạn hỏi, câu bạn trả lời, ảnh bạn kèm; cuối cùng, nếu muốn, tuổi và xã phường để "
        "thống kê. Đừng ghi mã OTP hay mật khẩu.\n"
        "• Bên giữ: {controller}, tối đa {days} ngày sau khi xử lý xong.\n"
        "• Bạn xem, xóa, rút đồng ý được bất cứ lúc nào: /dulieucuatoi, /xoadulieu, /rutdongy.\n"
        "Không gửi cũng không sao, tôi vẫn xem tin giúp bạn."
    ),
    report_questions={
        "story": "Chuyện thế nào? Kể ngắn gọn, hoặc dán tin nhắn của họ.",
        "who": "Ai liên hệ với bạn, qua đâu? (ví dụ: số lạ gọi, Zalo tên…)",
        "number": "Số điện thoại hay tên tài khoản của họ?",
        "account": "Họ bảo chuyển vào tài khoản nào, ngân hàng nào?",
        "amount": "Đã mất bao nhiêu tiền? (chưa mất thì ghi 0)",
        "when": "Chuyện xảy ra lúc nào?",
        "given": "Bạn đã đưa họ những gì? Chỉ kể tên thứ đã đưa, đừng ghi mã hay mật khẩu ra đây.",
    },
    report_fields={
        "story": "Chuyện xảy ra",
        "who": "Ai liên hệ",
        "number": "Số, tài khoản mạng của họ",
        "account": "Tài khoản nhận tiền",
        "amount": "Số tiền",
        "when": "Thời gian",
        "given": "Những gì đã đưa",
        "files": "Bỏ ảnh, tệp đã kèm",
    },
    report_so_far="Đang ghi: “{answer}”",
    report_which="Bạn muốn sửa câu nào?",
    report_returned=(
        "Bạn còn một phản ánh viết dở, tôi vẫn giữ. Tin vừa gửi là để viết tiếp, hay là tin mới cần xem? Chọn xem tin mới thì "
        "phản ánh viết dở sẽ bỏ."
    ),
    report_progress="Câu {number}/{total}. {question}",
    report_summary="Tôi sẽ gửi những điều sau. Xem lại rồi bấm gửi nhé:",
    report_message="Tin bạn hỏi",
    report_files="Kèm {count} ảnh, tệp",
    report_added="Đã ghi thêm vào phần “Chuyện xảy ra”. Muốn sửa, bấm “Sửa một câu”.",
    report_no_room="Phần “Chuyện xảy ra” đã đầy, câu vừa rồi chưa ghi được. Muốn viết lại cho gọn, bấm “Sửa một câu”.",
    report_attached="Đã kèm vào phản ánh.",
    report_filed=(
        "Đã gửi phản ánh tới cán bộ. Mã của bạn: {code}\n"
        "Giữ mã này; nhắn “/tinhtrang {code}” để xem đến đâu. Kết quả thế nào tôi chưa nói trước được.\n{formal}"
    ),
    report_cancelled="Tôi không gửi gì cả. Cần xem tin khác cứ dán vào đây.",
    report_dropped="Đã bỏ phản ánh viết dở, tôi không gửi gì cả. Cần xem tin khác cứ dán vào đây.",
    nothing_to_report="Dán tin nhắn, link hay số điện thoại cần xem vào đây trước nhé.",
    nothing_to_share="Chưa có cảnh báo nào để chia sẻ. Dán tin đang nghi vào đây, tôi xem trước đã nhé.",
    advice_stale=(
        "Phần chi tiết đang được rà soát lại nên tôi chưa nói. Cần thêm, hỏi ngân hàng theo số ở mặt sau thẻ, hoặc Công an "
        "xã, phường gần nhất; nguy cấp gọi 113."
    ),
    not_a_denunciation=(
        "Đây là phản ánh, chưa phải đơn tố giác. Muốn tố giác: đến công an xã, phường, đặc khu gần nhất, hoặc mục “Tố giác, "
        "phản ánh” trong VNeID. Đang nguy cấp gọi 113."
    ),
    steps_end=(
        "Xem các bước này chưa phải là đã trình báo. Muốn trình báo: đến công an xã, phường, đặc khu gần nhất, hoặc mục “Tố giác, "
        "phản ánh” trong VNeID. Đang nguy cấp gọi 113."
    ),
    paper_intro="Bản nháp để mang tới công an hoặc chép vào VNeID. Xem lại, sửa cho đúng, điền phần về mình rồi ký tên:",
    paper_title="TRÌNH BÁO VỀ VIỆC NGHI BỊ LỪA ĐẢO",
    paper_head="Kính gửi: Công an xã, phường, đặc khu …\nTôi là … (họ tên, năm sinh, nơi ở, số điện thoại)",
    paper_lines={
        "story": "Sự việc: {answer}",
        "who": "Người liên hệ: {answer}",
        "number": "Số điện thoại, tài khoản mạng của họ: {answer}",
        "account": "Tài khoản nhận tiền: {answer}",
        "amount": "Số tiền đã mất: {answer}",
        "when": "Thời gian: {answer}",
        "given": "Những gì đã đưa: {answer}",
        "situation": "Tình trạng: {answer}",
        "method": "Nghi theo thủ đoạn: {answer}",
        "code": "Mã phản ánh trên trợ lý: {answer}",
    },
    paper_message="Trích tin nhắn: “{quote}” (kèm ảnh chụp toàn bộ).",
    paper_end="Kèm theo: ảnh chụp có ngày giờ, biên lai, tin nhắn gốc. Tôi xin trình báo để cơ quan công an xem xét.",
    paper_5656="Báo tin nhắn, cuộc gọi lừa đảo cho nhà mạng, miễn phí: soạn LD (số gọi đến) (nội dung) gửi {number}.",
    paper_5656_ready="Báo nhà mạng, miễn phí: chép dòng này, nhắn tới {number}.\n{text}",
    ask_age=(
        "Hai câu nữa, bỏ qua cũng được. Chỉ để đếm xem ai hay bị nhắm tới, không hỏi tên, không công bố riêng từng người.\nBạn ở "
        "nhóm tuổi nào?"
    ),
    ages={"0-17": "Dưới 18", "18-29": "18–29", "30-44": "30–44", "45-59": "45–59", "60+": "60 trở lên"},
    ask_commune="Bạn ở xã, phường nào? Gõ cả chữ “xã” hay “phường”, ví dụ: xã Tam Anh, phường Hội An.",
    described="Cảm ơn bạn. Có tin nào khác đang nghi, cứ dán vào đây.",
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
    sticker="Tôi chỉ đọc được chữ. Dán tin nhắn cần xem vào đây nhé.",
    contact="Danh thiếp này không có số điện thoại. Gõ số hay tên tài khoản của họ vào đây, tôi xem giúp.",
    app_file=(
        "Đây là tệp cài ứng dụng. Đừng mở, đừng cài, dù họ nói là của công an, ngân hàng hay dịch vụ công. Đã cài rồi thì bấm nút "
        "dưới đây hoặc nhắn “khẩn cấp” ngay."
    ),
    location="Tôi không cần vị trí của bạn. Đang nguy cấp, hãy gọi 113.",
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
    language_set="Từ giờ tôi trả lời bằng tiếng Việt. English: /ngonngu en",
    language_usage="Chọn ngôn ngữ: /ngonngu vi hoặc /ngonngu en",
    elder_on="Từ giờ tôi trả lời thật ngắn, ba dòng. Muốn đầy đủ lại: /chuto",
    elder_off="Từ giờ tôi trả lời đầy đủ. Muốn ngắn lại: /chuto",
    group_muted="Tôi sẽ im lặng trong nhóm này. Gọi lại: /noi",
    group_awake="Tôi đây. Ai nghi tin nào cứ nhắc tên tôi.",
    private_only="Việc riêng thì nhắn riêng cho tôi nhé, đừng làm trong nhóm.",
    group_only="Lệnh này dùng trong nhóm. Ở đây tôi chỉ trả lời khi bạn nhắn.",
    a_scam="chưa rõ thuộc thủ đoạn nào",
    review_right="Cán bộ đã xem tin bạn hỏi: đúng là lừa đảo: {name}. Đừng làm theo, kể cho người nhà cùng biết.",
    review_wrong=(
        "Xin đính chính: tin bạn hỏi trước đây tôi chưa thấy dấu hiệu, nay cán bộ xác định là lừa đảo: {name}. Nếu đã lỡ làm "
        "theo, nhắn “khẩn cấp” ngay."
    ),
    review_cleared="Xin đính chính: tin bạn hỏi mà tôi báo nghi ngờ, cán bộ đã xem và không phải lừa đảo. Cảm ơn bạn đã hỏi.",
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
