"""A citizen and an officer, in Debian's Chromium, against the service as it is run: real process, real knowledge."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

SCAM = (
    "Dien luc thong bao: gia dinh ban con no tien dien, 2 gio nua nhan vien se cat dien. "
    "Bam vao evn-thanhtoan.top de dong ngay hoac goi 0905123318"
)
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=390,844"
).split()


@dataclass
class Running:
    """A service that was started, what it printed, and where it keeps its data."""

    process: subprocess.Popen[str]
    printed: str
    var: Path

    @property
    def address(self) -> str:
        """Where it listens."""
        return found(r"đang chạy: (\S+)", self.printed)

    def stop(self) -> float:
        """Ctrl-C; gives how long it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(15)
        return time.monotonic() - began


def found(pattern: str, text: str) -> str:
    """What a pattern finds."""
    match = re.search(pattern, text)
    assert match is not None, text
    return match[1]


def start(var: Path) -> Running:
    """``make run`` without the make, on a free port."""
    environment = os.environ | {"CANHGIAC_VAR": str(var), "CANHGIAC_PORT": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", "api"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        if "Ctrl-C" in line:
            return Running(process, printed, var)
    raise AssertionError(printed)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The service for all journeys of this file."""
    service = start(tmp_path_factory.mktemp("journey") / "var")
    yield service
    if service.process.poll() is None:
        service.process.kill()
    service.process.wait()
    assert service.process.stdout is not None
    service.process.stdout.close()


@pytest.fixture
def browser() -> Iterator[webdriver.Chrome]:
    """A phone-sized Chromium."""
    options = Options()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))
    try:
        yield driver
        noise = [entry["message"] for entry in driver.get_log("browser")]  # type: ignore[no-untyped-call]
        assert not [line for line in noise if "Content Security Policy" in line or "Uncaught" in line], noise
    finally:
        driver.quit()


@dataclass
class Citizen:
    """Somebody with a phone."""

    browser: webdriver.Chrome

    def pastes(self, words: str) -> WebElement:
        """Pastes a message and asks; gives the answer."""
        self.browser.find_element(By.ID, "tin").send_keys(words)
        return self._after(self.browser.find_element(By.ID, "gui"))

    def taps(self, label: str) -> WebElement:
        """Taps the newest button with that label; gives the answer."""
        buttons = [b for b in self.browser.find_elements(By.CSS_SELECTOR, ".log button") if b.text == label]
        return self._after(buttons[-1])

    def _after(self, button: WebElement) -> WebElement:
        before = len(self._answers())
        self.browser.execute_script("arguments[0].click()", button)
        WebDriverWait(self.browser, 15).until(lambda _: len(self._answers()) > before)
        return self._answers()[before]

    def _answers(self) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, ".log article.bubble")

    def reads(self) -> str:
        """Everything said so far."""
        return self.browser.find_element(By.ID, "hoi-thoai").text


def test_a_scam_is_pasted_explained_reported_and_seen_by_an_officer(
    running: Running, browser: webdriver.Chrome
) -> None:
    browser.get(running.address)
    citizen = Citizen(browser)
    answer = citizen.pastes(SCAM)
    assert "KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO" in answer.text
    assert "Giả điện lực dọa cắt điện" in answer.text
    marked = [mark.text for mark in answer.find_elements(By.TAG_NAME, "mark")]
    assert "evn-thanhtoan.top" in marked
    citizen.taps("Báo công an")
    citizen.taps("Đồng ý, gửi ngay")
    code = found(r"\b([0-9A-HJKMNP-TV-Z]{9})\b", citizen.reads())

    browser.get(running.address + "/can-bo")
    browser.find_element(By.ID, "name").send_keys("truc-ban")
    browser.find_element(By.ID, "password").send_keys(found(r"chỉ hiện lần này\): (\S+)", running.printed))
    browser.find_element(By.CSS_SELECTOR, "button.primary").click()
    WebDriverWait(browser, 10).until(lambda b: "dang-nhap" not in b.current_url)
    browser.get(running.address + "/can-bo/phan-anh")
    WebDriverWait(browser, 10).until(lambda b: "Phản ánh của người dân" in b.page_source)
    row = next(r for r in browser.find_elements(By.CSS_SELECTOR, "tbody tr") if code in r.text)
    row.find_element(By.TAG_NAME, "a").click()
    WebDriverWait(browser, 10).until(lambda b: "Người phản ánh" in b.page_source)
    page = browser.find_element(By.TAG_NAME, "main").text
    assert "0905•••318" in page
    assert "0905123318" not in page
    assert "evn-thanhtoan.top" in [m.text for m in browser.find_elements(By.TAG_NAME, "mark")]


def test_the_red_button_is_one_step_and_the_page_fits_a_phone(running: Running, browser: webdriver.Chrome) -> None:
    browser.get(running.address)
    answer = Citizen(browser)._after(browser.find_element(By.CSS_SELECTOR, "button.emergency"))
    assert "Đã chuyển tiền" in answer.text
    widths = "return [document.documentElement.scrollWidth, innerWidth, getComputedStyle(document.body).fontSize]"
    content, screen, size = browser.execute_script(widths)
    assert content <= screen
    assert float(size.removesuffix("px")) >= 18


def test_what_is_pasted_is_text_and_never_runs(running: Running, browser: webdriver.Chrome) -> None:
    browser.get(running.address)
    citizen = Citizen(browser)
    citizen.pastes("<img src=x onerror='window.__x=1'><script>window.__x=1</script> hai gio nua cat dien")
    assert browser.execute_script("return window.__x === undefined")


def test_ctrl_c_stops_in_good_order_and_the_second_start_keeps_everything(running: Running) -> None:
    assert running.stop() < 10
    assert running.process.returncode == 0
    again = start(running.var)
    try:
        assert "Mật khẩu (chỉ hiện" not in again.printed
    finally:
        assert again.stop() < 10
        assert again.process.stdout is not None
        again.process.stdout.close()


def test_one_question_on_the_terminal(running: Running) -> None:
    environment = os.environ | {"CANHGIAC_VAR": str(running.var), "TEXT": SCAM}
    asked = subprocess.run(
        [sys.executable, "-m", "api", "ask"], env=environment, capture_output=True, text=True, check=True
    )
    assert "KHỚP VỚI THỦ ĐOẠN LỪA ĐẢO" in asked.stdout
    assert "[Báo công an]" in asked.stdout
    assert asked.stderr == ""
