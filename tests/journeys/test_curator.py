"""A curator and an approver in Debian's Chromium: a method is changed, tried, reviewed, published, told, rolled back."""

from __future__ import annotations

import time

from selenium import webdriver
from selenium.webdriver.common.by import By

from api.access.permissions import Role
from tests.journeys.people import SCAM, Citizen, Officer, Running, fits, sees, until

METHOD = "/can-bo/kho?loai=method&tim=dien-luc-evn"
NEW_NAME = "Giả điện lực dọa cắt điện, đòi bấm link"
TRIAL_SECONDS = 300


def test_a_method_is_changed_by_two_people_and_taken_back(service: Running, browser: webdriver.Chrome) -> None:
    lan = Officer(service, browser, "lan", Role.CURATOR, Role.APPROVER)
    minh = Officer(service, browser, "minh", Role.APPROVER)

    lan.sits_down(METHOD)
    assert fits(browser)
    lan.presses(browser.find_element(By.CSS_SELECTOR, "tbody a"))
    lan.clicks("Soạn bản sửa")
    assert fits(browser)
    lan.writes("name", NEW_NAME)
    lan.clicks("Xem câu trả lời")
    assert NEW_NAME in browser.find_element(By.ID, "xem-truoc").text
    lan.clicks("Lưu bản nháp")
    lan.waits_for("Khác gì bản đang chạy")
    assert NEW_NAME in lan.reads
    draft = browser.current_url
    lan.clicks("Trình duyệt")
    lan.waits_for("chạy thử xong rồi hãy trình duyệt")
    lan.opens(draft)
    lan.clicks("Chạy thử")
    lan.waits_for("Mọi tin đổi kết quả", TRIAL_SECONDS)
    assert "Đạt" in lan.reads
    lan.opens(draft)
    lan.clicks("Trình duyệt")
    lan.waits_for("Chờ duyệt")
    assert not browser.find_elements(By.CSS_SELECTOR, "button[value=approve]")  # nobody approves what they wrote

    minh.sits_down(draft)
    minh.writes("loi", "Tên mới rõ hơn.")
    minh.presses(browser.find_element(By.CSS_SELECTOR, "button[value=approve]"))
    minh.waits_for("Đã duyệt, chờ ban hành")
    minh.opens("/can-bo/ban-hanh")
    assert fits(browser)
    minh.writes("loi", "Đổi tên cho dễ hiểu")
    minh.clicks("Chuẩn bị ban hành")
    minh.waits_for("Đang chuẩn bị")
    enabled = "//button[contains(., 'Ban hành ngay') and not(@disabled)]"
    sees(browser, lambda b: b.find_elements(By.XPATH, enabled), TRIAL_SECONDS)
    minh.clicks("Ban hành ngay")
    minh.waits_for("đang trả lời bằng bản này", 5)
    revision = browser.find_element(By.CSS_SELECTOR, ".card code").text

    answer = _ask(service, browser)
    assert NEW_NAME in answer
    minh.sits_down("/can-bo/ban-hanh")
    minh.writes("loi", "Tên dài quá")
    minh.clicks("Lùi về bản trước")
    minh.opens("/can-bo/ban-hanh")
    took = until(lambda: _live(minh) != revision, 5)
    assert took < 5
    assert NEW_NAME not in _ask(service, browser)


def _live(officer: Officer) -> str:
    officer.opens("/can-bo/ban-hanh")
    return officer.reads.split("Đang chạy")[1].split()[0]


def _ask(service: Running, browser: webdriver.Chrome) -> str:
    """What a citizen is told now."""
    time.sleep(1)  # what is promised: everybody answers from the new revision within a second
    browser.delete_all_cookies()
    browser.get(service.address)
    return Citizen(browser).pastes(SCAM).text


def test_anybody_reads_the_feed_and_nobody_else_the_desk(service: Running, browser: webdriver.Chrome) -> None:
    nam = Officer(service, browser, "nam", Role.OPERATOR)
    nam.sits_down("/can-bo/kho")
    assert "Chưa làm được" in nam.reads or "không có quyền" in nam.reads.lower()
    browser.get(f"{service.address}/feed/catalogue.json")
    assert "signature" in browser.page_source
