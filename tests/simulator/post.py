"""Carries updates to the service: to its webhook, repeated until it takes them, or into the queue that it polls.

The pauses between two attempts are shorter than a real platform's, so that a person can watch. Must not know what an
update says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx

from tests.simulator import payloads
from tests.simulator.messenger import Call
from tests.simulator.world import Line

WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
HEADERS = {"telegram": "X-Telegram-Bot-Api-Secret-Token", "zalo_bot": "X-Bot-Api-Secret-Token"}


class Post:
    """The way from one messenger to the service; updates are delivered one after the other."""

    def __init__(self, line: Line, service: Callable[[], str], *, polled: bool) -> None:
        self._line, self._service, self._polled = line, service, polled
        self._waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def put(self, updates: list[dict[str, Any]]) -> None:
        """These updates are on their way."""
        for update in updates:
            for _ in range(2 if self._line.twice else 1):
                (self._line.server.updates if self._polled else self._waiting).put_nowait(update)

    async def run(self) -> None:
        """Deliver for ever."""
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            while True:
                await self._deliver(client, await self._waiting.get())

    async def _deliver(self, client: httpx.AsyncClient, update: dict[str, Any]) -> None:
        attempt = 0
        while True:
            answered = await self._tried(client, update, attempt)
            if answered.isdecimal() and (200 <= int(answered) < 300 or int(answered) in {401, 403, 413}):
                break
            await asyncio.sleep(WAITS[min(attempt, len(WAITS) - 1)])
            attempt += 1
        if not answered.startswith("2"):
            self._line.server.called(Call("webhook", f"dịch vụ từ chối: {answered}"))

    async def _tried(self, client: httpx.AsyncClient, update: dict[str, Any], attempt: int) -> str:
        """The status that the service answered with, or what went wrong."""
        body, headers = payloads.signed(update) if self._line.channel == "zalo_oa" else (None, {})
        url = f"{self._service()}/webhooks/zalo_oa"
        if self._line.channel != "zalo_oa":
            hook = self._line.server.webhook
            if not hook:
                return "no webhook yet"
            url, headers = hook["url"], {HEADERS[self._line.channel]: hook["secret"]}
        elif attempt:
            headers["num_retry"] = str(attempt)
        try:
            answer = await client.post(url, headers=headers, **({"content": body} if body else {"json": update}))
        except httpx.HTTPError as failed:
            if attempt == 0:
                self._line.server.called(Call("webhook", f"chưa giao được, sẽ giao lại: {type(failed).__name__}"))
            return type(failed).__name__
        return str(answer.status_code)
