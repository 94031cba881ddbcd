"""What the audit log is called for people: acts, things, details. Must not know who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.access import permissions

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
    "case.list": "xem danh sách vụ việc",
    "case.view": "xem một vụ việc",
    "picture.view": "xem ảnh của vụ việc",
    "case.export": "xuất một vụ việc",
    "case.nhan": "nhận vụ việc",
    "case.tra-lai": "trả lại vụ việc",
    "case.giao": "giao vụ việc",
    "case.nhap": "nhập hai vụ việc",
    "case.tach": "tách vụ việc",
    "case.dong": "đóng vụ việc",
    "case.mo-lai": "mở lại vụ việc",
    "case.ghi-chu": "ghi chú vào vụ việc",
    "case.can-bo-sung": "chờ bổ sung vụ việc",
    "case.xac-minh": "xác minh vụ việc",
    "case.muc": "đổi mức khẩn của vụ việc",
    "case.uu-tien": "đổi ưu tiên của vụ việc",
    "case.ket-luan": "kết luận vụ việc",
    "case.bulk.giao": "giao hàng loạt",
    "case.bulk.dong": "đóng hàng loạt",
    "case.bulk.mo-lai": "mở lại hàng loạt",
    "case.bulk.uu-tien": "ưu tiên hàng loạt",
    "identity.reveal": "xem thông tin đang che của vụ việc",
    "identity.alarm": "cảnh báo: xem thông tin đang che quá nhiều",
    "indicator.view": "xem một số, tài khoản, link",
    "indicator.reveal": "xem đầy đủ số, tài khoản, link",
    "indicator.status": "đổi trạng thái số, tài khoản, link",
    "indicator.propose": "đề nghị đổi trạng thái số, tài khoản, link",
    "indicator.approve": "duyệt trạng thái số, tài khoản, link",
    "indicator.restore": "đề nghị đưa lại mục đã gỡ nhầm vào danh sách",
    "indicator.withdraw": "rút đề nghị về số, tài khoản, link",
    "indicator.refuse": "không duyệt trạng thái số, tài khoản, link",
    "indicator.appeal": "nhận khiếu nại của chủ số, tài khoản",
    "case.view.save": "lưu bộ lọc vụ việc",
    "case.view.forget": "xóa bộ lọc vụ việc",
    "campaign.list": "xem danh sách chiến dịch",
    "campaign.view": "xem một chiến dịch",
    "campaign.draft": "soạn cảnh báo từ một chiến dịch",
    "letter.draft": "soạn công văn phối hợp",
    "letter.sent": "đã gửi công văn phối hợp",
    "letter.answered": "ghi có trả lời công văn phối hợp",
    "letter.drop": "bỏ bản thảo công văn phối hợp",
    "letter.download": "tải công văn phối hợp",
    "export.ask": "đề nghị xuất dữ liệu",
    "export.allow": "duyệt xuất dữ liệu",
    "export.refuse": "không duyệt xuất dữ liệu",
    "export.download": "tải dữ liệu đã duyệt",
    "update.list": "xem danh sách tin nhận lỗi",
    "update.view": "xem một tin nhận lỗi",
    "update.reveal": "xem đầy đủ một tin nhận lỗi",
    "update.replay": "chạy lại tin nhận lỗi",
    "update.drop": "bỏ tin nhận lỗi",
    "reply.send_now": "cho gửi ngay tin đang chờ",
    "reply.send_again": "gửi lại tin đã dừng",
    "reply.stop": "dừng tin đang chờ gửi",
    "reply.set_aside": "cho qua tin đã dừng",
    "catalogue.start": "bắt đầu bản soạn",
    "catalogue.save": "lưu bản soạn",
    "catalogue.comment": "góp ý bản soạn",
    "catalogue.try": "chạy thử bản soạn",
    "trial.view": "xem một lần chạy thử",
    "catalogue.submit": "gửi duyệt bản soạn",
    "catalogue.approve": "duyệt bản soạn",
    "catalogue.send_back": "trả lại bản soạn",
    "catalogue.prepare": "chuẩn bị ban hành",
    "catalogue.go_live": "ban hành kho cảnh báo",
    "catalogue.drop": "bỏ lần ban hành",
    "catalogue.fetch": "lấy kho cảnh báo của nơi khác",
    "catalogue.adopt": "nhận mục từ kho của nơi khác",
}
THINGS = {
    "account": "tài khoản",
    "report": "phản ánh",
    "check": "lượt hỏi",
    "case": "vụ việc",
    "indicator": "số, tài khoản, link",
    "campaign": "chiến dịch",
    "export": "lần xuất dữ liệu",
    "publication": "lần ban hành",
    "trial": "lần chạy thử",
    "view": "bộ lọc",
    "catalogue_revision": "bản soạn",
    "feed": "nguồn chia sẻ",
    "update": "tin nhận lỗi",
    "replay": "lần chạy lại",
    "reply": "tin gửi đi",
}
_DETAILS = {
    "how": "bằng",
    "name": "tên",
    "roles": "vai trò",
    "before": "trước",
    "after": "sau",
    "rows": "số dòng",
    "bad": "dòng hỏng đầu tiên",
    "left": "còn lại",
    "second_factor_cleared": "bỏ hai lớp",
    "linked": "đã gắn",
    "to": "thành",
    "conclusion": "kết luận",
    "method": "thủ đoạn",
    "kind": "loại",
    "letter": "công văn",
    "channel": "kênh",
    "updates": "các tin",
    "case": "vụ việc",
    "picture": "ảnh",
    "with": "với vụ",
    "tim": "tìm",
    "ai": "ai",
    "viec": "việc",
    "muc": "mức",
    "thu-doan": "thủ đoạn",
    "tu": "từ ngày",
    "den": "đến ngày",
    "trang": "trang",
    "kenh": "kênh",
    "bo": "đã bỏ",
    "trial": "lần chạy thử",
}
_ID = 32
_VALUES = {
    "password": "mật khẩu",
    "second factor": "mật khẩu và mã",
    "sign-on": "đăng nhập chung",
    "scam": "lừa đảo",
    "clean": "không phải lừa đảo",
    "granted": "chấp nhận khiếu nại",
    "kept": "giữ nguyên trong danh sách",
    "restoring": "đưa lại như trước khi gỡ, không tính lại số người phản ánh",
    "True": "có",
    "False": "không",
} | {role.value: title for role, title in permissions.TITLES.items()}


def title(act: str) -> str:
    """What people read for an act; its own name where it has no title yet."""
    return TITLES.get(act, act)


def thing(named: str, names: Mapping[str, str]) -> str:
    """What an act was about; ``names`` gives the names of accounts and the codes of cases by id."""
    kind, _, key = named.partition("/")
    return f"{THINGS.get(kind, kind)} {names.get(key, key[:8])}".strip() or "–"


def details(given: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The details of an act in a line."""
    told = []
    for key, value in given.items():
        values = value if isinstance(value, list) else [value]
        read = ", ".join(_VALUES.get(str(one), names.get(str(one), _short(one))) for one in values if one is not None)
        if read:
            told.append(f"{_DETAILS.get(key, key)}: {read}")
    return "; ".join(told)


def _short(value: Any) -> str:
    """A value as it is; of an id, which nobody reads, its beginning."""
    told = str(value)
    return told[:8] if len(told) == _ID and all(c in "0123456789abcdef" for c in told) else told
