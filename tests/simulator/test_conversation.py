"""A whole conversation on every messenger, by a citizen with a simulated phone: welcome to receipt, and the troubles."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from api.models import OutboxReply
from bot import wording
from knowledge.verdict import Level
from tests.fakes import SCAM, STORY
from tests.simulator import acts, payloads
from tests.simulator.conftest import Citizen, Make
from tests.simulator.messenger import Standing, Trouble

VI = wording.VI
SEEN_AS_SCAM = VI.mark[Level.SCAM]
ALL = pytest.mark.parametrize("channel", ["zalo_oa", "zalo_bot", "telegram"])
ROADS = pytest.mark.parametrize(
    ("channel", "polled"),
    [("zalo_oa", False), ("zalo_bot", False), ("zalo_bot", True), ("telegram", False), ("telegram", True)],
)


def before_gap(sentence: str) -> str:
    """The words up to the first gap or line's end."""
    return re.split(r"[{\n]", sentence, maxsplit=1)[0]


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "PNG")
    return out.getvalue()


async def greets(she: Citizen) -> None:
    if she.line.channel == "zalo_bot":  # the platform has no event for a beginning
        await she.says("/start", before_gap(VI.welcome))
        return
    await she.does("follow")
    await she.reads(before_gap(VI.welcome))


async def reports(she: Citizen) -> str:
    """From the answer that is on the screen to the receipt; gives its code."""
    await she.chooses(VI.buttons["report"], before_gap(VI.report_start))
    told = await she.chooses(VI.buttons["agree"], "1/")
    while VI.report_summary not in told:
        await she.does("text", text="tôi đọc mã OTP 482913, STK 19034567890123")
        told = await she.reads()
    assert "482913" not in told
    receipt = await she.chooses(VI.buttons["send"], before_gap(VI.ask_age))
    code = re.search(r"\b[0-9A-HJKMNP-TV-Z]{9}\b", receipt)
    assert code is not None
    return code[0]


@ROADS
async def test_the_whole_conversation(citizen: Make, channel: str, polled: bool) -> None:
    she = await citizen(channel, polled=polled)
    await greets(she)
    await she.chooses(VI.buttons["sample-dien-luc"], SEEN_AS_SCAM)
    await she.chooses(VI.buttons["why"], VI.why_title)
    assert before_gap(VI.share_title) in await she.chooses(VI.buttons["share"], photo=True)
    await she.says("sai rồi", VI.thanks_wrong)
    await she.says(STORY, VI.emergency_lead)
    code = await reports(she)
    await she.says(f"/tinhtrang {code}", VI.status["new"].format(code=code))
    assert all(not call["refusal"] for call in (await she.sees())["calls"])


@ALL
async def test_a_messenger_in_trouble_gets_the_answer_when_it_is_well(citizen: Make, channel: str) -> None:
    she = await citizen(channel)
    await she.says("/start", before_gap(VI.welcome))
    she.line.server.busy_seconds = 1
    she.line.server.trouble = Trouble.BROKEN
    await she.does("text", text=SCAM)
    while not any(call["refusal"] == Trouble.BROKEN for call in (await she.sees())["calls"]):
        await she.line.changes.after(she.line.changes.count, 1)
    she.line.server.trouble = Trouble.NONE
    await she.reads(SEEN_AS_SCAM)


@ALL
async def test_what_is_delivered_twice_is_answered_once(citizen: Make, channel: str) -> None:
    she = await citizen(channel)
    she.line.twice = True
    await she.says("/start", before_gap(VI.welcome))
    await she.says(SCAM, SEEN_AS_SCAM)
    await she.says("/trogiup", before_gap(VI.help))
    assert len([b for b in (await she.sees())["bubbles"] if b["side"] == "bot"]) == 3


@ALL
async def test_who_blocks_the_bot_hears_nothing_and_is_heard_again_later(citizen: Make, channel: str) -> None:
    she = await citizen(channel)
    await she.says("/start", before_gap(VI.welcome))
    she.line.standing[she.line.chat_of(acts.PEOPLE[0], group=False)] = Standing.BLOCKED
    await she.does("text", text=SCAM)
    while not any(call["refusal"] for call in (await she.sees())["calls"]):
        await she.line.changes.after(she.line.changes.count, 1)
    assert [b["side"] for b in (await she.sees())["bubbles"]] == ["me", "bot", "me"]
    await she.does("follow")
    await she.says("/trogiup", before_gap(VI.help))


async def waits(she: Citizen) -> bool:
    """Whether a message is kept until she writes: one that is only just refused goes by the next errand."""
    async with she.around.database.reading() as session:
        return (await session.scalars(select(OutboxReply.awaits).where(OutboxReply.awaits))).first() is True


async def test_an_account_waits_for_the_citizen_when_the_window_is_closed(citizen: Make) -> None:
    she = await citizen("zalo_oa", bubble_seconds="0")
    await she.says("/start", before_gap(VI.welcome))
    she.line.server.standing = lambda _: Standing.CLOSED
    await she.does("text", text=SCAM)
    while not await waits(she):
        await she.line.changes.after(she.line.changes.count, 0.1)
    she.line.server.standing = she.line.standing_of
    assert SEEN_AS_SCAM in await she.says("mai đi chợ không chị", VI.mark[Level.NONE])


async def test_an_account_that_takes_no_buttons_gets_numbers(citizen: Make) -> None:
    she = await citizen("zalo_oa", zalo_oa_choices="buttons")
    await she.says(SCAM, SEEN_AS_SCAM)
    assert [row[0]["label"] for row in she.newest[-1]["buttons"]][2] == VI.buttons["why"]
    await she.chooses(VI.buttons["why"], VI.why_title)
    she.line.server.takes_buttons = False
    await she.says(SCAM + " nhe", SEEN_AS_SCAM)
    assert not she.newest[-1]["buttons"]
    await she.chooses(VI.buttons["why"], VI.why_title)


@ALL
async def test_pictures_stickers_and_voice_are_answered(citizen: Make, channel: str) -> None:
    she = await citizen(channel)
    await she.says("/start", before_gap(VI.welcome))
    await she.does("photo", files=(png(), png()), text=SCAM)
    await she.reads(SEEN_AS_SCAM)
    await she.does("sticker")
    await she.reads(VI.sticker)
    await she.does("voice", files=(b"OggS",))
    await she.reads(VI.sound)


async def test_a_group_is_left_alone_until_it_asks(citizen: Make) -> None:
    she = await citizen("telegram")
    she.group = "1"
    await she.does("text", text="tối nay họp tổ dân phố")
    await she.says(f"@{payloads.BOT_NAME} {SCAM}", SEEN_AS_SCAM)
    await she.says("/im", VI.group_muted)
    await she.says("/noi", VI.group_awake)
    assert [b["side"] for b in (await she.sees())["bubbles"]] == ["me", "me", "bot", "me", "bot", "me", "bot"]


async def test_a_forward_a_correction_and_a_question_from_another_chat(citizen: Make) -> None:
    she = await citizen("telegram", bubble_seconds="0")
    await she.does("forward", text=SCAM, origin="Điện lực giả")
    await she.reads(SEEN_AS_SCAM)
    assert (await she.sees())["bubbles"][0]["origin"] == "Điện lực giả"
    await she.says("mai đi chợ không chị", VI.mark[Level.NONE])
    await she.does("edit", text=SCAM)
    await she.reads(SEEN_AS_SCAM)
    await she.does("inline", text=SCAM)
    await she.reads(SEEN_AS_SCAM)
    assert she.newest[-1]["kind"] == "inline"
