"""What a deployment sets about its staff: whether a second factor is demanded, and the unit's own sign-on.

Must not know how either works.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings

_SIGN_ON = ("sign_on_issuer", "sign_on_client_id", "sign_on_client_secret")


class AccessSettings(BaseSettings):
    """Part of ``api.settings.Settings``."""

    audit_anchor: Path | None = None
    require_second_factor: bool | None = None
    sign_on_issuer: str = ""
    sign_on_client_id: str = ""
    sign_on_client_secret: str = Field(default="", repr=False)
    sign_on_title: str = "tài khoản của ngành"

    @model_validator(mode="after")
    def _whole_sign_on(self) -> Self:
        missing = [name for name in _SIGN_ON if not getattr(self, name)]
        if missing and len(missing) < len(_SIGN_ON):
            raise ValueError(f"{missing[0]}: đăng nhập chung cần đủ ba thiết lập {', '.join(_SIGN_ON)}")
        issuer = urlsplit(self.sign_on_issuer)
        if issuer.scheme and issuer.scheme != "https" and issuer.hostname not in {"127.0.0.1", "localhost"}:
            raise ValueError("sign_on_issuer: phải là địa chỉ https://")
        return self

    @property
    def has_sign_on(self) -> bool:
        """Whether staff may come in through the unit's own sign-on."""
        return bool(self.sign_on_issuer)
