"""Who may do what: six roles, and the one map from a role to what it permits.

No role contains another: whoever needs two kinds of work is given two roles. An administrator keeps accounts and
sees no case; an auditor sees what everybody did and does nothing. Must not know a route or a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

CASES_READ = "cases.read"
CASES_WORK = "cases.work"
CASES_LEAD = "cases.lead"
IDENTITY_REVEAL = "identity.reveal"
INDICATORS_PROPOSE = "indicators.propose"
INDICATORS_APPROVE = "indicators.approve"
EXPORT_REQUEST = "export.request"
EXPORT_APPROVE = "export.approve"
CATALOGUE_DRAFT = "catalogue.draft"
CATALOGUE_APPROVE = "catalogue.approve"
CATALOGUE_PUBLISH = "catalogue.publish"
REPORTS_READ = "reports.read"
LETTERS_REPLAY = "letters.replay"
PEOPLE_MANAGE = "people.manage"
AUDIT_READ = "audit.read"
STATS_READ = "stats.read"

PERMISSIONS = {
    CASES_READ: "xem vụ việc (đã che số)",
    CASES_WORK: "nhận và xử lý vụ việc",
    CASES_LEAD: "phân công, gộp, tách, xử lý hàng loạt",
    IDENTITY_REVEAL: "xem thông tin đang che, có ghi lý do",
    INDICATORS_PROPOSE: "đề nghị đưa số, tài khoản, link vào danh sách",
    INDICATORS_APPROVE: "duyệt số, tài khoản, link đưa vào danh sách",
    EXPORT_REQUEST: "đề nghị xuất dữ liệu",
    EXPORT_APPROVE: "duyệt xuất dữ liệu",
    CATALOGUE_DRAFT: "soạn kho cảnh báo",
    CATALOGUE_APPROVE: "duyệt kho cảnh báo",
    CATALOGUE_PUBLISH: "ban hành, tạm dừng, lùi bản kho cảnh báo",
    REPORTS_READ: "xem phản ánh và lượt hỏi (đã che số)",
    LETTERS_REPLAY: "chạy lại tin gửi, nhận bị lỗi",
    PEOPLE_MANAGE: "quản lý tài khoản cán bộ",
    AUDIT_READ: "xem và kiểm tra nhật ký",
    STATS_READ: "xem số liệu thống kê",
}


class Role(StrEnum):
    """A kind of work; a person has one or more."""

    OPERATOR = "operator"
    LEAD = "lead_operator"
    CURATOR = "curator"
    APPROVER = "approver"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


TITLES = {
    Role.OPERATOR: "Trực ban",
    Role.LEAD: "Trưởng ca",
    Role.CURATOR: "Biên soạn kho cảnh báo",
    Role.APPROVER: "Phê duyệt",
    Role.AUDITOR: "Kiểm tra nhật ký",
    Role.ADMINISTRATOR: "Quản trị tài khoản",
}

MAY: dict[Role, frozenset[str]] = {
    Role.OPERATOR: frozenset(
        {CASES_READ, CASES_WORK, IDENTITY_REVEAL, INDICATORS_PROPOSE, EXPORT_REQUEST, REPORTS_READ, STATS_READ}
    ),
    Role.LEAD: frozenset(
        {
            CASES_READ, CASES_WORK, CASES_LEAD, IDENTITY_REVEAL, INDICATORS_PROPOSE, EXPORT_REQUEST, REPORTS_READ,
            STATS_READ, LETTERS_REPLAY,
        }
    ),
    Role.CURATOR: frozenset({CATALOGUE_DRAFT, STATS_READ}),
    Role.APPROVER: frozenset(
        {CATALOGUE_APPROVE, CATALOGUE_PUBLISH, INDICATORS_APPROVE, EXPORT_APPROVE, STATS_READ}
    ),
    Role.AUDITOR: frozenset({AUDIT_READ}),
    Role.ADMINISTRATOR: frozenset({PEOPLE_MANAGE}),
}  # fmt: skip


def granted(roles: Iterable[str]) -> frozenset[str]:
    """All that a set of roles permits; a role that we do not know permits nothing."""
    held = set(roles)
    return frozenset().union(*(may for role, may in MAY.items() if role.value in held))
