"""The simulated messengers by the name of their channel."""

from __future__ import annotations

from starlette.applications import Starlette

from tests.simulator import telegram
from tests.simulator import zalo_bot as bot_platform
from tests.simulator import zalo_oa as account
from tests.simulator.messenger import FakeServer, listening, serving

__all__ = ["FakeServer", "app_of", "listening", "serving", "zalo_oa"]

zalo_oa = account.app


def app_of(channel: str, server: FakeServer) -> Starlette:
    """The messenger of a channel."""
    return {"zalo_oa": account.app, "zalo_bot": bot_platform.app, "telegram": telegram.app}[channel](server)
