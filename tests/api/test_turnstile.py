"""One at a time, in order; who may go first waits for the one inside only."""

from __future__ import annotations

import asyncio

import pytest

from api.turnstile import Turnstile


async def go_through(turnstile: Turnstile, name: str, seen: list[str], *, first: bool = False) -> None:
    async with turnstile.passing(5, first=first):
        seen.append(name)
        await asyncio.sleep(0)


async def test_first_goes_before_those_who_came_earlier(turnstile: Turnstile) -> None:
    seen: list[str] = []
    async with turnstile.passing(5):
        goers = [asyncio.create_task(go_through(turnstile, name, seen)) for name in "ab"]
        await asyncio.sleep(0)
        goers.append(asyncio.create_task(go_through(turnstile, "first", seen, first=True)))
        await asyncio.sleep(0)
        assert seen == []
    await asyncio.gather(*goers)
    assert seen == ["first", "a", "b"]


async def test_whoever_gives_up_is_passed_over(turnstile: Turnstile) -> None:
    seen: list[str] = []
    async with turnstile.passing(5):
        impatient = asyncio.create_task(go_through(turnstile, "impatient", seen))
        patient = asyncio.create_task(go_through(turnstile, "patient", seen))
        await asyncio.sleep(0)
        impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    await patient
    assert seen == ["patient"]


async def test_called_and_cancelled_at_once_leaves_it_open(turnstile: Turnstile) -> None:
    seen: list[str] = []
    async with turnstile.passing(5):
        unlucky = asyncio.create_task(go_through(turnstile, "unlucky", seen))
        await asyncio.sleep(0)
    unlucky.cancel()
    with pytest.raises(asyncio.CancelledError):
        await unlucky
    await go_through(turnstile, "next", seen)
    assert seen == ["next"]


async def test_waiting_has_an_end(turnstile: Turnstile) -> None:
    async with turnstile.passing(5):
        with pytest.raises(TimeoutError):
            async with turnstile.passing(0.01):
                pytest.fail("two inside")
    async with turnstile.passing(0.01):
        pass


@pytest.fixture
def turnstile() -> Turnstile:
    """Nobody inside."""
    return Turnstile()
