"""The few sentences that belong to the way of a message and not to the conversation."""

READING = {"vi": "Đang đọc ảnh…", "en": "Reading the picture…"}
LATE = {
    "vi": (
        "Xin lỗi bạn, đường truyền vừa gián đoạn nên tôi trả lời muộn. Bạn còn cần thì gửi lại tin giúp tôi nhé. "
        "Nếu đã chuyển tiền hoặc đưa mã: gọi ngay ngân hàng, rồi gọi 113."
    ),
    "en": (
        "Sorry, the line was down and I am late. If you still need an answer, please send it again. "
        "If you paid or gave a code: call your bank now, then 113."
    ),
}
