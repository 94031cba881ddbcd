"""A curator and an approver in Debian's Chromium: a method is changed, tried, reviewed, published, told, rolled back."""

from __future__ import annotations

import time

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of

from api.access.permissions import Role
from tests.journeys.people import DESK, PHONE, SCAM, Citizen, Officer, Running, fits, sees, until

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
    sees(browser, lambda b: NEW_NAME in b.find_element(By.ID, "loi-noi").text)  # while typing, before anything is saved
    lan.clicks("Lưu bản nháp")
    lan.waits_for("Khác gì bản đang chạy")
    assert NEW_NAME in lan.reads
    draft = browser.current_url
    lan.clicks("Gửi duyệt")
    lan.waits_for("chạy thử xong rồi hãy gửi duyệt")
    lan.opens(draft)
    lan.clicks("Chạy thử")
    lan.waits_for("Mọi tin đổi kết quả", TRIAL_SECONDS)
    assert "Đạt" in lan.reads
    lan.opens(draft)
    lan.clicks("Gửi duyệt")
    lan.waits_for("Chờ duyệt")
    assert not browser.find_elements(By.CSS_SELECTOR, "button[value=approve]")  # nobody approves what they wrote

    minh.sits_down(draft)
    minh.writes("loi", "Tên mới rõ hơn.")
    _agrees(minh, "button[value=approve]")
    minh.waits_for("Đã duyệt, chờ ban hành")
    minh.opens("/can-bo/ban-hanh")
    assert fits(browser)
    minh.writes("loi", "Đổi tên cho dễ hiểu")
    minh.clicks("Chuẩn bị ban hành")
    minh.waits_for("Đang chuẩn bị")
    enabled = "//button[contains(., 'Ban hành ngay') and not(@disabled)]"
    sees(browser, lambda b: b.find_elements(By.XPATH, enabled), TRIAL_SECONDS)
    _agrees(minh, "form[action$=phat-hanh] button")
    minh.waits_for("đang trả lời bằng bản này", 5)
    revision = browser.find_element(By.CSS_SELECTOR, ".card code").text

    answer = _ask(service, browser)
    assert NEW_NAME in answer
    minh.sits_down("/can-bo/ban-hanh")
    minh.writes("loi", "Tên dài quá")
    _agrees(minh, "form.inline button.danger")
    minh.opens("/can-bo/ban-hanh")
    took = until(lambda: _live(minh) != revision, 5)
    assert took < 5
    assert NEW_NAME not in _ask(service, browser)


def _agrees(officer: Officer, button: str) -> None:
    """Press what is hard to take back, read the question, and say yes."""
    browser = officer.browser
    browser.find_element(By.CSS_SELECTOR, button).send_keys(Keys.ENTER)
    sees(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "dialog[open]"))
    assert browser.switch_to.active_element.text == "Thôi"
    officer.presses(browser.find_element(By.CSS_SELECTOR, "dialog button:first-child"))


def _asks_before_leaving(browser: webdriver.Chrome) -> bool:
    """Whether the page would warn that something is not saved."""
    asked = "const e = new Event('beforeunload', {cancelable: true}); dispatchEvent(e); return e.defaultPrevented"
    return bool(browser.execute_script(asked))


def test_the_editor_by_keyboard_on_a_phone(service: Running, browser: webdriver.Chrome) -> None:
    hoa = Officer(service, browser, "hoa", Role.CURATOR)
    browser.set_window_size(*PHONE)
    hoa.sits_down("/can-bo/kho?loai=method")
    browser.find_element(By.NAME, "tim").send_keys("phat nguoi")
    found = [row for row in browser.find_elements(By.CSS_SELECTOR, "#cac-muc tbody tr") if row.is_displayed()]
    assert 0 < len(found) < 5
    assert fits(browser)
    hoa.presses(browser.find_element(By.CSS_SELECTOR, "tbody tr:not([hidden]) a"))
    hoa.clicks("Soạn bản sửa")
    assert not _asks_before_leaving(browser)
    rows = len(browser.find_elements(By.CSS_SELECTOR, ".r-examples"))
    hoa.presses(browser.find_element(By.CSS_SELECTOR, "button[value='add:examples']"))
    assert browser.switch_to.active_element.get_attribute("name") == f"examples.{rows}.kind"
    assert _asks_before_leaving(browser)
    hoa.presses(browser.find_element(By.CSS_SELECTOR, "button[value='remove:examples:0']"))
    assert browser.switch_to.active_element.text == "Hoàn tác"
    first = browser.find_element(By.NAME, "examples.0.text").get_attribute("value")
    hoa.presses(browser.switch_to.active_element)
    assert browser.find_element(By.NAME, "examples.1.text").get_attribute("value") == first
    browser.find_element(By.ID, "xem-web").send_keys(Keys.ARROW_RIGHT)
    assert browser.find_element(By.ID, "xem-zalo_oa").is_selected()
    box = browser.find_element(By.NAME, "name")
    box.clear()
    box.send_keys("Giả phạt nguội, đòi bấm link")
    sees(browser, lambda b: "Giả phạt nguội, đòi bấm link" in b.find_element(By.CSS_SELECTOR, ".c-zalo_oa").text)
    assert "Trả lời bằng số" in browser.find_element(By.ID, "loi-noi").text  # the chosen channel is kept
    assert fits(browser)
    page = browser.find_element(By.TAG_NAME, "html")
    box.send_keys(Keys.CONTROL, "s")
    sees(browser, staleness_of(page))
    hoa.waits_for("Đã lưu")
    browser.set_window_size(*DESK)


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
