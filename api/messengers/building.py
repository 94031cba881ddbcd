"""From settings to channels. Must not start, poll or send anything."""

from __future__ import annotations

import httpx

from api.clock import Clock
from api.database import Database
from api.messengers.tokens import StoredTokens
from api.settings import Settings
from api.vault import Vault
from bot.channels.base import Channel
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import Account, Choices, ZaloOa, ZaloTokens


def build(
    settings: Settings, database: Database, vault: Vault, clock: Clock, client: httpx.AsyncClient
) -> dict[str, Channel]:
    """The messengers that have their secrets."""
    built: list[Channel] = []
    if settings.is_on("zalo_oa"):
        built.append(_zalo_oa(settings, database, vault, clock, client))
    if settings.is_on("zalo_bot"):
        built.append(
            ZaloBot(
                settings.zalo_bot_token,
                settings.zalo_bot_webhook_secret.split(),
                client=client,
                base_url=settings.zalo_bot_url,
                file_hosts=settings.zalo_bot_file_hosts.split(),
            )
        )
    if settings.is_on("telegram"):
        secrets = settings.telegram_webhook_secret.split()
        built.append(Telegram(settings.telegram_token, secrets, base_url=settings.telegram_url))
    return {channel.name: channel for channel in built}


def _zalo_oa(settings: Settings, database: Database, vault: Vault, clock: Clock, client: httpx.AsyncClient) -> ZaloOa:
    store = StoredTokens(database, vault, clock, first=settings.zalo_oa_refresh_token, place=settings.var)
    tokens = ZaloTokens(
        store,
        client,
        clock,
        app_id=settings.zalo_oa_app_id,
        app_secret=settings.zalo_oa_app_secret,
        oauth_base=settings.zalo_oa_oauth_url,
    )
    account = Account(
        app_id=settings.zalo_oa_app_id,
        webhook_secrets=tuple(settings.zalo_oa_secret_key.split()),
        choices=Choices(settings.zalo_oa_choices),
        api_base=settings.zalo_oa_url,
        file_hosts=tuple(settings.zalo_oa_file_hosts.split()),
        text_limit=settings.zalo_oa_text_limit,
        accept_hours=settings.zalo_oa_accept_hours,
        night_ends=settings.zalo_oa_night_ends,
        per_second=settings.zalo_oa_per_second,
        proof_secret=settings.zalo_oa_app_secret if settings.zalo_oa_proof else "",
    )
    return ZaloOa(account, tokens, client, clock)
