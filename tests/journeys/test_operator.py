"""An operator and an approver in Debian's Chromium: an urgent case appears by itself, is claimed, uncovered, decided;
a number is suspected by one, confirmed by another, and the next citizen hears it."""

from __future__ import annotations

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from api.access.permissions import Role
from tests.journeys.people import Citizen, Officer, Running, fits, found, new_citizen, sees

ACCOUNT = "19034567890123"
STORY = f"Nha ban no tien dien, 2 gio nua cat dien. Chuyen khoan ngay vao STK {ACCOUNT} de khoi bi cat, goi 0905123318"
LOST = "Tôi vừa chuyển tiền cho người xưng điện lực rồi, giờ phải làm sao"


def reports(citizen: Citizen) -> None:
    """Pastes the message and reports it."""
    citizen.pastes(STORY)
    citizen.taps("Báo công an")
    citizen.taps("Đồng ý, gửi ngay")


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
    sees(browser, lambda b: len(b.find_elements(By.CSS_SELECTOR, "tr[data-open]")) > rows)
    sees(browser, lambda b: "khẩn" in b.find_element(By.ID, "tin-moi").text)
    first = browser.find_element(By.CSS_SELECTOR, "tr[data-open]")
    assert first.find_element(By.CSS_SELECTOR, ".triage").text == "T1"

    browser.find_element(By.TAG_NAME, "body").send_keys("j")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.ENTER)
    sees(browser, lambda b: "Diễn biến" in b.page_source)
    assert fits(browser)
    officer.clicks("Nhận vụ")
    sees(browser, lambda b: "Đang xác minh" in b.find_element(By.TAG_NAME, "h1").text)
    browser.find_element(By.CSS_SELECTOR, "input[value=lua-dao]").click()
    officer.clicks("Kết luận")
    sees(browser, lambda b: "Đã kết luận" in b.find_element(By.TAG_NAME, "h1").text)


def test_a_number_is_called_confirmed_by_two_and_the_next_citizen_hears_it(
    service: Running, browser: webdriver.Chrome
) -> None:
    for _ in range(3):
        reports(new_citizen(service, browser))
    asked = new_citizen(service, browser).pastes(f"STK {ACCOUNT}").text
    assert "chưa có kết luận" in asked

    operator = Officer(service, browser, "nam", Role.OPERATOR, Role.APPROVER)
    operator.sits_down(f"/can-bo/dau-hieu?tim={ACCOUNT}")
    operator.presses(browser.find_element(By.CSS_SELECTOR, "tbody a"))
    path = "/can-bo/dau-hieu/" + found(r"/can-bo/dau-hieu/([0-9a-f]{32})", browser.current_url)
    assert ACCOUNT not in browser.page_source
    assert fits(browser)
    for label in ("Đánh dấu nghi vấn", "Đề nghị xác nhận"):
        browser.find_element(By.NAME, "can-cu").send_keys("ba người chuyển tiền, có biên lai")
        operator.clicks(label)
    operator.waits_for("nam đề nghị")
    assert not browser.find_elements(
        By.CSS_SELECTOR, "button[value=duyet]"
    )  # one's own is for somebody else to approve
    approver = Officer(service, browser, "lan", Role.APPROVER)
    approver.sits_down(path)
    approver.clicks("Duyệt")
    sees(browser, lambda b: "đã xác nhận" in b.find_element(By.CSS_SELECTOR, ".done").text)

    heard = new_citizen(service, browser).pastes(f"STK {ACCOUNT}").text
    assert "CÔNG AN ĐÃ XÁC NHẬN" in heard
    assert "Đừng chuyển tiền" in heard
