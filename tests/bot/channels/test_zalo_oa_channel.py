"""What an Official Account sends: limits, the wire, error numbers, tokens, the window."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wording
from bot.channels.base import Rejected, Transient, WindowClosed
from bot.channels.zalo_oa import Choices, Rules, Sending, TokenPair, answers, may_send
from bot.replies import Reply
from tests.bot.channels import recorded, zalo
from tests.bot.channels.recorded import button
from tests.bot.channels.zalo import Store, account, oa, pair, tokens

LAN = "246845883529197922"
WITH_TOKEN = "https://openapi.zalo.me?access_token=access-one"
WORDS = "Bí mật của bác Lan"
SENT = {
    "error": 0,
    "message": "Success",
    "data": {"message_id": "m1", "user_id": LAN, "quota": {"quota_type": "reply", "remain": "7", "total": "8"}},
}
FRESH = {"access_token": "access-two", "refresh_token": "refresh-two", "expires_in": "90000"}


class Zalo:
    """A fake of both hosts: answers by path, what it was asked, and which tokens it takes."""

    def __init__(self, *told: Any, renewal: Any = FRESH, valid: tuple[str, ...] = ("access-one", "access-two")) -> None:
        self.told = list(told) or [SENT]
        self.renewal, self.valid = renewal, valid
        self.requests: list[httpx.Request] = []
        self.client = recorded.client(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path == "/v4/oa/access_token":
            return _response(self.renewal)
        if request.headers["access_token"] not in self.valid:
            return _response({"error": -216, "message": "Access token is invalid"})
        if request.url.path == "/v2.0/oa/upload/image":
            return _response({"error": 0, "data": {"attachment_id": f"picture-{len(self.requests)}"}})
        return _response(self.told.pop(0) if len(self.told) > 1 else self.told[0])

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(r.content) for r in self.requests if r.url.path == "/v3.0/oa/message/cs"]

    def renewals(self) -> list[str]:
        return [parse_qs(r.content.decode())["refresh_token"][0] for r in self.requests if r.url.path.startswith("/v4")]


def _response(told: Any) -> httpx.Response:
    return told if isinstance(told, httpx.Response) else httpx.Response(200, json=told)


@pytest.mark.parametrize("choices", Choices)
@given(reply=recorded.replies)
def test_a_reply_is_within_zalos_limits(choices: Choices, reply: Reply) -> None:
    messages = oa(recorded.answering({}), account(choices=choices)).render(reply)
    assert bool(messages) == bool(reply.text.strip() or reply.buttons)
    for message in messages:
        assert 1 <= len(message["message"]["text"]) <= 2000
        assert 1 <= len(message.get("plain", "x")) <= 2000
        shown = message["message"].get("attachment", {}).get("payload", {})
        rows = shown.get("buttons") or shown.get("elements") or []
        assert len(rows) <= 5
        assert all(1 <= len(row["title"]) <= 100 for row in rows)
        assert all(len(row.get("payload") or row["default_action"]["payload"]) <= 1000 for row in rows)


def test_choices_are_numbers_unless_buttons_are_switched_on() -> None:
    [message] = oa(recorded.answering({})).render(Reply("Có dấu hiệu lừa đảo.", buttons=(button(),)))
    assert message == {"message": {"text": f"Có dấu hiệu lừa đảo.\n\n{wording.VI.choose}\n1. Vì sao?"}}


def test_buttons_are_shown_with_the_numbers_in_reserve() -> None:
    [message] = oa(recorded.answering({}), account(choices=Choices.BUTTONS)).render(Reply("Xem.", buttons=(button(),)))
    assert message["message"]["attachment"]["payload"]["buttons"] == [
        {"title": "Vì sao?", "type": "oa.query.hide", "payload": "#cg|7KQ2M9XAB|checking|why"}
    ]
    assert message["plain"] == f"Xem.\n\n{wording.VI.choose}\n1. Vì sao?"


def test_six_choices_are_numbers() -> None:
    [message] = oa(recorded.answering({}), account(choices=Choices.BUTTONS)).render(
        Reply("Xem.", buttons=(button(),) * 6)
    )
    assert "attachment" not in message["message"]


async def test_a_message_goes_out_as_zalo_wants_it() -> None:
    fake = Zalo()
    channel = oa(fake.client)
    assert await channel.send(LAN, {"message": {"text": "Chào bác"}}) == "m1"
    assert fake.bodies() == [{"recipient": {"user_id": LAN}, "message": {"text": "Chào bác"}}]
    assert str(fake.requests[0].url) == "https://openapi.zalo.me/v3.0/oa/message/cs"
    assert "authorization" not in fake.requests[0].headers
    assert channel.quota == ("reply", 7)


async def test_a_proof_of_the_secret_goes_along_where_it_is_asked_for() -> None:
    fake = Zalo()
    await oa(fake.client, account(proof_secret="key")).send(LAN, {"message": {"text": "x"}})
    assert len(fake.requests[0].headers["appsecret_proof"]) == 64


@pytest.mark.parametrize("code", sorted(answers.NOT_AS_RICH))
async def test_refused_buttons_become_numbers_at_once(code: int) -> None:
    fake = Zalo({"error": code, "message": "no"}, SENT)
    channel = oa(fake.client, account(choices=Choices.BUTTONS))
    assert await channel.send(LAN, channel.render(Reply("Xem.", buttons=(button(),)))[0]) == "m1"
    assert fake.bodies()[1]["message"] == {"text": f"Xem.\n\n{wording.VI.choose}\n1. Vì sao?"}


CODES = [
    (-32, Transient, {"alarm": False, "maybe_sent": False}),
    (-200, Transient, {"maybe_sent": True}),
    *((code, WindowClosed, {}) for code in (-230, -232, -305, -311)),
    *((code, Rejected, {"gone": True}) for code in (-213, -217, -227, -244)),
    *((code, Transient, {"alarm": False}) for code in (-218, -234)),
    *(
        (code, Transient, {"alarm": True})
        for code in (-204, -205, -209, -211, -212, -219, -221, -223, -224, -320, -321)
    ),
    *((code, Rejected, {"gone": False, "alarm": False}) for code in (-201, -210, -233, -240)),
    (-99999, Rejected, {"alarm": True}),
    ("-230", WindowClosed, {}),
]


@pytest.mark.parametrize(("code", "kind", "told"), CODES)
async def test_an_error_number_is_retried_stopped_or_told(
    code: Any, kind: type[Exception], told: dict[str, Any]
) -> None:
    with pytest.raises(kind) as failed:
        await oa(Zalo({"error": code, "message": WORDS}).client).send(LAN, {"message": {"text": WORDS}})
    assert type(failed.value) is kind
    assert {name: getattr(failed.value, name) for name in told} == told
    assert WORDS not in str(failed.value)


@pytest.mark.parametrize(
    ("answer", "maybe_sent"),
    [
        (httpx.Response(500, text="<html>"), False),
        (httpx.Response(429, headers={"retry-after": "9"}), False),
        (httpx.Response(200, text="<html>"), True),
        (httpx.Response(200, json=[1]), True),
        (httpx.Response(200, json={"error": "x"}), True),
        (httpx.Response(302, headers={"location": "https://example.top"}), False),
    ],
)
async def test_what_is_no_answer_is_tried_again(answer: httpx.Response, maybe_sent: bool) -> None:
    with pytest.raises(Transient) as failed:
        await oa(Zalo(answer).client).send(LAN, {"message": {"text": "x"}})
    assert failed.value.maybe_sent is maybe_sent


@pytest.mark.parametrize(
    ("error", "maybe_sent"),
    [
        (httpx.ConnectError, False),
        (httpx.PoolTimeout, False),
        (httpx.ReadTimeout, True),
        (httpx.RemoteProtocolError, True),
    ],
)
async def test_only_what_was_never_connected_was_surely_not_sent(
    error: type[httpx.HTTPError], maybe_sent: bool
) -> None:
    with pytest.raises(Transient) as failed:
        await oa(recorded.failing(error, WITH_TOKEN)).send(LAN, {"message": {"text": "x"}})
    assert failed.value.maybe_sent is maybe_sent
    assert "access-one" not in "".join(traceback.format_exception(failed.value))


async def test_no_token_gets_into_a_log_or_an_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fake, store = Zalo(valid=()), Store(pair())
    with pytest.raises(Transient) as failed:
        await oa(fake.client, store=store).send(LAN, {"message": {"text": WORDS}})
    seen = caplog.text + "".join(traceback.format_exception(failed.value)) + repr(store.pair) + repr(account())
    assert failed.value.alarm
    assert not [
        secret for secret in ("access-", "refresh-", zalo.OA_SECRET, zalo.APP_SECRET, "bác Lan") if secret in seen
    ]


def test_at_night_a_message_waits_for_the_morning() -> None:
    evening = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    for hour, hours in ((6, 7), (5, 6)):
        failed = answers.failure(-234, evening, hour)
        assert isinstance(failed, Transient)
        assert failed.retry_after == hours * 3600


async def test_when_the_night_ends_and_how_fast_an_account_may_send_are_settings() -> None:
    channel = oa(recorded.answering({"error": -234}), account(night_ends=(recorded.NOW.hour + 8) % 24, per_second=5))
    assert (channel.pace.per_second, channel.pace.person_seconds) == (5, 0.5)
    with pytest.raises(Transient) as night:
        await channel.send(LAN, {"message": {"text": "Chào bác"}})
    assert 0 < (night.value.retry_after or 0) <= 3600


async def test_a_picture_is_uploaded_once_and_again_when_it_has_expired() -> None:
    fake = Zalo(SENT, SENT, {"error": -100, "message": "expired"}, SENT)
    channel = oa(fake.client)
    for _ in range(3):
        await channel.send_picture(LAN, b"\x89PNG", "Chia sẻ")
    ids = [body["message"]["attachment"]["payload"]["elements"][0]["attachment_id"] for body in fake.bodies()]
    assert ids == ["picture-1", "picture-1", "picture-1", "picture-5"]
    assert b'filename="picture.png"' in fake.requests[0].content


async def test_a_picture_too_large_or_still_refused_is_rejected() -> None:
    with pytest.raises(Rejected):
        await oa(Zalo().client).send_picture(LAN, b"x" * (1024 * 1024 + 1))
    with pytest.raises(Rejected):
        await oa(Zalo({"error": -100}).client).send_picture(LAN, b"x")


async def test_a_picture_of_a_citizen_is_fetched() -> None:
    assert (
        await oa(recorded.client(lambda _: httpx.Response(200, content=b"jpg"))).fetch(
            "https://f6.photo.talk.zdn.vn/1.jpg"
        )
        == b"jpg"
    )


async def test_a_stale_token_is_renewed_once_and_stored_before_it_is_used() -> None:
    fake, store = Zalo(valid=("access-two",)), Store(pair())
    assert await oa(fake.client, store=store).send(LAN, {"message": {"text": "x"}}) == "m1"
    assert store.log == ["locked", "stored access-two"]
    assert store.pair == TokenPair("access-two", "refresh-two", recorded.NOW, recorded.NOW + timedelta(hours=25))
    assert fake.requests[1].headers["secret_key"] == zalo.APP_SECRET


async def test_ten_replicas_renew_once() -> None:
    fake, store = Zalo(), Store(pair(age=timedelta(hours=23)))
    replicas = [tokens(fake.client, store) for _ in range(10)]
    assert set(await asyncio.gather(*(replica.access() for replica in replicas))) == {"access-two"}
    assert fake.renewals() == ["refresh-one"]


@pytest.mark.parametrize(("hours", "renewed"), [(0, False), (19, False), (23, True), (26, True)])
async def test_a_token_is_renewed_ahead_of_time(hours: int, renewed: bool) -> None:
    fake = Zalo()
    access = await tokens(fake.client, Store(pair(age=timedelta(hours=hours)))).access()
    assert (access == "access-two") is renewed


async def test_with_zalo_away_the_old_token_serves_until_it_expires() -> None:
    away = recorded.failing(httpx.ConnectError, "x")
    assert await tokens(away, Store(pair(age=timedelta(hours=23)))).access() == "access-one"
    with pytest.raises(Transient):
        await tokens(away, Store(pair(age=timedelta(hours=26)))).access()
    with pytest.raises(Transient):
        await tokens(away, Store(pair())).access(refused="access-one")


@pytest.mark.parametrize(
    "renewal", [{"error": -14002}, {"access_token": "a"}, {"access_token": 1, "refresh_token": 2}, {}]
)
async def test_a_refused_renewal_calls_a_person_and_is_not_asked_for_again(renewal: Any) -> None:
    fake = Zalo(renewal=renewal)
    kept = tokens(fake.client, Store(pair(age=timedelta(hours=26))))
    for _ in range(3):
        with pytest.raises(Transient) as failed:
            await kept.access()
        assert failed.value.alarm
    assert len(fake.renewals()) == 1


async def test_a_renewal_that_another_replica_made_meanwhile_is_taken() -> None:
    store = Store(pair(age=timedelta(hours=26)))

    def refuse(_: httpx.Request) -> httpx.Response:
        store.pair = pair("three")
        return httpx.Response(200, json={"error": -14009})

    assert await tokens(recorded.client(refuse), store).access() == "access-three"


@pytest.mark.parametrize(
    "answer", [httpx.Response(502), httpx.Response(200, text="<html>"), httpx.Response(200, json=[])]
)
async def test_garbage_instead_of_a_token_is_tried_again(answer: httpx.Response) -> None:
    with pytest.raises(Transient) as failed:
        await tokens(Zalo(renewal=answer).client, Store(pair(age=timedelta(hours=26)))).access()
    assert not failed.value.alarm


async def test_without_consent_a_person_is_called() -> None:
    with pytest.raises(Transient) as failed:
        await tokens(Zalo().client, Store(None)).access()
    assert failed.value.alarm


@pytest.mark.parametrize(("expires", "hours"), [("90000", 25), (90000, 25), ("", 25), ("soon", 25), (3600, 1)])
async def test_the_first_pair_is_stored(expires: Any, hours: int) -> None:
    store = Store(None)
    await tokens(Zalo(renewal=FRESH | {"expires_in": expires}).client, store).exchange("code", "verifier")
    assert store.pair
    assert store.pair.expires_at - store.pair.issued_at == timedelta(hours=hours)


def test_consent_is_asked_for_with_a_challenge() -> None:
    url = urlsplit(tokens(Zalo().client, Store(None)).consent_url("https://a.vn/cb", "verifier", "s1"))
    asked = parse_qs(url.query)
    assert (url.netloc, url.path) == ("oauth.zaloapp.com", "/v4/oa/permission")
    assert asked["code_challenge"] == ["iMnq5o6zALKXGivsnlom_0F5_WYda32GHkxlV7mq7hQ"]


def test_old_consent_is_noticed() -> None:
    assert pair(age=timedelta(days=61)).is_ageing(recorded.NOW)
    assert not pair(age=timedelta(days=1)).is_ageing(recorded.NOW)


FREE, PAID, WAIT = Sending.FREE, Sending.PAID, Sending.WAIT


@pytest.mark.parametrize(
    ("hours", "sent", "rules", "expected"),
    [
        (0, 0, Rules(), FREE),
        (47, 7, Rules(), FREE),
        (1, 8, Rules(), WAIT),
        (1, 8, Rules(free_messages=None), FREE),
        (1, 8, Rules(pay=True), PAID),
        (48, 0, Rules(), WAIT),
        (49, 0, Rules(pay=True), PAID),
        (167, 0, Rules(pay=True), PAID),
        (168, 0, Rules(pay=True), WAIT),
    ],
)
def test_when_an_account_may_write(hours: int, sent: int, rules: Rules, expected: Sending) -> None:
    assert may_send(recorded.NOW - timedelta(hours=hours), sent, recorded.NOW, rules) is expected


def test_to_somebody_who_never_wrote_nothing_is_sent() -> None:
    assert may_send(None, 0, recorded.NOW) is WAIT


@given(st.integers(0, 300), st.integers(0, 20), st.integers(0, 300))
def test_a_window_never_opens_by_waiting(hours: int, sent: int, later: int) -> None:
    order: Callable[[Sending], int] = [FREE, PAID, WAIT].index
    rules = Rules(pay=True)
    now = may_send(recorded.NOW - timedelta(hours=hours), sent, recorded.NOW, rules)
    assert order(may_send(recorded.NOW - timedelta(hours=hours + later), sent, recorded.NOW, rules)) >= order(now)
