"""Jinja2 with everything escaped. Must not know any page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_HERE = Path(__file__).parent
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
environment = Environment(
    loader=FileSystemLoader([_HERE / "public" / "templates", _HERE / "console" / "templates"]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def moment(at: datetime) -> str:
    """A moment as it is read in Vietnam."""
    return at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


def percent(share: float, places: int = 2) -> str:
    """A share as it is written in Vietnamese."""
    return f"{share * 100:.{places}f} %".replace(".", ",")


environment.filters |= {"moment": moment, "percent": percent}


def page(request: Request, name: str, values: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """A page; templates also see the unit that answers here."""
    around = request.app.state.around
    alarms = getattr(request.state, "alarms", {})
    given = {"unit": around.knowledge.handbook.unit, "path": request.url.path, "alarms": alarms} | dict(values)
    return HTMLResponse(environment.get_template(name).render(given), status)


def login(request: Request, message: str = "", status: int = 200) -> HTMLResponse:
    """The page to sign in on, which every page of the console may have to show."""
    settings = request.app.state.around.settings
    sign_on = settings.sign_on_title if settings.has_sign_on else ""
    return page(request, "login.html", {"message": message, "sign_on": sign_on}, status=status)


def fragment(name: str, values: Mapping[str, Any]) -> str:
    """A piece of a page."""
    return environment.get_template(name).render(dict(values))
