"""A curator and an approver in Debian's Chromium: a method is changed, tried, reviewed, published, told, rolled back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from api import clock, codes, vault
from api.access import accounts, sessions
from api.access.permissions import Role
from api.database import Database
from api.settings import Settings
from api.surroundings import Surroundings
from tests.fakes import knowledge
from tests.journeys.test_in_a_browser import SCAM, Citizen, Running, browser, start

__all__ = ["browser"]
METHOD = "/can-bo/kho?loai=method&tim=dien-luc-evn"
NEW_NAME = "Giả điện lực dọa cắt điện, đòi bấm link"
TRIAL_SECONDS = 300


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The service, with the real catalogue."""
    started = start(tmp_path_factory.mktemp("curator") / "var")
    yield started
    if started.process.poll() is None:
        started.process.kill()
    started.process.wait()
    assert started.process.stdout is not None
    started.process.stdout.close()


async def _hire(var: Path, name: str, role: Role) -> str:
    settings = Settings(var=var)
    database = Database(settings.database)
    keys = vault.load(settings.key_file, create=False)
    around = Surroundings(settings, database, keys, knowledge(), {}, codes.draw, clock.now)
    account = accounts.fresh(around, name, "", (role,), "!")
    account.must_change = False
    async with database.writing() as session:
        session.add(account)
    session_id = await sessions.open_for(around, account)
    await database.close()
    return session_id


class Officer:
    """Somebody of the unit, who takes over the browser when it is their turn."""

    def __init__(self, service: Running, browser: webdriver.Chrome, name: str, role: Role) -> None:
        self._service, self._browser = service, browser
        self._session = asyncio.run(_hire(service.var, name, role))

    def sits_down(self, path: str) -> None:
        """Open a page as themselves."""
        self._browser.get(self._service.address + "/healthz")
        self._browser.delete_all_cookies()
        self._browser.add_cookie({"name": "staff", "value": self._session, "sameSite": "Strict"})
        self.opens(path)

    def opens(self, path: str) -> None:
        """Open a page."""
        self._browser.get(path if path.startswith("http") else self._service.address + path)

    def clicks(self, label: str) -> None:
        """Press the first button or link of that name."""
        found = self._browser.find_element(
            By.XPATH, f"//main//*[self::button or self::a][contains(normalize-space(.), '{label}')]"
        )
        self._browser.execute_script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", found)

    def writes(self, field: str, words: str) -> None:
        """Replace what stands in a field."""
        box = self._browser.find_element(By.NAME, field)
        box.clear()
        box.send_keys(words)

    def waits_for(self, words: str, seconds: float = 15) -> None:
        """Until the page says so."""
        WebDriverWait(self._browser, seconds, 0.5).until(lambda b: words in b.find_element(By.TAG_NAME, "main").text)

    @property
    def reads(self) -> str:
        """The page."""
        return self._browser.find_element(By.TAG_NAME, "main").text


def wide(browser: webdriver.Chrome) -> bool:
    """Whether a phone would have to scroll sideways."""
    return bool(browser.execute_script("return document.documentElement.scrollWidth > window.innerWidth"))


def eventually(true: Callable[[], bool], seconds: float) -> float:
    """How long it took until it was true."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds
        time.sleep(0.1)
    return time.monotonic() - began


def test_a_method_is_changed_by_two_people_and_taken_back(service: Running, browser: webdriver.Chrome) -> None:
    lan = Officer(service, browser, "lan", Role.CURATOR)
    minh = Officer(service, browser, "minh", Role.APPROVER)

    lan.sits_down(METHOD)
    assert not wide(browser)
    browser.find_element(By.CSS_SELECTOR, "tbody a").click()
    lan.clicks("Soạn bản sửa")
    assert not wide(browser)
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

    minh.sits_down(draft)
    minh.writes("loi", "Tên mới rõ hơn.")
    browser.find_element(By.CSS_SELECTOR, "button[value=approve]").click()
    minh.waits_for("Đã duyệt, chờ ban hành")
    minh.opens("/can-bo/ban-hanh")
    assert not wide(browser)
    minh.writes("loi", "Đổi tên cho dễ hiểu")
    minh.clicks("Chuẩn bị ban hành")
    minh.waits_for("Đang chuẩn bị")
    enabled = "//button[contains(., 'Ban hành ngay') and not(@disabled)]"
    WebDriverWait(browser, 120, 0.5).until(lambda b: b.find_elements(By.XPATH, enabled))
    minh.clicks("Ban hành ngay")
    minh.waits_for("đang trả lời bằng bản này", 5)
    revision = browser.find_element(By.CSS_SELECTOR, ".card code").text

    answer = _ask(service, browser)
    assert NEW_NAME in answer
    minh.sits_down("/can-bo/ban-hanh")
    minh.writes("loi", "Tên dài quá")
    minh.clicks("Lùi về bản trước")
    minh.opens("/can-bo/ban-hanh")
    took = eventually(lambda: _live(minh) != revision, 5)
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
