"""The service as it is run, a browser, and the people who use it, by the verbs of what they do.

One generous wait serves all: a journey fails when something does not happen, not when a busy machine is slow.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait

from api import clock, codes, vault
from api.access import accounts, sessions
from api.access.permissions import Role
from api.database import Database
from api.settings import Settings
from api.surroundings import Surroundings
from tests.fakes import knowledge

WAIT = 90.0
SCAM = (
    "Dien luc thong bao: gia dinh ban con no tien dien, 2 gio nua nhan vien se cat dien. "
    "Bam vao evn-thanhtoan.top de dong ngay hoac goi 0905123318"
)
PHONE, DESK = (390, 844), (1280, 900)
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

    @property
    def first_password(self) -> str:
        """What it printed for the first person."""
        return found(r"chỉ hiện lần này\): (\S+)", self.printed)

    def stop(self) -> float:
        """Ctrl-C; gives how long it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(WAIT)
        return time.monotonic() - began

    def end(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def found(pattern: str, text: str) -> str:
    """What a pattern finds."""
    match = re.search(pattern, text)
    assert match is not None, text
    return match[1]


def filled(path: str, key: str) -> str:
    """The path of a route with a key in it."""
    return re.sub(r"\{[^}]+\}", key, path)


def start(var: Path, part: str = "run", **settings: str) -> Running:
    """``make run`` without the make, on a free port; or a part of the service as a process of its own."""
    given = {"CANHGIAC_VAR": str(var), "CANHGIAC_PORT": "0"} | {f"CANHGIAC_{name}": v for name, v in settings.items()}
    complaints = var.with_name("complaints.txt")
    with complaints.open("a", encoding="utf-8") as file:
        process = subprocess.Popen(  # noqa: S603 - our own service
            [sys.executable, "-m", "api", part], env=os.environ | given, stdout=subprocess.PIPE, stderr=file, text=True
        )
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        if "Ctrl-C" in line:
            return Running(process, printed, var)
    raise AssertionError(printed + complaints.read_text(encoding="utf-8")[-3000:])


def warm(service: Running) -> None:
    """Ask a first question, so that nobody on a journey waits for dictionaries to be read."""
    with httpx.Client(base_url=service.address, headers={"Origin": service.address}, timeout=WAIT) as client:
        told = client.post("/api/web/messages", json={"text": SCAM}).json()
        until(lambda: not client.get("/api/web/replies", params={"id": told["id"]}).json()["pending"])


def chromium() -> webdriver.Chrome:
    """A phone-sized Chromium."""
    options = Options()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))


