"""Every sentence the bot itself says, in Vietnamese and English. Warm, short, honest.

Two promises are kept here: nothing found is never called safe, and nobody is promised that police will act or that
money comes back. Must not decide when a sentence is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.catalogue import Situation
from knowledge.verdict import AddressJudgement, Frame, Level


@dataclass(frozen=True, slots=True)
class Words:
    """All sentences of one language."""

    level: dict[Level, str]
    mark: dict[Level, str]
    welcome: str
    small_talk: str
    looks_like: str
    may_look_like: str
    reasons: str
    do_now: str
    careful: str
    ask_back: str
    decided_by: str
    not_a_denunciation: str
    quoted_warning: str
    would_be_scam: dict[Frame, str]
    would_be_scam_else: str
    address: dict[AddressJudgement, str]
    no_conclusion_phone: str
    no_conclusion_account: str
    no_conclusion_handle: str
    how_to_check_phone: str
    how_to_check_account: str
    how_to_check_handle: str
    how_to_check_link: str
    emergency_menu: str
    emergency_lead: str
    emergency_fallback: str
    say: str
    keep: str
    bank: str
    situations: dict[Situation, str]
    buttons: dict[str, str]
    why_title: str
    why_nothing: str
    laws: str
    truths: str
    sources: str
    report_start: str
    report_questions: dict[str, str]
    report_summary: str
    report_filed: str
    report_cancelled: str
    nothing_to_report: str
    share_title: str
    share_end: str
    thanks_right: str
    thanks_wrong: str
    stale: str
    empty: str
    truncated: str
    picture_unreadable: str
    sound: str
    sticker: str
    location: str
    goodbye: str
    trouble: str


VI = Words(
    level={
        Level.SCAM: "KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO ĐÃ BIẾT",
        Level.SUSPICIOUS: "CÓ DẤU HIỆU LỪA ĐẢO",
        Level.NONE: "CHƯA THẤY DẤU HIỆU, VẪN NÊN CẨN THẬN",
        Level.UNKNOWN: "CHƯA ĐỦ ĐỂ KẾT LUẬN",
    },
    mark={Level.SCAM: "🔴", Level.SUSPICIOUS: "🟠", Level.NONE: "⚪", Level.UNKNOWN: "🔵"},
    welcome=(
        "Chào bác, đây là trợ lý tự động của {unit}.\n"
        "Bác dán tin nhắn, đường link, số điện thoại hay số tài khoản đang nghi ngờ vào đây. Tôi sẽ xem có giống thủ đoạn "
        "lừa đảo nào không, vì sao, và nên làm gì ngay.\n"
        "Tôi không mở đường link của bác. Đừng gửi mật khẩu, mã OTP hay ảnh căn cước."
    ),
    small_talk=(
        "Tôi là trợ lý tự động, chuyên xem giúp tin nhắn, link, số điện thoại, số tài khoản có dấu hiệu lừa đảo không. "
        "Bác dán nội dung cần xem vào đây nhé."
    ),
    looks_like="Giống thủ đoạn: {name}",
    may_look_like="Có nét giống: {name}",
    reasons="Vì sao:",
    do_now="Làm ngay:",
    careful=(
        "Tôi chưa thấy nội dung này trong kho cảnh báo. Như vậy không có nghĩa là nó vô hại: thủ đoạn mới xuất hiện mỗi ngày."
    ),
    ask_back="Cho tôi hỏi một câu để biết chắc hơn:",
    decided_by="Trợ lý tự động so với kho cảnh báo, bản {revision}. Cán bộ chưa xem tin này.",
    not_a_denunciation=(
        "Đây là phản ánh, chưa phải đơn tố giác. Muốn tố giác, bác đến công an xã, phường, đặc khu nơi gần nhất; đang nguy "
        "cấp gọi 113."
    ),
    quoted_warning="Đây là lời cảnh báo nhắc lại thủ đoạn lừa đảo, bản thân nó không xin tiền hay mã gì của bác.",
    would_be_scam={
        Frame.NOTICE: (
            "Nó sẽ thành lừa đảo nếu có người gọi đến xin mã trong tin, hoặc tin kèm link lạ bắt đăng nhập, bắt cài ứng dụng."
        ),
        Frame.ADVERT: (
            "Nó sẽ thành lừa đảo nếu bắt bác đặt cọc vào tài khoản cá nhân, xin mã OTP, hoặc dẫn sang trang lạ để nhập thẻ."
        ),
        Frame.PERSONAL: (
            "Nếu người quen nhắn hỏi vay hay nhờ chuyển tiền: gọi thoại vào số bác đã lưu rồi hãy chuyển. Tài khoản nhận tên "
            "lạ là dấu hiệu xấu."
        ),
        Frame.WARNING_QUOTE: "Nó sẽ thành lừa đảo nếu cuối tin có link hay số lạ bảo bác liên hệ để “được hỗ trợ”.",
        Frame.NEWS: "Nó sẽ thành lừa đảo nếu kèm link lạ bảo bác đăng nhập hay nộp tiền.",
    },
    would_be_scam_else="Nó sẽ thành lừa đảo nếu họ giục chuyển tiền, xin mã OTP, bảo cài ứng dụng hay giữ bí mật.",
    address={
        AddressJudgement.OFFICIAL: "{value}: đúng địa chỉ của {owner}. Nội dung tin vẫn phải xem kỹ, vì tên người gửi giả được.",
        AddressJudgement.LOOKALIKE: "{value}: NHÁI {owner}. Đừng mở, đừng đăng nhập.",
        AddressJudgement.SUSPICIOUS: "{value}: địa chỉ kiểu hay gặp trong lừa đảo. Đừng mở.",
        AddressJudgement.APP_FILE: "{value}: tải thẳng một tệp về máy. Đừng mở, đừng cài.",
        AddressJudgement.SHORTENER: "{value}: link rút gọn, không thấy nơi đến. Đừng mở nếu không chờ nó.",
        AddressJudgement.OPEN_PLATFORM: "{value}: trang ai cũng tạo được, không nói lên người đứng sau là ai.",
        AddressJudgement.UNKNOWN: "{value}: chưa có trong danh bạ chính thức, tôi chưa kết luận được.",
    },
    no_conclusion_phone="{value}: chưa có kết luận về số này.",
    no_conclusion_account="Tài khoản {value}: chưa có kết luận về tài khoản này.",
    no_conclusion_handle="{value}: chưa có kết luận về địa chỉ này.",
    how_to_check_phone=(
        "Cách tự kiểm tra: đừng gọi lại số lạ. Họ xưng cơ quan nào thì bác tự tìm số chính thức của nơi đó rồi gọi hỏi."
    ),
    how_to_check_account=(
        "Cách tự kiểm tra: gõ số tài khoản vào ứng dụng ngân hàng của bác để xem tên chủ, nhưng đừng bấm chuyển. Tên lạ so "
        "với người bác định trả thì dừng lại."
    ),
    how_to_check_handle="Cách tự kiểm tra: hỏi chính người đó qua số điện thoại bác đã lưu, đừng hỏi qua trang này.",
    how_to_check_link="Cách tự kiểm tra: đừng bấm. Tự gõ địa chỉ bác vẫn dùng, hoặc mở ứng dụng chính thức.",
    emergency_menu="Bác bình tĩnh, làm theo từng bước. Chuyện gì đã xảy ra?",
    emergency_lead="VIỆC CẦN LÀM NGAY",
    emergency_fallback=(
        "🔴 VIỆC CẦN LÀM NGAY\n"
        "1. Dừng lại: không chuyển thêm, không đọc mã, không nghe máy của họ nữa.\n"
        "2. Gọi ngay ngân hàng của bác theo số ở mặt sau thẻ hoặc trong ứng dụng: nói “tôi bị lừa, đề nghị tra soát và khóa "
        "giao dịch”. Máy đã cài ứng dụng lạ thì tắt mạng, dùng máy khác để gọi.\n"
        "3. Giữ tin nhắn, biên lai, số điện thoại; đến công an xã, phường, đặc khu gần nhất. Đang bị đe dọa: gọi 113."
    ),
    say="Nói với họ: {text}",
    keep="Giữ lại: {text}",
    bank="{owner}: {line}",
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
        "skip": "Bỏ qua",
        "send": "Gửi ngay",
        "cancel": "Thôi, không gửi",
    },
    why_title="Tôi dựa vào:",
    why_nothing="Tôi không thấy câu chữ hay địa chỉ nào trong tin trùng với kho cảnh báo.",
    laws="Quy định liên quan:",
    truths="Sự thật:",
    sources="Nguồn: {names}.",
    report_start=(
        "Tôi sẽ chuyển phản ánh này tới {unit}. Số điện thoại, tài khoản trong tin được che bớt khi lưu; giữ tối đa {days} "
        "ngày. Bác trả lời vài câu, câu nào không muốn thì bỏ qua, hoặc bấm Gửi ngay."
    ),
    report_questions={
        "who": "Ai liên hệ với bác, qua đâu? (ví dụ: số lạ gọi, Zalo tên…)",
        "number": "Số điện thoại hay tên tài khoản của họ?",
        "account": "Họ bảo chuyển vào tài khoản nào, ngân hàng nào?",
        "amount": "Bác đã mất bao nhiêu tiền? (chưa mất thì ghi 0)",
        "when": "Chuyện xảy ra lúc nào?",
        "given": "Bác đã đưa họ những gì? Chỉ kể tên thứ đã đưa, đừng ghi mã hay mật khẩu ra đây.",
    },
    report_summary="Tôi sẽ gửi những điều sau. Bác xem lại rồi bấm Gửi ngay nhé:",
    report_filed=(
        "Đã ghi nhận phản ánh. Mã của bác: {code}. Bác giữ lại mã này.\nTôi không hứa được kết quả xử lý. {formal}"
    ),
    report_cancelled="Tôi không gửi gì cả. Bác cần xem tin khác cứ dán vào đây.",
    nothing_to_report="Bác dán tin nhắn, link hay số điện thoại muốn báo vào đây trước nhé.",
    share_title="⚠️ Cảnh báo từ {unit}",
    share_end="Nghi ngờ tin nào, gửi vào {link} để hỏi trước khi làm theo.",
    thanks_right="Cảm ơn bác. Bác kể cho người thân cùng biết nhé.",
    thanks_wrong=(
        "Cảm ơn bác đã nói thẳng. Tôi đã ghi lại để cán bộ xem và sửa kho cảnh báo. Trong lúc chờ, bác đừng chuyển tiền hay "
        "đưa mã cho ai."
    ),
    stale="Nút đó thuộc câu hỏi trước. Bác dùng các nút ở câu trả lời mới nhất, hoặc dán lại tin cần xem nhé.",
    empty="Tôi chưa thấy chữ nào. Bác dán nội dung tin nhắn, link hay số điện thoại vào đây nhé.",
    truncated="Tin dài quá, tôi chỉ xem phần đầu.",
    picture_unreadable="Tôi chưa đọc được chữ trong ảnh này. Bác chép lại câu đáng ngờ nhất hoặc chụp rõ hơn giúp tôi nhé.",
    sound="Tôi chưa nghe, xem được tệp này. Bác kể lại họ nói gì, bảo làm gì nhé. Đừng mở tệp lạ.",
    sticker="Tôi chỉ đọc được chữ. Bác dán tin nhắn cần xem vào đây nhé.",
    location="Tôi không cần vị trí của bác. Đang nguy cấp, bác gọi 113.",
    goodbye="Đã dừng. Khi cần, bác nhắn lại bất cứ lúc nào.",
    trouble="Máy đang trục trặc, tôi chưa xem được tin này. Tin của bác đã được giữ lại. Đừng chuyển tiền, đừng đưa mã cho ai.",
)

EN = Words(
    level={
        Level.SCAM: "MATCHES A KNOWN SCAM",
        Level.SUSPICIOUS: "SIGNS OF A SCAM",
        Level.NONE: "NO SIGN FOUND, STILL BE CAREFUL",
        Level.UNKNOWN: "NOT ENOUGH TO TELL",
    },
    mark=VI.mark,
    welcome=(
        "Hello, this is the automatic assistant of {unit}.\nPaste a message, link, phone number or bank account you doubt. I "
        "compare it with known scams, say why, and what to do now.\nI never open your links. Do not send passwords, one-time "
        "codes or ID photos."
    ),
    small_talk="I am an automatic assistant that checks messages, links and numbers for signs of a scam. Paste one here.",
    looks_like="Looks like: {name}",
    may_look_like="Somewhat like: {name}",
    reasons="Why:",
    do_now="Do now:",
    careful="I do not find this in our warnings. That does not make it harmless: new scams appear every day.",
    ask_back="One question would help:",
    decided_by="Compared automatically with our warnings, revision {revision}. No officer has seen this message.",
    not_a_denunciation="This is a report, not a formal complaint. For that, go to the nearest police station; in danger call 113.",
    quoted_warning="This is a warning that quotes a scam; it does not itself ask you for money or codes.",
    would_be_scam={
        Frame.NOTICE: "It would be a scam if someone calls for the code in it, or a strange link asks you to log in or install.",
        Frame.ADVERT: "It would be a scam if you must pay a deposit to a private account, give a code, or enter your card elsewhere.",
        Frame.PERSONAL: "If a friend asks for money, call them on the number you saved before you pay.",
    },
    would_be_scam_else="It would be a scam if they press you to pay, give a code, install an app, or keep it secret.",
    address={
        AddressJudgement.OFFICIAL: "{value}: the real address of {owner}. Sender names can still be faked.",
        AddressJudgement.LOOKALIKE: "{value}: IMITATES {owner}. Do not open it or log in.",
        AddressJudgement.SUSPICIOUS: "{value}: an address of a kind often used in scams. Do not open it.",
        AddressJudgement.APP_FILE: "{value}: downloads a file. Do not open or install it.",
        AddressJudgement.SHORTENER: "{value}: a shortened link hides where it leads.",
        AddressJudgement.OPEN_PLATFORM: "{value}: anyone can make such a page; it says nothing of who is behind it.",
        AddressJudgement.UNKNOWN: "{value}: not in our directory of official addresses; I cannot tell.",
    },
    no_conclusion_phone="{value}: no conclusion about this number.",
    no_conclusion_account="Account {value}: no conclusion about this account.",
    no_conclusion_handle="{value}: no conclusion about this address.",
    how_to_check_phone="To check: do not call back. Find the official number of whoever they claim to be and ask there.",
    how_to_check_account="To check: type the account into your bank app to see the owner's name, and do not send.",
    how_to_check_handle="To check: ask the person on a phone number you saved.",
    how_to_check_link="To check: do not tap it. Type the address you normally use, or open the official app.",
    emergency_menu="Stay calm, one step at a time. What has happened?",
    emergency_lead="DO THIS NOW",
    emergency_fallback=(
        "🔴 DO THIS NOW\n1. Stop: no more payments, no codes, no more calls with them.\n2. Call your bank on the number on your "
        "card or in its app and ask them to block and trace. If you installed an app, go offline and use another phone.\n"
        "3. Keep messages and receipts; go to the nearest police station. In danger call 113."
    ),
    say="Say: {text}",
    keep="Keep: {text}",
    bank="{owner}: {line}",
    situations={
        Situation.PAID: "I sent money",
        Situation.DISCLOSED: "I gave a code or papers",
        Situation.INSTALLED: "I installed an app",
        Situation.CLICKED: "I only tapped a link",
        Situation.ACCOUNT_LOST: "I lost an account",
        Situation.SIM_LOST: "My SIM stopped working",
        Situation.BLACKMAILED: "They threaten me with pictures",
        Situation.ISOLATED: "They keep me on the line",
        Situation.CONTACTED: "They only contacted me",
    },
    buttons={
        "emergency": "I already did it",
        "report": "Report to police",
        "why": "Why?",
        "share": "Share",
        "wrong": "That is wrong",
        "right": "That is right",
        "yes": "Yes",
        "no": "No",
        "steps": "All steps",
        "skip": "Skip",
        "send": "Send now",
        "cancel": "Do not send",
    },
    why_title="I go by:",
    why_nothing="No words or addresses in it match our warnings.",
    laws="Law:",
    truths="Facts:",
    sources="Sources: {names}.",
    report_start=(
        "I will pass this to {unit}. Numbers in it are partly hidden when stored, for at most {days} days. Answer a few "
        "questions, skip any, or press Send now."
    ),
    report_questions={
        "who": "Who contacted you, and how?",
        "number": "Their phone number or account name?",
        "account": "Which bank account were you told to pay?",
        "amount": "How much did you lose? (0 if nothing)",
        "when": "When did it happen?",
        "given": "What did you give them? Name it only; never write codes or passwords here.",
    },
    report_summary="I will send this. Check it and press Send now:",
    report_filed="Your report is recorded. Code: {code}. Keep it.\nI cannot promise a result. {formal}",
    report_cancelled="Nothing was sent. Paste another message whenever you like.",
    nothing_to_report="Paste the message, link or number you want to report first.",
    share_title="⚠️ Warning from {unit}",
    share_end="In doubt? Ask at {link} before you act.",
    thanks_right="Thank you. Please tell your family too.",
    thanks_wrong="Thank you for saying so. Staff will look at it. Meanwhile, send no money and give no codes.",
    stale="That button belongs to an earlier question. Use the latest buttons, or paste the message again.",
    empty="I see no text. Paste the message, link or number here.",
    truncated="The message is very long; I looked at the first part only.",
    picture_unreadable="I cannot read the text in this picture. Please type the most suspicious sentence.",
    sound="I cannot listen to or watch this. Tell me what they said and asked. Do not open strange files.",
    sticker="I can only read text. Paste the message here.",
    location="I do not need your location. In danger call 113.",
    goodbye="Stopped. Write again whenever you need.",
    trouble="Something is wrong here and I could not check this yet. Your message is kept. Send no money, give no codes.",
)


def of(language: str) -> Words:
    """The sentences of a language; Vietnamese where we have no other."""
    return EN if language == "en" else VI
