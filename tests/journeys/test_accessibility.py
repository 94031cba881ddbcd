"""Every page, judged by axe in Debian's Chromium for WCAG 2.1 A and AA: on a desk and on a phone, in light and in dark.

A page that nobody listed here fails the last test.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from selenium import webdriver
from selenium.webdriver.common.by import By

from api import app as application
from api.access.permissions import Role
from api.settings import Settings
from tests.journeys import people
from tests.journeys.furnished import Desk, furnish
from tests.journeys.people import SCAM, Officer, Running, fits, new_citizen

HERE = Path(__file__).parents[1] / "vendor" / "axe-core"
AXE = (HERE / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: arguments[0], resultTypes: ["violations"]}).then(
  (found) => done(found.violations.map((v) => [v.id, v.help, v.nodes.map((n) => n.target.join(" ") + " " + n.html)])),
  (failed) => done([["axe", String(failed), []]]));
"""
LOOKS = [(width, height, scheme) for width, height in (people.DESK, people.PHONE) for scheme in ("light", "dark")]
NOTHING_TO_SEE = {
    "/api/web/replies", "/healthz", "/readyz", "/.well-known/security.txt", "/the-canh-bao/{name}.png", "/can-bo", "/can-bo/dang-nhap-chung",
    "/can-bo/dang-nhap-chung/ve", "/can-bo/toi/hai-lop/ma.svg", "/can-bo/nhat-ky/xuat.csv", "/can-bo/vu-viec/bang",
    "/can-bo/xuat/{row_id}/tai", "/can-bo/vu-viec/{row_id}/ho-so.{kind}",
    "/can-bo/vu-viec/{row_id}/van-ban/{letter_id}.docx", "/can-bo/vu-viec/{row_id}/anh/{picture_id}",
    "/can-bo/kho/tai-ve.zip", "/can-bo/kho/muc/{entry_id}/toml", "/feed/catalogue.json", "/openapi.json",
}  # fmt: skip
"""Answers for programs, files, and addresses that lead elsewhere."""
PAGES: dict[str, dict[str, str]] = {
    Role.OPERATOR: {
        "/can-bo/vu-viec": "", "/can-bo/vu-viec/{row_id}": "case", "/can-bo/dau-hieu": "",
        "/can-bo/dau-hieu/{row_id}": "indicator", "/can-bo/chien-dich": "", "/can-bo/chien-dich/{row_id}": "campaign",
        "/can-bo/xuat": "", "/can-bo/so-lieu": "", "/can-bo/phan-anh": "", "/can-bo/phan-anh/{row_id}": "report",
        "/can-bo/luot-hoi": "", "/can-bo/luot-hoi/{row_id}": "check", "/can-bo/toi": "", "/can-bo/mat-khau": "",
        "/can-bo/toi/hai-lop": "",
    },
    Role.LEAD: {
        "/can-bo/vu-viec?trang-thai=all&muc=1": "", "/can-bo/duong-tin": "", "/can-bo/duong-tin/nhan-loi": "",
        "/can-bo/duong-tin/nhan-loi/{letter_id}": "letter", "/can-bo/duong-tin/chay-lai/{replay_id}": "replay",
        "/can-bo/duong-tin/chua-gui": "", "/can-bo/duong-tin/chua-gui?loai=stopped": "",
        "/can-bo/duong-tin/nhan-loi?bo=1": "",
    },
    Role.CURATOR: {
        "/can-bo/kho": "", "/can-bo/kho/tai-len": "", "/can-bo/kho/muc/{entry_id}": "entry", "/can-bo/ban-nhap": "",
        "/can-bo/ban-nhap/{revision_id}": "draft", "/can-bo/ban-nhap/{revision_id}/sua": "draft",
        "/can-bo/chay-thu/{run_id}": "run", "/can-bo/can-xem-lai": "", "/can-bo/xet-thu": "", "/can-bo/nguon-ngoai": "",
    },
    Role.APPROVER: {"/can-bo/ban-hanh": "", "/can-bo/xuat": "", "/can-bo/dau-hieu/{row_id}": "indicator"},
    Role.AUDITOR: {"/can-bo/nhat-ky": "", "/can-bo/phan-anh": ""},
    Role.ADMINISTRATOR: {"/can-bo/tai-khoan": "", "/can-bo/tai-khoan/{account_id}": "account"},
}  # fmt: skip
REFUSED = {Role.AUDITOR: {"/can-bo/phan-anh"}}
"""Pages that this role is told it may not see, which is a page too."""
PUBLIC = ("/quyen-rieng-tu", "/thu-doan", "/thu-doan/{slug}", "/can-bo/dang-nhap", "/khong-co-trang-nay")


@pytest.fixture(scope="module")
def desk(service: Running) -> Desk:
    """Something to see on every page."""
    return furnish(service)


@pytest.fixture(scope="module")
def eyes(service: Running) -> Iterator[webdriver.Chrome]:
    """One browser for all pages."""
    driver = people.chromium()
    driver.set_script_timeout(people.WAIT)
    yield driver
    driver.quit()


def wears(browser: webdriver.Chrome, look: tuple[int, int, str]) -> None:
    """A size of screen, in light or dark."""
    width, height, scheme = look
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def faults(browser: webdriver.Chrome, what: str) -> list[Any]:
    """What axe finds on the page that is open, in every look, and what sticks out of the screen."""
    found: list[Any] = []
    browser.execute_script(AXE)
    for look in LOOKS:
        wears(browser, look)
        found += [(what, look, *one) for one in browser.execute_async_script(RUN, RULES)]
        if not fits(browser):
            found.append((what, look, "sticks out of the screen"))
    return found


