"""The few sentences that belong to the way of a message and not to the conversation."""

READING = "Đang đọc ảnh…"
LATE = (
    "Xin lỗi bạn, đường truyền vừa gián đoạn nên tôi trả lời muộn. Bạn còn cần thì gửi lại tin giúp tôi nhé. "
    "Nếu đã chuyển tiền hoặc đưa mã: gọi ngay ngân hàng, rồi gọi 113."
)
