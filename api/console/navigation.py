"""The links of the console, in the order in which they are shown; a person sees those that they may open.

A new page adds one line: its group, its path, its title, and the permissions of which one is enough. Must not know how
a page is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.access import permissions as p
from api.access.sessions import Signed


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation. ``alarm`` names the number that is shown beside it when there is one."""

    group: str
    path: str
    title: str
    needs: frozenset[str]
    alarm: str = ""


def _link(group: str, path: str, title: str, *needs: str, alarm: str = "") -> Link:
    return Link(group, path, title, frozenset(needs), alarm)


WORK, KNOWLEDGE, SUPERVISION = "Vụ việc", "Kho cảnh báo", "Quản trị"
_CURATORS = (p.CATALOGUE_DRAFT, p.CATALOGUE_APPROVE, p.CATALOGUE_PUBLISH)
LINKS = (
    _link(WORK, "/can-bo/vu-viec", "Vụ việc", p.CASES_READ),
    _link(WORK, "/can-bo/dau-hieu", "Số, tài khoản, trang", p.CASES_READ, p.INDICATORS_APPROVE),
    _link(WORK, "/can-bo/chien-dich", "Chiến dịch", p.CASES_READ, p.CATALOGUE_DRAFT, alarm="campaigns"),
    _link(WORK, "/can-bo/xuat", "Xuất danh sách", p.EXPORT_REQUEST, p.EXPORT_APPROVE),
    _link(WORK, "/can-bo/so-lieu", "Số liệu", p.STATS_READ),
    _link(WORK, "/can-bo/phan-anh", "Phản ánh", p.REPORTS_READ),
    _link(WORK, "/can-bo/luot-hoi", "Lượt hỏi", p.REPORTS_READ),
    _link(WORK, "/can-bo/duong-tin", "Đường tin", p.LETTERS_REPLAY, alarm="letters"),
    _link(KNOWLEDGE, "/can-bo/kho", "Kho cảnh báo", *_CURATORS),
    _link(KNOWLEDGE, "/can-bo/ban-nhap", "Bàn soạn", *_CURATORS),
    _link(KNOWLEDGE, "/can-bo/ban-hanh", "Ban hành", *_CURATORS),
    _link(KNOWLEDGE, "/can-bo/xet-thu", "Xét thử một tin", *_CURATORS),
    _link(KNOWLEDGE, "/can-bo/can-xem-lai", "Cần xem lại", *_CURATORS),
    _link(SUPERVISION, "/can-bo/tai-khoan", "Tài khoản cán bộ", p.PEOPLE_MANAGE),
    _link(SUPERVISION, "/can-bo/nhat-ky", "Nhật ký", p.AUDIT_READ, alarm="identity"),
)


def groups(signed: Signed) -> list[tuple[str, list[Link]]]:
    """The links that a person may open, by group, empty groups left out."""
    held = p.granted(signed.roles)
    found: dict[str, list[Link]] = {}
    for link in LINKS:
        if link.needs & held:
            found.setdefault(link.group, []).append(link)
    return list(found.items())


def home(signed: Signed) -> str:
    """Where a person lands after signing in: the first page that they may open."""
    held = p.granted(signed.roles)
    return next((link.path for link in LINKS if link.needs & held), "/can-bo/toi")
