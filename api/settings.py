"""Every setting of a deployment, read once from the environment (``CANHGIAC_…``) or from secret files.

Each has a default that works on a laptop; what is unsafe for real people is refused outside development. Nothing else
in the project reads the environment. Must not open a database or a socket.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import SettingsConfigDict

from api.access.settings import AccessSettings
from api.messengers.settings import MessengerSettings

PREFIX = "CANHGIAC_"
SECRET_FILES = Path("/run/secrets")

_REASONS = {
    "int_parsing": "phải là số nguyên",
    "float_parsing": "phải là số",
    "bool_parsing": "phải là true hoặc false",
    "greater_than_equal": "nhỏ quá mức cho phép",
    "less_than_equal": "lớn quá mức cho phép",
    "extra_forbidden": "không có thiết lập tên này",
}


class BrokenSettings(ValueError):
    """The settings cannot be used; the text is one Vietnamese sentence for whoever starts the service."""


class Settings(AccessSettings, MessengerSettings):
    """Frozen settings; see README for the table of all of them."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True)

    environment: Literal["development", "production"] = "development"
    var: Path = Path("var")
    database_url: str = Field(default="", repr=False)
    master_key_file: Path | None = None
    unit_profile: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    base_url: str = ""
    trusted_proxies: str = ""
    turn_workers: int = Field(default=16, ge=1, le=64)
    messages_per_minute: int = Field(default=20, ge=1, le=10_000)
    messages_per_minute_per_address: int = Field(default=120, ge=1, le=100_000)
    web_wait_seconds: float = Field(default=5.0, ge=0, le=30)
    feed_url: str = ""
    feed_key: str = ""

    @model_validator(mode="after")
    def _fit_for_people(self) -> Self:
        if not re.match(r"^(|sqlite(\+aiosqlite)?:///.+|postgres(ql)?(\+psycopg)?://.+)$", self.database_url):
            raise ValueError("database_url: phải bắt đầu bằng sqlite:/// hoặc postgresql://")
        if self.feed_url and not self.feed_key:
            raise ValueError("feed_key: theo dõi kho của đơn vị khác thì phải có khóa công khai của họ")
        if not self.is_production:
            return self
        if self.feed_url and not self.feed_url.startswith("https://"):
            raise ValueError("feed_url: vận hành thật phải là địa chỉ https://")
        if self.master_key_file is None:
            raise ValueError("master_key_file: vận hành thật phải chỉ rõ tệp khóa chính, đặt ngoài thư mục dữ liệu")
        if self.master_key_file.resolve().is_relative_to(self.var.resolve()):
            raise ValueError("master_key_file: tệp khóa chính phải nằm ngoài thư mục dữ liệu")
        if self.unit_profile is None:
            raise ValueError("unit_profile: vận hành thật phải có hồ sơ của chính đơn vị, không dùng hồ sơ ví dụ")
        if not self.base_url.startswith("https://"):
            raise ValueError("base_url: vận hành thật phải là địa chỉ https://")
        return self

    @property
    def is_production(self) -> bool:
        """Whether real people are served."""
        return self.environment == "production"

    @property
    def database(self) -> str:
        """The address of the database, with the driver that we use."""
        if not self.database_url:
            return f"sqlite+aiosqlite:///{self.var / 'canhgiac.db'}"
        scheme, rest = self.database_url.split("://", 1)
        driver = "sqlite+aiosqlite" if scheme.startswith("sqlite") else "postgresql+psycopg"
        return f"{driver}://{rest}"

    @property
    def key_file(self) -> Path:
        """Where the master key is kept."""
        return self.master_key_file or self.var / "master.key"

    @property
    def feed_key_file(self) -> Path:
        """Where the key lies that signs the catalogue we share; beside the master key."""
        return self.key_file.with_name("feed.key")

    @property
    def anchor_file(self) -> Path:
        """Where the newest row of the audit log is remembered; best on another disk than the database."""
        return self.audit_anchor or self.var / "audit.anchor"

    @property
    def demands_second_factor(self) -> bool:
        """Whether nobody works without one; where nothing is said, real people are protected."""
        return self.is_production if self.require_second_factor is None else self.require_second_factor

    @property
    def address(self) -> str:
        """The address that people open."""
        return self.base_url.rstrip("/") or f"http://{self.host}:{self.port}"


def load(**given: Any) -> Settings:
    """The settings. Raises BrokenSettings with one sentence that names the setting and what is wrong with it."""
    if SECRET_FILES.is_dir():
        given.setdefault("_secrets_dir", SECRET_FILES)
    try:
        return Settings(**given)
    except ValidationError as invalid:
        raise BrokenSettings(_sentence(invalid.errors(include_url=False, include_input=False)[0])) from None


def _sentence(error: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"])
    reason = _REASONS.get(str(error["type"]), "giá trị không hợp lệ")
    if not where:
        where, _, reason = str(error["ctx"]["error"]).partition(": ")
    elif error["type"] == "literal_error":
        reason = f"chỉ nhận {error['ctx']['expected']}".replace(" or ", " hoặc ")
    return f"Thiết lập {PREFIX}{where.upper()} chưa đúng: {reason}."
