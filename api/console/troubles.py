"""Why a message could not be answered or sent, in words for the people at the desk. Must not know pages."""

from __future__ import annotations

from typing import NamedTuple

from api.intake.backlog import BY_HAND
from api.intake.reach import SHUT
from api.models import InboxUpdate, OutboxReply


class Trouble(NamedTuple):
    """What happened, and what can be done."""

    what: str
    then: str = ""


_WAIT_FOR_REPAIR = "Chạy lại sẽ lỗi tiếp cho tới khi phần mềm được sửa. Đồng chí báo người phụ trách kỹ thuật."
_TRY = "Chạy lại được ngay."
OFF = Trouble("Kênh này đang tắt", "Bật lại kênh rồi chạy lại.")
_DEAD = {
    "Anomalous": Trouble("Kênh gửi một dạng tin chưa từng có trong tài liệu của họ", _WAIT_FOR_REPAIR),
    "Malformed": Trouble("Tin thiếu thông tin bắt buộc", _WAIT_FOR_REPAIR),
    "NotOurKey": Trouble("Không mở được nội dung: khóa chính khác với lúc nhận", "Đặt lại đúng khóa rồi chạy lại."),
    "Transient": Trouble("Không lấy được ảnh từ kênh", _TRY),
    "Rejected": Trouble("Kênh không cho lấy ảnh này", _TRY),
    "LeaseLost": Trouble("Máy đang xử lý thì dừng", _TRY),
} | dict.fromkeys(
    ("TimeoutError", "OperationalError", "InterfaceError", "DBAPIError", "InternalError", "OSError", "PoolTimeout"),
    Trouble("Cơ sở dữ liệu hoặc ổ đĩa trục trặc lúc đó", _TRY),
)
_UNSENT = (
    (SHUT, "Chờ người dân nhắn trước, kênh không cho gửi thêm lúc này"),
    ("too many requests", "Kênh báo gửi nhanh quá, tự gửi lại sau"),
    ("quota", "Hết lượt gửi của gói đang dùng"),
    ("consent again", "Mã truy cập Zalo OA hết hiệu lực, quản trị viên OA cần cấp quyền lại"),
    ("token", "Kênh không nhận mã kết nối"),
    ("another process", "Có máy khác đang dùng cùng mã kết nối"),
    ("network", "Không nối được tới kênh"),
    ("no answer in time", "Kênh không trả lời kịp"),
    ("not understood", "Kênh trả lời khác tài liệu của họ"),
    ("moved", "Nhóm chat đổi địa chỉ, đang gửi theo địa chỉ mới"),
    ("gone", "Người dân đã chặn hoặc bỏ theo dõi"),
    ("blocked", "Người dân đã chặn hoặc rời nhóm"),
    ("late", "Để quá lâu, đã thay bằng một lời xin lỗi"),
    ("gave up", "Thử nhiều lần không được"),
    (BY_HAND, "Cán bộ cho dừng"),
    ("larger", "Ảnh lớn quá mức kênh nhận"),
    ("answered 5", "Máy chủ của kênh trục trặc"),
    ("answered", "Kênh từ chối yêu cầu"),
    ("zalo error", "Zalo báo lỗi"),
    ("bot error", "Zalo Bot báo lỗi"),
    ("bad request", "Kênh không nhận nội dung này"),
)


def of_letter(row: InboxUpdate, *, is_on: bool) -> Trouble:
    """Why a delivery was given up."""
    return of_failure(row.error or "") if is_on else OFF


def of_failure(name: str) -> Trouble:
    """What an error of ours, known by its name, means."""
    return _DEAD.get(name, Trouble("Phần mềm gặp lỗi khi xử lý tin này", _WAIT_FOR_REPAIR))


def of_reply(row: OutboxReply, *, is_on: bool) -> Trouble:
    """Why a message is still here."""
    if not is_on:
        return OFF._replace(then="Bật lại kênh thì tự gửi tiếp.")
    said = row.stopped_why or row.last_error or ""
    if not said:
        return Trouble("Vừa xếp hàng, sắp gửi")
    doubt = "Có thể người dân đã nhận rồi, gửi lại là nhận hai lần." if row.maybe_sent else ""
    return Trouble(of_error(said), doubt)


def of_error(said: str) -> str:
    """An error as a channel named it."""
    small = said.lower()
    return next((words for sign, words in _UNSENT if sign in small), "Kênh báo lỗi")
