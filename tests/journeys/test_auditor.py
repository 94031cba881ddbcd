"""An auditor in Debian's Chromium: finds who looked at a report, checks that the log is whole, takes it away, and sees
no word of any citizen."""

from __future__ import annotations

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from api.access.permissions import Role
from tests.journeys.people import SCAM, Officer, Running, fits, new_citizen

FETCH = "const done = arguments[1]; fetch(arguments[0]).then((r) => r.text()).then(done, (e) => done(String(e)))"
WORDS = ("evn-thanhtoan", "0905", "cat dien", "Dien luc thong bao")


def test_looking_at_a_report_is_found_in_the_log_and_the_log_is_whole(
    service: Running, browser: webdriver.Chrome
) -> None:
    citizen = new_citizen(service, browser)
    citizen.pastes(SCAM)
    citizen.taps("Báo công an")
    citizen.taps("Đồng ý, gửi ngay")
    officer = Officer(service, browser, "hoa", Role.OPERATOR)
    officer.sits_down("/can-bo/phan-anh")
    officer.presses(browser.find_element(By.CSS_SELECTOR, "tbody a"))
    officer.waits_for("Người phản ánh")
    report = browser.current_url.rsplit("/", 1)[1]

    auditor = Officer(service, browser, "kiem.tra", Role.AUDITOR)
    auditor.sits_down("/can-bo")
    assert browser.current_url.endswith("/can-bo/nhat-ky")
    Select(browser.find_element(By.NAME, "ai")).select_by_visible_text("hoa")
    auditor.writes("tim", report[:12])
    auditor.clicks("Lọc")
    auditor.waits_for("xem một phản ánh")
    assert "hoa" in browser.find_element(By.CSS_SELECTOR, "tbody tr").text
    assert fits(browser)

    address = browser.find_element(By.LINK_TEXT, "Xuất CSV theo bộ lọc này").get_attribute("href")
    exported = browser.execute_async_script(FETCH, address).splitlines()
    assert len(exported) == 2
    assert f"report/{report}" in exported[1]

    auditor.clicks("Kiểm tra nhật ký còn nguyên vẹn")
    auditor.waits_for("Nhật ký nguyên vẹn")
    auditor.opens("/can-bo/nhat-ky")
    for act in ("xem nhật ký", "xuất nhật ký", "kiểm tra nhật ký"):
        assert act in browser.find_element(By.TAG_NAME, "table").text
    assert not [words for words in WORDS if words in browser.page_source]


def test_an_auditor_opens_no_case(service: Running, browser: webdriver.Chrome) -> None:
    auditor = Officer(service, browser, "kiem.tra.2", Role.AUDITOR)
    auditor.sits_down("/can-bo/nhat-ky")
    links = browser.find_elements(By.CSS_SELECTOR, "nav.side li a")
    assert [link.get_attribute("textContent") for link in links] == ["Nhật ký"]
    for path in ("vu-viec", "phan-anh", "luot-hoi", "dau-hieu", "duong-tin", "tai-khoan", "kho"):
        auditor.opens(f"/can-bo/{path}")
        assert "không thuộc vai trò" in auditor.reads, path
