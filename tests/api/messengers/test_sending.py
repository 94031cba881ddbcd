"""What messengers impose on sending: pace, windows, moved and lost chats, alarms, tokens; nobody held up by another."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from starlette.responses import JSONResponse, Response

from api.intake import delivery, inbox, outbox
from api.intake.outbox import Letter
from api.messengers import receiving
from api.messengers.tokens import StoredTokens
from api.messengers.words import LATE
from api.models import ChannelTokens, OutboxReply, Subscription
from bot import wording
from bot.channels.zalo_oa import ZaloTokens
from bot.replies import Button, Reply
from tests.api.messengers.conftest import Make, World
from tests.fakes import SCAM
from tests.simulator import payloads

_numbers = itertools.count()


async def rows(world: World) -> list[OutboxReply]:
    async with world.around.database.reading() as session:
        return list((await session.scalars(select(OutboxReply).order_by(OutboxReply.id))).all())


async def queue(world: World, count: int, *, to: str = "", in_group: bool = False) -> None:
    """Some messages that answer nothing, to as many people or to one."""
    around = world.around
    for number in range(count):
        address = to or str(9000 + number)
        letter = Letter(
            world.channel.name,
            around.vault.pseudonym(world.channel.name, address),
            address,
            f"news:{next(_numbers)}",
            in_group=in_group,
        )
        async with around.database.writing() as session:
            outbox.queue(session, around, letter, (Reply(f"Tin {number}"),), around.clock())


async def test_all_replicas_together_keep_to_the_pace_of_the_bot(world: Make) -> None:
    here = await world("telegram")
    await queue(here, 40)
    delays: list[float] = []
    for _ in range(20):
        claimed = await delivery.claim(here.around, "telegram", 4)
        delays += [delay for _, delay in claimed]
    assert len(delays) <= 6  # none is reserved far ahead: they stay free for another replica
    assert delays == sorted(delays)
    assert delays[1] - delays[0] == pytest.approx(1 / 28, abs=1e-3)
    here.clock.move(1)
    assert await delivery.claim(here.around, "telegram", 4)


async def test_one_person_hears_one_message_a_second_and_others_do_not_wait(world: Make) -> None:
    here = await world("telegram")
    await queue(here, 3, to="9001")
    await queue(here, 2)
    for _ in range(10):
        await delivery.deliver(here.around)
        here.clock.move(0.05)
    assert [one.to for one in here.server.sent].count("9001") == 1
    assert len(here.server.sent) == 2  # 9001 is also the second of the two people
    here.clock.move(1)
    await delivery.deliver(here.around)
    assert here.texts[-1] == "Tin 1"


async def test_a_group_hears_one_message_in_three_seconds(world: Make) -> None:
    here = await world("telegram")
    await queue(here, 2, to="-5", in_group=True)
    await delivery.deliver(here.around)
    here.clock.move(2)
    assert not await delivery.deliver(here.around)
    here.clock.move(1.1)
    assert await delivery.deliver(here.around)


async def test_retry_after_is_honoured_and_holds_up_nobody_else(world: Make) -> None:
    here = await world("telegram")
    busy = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 40}}
    here.server.failures.append(JSONResponse(busy, 429))
    await queue(here, 2)
    await here.settle()
    assert here.texts == ["Tin 1"]
    here.clock.move(30)
    await here.settle()
    assert here.texts == ["Tin 1"]
    here.clock.move(15)
    await here.settle()
    assert here.texts == ["Tin 1", "Tin 0"]


async def test_a_blocked_bot_is_an_unsubscription(world: Make) -> None:
    here = await world("telegram")
    await here.hear(payloads.telegram("/dangky", 9000))
    await here.hear(payloads.telegram("tất cả", 9000))
    await here.settle()
    blocked = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
    here.server.failures.append(JSONResponse(blocked, 403))
    await queue(here, 3, to="9000")
    here.clock.move(5)
    await here.settle()
    assert {row.stopped_why for row in await rows(here) if row.stopped_at} == {"blocked or removed", "gone"}
    async with here.around.database.reading() as session:
        assert not (await session.scalars(select(Subscription))).all()


async def test_a_group_that_moved_gets_what_waits_for_it(world: Make) -> None:
    here = await world("telegram")
    moved = {"ok": False, "error_code": 400, "description": "Bad Request: group chat was upgraded to a supergroup chat",
             "parameters": {"migrate_to_chat_id": -1009}}  # fmt: skip
    here.server.failures.append(JSONResponse(moved, 400))
    await queue(here, 2, to="-5", in_group=True)
    await here.settle()
    here.clock.move(4)
    await here.settle()
    assert [(one.to, one.text) for one in here.server.sent] == [("-1009", "Tin 0"), ("-1009", "Tin 1")]


async def test_outside_the_window_it_waits_for_the_citizens_next_message(world: Make) -> None:
    here = await world("zalo_oa")
    await here.hear(payloads.zalo_oa("chào anh chị", "7001"))
    await here.settle()
    here.clock.move(timedelta(days=3).total_seconds())
    await queue(here, 1, to="7001")
    await here.settle()
    assert len(here.server.sent) == 1
    assert (await rows(here))[-1].awaits
    later = payloads.zalo_oa("tôi đây", "7001")
    later["timestamp"] = str(int(here.clock().timestamp() * 1000))
    await here.hear(later)
    await here.settle()
    assert here.texts[1] == "Tin 0"
    assert len(here.texts) == 3


async def test_the_free_messages_of_a_window_are_counted(world: Make) -> None:
    here = await world("zalo_oa", zalo_oa_free_messages=2)
    first = payloads.zalo_oa("chào anh chị", "7001")
    first["timestamp"] = str(int(here.clock().timestamp() * 1000))
    await here.hear(first)
    await here.settle()
    await queue(here, 3, to="7001")
    here.clock.move(5)
    await here.settle()
    assert len(here.server.sent) == 2
    assert [row.awaits for row in await rows(here)] == [False, False, True, False]


async def test_a_window_that_only_zalo_knows_to_be_closed_waits_too(world: Make) -> None:
    here = await world("zalo_oa")
    await queue(here, 1, to="7001")
    await here.channel._tokens.access()
    here.server.failures.append(JSONResponse({"error": -230, "message": "…"}))
    await here.settle()
    assert (await rows(here))[0].awaits


async def test_what_needs_a_person_is_an_alarm_and_is_still_delivered_later(world: Make) -> None:
    here = await world("zalo_bot")
    here.server.failures.append(JSONResponse({"ok": False, "error_code": 401, "description": "unauthorized"}))
    await queue(here, 1)
    await here.settle()
    row = (await rows(here))[0]
    assert (row.alarm, row.last_error) == (True, "bot error 401")
    here.clock.move(3700)
    await here.settle()
    row = (await rows(here))[0]
    assert (row.alarm, row.sent_at is not None) == (False, True)


async def test_no_clear_answer_is_tried_again_and_marked(world: Make) -> None:
    here = await world("zalo_bot")
    here.server.failures.append(Response("<html>", 500))
    await queue(here, 1)
    await here.settle()
    assert (await rows(here))[0].maybe_sent
    here.clock.move(10)
    await here.settle()
    assert here.texts == ["Tin 0"]


async def test_answers_that_nobody_waits_for_any_more_become_one_apology(world: Make) -> None:
    here = await world("telegram")
    here.server.down = True
    for number in range(3):
        await here.hear(payloads.telegram(f"{SCAM} lần {number}", 9000))
    await here.settle()
    here.clock.move(delivery.STALE.total_seconds() + 1)
    here.server.down = False
    await here.settle()
    assert here.texts == [LATE["vi"]]
    assert [row.stopped_why for row in await rows(here)] == ["late"] * 3 + [None]


async def test_a_clock_that_is_set_back_holds_up_nothing(world: Make) -> None:
    here = await world("telegram")
    await here.hear(payloads.telegram(SCAM, 9000))
    here.server.down = True
    await here.settle()
    await here.hear(payloads.telegram(SCAM, 9001))
    claimed = await inbox.claim(here.around)
    assert claimed is not None
    here.clock.move(-86_400)
    here.server.down = False
    await here.settle()
    assert sorted(one.to for one in here.server.sent) == ["9000", "9001"]


async def test_a_messenger_that_is_down_for_a_minute_delays_and_loses_nothing(world: Make) -> None:
    here = await world("zalo_bot")
    here.server.down = True
    for number in range(5):
        await here.hear(payloads.zalo_bot(SCAM, f"b{number}"))
    for _ in range(12):
        await here.settle()
        here.clock.move(5)
    assert here.texts == []
    here.server.down = False
    here.clock.move(80)
    for _ in range(10):
        await here.settle()
        here.clock.move(5)
    assert sorted(one.to for one in here.server.sent) == [f"b{n}" for n in range(5)]


def tokens(world: World, client: httpx.AsyncClient, first: str = "refresh-0") -> ZaloTokens:
    around = world.around
    store = StoredTokens(around.database, around.vault, around.clock, first=first, place=around.settings.var)
    return ZaloTokens(
        store, client, around.clock, app_id=payloads.APP, app_secret=payloads.APP_SECRET, oauth_base=world.address
    )


async def test_several_replicas_renew_the_token_once(world: Make) -> None:
    here = await world("zalo_oa")
    async with httpx.AsyncClient(trust_env=False) as client:
        replicas = [tokens(here, client) for _ in range(4)]
        given = await asyncio.gather(*(one.access() for one in replicas))
        assert set(given) == {here.server.access_token}
        assert here.server.refreshes == 1
        here.clock.move(timedelta(hours=23).total_seconds())
        await asyncio.gather(*(one.access() for one in replicas))
        assert here.server.refreshes == 2


async def test_the_tokens_are_sealed_and_a_new_first_token_replaces_them(world: Make) -> None:
    here = await world("zalo_oa")
    async with httpx.AsyncClient(trust_env=False) as client:
        await tokens(here, client).access()
        async with here.around.database.reading() as session:
            row = (await session.scalars(select(ChannelTokens))).one()
        assert b"access-" not in row.pair
        here.server.refresh_token = "given-by-hand"
        assert await tokens(here, client, "given-by-hand").access() == here.server.access_token
        assert here.server.refreshes == 2


@pytest.mark.parametrize("channel", ["zalo_bot", "telegram"])
async def test_polling_stores_before_it_asks_for_more(world: Make, channel: str) -> None:
    here = await world(channel, **{f"{channel}_mode": "polling"})
    make: Any = payloads.zalo_bot if channel == "zalo_bot" else payloads.telegram
    for _ in range(3):
        here.server.updates.put_nowait(make(SCAM))
    async with receiving.running(here.around):
        for _ in range(200):
            await asyncio.sleep(0.02)
            await here.settle()
            if len(here.server.sent) == 3:
                break
    assert len(here.server.sent) == 3


async def test_started_messengers_get_menu_and_webhook(world: Make) -> None:
    here = await world("telegram", base_url="https://canhgiac.example")
    async with receiving.running(here.around):
        for _ in range(100):
            await asyncio.sleep(0.02)
            if "setWebhook" in here.server.calls:
                break
    assert here.server.calls[:4] == ["getMe", "setMyCommands", "setMyCommands", "setWebhook"]


@pytest.mark.parametrize("channel", ["zalo_oa", "zalo_bot", "telegram"])
async def test_of_two_bubbles_with_choices_a_number_means_one_thing(world: Make, channel: str) -> None:
    here = await world(channel)
    yes, why, other = (Button(label, "S", "checking", label) for label in ("Có", "Vì sao?", "Không phải"))
    letter = Letter(here.channel.name, here.around.vault.pseudonym(channel, "9000"), "9000", "news:two")
    async with here.around.database.writing() as session:
        replies = (Reply("Có dấu hiệu.", buttons=(why,)), Reply("Cái nào?", buttons=(yes, other)))
        outbox.queue(session, here.around, letter, replies, here.around.clock())
    await here.settle()
    if channel == "telegram":
        assert here.texts == ["Có dấu hiệu.", "Cái nào?"]
        return
    choose = wording.VI.choose
    assert here.texts == ["Có dấu hiệu.", f"Cái nào?\n\n{choose}\n1. Có\n2. Không phải\n3. Vì sao?"]
