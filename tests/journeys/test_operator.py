"""An operator and an approver in Debian's Chromium: an urgent case appears by itself, is claimed, uncovered, decided;
a number is suspected by one, confirmed by another, and the next citizen hears it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from api.access.permissions import Role
from tests.journeys.test_curator import Officer
from tests.journeys.test_in_a_browser import Citizen, Running, browser, found, start

__all__ = ["browser"]
ACCOUNT = "19034567890123"
STORY = f"Nha ban no tien dien, 2 gio nua cat dien. Chuyen khoan ngay vao STK {ACCOUNT} de khoi bi cat, goi 0905123318"
LOST = "Tôi vừa chuyển tiền cho người xưng điện lực rồi, giờ phải làm sao"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The service, with the real catalogue."""
    started = start(tmp_path_factory.mktemp("operator") / "var")
    yield started
    if started.process.poll() is None:
        started.process.kill()
    started.process.wait()
    assert started.process.stdout is not None
    started.process.stdout.close()


def new_citizen(service: Running, browser: webdriver.Chrome) -> Citizen:
    """Somebody who was never here."""
    browser.get(service.address + "/healthz")
    browser.delete_all_cookies()
    browser.get(service.address)
    return Citizen(browser)


def reports(citizen: Citizen) -> None:
    """Pastes the message and reports it."""
    citizen.pastes(STORY)
    citizen.taps("Báo công an")
    citizen.taps("Đồng ý, gửi ngay")


def fits(browser: webdriver.Chrome) -> bool:
    """Whether nothing sticks out of a phone's screen."""
    return bool(browser.execute_script("return document.documentElement.scrollWidth <= innerWidth"))


def test_from_the_queue_to_a_decision(service: Running, browser: webdriver.Chrome) -> None:
    reports(new_citizen(service, browser))
    officer = Officer(service, browser, "hoa", Role.OPERATOR)
    officer.sits_down("/can-bo/vu-viec")
    assert fits(browser)
    queue = browser.current_window_handle
    rows = len(browser.find_elements(By.CSS_SELECTOR, "tr[data-open]"))

    browser.switch_to.new_window("tab")
    browser.get(service.address + "/")
    Citizen(browser).pastes(LOST)
    browser.switch_to.window(queue)
    wait = WebDriverWait(browser, 20)
    wait.until(lambda b: len(b.find_elements(By.CSS_SELECTOR, "tr[data-open]")) > rows)
    wait.until(lambda b: "khẩn" in b.find_element(By.ID, "tin-moi").text)
    first = browser.find_element(By.CSS_SELECTOR, "tr[data-open]")
    assert first.find_element(By.CSS_SELECTOR, ".triage").text == "T1"

    browser.find_element(By.TAG_NAME, "body").send_keys("j")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.ENTER)
    wait.until(lambda b: "Diễn biến" in b.page_source)
    assert fits(browser)
    officer.clicks("Nhận vụ")
    wait.until(lambda b: "Đang xác minh" in b.find_element(By.TAG_NAME, "h1").text)
    browser.find_element(By.CSS_SELECTOR, "input[value=lua-dao]").click()
    officer.clicks("Kết luận")
    wait.until(lambda b: "Đã kết luận" in b.find_element(By.TAG_NAME, "h1").text)


def test_a_number_is_called_confirmed_by_two_and_the_next_citizen_hears_it(
    service: Running, browser: webdriver.Chrome
) -> None:
    for _ in range(3):
        reports(new_citizen(service, browser))
    asked = new_citizen(service, browser).pastes(f"STK {ACCOUNT}").text
    assert "chưa có kết luận" in asked

    operator = Officer(service, browser, "nam", Role.OPERATOR)
    operator.sits_down(f"/can-bo/dau-hieu?tim={ACCOUNT}")
    browser.find_element(By.CSS_SELECTOR, "tbody a").click()
    path = "/can-bo/dau-hieu/" + found(r"/can-bo/dau-hieu/([0-9a-f]{32})", browser.current_url)
    assert ACCOUNT not in browser.page_source
    assert fits(browser)
    for label in ("Đánh dấu nghi vấn", "Đề nghị xác nhận"):
        browser.find_element(By.NAME, "can-cu").send_keys("ba người chuyển tiền, có biên lai")
        operator.clicks(label)
    approver = Officer(service, browser, "lan", Role.APPROVER)
    approver.sits_down(path)
    approver.clicks("Duyệt")
    WebDriverWait(browser, 10).until(lambda b: "đã xác nhận" in b.find_element(By.CSS_SELECTOR, ".done").text)

    heard = new_citizen(service, browser).pastes(f"STK {ACCOUNT}").text
    assert "CÔNG AN ĐÃ XÁC NHẬN" in heard
    assert "Đừng chuyển tiền" in heard
