"""A citizen and an officer, in Debian's Chromium, against the service as it is run: real process, real knowledge."""

from __future__ import annotations

import os
import subprocess
import sys

from selenium import webdriver
from selenium.webdriver.common.by import By

from tests.journeys.people import SCAM, Citizen, Officer, Running, found, new_citizen, sees, start


def test_a_scam_is_pasted_explained_reported_and_seen_by_an_officer(
    service: Running, browser: webdriver.Chrome
) -> None:
    browser.get(service.address)
    citizen = Citizen(browser)
    answer = citizen.pastes(SCAM)
    assert "KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO" in answer.text
    assert "Giả điện lực dọa cắt điện" in answer.text
    marked = [mark.text for mark in answer.find_elements(By.TAG_NAME, "mark")]
    assert "evn-thanhtoan.top" in marked
    citizen.taps("Báo công an")
    citizen.taps("Đồng ý, gửi ngay")
    code = found(r"\b([0-9A-HJKMNP-TV-Z]{9})\b", citizen.reads())

    officer = Officer(service, browser, "truc-ban")
    officer.signs_in("truc-ban", service.first_password)
    sees(browser, lambda b: "dang-nhap" not in b.current_url)
    officer.opens("/can-bo/phan-anh")
    officer.waits_for("Phản ánh của người dân")
    row = next(r for r in browser.find_elements(By.CSS_SELECTOR, "tbody tr") if code in r.text)
    officer.presses(row.find_element(By.TAG_NAME, "a"))
    officer.waits_for("Người phản ánh")
    page = officer.reads
    assert "0905•••318" in page
    assert "0905123318" not in page
    assert "evn-thanhtoan.top" in [m.text for m in browser.find_elements(By.TAG_NAME, "mark")]


def test_the_red_button_is_one_step_and_the_page_fits_a_phone(service: Running, browser: webdriver.Chrome) -> None:
    browser.get(service.address)
    answer = Citizen(browser).after(browser.find_element(By.CSS_SELECTOR, "button.emergency"))
    assert "Đã chuyển tiền" in answer.text
    widths = "return [document.documentElement.scrollWidth, innerWidth, getComputedStyle(document.body).fontSize]"
    content, screen, size = browser.execute_script(widths)
    assert content <= screen
    assert float(size.removesuffix("px")) >= 18


def test_what_an_old_person_must_do_is_not_printed_pale(service: Running, browser: webdriver.Chrome) -> None:
    citizen = new_citizen(service, browser)
    colours = (
        "const p = [...arguments[0].querySelectorAll('.said p')]; return p.map((one) => getComputedStyle(one).color)"
    )
    pale = browser.execute_script(colours, citizen.pastes(SCAM))
    assert pale[0] != pale[-1]
    citizen.pastes("/chuto")
    name, do_now = browser.execute_script(colours, citizen.pastes(SCAM))
    assert name == do_now
    citizen.pastes("/chuto")
    assert len(set(browser.execute_script(colours, citizen.pastes("/trogiup")))) == 1


def test_what_is_pasted_is_text_and_never_runs(service: Running, browser: webdriver.Chrome) -> None:
    browser.get(service.address)
    citizen = Citizen(browser)
    citizen.pastes("<img src=x onerror='window.__x=1'><script>window.__x=1</script> hai gio nua cat dien")
    assert browser.execute_script("return window.__x === undefined")


def test_ctrl_c_stops_in_good_order_and_the_second_start_keeps_everything(service: Running) -> None:
    assert service.stop() < 10
    assert service.process.returncode == 0
    again = start(service.var)
    try:
        assert "Mật khẩu (chỉ hiện" not in again.printed
    finally:
        assert again.stop() < 10
        assert again.process.stdout is not None
        again.process.stdout.close()


def test_one_question_on_the_terminal(service: Running) -> None:
    environment = os.environ | {"CANHGIAC_VAR": str(service.var), "TEXT": SCAM}
    asked = subprocess.run(
        [sys.executable, "-m", "api", "ask"], env=environment, capture_output=True, text=True, check=True
    )
    assert "KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO" in asked.stdout
    assert "[Báo công an]" in asked.stdout
    assert asked.stderr == ""
