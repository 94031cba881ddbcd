"""A citizen asks to be forgotten: each of their words is looked for in every column of every table, seals opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from api.access.sessions import Signed
from api.casework import campaigns, cases, feedback, following, likeness, retention, rights
from api.casework.attachments import Sent
from api.casework.cases import Acting, Status
from api.casework.whose import Whose
from api.curation import drafts, rows
from api.curation.pieces import Kind, Piece
from api.intake import outbox
from api.intake.outbox import Letter
from api.models import Campaign, Case, InboxUpdate
from api.surroundings import Surroundings
from api.vault import Vault
from bot.replies import Reply
from bot.turn import FeedbackGiven
from knowledge import toml_out
from tests.api.casework import desk
from tests.api.conftest import Site
from tests.api.curation.desk import LAN, small
from tests.fakes import SCAM, FakeClock

ASKED, COMPLAINED, TOLD, READ, CRIED = "maiasked", "maicomplained", "maitold", "mairead", "maicried"
DAY = 86_400.0


class OpenVault(Vault):
    """Seals nothing, so that what is sealed can be searched."""

    def __init__(self) -> None:
        super().__init__(b"k" * 32)

    def seal(self, where: str, row: str, plain: bytes) -> bytes:
        return plain

    def open(self, where: str, row: str, sealed: bytes) -> bytes:
        return sealed


async def places(around: Surroundings, *words: str) -> set[str]:
    """Every column, of whatever table the database has, that holds one of the words."""
    async with around.database.reading() as session:
        connection = await session.connection()
        found = MetaData()
        await connection.run_sync(found.reflect)
        assert {"cases", "inbox", "audit_rows", "alembic_version"} <= set(found.tables)
        held = set()
        for table in found.sorted_tables:
            for row in (await session.execute(select(table))).mappings():
                held |= {f"{table.name}.{name}" for name, value in row.items() if _holds(value, words)}
    return held


def _holds(value: Any, words: Iterable[str]) -> bool:
    said = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return any(word in said.lower() for word in words)


@pytest.fixture
def open_around(around: Surroundings) -> Surroundings:
    """Everything but running workers, and nothing sealed."""
    around.vault = OpenVault()
    return around


async def forget(around: Surroundings, sender: str, channel: str = "web") -> int:
    """What the erasure of a citizen does; gives how many reports are held."""
    async with around.database.writing() as session:
        return await rights.erase(session, around, Whose(sender, channel, around.clock()), 0)


async def merge(around: Surroundings, sender: str, into: str) -> None:
    """An officer merges one citizen's case into another's."""
    async with around.database.writing() as session:
        one, two = [
            (await session.scalars(select(Case).where(Case.sender == who, Case.status != Status.MERGED))).one()
            for who in (sender, into)
        ]
        await cases.merge(session, Acting(around, None, around.clock()), one, two)


async def set_status(around: Surroundings, sender: str, to: Status) -> None:
    async with around.database.writing() as session:
        case = (await session.scalars(select(Case).where(Case.sender == sender))).one()
        await cases.change_status(session, Acting(around, None, around.clock()), case, to)


async def complain(around: Surroundings, sender: str, text: str) -> None:
    async with around.database.writing() as session:
        row = await feedback.keep(session, Whose(sender, "web", around.clock()), FeedbackGiven(False, text, "scam", ()))
        await following.feedback(session, around, row)


async def texts(around: Surroundings) -> list[tuple[str, str]]:
    """Whose words each case shows, and which."""
    return [(case.sender, case.text) for case in await desk.all_cases(around)]


async def test_a_case_that_was_merged_away_shows_nothing_of_who_is_forgotten(open_around: Surroundings) -> None:
    await desk.report(open_around, "an", f"{SCAM} {ASKED}")
    await desk.report(open_around, "binh")
    await merge(open_around, "an", "binh")
    assert await forget(open_around, "an") == 0
    assert await places(open_around, ASKED) == set()
    assert await texts(open_around) == [("", ""), ("binh", (await texts(open_around))[1][1])]
    assert await places(open_around, "cat dien"), "somebody else's own words stay"


async def test_a_case_that_holds_others_goes_on_with_their_words(open_around: Surroundings) -> None:
    await desk.report(open_around, "binh", f"{SCAM} {TOLD}")
    await desk.report(open_around, "an", f"{SCAM} {ASKED}")
    await merge(open_around, "binh", "an")
    await forget(open_around, "an")
    assert await places(open_around, ASKED) == set()
    merged, left = await texts(open_around)
    assert merged[0] == left[0] == "binh"
    assert TOLD in left[1]


async def test_a_merge_of_merges_forgets_who_came_first(open_around: Surroundings) -> None:
    for sender, word in (("an", ASKED), ("binh", TOLD), ("chi", CRIED)):
        await desk.report(open_around, sender, f"{SCAM} {word}")
    await merge(open_around, "an", "binh")
    await merge(open_around, "binh", "chi")
    await forget(open_around, "an")
    assert await places(open_around, ASKED) == set()
    await forget(open_around, "binh")
    assert await places(open_around, TOLD) == set()
    assert [text for sender, text in await texts(open_around) if sender] == [(await texts(open_around))[2][1]]
    assert await places(open_around, CRIED)


async def test_a_held_report_keeps_its_words_wherever_its_case_was_merged(open_around: Surroundings) -> None:
    for sender, word in (("an", ASKED), ("binh", TOLD), ("chi", CRIED)):
        await desk.report(open_around, sender, f"{SCAM} {word}")
    await set_status(open_around, "an", Status.WORKING)
    await merge(open_around, "an", "binh")
    await merge(open_around, "binh", "chi")
    before = await texts(open_around)
    assert await forget(open_around, "an") == 1
    assert await texts(open_around) == before


@pytest.mark.parametrize("to", [Status.WORKING, Status.DECIDED, Status.CLOSED])
async def test_a_complaint_that_was_worked_on_keeps_the_decision_without_the_words(
    open_around: Surroundings, to: Status
) -> None:
    await complain(open_around, "an", f"{SCAM} {COMPLAINED}")
    await set_status(open_around, "an", to)
    await forget(open_around, "an")
    assert await places(open_around, COMPLAINED) == set()
    (case,) = await desk.all_cases(open_around)
    assert (case.status, case.sender, case.text) == (to.value, "", "")


async def test_a_complaint_that_is_split_off_shows_its_own_words(open_around: Surroundings) -> None:
    await complain(open_around, "binh", f"{SCAM} {TOLD}")
    await desk.report(open_around, "an", f"{SCAM} {ASKED}")
    await merge(open_around, "binh", "an")
    async with open_around.database.writing() as session:
        case = (await session.scalars(select(Case).where(Case.sender == "an"))).one()
        leaving = next(item for item in await cases.items(session, case) if item.sender == "binh")
        made = await cases.split(session, Acting(open_around, None, open_around.clock()), case, [leaving.id])
        assert TOLD in made.text
    await forget(open_around, "an")
    assert await places(open_around, ASKED) == set()


async def test_the_page_of_a_case_without_words_says_so(site: Site) -> None:
    await complain(site.around, "an", f"{SCAM} {COMPLAINED}")
    await set_status(site.around, "an", Status.WORKING)
    await forget(site.around, "an")
    await desk.sign_in(site, "operator")
    (case,) = await desk.all_cases(site.around)
    shown = await site.client.get(f"/can-bo/vu-viec/{case.id}")
    assert shown.status_code == 200
    assert "đã được xóa" in shown.text
    assert "đã được xóa" in (await site.client.get("/can-bo/vu-viec?trang-thai=all")).text


async def wave(around: Surroundings) -> Campaign:
    """Three people ask about the same message; each of them wrote one word that the others did not."""
    for sender, word in (("an", ASKED), ("binh", "duytan"), ("chi", "ngheAn")):
        words = f"Chúc mừng {word} đã trúng thưởng xe máy SH, vui lòng đóng phí nhận quà vào tài khoản trong hôm nay"
        await desk.ask(around, sender, words)
    async with around.database.reading() as session:
        return (await session.scalars(select(Campaign))).one()


async def drafted(around: Surroundings, campaign: Campaign, by: Signed = LAN) -> str:
    """The body of a draft that a curator began from a campaign."""
    await rows.ensure_imported(around.database, around.clock(), small())
    async with around.database.reading() as session:
        known = await campaigns.known(session, campaign, around.clock())
    body = toml_out.write_table({"slug": "trung-thuong", "name": "Trúng thưởng"} | campaigns.draft(known))
    await drafts.start(around, by, Piece(Kind.METHOD, "trung-thuong", body), words=campaigns.told(known))
    return body


async def test_a_draft_holds_only_what_several_people_sent(open_around: Surroundings) -> None:
    body = await drafted(open_around, await wave(open_around))
    assert "trúng thưởng xe máy SH" in body
    assert ASKED not in body
    await forget(open_around, "an")
    assert await places(open_around, ASKED) == set()


def test_words_of_one_person_are_left_out_and_those_of_two_are_not() -> None:
    said = [("an", "Chào Hoa, xe máy SH"), ("binh", "Chào Lan Anh, xe máy SH"), ("an", "Chào Hoa, xe máy")]
    assert likeness.shared(said) == ["Chào … xe máy SH", "Chào … xe máy"]
    assert likeness.shared([("an", "Chào, Lan"), ("binh", "chào. Hoa")]) == ["Chào, …", "chào. …"]
    assert likeness.shared([("an", "Chào Hoa"), ("an", "Chào Hoa")]) == []


async def test_retention_forgets_a_complaint_as_erasure_does(open_around: Surroundings, clock: FakeClock) -> None:
    await complain(open_around, "an", f"{SCAM} {COMPLAINED}")
    await complain(open_around, "binh", f"{SCAM} {TOLD}")
    await set_status(open_around, "binh", Status.WORKING)
    clock.move(91 * DAY)
    await desk.report(open_around, "chi", f"{SCAM} {CRIED}")
    for step in retention.STEPS.values():
        await step(open_around)
    assert await places(open_around, COMPLAINED, TOLD) == set()
    assert await places(open_around, CRIED)
    assert [(case.sender, case.status) for case in await desk.all_cases(open_around)] == [
        ("", "working"),
        ("chi", "new"),
    ]


async def test_a_report_with_a_picture_leaves_neither(open_around: Surroundings) -> None:
    await desk.report(open_around, "an", f"{SCAM} {ASKED}", pictures={"ref": Sent(READ.encode(), READ)}, who=TOLD)
    assert await places(open_around, ASKED, READ, TOLD) >= {"reports.text", "attachments.text", "reports.answers"}
    await forget(open_around, "an", "zalo_oa")
    assert await places(open_around, ASKED, READ, TOLD) == set()


async def test_a_question_in_a_group_goes_with_its_answer_and_what_others_said_there_stays(
    open_around: Surroundings,
) -> None:
    at = open_around.clock()
    async with open_around.database.writing() as session:
        for number, word in ((1, ASKED), (2, TOLD)):
            update = InboxUpdate(channel="telegram", update_id=str(number), sender="group", handled_at=at)
            update.payload, update.received_at = word.encode(), at
            session.add(update)
            await session.flush()
            letter = Letter("web", "group", "address", f"telegram:{number}", update.id, in_group=True)
            outbox.queue(session, open_around, letter, (Reply(f"Bạn hỏi “{word}”"),), at)
    await desk.ask(open_around, "an", f"{SCAM} {ASKED}", "telegram", "telegram:1:0")
    await desk.ask(open_around, "binh", f"{SCAM} {TOLD}", "telegram", "telegram:2:0")
    await forget(open_around, "an", "telegram")
    assert await places(open_around, ASKED) == set()
    assert await places(open_around, TOLD) >= {"inbox.payload", "outbox.message", "checks.text"}