@pytest.mark.parametrize("role", list(PAGES))
def test_pages_of_the_desk(service: Running, eyes: webdriver.Chrome, desk: Desk, role: Role) -> None:
    officer = Officer(service, eyes, "", session=desk.sessions[role])
    officer.sits_down("/can-bo/toi")
    found = []
    for path, key in PAGES[role].items():
        officer.opens(people.filled(path, desk.keys.get(key, "")))
        assert ("Chưa làm được" in eyes.title) == (path in REFUSED.get(role, ())), path
        found += faults(eyes, path)
    assert not found


def test_pages_that_answer_a_form(service: Running, eyes: webdriver.Chrome, desk: Desk) -> None:
    found = []
    for role, path, key, act in FORMS:
        officer = Officer(service, eyes, "", session=desk.sessions[role])
        officer.sits_down(people.filled(path, desk.keys.get(key, "")))
        act(officer)
        assert ("Chưa làm được" in eyes.title) == (act is _choose_nothing), path
        found += faults(eyes, f"{path}, answered")
    assert not found


def _uncover(officer: Officer) -> None:
    field = officer.browser.find_elements(By.CSS_SELECTOR, "form[action$='/xem'] [name=ly-do]")[0]
    field.send_keys("đối chiếu với ngân hàng")
    officer.presses(officer.browser.find_element(By.CSS_SELECTOR, "form[action$='/xem'] button"))


def _verify(officer: Officer) -> None:
    officer.clicks("Kiểm tra nhật ký còn nguyên vẹn")


def _try_out(officer: Officer) -> None:
    officer.browser.find_element(By.CSS_SELECTOR, "main textarea").send_keys(SCAM)
    officer.presses(officer.browser.find_element(By.CSS_SELECTOR, "main form button.primary"))


def _add_somebody(officer: Officer) -> None:
    officer.writes("name", "nguyen.moi")
    officer.ticks("role", "operator")
    officer.clicks("Thêm và cấp mật khẩu")


def _choose_nothing(officer: Officer) -> None:
    officer.clicks("Chạy lại")


FORMS: tuple[tuple[Role, str, str, Callable[[Officer], None]], ...] = (
    (Role.OPERATOR, "/can-bo/vu-viec/{row_id}", "case", _uncover),
    (Role.OPERATOR, "/can-bo/dau-hieu/{row_id}", "indicator", _uncover),
    (Role.LEAD, "/can-bo/duong-tin/nhan-loi/{letter_id}", "letter", _uncover),
    (Role.LEAD, "/can-bo/duong-tin/nhan-loi", "", _choose_nothing),
    (Role.AUDITOR, "/can-bo/nhat-ky", "", _verify),
    (Role.CURATOR, "/can-bo/xet-thu", "", _try_out),
    (Role.ADMINISTRATOR, "/can-bo/tai-khoan", "", _add_somebody),
)


def test_the_door(service: Running, eyes: webdriver.Chrome, desk: Desk) -> None:
    guest = Officer(service, eyes, "")
    guest.signs_in("ai-do", "sai mật khẩu")
    found = faults(eyes, "a wrong password")
    for session, path, title in (
        (desk.pending, "/can-bo/ma", "Mã xác thực"),
        (desk.unconfirmed, "/can-bo/nhat-ky/xuat.csv", "Xác nhận lại"),
    ):
        Officer(service, eyes, "", session=session).sits_down(path)
        assert title in eyes.title
        found += faults(eyes, path)
    assert not found


def test_axe_sees_what_is_wrong(service: Running, eyes: webdriver.Chrome) -> None:
    eyes.get(f"{service.address}/thu-doan")
    eyes.execute_script(
        "const box = document.createElement('p'); box.style = 'color: #999; background: #aaa; width: 3000px';"
        "box.textContent = 'xám'; box.append(document.createElement('img')); document.querySelector('main').append(box)"
    )
    kinds = {fault[2] for fault in faults(eyes, "spoilt")}
    assert {"color-contrast", "image-alt", "sticks out of the screen"} <= kinds


def test_public_pages(service: Running, eyes: webdriver.Chrome) -> None:
    found = []
    for path in PUBLIC:
        eyes.get(service.address + people.filled(path, "dien-luc-evn"))
        found += faults(eyes, path)
    assert not found


def test_the_chat_in_all_its_states(service: Running, eyes: webdriver.Chrome) -> None:
    citizen = new_citizen(service, eyes)
    found = faults(eyes, "chat, at the start")
    citizen.pastes(SCAM)
    found += faults(eyes, "chat, a scam")
    citizen.taps("Báo công an")
    found += faults(eyes, "chat, reporting")
    citizen = new_citizen(service, eyes)
    citizen.after(eyes.find_element(By.CSS_SELECTOR, "button.emergency"))
    found += faults(eyes, "chat, emergency")
    citizen.pastes("Tôi vừa chuyển 20 triệu cho người xưng là công an")
    found += faults(eyes, "chat, money gone")
    citizen.pastes("chào bạn nhé")
    found += faults(eyes, "chat, small talk")
    eyes.get(f"{service.address}/?hoi={'0' * 32}")
    found += faults(eyes, "chat without script, waiting")
    assert not found


def test_every_page_is_listed() -> None:
    app = application.create_app(Settings())
    routes = [(c.path, c.original_route) for c in iter_route_contexts(app.routes)]
    pages = {path for path, route in routes if isinstance(route, APIRoute) and "GET" in (route.methods or ())}
    listed = {path.partition("?")[0] for some in PAGES.values() for path in some} | set(PUBLIC) | {"/", "/can-bo/ma"}
    assert pages - listed == NOTHING_TO_SEE & pages


def test_axe_is_the_one_that_was_reviewed() -> None:
    told = (HERE / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256((HERE / "axe.min.js").read_bytes()).hexdigest() in told
    assert AXE.partition("\n")[0].removeprefix("/*! axe v") in told