def noise(browser: webdriver.Chrome) -> list[str]:
    """What a page complained about that must not be."""
    entries = [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    return [line for line in entries if "Content Security Policy" in line or "Uncaught" in line]


def until(true: Callable[[], object], seconds: float = WAIT) -> float:
    """Wait until it is true; gives how long that took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds
        time.sleep(0.1)
    return time.monotonic() - began


def sees(browser: webdriver.Chrome, true: Callable[[webdriver.Chrome], object], seconds: float = WAIT) -> None:
    """Wait until the page shows it; what is just being replaced is looked at again."""
    passing = (NoSuchElementException, StaleElementReferenceException)
    WebDriverWait(browser, seconds, 0.2, ignored_exceptions=passing).until(true)


def fits(browser: webdriver.Chrome) -> bool:
    """Whether nothing sticks out of the screen."""
    return bool(browser.execute_script("return document.documentElement.scrollWidth <= innerWidth"))


@dataclass
class Citizen:
    """Somebody with a phone."""

    browser: webdriver.Chrome

    def pastes(self, words: str) -> WebElement:
        """Pastes a message and asks; gives the answer."""
        self.browser.find_element(By.ID, "tin").send_keys(words)
        return self.after(self.browser.find_element(By.ID, "gui"))

    def taps(self, label: str) -> WebElement:
        """Taps the newest button with that label; gives the answer."""
        buttons = [b for b in self.browser.find_elements(By.CSS_SELECTOR, ".log button") if b.text == label]
        return self.after(buttons[-1])

    def after(self, button: WebElement) -> WebElement:
        """What is answered to a button."""
        before = len(self._answers())
        self.browser.execute_script("arguments[0].click()", button)
        sees(self.browser, lambda _: len(self._answers()) > before)
        return self._answers()[before]

    def _answers(self) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, ".log article.bubble")

    def reads(self) -> str:
        """Everything said so far."""
        return self.browser.find_element(By.ID, "hoi-thoai").text


def new_citizen(service: Running, browser: webdriver.Chrome) -> Citizen:
    """Somebody who was never here."""
    browser.get(service.address + "/healthz")
    browser.delete_all_cookies()
    browser.get(service.address)
    return Citizen(browser)


def surroundings(service: Running) -> Surroundings:
    """The service's own database and keys, for what a test prepares behind its back. Close the database."""
    settings = Settings(var=service.var)
    keys = vault.load(settings.key_file, create=False)
    return Surroundings(settings, Database(settings.database), keys, knowledge(), {}, codes.draw, clock.now)


async def hire(
    around: Surroundings, name: str, *roles: Role, second_factor: bool = False, pending: bool = False
) -> str:
    """An officer who is signed in, or still has to give the code; gives the session."""
    account = accounts.fresh(around, name, "", roles, "!")
    account.must_change, account.totp_on = False, second_factor
    async with around.database.writing() as session:
        session.add(account)
    return await sessions.open_for(around, account, pending=pending)


async def _hire(service: Running, name: str, roles: tuple[Role, ...]) -> str:
    around = surroundings(service)
    session_id = await hire(around, name, *roles)
    await around.database.close()
    return session_id


class Officer:
    """Somebody of the unit, who takes over the browser when it is their turn."""

    def __init__(self, service: Running, browser: webdriver.Chrome, name: str, *roles: Role, session: str = "") -> None:
        self.browser = browser
        self._service = service
        self._session = asyncio.run(_hire(service, name, roles)) if roles else session

    def sits_down(self, path: str) -> None:
        """Open a page as themselves."""
        self.browser.get(self._service.address + "/healthz")
        self.browser.delete_all_cookies()
        if self._session:
            self.browser.add_cookie({"name": "staff", "value": self._session, "sameSite": "Strict"})
        self.opens(path)

    def opens(self, path: str) -> None:
        """Open a page."""
        self.browser.get(path if path.startswith("http") else self._service.address + path)

    def signs_in(self, name: str, password: str) -> None:
        """Fill in the form at the door and send it."""
        self.sits_down("/can-bo/dang-nhap")
        self.writes("name", name)
        self.writes("password", password)
        self.clicks("Đăng nhập")

    def clicks(self, label: str) -> None:
        """Press the first button or link of that name, and wait for the page it leads to."""
        xpath = f"//main//*[self::button or self::a][contains(normalize-space(.), '{label}')]"
        self.presses(self.browser.find_element(By.XPATH, xpath))

    def presses(self, thing: WebElement) -> None:
        """Press something that leads to a page."""
        page = self.browser.find_element(By.TAG_NAME, "html")
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", thing)
        sees(self.browser, staleness_of(page))

    def writes(self, field: str, words: str) -> None:
        """Replace what stands in a field."""
        box = self.browser.find_element(By.NAME, field)
        box.clear()
        box.send_keys(words)

    def ticks(self, field: str, value: str) -> None:
        """Choose one box or button of a group."""
        box = self.browser.find_element(By.CSS_SELECTOR, f"input[name='{field}'][value='{value}']")
        self.browser.execute_script("arguments[0].click()", box)

    def waits_for(self, words: str, seconds: float = WAIT) -> None:
        """Until the page says so."""
        sees(self.browser, lambda b: words in b.find_element(By.TAG_NAME, "main").text, seconds)

    @property
    def reads(self) -> str:
        """The page."""
        return self.browser.find_element(By.TAG_NAME, "main").text
