"""What each act of the audit log is called for people. Must not know who may do it."""

from __future__ import annotations

TITLES = {
    "session.open": "đăng nhập",
    "session.refused": "đăng nhập sai mật khẩu",
    "session.close": "đăng xuất",
    "session.revoke": "kết thúc nơi đăng nhập khác",
    "second_factor.on": "bật xác thực hai lớp",
    "second_factor.off": "bỏ xác thực hai lớp",
    "second_factor.codes": "tạo mã dự phòng mới",
    "second_factor.recovery": "vào bằng mã dự phòng",
    "account.add": "thêm tài khoản",
    "account.roles": "đổi vai trò, họ tên",
    "account.disable": "khóa tài khoản",
    "account.enable": "mở lại tài khoản",
    "account.reset": "cấp lại mật khẩu",
    "account.password": "tự đổi mật khẩu",
    "account.link": "gắn tài khoản đăng nhập chung",
    "audit.search": "xem nhật ký",
    "audit.export": "xuất nhật ký",
    "audit.verify": "kiểm tra nhật ký",
    "report.list": "xem danh sách phản ánh",
    "report.view": "xem một phản ánh",
    "check.list": "xem danh sách lượt hỏi",
    "check.view": "xem một lượt hỏi",
}


def title(act: str) -> str:
    """What people read for an act; its own name where it has no title yet."""
    return TITLES.get(act, act)
