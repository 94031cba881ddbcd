"""The terminal of whoever runs the service: one question, printed answers. Buttons are listed by name."""

from __future__ import annotations

from bot.channels.web import Web
from bot.replies import Reply


class Terminal(Web):
    """Like the page: the process that asked reads its replies."""

    name = "terminal"


def render(reply: Reply) -> str:
    """A reply as lines of text."""
    labels = "  ".join(f"[{button.label}]" for button in reply.buttons)
    return f"{reply.text}\n\n{labels}" if labels else reply.text
