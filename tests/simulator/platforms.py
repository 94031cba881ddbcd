"""The simulated messengers by the name of their channel, and how the service is set up for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette

from tests.simulator import payloads, telegram, zalo_bot, zalo_oa
from tests.simulator.messenger import FakeServer

APPS: dict[str, Callable[[FakeServer], Starlette]] = {
    "zalo_oa": zalo_oa.app,
    "zalo_bot": zalo_bot.app,
    "telegram": telegram.app,
}


def settings_for(channel: str, address: str, **more: Any) -> dict[str, Any]:
    """The settings of one channel whose messenger is at this address."""
    given: dict[str, dict[str, Any]] = {
        "zalo_oa": {
            "zalo_oa_app_id": payloads.APP,
            "zalo_oa_secret_key": payloads.OA_SECRET,
            "zalo_oa_app_secret": payloads.APP_SECRET,
            "zalo_oa_refresh_token": "refresh-0",
            "zalo_oa_url": address,
            "zalo_oa_oauth_url": address,
            "zalo_oa_file_hosts": address.removeprefix("http://"),
        },
        "zalo_bot": {
            "zalo_bot_token": payloads.TOKEN["zalo_bot"],
            "zalo_bot_webhook_secret": payloads.HOOK_SECRET,
            "zalo_bot_url": address,
            "zalo_bot_file_hosts": address.removeprefix("http://"),
        },
        "telegram": {
            "telegram_token": payloads.TOKEN["telegram"],
            "telegram_webhook_secret": payloads.HOOK_SECRET,
            "telegram_url": address,
        },
    }
    return given[channel] | more
