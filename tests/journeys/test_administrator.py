"""An administrator and a new officer in Debian's Chromium: an account with a role, a password of one's own, the second
factor that the unit demands, a lock-out that names the wait, and the way back in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from api import clock
from tests.journeys import people
from tests.journeys.people import Officer, Running, fits, sees

OWN_PASSWORD = "con mèo mướp nằm sưởi nắng hiên nhà"
MOST_GUESSES = 25


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service that demands the second factor, as it is in earnest."""
    started = people.start(tmp_path_factory.mktemp("administrator") / "var", REQUIRE_SECOND_FACTOR="true")
    yield started
    started.end()


def set_up_phone(officer: Officer) -> tuple[pyotp.TOTP, list[str]]:
    """Scan the code, type the digits, and the next ones where they were of a moment that was used before; gives the
    phone and the recovery codes."""
    officer.waits_for("Bật xác thực hai lớp")
    secret = officer.browser.find_element(By.CSS_SELECTOR, ".secret").get_attribute("textContent") or ""
    phone = pyotp.TOTP(secret.replace(" ", ""))
    for later in (timedelta(), timedelta(seconds=30)):
        officer.writes("ma_xac_thuc", phone.at(clock.now() + later))
        officer.clicks("Bật")
        if "chờ mã mới" not in officer.reads:
            break
    officer.waits_for("Mười mã dự phòng")
    return phone, [code.text for code in officer.browser.find_elements(By.CSS_SELECTOR, ".codes code")]


def changes_password(officer: Officer, given: str, own: str) -> None:
    """Nothing else opens before."""
    officer.opens("/can-bo/vu-viec")
    assert "/can-bo/mat-khau" in officer.browser.current_url
    for field, words in (("old", given), ("new", own), ("again", own)):
        officer.writes(field, words)
    officer.clicks("Đổi mật khẩu")


def enters(officer: Officer, name: str, password: str, code: str) -> None:
    """Password and second factor."""
    officer.signs_in(name, password)
    officer.waits_for("Mã xác thực")
    officer.writes("ma_xac_thuc", code)
    officer.clicks("Vào bàn trực")


def test_from_a_new_account_through_lost_phone_and_password_to_work(
    service: Running, browser: webdriver.Chrome
) -> None:
    admin = Officer(service, browser, "truc-ban")
    admin.signs_in("truc-ban", service.first_password)
    _, admin_codes = set_up_phone(admin)
    admin.opens("/can-bo/tai-khoan")
    assert fits(browser)
    admin.writes("full_name", "Nguyễn Thị Hoa")
    admin.writes("name", "nguyen.hoa")
    admin.ticks("role", "operator")
    admin.clicks("Thêm và cấp mật khẩu dùng một lần")
    given = browser.find_element(By.CSS_SELECTOR, ".once").text
    admin.clicks("Về tài khoản nguyen.hoa")
    account = browser.current_url
    assert "chờ đổi mật khẩu được cấp" in admin.reads

    hoa = Officer(service, browser, "nguyen.hoa")
    hoa.signs_in("nguyen.hoa", given)
    changes_password(hoa, given, OWN_PASSWORD)
    phone, codes = set_up_phone(hoa)
    hoa.clicks("Tôi đã cất xong")
    assert browser.current_url.endswith("/can-bo/vu-viec")
    assert fits(browser)
    hoa.opens("/can-bo/tai-khoan")
    assert "không thuộc vai trò" in hoa.reads

    enters(hoa, "nguyen.hoa", OWN_PASSWORD, "000000")
    hoa.waits_for("chưa đúng")
    hoa.writes("ma_xac_thuc", codes[0])  # the phone is at home
    hoa.clicks("Vào bàn trực")
    assert browser.current_url.endswith("/can-bo/vu-viec")
    enters(hoa, "nguyen.hoa", OWN_PASSWORD, codes[0])
    hoa.waits_for("chưa đúng")

    enters(admin, "truc-ban", service.first_password, admin_codes[0])
    admin.opens(account)  # phone and codes are lost
    admin.ticks("second", "1")
    admin.clicks("Cấp mật khẩu dùng một lần")
    again = browser.find_element(By.CSS_SELECTOR, ".once").text
    hoa.signs_in("nguyen.hoa", OWN_PASSWORD)
    hoa.waits_for("chưa đúng")
    hoa.signs_in("nguyen.hoa", again)
    changes_password(hoa, again, f"{OWN_PASSWORD} chiều thu")
    assert set_up_phone(hoa)[0].secret != phone.secret
    hoa.clicks("Tôi đã cất xong")
    assert browser.current_url.endswith("/can-bo/vu-viec")


def test_who_guesses_is_locked_out_and_told_how_long(service: Running, browser: webdriver.Chrome) -> None:
    guesser = Officer(service, browser, "nguyen.hoa")
    guesser.sits_down("/can-bo/dang-nhap")
    for number in range(MOST_GUESSES):
        guesser.writes("name", "nguyen.hoa")
        guesser.writes("password", f"đoán mò lần thứ {number}")
        guesser.clicks("Đăng nhập")
        if "phút rồi thử lại" in guesser.reads:
            break
    sees(browser, lambda b: "Sai nhiều lần quá. Đồng chí chờ" in b.find_element(By.CSS_SELECTOR, "[role=alert]").text)
    assert fits(browser)
