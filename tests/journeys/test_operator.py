"""An operator and an approver in Debian's Chromium: an urgent case appears by itself, is claimed, uncovered, decided;
a number is suspected by one, confirmed by another, and the next citizen hears it. A day at the desk without a mouse, and
a picture that is seen only for a reason."""

from __future__ import annotations

import asyncio
import io

from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from api.access.permissions import Role
from api.casework.attachments import Sent
from tests.api.casework import desk
from tests.journeys import people
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


async def report_behind_its_back(service: Running, sender: str, text: str, **more: Sent) -> str:
    """A report that came by a messenger; gives its case."""
    around = people.surroundings(service)
    await desk.report(around, sender, text, pictures=more)
    case = next(case for case in await desk.all_cases(around) if case.sender == sender)
    await around.database.close()
    return case.id


def here(browser: webdriver.Chrome) -> WebElement:
    """What has the focus."""
    return browser.switch_to.active_element


def press(browser: webdriver.Chrome, *keys: str) -> None:
    """Keys, one after the other, to whatever has the focus."""
    for key in keys:
        here(browser).send_keys(key)


def test_a_day_at_the_desk_without_a_mouse(service: Running, browser: webdriver.Chrome) -> None:
    for sender in ("bàn phím 1", "bàn phím 2"):
        asyncio.run(report_behind_its_back(service, sender, f"Trúng thưởng xe SH, đóng phí ngay nhé {sender}"))
    officer = Officer(service, browser, "phim", Role.LEAD)
    officer.sits_down("/can-bo/vu-viec?kenh=zalo_oa")
    press(browser, Keys.TAB)
    assert here(browser).text == "Tới nội dung chính"
    press(browser, Keys.ENTER)
    assert here(browser).get_attribute("id") == "noi-dung"

    press(browser, "j", "j", "k")
    first = browser.find_element(By.CSS_SELECTOR, "tr[data-open]")
    assert "here" in str(first.get_attribute("class"))
    assert str(here(browser).get_attribute("href")).endswith(str(first.get_attribute("data-open")))
    press(browser, "x")
    assert browser.find_element(By.ID, "da-chon").text == "1"
    press(browser, "/")
    assert here(browser).get_attribute("name") == "tim"
    press(browser, "trung thuong xe sh", Keys.ENTER)
    sees(browser, lambda b: "tim=trung" in b.current_url)
    assert len(browser.find_elements(By.CSS_SELECTOR, "tr[data-open]")) == 2
    browser.find_element(By.NAME, "ten").send_keys("Xe SH", Keys.ENTER)
    sees(browser, lambda b: b.find_elements(By.LINK_TEXT, "Xe SH"))

    press(browser, "j")
    press(browser, Keys.ENTER)
    sees(browser, lambda b: "Diễn biến" in b.page_source)
    press(browser, "n")
    assert here(browser).get_attribute("name") == "ghi"
    press(browser, "đã gọi lại cho người dân", Keys.TAB, Keys.ENTER)
    sees(browser, lambda b: "Đã lưu ghi chú." in b.find_element(By.CSS_SELECTOR, "[role=status]").text)
    press(browser, "k")
    assert here(browser).get_attribute("name") == "ket-luan"
    officer.clicks("Nhận vụ")
    officer.clicks("Trả lại hàng chờ")
    sees(browser, lambda b: "Đã trả vụ về hàng chờ." in b.page_source)
    browser.find_element(By.ID, "phim-tat").click()
    address = browser.current_url
    press(browser, "u")
    assert browser.current_url == address  # switched off
    browser.find_element(By.ID, "phim-tat").click()
    press(browser, "u")
    sees(browser, lambda b: b.current_url.endswith("/can-bo/vu-viec"))


def test_a_picture_is_seen_for_a_reason(service: Running, browser: webdriver.Chrome) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(drawn, "JPEG")
    sent = Sent(drawn.getvalue(), f"Chuyển vào STK {ACCOUNT}")
    case_id = asyncio.run(report_behind_its_back(service, "có ảnh", "Nhà bạn nợ tiền điện", anh=sent))
    officer = Officer(service, browser, "anh", Role.OPERATOR)
    officer.sits_down(f"/can-bo/vu-viec/{case_id}")
    assert not browser.find_elements(By.CSS_SELECTOR, "main img")
    assert ACCOUNT not in browser.page_source
    press(browser, "l", "đối chiếu biên lai với ngân hàng", Keys.ENTER)
    sees(browser, lambda b: b.find_element(By.CSS_SELECTOR, "main img"))
    picture = browser.find_element(By.CSS_SELECTOR, "main img")
    sees(browser, lambda b: b.execute_script("return arguments[0].naturalWidth", picture) == 300)
    assert ACCOUNT in browser.page_source
    assert fits(browser)


def test_an_open_queue_says_when_it_is_cut_off(service: Running, browser: webdriver.Chrome) -> None:
    officer = Officer(service, browser, "het.phien", Role.OPERATOR)
    officer.sits_down("/can-bo/vu-viec")
    browser.delete_all_cookies()
    sees(browser, lambda b: "Phiên làm việc đã hết" in b.find_element(By.ID, "tin-moi").text)
