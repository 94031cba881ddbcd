"""What a deployment sets for its messengers. A messenger without its secrets is off; half a set of them is refused.

Must not build a channel.
"""

from __future__ import annotations

import re
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings

from bot.channels.hosts import api_base
from bot.channels.zalo_oa import Rules

Mode = Literal["webhook", "polling"]
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
_PAIRS = {
    "zalo_oa": ("zalo_oa_app_id", "zalo_oa_secret_key", "zalo_oa_app_secret"),
    "zalo_bot": ("zalo_bot_token",),
    "telegram": ("telegram_token",),
}


class MessengerSettings(BaseSettings):
    """Part of ``api.settings.Settings``."""

    zalo_oa_app_id: str = ""
    zalo_oa_secret_key: str = Field(default="", repr=False)
    zalo_oa_app_secret: str = Field(default="", repr=False)
    zalo_oa_refresh_token: str = Field(default="", repr=False)
    zalo_oa_choices: Literal["numbers", "buttons", "list"] = "numbers"
    zalo_oa_proof: bool = False
    zalo_oa_free_messages: int = Field(default=8, ge=0, le=1000)
    zalo_oa_pay: bool = False
    zalo_oa_text_limit: int = Field(default=1900, ge=200, le=2000)
    zalo_oa_accept_hours: int = Field(default=26, ge=1, le=168)
    zalo_oa_per_second: float = Field(default=40, gt=0, le=1000)
    zalo_oa_night_ends: int = Field(default=6, ge=0, le=23)
    zalo_oa_url: str = "https://openapi.zalo.me"
    zalo_oa_oauth_url: str = "https://oauth.zaloapp.com"
    zalo_oa_file_hosts: str = "zdn.vn zadn.vn zalo.me"
    zalo_bot_token: str = Field(default="", repr=False)
    zalo_bot_webhook_secret: str = Field(default="", repr=False)
    zalo_bot_mode: Mode = "webhook"
    zalo_bot_url: str = "https://bot-api.zaloplatforms.com"
    zalo_bot_file_hosts: str = "zdn.vn zadn.vn zalo.me"
    telegram_token: str = Field(default="", repr=False)
    telegram_webhook_secret: str = Field(default="", repr=False)
    telegram_mode: Mode = "webhook"
    telegram_url: str = "https://api.telegram.org"
    bubble_seconds: float = Field(default=0.8, ge=0, le=3)
    senders: int = Field(default=4, ge=1, le=32)

    @model_validator(mode="after")
    def _whole_sets(self) -> Self:
        if self.telegram_token and not re.fullmatch(r"\d+:\S+", self.telegram_token):
            raise ValueError("telegram_token: phải có dạng số:chuỗi, chép nguyên từ BotFather")
        for name in ("zalo_bot_webhook_secret", "telegram_webhook_secret"):
            if not all(_SECRET.fullmatch(secret) for secret in getattr(self, name).split()):
                raise ValueError(f"{name}: cần 32–256 ký tự A-Z a-z 0-9 _ -, như từ openssl rand -hex 32")
        for name in ("zalo_oa_url", "zalo_oa_oauth_url", "zalo_bot_url", "telegram_url"):
            try:
                api_base(getattr(self, name))
            except ValueError:
                raise ValueError(f"{name}: phải là địa chỉ https") from None
        for names in _PAIRS.values():
            missing = [name for name in names if not getattr(self, name)]
            if missing and len(missing) < len(names):
                raise ValueError(f"{missing[0]}: còn thiếu, kênh này cần đủ {len(names)} giá trị")
        for channel in ("zalo_bot", "telegram"):
            hook = getattr(self, f"{channel}_mode") == "webhook" and not getattr(self, f"{channel}_webhook_secret")
            if getattr(self, f"{channel}_token") and hook:
                raise ValueError(f"{channel}_webhook_secret: còn thiếu; hoặc đặt {channel}_mode là polling")
        return self

    def is_on(self, channel: str) -> bool:
        """Whether a messenger has its secrets."""
        return all(getattr(self, name) for name in _PAIRS[channel])

    @property
    def zalo_oa_rules(self) -> Rules:
        """When the account may write; 0 free messages in the settings is no limit."""
        return Rules(free_messages=self.zalo_oa_free_messages or None, pay=self.zalo_oa_pay)
