"""In Vietnamese: the interview of a report, its receipt, and the papers to take along."""

from __future__ import annotations

from bot.wording.words import ReportWords

REPORTS = ReportWords(
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
    not_a_denunciation=(
        "Đây là phản ánh, chưa phải đơn tố giác. Muốn tố giác: đến công an xã, phường, đặc khu gần nhất, hoặc mục “Tố giác, "
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
)
