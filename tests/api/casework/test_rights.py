"""A receipt code tells its owner how a report stands, and nobody else even that there is one."""

from __future__ import annotations

import re

from api import codes
from bot import wording
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.fakes import STORY


async def asks(site: Site, code: str) -> str:
    """What is answered to a code; a foreign and an absent one are told apart by nothing but what was typed."""
    answer = (await site.say(f"/tinhtrang {code}")).json()
    return re.sub(code, "CODE", "\n".join(reply["text"] for reply in answer["replies"]))


async def newcomer(site: Site) -> None:
    site.client.cookies.clear()
    await site.say("xin chào")


async def test_a_foreign_code_and_an_absent_one_are_answered_letter_for_letter_alike(site: Site) -> None:
    report = await desk.report(site.around, "an")
    await newcomer(site)
    foreign = await asks(site, report.code)
    assert foreign == await asks(site, codes.draw()) == await asks(site, "7K2M9QX4A")
    assert wording.VI.status_unknown in foreign


async def test_the_sixth_code_within_an_hour_is_not_looked_up(site: Site) -> None:
    await newcomer(site)
    said = [await asks(site, codes.draw()) for _ in range(6)]
    assert len(set(said[:5])) == 1
    assert said[5] != said[0]


async def test_a_hundred_thousand_guesses_hit_nothing(site: Site) -> None:
    """Of forty random bits a guess hits one in a million millions for each report that there is."""
    known = {(await desk.report(site.around, f"s{number}")).code for number in range(20)}
    guesses = {codes.draw() for _ in range(100_000)}
    assert all(codes.read(guess) == guess for guess in list(guesses)[:1000])
    assert not known & guesses
    assert len(guesses) > 99_900


async def test_a_cry_for_help_is_counted_apart_from_what_the_citizen_filed(site: Site) -> None:
    await site.say(STORY)
    answer = (await site.say("/dulieucuatoi")).json()
    said = "\n".join(reply["text"] for reply in answer["replies"])
    assert "Số phản ánh: 0" in said
    assert "Số lần kêu cứu, cán bộ trực thấy được: 1" in said


async def test_the_page_says_who_sees_a_cry_for_help(site: Site) -> None:
    assert "cán bộ trực thấy ngay tin đó" in (await site.client.get("/quyen-rieng-tu")).text
